"""A party is found by whatever it is called, and so are the pledges that it owes."""

import pytest

from commitments.models import Party, Pledge
from commitments.publishing.search import find_search_differences
from commitments.search import keep_matching
from tests.fixtures.records import amend

pytestmark = pytest.mark.django_db

NAMES = [
    ("Great Britain", "en", "common"),
    ("UK", "en", "common"),
    ("英国", "ja", "common"),
    ("Royaume-Uni", "fr", "common"),
    ("Albion", "en", "former"),
    ("GB", "", "code"),
]


@pytest.fixture
def kingdom(make_party, make_pledge, settle):
    party = make_party("united-kingdom", name="United Kingdom", name_ja="イギリス", state="draft")
    for name, language, kind in NAMES:
        party.names.create(name=name, language=language, kind=kind)
    settle(party, "published")
    make_pledge("tariffs", parties=[party])
    return party


@pytest.mark.parametrize(
    "text, finds_party, finds_pledge",
    [
        pytest.param("UK", True, True, id="an abbreviation"),
        pytest.param("uk", True, True, id="in small letters"),
        pytest.param("great britain", True, True, id="another name"),
        pytest.param("albion", True, True, id="a former name"),
        pytest.param("英国", True, True, id="a Japanese name"),
        pytest.param("Royaume-Uni", True, False, id="a language that the site does not have"),
        pytest.param("GB", False, False, id="a code"),
    ],
)
def test_a_party_and_its_pledges_are_found_by_its_names(kingdom, text, finds_party, finds_pledge):
    assert keep_matching(Party.objects.published(), text).exists() == finds_party
    assert keep_matching(Pledge.objects.published(), text).exists() == finds_pledge


def test_an_amended_name_finds_and_a_dropped_one_no_longer_does(kingdom, reviewer):
    kingdom.names.filter(name="Albion").update(name="Britannia")
    amend(kingdom, by=reviewer, note="A name.")
    assert list(find_search_differences()) == []
    for text, is_there in [("Britannia", True), ("Albion", False)]:
        assert keep_matching(Party.objects.published(), text).exists() == is_there
