"""The rules: from a target and published figures to a finding. Pure: no clock, no database.

`as_of` is “today” for deadlines; `known_on` leaves out what was released later. The deadline day
still counts, and equality satisfies. Time alone never makes a verdict “not met”: after the deadline
a rule closes only on an accepted figure, or stays open and awaits data. Source:
docs/methodology.md.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, localcontext

from commitments.verdicts.cases import ACTUAL, Case, Ruling
from commitments.verdicts.findings import Finding, Reason
from commitments.verdicts.measuring import (
    NOTHING,
    can_change,
    find_deadline_figure,
    is_ahead,
    measure,
    measure_share,
)
from commitments.verdicts.readings import PRINTED, Reading, choose_readings
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

Rule = Callable[[Case, Reading], Ruling]

# A sum that is beyond one of these can only get worse.
CEILINGS = (Comparator.AT_MOST, Comparator.BELOW_BASELINE)


def evaluate(target: RuleTarget, series: list[Figure], *, as_of: date, known_on: date) -> Finding:
    """Judge one party's `target` by its `series`, which may be in any order.

    A finding is borderline if the status would change with all figures at one end of what they may
    be unrounded, or at the required value where it lies between the ends.
    """
    measured = target.kind is not Kind.MILESTONE
    if measured and not _is_comparable(target):
        return Finding(Status.IN_PROGRESS, Reason.UNCOMPARABLE)
    rule = RULES[target.kind]
    with localcontext(EXACT):
        rows = choose_figures(series, target.accepts, known_on)
        case = Case(target, rows, as_of)
        ruling = rule(case, PRINTED)
        borderline = measured and _flips(case, rule, ruling.status)
        return _build_finding(case, ruling, borderline=borderline)


def _is_comparable(target: RuleTarget) -> bool:
    is_measurable = target.kind is not Kind.CHANGE or can_change(target)
    return is_measurable and target.required is not None


def _flips(case: Case, rule: Rule, status: Status) -> bool:
    """Whether another reading of the figures would change the status."""
    readings = choose_readings(case, status)
    return any(rule(case, read).status is not status for read in readings)


def judge_reach(case: Case, read: Reading) -> Ruling:
    """Met when some period in the window up to the deadline satisfies the target.

    Boundary: a period counts if it begins on or before the deadline day and does not end before the
    window opens. The first one that satisfies decides.
    """
    satisfied = case.target.satisfied
    for row in case.in_window:
        value = read(row)
        if satisfied(value):
            return _rule_met(row, value)
    return _judge_unsatisfied(case, read)


def judge_stand(case: Case, read: Reading) -> Ruling:
    """Met when the deadline's own period satisfies the target. A *change* is measured against the
    baseline.

    Boundary: the deadline's own period is the one that holds the deadline day. It may close the
    verdict once it has begun.
    """
    row = case.deadline_figure
    if row:
        value = measure(case.target, read(row))
        if case.target.satisfied(value):
            return _rule_met(row, value)
    return _judge_unsatisfied(case, read)


def judge_hold(case: Case, read: Reading) -> Ruling:
    """Met when every period from the window's start to the deadline satisfies. One failed period is
    enough to miss it.

    Boundary: periods that only touch the window's first or last day belong to it. A gap is never
    filled: after the deadline the finding names the missing periods and waits for them.
    """
    satisfied = case.target.satisfied
    for row in case.in_window:
        value = read(row)
        if not satisfied(value):
            return Ruling(
                status=Status.NOT_MET if case.over else Status.OFF_TRACK,
                reason=Reason.FAILED_PERIOD,
                row=row,
                actual=value,
                provisional=row.kind != ACTUAL,
                missing=case.missing,
            )
    if not case.in_window:
        return _judge_without_figures(case, case.missing)
    last = case.in_window[-1]
    value = read(last)
    if not case.over:
        past = tuple(period for period in case.missing if period.end < case.as_of)
        return Ruling(Status.ON_TRACK, Reason.HOLDING, last, value, missing=past)
    if case.missing:
        return Ruling(Status.ON_TRACK, Reason.AWAITING_DATA, last, value, missing=case.missing)
    return Ruling(Status.MET, Reason.SATISFIED, last, value, case.any_provisional)


def judge_total(case: Case, read: Reading) -> Ruling:
    """Met when the sum over the window reaches the target.

    Boundary: only periods that end on or before the deadline are added. “At least” is met as soon
    as the sum is there. “At most” fails as soon as the sum is beyond, and is met only when no
    period is missing after the deadline.
    """
    target = case.target
    missing = case.missing
    if not case.in_window:
        return _judge_without_figures(case, missing)
    added = sum(map(read, case.in_window), NOTHING)
    last = case.in_window[-1]
    is_complete = case.over and not missing
    if target.satisfied(added):
        if is_complete or target.comparator is Comparator.AT_LEAST:
            return Ruling(Status.MET, Reason.SATISFIED, last, added, case.any_provisional)
    elif target.comparator in CEILINGS:
        return Ruling(
            status=Status.NOT_MET if case.over else Status.OFF_TRACK,
            reason=Reason.EXCEEDED,
            row=last,
            actual=added,
            provisional=case.any_provisional,
        )
    if is_complete:
        return _judge_shortfall(target, last, added, provisional=case.any_provisional)
    if case.over:
        return Ruling(Status.IN_PROGRESS, Reason.AWAITING_DATA, last, added, missing=missing)
    return Ruling(Status.IN_PROGRESS, Reason.UNDER_WAY, last, added)


def judge_milestone(case: Case, read: Reading) -> Ruling:
    """Met when a dated event happened by the day: an observation of value 1 on the day it happened.

    Boundary: the deadline day counts. A value of 0 for the deadline's own period says that it did
    not happen by then. Without either, a target past its deadline awaits data.
    """
    due = case.target.due
    happened = [row for row in case.rows if read(row) > 0]
    for row in happened:
        if due is None or row.period.end <= due:
            return _rule_met(row, read(row))
    if not case.over:
        return Ruling(Status.IN_PROGRESS, Reason.UNDER_WAY)
    if happened:
        row = happened[0]
        return _rule_short(row, read(row), met_late_in=row.period)
    zeros = [row for row in case.rows if read(row) == 0]
    denial = find_deadline_figure(due, zeros)
    if denial:
        return _rule_short(denial, read(denial))
    return Ruling(Status.IN_PROGRESS, Reason.AWAITING_DATA)


RULES: dict[Kind, Rule] = {
    Kind.REACH: judge_reach,
    Kind.STAND: judge_stand,
    Kind.HOLD: judge_hold,
    Kind.CHANGE: judge_stand,
    Kind.TOTAL: judge_total,
    Kind.MILESTONE: judge_milestone,
}


def _rule_met(row: Figure, actual: Decimal) -> Ruling:
    provisional = row.kind != ACTUAL
    return Ruling(Status.MET, Reason.SATISFIED, row, actual, provisional)


def _rule_short(row: Figure, actual: Decimal, *, met_late_in: Period | None = None) -> Ruling:
    return Ruling(
        status=Status.NOT_MET,
        reason=Reason.FELL_SHORT,
        row=row,
        actual=actual,
        provisional=row.kind != ACTUAL,
        met_late_in=met_late_in,
    )


def _judge_unsatisfied(case: Case, read: Reading) -> Ruling:
    """Judge a case that no figure has satisfied.

    Once the deadline has passed its own figure decides; until there is one, the path does.
    """
    target = case.target
    row = case.deadline_figure
    if case.over and row:
        actual = measure(target, read(row))
        provisional = row.kind != ACTUAL
        late = _find_late_period(case, read)
        return _judge_shortfall(target, row, actual, provisional=provisional, met_late_in=late)
    if not case.in_window:
        return _judge_without_figures(case, ())
    return _judge_by_path(case, read)


def _find_late_period(case: Case, read: Reading) -> Period | None:
    """Return the first period after the deadline that satisfies the target."""
    target = case.target
    for row in case.later_rows:
        actual = measure(target, read(row))
        if target.satisfied(actual):
            return row.period
    return None


def _judge_by_path(case: Case, read: Reading) -> Ruling:
    """Judge the newest figure by where the straight line to the target is on the day."""
    last = case.in_window[-1]
    value = read(last)
    path = case.path
    if path is None:
        status, reason = Status.IN_PROGRESS, Reason.UNDER_WAY
    elif is_ahead(case.target, value, path):
        status, reason = Status.ON_TRACK, Reason.AHEAD
    else:
        status, reason = Status.OFF_TRACK, Reason.BEHIND
    if case.over:
        reason = Reason.AWAITING_DATA
    actual = measure(case.target, value)
    return Ruling(status, reason, last, actual, path=path)


def _judge_shortfall(
    target: RuleTarget,
    row: Figure,
    actual: Decimal,
    *,
    provisional: bool,
    met_late_in: Period | None = None,
) -> Ruling:
    """Close what fell short: partly met from the share that the target states, else not met."""
    status, reason = Status.NOT_MET, Reason.FELL_SHORT
    if target.partly_met_share is not None:
        share = measure_share(target, actual)
        if share is not None and share >= target.partly_met_share:
            status, reason = Status.PARTLY_MET, Reason.PARTLY
    return Ruling(status, reason, row, actual, provisional, met_late_in=met_late_in)


def _judge_without_figures(case: Case, missing: tuple[Period, ...]) -> Ruling:
    if case.over:
        return Ruling(Status.IN_PROGRESS, Reason.AWAITING_DATA, missing=missing)
    return Ruling(Status.IN_PROGRESS, Reason.NO_DATA)


def _build_finding(case: Case, ruling: Ruling, *, borderline: bool) -> Finding:
    """Add to the ruling the numbers that say how near it was."""
    target = case.target
    actual = ruling.actual
    required = gap = share = None
    if target.kind is not Kind.MILESTONE:
        required = target.required
    if required is not None and actual is not None:
        gap = target.rounded(actual) - required
        share = measure_share(target, actual)
        if share is not None:
            share = share.quantize(SHARE)
    return Finding(
        status=ruling.status,
        reason=ruling.reason,
        decided_by=ruling.row,
        required=required,
        actual=actual,
        gap=gap,
        share=share,
        path=ruling.path,
        met_late_in=ruling.met_late_in,
        missing=ruling.missing,
        provisional=ruling.provisional,
        borderline=borderline,
    )
