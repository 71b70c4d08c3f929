"""Criteria that were written only after the day that is judged by them."""

from collections.abc import Iterator

from commitments.ledger.freshness import find_first_day
from commitments.models import Assessment, Pledge


def criteria_of_a_new_pledge_fixed_afterwards(assessment: Assessment, today) -> Iterator[str]:
    """Of a pledge older than this record nobody could write them before: its page says so."""
    if _is_judged_late(assessment) and is_new(assessment.undertaking.pledge):
        fixed_on = assessment.criteria.fixed_on
        yield (
            f"The criteria were fixed on {fixed_on}, after the day it is judged as of. This record"
            f" was kept when the pledge was made, so judge as of {fixed_on} or later, or by earlier"
            " criteria."
        )


def _is_judged_late(assessment):
    criteria = assessment.criteria
    return criteria is not None and criteria.fixed_on > assessment.as_of


def is_new(pledge: Pledge) -> bool:
    """Whether this record was kept already when the pledge was made."""
    begun_on = find_first_day()
    return begun_on is not None and pledge.made_on >= begun_on
