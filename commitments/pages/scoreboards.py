from django.shortcuts import render

from commitments.filters import ScoreFilter
from commitments.languages import text_of
from commitments.models import SummitSeries, Undertaking
from commitments.pages.conditional import conditional
from commitments.pages.paging import narrow, write_query_without
from commitments.scoreboard import build_scoreboard

# The columns that sort the board, each with the order that a first click gives.
FIRST = {"party": "party", "pledges": "-pledges", "score": "-score"}


@conditional(*ScoreFilter.names())
def score_board(request):
    public = Undertaking.objects.published().as_of(request.as_of)
    filterset = ScoreFilter(request.GET, queryset=public)
    undertakings = narrow(filterset)
    form = filterset.form
    by = form.cleaned_data["sort"] or FIRST["pledges"]
    heads = {name: describe_column(name, by) for name in FIRST}
    board = build_scoreboard(
        undertakings,
        by=by,
        on=request.today,
    )
    context = {
        "board": board,
        "form": form,
        "all_series": list_series(),
        "heads": heads,
        "other_parameters": write_query_without(request, "sort"),
    }
    return render(request, "commitments/scoreboard.html", context)


def describe_column(name, by):
    """Return how the column `name` is sorted, if it is, and the order that its head leads to."""
    column = by.removeprefix("-")
    if column != name:
        return {"sorted": "", "next": FIRST[name]}
    if by.startswith("-"):
        return {"sorted": "descending", "next": name}
    return {"sorted": "ascending", "next": f"-{name}"}


def list_series():
    """Return (slug, name) of all series, for a field of the form."""
    choices = []
    for series in SummitSeries.objects.published():
        name, _language = text_of(series, "name")
        choices.append((series.slug, name))
    return choices
