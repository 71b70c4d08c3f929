"""What is compared of a target and its figures: values, shares of the way, the line, the window."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, localcontext
from typing import NamedTuple

from commitments.verdicts.rulesets import CURRENT, Ruleset
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
# Named once, because every evaluation compares with them many times and Python 3.11 is slow to look
# up a member of an enumeration.
CHANGE = Kind.CHANGE
BELOW_BASELINE = Comparator.BELOW_BASELINE
BETWEEN = Comparator.BETWEEN
EQUAL = Comparator.EQUAL
# A change is measured from the baseline already, and a sum starts from nothing.
MEASURED_FROM_ZERO = (Kind.CHANGE, Kind.TOTAL)


class Corner(NamedTuple):
    """A day, and the value of the indicator that the path asks for on it."""

    day: date
    value: Decimal


def list_corners(target: RuleTarget, rules: Ruleset = CURRENT) -> list[Corner]:
    """Return the corners of the required path, by day: the baseline, the steps, the target.

    Without a baseline the path begins with the first step. A limit is asked for from the baseline's
    day on: its path is level. [] where there is no path: without a deadline, a goal, or anything to
    start from, and for a sum, which no figure of a period can be held against.
    """
    goal = find_goal(target)
    due = target.due
    if goal is None or due is None or (rules.knows_limits and target.kind is Kind.TOTAL):
        return []
    corners = [Corner(due, goal)]
    for day, value in target.steps:
        if day < due:
            corners.append(Corner(day, value))
    corners.sort()
    begins = target.baseline_day
    if target.baseline is not None and begins is not None:
        corners = [corner for corner in corners if corner.day > begins]
        value = target.baseline
        if corners and rules.knows_limits and is_limit(target):
            value = corners[0].value
        corners.insert(0, Corner(begins, value))
    return corners if len(corners) > 1 else []


def compute_path(target: RuleTarget, on: date, rules: Ruleset = CURRENT) -> Decimal | None:
    """Return what the straight lines from corner to corner ask for on a day; None where there is no
    line.

    Arithmetic, not a forecast. Before the baseline's day it asks for the baseline, after the
    deadline for the target. Without a baseline it begins with the first step.
    """
    corners = list_corners(target, rules)
    if not corners:
        return None
    has_start = target.baseline is not None and target.baseline_day is not None
    if on < corners[0].day and not has_start:
        return None
    start, end = find_stretch(corners, on)
    day = max(on, start.day)
    day = min(day, end.day)
    days_gone = (day - start.day).days
    days_in_all = (end.day - start.day).days
    with localcontext(rules.arithmetic):
        rise = end.value - start.value
        # Divided last, so that the ends of the line are exact.
        return start.value + rise * days_gone / days_in_all


def find_stretch(corners: list[Corner], on: date) -> tuple[Corner, Corner]:
    """Return the corners before and after a day; after the last corner, the last two."""
    start, end = corners[:2]
    for corner in corners[2:]:
        if on < end.day:
            break
        start = end
        end = corner
    return start, end


def measure(target: RuleTarget, value: Decimal) -> Decimal:
    """Return what is compared of a figure: its value, or for a change the difference from the
    baseline.
    """
    if target.baseline is None or not measures_change(target):
        return value
    change = value - target.baseline
    if target.per_cent:
        return change * 100 / abs(target.baseline)
    return change


def measures_change(target: RuleTarget) -> bool:
    """Whether a change is compared, not a level. “Below the baseline” compares levels."""
    return target.kind is CHANGE and target.comparator is not BELOW_BASELINE


def is_ahead(target: RuleTarget, value: Decimal, line: Decimal) -> bool:
    """Whether a figure is at a point of the path, or ahead of it. Both are values of the indicator.

    They are compared as the goal is: a change as a change, with the figure at the target's
    decimals.
    """
    measured = measure(target, value)
    actual = target.rounded(measured)
    required = measure(target, line)
    if target.comparator is BETWEEN:
        return _is_ahead_of_both(target, actual, required)
    if target.comparator is not EQUAL:
        compares = COMPARES[target.comparator]
        return compares(actual, required)
    goal = find_goal(target)
    start = target.baseline
    if goal is None or start is None or goal >= start:
        return actual >= required
    return actual <= required


def _is_ahead_of_both(target: RuleTarget, actual: Decimal, required: Decimal) -> bool:
    """The same for *between*: ahead of the path to the bound that faces the start, and not beyond
    the other bound.
    """
    lower, upper = find_both_bounds(target)
    start = find_start(target)
    if start < lower:
        return required <= actual <= upper
    if start > upper:
        return lower <= actual <= required
    return lower <= actual <= upper


def can_change(target: RuleTarget) -> bool:
    """Whether a change can be measured: not without a baseline, nor in per cent of zero."""
    if target.baseline is None:
        return False
    return target.baseline != 0 or not target.per_cent


def find_start(target: RuleTarget) -> Decimal:
    """Return what progress is measured from, as it is compared: the baseline, or zero without one,
    for a change and for a sum.
    """
    if target.baseline is None or target.kind in MEASURED_FROM_ZERO:
        return NOTHING
    return target.baseline


def find_both_bounds(target: RuleTarget) -> tuple[Decimal, Decimal]:
    """Return the lower and the upper bound of *between*, as they are compared."""
    lower, upper = target.value, target.upper_value
    assert lower is not None and upper is not None
    return lower, upper


def find_required(target: RuleTarget) -> Decimal | None:
    """Return what has to be reached, as it is compared. Of *between* that is the bound that faces
    the start.
    """
    if target.comparator is not BETWEEN or not is_complete(target):
        return target.required
    lower, upper = find_both_bounds(target)
    return upper if find_start(target) > upper else lower


def is_complete(target: RuleTarget) -> bool:
    """Whether it says what is required: a value, and of *between* both bounds."""
    if target.comparator is BETWEEN and target.upper_value is None:
        return False
    return target.required is not None


def is_limit(target: RuleTarget) -> bool:
    """Whether the target holds where it starts already, so that there is no way to go: “rises by at
    most 20 per cent”, or “at least 2” from 3.

    It asks for the same on every day, and no share of a way is partly met. “Below the baseline” is
    none: the baseline itself does not hold.
    """
    if target.comparator is BELOW_BASELINE:
        return False
    start = find_start(target)
    return target.satisfied(start)


def find_goal(target: RuleTarget) -> Decimal | None:
    """Return the value of the indicator itself at which the target is reached.

    Of *between* it is the bound that faces the start.
    """
    required = find_required(target)
    if required is None:
        return None
    return find_level(target, required)


def find_level(target: RuleTarget, required: Decimal) -> Decimal | None:
    """Return the value of the indicator itself at which what is compared is as `required`; None for
    a change without a baseline.
    """
    if not measures_change(target):
        return required
    if target.baseline is None:
        return None
    with localcontext(EXACT):
        change = required
        if target.per_cent:
            change = abs(target.baseline) * required / 100
        return target.baseline + change


def measure_share(target: RuleTarget, actual: Decimal) -> Decimal | None:
    """Return the share of the way from the baseline (or zero) to the target; None where there is no
    way.
    """
    required = find_required(target)
    if required is None or target.comparator is BELOW_BASELINE:
        return None
    start = find_start(target)
    way = required - start
    if way == 0:
        return None
    return (target.rounded(actual) - start) / way


def select_in_window(target: RuleTarget, rows: list[Figure]) -> list[Figure]:
    """Return the figures that touch the window; for a sum only those that end in it."""
    opens = target.opens or date.min
    due = target.due or date.max
    if target.kind is Kind.TOTAL:
        return [row for row in rows if opens <= row.period.end <= due]
    touching = []
    for row in rows:
        period = row.period
        if period.end >= opens and period.start <= due:
            touching.append(row)
    return touching


def find_deadline_figure(due: date | None, rows: list[Figure]) -> Figure | None:
    """Return the deadline's own figure: the one whose period holds the day.

    Of several the longest period counts, and of equally long ones the one that ends last.
    """
    if due is None:
        return None
    holding = [row for row in rows if row.period.holds(due)]
    if not holding:
        return None
    if len(holding) == 1:
        return holding[0]
    return max(holding, key=_weigh_period)


def _weigh_period(row: Figure) -> tuple[timedelta, date]:
    period = row.period
    length = period.end - period.start
    return length, period.end


def find_gaps(target: RuleTarget, rows: list[Figure]) -> tuple[Period, ...]:
    """Return the stretches from the window's start (or the first figure) to the deadline that no
    figure covers.

    `rows` are the figures of the window, in the order in which their periods end.
    """
    if target.due is None:
        return ()
    opens = target.opens
    if opens is None:
        if not rows:
            return ()
        opens = rows[0].period.start
    gaps = []
    # From the deadline back: all days after `open_until` are looked at.
    open_until = target.due
    for row in reversed(rows):
        period = row.period
        if period.end < open_until:
            gaps.append(Period(period.end + DAY, open_until))
        if period.start <= open_until:
            open_until = period.start - DAY
    if opens <= open_until:
        gaps.append(Period(opens, open_until))
    gaps.reverse()
    return tuple(gaps)
