"""Where the figures of a chart stand, and the lines that join them: places in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from commitments.charting.frames import CHARACTER, CLEAR, Frame, Scale, upright
from commitments.charting.levels import Box
from commitments.verdicts.measuring import compute_path
from commitments.verdicts.targets import SUREST_FIRST, RuleTarget

DAY = timedelta(days=1)
# A longer period than a year is drawn as what it is: a stretch, not a moment.
YEAR = timedelta(days=366)
# Half the width of a mark, and how far from the right edge the last day stands.
MARK, RIGHT = 5, 26


@dataclass(frozen=True)
class DayScale:
    """The scale of days: the first stands at `left`, so that the labels of values have room."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        length = self.last - self.first
        width = self.right - self.left
        share = 0.5
        if length:
            passed = day - self.first
            share = passed.days / length.days
        return self.left + share * width


class PlacedFigure(NamedTuple):
    """A row and where its mark stands, in pixels."""

    row: Any
    x: float
    y: float


class StraightLine(NamedTuple):
    """A straight line in pixels; `firm` where both ends are actual figures."""

    x1: float
    y1: float
    x2: float
    y2: float
    firm: bool


def _rank_of_kind(row: Any) -> int:
    """Return 0 for the surest kind of figure, and more for others."""
    return SUREST_FIRST.index(row.kind)


def is_long_period(row: Any) -> bool:
    length = row.period_end - row.period_start
    return length > YEAR


def scale_days(
    rows: Sequence[Any],
    due_days: Sequence[date],
    targets: Sequence[RuleTarget],
    frame: Frame,
    scale: Scale,
) -> DayScale:
    """Return a scale with room for all periods, deadlines and the beginnings of ways."""
    days = [row.period_end for row in rows]
    days += [row.period_start for row in rows if is_long_period(row)]
    days += due_days
    days += [target.baseline_day for target in targets if target.baseline_day]
    width_of_labels = scale.characters * CHARACTER
    return DayScale(
        first=min(days),
        last=max(days),
        left=width_of_labels + CLEAR + MARK,
        right=frame.room - RIGHT,
    )


def place_figures(
    rows: Sequence[Any], days: DayScale, scale: Scale, frame: Frame
) -> list[PlacedFigure]:
    """Return each row with its place, the oldest first.

    A mark that would cover a surer one of the same day moves to its left.
    """
    placed: list[PlacedFigure] = []
    for row in sorted(rows, key=_oldest_first):
        day = row.period_end
        x = days.at(day)
        y = upright(frame, scale, row.value)
        same_day = [figure for figure in placed if figure.row.period_end == day]
        while _covers(x, y, same_day):
            x -= 2 * MARK
        placed.append(PlacedFigure(row, x, y))
    return placed


def _oldest_first(row: Any) -> tuple[date, date, int]:
    rank = _rank_of_kind(row)
    return row.period_end, row.period_start, rank


def _covers(x: float, y: float, figures: Sequence[PlacedFigure]) -> bool:
    """Whether a mark at this place would cover one of `figures`."""
    for figure in figures:
        distance_across = abs(x - figure.x)
        distance_up = abs(y - figure.y)
        if max(distance_across, distance_up) < MARK:
            return True
    return False


def surest_on_top(figure: PlacedFigure) -> tuple[date, date, int]:
    row = figure.row
    rank = _rank_of_kind(row)
    return row.period_end, row.period_start, -rank


def join_figures(placed: Sequence[PlacedFigure]) -> list[StraightLine]:
    """Join each period's surest figure with that of the next period, if it follows at once.

    Between periods that do not follow each other, a gap remains.
    """
    surest = _choose_surest(placed)
    by_start = {figure.row.period_start: figure for figure in surest}
    strokes = []
    for figure in surest:
        next_start = figure.row.period_end + DAY
        following = by_start.get(next_start)
        if following:
            firm = figure.row.kind == following.row.kind == "actual"
            stroke = StraightLine(figure.x, figure.y, following.x, following.y, firm)
            strokes.append(stroke)
    return strokes


def _choose_surest(placed: Sequence[PlacedFigure]) -> list[PlacedFigure]:
    """Return the surest figure of each period."""
    surest: dict[tuple[date, date], PlacedFigure] = {}
    for figure in placed:
        row = figure.row
        period = (row.period_start, row.period_end)
        best = surest.setdefault(period, figure)
        if _rank_of_kind(row) < _rank_of_kind(best.row):
            surest[period] = figure
    return list(surest.values())


def draw_way(target: RuleTarget, days: DayScale, scale: Scale, frame: Frame) -> StraightLine:
    """Return the straight line from the baseline to the target."""
    start = target.baseline_day
    end = target.due
    assert start and end
    first_value = compute_path(target, start)
    last_value = compute_path(target, end)
    assert first_value is not None and last_value is not None
    return StraightLine(
        x1=days.at(start),
        y1=upright(frame, scale, first_value),
        x2=days.at(end),
        y2=upright(frame, scale, last_value),
        firm=True,
    )


def list_taken_boxes(placed: Sequence[PlacedFigure], strokes: Sequence[StraightLine]) -> list[Box]:
    """Return what labels keep clear of: the marks, and the lines a piece at a time."""
    boxes = [_box_around(figure.x, figure.y, MARK + 2) for figure in placed]
    for stroke in strokes:
        width = stroke.x2 - stroke.x1
        height = stroke.y2 - stroke.y1
        length = abs(width) + abs(height)
        pieces = int(length) // MARK + 1
        for piece in range(pieces):
            x = stroke.x1 + width * piece / pieces
            y = stroke.y1 + height * piece / pieces
            box = _box_around(x, y, 1)
            boxes.append(box)
    return boxes


def _box_around(x: float, y: float, half: float) -> Box:
    return Box(
        left=x - half,
        right=x + half,
        top=y - half,
        bottom=y + half,
    )
