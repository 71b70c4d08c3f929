"""Find the member of each column by name, short name, code or a common abbreviation."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from commitments.importing.matrices.columns import holds_scores
from commitments.importing.matrices.defects import MATRIX, FilePlace
from commitments.importing.matrices.slugs import slug_of
from commitments.importing.matrices.states import ABBREVIATIONS, STATES, UNIONS
from commitments.importing.texts import fold, suggest_names
from commitments.models import Party, PartyKind

NAME_FIELDS = ("slug", "name", "name_ja", "short_name")
USUAL_NAMES = [*STATES.values(), *(union.name for union in UNIONS)]


@dataclass(frozen=True)
class Member:
    """A column of scores and the party it belongs to; None where its scores are left out."""

    column: str
    party: Party | None


def find_members(table, columns, defects, *, party_by_column=None) -> list[Member]:
    """Return the members of a matrix; a party without a `pk` must still be made.

    `party_by_column` gives the slugs of --party.
    """
    party_by_column = party_by_column or {}
    directory = Directory()
    columns_by_slug, members = {}, []
    for column in columns.without_key:
        place = FilePlace(MATRIX, 1, column)
        if column in party_by_column:
            match = Match(directory.find_or_build(party_by_column[column], column))
        else:
            match = directory.find(column)
        party = match.party
        if not party and not match.candidates and not holds_scores(table, column):
            sentence = (
                "This is no member known here, and not scores stand in it; no key is called so"
                " either."
            )
            defects.note("unknown-column", place, sentence)
            continue
        if not party:
            party = _settle_unknown(column, match.candidates, directory, defects)
        if party:
            first_column = columns_by_slug.setdefault(party.slug, column)
            if first_column != column:
                sentence = f"“{first_column}” and “{column}” are both {party.name}."
                defects.note("duplicate-member", place, sentence)
                party = None
        members.append(Member(column, party))
    return members


def find_assessor(name) -> Party | None:
    """Return the party called `name`, or a new organisation; None if several are called so."""
    directory = Directory()
    match = directory.find(name)
    if match.candidates:
        return None
    return match.party or build_party(name, kind=PartyKind.ORGANISATION)


def build_party(name, *, kind=PartyKind.STATE) -> Party:
    start = name[:100]
    slug = slug_of(start, default="party")
    return Party(slug=slug, name=name.strip(), kind=kind)


class Match(NamedTuple):
    """The party that a name means, or the slugs of those it may mean if they are several."""

    party: Party | None
    candidates: Sequence[str] = ()


class Directory:
    """The parties on record by all their names, and the states and unions that may be made."""

    def __init__(self):
        self.by_slug = {}
        # What else a name may be a slip for.
        self.names = list(USUAL_NAMES)
        parties = list(Party.objects.order_by("slug"))
        for party in parties:
            self.by_slug[party.slug] = party
            self.names.append(party.name)
        self.by_name = _index_parties(parties, NAME_FIELDS)
        self.by_code = _index_parties(parties, ["iso_code"])

    def find(self, name) -> Match:
        """Look for a slug or name first, then for a code, then for a usual name or abbreviation."""
        folded = fold(name)
        plain = _strip_marks(name)
        for index in (self.by_name, self.by_code):
            parties = index.get(folded) or index.get(plain, [])
            if len(parties) > 1:
                slugs = [party.slug for party in parties]
                return Match(None, slugs)
            if parties:
                return Match(parties[0])
        state = self._find_state(plain)
        return Match(state or self._find_union(plain))

    def find_or_build(self, slug, name) -> Party:
        if slug in self.by_slug:
            return self.by_slug[slug]
        return Party(slug=slug, name=name.strip(), kind=PartyKind.STATE)

    def _find_state(self, plain_name):
        """Return the state on record that is usually called so, or a new one; None for no state."""
        iso = ISO_BY_NAME.get(plain_name)
        if iso is None:
            return None
        name = STATES[iso]
        party = self._find_recorded(name, iso)
        if party:
            return party
        slug = slug_of(name)
        return Party(slug=slug, name=name, iso_code=iso, kind=PartyKind.STATE)

    def _find_union(self, plain_name):
        """Return the union on record that is usually called so, or a new one; None for no union."""
        for union in UNIONS:
            name = union.name
            names = {fold(name), *union.abbreviations}
            if plain_name in names:
                party = self._find_recorded(name)
                return party or Party(slug=union.slug, name=name, kind=PartyKind.BLOC)
        return None

    def _find_recorded(self, name, iso=""):
        """Return the first party on record with this code, slug or name, or None."""
        by_code = self.by_code.get(fold(iso))
        if by_code:
            return by_code[0]
        slug = slug_of(name)
        if slug in self.by_slug:
            return self.by_slug[slug]
        by_name = self.by_name.get(fold(name))
        if by_name:
            return by_name[0]
        return None


def _strip_marks(name):
    """Return a header as a folded name: “U.K.” as uk, “saudi_arabia” as saudi arabia."""
    without_points = name.replace(".", "")
    return fold(without_points.replace("_", " "))


def _index_states():
    """Return the ISO codes of states {by folded name, code or abbreviation}."""
    index = dict(ABBREVIATIONS)
    for iso, name in STATES.items():
        index[iso.casefold()] = iso
        index[_strip_marks(name)] = iso
    return index


ISO_BY_NAME = _index_states()


def _index_parties(parties, fields):
    """Return lists of parties {by the folded texts of their `fields`}."""
    index = defaultdict(list)
    for party in parties:
        texts = [getattr(party, field) for field in fields]
        for text in {fold(text) for text in texts if text}:
            index[text].append(party)
    return index


def _settle_unknown(column, candidates, directory, defects):
    """Note that no single party is called like `column`; return the one to make, or None."""
    place = FilePlace(MATRIX, 1, column)
    if candidates:
        slugs = ", ".join(candidates)
        sentence = f"Several parties are called so: {slugs}. Say which by --party “{column}”=SLUG."
        defects.note("ambiguous-member", place, sentence, nearest=candidates)
        return None
    party = build_party(column)
    near = suggest_names(column, directory.names)
    advice = "No name is near."
    if near:
        advice = f"Near names: {', '.join(near)}. Say who it is by --party."
    policy = defects.policies["unknown-member"]
    unlike_any = policy == "make-unless-near" and not near
    makes = policy == "make" or unlike_any
    done = "left out, as it may be a slip"
    if makes:
        done = f"made as the new party {party.slug}, a state"
    sentence = f"No party is called so. {advice}"
    defects.note("unknown-member", place, sentence, done=done, nearest=near)
    if not makes:
        return None
    return directory.by_slug.get(party.slug) or party
