from django.shortcuts import render

from commitments.filters import ScoreFilter
from commitments.languages import text_of
from commitments.ledger.freshness import write_canonical_query
from commitments.models import SummitSeries, Undertaking
from commitments.pages.conditional import conditional
from commitments.pages.paging import narrow
from commitments.scoreboard import build_scoreboard

# The columns that can be sorted by, each by what a reader wants at its head first.
FIRST = {"party": "party", "pledges": "-pledges", "score": "-score"}


@conditional(*ScoreFilter.names())
def score_board(request):
    asked = ScoreFilter(request.GET, queryset=Undertaking.objects.published().as_of(request.as_of))
    undertakings = narrow(asked)
    by = asked.form.cleaned_data["sort"] or FIRST["pledges"]
    shown = {
        "board": build_scoreboard(undertakings, by=by),
        "form": asked.form,
        "all_series": series_offered(),
        "heads": {name: describe_column(name, by) for name in FIRST},
        "other_parameters": write_canonical_query(
            request.GET, [name for name in request.known if name != "sort"]
        ),
    }
    return render(request, "commitments/scoreboard.html", shown)


def describe_column(name, by):
    """Return what the head of a column says: how it is sorted, if it is, and what it leads to: else
    turned round.
    """
    if by.removeprefix("-") != name:
        return {"sorted": "", "next": FIRST[name]}
    if by.startswith("-"):
        return {"sorted": "descending", "next": name}
    return {"sorted": "ascending", "next": f"-{name}"}


def series_offered():
    return [(one.slug, text_of(one, "name")[0]) for one in SummitSeries.objects.published()]
