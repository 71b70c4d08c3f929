"""Dated events: what happened by the day, what had not, and what nobody can tell."""

from __future__ import annotations

from decimal import Decimal

from commitments.verdicts.cases import ACTUAL, Case, Ruling, rule_met
from commitments.verdicts.findings import Reason
from commitments.verdicts.measuring import find_deadline_figure
from commitments.verdicts.readings import Reading
from commitments.verdicts.statuses import Status
from commitments.verdicts.targets import Figure, Period


def judge_milestone(case: Case, read: Reading) -> Ruling:
    """Met when a dated event happened by the day: an observation of value 1 on the day it happened,
    or for the period in which it did where the day is not known.

    Boundary: the deadline day counts. The last day on which it may have happened has to be in time.
    A value of 0 says that it had not happened by the end of its period; one for the deadline day or
    later denies it, and what happened all the same happened late. A period with the deadline in it
    and days after it leaves the verdict open and borderline, unless the event is denied. Without
    any of them, a target past its deadline awaits data.
    """
    due = case.target.due
    happened = [row for row in case.rows if read(row) > 0]
    for row in happened:
        if due is None or row.period.end <= due:
            return rule_met(row, read(row))
    if due is None or not case.over:
        return Ruling(Status.IN_PROGRESS, Reason.UNDER_WAY)
    denial = _find_denial(case, read)
    if denial is None and case.rules.knows_vague_events:
        for row in happened:
            if row.period.start <= due:
                actual = read(row)
                status, reason = Status.IN_PROGRESS, Reason.AWAITING_DATA
                return Ruling(status, reason, row, actual, borderline=True)
    if happened:
        row = happened[0]
        return _rule_missed(row, read(row), met_late_in=row.period)
    if denial:
        return _rule_missed(denial, read(denial))
    return Ruling(Status.IN_PROGRESS, Reason.AWAITING_DATA)


def _rule_missed(row: Figure, actual: Decimal, *, met_late_in: Period | None = None) -> Ruling:
    return Ruling(
        status=Status.NOT_MET,
        reason=Reason.FELL_SHORT,
        row=row,
        actual=actual,
        provisional=row.kind != ACTUAL,
        met_late_in=met_late_in,
    )


def _find_denial(case: Case, read: Reading) -> Figure | None:
    """Return the first figure that says it had not happened by the deadline."""
    due = case.target.due
    assert due is not None
    denials = [row for row in case.rows if read(row) == 0]
    if not case.rules.knows_vague_events:
        return find_deadline_figure(due, denials)
    for row in denials:
        if row.period.end >= due:
            return row
    return None
