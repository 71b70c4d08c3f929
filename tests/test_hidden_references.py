"""A public row that names a hidden record, as only SQL past publishing can leave it: no public byte
says a word of the hidden one.

Every reference of every public form is tried; those of later fields are covered unasked.
"""

import pytest

from commitments.syndication import share_images
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.references import list_references, plant
from tests.fixtures.walking import answer, everything, leaks, public_slugs

pytestmark = pytest.mark.django_db


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


@on_the_same_record("reference, state", [(r, s) for r in list_references() for s in ["draft"]])
def test_no_public_address_names_a_hidden_record_that_a_public_row_refers_to(
    client, public_addresses, reference, state
):
    plant(reference, state)
    answers = {address: answer(client.get(address)) for address in public_addresses}
    assert leaks(answers) == []
    assert [address for address, (status, _, _) in answers.items() if status >= 500] == []
