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
    newest = criteria[0]
    verdicts = [part.assessment for part in parts if part.assessment]
    late = []
    for verdict in verdicts:
        version = verdict.criteria or newest
        late.append(LateCriteria(version.fixed_on, verdict.as_of, is_judged=True))
    if not verdicts:
        for part in parts:
            day = part.undertaking.due_on
            if day:
                late.append(LateCriteria(newest.fixed_on, day, is_judged=False))
    late = [each for each in late if each.written_on > each.day]
    return min(late, key=lambda each: each.day, default=None)
