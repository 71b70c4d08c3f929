"""The timeline as a page shows it: its window, the drawing, and the addresses that lead on."""

from dataclasses import dataclass
from datetime import date

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

# Of the summit looked at; its own page has them all.
MOST_TOLD = 50
CLOSER = {Zoom.DECADE: Zoom.YEAR, Zoom.YEAR: Zoom.MONTH}


@dataclass(frozen=True)
class Ways:
    """Queries that lead on. A template adds a summit to `here`, and a beginning to `closer`."""

    earlier: str | None
    later: str | None
    today: str | None
    zooms: list[tuple[Zoom, str]]
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
    window = _window(values, selected, request.today)
    all_series = list(SummitSeries.objects.published())
    timeline = read_timeline(summits, window, all_series=all_series)
    picture = draw_timeline(timeline, request.today)
    context = {
        "shown": TimelineContent(timeline, picture, _ways(request, window)),
        "all_series": all_series,
        "kinds": SummitKind.choices,
        "chosen": selected,
    }
    if selected:
        context |= _describe_selected_summit(selected, request)
    return context


def build_strip(today) -> TimelineContent | None:
    """Return the summits of the last years on one lane, for `parts/timeline_strip.html`; None
    without any.
    """
    timeline = read_lanes_along(Summit.objects.published(), choose_recent_window(today))
    return (
        TimelineContent(timeline, draw_timeline(timeline, today, STRIP), None)
        if timeline.lanes
        else None
    )


def _find_selected_summit(request, slug):
    if not slug:
        return None
    summits = (
        Summit.objects.published().as_of(request.as_of).select_related("series").filter(slug=slug)
    )
    return summits.first()


def _describe_selected_summit(summit, request):
    """Return its counts and its pledges, the nearest deadline first."""
    counts = count_by_record("summit", [summit], as_of=request.as_of)
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
        "pledges": pledges[:MOST_TOLD],
    }


def _window(asked, chosen, today) -> Window:
    zoom = Zoom(asked["zoom"] or Zoom.YEAR)
    if asked["from"]:
        return start_window(zoom, asked["from"])
    window = choose_window(zoom, today)
    about = chosen.starts_on if chosen else asked["year"] and date(asked["year"], 1, 1)
    if not about or window.holds(about):
        return window
    return start_window(zoom, about.year * 12 + about.month - 1 - LENGTHS[zoom] // 4)


def _ways(request, window) -> Ways:
    filters = write_canonical_query(
        request.GET, {*request.known} - {"page", "view", "zoom", "from", "summit"}
    )
    kept = write_canonical_query(request.GET, {*request.known} - {"page", "view", "zoom", "from"})
    today = choose_window(window.zoom, request.today)

    def leading(query, window):
        return None if window is None else f"?{_and(query)}zoom={window.zoom}&from={window.address}"

    here = leading(filters, window)
    closer = CLOSER.get(window.zoom)
    return Ways(
        earlier=leading(kept, window.move(-1)),
        later=leading(kept, window.move(1)),
        today=None if window.holds(request.today) else leading(kept, today),
        zooms=[(zoom, leading(kept, window.zoom_to(zoom, request.today))) for zoom in Zoom],
        here=f"{here}&",
        closer=f"?{_and(filters)}zoom={closer}&" if closer else f"?{_and(filters)}view=list&",
        unchosen=here,
    )


def _and(query):
    if query:
        return f"{query}&"
    return ""
