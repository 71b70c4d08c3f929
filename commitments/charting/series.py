"""One series against its targets, over time, as coordinates.

A chart has a mark for each figure, lines that join them, the levels of the targets, the straight
ways from a baseline to a target, and the deadlines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from commitments.charting.frames import Frame, Scale, scale_of, upright, write_coordinate
from commitments.charting.levels import Goal, GoalLevel, Level, label_levels, list_levels
from commitments.charting.places import (
    DayScale,
    PlacedFigure,
    StraightLine,
    draw_way,
    is_long_period,
    join_figures,
    list_taken_boxes,
    place_figures,
    scale_days,
    surest_on_top,
)
from commitments.verdicts.measuring import compute_path
from commitments.verdicts.targets import SUREST_FIRST, RuleTarget

# The names of two periods are at least so far apart: as wide as “FY2025”.
TICK = 46
# A deadline further right than this share of the width has its words on its left.
RIGHT_PART = 0.55


@dataclass(frozen=True)
class FigureMark:
    """A figure. `row` is what it was made from; `begins` is set where its period is long."""

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
class Deadline:
    day: date
    x: str
    anchor: str


@dataclass(frozen=True)
class Chart:
    """What a template draws.

    `marks` are from the oldest to the newest; of one period the surest is last, and so on top.
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
        kinds = {mark.kind for mark in self.marks}
        return [kind for kind in SUREST_FIRST if kind in kinds]


def draw_chart(
    rows: Sequence[Any],
    goals: Sequence[Goal],
    frame: Frame,
    *,
    steps: int = 4,
    holding: Sequence[Decimal] = (),
) -> Chart | None:
    """Draw `rows`, one party's figures of one indicator; return None if there are none.

    Each row is the newest of its kind for its period. A figure stands at the end of its period,
    which is where the rules hold it against the line. The scale also has room for the values of
    `holding`, so that several charts can be compared.
    """
    if not rows:
        return None
    levels = list_levels(goals)
    targets = [goal.target for goal in goals if _has_way(goal.target)]
    due_days = sorted({goal.target.due for goal in goals if goal.target.due})
    values = _list_values(rows, levels, targets)
    scale = scale_of([*values, *holding], steps=steps)
    days = scale_days(rows, due_days, targets, frame, scale)
    figures = place_figures(rows, days, scale, frame)
    lines = join_figures(figures)
    ways = [draw_way(target, days, scale, frame) for target in targets]
    taken = list_taken_boxes(figures, [*lines, *ways])
    figures_upwards = sorted(figures, key=surest_on_top)
    return Chart(
        frame=frame,
        marks=[_draw_mark(figure, days, frame) for figure in figures_upwards],
        lines=[_draw_segment(line, frame) for line in lines],
        levels=label_levels(levels, taken, days.left, scale, frame),
        ways=[_draw_segment(way, frame) for way in ways],
        deadlines=[_draw_deadline(day, days, frame) for day in due_days],
        upright=_list_values_upright(scale, frame),
        across=_choose_ticks(figures, days, frame),
    )


def _has_way(target: RuleTarget) -> bool:
    if target.due is None:
        return False
    return compute_path(target, target.due) is not None


def _list_values(
    rows: Sequence[Any], levels: Sequence[GoalLevel], targets: Sequence[RuleTarget]
) -> list[Decimal]:
    """Return the values that the scale must have room for."""
    values = [row.value for row in rows]
    values += [goal_level.value for goal_level in levels]
    values += [target.baseline for target in targets if target.baseline is not None]
    return values


def _draw_mark(figure: PlacedFigure, days: DayScale, frame: Frame) -> FigureMark:
    row = figure.row
    begins = None
    if is_long_period(row):
        first_x = days.at(row.period_start)
        begins = frame.across(first_x)
    return FigureMark(
        x=frame.across(figure.x),
        y=write_coordinate(figure.y),
        kind=row.kind,
        row=row,
        begins=begins,
    )


def _draw_segment(stroke: StraightLine, frame: Frame) -> Segment:
    return Segment(
        x1=frame.across(stroke.x1),
        y1=write_coordinate(stroke.y1),
        x2=frame.across(stroke.x2),
        y2=write_coordinate(stroke.y2),
        firm=stroke.firm,
    )


def _draw_deadline(day: date, days: DayScale, frame: Frame) -> Deadline:
    x = days.at(day)
    is_far_right = x > frame.room * RIGHT_PART
    return Deadline(
        day=day,
        x=frame.across(x),
        anchor="end" if is_far_right else "start",
    )


def _list_values_upright(scale: Scale, frame: Frame) -> list[tuple[str, Decimal]]:
    """Return where the values of the scale stand, each with the value."""
    ticks = []
    for value in scale.ticks:
        y = upright(frame, scale, value)
        tick = (write_coordinate(y), value)
        ticks.append(tick)
    return ticks


def _choose_ticks(
    placed: Sequence[PlacedFigure], days: DayScale, frame: Frame
) -> list[tuple[str, Any]]:
    """Return where periods are named below the chart, each with its row, the newest first.

    They are as many as can be read side by side.
    """
    ticks = []
    last_x = None
    for figure in reversed(placed):
        x = days.at(figure.row.period_end)
        if last_x is None or last_x - x >= TICK:
            tick = (frame.across(x), figure.row)
            ticks.append(tick)
            last_x = x
    return ticks
