"""What a pledge in numbers gives away: every figure with a chart each, the inputs as CSV, a chart
as SVG.
"""

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
from commitments.pages.panels import panels

# Within margins of 16 pixels on either side.
FILE = Frame(room=688, height=330, fluid=False)
# A picture by itself: it may style itself, and may do nothing else.
PICTURE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@conditional("as_of")
def pledge_figures(request, slug):
    shown = load_pledge_with_figures(request, slug)
    shown["panels"] = panels(shown["series"])
    return render(request, "commitments/pledge_figures.html", shown)


@conditional("as_of")
def inputs_file(request, slug):
    shown = load_pledge_with_figures(request, slug)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for series in shown["series"]:
        writer.writerows(make_cells(series))
    return build_attachment(text.getvalue(), "text/csv; charset=utf-8", f"{slug}.csv")


def as_picture(view):
    """Put the picture's own policy in place of the site's, on a 304 too; a refusal is a page like
    any other.
    """

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
    shown = load_pledge_with_figures(request, slug)
    shown |= draw_figures(shown, request.GET.get("indicator", ""), request.GET.get("party", ""))
    response = render(request, "commitments/chart.svg", shown, content_type="image/svg+xml")
    response.headers["Content-Disposition"] = f'inline; filename="{slug}.svg"'
    return response


def load_pledge_with_figures(request, slug):
    """Return a public pledge and its figures on the day asked about; without a number there is
    nothing to see.
    """
    as_of = read_as_of(request)
    pledge = get_object_or_404(Pledge.objects.published(), slug=slug)
    if as_of and as_of < pledge.made_on:
        raise Http404
    undertakings = list(pledge.undertakings.published().bound(on=as_of).select_related("party"))
    figures = load_pledge_figures(pledge, undertakings, on=as_of or request.today, known_on=as_of)
    if not figures.series:
        raise Http404
    return {"pledge": pledge, "as_of": as_of, **draw_pledge_figures(figures)}


def draw_figures(shown, indicator, party):
    """Return what is drawn: the strip of all parties, or one series of one party, the primary
    target's by default.
    """
    series = choose_by_name(
        shown["series"],
        indicator,
        lambda one: one.indicator.slug,
        _("“indicator”: No target of this pledge names it."),
    )
    if series.several_parties and not party:
        if not (shown["strip"] and shown["strip"].drawing):
            raise Http404
        strip = strip_of(shown["ruled"], FILE)
        return {
            "series": series,
            "strip": strip,
            "strip_groups": strip.groups,
            "drawing": strip.drawing,
        }
    rows = series.every
    if party:
        named = choose_by_name(
            rows,
            party,
            lambda row: row.party.slug,
            _("“party”: No figures of that party are used here."),
        ).party
        rows = [row for row in rows if row.party_id == named.pk]
    chart = draw_figures_of_party(rows, series.targets, FILE)
    if chart is None:
        raise Http404
    return {"series": series, "chart": chart, "drawing": chart, "party": rows[0].party}


def choose_by_name(ones, name, named, otherwise):
    """Return the one of that name, the first without a name; a name that is not there is refused in
    words.
    """
    found = next((one for one in ones if not name or named(one) == name), None)
    if found is None:
        raise BadRequest(otherwise)
    return found


def build_attachment(body, content_type, filename):
    response = HttpResponse(body, content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
