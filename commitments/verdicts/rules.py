"""The rules: from a target and published figures to a finding. Pure: no clock, no database.

`as_of` is “today” for deadlines; `known_on` cuts off what was released later. The deadline day
still counts, and equality satisfies. Nothing becomes “not met” by the clock alone: after the
deadline a rule closes only on an accepted figure, or stays open as awaiting data. Source:
docs/methodology.md.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, localcontext
from operator import attrgetter

from commitments.verdicts.cases import Case, Ruling
from commitments.verdicts.findings import Finding, Reason
from commitments.verdicts.measuring import (
    NOTHING,
    ahead,
    can_change,
    level,
    measure,
    measure_share,
    own_figure,
)
from commitments.verdicts.statuses import Status
from commitments.verdicts.targets import (
    EXACT,
    Comparator,
    Figure,
    Kind,
    Period,
    RuleTarget,
    choose_figures,
)

# Three decimals are more than any reader of a share of the way needs.
SHARE = Decimal("0.001")

# How a figure is read: as printed, or as what it may be unrounded.
Reading = Callable[[Figure], Decimal]
Rule = Callable[[Case, Reading], Ruling]
PRINTED: Reading = attrgetter("value")
LOWEST: Reading = attrgetter("low")
HIGHEST: Reading = attrgetter("high")

# No figures, however bad, make a status worse than these.
MISSED = (Status.NOT_MET, Status.OFF_TRACK)


def evaluate(target: RuleTarget, series: list[Figure], *, as_of: date, known_on: date) -> Finding:
    """Judge one party's `target` by its `series`, in any order.

    Borderline: with all figures at one end of what they may be unrounded, or at the required value
    where it lies inside, the status would be another.
    """
    measured = target.kind is not Kind.MILESTONE
    if measured and (
        target.required is None or (target.kind is Kind.CHANGE and not can_change(target))
    ):
        return Finding(Status.IN_PROGRESS, Reason.UNCOMPARABLE)
    rule = RULES[target.kind]
    with localcontext(EXACT):
        case = Case(target, choose_figures(series, target.accepts, known_on), as_of)
        ruling = rule(case, PRINTED)
        return _finding(case, ruling, measured and _flips(case, rule, ruling.status))


def _flips(case: Case, rule: Rule, status: Status) -> bool:
    """Whether the status is another with all figures at their lowest, highest, or as near the goal
    as they may be.

    Better figures never make a status worse: what is met is tried with the worst only, what is
    missed with the best. Where a value is to be hit exactly, it may also lie between the ends.
    """
    comparator = case.target.comparator
    readings = [LOWEST, HIGHEST] if comparator is Comparator.AT_LEAST else [HIGHEST, LOWEST]
    if comparator is Comparator.EQUAL:
        readings.append(_nearest(case))
    elif status is Status.MET:
        readings.pop()
    elif status in MISSED:
        del readings[0]
    return any(rule(case, read).status is not status for read in readings)


def _nearest(case: Case) -> Reading:
    """Read each figure as near the goal as it may be; of a sum, so that the sum is."""
    goal = level(case.target)
    assert goal is not None
    if case.target.kind is not Kind.TOTAL:
        return lambda row: min(max(goal, row.low), row.high)
    read, left = {}, goal - sum(map(LOWEST, case.inside))
    for row in case.inside:
        more = min(max(left, NOTHING), row.high - row.low)
        read[row.period], left = row.low + more, left - more
    return lambda row: read[row.period]


def reach(case: Case, read: Reading) -> Ruling:
    """Met when some period in the window up to the deadline satisfies the target.

    Boundary: a period counts if it begins on or before the deadline day and does not end before the
    window opens; the first one that satisfies decides.
    """
    satisfied = case.target.satisfied
    for row in case.inside:
        value = read(row)
        if satisfied(value):
            return Ruling(Status.MET, Reason.SATISFIED, row, value, row.kind != "actual")
    return _missed_or_open(case, read)


def stand(case: Case, read: Reading) -> Ruling:
    """Met when the deadline's own period satisfies the target; a *change* is measured against the
    baseline.

    Boundary: the deadline's own period is the one that holds the deadline day; it may close the
    verdict once it has begun.
    """
    own = case.own
    if own:
        value = measure(case.target, read(own))
        if case.target.satisfied(value):
            return Ruling(Status.MET, Reason.SATISFIED, own, value, own.kind != "actual")
    return _missed_or_open(case, read)


def hold(case: Case, read: Reading) -> Ruling:
    """Met when every period from the window's start to the deadline satisfies; one failed period is
    enough.

    Boundary: periods that only touch the window's first or last day belong to it. A gap is never
    filled: after the deadline the missing periods are named and the verdict waits for them.
    """
    satisfied, over = case.target.satisfied, case.over
    for row in case.inside:
        value = read(row)
        if not satisfied(value):
            status = Status.NOT_MET if over else Status.OFF_TRACK
            return Ruling(
                status, Reason.FAILED_PERIOD, row, value, row.kind != "actual", case.missing
            )
    if not case.inside:
        return _without_figures(case, case.missing)
    last = case.inside[-1]
    value = read(last)
    if over and case.missing:
        return Ruling(Status.ON_TRACK, Reason.AWAITING_DATA, last, value, missing=case.missing)
    if over:
        return Ruling(Status.MET, Reason.SATISFIED, last, value, case.any_provisional)
    past = tuple(period for period in case.missing if period.end < case.as_of)
    return Ruling(Status.ON_TRACK, Reason.HOLDING, last, value, missing=past)


def total(case: Case, read: Reading) -> Ruling:
    """Met when the sum over the window reaches the target.

    Boundary: only periods that end on or before the deadline are added. A sum that has reached “at
    least” is met at once; “at most” can only be met when every period is there, and fails at once.
    """
    target, over, missing = case.target, case.over, case.missing
    if not case.inside:
        return _without_figures(case, missing)
    added = sum(map(read, case.inside), Decimal(0))
    last, enough = case.inside[-1], target.satisfied(added)
    grows = target.comparator == "at_least"
    if enough and (grows or (over and not missing)):
        return Ruling(Status.MET, Reason.SATISFIED, last, added, case.any_provisional)
    if not enough and not grows and target.comparator != "equal":
        status = Status.NOT_MET if over else Status.OFF_TRACK
        return Ruling(status, Reason.EXCEEDED, last, added, case.any_provisional)
    if over and not missing:
        return _short(target, last, added, case.any_provisional)
    if over:
        return Ruling(Status.IN_PROGRESS, Reason.AWAITING_DATA, last, added, missing=missing)
    return Ruling(Status.IN_PROGRESS, Reason.UNDER_WAY, last, added)


def milestone(case: Case, read: Reading) -> Ruling:
    """Met when a dated event happened by the day: an observation of value 1 on the day it happened.

    Boundary: the deadline day counts. A value of 0 for the deadline's own period says that it did
    not happen by then; without either, a passed deadline only awaits data.
    """
    due = case.target.due
    happened = [row for row in case.rows if read(row) > 0]
    for row in happened:
        if due is None or row.period.end <= due:
            return Ruling(Status.MET, Reason.SATISFIED, row, read(row), row.kind != "actual")
    if not case.over:
        return Ruling(Status.IN_PROGRESS, Reason.UNDER_WAY)
    if happened:
        first = happened[0]
        provisional, late = first.kind != "actual", first.period
        return Ruling(
            Status.NOT_MET, Reason.FELL_SHORT, first, read(first), provisional, met_late_in=late
        )
    denied = own_figure(due, [row for row in case.rows if read(row) == 0])
    if denied:
        return Ruling(
            Status.NOT_MET, Reason.FELL_SHORT, denied, read(denied), denied.kind != "actual"
        )
    return Ruling(Status.IN_PROGRESS, Reason.AWAITING_DATA)


RULES: dict[Kind, Rule] = {
    Kind.REACH: reach,
    Kind.STAND: stand,
    Kind.HOLD: hold,
    Kind.CHANGE: stand,
    Kind.TOTAL: total,
    Kind.MILESTONE: milestone,
}


def _missed_or_open(case: Case, read: Reading) -> Ruling:
    """Judge what has not satisfied: by the deadline's own figure once the day has passed, else by
    the path.
    """
    target, own = case.target, case.own
    if case.over and own:
        late = None
        for row in case.after:
            if target.satisfied(measure(target, read(row))):
                late = row.period
                break
        return _short(target, own, measure(target, read(own)), own.kind != "actual", late)
    if not case.inside:
        return _without_figures(case, ())
    last, line = case.inside[-1], case.path
    value = read(last)
    if line is None:
        status, reason = Status.IN_PROGRESS, Reason.UNDER_WAY
    elif ahead(target, value, line):
        status, reason = Status.ON_TRACK, Reason.AHEAD
    else:
        status, reason = Status.OFF_TRACK, Reason.BEHIND
    if case.over:
        reason = Reason.AWAITING_DATA
    return Ruling(status, reason, last, measure(target, value), path=line)


def _short(
    target: RuleTarget, row: Figure, actual: Decimal, provisional: bool, late: Period | None = None
) -> Ruling:
    """Close what fell short: partly met from the stated share of the way on, else not met."""
    if target.partly_met_share is not None:
        way = measure_share(target, actual)
        if way is not None and way >= target.partly_met_share:
            return Ruling(
                Status.PARTLY_MET, Reason.PARTLY, row, actual, provisional, met_late_in=late
            )
    return Ruling(Status.NOT_MET, Reason.FELL_SHORT, row, actual, provisional, met_late_in=late)


def _without_figures(case: Case, missing: tuple[Period, ...]) -> Ruling:
    reason = Reason.AWAITING_DATA if case.over else Reason.NO_DATA
    return Ruling(Status.IN_PROGRESS, reason, missing=missing if case.over else ())


def _finding(case: Case, ruling: Ruling, borderline: bool) -> Finding:
    """Add to what was ruled the numbers that say how near it was."""
    target, actual = case.target, ruling.actual
    required = gap = way = None
    if target.kind is not Kind.MILESTONE:
        required = target.required
        if required is not None and actual is not None:
            gap, way = target.rounded(actual) - required, measure_share(target, actual)
    return Finding(
        status=ruling.status,
        reason=ruling.reason,
        decided_by=ruling.row,
        required=required,
        actual=actual,
        gap=gap,
        share=None if way is None else way.quantize(SHARE),
        path=ruling.path,
        met_late_in=ruling.met_late_in,
        missing=ruling.missing,
        provisional=ruling.provisional,
        borderline=borderline,
    )
