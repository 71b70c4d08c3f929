"""What other sites show of a pledge in a frame: a card with its verdicts, and its chart. Nothing
else may be framed.
"""

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from commitments.charting.figures import draw_pledge_figures
from commitments.judging.figures import load_pledge_figures
from commitments.ledger import citing
from commitments.models import Pledge
from commitments.syndication.answering import answers

# Anybody may frame it; it runs nothing, sends nothing and loads only our sheet and icons.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors *"
)


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
    return render(request, "commitments/embeds/card.html", build_card(slug, request.today))


@framable
@answers("embed")
def card_cited(request, slug, seq):
    """Show the card as it was at ledger entry `seq`. Like the page it links to, it never
    changes.
    """
    said = citing.load_pledge_as_said(slug, seq)
    if said is None:
        raise Http404
    undertakings = sorted(said.undertakings, key=lambda row: row.party.name)
    address = reverse("pledge_cited", args=[slug, seq])
    shown = build_card_context(said.pledge, undertakings, address, on=said.entry.recorded_at.date())
    shown |= {
        "entry": said.entry,
        "still_public": Pledge.objects.published().filter(slug=slug).exists(),
    }
    return render(request, "commitments/embeds/card_cited.html", shown)


@framable
@answers("embed")
def chart(request, slug):
    """Show the first series of a pledge as a drawing: one party's figures over time, or every party
    on one scale.
    """
    shown = build_card(slug, request.today)
    figures = load_pledge_figures(shown["pledge"], shown["undertakings"], on=request.today)
    drawing = draw_pledge_figures(figures)
    if not drawing["has_chart"]:
        raise Http404
    shown["series"] = drawing["drawn"]
    shown["strip"] = drawing["strip"]
    return render(request, "commitments/embeds/chart.html", shown)


def build_card(slug, today):
    """Return what the card of a public pledge says today."""
    pledge = get_object_or_404(Pledge.objects.published().for_listing(), slug=slug)
    return build_card_context(
        pledge, pledge.listed_undertakings, pledge.get_absolute_url(), on=today
    )


def build_card_context(pledge, undertakings, address, *, on):
    """Return a pledge, its parts, the page it links to and the newest day that a verdict of ours on
    them is as of.

    Where that is the day of all of them it is told once; a frame has little room.
    """
    judged = [row.current_assessment.as_of for row in undertakings if row.current_assessment]
    return {
        "pledge": pledge,
        "address": address,
        "undertakings": undertakings,
        "late": pledge.due.passed(on=on),
        "judged_as_of": max(judged, default=None),
        "judged_on_one_day": len(set(judged)) == 1,
    }
