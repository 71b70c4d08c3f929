"""A timeline as coordinates: summits on lanes, each with its pledges as lines below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from commitments.charting.frames import Frame, write_coordinate
from commitments.charting.heads import LaneScale, PlacedMark, place_in_order, place_packed
from commitments.charting.rows import Rows, Span
from commitments.timeline.marks import Lane, PledgeLine, SummitMark, Timeline
from commitments.timeline.windows import Zoom
from commitments.verdicts.rollup import Rollup
from commitments.verdicts.statuses import NOT_ASSESSED, Unjudged

# The narrowest the lanes are drawn; on a narrower screen they become a list.
FRAME = Frame(room=560, height=0, top=4, foot=8)
# A strip is drawn on a wide screen. On a narrow one its marks may overlap, and names are hidden.
STRIP = Frame(room=960, height=0, top=4, foot=8)
# The height of a line's row, the least height of a mark's row, and half the width of a verdict's
# sign.
PITCH, HEAD, SIGN = 12, 20, 6
# How much higher a mark's row is with a bar of verdicts.
BAR_HEIGHT = 9
# Radius of a mark of one pledge, and of the largest mark.
UNIT, LARGEST = 3.4, 15.0
# A mark of this radius has room for its number.
ROOMY = 9
# The status of a pledge whose parties' verdicts differ.
MIXED = "mixed"


@dataclass(frozen=True)
class DrawnLine:
    """A pledge as a line from `made` to `end`, with the sign of its verdict at `judged`.

    `end` is the deadline if it names one. `ahead` is where today lies if the line goes on after it.
    `late` says that it was judged after the end.
    """

    y: str
    stem: str | None
    made: str
    end: str
    ahead: str | None
    judged: str
    late: bool
    is_due: bool
    status: str
    item: PledgeLine


@dataclass(frozen=True)
class DrawnMark:
    """A summit, or several, as a circle whose area grows with its pledges.

    `stem` is where the stem ends on which its lines hang, `bar` where its bar of verdicts stands.
    `number` says that the number of pledges has room in the circle; `before` that the summit was
    held before the window.
    """

    x: str
    y: str
    r: str
    label: str
    label_dx: str
    anchor: str
    number: bool
    stem: str | None
    bar: str | None
    before: bool
    lines: list[DrawnLine]
    item: SummitMark


@dataclass(frozen=True)
class DrawnLane:
    height: int
    marks: list[DrawnMark]
    item: Lane


@dataclass(frozen=True)
class Picture:
    """The whole drawing.

    `ticks` are where steps begin, each with its day and whether a narrow drawing names it too.
    """

    lanes: list[DrawnLane]
    ticks: list[tuple[str, date, bool]]
    today: str | None
    statuses: list[str]


def draw_timeline(timeline: Timeline, today: date, frame: Frame = FRAME) -> Picture:
    """Draw `timeline`, read on the day `today`. On a strip the largest marks are named first."""
    window = timeline.window
    unit = _choose_unit(timeline.lanes)
    scale = LaneScale(window, today, unit, frame)
    lanes = [_draw_lane(lane, scale, lined=timeline.lined) for lane in timeline.lanes]
    ticks = [(scale.across(day), day, _is_major(day, window.zoom)) for day in window.ticks]
    return Picture(
        lanes=lanes,
        ticks=ticks,
        today=scale.across(today) if window.holds(today) else None,
        statuses=_list_statuses(lanes),
    )


def _choose_unit(lanes: Sequence[Lane]) -> float:
    """Return the radius of a mark of one pledge, with which the largest mark is not too large.

    All marks of a picture have areas in one proportion.
    """
    pledges = [mark.pledges for lane in lanes for mark in lane.marks]
    most = max(pledges, default=0)
    if not most:
        return UNIT
    return min(UNIT, LARGEST / sqrt(most))


def _list_statuses(lanes: Sequence[DrawnLane]) -> list[str]:
    """Return the statuses of all lines, which a legend must explain."""
    statuses = set()
    for lane in lanes:
        for mark in lane.marks:
            statuses.update(line.status for line in mark.lines)
    return sorted(statuses)


def _draw_lane(lane: Lane, scale: LaneScale, *, lined: bool) -> DrawnLane:
    heads = Rows()
    lines = Rows()
    if scale.frame is STRIP:
        placed_marks = place_packed(lane.marks, scale, heads)
    else:
        placed_marks = place_in_order(lane.marks, scale, heads, lined=lined)
    radii = [scale.radius(mark.pledges) for mark in lane.marks]
    largest = max(radii)
    diameter = 2 * largest
    pitch = max(HEAD, round(diameter + 4))
    if not lined:
        pitch += BAR_HEIGHT
    ground = FRAME.top + len(heads) * pitch
    # Circles of a row stand on one axis.
    axis = max(HEAD / 2, largest + 2)
    marks = []
    for placed in placed_marks:
        y = FRAME.top + placed.row * pitch + axis
        drawn_lines = []
        if lined:
            drawn_lines = _draw_lines(placed.mark, ground, scale, lines)
        mark = _draw_mark(placed, y, drawn_lines, scale, lined=lined)
        marks.append(mark)
    height = ground + len(lines) * PITCH + FRAME.foot
    return DrawnLane(height, marks, lane)


def _draw_mark(
    placed: PlacedMark, y: float, lines: list[DrawnLine], scale: LaneScale, *, lined: bool
) -> DrawnMark:
    mark = placed.mark
    radius = scale.radius(mark.pledges)
    distance = radius + 5
    if placed.anchor == "end":
        distance = -distance
    return DrawnMark(
        x=scale.across(mark.first),
        y=write_coordinate(y),
        r=write_coordinate(radius),
        label=placed.label,
        label_dx=write_coordinate(distance),
        anchor=placed.anchor,
        number=radius >= ROOMY,
        stem=_find_lowest(lines),
        bar=None if lined else write_coordinate(y + radius + 3),
        before=mark.last < scale.window.first,
        lines=lines,
        item=mark,
    )


def _find_lowest(lines: list[DrawnLine]) -> str | None:
    if not lines:
        return None
    lowest = max(lines, key=lambda line: float(line.y))
    return lowest.y


def _draw_lines(mark: SummitMark, ground: float, scale: LaneScale, rows: Rows) -> list[DrawnLine]:
    """Draw the pledges of a mark below `ground`, those with the earliest deadline first."""
    stem = scale.at(mark.first)
    drawn = []
    for line in sorted(mark.lines, key=_soonest_first):
        drawn_line = _draw_line(line, stem, ground, scale, rows)
        drawn.append(drawn_line)
    return drawn


def _soonest_first(line: PledgeLine) -> tuple[bool, date, date, str]:
    due = line.due.last_day
    has_no_deadline = due is None
    day = due or line.made
    return has_no_deadline, day, line.made, line.slug


def _draw_line(
    line: PledgeLine, stem: float, ground: float, scale: LaneScale, rows: Rows
) -> DrawnLine:
    """Put a pledge into the first row with room.

    Without a deadline it ends with its verdict. Without a verdict its sign stands at today.
    """
    due = line.due.last_day
    last_event = max(line.judged or line.made, line.made)
    end = due or last_event
    judged = line.judged or min(end, max(scale.today, line.made))
    made_x = scale.at(line.made)
    end_x = scale.at(end)
    sign_x = scale.at(judged)
    # The row has room for all that is drawn: the stem, the line, its sign.
    left = min(stem, made_x, sign_x - SIGN)
    right = max(end_x, sign_x + SIGN, made_x + 2 * SIGN)
    span = Span(left - 2, right + 4)
    row = rows.put(span)
    y = ground + row * PITCH + PITCH / 2
    across = scale.frame.across
    ahead = None
    if end > scale.today:
        today_x = scale.at(scale.today)
        ahead = across(max(today_x, made_x))
    return DrawnLine(
        y=write_coordinate(y),
        stem=across(stem) if made_x - stem > 1 else None,
        made=across(made_x),
        end=across(end_x),
        ahead=ahead,
        judged=across(sign_x),
        late=judged > end,
        is_due=due is not None and scale.window.holds(due),
        status=status_of(line.verdicts),
        item=line,
    )


def status_of(verdicts: Rollup) -> str:
    """Return what is said of all parties alike, a status or why there is none; where they differ,
    that they do.
    """
    codes = set(verdicts.by_status)
    if verdicts.judged_under:
        codes.add(Unjudged.JUDGED_UNDER.value)
    if verdicts.others_alone:
        codes.update(verdicts.others_alone.by_status)
    if not codes:
        return NOT_ASSESSED
    return codes.pop() if len(codes) == 1 else MIXED


def _is_major(day: date, zoom: Zoom) -> bool:
    """Whether a narrow drawing names the step too.

    It names every decade, every second year and every third month.
    """
    if zoom is Zoom.YEAR:
        return day.year % 2 == 0
    if zoom is Zoom.MONTH:
        return day.month % 3 == 1
    return True
