"""Rows on which things are put side by side, so that none covers another."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a row, in pixels from the left edge of the drawing."""

    left: float
    right: float

    def meets(self, other: Span) -> bool:
        """Whether they share more than an edge."""
        if self.right <= other.left:
            return False
        return other.right > self.left


class Rows:
    """Rows from the top down, as many as are needed, each with the spans taken on it."""

    def __init__(self) -> None:
        self.taken: list[list[Span]] = []

    def __len__(self) -> int:
        return len(self.taken)

    def is_free(self, row: int, span: Span) -> bool:
        if row >= len(self.taken):
            return True
        neighbours = self.taken[row]
        return not any(span.meets(other) for other in neighbours)

    def take(self, row: int, span: Span) -> None:
        while row >= len(self.taken):
            self.taken.append([])
        spans = self.taken[row]
        spans.append(span)

    def put(self, span: Span) -> int:
        """Take `span` on the first row where it is free, and return that row."""
        row = 0
        while not self.is_free(row, span):
            row += 1
        self.take(row, span)
        return row

    def put_within(self, span: Span, *, most: int) -> int | None:
        """Do the same on the first `most` rows; return None if it is free on none of them."""
        for row in range(most):
            if self.is_free(row, span):
                self.take(row, span)
                return row
        return None
