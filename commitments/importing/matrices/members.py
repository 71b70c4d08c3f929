"""Find the member of each column by name, short name, code or a common abbreviation."""

from dataclasses import dataclass

from commitments.importing.defects import FilePlace
from commitments.importing.file_kinds import holds_scores
from commitments.importing.matrices.defects import MATRIX
from commitments.importing.matrices.slugs import slug_of
from commitments.models import Party, PartyKind
from commitments.naming.directory import Directory, Match
from commitments.naming.shipped import ShippedParty
from commitments.naming.suggesting import suggest_parties

CODE_LENGTH = 3


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
            candidates = [find_or_build(directory, party_by_column[column], column)]
        else:
            candidates = find_party(directory, column).candidates
        if not candidates and not holds_scores(table, column):
            sentence = (
                "This is no member known here, and not scores stand in it; no key is called so"
                " either."
            )
            defects.note("unknown-column", place, sentence)
            continue
        party = _settle(column, candidates, directory, defects)
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
    candidates = find_party(Directory(), name).candidates
    if len(candidates) > 1:
        return None
    if candidates:
        return make_party(candidates[0])
    return build_party(name, kind=PartyKind.ORGANISATION)


def build_party(name, *, kind=PartyKind.STATE) -> Party:
    start = name[:100]
    slug = slug_of(start, default="party")
    return Party(slug=slug, name=name.strip(), kind=kind)


def find_party(directory, name) -> Match:
    """Return who is called `name` in a header, such as “saudi_arabia”, “uk” or “jpn”."""
    match = directory.find(name)
    if match.candidates or len(name) != CODE_LENGTH:
        return match
    # Files of figures have codes in capitals; headers of matrices often have them in small letters.
    return directory.find(name.upper())


def find_or_build(directory, slug, name) -> Party:
    party = directory.by_slug.get(slug)
    return party or Party(slug=slug, name=name.strip(), kind=PartyKind.STATE)


def make_party(party: Party | ShippedParty) -> Party:
    """Return the party itself; one that is not on record is to be made as it is shipped."""
    if isinstance(party, Party):
        return party
    return Party(
        slug=party.slug,
        name=party.name,
        name_ja=party.name_ja,
        kind=party.kind,
        iso_code=party.iso_code,
    )


def _settle(column, candidates, directory, defects):
    """Return the party of the column; note it where no single one is called so."""
    if len(candidates) == 1:
        return make_party(candidates[0])
    place = FilePlace(MATRIX, 1, column)
    if candidates:
        slugs = [party.slug for party in candidates]
        sentence = (
            f"Several parties are called so: {', '.join(slugs)}. Say which by --party"
            f" “{column}”=SLUG."
        )
        defects.note("ambiguous-member", place, sentence, nearest=slugs)
        return None
    party = build_party(column)
    near = [party.name for party in suggest_parties(directory, column)]
    advice = "No name is near."
    if near:
        advice = f"Near names: {', '.join(near)}. Say who it is by --party."
    policy = defects.policies["unknown-member"]
    unlike_any = policy == "make-unless-near" and not near
    makes = policy == "make" or unlike_any
    if makes:
        return directory.by_slug.get(party.slug) or party
    sentence = f"No party is called so. {advice}"
    done = "left out, as it may be a slip"
    defects.note("unknown-member", place, sentence, done=done, nearest=near)
    return None
