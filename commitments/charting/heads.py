"""Where the marks of a lane stand, and where their names have room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import NamedTuple

from commitments.charting.frames import CHARACTER, CLEAR, Frame
from commitments.charting.labels import build_label, measure_label
from commitments.charting.rows import Rows, Span
from commitments.timeline.marks import SummitMark
from commitments.timeline.windows import Window

# Pixels between the edges of the drawing and the ends of the window.
EDGE = 8
# Radius of the smallest mark.
LEAST = 3.0
# The width of a mark's bar of verdicts.
BAR = 20
# A mark moves down by at most so many rows to make room for its name.
NAMED_ROWS = 3


@dataclass(frozen=True)
class LaneScale:
    """What places a day and sizes a mark; `unit` is the radius of a mark of one pledge."""

    window: Window
    today: date
    unit: float
    frame: Frame

    def at(self, day: date) -> float:
        """Return how many pixels from the left `day` is; outside the window, it is at the edge."""
        share = self.window.share(day)
        share_inside = min(max(share, 0), 1)
        width = self.frame.room - 2 * EDGE
        return EDGE + share_inside * width

    def across(self, day: date) -> str:
        pixels = self.at(day)
        return self.frame.across(pixels)

    def radius(self, pledges: int) -> float:
        size = self.unit * sqrt(pledges)
        return max(LEAST, size)


class PlacedMark(NamedTuple):
    """A mark, its row, and its name where that has room; `anchor` is the end of the name at it."""

    mark: SummitMark
    row: int
    label: str
    anchor: str


def place_in_order(
    marks: Sequence[SummitMark], scale: LaneScale, rows: Rows, *, lined: bool
) -> list[PlacedMark]:
    """Place the marks one after another, each with its name if a row near the top has room."""
    return [_place_with_label(mark, scale, rows, lined=lined) for mark in marks]


def place_packed(marks: Sequence[SummitMark], scale: LaneScale, rows: Rows) -> list[PlacedMark]:
    """Place the marks of a strip as close as they go, and then names where room is left.

    The largest mark comes first.
    """
    largest_first = sorted(marks, key=_largest_first)
    unnamed = []
    for mark in largest_first:
        span = _span_of_mark(mark, scale)
        row = rows.put(span)
        unnamed.append((mark, row, span.right))
    placed = []
    for mark, row, right in unnamed:
        label = _take_room_for_label(mark, row, right, scale, rows)
        placed.append(PlacedMark(mark, row, label, "start"))
    return sorted(placed, key=_earliest_first)


def _largest_first(mark: SummitMark) -> tuple[int, date, str]:
    return -mark.pledges, mark.first, mark.slug


def _earliest_first(placed: PlacedMark) -> tuple[date, str]:
    return placed.mark.first, placed.mark.slug


def _place_with_label(mark: SummitMark, scale: LaneScale, rows: Rows, *, lined: bool) -> PlacedMark:
    span = _span_of_mark(mark, scale, bar=not lined)
    label = _write_label(mark, scale.window)
    if label:
        width = _measure_width(label)
        # The name must not leave the drawing; half a circle may.
        to_right = Span(span.left, span.right + width)
        if to_right.right <= scale.frame.room:
            row = rows.put_within(to_right, most=NAMED_ROWS)
            if row is not None:
                return PlacedMark(mark, row, label, "start")
        to_left = Span(span.left - width, span.right)
        if to_left.left >= 0:
            row = rows.put_within(to_left, most=NAMED_ROWS)
            if row is not None:
                return PlacedMark(mark, row, label, "end")
    row = rows.put(span)
    label = _take_room_for_label(mark, row, span.right, scale, rows)
    return PlacedMark(mark, row, label, "start")


def _span_of_mark(mark: SummitMark, scale: LaneScale, *, bar: bool = False) -> Span:
    """Return what a mark takes of a row; `bar` says that a bar of verdicts stands below it."""
    half = scale.radius(mark.pledges)
    if bar:
        half = max(half, BAR / 2)
    half += 1
    x = scale.at(mark.first)
    return Span(left=x - half, right=x + half)


def _take_room_for_label(
    mark: SummitMark, row: int, left: float, scale: LaneScale, rows: Rows
) -> str:
    """Take the room from `left` on for the name of a mark in its row, and return the name.

    Return "" if there is no name, or no room for it.
    """
    label = _write_label(mark, scale.window)
    width = _measure_width(label)
    span = Span(left, left + width)
    has_room = span.right <= scale.frame.room and rows.is_free(row, span)
    if not label or not has_room:
        return ""
    rows.take(row, span)
    return label


def _write_label(mark: SummitMark, window: Window) -> str:
    """Return the name of a mark, with its year if it stands at the edge for an earlier summit."""
    name = build_label(mark)
    if name and mark.last < window.first:
        return f"‹ {name} {mark.first.year}"
    return name


def _measure_width(label: str) -> float:
    letters = measure_label(label)
    return letters * CHARACTER + 2 * CLEAR
