"""What of a target and its figures is compared: values, shares of the way, the line, the window."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, localcontext

from commitments.verdicts.targets import (
    COMPARES,
    EXACT,
    Comparator,
    Figure,
    Kind,
    Period,
    RuleTarget,
)

DAY = timedelta(days=1)
NOTHING = Decimal(0)


def corners(target: RuleTarget) -> list[tuple[date, Decimal]]:
    """Return the days and values that the required path leads through: baseline, steps, target. []
    without a way.
    """
    goal, due = level(target), target.due
    if goal is None or due is None:
        return []
    way = [(due, goal)]
    if target.steps:
        way = [*sorted(step for step in target.steps if step[0] < due), *way]
    if target.baseline is not None and target.baseline_day is not None:
        begins = target.baseline_day
        way = [(begins, target.baseline), *(corner for corner in way if corner[0] > begins)]
    return way if len(way) > 1 else []


def path(target: RuleTarget, on: date) -> Decimal | None:
    """Return what the straight lines from corner to corner ask for on a day; None where there is no
    line.

    Arithmetic, not a forecast. Before the baseline's day it asks for the baseline, after the
    deadline for the target; without a baseline it begins with the first step.
    """
    way = corners(target)
    if not way or (on < way[0][0] and (target.baseline is None or target.baseline_day is None)):
        return None
    start, base = way[0]
    for end, goal in way[1:]:
        if on < end or end == target.due:
            break
        start, base = end, goal
    day = min(max(on, start), end)
    with localcontext(EXACT):
        # Divided last, so that the ends of the line are exact.
        return base + (goal - base) * (day - start).days / (end - start).days


def measure(target: RuleTarget, value: Decimal) -> Decimal:
    """Return what of a figure is compared: its value, for a change the difference from the
    baseline.
    """
    if (
        target.kind is not Kind.CHANGE
        or target.baseline is None
        or target.comparator == "below_baseline"
    ):
        return value
    change = value - target.baseline
    return change * 100 / abs(target.baseline) if target.per_cent else change


def ahead(target: RuleTarget, value: Decimal, line: Decimal) -> bool:
    """Whether a figure is at a point on the way, or ahead of it; both are values of the indicator.

    They are compared as the goal is: a change as a change, with the value at the target's decimals.
    """
    there, required = target.rounded(measure(target, value)), measure(target, line)
    if target.comparator is not Comparator.EQUAL:
        return COMPARES[target.comparator](there, required)
    goal, begins = level(target), target.baseline
    rising = goal is None or begins is None or goal >= begins
    return there >= required if rising else there <= required


def can_change(target: RuleTarget) -> bool:
    return target.baseline is not None and not (target.per_cent and target.baseline == 0)


def level(target: RuleTarget) -> Decimal | None:
    """Return the value of the indicator itself at which the target is reached."""
    required = target.required
    if target.kind is not Kind.CHANGE or required is None or target.comparator == "below_baseline":
        return required
    if target.baseline is None:
        return None
    with localcontext(EXACT):
        return target.baseline + (
            abs(target.baseline) * required / 100 if target.per_cent else required
        )


def measure_share(target: RuleTarget, actual: Decimal) -> Decimal | None:
    """Return the share of the way from the baseline (or zero) to the target; None where there is no
    way.
    """
    if target.value is None or target.comparator == "below_baseline":
        return None
    # A change is measured from the baseline already, and a sum starts from nothing.
    begins = (
        NOTHING
        if target.kind in (Kind.CHANGE, Kind.TOTAL) or target.baseline is None
        else target.baseline
    )
    return (
        None
        if target.value == begins
        else (target.rounded(actual) - begins) / (target.value - begins)
    )


def inside_window(target: RuleTarget, rows: list[Figure]) -> list[Figure]:
    """Return the figures that touch the window; of a sum those only that end by the deadline."""
    opens, due = target.opens or date.min, target.due or date.max
    if target.kind is Kind.TOTAL:
        return [row for row in rows if opens <= row.period.end <= due]
    return [row for row in rows if row.period.end >= opens and row.period.start <= due]


def own_figure(due: date | None, rows: list[Figure]) -> Figure | None:
    """Return the deadline's own figure: of the periods that hold the day, the longest, newest
    one.
    """
    if due is None:
        return None
    holding = [row for row in rows if row.period.start <= due <= row.period.end]
    if len(holding) < 2:
        return holding[0] if holding else None
    return max(holding, key=lambda row: (row.period.end - row.period.start, row.period.end))


def gaps(target: RuleTarget, inside: list[Figure]) -> tuple[Period, ...]:
    """Return the stretches from the window's start (or the first figure) to the deadline that no
    figure covers.

    `inside` is ordered by the ends of its periods, so it is gone through from the deadline back.
    """
    if target.due is None:
        return ()
    begins = target.opens or (inside[0].period.start if inside else None)
    if begins is None:
        return ()
    missing, open_until = [], target.due
    for row in reversed(inside):
        start, end = row.period.start, row.period.end
        if end < open_until:
            missing.append(Period(end + DAY, open_until))
        if start <= open_until:
            open_until = start - DAY
    if begins <= open_until:
        missing.append(Period(begins, open_until))
    return tuple(reversed(missing))
