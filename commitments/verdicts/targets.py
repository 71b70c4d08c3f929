"""A pledge in numbers, and the published figures it is held against, as the rules see them."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from functools import cached_property

# Wide enough that no sum, difference or product of stored figures (15 digits) is ever rounded.
EXACT = Context(prec=60)


class Kind(StrEnum):
    """What a target asks for: a level, a change, a sum, or an event."""

    REACH = "reach"
    STAND = "stand"
    HOLD = "hold"
    CHANGE = "change"
    TOTAL = "total"
    MILESTONE = "milestone"


class FigureKind(StrEnum):
    """How firm a published figure is, the surest first."""

    ACTUAL = "actual"
    ESTIMATE = "estimate"
    BUDGET = "budget"
    PROJECTION = "projection"


class Comparator(StrEnum):
    """How a value is held against what was promised."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EQUAL = "equal"
    BELOW_BASELINE = "below_baseline"


COMPARES: dict[str, Callable[[Decimal, Decimal], bool]] = {
    Comparator.AT_LEAST: operator.ge,
    Comparator.AT_MOST: operator.le,
    Comparator.EQUAL: operator.eq,
    Comparator.BELOW_BASELINE: operator.lt,
}

# Of two figures of one release for one period, the surer one counts.
SUREST_FIRST = tuple(FigureKind)
SURENESS: dict[str, int] = {kind: -place for place, kind in enumerate(SUREST_FIRST)}


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both within."""

    start: date
    end: date

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True)
class Figure:
    """A published value for a period: `decimals` as printed, `released_on` the day it became
    known.
    """

    period: Period
    value: Decimal
    decimals: int
    kind: str
    released_on: date
    release: str = ""
    url: str = ""

    @cached_property
    def low(self) -> Decimal:
        """The smallest true value that is printed as this one."""
        return EXACT.subtract(self.value, self._half(whole=self.value > 0))

    @cached_property
    def high(self) -> Decimal:
        """The largest true value that is printed as this one."""
        return EXACT.add(self.value, self._half(whole=self.value < 0))

    def _half(self, *, whole: bool) -> Decimal:
        """Return half of the last decimal printed, or a step less, too small for any target to lie
        in.

        Publishers round half away from zero, so the end away from zero is printed as the next
        figure.
        """
        half = Decimal(5).scaleb(-self.decimals - 1)
        if whole:
            return half
        least = Decimal(1).scaleb(-self.decimals - 30)
        return EXACT.subtract(half, least)


@dataclass(frozen=True)
class RuleTarget:
    """What was promised in numbers, under one definition.

    `due` is the last day that counts. `baseline` is the value the way starts from and
    `baseline_day` the day it stands for. `decimals`: values are rounded to them before they are
    compared; None compares them as published. `per_cent` makes the value of a *change* a percentage
    of the baseline. `binds_from`: a party that joined later is judged from that day. `steps` are
    interim targets: days and the values of the indicator that the way leads through; they never
    decide.
    """

    kind: Kind
    due: date | None = None
    value: Decimal | None = None
    comparator: Comparator = Comparator.AT_LEAST
    baseline: Decimal | None = None
    baseline_day: date | None = None
    window_start: date | None = None
    decimals: int | None = None
    partly_met_share: Decimal | None = None
    accepts: frozenset[str] = frozenset({FigureKind.ACTUAL})
    per_cent: bool = False
    binds_from: date | None = None
    steps: tuple[tuple[date, Decimal], ...] = ()

    @cached_property
    def opens(self) -> date | None:
        """The first day that counts for this party, None for no limit."""
        days = [day for day in (self.window_start, self.binds_from) if day]
        return max(days) if days else None

    @cached_property
    def required(self) -> Decimal | None:
        """The value to be reached: the target's own, or the baseline that has to be passed."""
        if self.comparator is Comparator.BELOW_BASELINE:
            return self.baseline
        return self.value

    @cached_property
    def _last_place(self) -> Decimal:
        return Decimal(1).scaleb(-(self.decimals or 0))

    def rounded(self, value: Decimal) -> Decimal:
        """Return `value` at the target's decimals, half away from zero (as publishers print
        figures).
        """
        if self.decimals is None:
            return value
        return value.quantize(self._last_place, ROUND_HALF_UP, EXACT)

    @cached_property
    def satisfied(self) -> Callable[[Decimal], bool]:
        """Whether a value is what was promised. Equality satisfies, save for “below the baseline”.

        A function made once for each target: every figure goes through it, at every reading.
        """
        required = self.required
        compares = COMPARES[self.comparator]
        place = self._last_place
        if required is None:
            return lambda value: False
        if self.decimals is None:
            return lambda value: compares(value, required)
        return lambda value: compares(value.quantize(place, ROUND_HALF_UP, EXACT), required)


def choose_figures(series: list[Figure], kinds: frozenset[str], known_on: date) -> list[Figure]:
    """Return one figure of `kinds` for each period: the newest released by `known_on`, then the
    surest. In the order of the periods.
    """
    # Keyed by the end first, so that sorting the keys sorts the periods.
    figures: dict[tuple[date, date], Figure] = {}
    for row in series:
        if row.released_on > known_on or row.kind not in kinds:
            continue
        period = (row.period.end, row.period.start)
        before = figures.setdefault(period, row)
        if before is not row and _weight(row) > _weight(before):
            figures[period] = row
    return [figures[period] for period in sorted(figures)]


def _weight(row: Figure) -> tuple[date, int, str, Decimal]:
    sureness = SURENESS.get(row.kind, -len(SUREST_FIRST))
    # Nobody knows which of two releases of one day is newer. Comparing their names makes the choice
    # the same every time.
    return row.released_on, sureness, row.release, row.value
