"""What fell short, failed or went beyond: whether it is missed, partly met or still waits, and
whether it was reached later.
"""

from __future__ import annotations

from decimal import Decimal

from commitments.verdicts.cases import ACTUAL, Case, Ruling
from commitments.verdicts.findings import Reason
from commitments.verdicts.measuring import measure
from commitments.verdicts.readings import Reading
from commitments.verdicts.statuses import Status
from commitments.verdicts.targets import Figure, Period


def judge_shortfall(
    case: Case,
    row: Figure,
    actual: Decimal,
    *,
    provisional: bool,
    met_late_in: Period | None = None,
) -> Ruling:
    """Close what fell short: partly met by the weaker bound, or from the share that the target
    states; else not met.
    """
    status, reason = Status.NOT_MET, Reason.FELL_SHORT
    if case.target.partly_satisfied(actual) or _is_far_enough(case, actual):
        status, reason = Status.PARTLY_MET, Reason.PARTLY
    return Ruling(status, reason, row, actual, provisional, met_late_in=met_late_in)


def _is_far_enough(case: Case, actual: Decimal) -> bool:
    """Whether a value has come the share of the way from which the target is partly met; exactly
    that share is enough, and what went beyond the target is no part of the way to it.
    """
    least = case.target.partly_met_share
    if least is None:
        return False
    share = case.measure_share(actual)
    if share is None or share < least:
        return False
    return share <= 1 or not case.rules.knows_limits


def judge_failed_period(case: Case, row: Figure, read: Reading) -> Ruling:
    """Judge what was to be held in every period, and was not in that of `row`.

    Where each period satisfies the weaker bound it is partly met, once none is missing.
    """
    is_partly = case.over and all(map(case.target.partly_satisfied, map(read, case.in_window)))
    actual = read(row)
    if is_partly and case.missing:
        return rule_waiting(case, row, actual, missing=case.missing)
    status = Status.NOT_MET if case.over else Status.OFF_TRACK
    return Ruling(
        status=Status.PARTLY_MET if is_partly else status,
        reason=Reason.PARTLY if is_partly else Reason.FAILED_PERIOD,
        row=row,
        actual=actual,
        provisional=row.kind != ACTUAL,
        missing=case.missing,
        met_late_in=_find_late_hold(case, read),
    )


def judge_exceeded(case: Case, last: Figure, added: Decimal) -> Ruling:
    """Judge a sum that is beyond what was promised and can only get worse.

    Within the weaker bound it is partly met, once no period is missing.
    """
    is_partly = case.over and case.target.partly_satisfied(added)
    if is_partly and case.missing:
        return rule_waiting(case, last, added, missing=case.missing)
    status = Status.NOT_MET if case.over else Status.OFF_TRACK
    return Ruling(
        status=Status.PARTLY_MET if is_partly else status,
        reason=Reason.PARTLY if is_partly else Reason.EXCEEDED,
        row=last,
        actual=added,
        provisional=case.any_provisional,
    )


def judge_without_figures(case: Case, missing: tuple[Period, ...]) -> Ruling:
    """Judge a case without a figure that counts: nothing can be said."""
    if case.over:
        return Ruling(Status.IN_PROGRESS, Reason.AWAITING_DATA, missing=missing)
    return Ruling(Status.IN_PROGRESS, Reason.NO_DATA)


def rule_waiting(
    case: Case,
    row: Figure,
    actual: Decimal,
    *,
    stood: Status = Status.IN_PROGRESS,
    missing: tuple[Period, ...] = (),
    path: Decimal | None = None,
) -> Ruling:
    """Leave a case open that waits for a figure after its deadline.

    It is in progress: how it stood on the way says nothing of the day that has passed. In the first
    version of the rules it kept the status at which it `stood`.
    """
    status = Status.IN_PROGRESS if case.rules.waits_in_progress else stood
    return Ruling(status, Reason.AWAITING_DATA, row, actual, missing=missing, path=path)


def find_late_period(case: Case, read: Reading) -> Period | None:
    """Return the first period after the deadline that satisfies the target.

    Boundary: a period is after the deadline if it begins after the deadline day.
    """
    target = case.target
    for row in case.later_rows:
        actual = measure(target, read(row))
        if target.satisfied(actual):
            return row.period
    return None


def _find_late_hold(case: Case, read: Reading) -> Period | None:
    """Return when what was to be held was reached after the deadline.

    Only where the window's last period failed too: what was reached and lost within the window and
    holds again was not done later, it failed to last.
    """
    if not case.over or not case.rules.finds_all_late:
        return None
    last = case.in_window[-1]
    if case.target.satisfied(read(last)):
        return None
    return find_late_period(case, read)


def find_late_sum(case: Case, read: Reading, added: Decimal) -> Period | None:
    """Return the period after the deadline with which the sum satisfies the target, where one goes
    on adding.

    Boundary: a period that begins before the last one added has ended is not added again.
    """
    if not case.rules.finds_all_late:
        return None
    added_until = case.in_window[-1].period.end
    for row in case.rows:
        if row.period.start <= added_until:
            continue
        added += read(row)
        added_until = row.period.end
        if case.target.satisfied(added):
            return row.period
    return None
