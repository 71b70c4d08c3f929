"""The directory: which party is called this?"""

from collections import defaultdict
from datetime import date
from functools import cache, cached_property
from typing import NamedTuple

from commitments.models import Party, PartyName
from commitments.naming.folding import make_keys
from commitments.naming.shipped import (
    CODE,
    ShippedParty,
    find_shipped,
    index_codes,
    load_shipped_names,
    load_shipped_parties,
)


class Call(NamedTuple):
    """A party and one of its names or codes, with the time for which it is called so."""

    party: Party | ShippedParty
    name: str
    starts_on: date | None = None
    ends_on: date | None = None

    def holds(self, on):
        """Whether the party was called so on a day; without a day, whether it still is."""
        if on is None:
            return self.ends_on is None
        if self.starts_on and on < self.starts_on:
            return False
        return self.ends_on is None or on <= self.ends_on


class Match(NamedTuple):
    """The parties that a text may mean: those on record, and those that only the files know."""

    parties: list[Party]
    unrecorded: list[ShippedParty]

    @property
    def candidates(self) -> list[Party | ShippedParty]:
        return [*self.parties, *self.unrecorded]

    @property
    def only(self) -> Party | ShippedParty | None:
        """The party that is meant; None if there are none or several."""
        candidates = self.candidates
        if len(candidates) != 1:
            return None
        return candidates[0]


class Directory:
    """The parties on record by all their names and codes, and behind them those of the files.

    Loading it takes two statements.
    """

    def __init__(self):
        self.by_slug = {}
        self.by_iso_code = {}
        self.calls_by_code = defaultdict(list)
        self.calls_by_key = defaultdict(list)
        by_pk = {}
        for party in Party.objects.order_by("slug"):
            by_pk[party.pk] = party
            self._add_party(party)
        for row in PartyName.objects.order_by("pk"):
            party = by_pk[row.party_id]
            call = Call(party, row.name, row.starts_on, row.ends_on)
            if row.kind == CODE:
                self.calls_by_code[row.name].append(call)
            else:
                _index_call(call, self.calls_by_key)

    def _add_party(self, party):
        """Add a party with what stands in its own columns, which holds for its own time."""
        self.by_slug[party.slug] = party
        if party.iso_code:
            self.by_iso_code[party.iso_code] = party
        for code in list_codes(party):
            call = Call(party, code)
            self.calls_by_code[code].append(call)
        for name in (party.name, party.short_name, party.name_ja):
            call = Call(party, name, party.starts_on, party.ends_on)
            _index_call(call, self.calls_by_key)

    def find(self, text, *, on=None) -> Match:
        """Return who is called `text`: a slug, a code in capital letters, or any name.

        With a day, names count for their time alone. Without one all count, but where several
        parties are called so, those that still are go before those that were. The names of the
        files count where no party on record is called so.
        """
        text = text.strip()
        if text in self.by_slug:
            party = self.by_slug[text]
            return Match([party], [])
        calls = self._list_codes(text)
        calls += _list_calls(text, self.calls_by_key)
        match = _choose(calls, on)
        if match.candidates:
            return match
        shipped_calls = _list_calls(text, self.shipped_calls_by_key)
        return _choose(shipped_calls, on)

    def _list_codes(self, text):
        calls = self.calls_by_code.get(text)
        if calls:
            return list(calls)
        shipped = index_codes().get(text)
        if shipped is None:
            return []
        party = self.settle(shipped)
        return [Call(party, text)]

    @cached_property
    def shipped_calls_by_key(self):
        """The names of the files, each with the party on record if there is one."""
        parties = {}
        for slug, shipped in load_shipped_parties().items():
            parties[slug] = self.settle(shipped)
        calls_by_key = defaultdict(list)
        for key, calls in _index_shipped_names().items():
            for call in calls:
                party = parties[call.party.slug]
                settled = call._replace(party=party)
                calls_by_key[key].append(settled)
        return calls_by_key

    def settle(self, shipped) -> Party | ShippedParty:
        """Return the party on record that is the one of the file, by its code, slug or name."""
        if shipped.iso_code in self.by_iso_code:
            return self.by_iso_code[shipped.iso_code]
        party = self.by_slug.get(shipped.slug)
        if party is None:
            calls = _list_calls(shipped.name, self.calls_by_key)
            party = _choose(calls, None).only
        # With another code it is another place.
        if party is None or party.iso_code:
            return shipped
        return party


def list_codes(party) -> list[str]:
    """Return the codes of ISO 3166-1 of a party on record: three letters, and two."""
    if not party.iso_code:
        return []
    codes = [party.iso_code]
    shipped = find_shipped(party)
    if shipped:
        codes.append(shipped.alpha_2)
    return codes


def _index_call(call, calls_by_key):
    for key in make_keys(call.name):
        calls_by_key[key].append(call)


def _list_calls(text, calls_by_key):
    calls = []
    keys = make_keys(text)
    for key in sorted(keys):
        calls += calls_by_key.get(key, ())
    return calls


def _choose(calls, on):
    """Return the `Match` of `calls`, which are all of one text."""
    holding = [call for call in calls if call.holds(on)]
    if on is None and not holding:
        holding = calls
    match = Match([], [])
    for call in holding:
        party = call.party
        if party in match.candidates:
            continue
        if isinstance(party, Party):
            match.parties.append(party)
        else:
            match.unrecorded.append(party)
    return match


@cache
def _index_shipped_names():
    """Return the calls of all parties of the files {by key}, without their codes."""
    calls_by_key = defaultdict(list)
    names_by_slug = load_shipped_names()
    for slug, party in load_shipped_parties().items():
        for own_name in (party.name, party.name_ja):
            call = Call(party, own_name)
            _index_call(call, calls_by_key)
        for name in names_by_slug.get(slug, ()):
            call = Call(party, name.name, name.starts_on, name.ends_on)
            if name.kind != CODE:
                _index_call(call, calls_by_key)
    return dict(calls_by_key)
