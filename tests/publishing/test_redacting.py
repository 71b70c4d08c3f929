"""An administrator alone takes a part of an entry out of the ledger, and the chain still holds."""

import pytest
from django.core.management import CommandError, call_command

from commitments import publishing
from commitments.models import LedgerEntry, LedgerPayload, LedgerPeople, Proposal
from commitments.publishing.verifying import verify
from tests.fixtures.records import withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(make_party, reviewer):
    """The entry that published a party which is withdrawn now."""
    withdraw(make_party("atlantis"), by=reviewer, note="Sunk.")
    return LedgerEntry.objects.get(action="publish")


@pytest.mark.parametrize(
    "part, gone, left",
    [
        pytest.param("payload", LedgerPayload, LedgerPeople, id="what was published"),
        pytest.param("people", LedgerPeople, LedgerPayload, id="who published it"),
    ],
)
def test_one_part_goes_the_other_stays_and_the_entry_says_alone(
    entry, administrator, part, gone, left
):
    redaction = publishing.redact(entry.seq, by=administrator, note="A court order.", part=part)
    assert not gone.objects.filter(entry=entry).exists()
    assert left.objects.filter(entry=entry).exists()
    assert (redaction.redacts, redaction.redacted_part, redaction.alone) == (entry.seq, part, True)
    assert redaction.people.body["approved_by"] == ["Ada"]


@pytest.mark.django_db(transaction=True)
def test_the_chain_holds_without_both_parts(entry, administrator):
    for part in ("payload", "people"):
        publishing.redact(entry.seq, by=administrator, note="A court order.", part=part)
    assert list(verify()) == []


@pytest.mark.parametrize("part", ["payload", "people"])
def test_what_is_gone_is_not_redacted_again(entry, administrator, part):
    publishing.redact(entry.seq, by=administrator, note="A court order.", part=part)
    with pytest.raises(publishing.Refused, match=f"has no {part} to redact"):
        publishing.redact(entry.seq, by=administrator, note="A court order.", part=part)


def test_the_people_of_what_is_public_can_be_redacted(japan, administrator):
    entry = LedgerEntry.objects.get()
    publishing.redact(entry.seq, by=administrator, note="Asked for.", part="people")
    japan.refresh_from_db()
    assert japan.is_published


def test_what_is_public_goes_first_and_an_order_does_not_wait(japan, make_pledge, administrator):
    pledge = make_pledge()
    entry = LedgerEntry.objects.for_record(japan).get()
    with pytest.raises(publishing.Refused, match="still says this in public"):
        publishing.redact(entry.seq, by=administrator, note="A court order.")
    redaction = publishing.redact(
        entry.seq, by=administrator, note="A court order.", withdraws=True
    )
    for record in (japan, pledge):
        record.refresh_from_db()
        assert record.state == "withdrawn"
        withdrawal = LedgerEntry.objects.for_record(record).get(action="withdraw")
        assert (withdrawal.alone, withdrawal.note) == (True, "A court order.")
    assert redaction.redacts == entry.seq
    assert not LedgerPayload.objects.filter(entry=entry).exists()


@pytest.mark.parametrize("part", ["payload", "people"])
def test_a_reviewer_redacts_nothing(entry, reviewer, part):
    with pytest.raises(publishing.Refused, match="may not redact"):
        publishing.redact(entry.seq, by=reviewer, note="A court order.", part=part)


def test_undecided_proposals_lose_their_words_with_the_payload(entry, reviewer, administrator):
    party = entry.record_slug
    proposal = Proposal.objects.create(
        record_type="party",
        record_slug=party,
        act="reopen",
        base_version=1,
        body={"name": "A private name"},
        note="About a private name",
        author=reviewer,
    )
    publishing.redact(entry.seq, by=administrator, note="A court order.", part="people")
    proposal.refresh_from_db()
    assert proposal.stage == "open"
    publishing.redact(entry.seq, by=administrator, note="A court order.", part="payload")
    proposal.refresh_from_db()
    assert (proposal.stage, proposal.body, proposal.note) == ("dropped", None, "")
    assert proposal.review_note == (
        "Dropped, because a text of this record was redacted from the ledger."
    )


def test_the_command_removes_a_part_and_says_where_the_ledger_says_so(entry, administrator):
    sentence = call_command(
        "redact", entry.seq, "--part", "people", "--by", "ada", "--note", "Asked for."
    )
    newest = LedgerEntry.objects.first()
    assert sentence == (
        f"Removed from entry {entry.seq}: who published it. The ledger says so in entry"
        f" {newest.seq}."
    )
    assert not LedgerPeople.objects.filter(entry=entry).exists()


@pytest.mark.parametrize(
    "by, note, sentence",
    [
        pytest.param("nobody", "Asked for.", "there is no account nobody", id="no such account"),
        pytest.param("victor", "Asked for.", "may not redact", id="a reviewer"),
        pytest.param("ada", " ", "Say in a note why", id="no reason"),
    ],
)
def test_the_command_refuses_in_a_sentence(entry, administrator, by, note, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("redact", entry.seq, "--by", by, "--note", note)
    assert LedgerPayload.objects.filter(entry=entry).exists()
