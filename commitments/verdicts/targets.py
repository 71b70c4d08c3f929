"""A pledge in numbers, and the published figures it is held against, as the rules see them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum

# Wide enough that no sum, difference or product of stored figures (15 digits) is ever rounded.
DIGITS = 60


class Kind(StrEnum):
    REACH = "reach"
    STAND = "stand"
    HOLD = "hold"
    CHANGE = "change"
    TOTAL = "total"
    MILESTONE = "milestone"


class Comparator(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EQUAL = "equal"
    BELOW_BASELINE = "below_baseline"


# Of two figures of one release for one period, the surer one counts.
SUREST_FIRST = ("actual", "estimate", "budget", "projection")


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both within."""

    start: date
    end: date

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True)
class Observation:
    """A published value for a period: `decimals` as printed, `released_on` the day it became known."""

    period: Period
    value: Decimal
    decimals: int
    kind: str
    released_on: date
    release: str = ""
    url: str = ""

    def bounds(self) -> tuple[Decimal, Decimal]:
        """Return the smallest and largest true value that is printed as this one.

        Publishers round half away from zero, so the end away from zero rounds to the next figure; it
        is drawn in by a step too small for any target to lie in.
        """
        with localcontext(prec=DIGITS):
            half = Decimal(5).scaleb(-self.decimals - 1)
            step = Decimal(1).scaleb(-self.decimals - 30)
            low, high = self.value - half, self.value + half
            return (low if self.value > 0 else low + step, high if self.value < 0 else high - step)


@dataclass(frozen=True)
class Target:
    """What was promised in numbers, under one definition.

    `due` is the last day that counts. `baseline` is the value the way starts from and `baseline_day` the
    day it stands for. `decimals`: values are rounded to them before they are compared; None compares
    them as published. `per_cent` makes the value of a *change* a percentage of the baseline.
    `binds_from`: a party that joined later is judged from that day.
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
    accepts: frozenset[str] = frozenset({"actual"})
    per_cent: bool = False
    binds_from: date | None = None

    @property
    def opens(self) -> date | None:
        """The first day that counts for this party, None for no limit."""
        days = [day for day in (self.window_start, self.binds_from) if day]
        return max(days) if days else None

    @property
    def required(self) -> Decimal | None:
        """The value to be reached: the target's own, or the baseline that has to be passed."""
        return self.baseline if self.comparator is Comparator.BELOW_BASELINE else self.value

    def rounded(self, value: Decimal) -> Decimal:
        """Return `value` at the target's decimals, half away from zero (as publishers print figures)."""
        if self.decimals is None:
            return value
        with localcontext(prec=DIGITS):
            return value.quantize(Decimal(1).scaleb(-self.decimals), rounding=ROUND_HALF_UP)

    def satisfied(self, value: Decimal) -> bool:
        """Whether `value` is what was promised. Equality satisfies, save for “below the baseline”."""
        required = self.required
        if required is None:
            return False
        return _compares(self.rounded(value), required, self.comparator)

    def ahead(self, value: Decimal, required: Decimal) -> bool:
        """Whether `value` is at `required`, a point on the way, or ahead of it."""
        if self.comparator is not Comparator.EQUAL:
            return _compares(value, required, self.comparator)
        rising = self.value is None or self.baseline is None or self.value >= self.baseline
        return value >= required if rising else value <= required


def _compares(value: Decimal, required: Decimal, comparator: Comparator) -> bool:
    if comparator is Comparator.AT_LEAST:
        return value >= required
    if comparator is Comparator.AT_MOST:
        return value <= required
    if comparator is Comparator.EQUAL:
        return value == required
    return value < required


def known(series: list[Observation], known_on: date) -> list[Observation]:
    """Return for each period the figures of each kind as the newest release by `known_on` had them, by period."""
    newest: dict[tuple[Period, str], Observation] = {}
    for row in series:
        if row.released_on <= known_on:
            before = newest.get((row.period, row.kind))
            if before is None or (row.released_on, row.release, row.value) > (
                before.released_on,
                before.release,
                before.value,
            ):
                newest[row.period, row.kind] = row
    return sorted(newest.values(), key=lambda row: (row.period.end, row.period.start, row.kind))


def deciding(series: list[Observation], kinds: frozenset[str]) -> list[Observation]:
    """Return one figure a period: of `kinds` the newest released; of one release the surest."""
    chosen: dict[Period, Observation] = {}
    for row in series:
        before = chosen.get(row.period)
        if row.kind in kinds and (before is None or _weight(row) > _weight(before)):
            chosen[row.period] = row
    return sorted(chosen.values(), key=lambda row: (row.period.end, row.period.start))


def _weight(row: Observation) -> tuple[date, int]:
    surest = SUREST_FIRST.index(row.kind) if row.kind in SUREST_FIRST else len(SUREST_FIRST)
    return row.released_on, -surest


def moved(row: Observation, value: Decimal) -> Observation:
    return replace(row, value=value)
