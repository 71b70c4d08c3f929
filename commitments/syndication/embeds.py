"""The pages that other sites may show in a frame: a pledge's card with its verdicts, and its chart.

Nothing else may be framed.
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

# Any site may frame the page; it runs nothing, sends nothing and loads only our styles and icons.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors *"
)


def framable(view):
    """Let other sites frame the answers of `view`, also "not modified" (304), but no error page."""

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
    context = build_card(slug, request.today)
    return render(request, "commitments/embeds/card.html", context)


@framable
@answers("embed")
def card_cited(request, slug, seq):
    """Show the card as it was at ledger entry `seq`.

    Like the page it links to, it never changes.
    """
    said = citing.load_pledge_as_said(slug, seq)
    if said is None:
        raise Http404

    def read_party_name(row):
        return row.party.name

    undertakings = sorted(said.undertakings, key=read_party_name)
    address = reverse("pledge_cited", args=[slug, seq])
    entry = said.entry
    day = entry.recorded_at.date()
    # Deadlines too are judged as of that day.
    request.today = day
    context = build_card_context(said.pledge, undertakings, address, on=day)
    context["entry"] = entry
    public_now = Pledge.objects.published().filter(slug=slug)
    context["still_public"] = public_now.exists()
    return render(request, "commitments/embeds/card_cited.html", context)


@framable
@answers("embed")
def chart(request, slug):
    """Show the first series of a pledge as a drawing.

    It has one party's figures over time, or every party on one scale.
    """
    context = build_card(slug, request.today)
    figures = load_pledge_figures(context["pledge"], context["undertakings"], on=request.today)
    drawing = draw_pledge_figures(figures)
    if not drawing["has_chart"]:
        raise Http404
    context["series"] = drawing["drawn"]
    context["strip"] = drawing["strip"]
    return render(request, "commitments/embeds/chart.html", context)


def build_card(slug, today):
    """Return what the card of a public pledge says today."""
    pledges = Pledge.objects.published().for_listing()
    pledge = get_object_or_404(pledges, slug=slug)
    address = pledge.get_absolute_url()
    return build_card_context(pledge, pledge.listed_undertakings, address, on=today)


def build_card_context(pledge, undertakings, address, *, on):
    """Return what a card shows: a pledge, its undertakings, and the address of its page.

    `judged_as_of` is the day of our newest verdict. If all verdicts are of that day, the card says
    it once, because a frame has little room.
    """
    assessments = [row.current_assessment for row in undertakings if row.current_assessment]
    days = {assessment.as_of for assessment in assessments}
    overdue = [row for row in undertakings if row.is_overdue(on=on)]
    return {
        "pledge": pledge,
        "address": address,
        "undertakings": undertakings,
        "overdue": bool(overdue),
        "judged_as_of": max(days, default=None),
        "judged_on_one_day": len(days) == 1,
    }
