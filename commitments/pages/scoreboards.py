from django.shortcuts import render

from commitments.filters import ScoreFilter
from commitments.languages import text_of
from commitments.models import SummitSeries, Undertaking
from commitments.pages.conditional import conditional
from commitments.pages.paging import narrowed
from commitments.scoreboard import scoreboard


@conditional(*ScoreFilter.names())
def score_board(request):
    asked = ScoreFilter(request.GET, queryset=Undertaking.objects.published().as_of(request.as_of))
    shown = {"board": scoreboard(narrowed(asked)), "form": asked.form, "all_series": series_offered()}
    return render(request, "commitments/scoreboard.html", shown)


def series_offered():
    return [(one.slug, text_of(one, "name")[0]) for one in SummitSeries.objects.published()]
