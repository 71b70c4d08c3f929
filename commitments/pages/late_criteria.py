"""Criteria that came after the day judged by them: the page of a pledge says it once."""

from datetime import date
from typing import NamedTuple


class LateCriteria(NamedTuple):
    """When the criteria were written, and the earlier day that is judged by them.

    It is the day of a verdict or, where there is none, the last day of a party.
    """

    written_on: date
    day: date
    is_judged: bool


def find_late_criteria(criteria, parts) -> LateCriteria | None:
    """Return the criteria of `parts` that came too late, those for the earliest day; else None."""
    if not criteria:
        return None
    pairs = list(_pair_verdicts(criteria, parts)) or list(_pair_last_days(criteria, parts))
    late = [pair for pair in pairs if pair.written_on > pair.day]
    return min(late, key=_get_day, default=None)


def _pair_verdicts(criteria, parts):
    """Yield each verdict's criteria and day; one that names no version rests on the newest."""
    for part in parts:
        verdict = part.assessment
        if verdict is None:
            continue
        version = verdict.criteria or criteria[0]
        # On a day looked back at, what was written only later is left out.
        if version in criteria:
            yield LateCriteria(version.fixed_on, verdict.as_of, is_judged=True)


def _pair_last_days(criteria, parts):
    newest = criteria[0]
    for part in parts:
        last_day = part.undertaking.due_on
        if last_day:
            yield LateCriteria(newest.fixed_on, last_day, is_judged=False)


def _get_day(pair):
    return pair.day
