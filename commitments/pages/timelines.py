"""The timeline as a page shows it: its window, the drawing, and the addresses that lead on."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import F

from commitments.charting.lanes import STRIP, Picture, draw_timeline
from commitments.ledger.freshness import write_canonical_query
from commitments.models import Pledge, Summit, SummitKind, SummitSeries
from commitments.tallies import count_by_record
from commitments.timeline.marks import Timeline
from commitments.timeline.reading import read_lanes_along, read_timeline
from commitments.timeline.windows import (
    LENGTHS,
    Window,
    Zoom,
    choose_recent_window,
    choose_window,
    start_window,
)

# Pledges shown of the selected summit; its own page has them all.
MOST_PLEDGES = 50
CLOSER = {Zoom.DECADE: Zoom.YEAR, Zoom.YEAR: Zoom.MONTH}
# What a link to another window writes anew, or leaves out.
WINDOW_PARAMETERS = frozenset({"page", "view", "zoom", "from"})


class ZoomWay(NamedTuple):
    """The query that leads to a zoom."""

    zoom: Zoom
    query: str


@dataclass(frozen=True)
class Ways:
    """Queries of the links to other windows, each None where no window lies.

    A template adds a summit to `here`, and a beginning to `closer`. `unchosen` leaves the selected
    summit.
    """

    earlier: str | None
    later: str | None
    today: str | None
    zooms: list[ZoomWay]
    here: str
    closer: str
    unchosen: str


@dataclass(frozen=True)
class TimelineContent:
    timeline: Timeline
    picture: Picture
    ways: Ways | None


def build_timeline_content(request, filterset, summits):
    """Return what the template of the timeline needs: `summits` in the window of the address."""
    values = filterset.form.cleaned_data
    selected = _find_selected_summit(request, values["summit"])
    window = _choose_window(values, selected, request.today)
    all_series = list(SummitSeries.objects.published())
    timeline = read_timeline(summits, window, today=request.today, all_series=all_series)
    picture = draw_timeline(timeline, request.today)
    ways = _find_ways(request, window)
    context = {
        "shown": TimelineContent(timeline, picture, ways),
        "all_series": all_series,
        "kinds": SummitKind.choices,
        "chosen": selected,
    }
    if selected:
        context |= _describe_selected_summit(selected, request)
    return context


def build_strip(today) -> TimelineContent | None:
    """Return the summits of the last years on one lane; None without any."""
    summits = Summit.objects.published()
    window = choose_recent_window(today)
    timeline = read_lanes_along(summits, window, today=today)
    if not timeline.lanes:
        return None
    picture = draw_timeline(timeline, today, STRIP)
    return TimelineContent(timeline, picture, ways=None)


def _find_selected_summit(request, slug):
    if not slug:
        return None
    summits = Summit.objects.published().as_of(request.as_of)
    summits = summits.select_related("series")
    return summits.filter(slug=slug).first()


def _describe_selected_summit(summit, request):
    """Return its counts and its pledges, the nearest deadline first."""
    counts = count_by_record("summit", [summit], on=request.today, as_of=request.as_of)
    by_deadline = F("deadline").asc(nulls_last=True)
    pledges = (
        Pledge.objects.published()
        .as_of(request.as_of)
        .filter(summit=summit)
        .for_listing()
        .order_by(by_deadline, "slug")
    )
    return {
        "tally": counts[summit.pk],
        "pledges": pledges[:MOST_PLEDGES],
    }


def _choose_window(values, selected, today) -> Window:
    """Return the window that the address names, else the one around today.

    If the selected summit, or else the year of the address, lies outside that one, return the
    window that has a quarter of its length before it.
    """
    zoom = Zoom(values["zoom"] or Zoom.YEAR)
    if values["from"]:
        return start_window(zoom, values["from"])
    window = choose_window(zoom, today)
    day = _find_day_to_show(values["year"], selected)
    if day is None or window.holds(day):
        return window
    month = day.year * 12 + day.month - 1
    quarter = LENGTHS[zoom] // 4
    return start_window(zoom, month - quarter)


def _find_day_to_show(year, selected) -> date | None:
    if selected:
        return selected.starts_on
    if year:
        return date(year, 1, 1)
    return None


def _find_ways(request, window) -> Ways:
    parameters = set(request.known) - WINDOW_PARAMETERS
    query = write_canonical_query(request.GET, parameters)
    query_without_summit = write_canonical_query(request.GET, parameters - {"summit"})
    today = None
    if not window.holds(request.today):
        today = choose_window(window.zoom, request.today)
    zooms = []
    for zoom in Zoom:
        zoomed = window.zoom_to(zoom, request.today)
        way = ZoomWay(zoom, _write_query_of(zoomed, query))
        zooms.append(way)
    here = _write_query_of(window, query_without_summit)
    return Ways(
        earlier=_write_query_of(window.move(-1), query),
        later=_write_query_of(window.move(1), query),
        today=_write_query_of(today, query),
        zooms=zooms,
        here=f"{here}&",
        closer=_write_query_of_closer(window, query_without_summit),
        unchosen=here,
    )


def _write_query_of(window, query) -> str | None:
    """Return the query of `window`, which keeps `query`; None without a window."""
    if window is None:
        return None
    start = _start_query(query)
    return f"{start}zoom={window.zoom}&from={window.address}"


def _write_query_of_closer(window, query):
    """Return the beginning of queries that look closer: at the next zoom, or at last the list."""
    start = _start_query(query)
    if closer := CLOSER.get(window.zoom):
        return f"{start}zoom={closer}&"
    return f"{start}view=list&"


def _start_query(query):
    if query:
        return f"?{query}&"
    return "?"
