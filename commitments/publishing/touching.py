"""Which other undertakings a change of records touches: why they have no verdict, or when theirs
was last checked, may follow from those records.
"""

from django.db.models import Q

from commitments.models import (
    Assessment,
    Indicator,
    LedgerPayload,
    Pledge,
    PledgeLink,
    Release,
    SearchNote,
    TargetRole,
    Undertaking,
)


def find_affected_parts(batch):
    """Return the undertakings outside the changed records of `batch` that may be affected.

    They are those of linked pledges, those that a release has figures for, and those that a search
    was about. Eight statements at most, however many records changed.
    """
    pledges = {row.pk for row in batch if isinstance(row, Pledge)}
    assessments = [row.pk for row in batch if isinstance(row, Assessment)]
    judged = Undertaking.objects.filter(assessments__in=assessments)
    pledges.update(judged.values_list("pledge", flat=True))
    own = Q(pk__in=[])
    if pledges:
        own |= Q(pledge__in=_find_linked_pledges(pledges))
    slugs = _find_named_slugs(batch)
    if slugs:
        own |= Q(pledge__slug__in=slugs)
    indicators = _find_indicators(batch)
    if indicators:
        targets = Q(
            pledge__targets__indicator__in=indicators,
            pledge__targets__role=TargetRole.PRIMARY,
        )
        own |= targets & Q(shown_status="")
    return Undertaking.objects.filter(own).distinct()


def _find_linked_pledges(pledges) -> set[int]:
    """Return the pledges that `pledges` are linked with, either way. One statement."""
    either_way = Q(from_pledge__in=pledges) | Q(to_pledge__in=pledges)
    links = PledgeLink.objects.filter(either_way)
    linked = set()
    for pair in links.values_list("from_pledge", "to_pledge"):
        linked.update(pair)
    return linked - pledges


def _find_named_slugs(batch) -> set[str]:
    """Return the slugs of pledges that a pledge links to, or a search note is about, in any version
    of it. An amendment may have taken one out, and only the ledger knows that. One statement.
    """
    records = [row for row in batch if isinstance(row, Pledge | SearchNote)]
    slugs = [row.slug for row in records]
    payloads = LedgerPayload.objects.filter(
        entry__record_type__in=["pledge", "searchnote"],
        entry__record_slug__in=slugs,
    )
    pledge_slugs = set()
    if not slugs:
        return pledge_slugs
    for body in payloads.values_list("body", flat=True):
        # These fields are the same in every form.
        links = body.get("links", [])
        pledge_slugs.update(link["to_pledge"] for link in links)
        if "searched_on" in body:
            pledge_slugs.add(body["pledge"])
    return pledge_slugs


def _find_indicators(batch) -> set[int]:
    """Return the keys of the indicators in `batch`, and of those that its releases are of."""
    indicators = set()
    for row in batch:
        if isinstance(row, Indicator):
            indicators.add(row.pk)
        if isinstance(row, Release):
            indicators.add(row.indicator_id)
    return indicators
