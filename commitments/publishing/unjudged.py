"""Why an undertaking has no verdict, by the published records.

Whether it is due is left to the day of reading: these reasons hold whatever the day.
"""

from datetime import date
from typing import NamedTuple

from commitments.judging.evaluating import evaluate_parts
from commitments.judging.settling import find_settling_parts
from commitments.models import (
    SearchNote,
    TargetRole,
    Undertaking,
    UnjudgedReason,
)
from commitments.verdicts.findings import Reason

# Later than any last day. Figures count from whatever day they were released on.
AFTER_ALL = date(2999, 12, 31)


class FoundReason(NamedTuple):
    """The reason why an undertaking has no verdict, and the key of the one it is judged under."""

    reason: str
    judged_under: int | None = None


def find_reasons(undertakings) -> dict[int, FoundReason]:
    """Return {key: reason} of `undertakings`, which have no verdict and are not exempt.

    A verdict under another pledge comes first, then a search, then figures that are awaited. Seven
    statements at most, however many there are.
    """
    if not undertakings:
        return {}
    settled = find_settling_parts(undertakings)
    remaining = [row for row in undertakings if row.pk not in settled]
    searched = _find_searched(remaining)
    remaining = [row for row in remaining if row.pk not in searched]
    awaiting = _find_awaiting(remaining)
    reasons = {}
    for row in undertakings:
        key = row.pk
        if key in settled:
            reasons[key] = FoundReason(UnjudgedReason.JUDGED_UNDER.value, settled[key])
        elif key in searched:
            reasons[key] = FoundReason(UnjudgedReason.NOTHING_FOUND.value)
        elif key in awaiting:
            reasons[key] = FoundReason(UnjudgedReason.AWAITING_DATA.value)
        else:
            reasons[key] = FoundReason(UnjudgedReason.NOT_LOOKED_AT.value)
    return reasons


def _find_searched(undertakings) -> set[int]:
    """Return the keys of those that a published search note is about. One statement."""
    pledges = {row.pledge_id for row in undertakings}
    notes = SearchNote.objects.published()
    notes = notes.filter(pledge__in=pledges).order_by()
    about = set(notes.values_list("pledge", "undertakings"))
    searched = set()
    for row in undertakings:
        pledge = row.pledge_id
        if (pledge, row.pk) in about or (pledge, None) in about:
            searched.add(row.pk)
    return searched


def _find_awaiting(undertakings) -> set[int]:
    """Return the keys of those for which the rule, once they are due, still awaits a figure.

    Four statements at most.
    """
    keys = [row.pk for row in undertakings]
    ruled = Undertaking.objects.filter(
        pk__in=keys,
        pledge__targets__role=TargetRole.PRIMARY,
        pledge__targets__indicator__isnull=False,
    )
    rows = list(ruled.select_related("party").distinct())
    awaiting = set()
    for part in evaluate_parts(rows, as_of=AFTER_ALL, known_on=AFTER_ALL):
        has_figures = not part.rows[0].is_milestone
        if has_figures and part.primary.finding.reason == Reason.AWAITING_DATA:
            awaiting.add(part.undertaking.pk)
    return awaiting
