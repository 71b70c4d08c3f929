"""Deadlines: what is still ahead, what has passed, and what names no last day."""

from django.db.models import Count, Q

from commitments.models import Pledge
from commitments.models.pledges import PledgeQuerySet

AHEAD, PASSED, UNDATED = "ahead", "passed", "undated"
WHEN = (AHEAD, PASSED, UNDATED)
NEAREST_FIRST = {
    AHEAD: ("deadline", "slug"),
    PASSED: ("-deadline", "slug"),
    UNDATED: ("deadline_precision", "slug"),
}


def list_due(when, *, on):
    """Return the pledges whose last day is ahead on the day `on` (that day itself counts), passed,
    or not named.
    """
    pledges = Pledge.objects.published().filter(_condition(when, on))
    return pledges.order_by(*NEAREST_FIRST[when])


def count_by_when(*, on) -> dict[str, int]:
    """Return how many pledges are due when. One statement."""
    counts = {when: Count("pk", filter=_condition(when, on)) for when in WHEN}
    return Pledge.objects.published().aggregate(**counts)


def _condition(when, on):
    conditions = {
        AHEAD: Q(deadline__gte=on),
        PASSED: PledgeQuerySet.past(on),
        UNDATED: Q(deadline__isnull=True),
    }
    return conditions[when]
