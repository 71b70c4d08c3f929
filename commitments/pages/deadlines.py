"""Deadlines: what is still ahead, what has passed, and what names no last day."""

from django.db.models import Count, Q

from commitments.models import Pledge

AHEAD, PASSED, UNDATED = "ahead", "passed", "undated"
WHEN = (AHEAD, PASSED, UNDATED)
NEAREST_FIRST = {
    AHEAD: ("deadline", "slug"),
    PASSED: ("-deadline", "slug"),
    UNDATED: ("deadline_precision", "slug"),
}


def list_due(when, *, on):
    """Return the pledges due `when`, seen from the day `on`; that day itself is still ahead."""
    condition = _build_condition(when, on)
    pledges = Pledge.objects.published().filter(condition)
    order = NEAREST_FIRST[when]
    return pledges.order_by(*order)


def count_by_when(*, on) -> dict[str, int]:
    """Return {when: number of pledges}. One statement."""
    counts = {}
    for when in WHEN:
        condition = _build_condition(when, on)
        counts[when] = Count("pk", filter=condition)
    return Pledge.objects.published().aggregate(**counts)


def _build_condition(when, on):
    if when == AHEAD:
        return Q(deadline__gte=on)
    if when == PASSED:
        return Q(deadline__lt=on)
    return Q(deadline__isnull=True)
