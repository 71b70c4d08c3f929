"""A public row that names a hidden record, as only SQL past publishing can leave it: no public byte
says a word of the hidden one.

Every reference of every public form is tried; those of later fields are covered unasked.
"""

import os
from io import StringIO
from itertools import cycle

import pytest
from django.core.management import CommandError, call_command

from commitments.syndication import share_images
from tests.fixtures.canaries import HIDDEN_STATES, LURE
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.references import list_references, plant
from tests.fixtures.walking import answer, everything, leaks, public_slugs

pytestmark = pytest.mark.django_db
SOAK = os.environ.get("SOAK") == "1"


@pytest.fixture(autouse=True)
def pictures_in_words(monkeypatch):
    """No search finds a word in a picture: let each answer what it would have drawn."""
    monkeypatch.setattr(share_images, "draw_picture", lambda face: repr(face).encode())


@pytest.fixture
def public_addresses(client, referring_record):
    """Every address that answers while all is well."""
    answers = everything(client, public_slugs())
    assert leaks(answers) == []
    return [address for address, (status, _, _) in answers.items() if status == 200]


def list_cases():
    """Return every reference, and in turn each of the states that hide what it names."""
    references = list_references()
    return list(zip(references, cycle(HIDDEN_STATES)))


def list_walked_cases():
    """Return the cases to walk all addresses for: a walk takes seconds, so a short run has a third."""
    cases = list_cases()
    return cases if SOAK else cases[::3]


@on_the_same_record("reference, state", list_walked_cases)
@pytest.mark.once
@pytest.mark.soak
def test_no_public_address_names_a_hidden_record_that_a_public_row_refers_to(
    client, public_addresses, reference, state
):
    plant(reference, state)
    answers = {address: answer(client.get(address)) for address in public_addresses}
    assert leaks(answers) == []
    assert [address for address, (status, _, _) in answers.items() if status >= 500] == []


@on_the_same_record("reference, state", list_cases)
def test_the_check_of_integrity_lists_a_public_row_that_refers_to_a_hidden_record(
    referring_record, reference, state
):
    if reference.child and reference.name in reference.child.once_published:
        return
    plant(reference, state)
    said = StringIO()
    with pytest.raises(CommandError, match="refers_to_a_hidden_record"):
        call_command("check_integrity", stdout=said)


def test_a_search_does_not_find_a_public_record_by_the_words_of_a_hidden_one(
    client, referring_record
):
    [topics] = [row for row in list_references() if str(row) == "pledge.topics"]
    plant(topics, "draft")
    found = {
        words: [row["slug"] for row in client.get(f"/api/v1/pledges/?q={words}").json()["results"]]
        for words in ("tokyo", LURE)
    }
    assert "tokyo-2025-defence" in found["tokyo"]
    assert found[LURE] == []
