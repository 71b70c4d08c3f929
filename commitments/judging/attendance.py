"""What follows from who, where and when: office, party, role and series.

The desk and the importers fill these in. Where two answers fit, nobody is guessed at.
"""

from datetime import date
from typing import NamedTuple

from commitments.models import Leader, Party, Role, Summit, SummitSeries, Tenure


class Office(NamedTuple):
    """The office that fits, or the question to ask beside `field`; neither if none fits."""

    tenure: Tenure | None = None
    field: str = ""
    question: str = ""


def find_offices(leader: Leader, first: date, last: date, *, party=None) -> list[Tenure]:
    """Return the offices that `leader` may have held from `first` to `last`."""
    offices = Tenure.objects.filter(leader=leader).on_any_day(first, last)
    if party is not None:
        offices = offices.filter(party=party)
    return list(offices.select_related("party").order_by("starts_on", "pk"))


def choose_office(leader: Leader, first: date, last: date, *, party=None) -> Office:
    """Return the office of `leader` on these days; with `party`, the one held for that party."""
    offices = find_offices(leader, first, last, party=party)
    if len(offices) == 1:
        return Office(offices[0])
    if not offices:
        return Office()
    parties = {tenure.party for tenure in offices}
    if len(parties) > 1:
        names = _join(sorted(row.name for row in parties))
        return Office(field="party", question=f"{leader} held offices for {names}. Choose one.")
    names = _join([f"“{tenure.office}”" for tenure in offices])
    return Office(field="tenure", question=f"{leader} held {names} on these days. Choose one.")


def choose_role(party: Party, summit: Summit) -> Role:
    """Return host for the party whose country it is, and participant for any other."""
    if summit.country_id is not None and summit.country_id == party.pk:
        return Role.HOST
    return Role.PARTICIPANT


def find_series(summit: Summit) -> SummitSeries | None:
    """Return the one series that had earlier summits of the same parties and kind."""
    parties = _load_parties(summit)
    if not parties:
        return None
    earlier = Summit.objects.filter(kind=summit.kind, starts_on__lt=summit.starts_on)
    earlier = earlier.filter(series__isnull=False).exclude(pk=summit.pk)
    earlier = earlier.filter(participations__party=min(parties)).distinct()
    matching = set()
    for row in earlier.select_related("series").prefetch_related("participations"):
        if {participation.party_id for participation in row.participations.all()} == parties:
            matching.add(row.series)
    if len(matching) == 1:
        return matching.pop()
    return None


def _load_parties(summit):
    return set(summit.participations.values_list("party", flat=True))


def _join(names):
    *before, last = names
    words = ", ".join(before)
    return f"{words} and {last}"
