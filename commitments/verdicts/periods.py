"""A target judged for any period that the figures hold, not only for the one of its deadline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from commitments.verdicts.findings import Finding
from commitments.verdicts.rules import evaluate
from commitments.verdicts.targets import Figure, Period, RuleTarget, choose_figures


def list_periods(target: RuleTarget, series: list[Figure], *, known_on: date) -> list[Period]:
    """Return the periods with a figure that counts, in order: `judge_period` answers for these."""
    periods = []
    for row in choose_figures(series, target.accepts, known_on):
        periods.append(row.period)
    return periods


def move_deadline(target: RuleTarget, period: Period) -> RuleTarget:
    """Return `target` as if it were due on the last day of `period`.

    Its window, its baseline and what it requires stay. Steps on that day or after it fall away by
    themselves.
    """
    return replace(target, due=period.end)


def judge_period(
    target: RuleTarget, series: list[Figure], period: Period, *, as_of: date, known_on: date
) -> Finding:
    """Judge `target` as if it were due at the end of `period`.

    Boundary: until the last day of the period has passed it is judged as before a deadline. A
    figure for a shorter or longer period with that day in it counts as it does for a deadline.
    """
    moved = move_deadline(target, period)
    return evaluate(
        moved,
        series,
        as_of=as_of,
        known_on=known_on,
    )
