"""The rules: from a target and published figures to a finding. Pure: no clock, no database.

`as_of` is “today” for deadlines; `known_on` leaves out what was released later. The deadline day
still counts, and equality satisfies. Time alone never makes a verdict “not met”: after the deadline
a rule closes only on an accepted figure, or stays open and awaits data. Source:
docs/methodology.md. What differs between the versions of the rules is in `rulesets`; a milestone is
judged in `milestones`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, localcontext

from commitments.verdicts.cases import ACTUAL, Case, Ruling, rule_met
from commitments.verdicts.findings import Finding, Reason
from commitments.verdicts.measuring import (
    NOTHING,
    can_change,
    find_both_bounds,
    find_required,
    is_ahead,
    is_complete,
    measure,
)
from commitments.verdicts.milestones import judge_milestone
from commitments.verdicts.precision import Numbers, round_numbers
from commitments.verdicts.readings import PRINTED, Reading, choose_readings
from commitments.verdicts.rulesets import CURRENT, Ruleset
from commitments.verdicts.shortfalls import (
    find_late_period,
    find_late_sum,
    judge_exceeded,
    judge_failed_period,
    judge_shortfall,
    judge_without_figures,
    rule_waiting,
)
from commitments.verdicts.statuses import Status
from commitments.verdicts.targets import (
    CEILINGS,
    FALLS_AND_RISES,
    Comparator,
    Figure,
    Kind,
    RuleTarget,
    choose_figures,
)

# How the first version of the rules wrote a share of the way.
SHARE = Decimal("0.001")

Rule = Callable[[Case, Reading], Ruling]


def evaluate(
    target: RuleTarget,
    series: list[Figure],
    *,
    as_of: date,
    known_on: date,
    rules: Ruleset = CURRENT,
) -> Finding:
    """Judge one party's `target` by its `series`, which may be in any order.

    A finding is borderline if the status would change with all figures at one end of what they may
    be unrounded, or at the required value where it lies between the ends. `rules` are those of
    another version where a finding is repeated that was stored with it.
    """
    measured = target.kind is not Kind.MILESTONE
    if measured and not is_comparable(target):
        return Finding(Status.IN_PROGRESS, Reason.UNCOMPARABLE, rules_version=rules.version)
    rule = RULES[target.kind]
    with localcontext(rules.arithmetic):
        rows = choose_figures(series, target.accepts, known_on)
        case = Case(target, rows, as_of, rules)
        ruling = rule(case, PRINTED)
        borderline = ruling.borderline or (measured and _flips(case, rule, ruling.status))
        return _build_finding(case, ruling, borderline=borderline)


def is_comparable(target: RuleTarget) -> bool:
    """Whether figures can be held against it: it says what is required, and a change has a baseline
    to be measured from. What falls or rises is a change.
    """
    is_change = target.kind is Kind.CHANGE
    if target.comparator in FALLS_AND_RISES and not is_change:
        return False
    is_measurable = not is_change or can_change(target)
    return is_measurable and is_complete(target)


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
            return rule_met(row, value)
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
            return rule_met(row, value)
    return _judge_unsatisfied(case, read)


def judge_hold(case: Case, read: Reading) -> Ruling:
    """Met when every period from the window's start to the deadline satisfies. One failed period is
    enough to miss it; partly met where each of them satisfies the weaker bound.

    Boundary: periods that only touch the window's first or last day belong to it. A gap is never
    filled: after the deadline the finding names the missing periods and waits for them.
    """
    satisfied = case.target.satisfied
    for row in case.in_window:
        value = read(row)
        if not satisfied(value):
            return judge_failed_period(case, row, read)
    if not case.in_window:
        return judge_without_figures(case, case.missing)
    last = case.in_window[-1]
    value = read(last)
    if not case.over:
        past = tuple(period for period in case.missing if period.end < case.as_of)
        return Ruling(Status.ON_TRACK, Reason.HOLDING, last, value, missing=past)
    if case.missing:
        return rule_waiting(case, last, value, stood=Status.ON_TRACK, missing=case.missing)
    return Ruling(Status.MET, Reason.SATISFIED, last, value, case.any_provisional)


def judge_total(case: Case, read: Reading) -> Ruling:
    """Met when the sum over the window reaches the target.

    Boundary: only periods that end on or before the deadline are added. “At least” is met as soon
    as the sum is there. “At most” fails as soon as the sum is beyond, and is met only when no
    period is missing after the deadline; so does “between” with its upper bound.
    """
    target = case.target
    missing = case.missing
    if not case.in_window:
        return judge_without_figures(case, missing)
    added = sum(map(read, case.in_window), NOTHING)
    last = case.in_window[-1]
    is_whole = case.over and not missing
    if target.satisfied(added):
        if is_whole or target.comparator is Comparator.AT_LEAST:
            return Ruling(Status.MET, Reason.SATISFIED, last, added, case.any_provisional)
    elif _is_beyond(target, added):
        return judge_exceeded(case, last, added)
    if is_whole:
        late = find_late_sum(case, read, added)
        provisional = case.any_provisional
        return judge_shortfall(case, last, added, provisional=provisional, met_late_in=late)
    if case.over:
        return Ruling(Status.IN_PROGRESS, Reason.AWAITING_DATA, last, added, missing=missing)
    return Ruling(Status.IN_PROGRESS, Reason.UNDER_WAY, last, added)


def _is_beyond(target: RuleTarget, added: Decimal) -> bool:
    """Whether a sum that does not satisfy can only get worse."""
    if target.comparator is Comparator.BETWEEN:
        _lower, upper = find_both_bounds(target)
        return target.rounded(added) > upper
    return target.comparator in CEILINGS


RULES: dict[Kind, Rule] = {
    Kind.REACH: judge_reach,
    Kind.STAND: judge_stand,
    Kind.HOLD: judge_hold,
    Kind.CHANGE: judge_stand,
    Kind.TOTAL: judge_total,
    Kind.MILESTONE: judge_milestone,
}


def _judge_unsatisfied(case: Case, read: Reading) -> Ruling:
    """Judge a case that no figure has satisfied.

    Once the deadline has passed its own figure decides; until there is one, the path does.
    """
    target = case.target
    row = case.deadline_figure
    if case.over and row:
        if target.kind is Kind.REACH:
            row = _find_partly(case, read) or row
        actual = measure(target, read(row))
        provisional = row.kind != ACTUAL
        late = find_late_period(case, read)
        return judge_shortfall(case, row, actual, provisional=provisional, met_late_in=late)
    if not case.in_window:
        return judge_without_figures(case, ())
    return _judge_by_path(case, read)


def _find_partly(case: Case, read: Reading) -> Figure | None:
    """Return the first figure of the window that satisfies the weaker bound."""
    target = case.target
    if target.partly_value is None:
        return None
    for row in case.in_window:
        if target.partly_satisfied(read(row)):
            return row
    return None


def _judge_by_path(case: Case, read: Reading) -> Ruling:
    """Judge the newest figure by where the straight line to the target is.

    Boundary: at the end of the figure's own period; being on the line is on track. A figure for a
    time up to the baseline's day says nothing of the way from it.
    """
    last = case.in_window[-1]
    value = read(last)
    actual = measure(case.target, value)
    path = case.path
    if path is None:
        status, reason = Status.IN_PROGRESS, Reason.UNDER_WAY
    elif case.lacks_figure_since_baseline:
        path = None
        status, reason = Status.IN_PROGRESS, Reason.NO_FIGURE_SINCE_BASELINE
    elif is_ahead(case.target, value, path):
        status, reason = Status.ON_TRACK, Reason.AHEAD
    else:
        status, reason = Status.OFF_TRACK, Reason.BEHIND
    if case.over:
        return rule_waiting(case, last, actual, stood=status, path=path)
    return Ruling(status, reason, last, actual, path=path)


def _build_finding(case: Case, ruling: Ruling, *, borderline: bool) -> Finding:
    """Add to the ruling the numbers that say how near it was."""
    target = case.target
    actual = ruling.actual
    required = None
    if target.kind is not Kind.MILESTONE:
        required = _choose_required(target, actual)
    gap = share = path = None
    if actual is not None:
        actual, gap, share, path = _measure_numbers(case, ruling, actual, required)
    return Finding(
        status=ruling.status,
        reason=ruling.reason,
        decided_by=ruling.row,
        required=required,
        actual=actual,
        gap=gap,
        share=share,
        path=path,
        met_late_in=ruling.met_late_in,
        missing=ruling.missing,
        provisional=ruling.provisional,
        borderline=borderline,
        rules_version=case.rules.version,
    )


def _measure_numbers(
    case: Case, ruling: Ruling, actual: Decimal, required: Decimal | None
) -> Numbers:
    """Return what was compared and how far it is from what is required. They are rounded last."""
    gap = share = None
    if required is not None:
        gap = case.target.rounded(actual) - required
        share = case.measure_share(actual)
    if not case.rules.rounds_numbers:
        if share is not None:
            share = share.quantize(SHARE)
        return Numbers(actual, gap, share, ruling.path)
    assert ruling.row is not None
    numbers = Numbers(actual, gap, share, ruling.path)
    return round_numbers(numbers, case, ruling.row)


def _choose_required(target: RuleTarget, actual: Decimal | None) -> Decimal | None:
    """Return what a value is held against: of two bounds the one beyond which it lies, and within
    them the one that faces the start.
    """
    if target.comparator is not Comparator.BETWEEN or actual is None:
        return find_required(target)
    lower, upper = find_both_bounds(target)
    rounded = target.rounded(actual)
    if rounded > upper:
        return upper
    if rounded < lower:
        return lower
    return find_required(target)
