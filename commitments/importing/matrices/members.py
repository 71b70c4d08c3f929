"""Whose column is whose: members by name, short name, code or a common abbreviation, and those
nobody knows.
"""

from collections import defaultdict
from dataclasses import dataclass

from commitments.importing.matrices.columns import holds_scores
from commitments.importing.matrices.defects import MATRIX, FilePlace
from commitments.importing.matrices.slugs import slug_of
from commitments.importing.matrices.states import ABBREVIATIONS, STATES, UNIONS
from commitments.importing.texts import fold, suggest_names
from commitments.models import Party, PartyKind


@dataclass(frozen=True)
class Member:
    """A column of scores and the party whose it is; None where its scores are left out."""

    column: str
    party: Party | None


def find_members(table, columns, defects, *, named=None) -> list[Member]:
    """Return the members' columns; a party that has no `pk` is still to be made. `named` is
    --party.
    """
    named, directory, taken, members = named or {}, Directory(), {}, []
    for column in columns.others:
        party, codes = (
            (directory.by_slug(named[column], column), [])
            if column in named
            else directory.find(column)
        )
        if party is None and not codes and not holds_scores(table, column):
            sentence = (
                "This is no member known here, and not scores stand in it; no key is called so"
                " either."
            )
            defects.note("unknown-column", FilePlace(MATRIX, 1, column), sentence)
            continue
        if party is None:
            party = _settle(column, codes, directory, defects)
        if party is not None and party.slug in taken:
            sentence = f"“{taken[party.slug]}” and “{column}” are both {party.name}."
            defects.note("duplicate-member", FilePlace(MATRIX, 1, column), sentence)
            party = None
        if party is not None:
            taken[party.slug] = column
        members.append(Member(column, party))
    return members


def find_assessor(name) -> Party | None:
    """Return the party called `name`, an unsaved organisation if there is none; None if several are
    called so.
    """
    directory = Directory()
    party, codes = directory.find(name)
    return None if codes else party or directory.new(name, kind=PartyKind.ORGANISATION)


class Directory:
    """The parties there are, by everything they are called."""

    def __init__(self):
        parties = list(Party.objects.order_by("slug"))
        self.slugs = {party.slug: party for party in parties}
        # Tier by tier: a slug or name goes before a code, which goes before an abbreviation.
        self.tiers = [
            _index(
                parties, lambda party: [party.slug, party.name, party.name_ja, party.short_name]
            ),
            _index(parties, lambda party: [party.iso_code]),
        ]
        self.names = [
            *STATES.values(),
            *(name for _slug, name, _others in UNIONS),
            *(party.name for party in parties),
        ]

    def find(self, name) -> tuple[Party | None, list[str]]:
        """Return the party meant by `name`, or None and the slugs of those it may mean if they are
        several.
        """
        for tier in self.tiers:
            found = tier.get(fold(name), []) or tier.get(_spelt_out(name), [])
            if len(found) == 1:
                return found[0], []
            if found:
                return None, [party.slug for party in found]
        return self._usual(_spelt_out(name)), []

    def by_slug(self, slug, name) -> Party:
        return self.slugs.get(slug) or Party(slug=slug, name=name.strip(), kind=PartyKind.STATE)

    def new(self, name, *, kind=PartyKind.STATE) -> Party:
        return Party(slug=slug_of(name[:100], default="party"), name=name.strip(), kind=kind)

    def _usual(self, spelt_out):
        """Return the state or union that is called so, as it is on record or as it would be
        entered.
        """
        for iso, name in STATES.items():
            if (
                spelt_out in (iso.casefold(), _spelt_out(name))
                or ABBREVIATIONS.get(spelt_out) == iso
            ):
                return self._on_record(name, iso) or Party(
                    slug=slug_of(name), name=name, iso_code=iso, kind=PartyKind.STATE
                )
        for slug, name, others in UNIONS:
            if spelt_out in (fold(name), *others):
                return self._on_record(name) or Party(slug=slug, name=name, kind=PartyKind.BLOC)
        return None

    def _on_record(self, name, iso=""):
        by_code = self.tiers[1].get(fold(iso), [])
        return (
            by_code
            or [
                *filter(None, [self.slugs.get(slug_of(name))]),
                *self.tiers[0].get(fold(name), []),
                None,
            ]
        )[0]


def _spelt_out(name):
    """Return a header as a name: “U.K.” as uk, “saudi_arabia” as saudi arabia."""
    return fold(name.replace(".", "").replace("_", " "))


def _index(parties, names):
    index = defaultdict(list)
    for party in parties:
        for name in {fold(name) for name in names(party) if name}:
            index[name].append(party)
    return index


def _settle(column, codes, directory, defects):
    """Note that nobody knows the member in `column`, and return the party to make for it, if one
    is.
    """
    place = FilePlace(MATRIX, 1, column)
    if codes:
        sentence = (
            f"Several parties are called so: {', '.join(codes)}. Say which by --party"
            f" “{column}”=SLUG."
        )
        defects.note("ambiguous-member", place, sentence, nearest=codes)
        return None
    party, near = directory.new(column), suggest_names(column, directory.names)
    meant = (
        f"Near names: {', '.join(near)}. Say who it is by --party." if near else "No name is near."
    )
    careful = defects.policies["unknown-member"] == "make-unless-near"
    makes = defects.policies["unknown-member"] == "make" or (careful and not near)
    done = (
        f"made as the new party {party.slug}, a state" if makes else "left out, as it may be a slip"
    )
    sentence = f"No party is called so. {meant}"
    policy = defects.note("unknown-member", place, sentence, done=done, nearest=near)
    if policy == "refuse" or not makes:
        return None
    return directory.slugs.get(party.slug) or party
