"""A timeline as coordinates: summits on lanes, each with its pledges as lines that keep clear of
one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from math import sqrt

from commitments.charting.frames import CHARACTER, CLEAR, Frame, write_coordinate
from commitments.charting.labels import build_label, measure_label
from commitments.timeline.marks import Lane, PledgeLine, SummitMark, Timeline
from commitments.timeline.windows import Window
from commitments.verdicts.rollup import Rollup
from commitments.verdicts.statuses import NOT_ASSESSED

# The narrowest the lanes are drawn; on a narrower screen they become a list.
FRAME = Frame(room=560, height=0, top=4, foot=8)
EDGE = 8
# A strip is drawn on a wide screen; where it is narrow its marks may overlap, and no name is shown.
STRIP = Frame(room=960, height=0, top=4, foot=8)
# The height of a line's row, of a mark's row at least, and half the width of a verdict's sign.
PITCH, HEAD, SIGN = 12, 20, 6
# A mark of one pledge, the largest mark, and the smallest.
UNIT, LARGEST, LEAST = 3.4, 15.0, 3.0
# So large a mark has room for its number.
ROOMY = 9
# How wide a mark's bar of verdicts is.
BAR = 20
# For its name a mark moves as far down as this, and no further.
NAMED_ROWS = 3
# Parties' verdicts on one pledge that are not all the same.
MIXED = "mixed"


@dataclass(frozen=True)
class DrawnLine:
    """A pledge. `made` to `end` is what it had time for; `ahead` is where today lies between,
    `judged` its sign.

    `end` is the deadline if it names one; `late` where it was judged after it.
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
    """A summit, or several: a circle whose area is its pledges, its name, the stem its lines hang
    on.
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
    """`ticks` are where steps begin, each with its day and whether a narrow drawing names it
    too.
    """

    lanes: list[DrawnLane]
    ticks: list[tuple[str, date, bool]]
    today: str | None
    statuses: list[str]


def draw_timeline(timeline: Timeline, today: date, frame: Frame = FRAME) -> Picture:
    """Draw `timeline`; `today` is the day it is read on. On a strip the largest marks are named
    first.
    """
    scale = _Scale(timeline.window, today, _unit(timeline.lanes), frame)
    lanes = [_lane(lane, scale, lined=timeline.lined) for lane in timeline.lanes]
    found = {line.status for lane in lanes for mark in lane.marks for line in mark.lines}
    return Picture(
        lanes=lanes,
        ticks=[
            (scale.across(day), day, _is_major(day, timeline.window))
            for day in timeline.window.ticks
        ],
        today=scale.across(today) if timeline.window.holds(today) else None,
        statuses=sorted(found),
    )


@dataclass(frozen=True)
class _Scale:
    window: Window
    today: date
    unit: float
    frame: Frame

    def at(self, day: date) -> float:
        """Return how many pixels from the left `day` is; days outside the window are at its
        edge.
        """
        return EDGE + min(max(self.window.share(day), 0), 1) * (self.frame.room - 2 * EDGE)

    def across(self, day: date) -> str:
        return self.frame.across(self.at(day))

    def radius(self, pledges: int) -> float:
        return max(LEAST, self.unit * sqrt(pledges))


class _Rows:
    """Rows filled from the left and the right: what is put in keeps clear of what is there."""

    def __init__(self) -> None:
        self.taken: list[list[tuple[float, float]]] = []

    def is_free(self, row: int, left: float, right: float) -> bool:
        here = self.taken[row] if row < len(self.taken) else []
        return all(right <= first or last <= left for first, last in here)

    def put(self, left: float, right: float, *, most: int | None = None) -> int | None:
        """Take the first row with room from `left` to `right`; None where the first `most` have
        none.
        """
        for row in range(most) if most is not None else count():
            if self.is_free(row, left, right):
                while len(self.taken) <= row:
                    self.taken.append([])
                self.taken[row].append((left, right))
                return row
        return None


def _unit(lanes: Sequence[Lane]) -> float:
    """Return the radius of a mark of one pledge: all marks of a picture have areas in one
    proportion.
    """
    most = max((mark.pledges for lane in lanes for mark in lane.marks), default=0)
    return min(UNIT, LARGEST / sqrt(most)) if most else UNIT


def _lane(lane: Lane, scale: _Scale, *, lined: bool) -> DrawnLane:
    heads, lines = _Rows(), _Rows()
    largest = max(scale.radius(mark.pledges) for mark in lane.marks)
    head = max(HEAD, round(2 * largest + 4)) + (0 if lined else 9)
    if scale.frame is STRIP:
        placed = _packed(lane.marks, scale, heads)
    else:
        placed = [(mark, *_head(mark, scale, heads, lined=lined)) for mark in lane.marks]
    ground = FRAME.top + len(heads.taken) * head
    marks = []
    for mark, row, label, anchor in placed:
        radius, x = scale.radius(mark.pledges), scale.at(mark.first)
        # Circles of a row stand on one axis.
        y = FRAME.top + row * head + max(HEAD / 2, largest + 2)
        drawn = (
            [
                _line(line, x, ground, scale, lines)
                for line in sorted(mark.lines, key=_soonest_first)
            ]
            if lined
            else []
        )
        marks.append(
            DrawnMark(
                x=scale.frame.across(x),
                y=write_coordinate(y),
                r=write_coordinate(radius),
                label=label,
                label_dx=write_coordinate((radius + 5) * (-1 if anchor == "end" else 1)),
                anchor=anchor,
                number=radius >= ROOMY,
                stem=max(drawn, key=lambda line: float(line.y)).y if drawn else None,
                bar=None if lined else write_coordinate(y + radius + 3),
                before=mark.last < scale.window.first,
                lines=drawn,
                item=mark,
            )
        )
    height = ground + len(lines.taken) * PITCH + FRAME.foot
    return DrawnLane(height, marks, lane)


def _head(mark: SummitMark, scale: _Scale, rows: _Rows, *, lined: bool) -> tuple[int, str, str]:
    """Return the row of a mark, the name beside it if there is room for one, and where that is
    anchored.
    """
    x, half = scale.at(mark.first), scale.radius(mark.pledges)
    half = half + 1 if lined else max(half, BAR / 2) + 1
    label = _label(mark, scale.window)
    width = measure_label(label) * CHARACTER + 2 * CLEAR
    if label:
        for anchor, left, right in (
            ("start", x - half, x + half + width),
            ("end", x - half - width, x + half),
        ):
            # The name must not leave the drawing; half a circle may.
            if right <= scale.frame.room if anchor == "start" else left >= 0:
                row = rows.put(left, right, most=NAMED_ROWS)
                if row is not None:
                    return row, label, anchor
    row = rows.put(x - half, x + half)
    assert row is not None
    return row, _beside(label, row, x + half, scale, rows), "start"


def _beside(label: str, row: int, left: float, scale: _Scale, rows: _Rows) -> str:
    """Take the room from `left` on for `label`, in a row that has its mark; return "" if it is not
    free.
    """
    right = left + measure_label(label) * CHARACTER + 2 * CLEAR
    if label and right <= scale.frame.room and rows.is_free(row, left, right):
        rows.taken[row].append((left, right))
        return label
    return ""


def _packed(
    marks: Sequence[SummitMark], scale: _Scale, rows: _Rows
) -> list[tuple[SummitMark, int, str, str]]:
    """Put the marks of a strip as close as they go, and then names where room is left, the largest
    first.
    """
    largest_first = sorted(marks, key=lambda mark: (-mark.pledges, mark.first, mark.slug))
    put = []
    for mark in largest_first:
        x, half = scale.at(mark.first), scale.radius(mark.pledges) + 1
        row = rows.put(x - half, x + half)
        assert row is not None
        put.append((mark, row, x, half))
    placed = []
    for mark, row, x, half in put:
        placed.append(
            (mark, row, _beside(_label(mark, scale.window), row, x + half, scale, rows), "start")
        )
    return sorted(placed, key=lambda one: (one[0].first, one[0].slug))


def _label(mark: SummitMark, window: Window) -> str:
    name = build_label(mark)
    return f"‹ {name} {mark.first.year}" if name and mark.last < window.first else name


def _soonest_first(line: PledgeLine) -> tuple[bool, date, date, str]:
    day = line.due.last_day
    return day is None, day or line.made, line.made, line.slug


def _line(line: PledgeLine, stem: float, ground: float, scale: _Scale, rows: _Rows) -> DrawnLine:
    """Put a pledge into the first row with room. Without a deadline it runs to its verdict, and
    open to today.
    """
    due, window = line.due.last_day, scale.window
    end = due or max(filter(None, [line.judged, line.made]))
    judged = line.judged or min(end, max(scale.today, line.made))
    made, last, sign = scale.at(line.made), scale.at(end), scale.at(judged)
    # Whatever is drawn of it: the stem, the line, its sign.
    left, right = min(stem, made, sign - SIGN), max(last, sign + SIGN, made + 2 * SIGN)
    row = rows.put(left - 2, right + 4)
    assert row is not None
    return DrawnLine(
        y=write_coordinate(ground + row * PITCH + PITCH / 2),
        stem=scale.frame.across(stem) if made - stem > 1 else None,
        made=scale.frame.across(made),
        end=scale.frame.across(last),
        ahead=scale.frame.across(max(scale.at(scale.today), made)) if end > scale.today else None,
        judged=scale.frame.across(sign),
        late=judged > end,
        is_due=due is not None and window.holds(due),
        status=status_of(line.verdicts),
        item=line,
    )


def status_of(verdicts: Rollup) -> str:
    """Return the one status of all parties; where they differ, that they do."""
    if len(verdicts.by_status) > 1:
        return MIXED
    return next(iter(verdicts.by_status), NOT_ASSESSED)


def _is_major(day: date, window: Window) -> bool:
    """Whether a narrow drawing names the step too: every second year, every third month, every
    decade.
    """
    return {"decade": True, "year": day.year % 2 == 0, "month": day.month % 3 == 1}[window.zoom]
