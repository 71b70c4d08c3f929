"""The parties and names that are shipped with the program, read from two files.

`python -m tools.names` makes the files; docs/names.md says from which sources.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
# What stands in the headings of tables and is no name: “Saudi”, “European Commission” for the EU.
HEADING = "heading"
CODE = "code"
PLACES = ("state", "economy")


@dataclass(frozen=True)
class ShippedParty:
    """A party of the file: an area with a code of ISO 3166-1, or a usual body without one."""

    slug: str
    name: str
    name_ja: str
    kind: str
    iso_code: str
    alpha_2: str
    un_member: str

    def __str__(self):
        if self.iso_code:
            return f"{self.name} ({self.iso_code})"
        return self.name


@dataclass(frozen=True)
class ShippedName:
    """A name of a party, with the fields that a `PartyName` has."""

    name: str
    language: str
    kind: str
    starts_on: date | None = None
    starts_on_precision: str = "none"
    ends_on: date | None = None
    ends_on_precision: str = "none"


@cache
def load_shipped_parties() -> dict[str, ShippedParty]:
    """Return the parties by slug."""
    parties = {}
    for row in _read_rows("parties.csv"):
        party = ShippedParty(**row)
        parties[party.slug] = party
    return parties


@cache
def load_shipped_names() -> dict[str, list[ShippedName]]:
    """Return the names of each party, its two-letter code included, by its slug in the file."""
    names = defaultdict(list)
    for slug, party in load_shipped_parties().items():
        if party.alpha_2:
            code = ShippedName(party.alpha_2, language="", kind=CODE)
            names[slug].append(code)
    for row in _read_rows("names.csv"):
        slug = row["party"]
        name = _read_name(row)
        names[slug].append(name)
    return dict(names)


@cache
def index_codes() -> dict[str, ShippedParty]:
    """Return the parties by the two and three letters of ISO 3166-1."""
    index = {}
    for party in load_shipped_parties().values():
        index[party.iso_code] = party
        index[party.alpha_2] = party
    index.pop("", None)
    return index


def find_shipped(party) -> ShippedParty | None:
    """Return what the file has of a party on record: by its code; if it has none, by its slug."""
    if party.iso_code:
        party_by_code = index_codes()
        return party_by_code.get(party.iso_code)
    party_by_slug = load_shipped_parties()
    shipped = party_by_slug.get(party.slug)
    if shipped and shipped.iso_code and party.kind not in PLACES:
        return None
    return shipped


def list_shipped_names(party) -> list[ShippedName]:
    """Return the shipped names of a party on record beside those in its own columns.

    There are none if no file knows the party.
    """
    shipped = find_shipped(party)
    if shipped is None:
        return []
    own_names = (party.name, party.name_ja, party.short_name)
    names_by_slug = load_shipped_names()
    names = []
    for name in names_by_slug.get(shipped.slug, ()):
        if name.kind != HEADING and name.name not in own_names:
            names.append(name)
    return names


def _read_rows(file_name):
    path = HERE / file_name
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return list(rows)


def _read_name(row):
    return ShippedName(
        name=row["name"],
        language=row["language"],
        kind=row["kind"],
        starts_on=_read_day(row["starts_on"]),
        starts_on_precision=row["starts_on_precision"],
        ends_on=_read_day(row["ends_on"]),
        ends_on_precision=row["ends_on_precision"],
    )


def _read_day(text):
    if not text:
        return None
    return date.fromisoformat(text)
