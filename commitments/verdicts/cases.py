"""A target with the figures that count for it. The figures are selected once and then judged at
several readings of their values.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from commitments.verdicts.findings import Reason
from commitments.verdicts.measuring import (
    compute_path,
    find_deadline_figure,
    find_gaps,
    is_limit,
    measure_share,
    select_in_window,
)
from commitments.verdicts.rulesets import CURRENT, Ruleset
from commitments.verdicts.statuses import Status
from commitments.verdicts.targets import Figure, FigureKind, Period, RuleTarget

Value = TypeVar("Value")
# Named once, as in `measuring`: it is compared with at every reading.
ACTUAL = FigureKind.ACTUAL


class Ruling(NamedTuple):
    """What a rule says about a case at one reading: the finding before its numbers are computed."""

    status: Status
    reason: Reason
    row: Figure | None = None
    actual: Decimal | None = None
    provisional: bool = False
    missing: tuple[Period, ...] = ()
    path: Decimal | None = None
    met_late_in: Period | None = None
    borderline: bool = False


def rule_met(row: Figure, actual: Decimal) -> Ruling:
    """Close as met what one figure satisfies."""
    provisional = row.kind != ACTUAL
    return Ruling(Status.MET, Reason.SATISFIED, row, actual, provisional)


class LazyProperty(Generic[Value]):
    """`functools.cached_property` without its lock, which costs time and guards nothing here: a
    case belongs to one thread. (Python 3.12 has dropped that lock.)
    """

    def __init__(self, compute: Callable[[Case], Value]) -> None:
        self.compute = compute
        self.name = compute.__name__

    def __get__(self, case: Case, owner: type) -> Value:
        value: Value = self.compute(case)
        case.__dict__[self.name] = value
        return value


class Case:
    """A target on one day, with the figures that count: `rows` has one for each period, in order.

    `in_window` are the rows that touch the target's window. Everything else that a case computes
    depends on days alone, never on values, so it is the same at every reading.
    """

    def __init__(
        self, target: RuleTarget, rows: list[Figure], as_of: date, rules: Ruleset = CURRENT
    ) -> None:
        self.target = target
        self.rows = rows
        self.as_of = as_of
        self.rules = rules
        due = target.due
        self.over = due is not None and as_of > due
        self.in_window = select_in_window(target, rows)

    @LazyProperty
    def deadline_figure(self) -> Figure | None:
        due = self.target.due
        return find_deadline_figure(due, self.rows)

    @LazyProperty
    def later_rows(self) -> list[Figure]:
        """The figures of periods that began after the deadline."""
        due = self.target.due
        if due is None:
            return []
        return [row for row in self.rows if row.period.start > due]

    @LazyProperty
    def missing(self) -> tuple[Period, ...]:
        rows = self.in_window
        return find_gaps(self.target, rows)

    @LazyProperty
    def path(self) -> Decimal | None:
        """What the straight line asks for at the end of the newest figure's period."""
        day = self.as_of
        if self.rules.holds_at_own_period:
            newest = self.in_window[-1]
            day = newest.period.end
        return compute_path(self.target, day, self.rules)

    @LazyProperty
    def lacks_figure_since_baseline(self) -> bool:
        """Whether the way begins with a baseline and no figure is for a time after its day."""
        target = self.target
        begins = target.baseline_day
        if target.baseline is None or begins is None:
            return False
        newest = self.in_window[-1]
        is_old = newest.period.end <= begins
        return is_old and self.rules.holds_at_own_period

    def measure_share(self, actual: Decimal) -> Decimal | None:
        """Return the share of the way to the target; None where there is no way to go."""
        target = self.target
        if self.rules.knows_limits and is_limit(target):
            return None
        return measure_share(target, actual)

    @LazyProperty
    def any_provisional(self) -> bool:
        kinds = {row.kind for row in self.in_window}
        kinds.discard(ACTUAL)
        return bool(kinds)
