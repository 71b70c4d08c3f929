"""Many parties on one scale: a dot for each, those of like value one above the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from commitments.charting.frames import Frame, scale_of, write_coordinate

# A dot and the space it keeps to the next, and how far the scale's ends stand from the edges.
DOT, EDGE = 10, 16


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    item: Any


@dataclass(frozen=True)
class Strip:
    """`required` is None where not all owe the same."""

    frame: Frame
    dots: list[Dot]
    across: list[tuple[str, Decimal]]
    required: tuple[str, Decimal, str] | None


def draw_strip(
    items: Sequence[tuple[Decimal, Any]], required: Decimal | None, frame: Frame
) -> Strip | None:
    """Draw `items`, each a value and what it stands for; None without any. The frame grows as high
    as the dots need.
    """
    if not items:
        return None
    values = [value for value, _ in items] + ([] if required is None else [required])
    scale = scale_of(values, steps=4)

    def place(value: Decimal) -> float:
        return EDGE + scale.share(value) * (frame.room - 2 * EDGE)

    rows: list[float] = []
    levels = []
    for value, item in sorted(items, key=lambda pair: pair[0]):
        x = place(value)
        # The lowest row whose last dot leaves room for this one.
        row = next((number for number, last in enumerate(rows) if x - last >= DOT), len(rows))
        rows[row : row + 1] = [x]
        levels.append((x, row, item))
    frame = replace(frame, height=frame.top + frame.foot + len(rows) * DOT + DOT)
    ground = frame.bottom - DOT
    at = None
    if required is not None:
        x = place(required)
        at = (frame.across(x), required, "end" if x > frame.room * 0.55 else "start")
    return Strip(
        frame=frame,
        dots=[
            Dot(frame.across(x), write_coordinate(ground - row * DOT), item)
            for x, row, item in levels
        ],
        across=[(frame.across(place(tick)), tick) for tick in scale.ticks],
        required=at,
    )
