"""The files of names: every state of the world, each name of one party only."""

import re
from collections import defaultdict

from commitments.demo.loading import read_records
from commitments.models import Party, PartyKind
from commitments.naming.folding import make_keys
from commitments.naming.shipped import (
    find_shipped,
    index_codes,
    list_shipped_names,
    load_shipped_names,
    load_shipped_parties,
)

PARTIES = load_shipped_parties().values()


def test_all_193_members_of_the_united_nations_have_their_codes_and_names():
    members = [party for party in PARTIES if party.un_member == "yes"]
    assert len(members) == 193
    for party in members:
        assert re.fullmatch("[A-Z]{3}", party.iso_code)
        assert re.fullmatch("[A-Z]{2}", party.alpha_2)
        assert party.name_ja
        names = load_shipped_names()[party.slug]
        languages = {name.language for name in names}
        # What a language writes as English does is not repeated.
        assert {"ar", "zh", "ru", "ko"} <= languages | {"zh"}


def test_every_code_of_iso_3166_is_of_one_party():
    codes = [party.iso_code for party in PARTIES if party.iso_code]
    # Kosovo has a code that is in use, and none of ISO's own.
    assert len(codes) == len(set(codes)) == 249 + 1
    assert len(index_codes()) == 2 * len(codes)


def test_no_name_is_of_two_parties():
    slugs_by_key = defaultdict(set)
    for party in PARTIES:
        names = [name.name for name in load_shipped_names()[party.slug] if name.kind != "code"]
        for name in (party.name, party.name_ja, *names):
            for key in make_keys(name):
                slugs_by_key[key].add(party.slug)
    assert [slugs for slugs in slugs_by_key.values() if len(slugs) > 1] == []


def test_every_party_of_the_demonstration_has_shipped_names():
    for record_type, fields in read_records():
        if record_type == "party":
            party = Party(
                slug=fields["slug"], kind=fields["kind"], iso_code=fields.get("iso_code", "")
            )
            assert list_shipped_names(party), party.slug


def test_names_have_fields_that_a_party_name_can_have():
    kinds = {name.kind for names in load_shipped_names().values() for name in names}
    assert kinds == {"official", "common", "former", "code", "heading"}
    assert {party.kind for party in PARTIES} <= set(PartyKind)
    for names in load_shipped_names().values():
        for name in names:
            assert (name.language == "") == (name.kind == "code")
            assert (name.starts_on is None) == (name.starts_on_precision == "none")
            assert (name.ends_on is None) == (name.ends_on_precision == "none")
            assert name.kind != "former" or name.ends_on


def test_what_stands_in_headings_alone_is_no_name_of_a_party():
    european_union = Party(slug="european-union", kind="bloc")
    names = [name.name for name in list_shipped_names(european_union)]
    assert "EU" in names
    assert "European Commission" not in names


def test_a_party_without_a_code_is_known_by_its_slug_if_it_is_of_such_a_kind():
    assert find_shipped(Party(slug="georgia", kind="state")).iso_code == "GEO"
    assert find_shipped(Party(slug="georgia", kind="organisation")) is None
    assert find_shipped(Party(slug="elsewhere", kind="state", iso_code="QQQ")) is None
