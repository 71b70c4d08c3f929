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
        share = max(share, 0)
        share = min(share, 1)
        edges = 2 * EDGE
        width = self.frame.room - edges
        return EDGE + share * width

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
    placed = []
    for mark in marks:
        placed_mark = _place_with_label(mark, scale, rows, lined=lined)
        placed.append(placed_mark)
    return placed


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
        placed_mark = PlacedMark(mark, row, label, "start")
        placed.append(placed_mark)
    placed.sort(key=_earliest_first)
    return placed


def _largest_first(mark: SummitMark) -> tuple[int, date, str]:
    rank = -mark.pledges
    return rank, mark.first, mark.slug


def _earliest_first(placed: PlacedMark) -> tuple[date, str]:
    mark = placed.mark
    return mark.first, mark.slug


def _place_with_label(mark: SummitMark, scale: LaneScale, rows: Rows, *, lined: bool) -> PlacedMark:
    span = _span_of_mark(mark, scale, bar=not lined)
    label = _write_label(mark, scale.window)
    if label:
        placed = _place_near_top(mark, label, span, scale, rows)
        if placed:
            return placed
    row = rows.put(span)
    label = _take_room_for_label(mark, row, span.right, scale, rows)
    return PlacedMark(mark, row, label, "start")


def _place_near_top(
    mark: SummitMark, label: str, span: Span, scale: LaneScale, rows: Rows
) -> PlacedMark | None:
    """Place a mark with its name to the right or left; return None if no row near the top has room.

    The name must not leave the drawing; half a circle may.
    """
    width = _measure_width(label)
    right = span.right + width
    if right <= scale.frame.room:
        row = rows.put_within(Span(span.left, right), most=NAMED_ROWS)
        if row is not None:
            return PlacedMark(mark, row, label, "start")
    left = span.left - width
    if left >= 0:
        row = rows.put_within(Span(left, span.right), most=NAMED_ROWS)
        if row is not None:
            return PlacedMark(mark, row, label, "end")
    return None


def _span_of_mark(mark: SummitMark, scale: LaneScale, *, bar: bool = False) -> Span:
    """Return what a mark takes of a row; `bar` says that a bar of verdicts stands below it."""
    radius = scale.radius(mark.pledges)
    half = radius + 1
    if bar:
        half_of_bar = BAR / 2
        half = max(radius, half_of_bar) + 1
    x = scale.at(mark.first)
    left = x - half
    right = x + half
    return Span(left, right)


def _take_room_for_label(
    mark: SummitMark, row: int, left: float, scale: LaneScale, rows: Rows
) -> str:
    """Take the room from `left` on for the name of a mark in its row, and return the name.

    Return "" if there is no name, or no room for it.
    """
    label = _write_label(mark, scale.window)
    width = _measure_width(label)
    span = Span(left, left + width)
    if not label:
        return ""
    if span.right > scale.frame.room:
        return ""
    if not rows.is_free(row, span):
        return ""
    rows.take(row, span)
    return label


def _write_label(mark: SummitMark, window: Window) -> str:
    """Return the name of a mark, with its year if it stands at the edge for an earlier summit."""
    name = build_label(mark)
    is_earlier = mark.last < window.first
    if name and is_earlier:
        year = mark.first.year
        return f"‹ {name} {year}"
    return name


def _measure_width(label: str) -> float:
    letters = measure_label(label)
    width = letters * CHARACTER
    return width + 2 * CLEAR
