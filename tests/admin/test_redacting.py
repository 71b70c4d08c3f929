"""The page that takes a part of an entry out of the ledger."""

import pytest
from django.urls import reverse

from commitments.models import LedgerEntry, LedgerPayload, LedgerPeople
from tests.fixtures.records import withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(make_party, reviewer):
    withdraw(make_party("atlantis"), by=reviewer, note="Sunk.")
    return LedgerEntry.objects.get(action="publish")


@pytest.fixture
def page(entry):
    return reverse("admin:commitments_ledgerentry_redact", args=[entry.seq])


def test_the_page_shows_what_would_go(entry, page, at_desk, administrator):
    shown = at_desk(administrator).get(page).html()
    assert "atlantis" in shown
    assert "Submitted by Rita, approved by Victor" in shown


@pytest.mark.parametrize(
    "part, gone", [pytest.param("payload", LedgerPayload), pytest.param("people", LedgerPeople)]
)
def test_an_administrator_redacts_a_part_alone(entry, page, at_desk, administrator, part, gone):
    sent = {"part": part, "note": "A court order.", "sure": "on"}
    answer = at_desk(administrator).post(page, sent, follow=True).html()
    assert "The ledger says so in entry" in answer
    assert not gone.objects.filter(entry=entry).exists()
    assert LedgerEntry.objects.first().alone


def test_a_part_that_is_gone_comes_back_as_a_sentence(entry, page, at_desk, administrator):
    sent = {"part": "people", "note": "Asked for.", "sure": "on"}
    client = at_desk(administrator)
    client.post(page, sent)
    answer = client.post(page, sent)
    assert (answer.status_code, "has no people to redact" in answer.html()) == (409, True)


def test_without_a_note_or_the_tick_nothing_goes(entry, page, at_desk, administrator):
    for sent in ({"part": "people", "sure": "on"}, {"part": "people", "note": "Asked for."}):
        assert at_desk(administrator).post(page, sent).status_code == 200
    assert LedgerPeople.objects.filter(entry=entry).exists()


def test_others_neither_see_the_page_nor_its_link(entry, page, at_desk, researcher, reviewer):
    address = reverse("admin:commitments_ledgerentry_change", args=[entry.seq])
    for user in (researcher, reviewer):
        client = at_desk(user)
        assert client.get(page).status_code == 403
        assert client.post(page, {"part": "people"}).status_code == 403
        assert "redact/" not in client.get(address).html()
    assert LedgerPeople.objects.filter(entry=entry).exists()
