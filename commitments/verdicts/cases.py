"""A target with the figures that count for it: cut and chosen once, judged at several readings of
them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from commitments.verdicts.findings import Reason
from commitments.verdicts.measuring import gaps, inside_window, own_figure, path
from commitments.verdicts.statuses import Status
from commitments.verdicts.targets import Figure, Period, RuleTarget

Kept = TypeVar("Kept")


class Ruling(NamedTuple):
    """What a rule says of a case at one reading: the finding before its numbers are worked out."""

    status: Status
    reason: Reason
    row: Figure | None = None
    actual: Decimal | None = None
    provisional: bool = False
    missing: tuple[Period, ...] = ()
    path: Decimal | None = None
    met_late_in: Period | None = None


class Lazily(Generic[Kept]):
    """`functools.cached_property` without its lock, which Python 3.12 drops: no case is shared by
    threads.
    """

    def __init__(self, make: Callable[[Case], Kept]) -> None:
        self.make, self.name = make, make.__name__

    def __get__(self, case: Case, owner: type) -> Kept:
        kept: Kept = self.make(case)
        case.__dict__[self.name] = kept
        return kept


class Case:
    """`rows` are the figures that count, one a period, by period; `inside` those of the window.

    What is kept here depends on days alone, so it is the same at every reading of the values.
    """

    def __init__(self, target: RuleTarget, rows: list[Figure], as_of: date) -> None:
        self.target, self.rows, self.as_of = target, rows, as_of
        self.over = target.due is not None and as_of > target.due
        self.inside = inside_window(target, rows)

    @Lazily
    def own(self) -> Figure | None:
        return own_figure(self.target.due, self.rows)

    @Lazily
    def after(self) -> list[Figure]:
        """The figures of periods that began after the deadline."""
        due = self.target.due
        return [] if due is None else [row for row in self.rows if row.period.start > due]

    @Lazily
    def missing(self) -> tuple[Period, ...]:
        return gaps(self.target, self.inside)

    @Lazily
    def path(self) -> Decimal | None:
        return path(self.target, self.as_of)

    @Lazily
    def any_provisional(self) -> bool:
        return any(row.kind != "actual" for row in self.inside)
