"""What a pledge grew from and what became of it: the whole line, over several summits."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects

from commitments.models import Pledge, PledgeLink

# So many statements at most; nearly every line is read in one.
LEVELS = 6
# So many pledges beside the page's own; what lies beyond is found from theirs.
MOST = 20


@dataclass
class LineageStep:
    """A pledge of the line, and the links by which it bears on earlier ones. `place`: 0 here, below
    it before.
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


def lineage(pledge, *, as_of: date | None = None) -> Lineage:
    """Follow the links of `pledge` back to the first pledges and on to the last, a level a
    statement.

    What else came of its forerunners is no part of its line. Links, pledges and verdicts by the day
    `as_of` only; one more statement reads the verdicts. A circle, which no curator can publish,
    would end where it began.
    """
    steps, before, after, goes_on = (
        {pledge.pk: LineageStep(pledge, 0)},
        {pledge.pk},
        {pledge.pk},
        False,
    )
    for level in range(1, LEVELS + 1):
        rows = level_of(before, after).as_of(as_of)[: MOST + 1]
        ends = [
            (link, link.to_pledge, -level, link.begins_before)
            for link in rows
            if link.from_pledge_id in before
        ]
        ends += [
            (link, link.from_pledge, level, link.goes_on_after)
            for link in rows
            if link.to_pledge_id in after
        ]
        before, after = set(), set()
        for link, end, place, leads_on in ends:
            if end.pk not in steps and len(steps) > MOST:
                goes_on = True
                continue
            if end.pk not in steps:
                steps[end.pk] = LineageStep(end, place)
                if leads_on:
                    (before if place < 0 else after).add(end.pk)
            own = steps[link.from_pledge_id].links
            own += [] if link in own else [link]
        if not before and not after:
            break
    others = [step.pledge for step in steps.values() if not step.is_here]
    prefetch_related_objects(others, Pledge.objects.published().as_of(as_of).listed_undertakings())
    line = sorted(
        steps.values(), key=lambda step: (step.pledge.made_on, step.place, step.pledge.pk)
    )
    return Lineage(line, goes_on or bool(before or after))


def level_of(before, after):
    """Return the public links that lead back from the pledges `before` and on from those `after`.

    Each says whether its ends have links further on, so that no statement is spent on finding none.
    """
    links = PledgeLink.objects.published()
    rows = links.filter(Q(from_pledge__in=before) | Q(to_pledge__in=after))
    rows = rows.select_related("from_pledge__summit", "to_pledge__summit").annotate(
        begins_before=Exists(links.filter(from_pledge=OuterRef("to_pledge"))),
        goes_on_after=Exists(links.filter(to_pledge=OuterRef("from_pledge"))),
    )
    return rows.order_by("to_pledge__made_on", "from_pledge__made_on", "pk")
