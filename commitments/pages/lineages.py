"""What a pledge grew from and what became of it: the whole line, over several summits."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects

from commitments.models import Pledge, PledgeLink

# A level is read in one statement. Nearly every line has few.
LEVELS = 6
# Of pledges other than the page's own. What lies beyond is found from their pages.
MOST = 20


@dataclass
class LineageStep:
    """A pledge of the line, and its links to earlier ones. `place` counts links from the pledge of
    the page: 0 is that pledge, a negative place is before it.
    """

    pledge: Pledge
    place: int
    links: list[PledgeLink] = field(default_factory=list)

    @property
    def is_here(self) -> bool:
        return self.place == 0


@dataclass
class Lineage:
    """The steps, the oldest first; `goes_on` says that there are more than are shown."""

    steps: list[LineageStep]
    goes_on: bool


class LinkEnd(NamedTuple):
    """The pledge that a link leads to, its place, and whether it has links further on."""

    link: PledgeLink
    pledge: Pledge
    place: int
    leads_on: bool


def lineage(pledge, *, as_of: date | None = None) -> Lineage:
    """Follow the links of `pledge` back to the first pledges and on to the last.

    It does not follow what else came of its forerunners. With `as_of`, links, pledges and verdicts
    are those by that day. One statement a level, and one for the verdicts. A circle, which no
    curator can publish, would end where it began.
    """
    steps = {pledge.pk: LineageStep(pledge, 0)}
    before = {pledge.pk}
    after = {pledge.pk}
    goes_on = False
    for level in range(1, LEVELS + 1):
        links = find_links(before, after).as_of(as_of)
        ends = list_ends(links[: MOST + 1], before, after, level=level)
        before = set()
        after = set()
        for end in ends:
            key = end.pledge.pk
            if key not in steps:
                if len(steps) > MOST:
                    goes_on = True
                    continue
                steps[key] = LineageStep(end.pledge, end.place)
                if end.leads_on:
                    further = before if end.place < 0 else after
                    further.add(key)
            # A link belongs to the later of its two pledges.
            links_of_step = steps[end.link.from_pledge_id].links
            if end.link not in links_of_step:
                links_of_step.append(end.link)
        if not before and not after:
            break
    relatives = [step.pledge for step in steps.values() if not step.is_here]
    parts = Pledge.objects.published().as_of(as_of).listed_undertakings()
    prefetch_related_objects(relatives, parts)
    line = sorted(steps.values(), key=_date_step)
    return Lineage(line, goes_on or bool(before or after))


def _date_step(step):
    pledge = step.pledge
    return pledge.made_on, step.place, pledge.pk


def list_ends(links, before, after, *, level):
    """Return the ends of `links`: back from the pledges `before`, and on from those `after`."""
    ends = []
    for link in links:
        if link.from_pledge_id in before:
            end = LinkEnd(link, link.to_pledge, -level, link.begins_before)
            ends.append(end)
    for link in links:
        if link.to_pledge_id in after:
            end = LinkEnd(link, link.from_pledge, level, link.goes_on_after)
            ends.append(end)
    return ends


def find_links(before, after):
    """Return the public links that lead back from the pledges `before` and on from those `after`.

    They say whether their ends have links further on, so that no statement is spent to find none.
    """
    links = PledgeLink.objects.published()
    earlier = links.filter(from_pledge=OuterRef("to_pledge"))
    later = links.filter(to_pledge=OuterRef("from_pledge"))
    return (
        links.filter(Q(from_pledge__in=before) | Q(to_pledge__in=after))
        .select_related("from_pledge__summit", "to_pledge__summit")
        .annotate(
            begins_before=Exists(earlier),
            goes_on_after=Exists(later),
        )
        .order_by("to_pledge__made_on", "from_pledge__made_on", "pk")
    )
