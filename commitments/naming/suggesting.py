"""Parties that a text may mean: what a box of the desk offers while somebody types, and what an
importer suggests for a name that nobody has.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import chain

from django.db.models import Case, IntegerField, QuerySet, Value, When

from commitments.models import Party
from commitments.naming.directory import Directory
from commitments.naming.folding import fold_name, split_name
from commitments.naming.shipped import ShippedParty

# How a party is found by what is typed, the likeliest first: it is called so; its own name or
# another begins so; a name has it inside.
CALLED, OWN_BEGINNING, OWN_INSIDE, OTHER_BEGINNING, OTHER_INSIDE = RANKS = range(5)
# Shorter names are as near to each other as codes are.
SHORTEST_SLIP = 4
LONGEST_SLIP = 100
ALIKE = 0.75
MOST_SUGGESTED = 3
# More than any list of them is read to the end.
MOST_KEPT = 500


def keep_called(parties: QuerySet, text: str) -> QuerySet:
    """Keep the `parties` that `text` finds, the likeliest first. Two statements, and the query.

    First come those called so, then those whose own name begins so or has it inside, then those of
    whose other names one does.
    """
    directory = Directory()
    ranks = _rank_parties(directory, text)
    best_first = sorted(ranks, key=ranks.get)
    best = best_first[:MOST_KEPT]
    places = []
    for rank in RANKS:
        keys = [pk for pk in best if ranks[pk] == rank]
        place = When(pk__in=keys, then=Value(rank))
        places.append(place)
    place = Case(*places, default=Value(OTHER_INSIDE), output_field=IntegerField())
    parties = parties.filter(pk__in=best)
    return parties.order_by(place, "name", "pk")


def _rank_parties(directory, text):
    """Return the ranks of the parties on record that `text` finds {by their keys}."""
    ranks = {}
    # A code is offered in any case, because whoever types chooses from what is offered.
    for spelling in (text, text.upper()):
        match = directory.find(spelling)
        for party in match.parties:
            ranks[party.pk] = CALLED
    typed = fold_name(text)
    for key, calls in _list_all_calls(directory):
        if typed not in key:
            continue
        begins = key.startswith(typed)
        for call in calls:
            party = call.party
            if isinstance(party, Party):
                rank = _rank_call(call, begins=begins)
                earlier = ranks.get(party.pk, rank)
                ranks[party.pk] = min(rank, earlier)
    return ranks


def _rank_call(call, *, begins):
    """Return the rank of a party that is found by this name."""
    if call.name == call.party.name:
        return OWN_BEGINNING if begins else OWN_INSIDE
    return OTHER_BEGINNING if begins else OTHER_INSIDE


def suggest_parties(directory: Directory, text: str) -> list[Party | ShippedParty]:
    """Return up to three parties that a text which is no name may mean, the likeliest first.

    They have a name that begins so; or else one of the same words; or else one that is spelled much
    like it. Codes are never compared: JPN and PRN are as near to each other as any two.
    """
    for step in (_list_beginning, _list_with_words, _list_spelled_alike):
        suggested = {}
        for call in step(directory, text):
            party = call.party
            suggested.setdefault(party.slug, party)
        parties = list(suggested.values())
        if parties:
            return parties[:MOST_SUGGESTED]
    return []


def write_advice(directory: Directory, text: str) -> str:
    """Return what to do about a name of no party on record, in a sentence."""
    shipped = directory.find(text).only
    if shipped:
        return f"“{text}” is {shipped}, which is not in this record: enter it first."
    parties = suggest_parties(directory, text)
    if not parties:
        return "Enter it first."
    names = ", ".join(_describe(party) for party in parties)
    return f"Names that are near: {names}."


def _describe(party):
    if isinstance(party, Party):
        return f"{party.name} ({party.slug})"
    return f"{party}, which is not in this record"


def _list_all_calls(directory):
    """Return the calls by key, those of names on record first."""
    recorded = directory.calls_by_key.items()
    shipped = directory.shipped_calls_by_key.items()
    return chain(recorded, shipped)


def _list_beginning(directory, text) -> Iterator:
    typed = fold_name(text)
    is_long = len(typed) >= SHORTEST_SLIP
    for key, calls in _list_all_calls(directory):
        if is_long and key.startswith(typed):
            yield from calls


def _list_with_words(directory, text) -> Iterator:
    """Yield the calls whose words all stand in the text, or the other way round."""
    typed = _list_long_words(text)
    for _key, calls in _list_all_calls(directory):
        for call in calls:
            words = _list_long_words(call.name)
            common = words & typed
            if common and common in (words, typed):
                yield call


def _list_long_words(text):
    words = split_name(text)
    return {word for word in words if len(word) >= SHORTEST_SLIP}


def _list_spelled_alike(directory, text) -> Iterator:
    # Comparing very long texts takes very long.
    typed = fold_name(text[:LONGEST_SLIP])
    if len(typed) < SHORTEST_SLIP:
        return
    calls_by_key = {}
    for key, calls in _list_all_calls(directory):
        if len(key) >= SHORTEST_SLIP:
            calls_by_key.setdefault(key, calls)
    near = get_close_matches(
        typed,
        calls_by_key,
        n=MOST_SUGGESTED,
        cutoff=ALIKE,
    )
    for key in near:
        yield from calls_by_key[key]
