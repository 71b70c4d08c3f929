"""Many parties on one scale: a dot for each, and similar values above one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from commitments.charting.frames import Frame, Scale, scale_of, write_coordinate

# The room that a dot takes, and how far the scale's ends stand from the edges.
DOT, EDGE = 10, 16
# A required value further right than this share of the width has its words on its left.
RIGHT_PART = 0.55


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    item: Any


@dataclass(frozen=True)
class Strip:
    """Dots over a scale; `required` is None where not all parties owe the same.

    `across` are the ticks: place, value. `required` is place, value, and anchor of its words.
    """

    frame: Frame
    dots: list[Dot]
    across: list[tuple[str, Decimal]]
    required: tuple[str, Decimal, str] | None


def draw_strip(
    items: Sequence[tuple[Decimal, Any]], required: Decimal | None, frame: Frame
) -> Strip | None:
    """Draw `items`, each a value and what has it; return None if there are none.

    The frame grows as high as the dots need.
    """
    if not items:
        return None
    values = [value for value, _item in items]
    if required is not None:
        values.append(required)
    scale = scale_of(values, steps=4)
    dots, row_count = _stack_dots(items, scale, frame)
    height = frame.top + frame.foot + row_count * DOT + DOT
    frame = replace(frame, height=height)
    ground = frame.bottom - DOT
    return Strip(
        frame=frame,
        dots=[_draw_dot(dot, ground, frame) for dot in dots],
        across=_place_ticks(scale, frame),
        required=None if required is None else _draw_required(required, scale, frame),
    )


class _StackedDot(NamedTuple):
    """How far from the left a dot stands, in which row from the ground, and what has its value."""

    x: float
    row: int
    item: Any


def _place(value: Decimal, scale: Scale, frame: Frame) -> float:
    share = scale.share(value)
    edges = 2 * EDGE
    width = frame.room - edges
    return EDGE + share * width


def _stack_dots(
    items: Sequence[tuple[Decimal, Any]], scale: Scale, frame: Frame
) -> tuple[list[_StackedDot], int]:
    """Put each dot into the lowest row in which the last dot leaves room.

    Return the dots and the number of rows.
    """
    last_in_row: list[float] = []
    dots = []
    lowest_first = sorted(items, key=lambda pair: pair[0])
    for value, item in lowest_first:
        x = _place(value, scale, frame)
        row = 0
        while row < len(last_in_row) and x - last_in_row[row] < DOT:
            row += 1
        if row == len(last_in_row):
            last_in_row.append(x)
        last_in_row[row] = x
        dot = _StackedDot(x, row, item)
        dots.append(dot)
    return dots, len(last_in_row)


def _draw_dot(dot: _StackedDot, ground: float, frame: Frame) -> Dot:
    y = ground - dot.row * DOT
    return Dot(
        x=frame.across(dot.x),
        y=write_coordinate(y),
        item=dot.item,
    )


def _place_ticks(scale: Scale, frame: Frame) -> list[tuple[str, Decimal]]:
    ticks = []
    for value in scale.ticks:
        x = _place(value, scale, frame)
        tick = (frame.across(x), value)
        ticks.append(tick)
    return ticks


def _draw_required(required: Decimal, scale: Scale, frame: Frame) -> tuple[str, Decimal, str]:
    x = _place(required, scale, frame)
    right_part = frame.room * RIGHT_PART
    anchor = "end" if x > right_part else "start"
    return frame.across(x), required, anchor
