"""One series against its targets, over time: marks, lines, levels, the way and the deadline, as
coordinates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from commitments.charting.frames import (
    CHARACTER,
    CLEAR,
    Frame,
    Scale,
    scale_of,
    upright,
    write_coordinate,
)
from commitments.verdicts.measuring import level, path
from commitments.verdicts.targets import SUREST_FIRST, Kind, RuleTarget

DAY = timedelta(days=1)
# A longer period than a year is drawn as what it is: a stretch, not a moment.
YEAR = timedelta(days=366)
# As wide as “FY2025”; the level of a target is labelled in about so many characters.
TICK, LABEL = 46, 15 * CHARACTER
LINE = 13
# From the left to the right, from the top to the bottom.
Box = tuple[float, float, float, float]
# From one point to another, and whether it is firm.
Stroke = tuple[float, float, float, float, bool]
# Half the width of a mark, and how far from the right edge the last day stands.
MARK, RIGHT = 5, 26


@dataclass(frozen=True)
class Goal:
    """A target as the rules read it, and its role: primary, alternative or interim."""

    role: str
    target: RuleTarget


@dataclass(frozen=True)
class FigureMark:
    """A figure. `row` is what it was made from; `begins` is set where its period is a long
    stretch.
    """

    x: str
    y: str
    kind: str
    row: Any
    begins: str | None


@dataclass(frozen=True)
class Segment:
    """From one point to another. `firm` where both ends are actual figures."""

    x1: str
    y1: str
    x2: str
    y2: str
    firm: bool = True


@dataclass(frozen=True)
class Level:
    """Where a target lies: a line across, and the place of its label."""

    value: Decimal
    role: str
    comparator: str
    y: str
    x: str
    label_x: str
    label_y: str
    anchor: str


@dataclass(frozen=True)
class Deadline:
    day: date
    x: str
    anchor: str


@dataclass(frozen=True)
class Chart:
    """What a template draws. `marks` are from the oldest to the newest, of one period the surest
    last, on top.
    """

    frame: Frame
    marks: list[FigureMark]
    lines: list[Segment]
    levels: list[Level]
    ways: list[Segment]
    deadlines: list[Deadline]
    upright: list[tuple[str, Decimal]]
    across: list[tuple[str, Any]]

    @property
    def kinds(self) -> list[str]:
        """The kinds that occur, the surest first: what a legend must explain."""
        return [kind for kind in SUREST_FIRST if any(mark.kind == kind for mark in self.marks)]


@dataclass(frozen=True)
class _Days:
    """The scale of days: the first stands `left` of the edge, so that the scale's labels have
    room.
    """

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        length = (self.last - self.first).days
        share = (day - self.first).days / length if length else 0.5
        return self.left + share * (self.right - self.left)


def draw_chart(
    rows: Sequence[Any],
    goals: Sequence[Goal],
    frame: Frame,
    *,
    steps: int = 4,
    holding: Sequence[Decimal] = (),
) -> Chart | None:
    """Draw `rows`, one party's figures of one indicator, each a period's newest of its kind; None
    without any.

    A figure stands at the end of its period, which is where the rules hold it against the line. The
    scale also has room for the values of `holding`, so that several charts can be compared.
    """
    if not rows:
        return None
    levels = _levels(goals)
    targets = [goal.target for goal in goals if _has_way(goal.target)]
    values = [row.value for row in rows] + [value for _, value in levels] + list(holding)
    scale = scale_of(
        values + [target.baseline for target in targets if target.baseline is not None], steps=steps
    )
    days = _days(rows, goals, targets, frame, scale)
    placed = _placed(rows, days, scale, frame)
    marks = [_mark(row, x, y, days, frame) for row, x, y in sorted(placed, key=_on_top_last)]
    lines, ways = _lines(placed), [_way(target, days, scale, frame) for target in targets]
    deadlines = [
        _deadline(day, days, frame)
        for day in sorted({goal.target.due for goal in goals if goal.target.due})
    ]
    return Chart(
        frame=frame,
        marks=marks,
        lines=[_line(line, frame) for line in lines],
        levels=_labelled(levels, _taken(placed, [*lines, *ways]), days.left, scale, frame),
        ways=[_line(way, frame) for way in ways],
        deadlines=deadlines,
        upright=[(write_coordinate(upright(frame, scale, tick)), tick) for tick in scale.ticks],
        across=_ticks(placed, days, frame),
    )


def _surety(row: Any) -> int:
    return SUREST_FIRST.index(row.kind)


def _is_long(row: Any) -> bool:
    return row.period_end - row.period_start > YEAR


def _has_way(target: RuleTarget) -> bool:
    return target.due is not None and path(target, target.due) is not None


def _levels(goals: Sequence[Goal]) -> list[tuple[Goal, Decimal]]:
    """Return each level once, the primary target's first."""
    found: dict[Decimal, Goal] = {}
    for goal in sorted(goals, key=lambda goal: goal.role != "primary"):
        value = level(goal.target)
        # A sum is reached by all figures together: its level is no line that one of them could
        # touch.
        if value is not None and goal.target.kind is not Kind.TOTAL:
            found.setdefault(value, goal)
    return [(goal, value) for value, goal in found.items()]


def _days(
    rows: Sequence[Any], goals: Sequence[Goal], ways: list[RuleTarget], frame: Frame, scale: Scale
) -> _Days:
    days = [row.period_end for row in rows] + [row.period_start for row in rows if _is_long(row)]
    days += [goal.target.due for goal in goals if goal.target.due]
    days += [target.baseline_day for target in ways if target.baseline_day]
    left = scale.characters * CHARACTER + CLEAR + MARK
    return _Days(min(days), max(days), left, frame.room - RIGHT)


def _placed(
    rows: Sequence[Any], days: _Days, scale: Scale, frame: Frame
) -> list[tuple[Any, float, float]]:
    """Return each row with its place in pixels, the oldest first; one that would cover a surer one
    stands beside it.
    """
    placed: list[tuple[Any, float, float]] = []
    for row in sorted(rows, key=lambda row: (row.period_end, row.period_start, _surety(row))):
        x, y = days.at(row.period_end), upright(frame, scale, row.value)
        tied = [one for one in placed if one[0].period_end == row.period_end]
        while any(
            abs(x - other_x) < MARK and abs(y - other_y) < MARK for _, other_x, other_y in tied
        ):
            x -= 2 * MARK
        placed.append((row, x, y))
    return placed


def _mark(row: Any, x: float, y: float, days: _Days, frame: Frame) -> FigureMark:
    begins = frame.across(days.at(row.period_start)) if _is_long(row) else None
    return FigureMark(frame.across(x), write_coordinate(y), row.kind, row, begins)


def _on_top_last(one: tuple[Any, float, float]) -> tuple[date, date, int]:
    row = one[0]
    return row.period_end, row.period_start, -_surety(row)


def _line(points: Stroke, frame: Frame) -> Segment:
    x1, y1, x2, y2, firm = points
    return Segment(
        frame.across(x1), write_coordinate(y1), frame.across(x2), write_coordinate(y2), firm
    )


def _lines(placed: list[tuple[Any, float, float]]) -> list[Stroke]:
    """Join each period's surest figure with the next period's, if that follows at once: a gap stays
    a gap.
    """
    surest: dict[tuple[date, date], tuple[Any, float, float]] = {}
    for one in placed:
        before = surest.get((one[0].period_start, one[0].period_end))
        if before is None or _surety(one[0]) < _surety(before[0]):
            surest[one[0].period_start, one[0].period_end] = one
    by_start = {row.period_start: (row, x, y) for row, x, y in surest.values()}
    lines = []
    for row, x, y in surest.values():
        following = by_start.get(row.period_end + DAY)
        if following:
            firm = row.kind == following[0].kind == "actual"
            lines.append((x, y, following[1], following[2], firm))
    return lines


def _way(target: RuleTarget, days: _Days, scale: Scale, frame: Frame) -> Stroke:
    """Return the straight line from the baseline to the target."""
    start, end = target.baseline_day, target.due
    assert start and end
    begins, ends = path(target, start), path(target, end)
    assert begins is not None and ends is not None
    return (
        days.at(start),
        upright(frame, scale, begins),
        days.at(end),
        upright(frame, scale, ends),
        True,
    )


def _deadline(day: date, days: _Days, frame: Frame) -> Deadline:
    x = days.at(day)
    return Deadline(day, frame.across(x), "end" if x > frame.room * 0.55 else "start")


def _ticks(
    placed: list[tuple[Any, float, float]], days: _Days, frame: Frame
) -> list[tuple[str, Any]]:
    """Return where periods are named below, the newest first: as many as can be read side by
    side.
    """
    chosen: list[tuple[float, Any]] = []
    for row, _x, _y in reversed(placed):
        x = days.at(row.period_end)
        if not chosen or chosen[-1][0] - x >= TICK:
            chosen.append((x, row))
    return [(frame.across(x), row) for x, row in chosen]


def _taken(placed: list[tuple[Any, float, float]], strokes: list[Stroke]) -> list[Box]:
    """Return what labels keep clear of: the marks, and the lines a piece at a time."""
    boxes = [(x - MARK - 2, x + MARK + 2, y - MARK - 2, y + MARK + 2) for _, x, y in placed]
    for x1, y1, x2, y2, _firm in strokes:
        pieces = int(abs(x2 - x1) + abs(y2 - y1)) // MARK + 1
        for piece in range(pieces):
            x, y = x1 + (x2 - x1) * piece / pieces, y1 + (y2 - y1) * piece / pieces
            boxes.append((x - 1, x + 1, y - 1, y + 1))
    return boxes


def _labelled(
    levels: list[tuple[Goal, Decimal]], taken: list[Box], left: float, scale: Scale, frame: Frame
) -> list[Level]:
    """Put each label at an end of its line, above or below, where it covers no figure and no other
    label.
    """
    labelled = []
    for goal, value in levels:
        y = upright(frame, scale, value)
        right = frame.room - LABEL
        places = [
            (x, x + LABEL, below, below + LINE)
            for below in (y - LINE - 2, y + 2)
            for x in (right, left)
        ]
        place = next(
            (one for one in places if not any(_meet(one, other) for other in taken)), places[0]
        )
        taken.append(place)
        at_right = place[0] == right
        labelled.append(
            Level(
                value=value,
                role=goal.role,
                comparator=goal.target.comparator,
                y=write_coordinate(y),
                x=frame.across(left),
                label_x=frame.across(frame.room if at_right else left),
                label_y=write_coordinate(place[3] - 3),
                anchor="end" if at_right else "start",
            )
        )
    return labelled


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
