"""What follows from who, where and when: office, party, role and series.

The desk fills these in. Where two answers fit, nobody is guessed at.
"""

from datetime import date
from typing import NamedTuple

from commitments.models import Leader, Party, Role, Summit, SummitSeries, Tenure


class Office(NamedTuple):
    """The office that fits and its party, or the question to ask beside `field`.

    Of two offices for one party the party is known. None fits: all is empty.
    """

    tenure: Tenure | None = None
    party: Party | None = None
    field: str = ""
    question: str = ""


def find_offices(leader: Leader, first: date, last: date, *, party=None) -> list[Tenure]:
    """Return the offices that `leader` may have held from `first` to `last`."""
    offices = Tenure.objects.filter(leader=leader)
    offices = offices.on_any_day(first, last)
    if party is not None:
        offices = offices.filter(party=party)
    offices = offices.select_related("party")
    return list(offices.order_by("starts_on", "pk"))


def choose_office(leader: Leader, first: date, last: date, *, party=None) -> Office:
    """Return the office of `leader` on these days; with `party`, the one held for that party."""
    offices = find_offices(leader, first, last, party=party)
    if not offices:
        return Office()
    tenure, *more = offices
    if not more:
        return Office(tenure, tenure.party)
    parties = {row.party for row in offices}
    if len(parties) > 1:
        names = [row.name for row in parties]
        words = _join(sorted(names))
        question = f"{leader} held offices for {words}. Choose one."
        return Office(field="party", question=question)
    names = [f"“{row.office}”" for row in offices]
    words = _join(names)
    question = f"{leader} held {words} on these days. Choose one."
    return Office(
        party=tenure.party,
        field="tenure",
        question=question,
    )


def choose_role(party: Party, summit: Summit) -> Role:
    """Return host for the party whose country it is, and participant for any other."""
    if summit.country_id == party.pk:
        return Role.HOST
    return Role.PARTICIPANT


def find_series(summit: Summit) -> SummitSeries | None:
    """Return the one series that had earlier summits of the same parties and kind."""
    parties = _load_parties(summit)
    if not parties:
        return None
    some_party = min(parties)
    earlier = Summit.objects.filter(
        kind=summit.kind,
        series__isnull=False,
        starts_on__lt=summit.starts_on,
        participations__party=some_party,
    )
    earlier = earlier.exclude(pk=summit.pk)
    earlier = earlier.select_related("series")
    matching = set()
    for row in earlier.prefetch_related("participations").distinct():
        if _list_parties(row) == parties:
            matching.add(row.series)
    if len(matching) == 1:
        return matching.pop()
    return None


def _load_parties(summit):
    parties = summit.participations.values_list("party", flat=True)
    return set(parties)


def _list_parties(summit):
    """Return the same from participations that are loaded."""
    rows = summit.participations.all()
    return {row.party_id for row in rows}


def _join(names):
    *before, last = names
    words = ", ".join(before)
    return f"{words} and {last}"
