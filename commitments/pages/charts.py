"""A pledge in numbers: all its figures with their charts, the inputs as CSV, a chart as SVG."""

import csv
from functools import wraps
from io import StringIO

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from commitments.charting.figures import draw_figures_of_party, draw_pledge_figures
from commitments.charting.frames import Frame
from commitments.charting.grouping import strip_of
from commitments.judging.figures import load_pledge_figures
from commitments.models import Pledge
from commitments.pages.asking import read_as_of
from commitments.pages.conditional import conditional
from commitments.pages.inputs import COLUMNS, make_cells
from commitments.pages.panels import build_panels
from commitments.pages.sheets import CSV, make_download

# Within margins of 16 pixels on either side.
FILE = Frame(room=688, height=330, fluid=False)
# The policy of a picture by itself: it may style itself and do nothing else.
PICTURE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@conditional("as_of")
def pledge_figures(request, slug):
    context = load_pledge_with_figures(request, slug)
    context["panels"] = build_panels(context["series"])
    return render(request, "commitments/pledge_figures.html", context)


@conditional("as_of")
def inputs_file(request, slug):
    context = load_pledge_with_figures(request, slug)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for series in context["series"]:
        writer.writerows(make_cells(series))
    response = HttpResponse(text.getvalue(), CSV)
    return make_download(response, f"{slug}.csv")


def as_picture(view):
    """Replace the site's policy with that of a picture, on a 304 too. An error stays a page."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code in (200, 304):
            response.headers["Content-Security-Policy"] = PICTURE
        return response

    return answer


@as_picture
@conditional("as_of", "indicator", "party")
def chart_file(request, slug):
    context = load_pledge_with_figures(request, slug)
    context |= draw_figures(
        context,
        indicator=request.GET.get("indicator", ""),
        party=request.GET.get("party", ""),
    )
    response = render(request, "commitments/chart.svg", context, content_type="image/svg+xml")
    response.headers["Content-Disposition"] = f'inline; filename="{slug}.svg"'
    return response


def load_pledge_with_figures(request, slug):
    """Return a public pledge and its figures for a template. Without figures it is not found."""
    as_of = read_as_of(request)
    pledge = get_object_or_404(Pledge.objects.published(), slug=slug)
    if as_of and as_of < pledge.made_on:
        raise Http404
    bound = pledge.undertakings.published().bound(on=as_of)
    undertakings = list(bound.select_related("party"))
    today = as_of or request.today
    figures = load_pledge_figures(pledge, undertakings, on=today, known_on=as_of)
    if not figures.series:
        raise Http404
    return {"pledge": pledge, "as_of": as_of, **draw_pledge_figures(figures)}


def draw_figures(context, *, indicator, party):
    """Return what is drawn: the strip of all parties, or the chart of one party.

    `indicator` and `party` are slugs. Without them, it is the indicator of the primary target, and
    the strip if there are several parties.
    """
    series = choose_by_slug(
        context["series"],
        indicator,
        read_slug=lambda series: series.indicator.slug,
        refusal=_("“indicator”: No target of this pledge names it."),
    )
    if series.several_parties and not party:
        strip = draw_strip_for_file(context)
        return {
            "series": series,
            "strip": strip,
            "strip_groups": strip.groups,
            "drawing": strip.drawing,
        }
    rows = series.every
    if party:
        row = choose_by_slug(
            rows,
            party,
            read_slug=lambda row: row.party.slug,
            refusal=_("“party”: No figures of that party are used here."),
        )
        rows = [figure for figure in rows if figure.party_id == row.party_id]
    chart = draw_figures_of_party(rows, series.targets, FILE)
    if chart is None:
        raise Http404
    return {
        "series": series,
        "chart": chart,
        "drawing": chart,
        "party": rows[0].party,
    }


def draw_strip_for_file(context):
    """Return the strip of all parties in the size of a file; it is not found if pages have none."""
    strip = context["strip"]
    if strip is None or not strip.drawing:
        raise Http404
    return strip_of(context["ruled"], FILE)


def choose_by_slug(items, slug, *, read_slug, refusal):
    """Return the item with this slug, the first if it is empty. An unknown slug is refused."""
    for item in items:
        if slug in ("", read_slug(item)):
            return item
    raise BadRequest(refusal)
