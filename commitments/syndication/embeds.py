"""What other sites show of a pledge in a frame: a card with its verdicts, and its chart. Nothing else may be framed."""

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from commitments.charting.figures import figures_of
from commitments.models import Pledge
from commitments.syndication.answering import answers

# Anybody may frame it; it runs nothing, sends nothing and loads only our sheet and icons.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"


def framable(view):
    """Let other sites frame an answer, an unchanged one too; a refusal is a page like any other."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code in (200, 304):
            response.headers["Content-Security-Policy"] = POLICY
            response.xframe_options_exempt = True
        return response

    return answer


@framable
@answers("embed")
def card(request, slug):
    return render(request, "commitments/embeds/card.html", asked(slug, request.today))


@framable
@answers("embed")
def chart(request, slug):
    """Show the first series of a pledge as a drawing: one party's figures over time, or every party on one scale."""
    shown = asked(slug, request.today)
    figures = figures_of(shown["pledge"], shown["undertakings"], on=request.today)
    if not figures["has_chart"]:
        raise Http404
    shown["series"] = next((one for one in figures["series"] if one.chart), None)
    shown["strip"] = figures["strip"]
    return render(request, "commitments/embeds/chart.html", shown)


def asked(slug, today):
    """Return a public pledge, its parts and the newest day that a verdict of ours on them is as of."""
    pledge = get_object_or_404(Pledge.objects.published().for_listing(), slug=slug)
    undertakings = pledge.listed_undertakings
    judged = [row.current_assessment.as_of for row in undertakings if row.current_assessment]
    return {
        "pledge": pledge,
        "address": pledge.get_absolute_url(),
        "undertakings": undertakings,
        "late": pledge.due.passed(on=today),
        "judged_as_of": max(judged, default=None),
    }
