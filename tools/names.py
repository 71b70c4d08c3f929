"""Make the files of shipped names from their sources.

    npm pack cldr-core@48.2.0 cldr-localenames-full@48.2.0
    pip download --no-deps hdx-python-country==4.2.5
    .venv/bin/python -m tools.names FOLDER

FOLDER is where the three packages were put. docs/names.md says what is taken from each, and under
which licence. `tools/names_by_hand.csv` adds what none of them has; it goes before all of them.
"""

import csv
import io
import json
import os
import sys
import tarfile
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
django.setup()

from commitments.importing.matrices.slugs import slug_of  # noqa: E402
from commitments.naming.folding import fold_name, make_keys  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
NAMING = ROOT / "commitments" / "naming"
BY_HAND = ROOT / "tools" / "names_by_hand.csv"
CLDR, LOCALES = "cldr-core-48.2.0.tgz", "cldr-localenames-full-48.2.0.tgz"
TAXONOMY = "hdx_python_country-4.2.5-py3-none-any.whl"
TAXONOMY_FILE = "hdx/location/Countries & Territories Taxonomy MVP - C&T Taxonomy.csv"
LANGUAGES = ("en", "ja", "fr", "es", "de", "ar", "zh", "ru", "ko")
OFFICIAL = ("official", "de_facto_official")
# Parties without a code of ISO 3166-1 that the CLDR names, by its code.
BODIES = {"EU": "european-union", "UN": "united-nations", "001": "world"}
KOSOVO = {"alpha_2": "XK", "iso_code": "XKX"}
# Members of no organisation of states, and yet states to the United Nations: its two observers.
OBSERVERS = ("VA", "PS")
# The CLDR's other name is the one before the change of name in every language.
RENAMED = {"SZ": "2018"}
PARTY_FIELDS = ("slug", "name", "name_ja", "kind", "iso_code", "alpha_2", "un_member")
NAME_FIELDS = (
    "party",
    "name",
    "language",
    "kind",
    "starts_on",
    "starts_on_precision",
    "ends_on",
    "ends_on_precision",
    "source",
)


class Name(NamedTuple):
    name: str
    language: str
    kind: str
    starts_on: str = ""
    ends_on: str = ""
    source: str = "cldr"


class Sources:
    """What the three packages and the file of our own say, by code."""

    def __init__(self, folder):
        self.cldr = Archive(folder / CLDR)
        self.locales = Archive(folder / LOCALES)
        self.taxonomy = read_taxonomy(folder / TAXONOMY)
        containment = self.cldr.read("supplemental/territoryContainment.json")
        self.un_members = containment["supplemental"]["territoryContainment"]["UN"]["_contains"]
        mappings = self.cldr.read("supplemental/codeMappings.json")
        self.alpha_3 = {
            alpha_2: codes["_alpha3"]
            for alpha_2, codes in mappings["supplemental"]["codeMappings"].items()
            if "_alpha3" in codes
        }
        info = self.cldr.read("supplemental/territoryInfo.json")
        self.info = info["supplemental"]["territoryInfo"]
        self.by_hand = read_by_hand()
        self.territories = {}

    def load_territories(self, language):
        """Return the names of the territories in a language; none if the CLDR does not have it."""
        if language not in self.territories:
            path = f"main/{language}/territories.json"
            names = {}
            if self.locales.has(path):
                tree = self.locales.read(path)["main"][language]
                names = tree["localeDisplayNames"]["territories"]
            self.territories[language] = names
        return self.territories[language]

    def list_languages(self, alpha_2):
        """Return the languages to name a territory in, its official ones last."""
        languages = list(LANGUAGES)
        populations = self.info.get(alpha_2, {}).get("languagePopulation", {})
        for language, facts in populations.items():
            if facts.get("_officialStatus") in OFFICIAL:
                languages.append(language.replace("_", "-"))
        return list(dict.fromkeys(languages))


class Archive:
    """A package of npm: an archive whose files are JSON."""

    def __init__(self, path):
        self.path = path
        with tarfile.open(path) as archive:
            self.names = set(archive.getnames())

    def has(self, path):
        return f"package/{path}" in self.names

    def read(self, path):
        with tarfile.open(self.path) as archive:
            return json.load(archive.extractfile(f"package/{path}"))


def read_taxonomy(path):
    with zipfile.ZipFile(path) as wheel:
        text = wheel.read(TAXONOMY_FILE).decode()
    rows = csv.DictReader(io.StringIO(text))
    return {row["ISO 3166-1 Alpha 2-Codes"]: row for row in rows if row["Deprecated"] == "N"}


def read_by_hand():
    lines = [line for line in BY_HAND.read_text().splitlines() if not line.startswith("#")]
    by_party = defaultdict(list)
    for row in csv.DictReader(lines):
        by_party[row.pop("party")].append(Name(**row, source="own"))
    return by_party


def list_names(sources, alpha_2, key):
    """Return all names of a party, the ones to prefer first."""
    names = [name for name in sources.by_hand[key] if name.language]
    for language in sources.list_languages(alpha_2):
        names += list_cldr_names(sources, alpha_2, language)
        if language == "en":
            names += list_taxonomy_names(sources, alpha_2)
    return names


def list_cldr_names(sources, alpha_2, language):
    territories = sources.load_territories(language)
    for variant in ("", "-alt-variant", "-alt-short"):
        name = territories.get(alpha_2 + variant)
        if not name:
            continue
        short = fold_name(name)
        # Abbreviations such as “RU” for the United Kingdom in Spanish are codes of others.
        if variant and language not in ("en", "ja") and short.isascii() and len(short) <= 3:
            continue
        if variant == "-alt-variant" and alpha_2 in RENAMED:
            yield Name(name, language, "former", ends_on=RENAMED[alpha_2])
        else:
            yield Name(name.replace(" & ", " and "), language, "common")


def list_taxonomy_names(sources, alpha_2):
    row = sources.taxonomy.get(alpha_2)
    if not alpha_2 or row is None:
        return
    formal = row["English Formal"].removeprefix("the ")
    if formal:
        yield Name(formal, "en", "official", source="ocha")
    for column in (
        "English Short",
        "Preferred Term",
        "ISO Alt Term",
        "HPC Tools Alt Term",
        "RW Short Name",
        "M49 English",
    ):
        name = row[column]
        if name:
            kind = "heading" if "," in name or "(" in name else "common"
            yield Name(name, "en", kind, source="ocha")


def drop_repeated(names, *own_names):
    """Yield the names that say something new beside those before them and the party's own."""
    texts = {text.casefold() for text in own_names}
    english_keys = set()
    for text in own_names:
        english_keys |= make_keys(text)
    for name in names:
        keys = make_keys(name.name) if name.language == "en" else set()
        official = name.kind == "official" and name.name.casefold() not in texts
        if name.name.casefold() in texts or (keys & english_keys and not official):
            continue
        texts.add(name.name.casefold())
        english_keys |= keys
        yield name


def find_usual(names, language, default):
    """Return the name by hand that is usual in a language, else the default."""
    usual = (name.name for name in names if (name.language, name.kind) == (language, "usual"))
    return next(usual, default)


def make_territory(sources, alpha_2):
    """Return the row of the territory and its names."""
    iso_code = sources.alpha_3.get(alpha_2, "")
    by_hand = sources.by_hand[iso_code]
    english = sources.load_territories("en")[alpha_2].replace(" & ", " and ")
    japanese = sources.load_territories("ja")[alpha_2]
    name = find_usual(by_hand, "en", english)
    name_ja = find_usual(by_hand, "ja", japanese)
    is_member = alpha_2 in sources.un_members
    party = {
        "slug": slug_of(name),
        "name": name,
        "name_ja": name_ja,
        "kind": "state" if is_member or alpha_2 in OBSERVERS else "economy",
        "iso_code": iso_code,
        "alpha_2": alpha_2,
        "un_member": "yes" if is_member else "no",
    }
    return party, list(drop_repeated(list_names(sources, alpha_2, iso_code), name, name_ja))


def make_body(sources, slug):
    """Return the row of an organisation, bloc, group or area and its names."""
    own, *_others = sources.by_hand[slug]
    codes = [code for code, body in BODIES.items() if body == slug]
    names = list_names(sources, codes[0] if codes else "", slug)
    usual_ja = [name.name for name in names if name.language == "ja"]
    party = {
        "slug": slug,
        "name": own.name,
        "name_ja": usual_ja[-1] if usual_ja else "",
        "kind": own.kind,
        "iso_code": "",
        "alpha_2": "",
        "un_member": "no",
    }
    return party, list(drop_repeated(names, own.name, party["name_ja"]))


def make_all(sources):
    for alpha_2 in sorted([*filter(None, sources.taxonomy), KOSOVO["alpha_2"]]):
        if alpha_2 in sources.alpha_3:
            yield make_territory(sources, alpha_2)
    for key in sources.by_hand:
        if key.islower() or not key.isalpha():
            yield make_body(sources, key)


def refuse_shared_names(made):
    """Stop if a name would mean two parties."""
    slugs_by_key = defaultdict(set)
    for party, names in made:
        for text in (party["name"], party["name_ja"], *(name.name for name in names)):
            for key in make_keys(text):
                slugs_by_key[key].add(party["slug"])
    shared = {key: slugs for key, slugs in slugs_by_key.items() if len(slugs) > 1}
    if shared:
        sys.exit(f"Names of several parties: {shared}")


def write_days(name):
    """Return the first possible day of a beginning and the last of an end, both given in years."""
    return {
        "starts_on": f"{name.starts_on}-01-01" if name.starts_on else "",
        "starts_on_precision": "year" if name.starts_on else "none",
        "ends_on": f"{name.ends_on}-12-31" if name.ends_on else "",
        "ends_on_precision": "year" if name.ends_on else "none",
    }


def write_rows(file_name, fields, rows):
    with (NAMING / file_name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(folder):
    sources = Sources(Path(folder))
    made = list(make_all(sources))
    refuse_shared_names(made)
    write_rows("parties.csv", PARTY_FIELDS, [party for party, _names in made])
    rows = []
    for party, names in made:
        for name in names:
            if name.kind != "usual":
                rows.append({"party": party["slug"], **name._asdict(), **write_days(name)})
    write_rows("names.csv", NAME_FIELDS, rows)
    print(f"{len(made)} parties, {len(rows)} names")


if __name__ == "__main__":
    main(sys.argv[1])
