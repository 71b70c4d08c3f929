"""A pledge in numbers, and the published figures it is held against, as the rules see them."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from functools import cached_property

# Wide enough that no sum, difference or product of stored figures (40 digits, 20 of them decimals)
# is ever rounded, and that no quotient of two of them is taken for a value it only comes near.
EXACT = Context(prec=150)


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
    """How a value is held against what was promised.

    The four that fall or rise are for a *change* and have a positive value: a fall by 45 per cent
    is a change of −45. Equality satisfies each of them. “Falls by at most” holds what falls less
    or rises, and “rises by at most” what rises less or falls. *Between* includes both its bounds.
    """

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EQUAL = "equal"
    BELOW_BASELINE = "below_baseline"
    BETWEEN = "between"
    FALLS_BY_AT_LEAST = "falls_by_at_least"
    FALLS_BY_AT_MOST = "falls_by_at_most"
    RISES_BY_AT_LEAST = "rises_by_at_least"
    RISES_BY_AT_MOST = "rises_by_at_most"


# How the value (or the change, below zero for a fall) is compared with what is required. *Between*
# compares with its lower bound so, and with its upper one by itself.
COMPARES: dict[str, Callable[[Decimal, Decimal], bool]] = {
    Comparator.AT_LEAST: operator.ge,
    Comparator.AT_MOST: operator.le,
    Comparator.EQUAL: operator.eq,
    Comparator.BETWEEN: operator.ge,
    Comparator.FALLS_BY_AT_LEAST: operator.le,
    Comparator.FALLS_BY_AT_MOST: operator.ge,
    Comparator.RISES_BY_AT_LEAST: operator.ge,
    Comparator.RISES_BY_AT_MOST: operator.le,
    Comparator.BELOW_BASELINE: operator.lt,
}
FALLS = frozenset({Comparator.FALLS_BY_AT_LEAST, Comparator.FALLS_BY_AT_MOST})
# A change entered in words.
FALLS_AND_RISES = FALLS | {Comparator.RISES_BY_AT_LEAST, Comparator.RISES_BY_AT_MOST}
# The more, the better; and the other way round.
FLOORS = frozenset({Comparator.AT_LEAST, Comparator.FALLS_BY_AT_MOST, Comparator.RISES_BY_AT_LEAST})
CEILINGS = frozenset(
    {
        Comparator.AT_MOST,
        Comparator.FALLS_BY_AT_LEAST,
        Comparator.RISES_BY_AT_MOST,
        Comparator.BELOW_BASELINE,
    }
)

# Of two figures for one period in one release, the surer one counts.
SUREST_FIRST = tuple(FigureKind)
SURENESS: dict[str, int] = {kind: -place for place, kind in enumerate(SUREST_FIRST)}
# Of a kind that is none of these.
LEAST_SURE = -len(SUREST_FIRST)
# The last and the first day of a period.
PeriodKey = tuple[date, date]


def count_written_decimals(*values: Decimal | None) -> int:
    """Return the most decimals that one of these numbers is written with."""
    most = 0
    for value in values:
        if value is not None:
            exponent = value.as_tuple().exponent
            assert isinstance(exponent, int)
            most = max(most, -exponent)
    return most


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both within."""

    start: date
    end: date

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True)
class Figure:
    """A published value for a period.

    `decimals` is the number of decimals printed, `released_on` the day it became known.
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
        margin = self._find_margin(whole=self.value > 0)
        return EXACT.subtract(self.value, margin)

    @cached_property
    def high(self) -> Decimal:
        """The largest true value that is printed as this one."""
        margin = self._find_margin(whole=self.value < 0)
        return EXACT.add(self.value, margin)

    @cached_property
    def printed_decimals(self) -> int:
        """The decimals printed, or more if the value has more."""
        own = count_written_decimals(self.value.normalize(EXACT))
        return max(self.decimals, own)

    def _find_margin(self, *, whole: bool) -> Decimal:
        """Return how far the true value may lie from the printed one on one side.

        That is half of the last printed decimal if `whole`. Otherwise it is less by a step that is
        too small for any target to lie in it: publishers round half away from zero, so the end away
        from zero itself is printed as the next figure.
        """
        half = Decimal(5).scaleb(-self.decimals - 1)
        if whole:
            return half
        least = Decimal(1).scaleb(-self.decimals - 30)
        return EXACT.subtract(half, least)


@dataclass(frozen=True)
class RuleTarget:
    """What was promised in numbers, under one definition.

    `due` is the last day that counts. `baseline` is the value that progress starts from, and
    `baseline_day` the day it stands for. Values are rounded to `decimals` before they are compared;
    None compares them as published. `per_cent` makes the value of a *change* a percentage of the
    baseline. `binds_from`: a party that joined later is judged from that day. `steps` are interim
    targets: days and the values that the indicator should have reached by then; they never decide.
    `upper_value` is the upper bound of *between*, `value` the lower one. Where a target has a
    weaker bound too, `partly_value` is that: `value` decides *met*, the weaker one *partly met*.
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
    upper_value: Decimal | None = None
    partly_value: Decimal | None = None

    @cached_property
    def opens(self) -> date | None:
        """The first day that counts for this party, None for no limit."""
        days = [day for day in (self.window_start, self.binds_from) if day]
        return max(days, default=None)

    @cached_property
    def required(self) -> Decimal | None:
        """The value to be reached: the target's own, or the baseline that has to be passed.

        A fall is a change below zero. Of *between* it is the lower bound.
        """
        if self.comparator is Comparator.BELOW_BASELINE:
            return self.baseline
        return self._sign(self.value)

    def _sign(self, value: Decimal | None) -> Decimal | None:
        """Return a value as typed with its sign: a fall has a positive one."""
        if value is None or self.comparator not in FALLS:
            return value
        return EXACT.minus(value)

    @cached_property
    def required_decimals(self) -> int:
        """The decimals that what is required is written with; of two bounds, the most."""
        if self.comparator is Comparator.BELOW_BASELINE:
            return count_written_decimals(self.baseline)
        return count_written_decimals(self.value, self.upper_value)

    @cached_property
    def level_decimals(self) -> int:
        """The most decimals that a level is written with: the baseline, and what is required unless
        that is a percentage of it.
        """
        is_percentage = self.kind is Kind.CHANGE and self.per_cent
        if is_percentage:
            return count_written_decimals(self.baseline)
        return count_written_decimals(
            self.baseline,
            self.value,
            self.upper_value,
        )

    @cached_property
    def _last_place(self) -> Decimal:
        decimals = self.decimals or 0
        return Decimal(1).scaleb(-decimals)

    def rounded(self, value: Decimal) -> Decimal:
        """Return `value` at the target's decimals, half away from zero as publishers round."""
        if self.decimals is None:
            return value
        return value.quantize(self._last_place, ROUND_HALF_UP, EXACT)

    @cached_property
    def satisfied(self) -> Callable[[Decimal], bool]:
        """A function that returns whether a value is what was promised.

        Equality satisfies, except for “below the baseline”. Made once for each target, because
        every reading of a page passes every figure through it.
        """
        compares = COMPARES[self.comparator]
        if self.comparator is Comparator.BETWEEN:
            compares = self._compare_with_both
        return self._make_test(compares, self.required)

    @cached_property
    def partly_satisfied(self) -> Callable[[Decimal], bool]:
        """The same for the weaker bound; equality satisfies here too. Without one nothing does."""
        weaker = self._sign(self.partly_value)
        return self._make_test(COMPARES[self.comparator], weaker)

    def _compare_with_both(self, value: Decimal, lower: Decimal) -> bool:
        upper = self.upper_value
        if upper is None:
            return False
        return lower <= value <= upper

    def _make_test(
        self, compares: Callable[[Decimal, Decimal], bool], bound: Decimal | None
    ) -> Callable[[Decimal], bool]:
        if bound is None:
            return lambda value: False
        if self.decimals is None:
            return lambda value: compares(value, bound)
        place = self._last_place

        def compare_rounded(value: Decimal) -> bool:
            rounded = value.quantize(place, ROUND_HALF_UP, EXACT)
            return compares(rounded, bound)

        return compare_rounded


def choose_figures(series: list[Figure], kinds: frozenset[str], known_on: date) -> list[Figure]:
    """Return one figure of `kinds` for each period, in the order of the periods.

    It is the newest one released by `known_on`; of several on that day, the surest.
    """
    # Keyed by the end first, so that sorting the keys sorts the periods.
    figures: dict[PeriodKey, Figure] = {}
    for row in series:
        if row.released_on > known_on or row.kind not in kinds:
            continue
        period = (row.period.end, row.period.start)
        before = figures.setdefault(period, row)
        if before is row:
            continue
        if _weigh(row) > _weigh(before):
            figures[period] = row
    periods = sorted(figures)
    return [figures[period] for period in periods]


def _weigh(row: Figure) -> tuple[date, int, str, Decimal]:
    """Return what sorts the figures of one period, the one that counts last."""
    sureness = SURENESS.get(row.kind, LEAST_SURE)
    # Nobody knows which of two releases of one day is newer. Comparing their names makes the choice
    # the same every time.
    return (
        row.released_on,
        sureness,
        row.release,
        row.value,
    )
