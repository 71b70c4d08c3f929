"""What of a target and its figures is compared: values, shares of the way, the line, the window."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, localcontext

from commitments.verdicts.targets import DIGITS, Kind, Observation, Period, Target

DAY = timedelta(days=1)


def path(target: Target, on: date) -> Decimal | None:
    """Return what the straight line from the baseline to the target asks for on a day; None without a line.

    Arithmetic, not a forecast. Before the line begins it asks for the baseline, after it for the target.
    """
    start, end = target.baseline_day, target.due
    goal, base = level(target), target.baseline
    if goal is None or base is None or start is None or end is None or start >= end:
        return None
    day = min(max(on, start), end)
    with localcontext(prec=DIGITS):
        # Divided last, so that the ends of the line are exact.
        return base + (goal - base) * (day - start).days / (end - start).days


def measure(target: Target, row: Observation) -> Decimal:
    """Return what of `row` is compared: its value, for a change the difference from the baseline."""
    if target.kind is not Kind.CHANGE or target.baseline is None or target.comparator == "below_baseline":
        return row.value
    change = row.value - target.baseline
    return change * 100 / abs(target.baseline) if target.per_cent else change


def can_change(target: Target) -> bool:
    return target.baseline is not None and not (target.per_cent and target.baseline == 0)


def level(target: Target) -> Decimal | None:
    """Return the value of the indicator itself at which the target is reached."""
    required = target.required
    if target.kind is not Kind.CHANGE or required is None or target.comparator == "below_baseline":
        return required
    if target.baseline is None:
        return None
    with localcontext(prec=DIGITS):
        return target.baseline + (abs(target.baseline) * required / 100 if target.per_cent else required)


def share(target: Target, actual: Decimal) -> Decimal | None:
    """Return the share of the way from the baseline (or zero) to the target; None where there is no way."""
    if target.value is None or target.comparator == "below_baseline":
        return None
    # A change is measured from the baseline already, and a sum starts from nothing.
    begins = Decimal(0) if target.kind in (Kind.CHANGE, Kind.TOTAL) or target.baseline is None else target.baseline
    return None if target.value == begins else (target.rounded(actual) - begins) / (target.value - begins)


def is_over(target: Target, as_of: date) -> bool:
    return target.due is not None and as_of > target.due


def inside_window(target: Target, rows: list[Observation]) -> list[Observation]:
    opens, due = target.opens, target.due
    return [
        row for row in rows if (opens is None or row.period.end >= opens) and (due is None or row.period.start <= due)
    ]


def own_figure(target: Target, rows: list[Observation]) -> Observation | None:
    """Return the deadline's own figure: of the periods that hold the day, the longest, newest one."""
    holding = [row for row in rows if target.due and row.period.holds(target.due)]
    return max(holding, key=lambda row: (row.period.end - row.period.start, row.period.end), default=None)


def gaps(target: Target, inside: list[Observation]) -> tuple[Period, ...]:
    """Return the stretches from the window's start (or the first figure) to the deadline that no figure covers."""
    if target.due is None:
        return ()
    begins = target.opens or (inside[0].period.start if inside else None)
    if begins is None:
        return ()
    missing, expected = [], begins
    for row in sorted(inside, key=lambda row: row.period.start):
        if row.period.start > expected:
            missing.append(Period(expected, row.period.start - DAY))
        expected = max(expected, row.period.end + DAY)
    if expected <= target.due:
        missing.append(Period(expected, target.due))
    return tuple(missing)
