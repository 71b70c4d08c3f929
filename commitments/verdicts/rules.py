"""The rules: from a target and published figures to a finding. Pure: no clock, no database.

`as_of` is “today” for deadlines; `known_on` cuts off what was released later. The deadline day still
counts, and equality satisfies. Nothing becomes “not met” by the clock alone: after the deadline a rule
closes only on an accepted figure, or stays open as awaiting data. Source: docs/methodology.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal, localcontext

from commitments.verdicts.findings import Finding, Reason
from commitments.verdicts.measuring import (
    can_change,
    gaps,
    inside_window,
    is_over,
    level,
    measure,
    own_figure,
    path,
    share,
)
from commitments.verdicts.statuses import Status
from commitments.verdicts.targets import DIGITS, Kind, Observation, Period, Target, deciding, known, moved

# Three decimals are more than any reader of a share of the way needs.
SHARE = Decimal("0.001")


def evaluate(target: Target, series: list[Observation], *, as_of: date, known_on: date) -> Finding:
    """Judge one party's `target` by its `series`, in any order.

    Borderline: with all figures at one end of what they may be unrounded, the status would be another.
    """
    seen = known(series, known_on)
    with localcontext(prec=DIGITS):
        finding = _judge(target, seen, as_of)
        others = {_judge(target, _at(seen, end), as_of).status for end in _ends(target)}
    return replace(finding, borderline=bool(others - {finding.status}))


def _ends(target: Target) -> list[Callable[[Observation], Decimal]]:
    """Return how to read figures for the borderline question: all lowest, all highest, all as required."""
    if target.kind is Kind.MILESTONE:
        return []
    ends: list[Callable[[Observation], Decimal]] = [lambda row: row.bounds()[0], lambda row: row.bounds()[1]]
    reached = level(target)
    if reached is not None:
        ends.append(lambda row: min(max(reached, row.bounds()[0]), row.bounds()[1]))
    return ends


def _at(series: list[Observation], end: Callable[[Observation], Decimal]) -> list[Observation]:
    return [moved(row, end(row)) for row in series]


def _judge(target: Target, seen: list[Observation], as_of: date) -> Finding:
    if target.kind is Kind.MILESTONE:
        return milestone(target, deciding(seen, target.accepts), as_of)
    if target.required is None or (target.kind is Kind.CHANGE and not can_change(target)):
        return Finding(Status.IN_PROGRESS, Reason.UNCOMPARABLE)
    rule = {Kind.REACH: reach, Kind.STAND: stand, Kind.CHANGE: stand, Kind.HOLD: hold, Kind.TOTAL: total}[target.kind]
    return rule(target, deciding(seen, target.accepts), as_of)


def reach(target: Target, rows: list[Observation], as_of: date) -> Finding:
    """Met when some period in the window up to the deadline satisfies the target.

    Boundary: a period counts if it begins on or before the deadline day and does not end before the
    window opens; the first one that satisfies decides.
    """
    inside = inside_window(target, rows)
    for row in inside:
        if target.satisfied(measure(target, row)):
            return _closed(target, Status.MET, Reason.SATISFIED, row)
    return _missed_or_open(target, rows, inside, as_of)


def stand(target: Target, rows: list[Observation], as_of: date) -> Finding:
    """Met when the deadline's own period satisfies the target; a *change* is measured against the baseline.

    Boundary: the deadline's own period is the one that holds the deadline day; it may close the verdict
    once it has begun.
    """
    own = own_figure(target, rows)
    if own and target.satisfied(measure(target, own)):
        return _closed(target, Status.MET, Reason.SATISFIED, own)
    return _missed_or_open(target, rows, inside_window(target, rows), as_of)


def hold(target: Target, rows: list[Observation], as_of: date) -> Finding:
    """Met when every period from the window's start to the deadline satisfies; one failed period is enough.

    Boundary: periods that only touch the window's first or last day belong to it. A gap is never filled:
    after the deadline the missing periods are named and the verdict waits for them.
    """
    inside = inside_window(target, rows)
    failed = [row for row in inside if not target.satisfied(measure(target, row))]
    missing = gaps(target, inside)
    over = is_over(target, as_of)
    if failed:
        finding = _closed(target, Status.NOT_MET if over else Status.OFF_TRACK, Reason.FAILED_PERIOD, failed[0])
        return replace(finding, missing=missing)
    if not inside:
        return _without_figures(target, missing, over)
    if over and missing:
        return replace(_open(target, Status.ON_TRACK, Reason.AWAITING_DATA, inside[-1]), missing=missing)
    if over:
        finding = _closed(target, Status.MET, Reason.SATISFIED, inside[-1])
        return replace(finding, provisional=any(row.kind != "actual" for row in inside))
    return replace(_open(target, Status.ON_TRACK, Reason.HOLDING, inside[-1]), missing=_before(missing, as_of))


def total(target: Target, rows: list[Observation], as_of: date) -> Finding:
    """Met when the sum over the window reaches the target.

    Boundary: only periods that end on or before the deadline are added. A sum that has reached “at
    least” is met at once; “at most” can only be met when every period is there, and fails at once.
    """
    inside = [row for row in inside_window(target, rows) if target.due is None or row.period.end <= target.due]
    over, missing = is_over(target, as_of), gaps(target, inside)
    if not inside:
        return _without_figures(target, missing, over)
    added = sum((row.value for row in inside), Decimal(0))
    provisional = any(row.kind != "actual" for row in inside)
    last, enough = inside[-1], target.satisfied(added)
    grows = target.comparator == "at_least"
    if enough and (grows or (over and not missing)):
        return replace(_numbers(target, Status.MET, Reason.SATISFIED, last, added), provisional=provisional)
    if not enough and not grows and target.comparator != "equal":
        status = Status.NOT_MET if over else Status.OFF_TRACK
        return replace(_numbers(target, status, Reason.EXCEEDED, last, added), provisional=provisional)
    if over and not missing:
        return replace(_short(target, last, added), provisional=provisional)
    if over:
        return replace(_numbers(target, Status.IN_PROGRESS, Reason.AWAITING_DATA, last, added), missing=missing)
    return _numbers(target, Status.IN_PROGRESS, Reason.UNDER_WAY, last, added)


def milestone(target: Target, rows: list[Observation], as_of: date) -> Finding:
    """Met when a dated event happened by the day: an observation of value 1 on the day it happened.

    Boundary: the deadline day counts. A value of 0 for the deadline's own period says that it did not
    happen by then; without either, a passed deadline only awaits data.
    """
    happened = [row for row in rows if row.value > 0]
    for row in happened:
        if target.due is None or row.period.end <= target.due:
            return _known_event(Status.MET, Reason.SATISFIED, row)
    if not is_over(target, as_of):
        return Finding(Status.IN_PROGRESS, Reason.UNDER_WAY)
    if happened:
        late = _known_event(Status.NOT_MET, Reason.FELL_SHORT, happened[0])
        return replace(late, met_late_in=happened[0].period)
    denied = own_figure(target, [row for row in rows if row.value == 0])
    if denied:
        return _known_event(Status.NOT_MET, Reason.FELL_SHORT, denied)
    return Finding(Status.IN_PROGRESS, Reason.AWAITING_DATA)


def _missed_or_open(target: Target, rows: list[Observation], inside: list[Observation], as_of: date) -> Finding:
    """Judge what has not satisfied: by the deadline's own figure once the day has passed, else by the path."""
    own = own_figure(target, rows)
    if is_over(target, as_of) and own:
        late = (row for row in rows if target.due and row.period.start > target.due)
        reached = next((row.period for row in late if target.satisfied(measure(target, row))), None)
        return replace(_short(target, own, measure(target, own)), met_late_in=reached)
    if not inside:
        return _without_figures(target, (), is_over(target, as_of))
    last, line = inside[-1], path(target, as_of)
    if line is None:
        finding = _open(target, Status.IN_PROGRESS, Reason.UNDER_WAY, last)
    else:
        ahead = target.ahead(target.rounded(last.value), line)
        status, reason = (Status.ON_TRACK, Reason.AHEAD) if ahead else (Status.OFF_TRACK, Reason.BEHIND)
        finding = replace(_open(target, status, reason, last), path=line)
    return replace(finding, reason=Reason.AWAITING_DATA) if is_over(target, as_of) else finding


def _short(target: Target, row: Observation, actual: Decimal) -> Finding:
    """Close what fell short: partly met from the stated share of the way on, else not met."""
    finding = replace(
        _numbers(target, Status.NOT_MET, Reason.FELL_SHORT, row, actual), provisional=row.kind != "actual"
    )
    enough = target.partly_met_share is not None and finding.share is not None
    if enough and share(target, actual) >= target.partly_met_share:  # type: ignore[operator]
        return replace(finding, status=Status.PARTLY_MET, reason=Reason.PARTLY)
    return finding


def _closed(target: Target, status: Status, reason: Reason, row: Observation) -> Finding:
    finding = _numbers(target, status, reason, row, measure(target, row))
    return replace(finding, provisional=row.kind != "actual")


def _open(target: Target, status: Status, reason: Reason, row: Observation) -> Finding:
    return _numbers(target, status, reason, row, measure(target, row))


def _without_figures(target: Target, missing: tuple[Period, ...], over: bool) -> Finding:
    reason = Reason.AWAITING_DATA if over else Reason.NO_DATA
    return Finding(Status.IN_PROGRESS, reason, required=target.required, missing=missing if over else ())


def _known_event(status: Status, reason: Reason, row: Observation) -> Finding:
    return Finding(status, reason, decided_by=row, actual=row.value, provisional=row.kind != "actual")


def _numbers(target: Target, status: Status, reason: Reason, row: Observation, actual: Decimal) -> Finding:
    required = target.required
    gap = None if required is None else target.rounded(actual) - required
    way = share(target, actual)
    return Finding(
        status,
        reason,
        decided_by=row,
        required=required,
        actual=actual,
        gap=gap,
        share=None if way is None else way.quantize(SHARE),
    )


def _before(missing: tuple[Period, ...], day: date) -> tuple[Period, ...]:
    return tuple(period for period in missing if period.end < day)
