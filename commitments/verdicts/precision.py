"""How many decimals a number of a finding has: as many as the figures behind it justify.

A level has those that its publisher printed. A sum or a difference has the most that are printed
among its parts. A change in per cent has the first place in which a step of the figure's last
decimal shows, so that no two printed figures lead to one percentage: figures like 352 against a
baseline of 352 differ by tenths of a per cent. A path, and a pace a year, have one decimal
more than the figures: they lie between printed values, and “behind by less than the last decimal”
should not read as equal. A share of the way has three.

Halves are rounded away from zero, as publishers do, and there is no negative zero. No status is
decided by a rounded number.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import NamedTuple

from commitments.verdicts.cases import Case
from commitments.verdicts.measuring import measures_change
from commitments.verdicts.targets import EXACT, Figure, Kind

# Three decimals are more than any reader of a share of the way needs.
SHARE_DECIMALS = 3
HUNDRED = Decimal(100)


class Numbers(NamedTuple):
    """The numbers of a finding that are computed from figures."""

    actual: Decimal
    gap: Decimal | None
    share: Decimal | None
    path: Decimal | None


def round_numbers(numbers: Numbers, case: Case, row: Figure) -> Numbers:
    """Return the numbers of a finding by `row` at the decimals they justify."""
    target = case.target
    actual, gap, share, path = numbers
    decimals = _count_actual_decimals(case, row)
    actual = round_number(actual, decimals)
    if gap is not None:
        if target.decimals is not None:
            decimals = target.decimals
        decimals = max(decimals, target.required_decimals)
        gap = round_number(gap, decimals)
    if share is not None:
        share = round_number(share, SHARE_DECIMALS)
    if path is not None:
        decimals = max(row.printed_decimals, target.level_decimals)
        path = round_number(path, decimals + 1)
    return Numbers(actual, gap, share, path)


@cache
def _find_last_place(decimals: int) -> Decimal:
    first_place = Decimal(1)
    return first_place.scaleb(-decimals)


def round_number(value: Decimal, decimals: int) -> Decimal:
    """Return `value` with so many decimals, half away from zero, and no negative zero."""
    last_place = _find_last_place(decimals)
    rounded = value.quantize(last_place, ROUND_HALF_UP, EXACT)
    if rounded.is_zero():
        return rounded.copy_abs()
    return rounded


def _count_actual_decimals(case: Case, row: Figure) -> int:
    """Return the decimals of what was compared: a level, a sum or a change."""
    target = case.target
    baseline = target.baseline
    printed = row.printed_decimals
    if target.kind is Kind.TOTAL:
        for figure in case.in_window:
            printed = max(printed, figure.printed_decimals)
        return printed
    if baseline is None or not measures_change(target):
        return printed
    if not target.per_cent:
        return max(printed, target.level_decimals)
    last_place = _find_last_place(printed)
    step = EXACT.multiply(last_place, HUNDRED)
    percentage = EXACT.divide(step, baseline)
    first_place = percentage.adjusted()
    return max(0, -first_place)
