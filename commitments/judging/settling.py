"""By which links a verdict of ours under one pledge holds for the same party's part in another."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Q

from commitments.models import Assessment, LinkKind, PledgeLink


class Settling(NamedTuple):
    """Between which pledges of a link a verdict on one holds for the other."""

    later_for_earlier: bool
    earlier_for_later: bool


# The first of these kinds decides. No other does: what is stronger, weaker, due later or only a
# step towards it may be kept where the other pledge is not.
SETTLING = {
    LinkKind.REAFFIRMS: Settling(later_for_earlier=True, earlier_for_later=True),
    LinkKind.QUANTIFIES: Settling(later_for_earlier=True, earlier_for_later=False),
    LinkKind.SUPERSEDES: Settling(later_for_earlier=True, earlier_for_later=False),
    LinkKind.PART_OF: Settling(later_for_earlier=False, earlier_for_later=True),
}
RANKS = {kind: rank for rank, kind in enumerate(SETTLING)}


class Candidate(NamedTuple):
    """A pledge whose verdicts hold for another. When sorted, the one that decides comes first."""

    rank: int
    newest_first: int
    pledge: int


def find_settling_parts(undertakings) -> dict[int, int]:
    """Return {key: key of the same party's part, judged by us, that settles it}. Two statements."""
    candidates = _rank_linked_pledges({row.pledge_id for row in undertakings})
    linked = set()
    for ranked in candidates.values():
        linked.update(ranked)
    if not linked:
        return {}
    verdicts = Assessment.objects.published().filter(undertaking__pledge__in=linked)
    verdicts = verdicts.filter(undertaking__exempt_reason="")
    columns = ("undertaking__pledge", "undertaking__party", "undertaking")
    judged = {}
    for pledge, party, part in verdicts.values_list(*columns):
        judged[pledge, party] = part
    settled = {}
    for row in undertakings:
        for pledge in candidates[row.pledge_id]:
            part = judged.get((pledge, row.party_id))
            if part is not None:
                settled[row.pk] = part
                break
    return settled


def _rank_linked_pledges(pledges) -> dict[int, list[int]]:
    """Return {key of a pledge: pledges whose verdicts hold for it, that which decides first}.

    Of one kind of link, the pledge made last decides. One statement.
    """
    links = find_settling_links(pledges)
    links = links.select_related("from_pledge", "to_pledge").order_by("pk")
    ranked = defaultdict(list)
    for link in links:
        settling = SETTLING[link.kind]
        later = link.from_pledge
        earlier = link.to_pledge
        if settling.later_for_earlier:
            candidate = _rank_candidate(later, link)
            ranked[earlier.pk].append(candidate)
        if settling.earlier_for_later:
            candidate = _rank_candidate(earlier, link)
            ranked[later.pk].append(candidate)
    candidates = defaultdict(list)
    for pledge, rows in ranked.items():
        rows.sort()
        candidates[pledge] = [row.pledge for row in rows]
    return candidates


def _rank_candidate(pledge, link) -> Candidate:
    rank = RANKS[link.kind]
    day = pledge.made_on.toordinal()
    return Candidate(rank, -day, pledge.pk)


def find_settling_links(pledges):
    """Return the public links of `pledges`, either way, by which a verdict may hold for both."""
    either_way = Q(from_pledge__in=pledges) | Q(to_pledge__in=pledges)
    links = PledgeLink.objects.published()
    links = links.filter(either_way)
    return links.filter(kind__in=list(SETTLING))


def choose_settling_link(links, settled, settling):
    """Return the link of `links` by which a verdict on the pledge `settling` holds for the pledge
    `settled`, both keys: the first that decides. None without one.
    """
    deciding = []
    for link in links:
        rule = SETTLING[link.kind]
        later = link.from_pledge_id
        earlier = link.to_pledge_id
        if settled not in (later, earlier):
            continue
        by_later = rule.later_for_earlier and later == settling
        by_earlier = rule.earlier_for_later and earlier == settling
        if by_later or by_earlier:
            deciding.append(link)
    return min(deciding, key=lambda link: RANKS[link.kind], default=None)
