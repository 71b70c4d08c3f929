"""The chain: its frozen spelling, its clock, its checkpoints, and who may add to it."""

import hashlib
import json
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import transaction

from commitments import models, publishing
from commitments.models import Action, LedgerEntry, LedgerHead
from commitments.publicforms import write_canonically
from commitments.publishing.ledger import hash_entry, hash_part
from commitments.publishing.verifying import verify
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.records import amend, reopen, withdraw

pytestmark = pytest.mark.django_db

# Never change what follows to make a test pass: ledgers that exist hold these hashes.
PAYLOAD = {
    "form": 1,
    "title_ja": "防衛費を国内総生産の2％へ",
    "value": "43000000000000.5",
    "deadline": "2028-03-31",
    "summit": None,
    "quote_is_verbatim": True,
    "topics": ["defence", "culture"],
}
CANONICAL = (
    '{"deadline":"2028-03-31","form":1,"quote_is_verbatim":true,"summit":null,'
    '"title_ja":"防衛費を国内総生産の2％へ","topics":["defence","culture"],"value":"43000000000000.5"}'
).encode()
# As an entry of the first form was written, which must verify for ever.
FIRST_ENTRY = {
    "seq": 7,
    "recorded_at": datetime(2026, 1, 31, 9, 5, 0, 120, tzinfo=UTC),
    "action": "publish",
    "record_type": "pledge",
    "record_slug": "japan-2022-security-2pct",
    "note": "「公開」",
    "redacts": None,
    "payload_sha256": "a" * 64,
    "previous_hash": "b" * 64,
}
CANONICAL_FIRST_ENTRY = (
    '{"action":"publish","note":"「公開」","payload_sha256":"'
    + "a" * 64
    + '","previous_hash":"'
    + "b" * 64
    + '",'
    '"record_slug":"japan-2022-security-2pct","record_type":"pledge","recorded_at":"2026-01-31T09:05:00.000120Z",'
    '"redacts":null,"seq":7}'
).encode()
ENTRY = {
    **FIRST_ENTRY,
    "form": 2,
    "redacted_part": "",
    "alone": False,
    "people_sha256": "c" * 64,
}
CANONICAL_ENTRY = (
    '{"action":"publish","alone":false,"form":2,"note":"「公開」","payload_sha256":"'
    + "a" * 64
    + '","people_sha256":"'
    + "c" * 64
    + '","previous_hash":"'
    + "b" * 64
    + '",'
    '"record_slug":"japan-2022-security-2pct","record_type":"pledge","recorded_at":"2026-01-31T09:05:00.000120Z",'
    '"redacted_part":"","redacts":null,"seq":7}'
).encode()


@pytest.fixture
def in_review(make_party, researcher):
    """Parties that wait for a reviewer."""

    def make(*slugs):
        return [publishing.submit(make_party(slug, state="draft"), by=researcher) for slug in slugs]

    return make


@pytest.fixture
def checkpoints(checkpoint_file):
    """Return the lines of the checkpoint file as they are now."""

    def read():
        return (
            [json.loads(line) for line in checkpoint_file.read_text().splitlines()]
            if checkpoint_file.exists()
            else []
        )

    return read


def test_a_payload_has_one_spelling():
    assert write_canonically(PAYLOAD) == CANONICAL


def test_the_order_of_the_keys_does_not_reach_the_spelling():
    assert write_canonically(dict(reversed(PAYLOAD.items()))) == CANONICAL


def test_the_hash_of_a_payload_is_frozen():
    expected = "79e1b5dfd60464b7363759d58189447d9d755c62a348c6906a329c94fb34fcf3"
    assert hashlib.sha256(b"salt" + CANONICAL).hexdigest() == hash_part("salt", PAYLOAD)
    assert hash_part("salt", PAYLOAD) == expected


def test_the_hash_of_an_entry_of_the_first_form_is_frozen():
    expected = "a763dc0c007f514c678aab6a8da415d70d7e9aed2103497ad71653d958b40c4b"
    entry = LedgerEntry(**FIRST_ENTRY, form=1)
    assert hashlib.sha256(CANONICAL_FIRST_ENTRY).hexdigest() == hash_entry(entry)
    assert hash_entry(entry) == expected


def test_the_hash_of_an_entry_is_frozen():
    expected = "7f5e1951bfd816195669aeae796f4fdcb1b1a44ea213caaaa1b5d4b9d41d0587"
    assert hashlib.sha256(CANONICAL_ENTRY).hexdigest() == hash_entry(LedgerEntry(**ENTRY))
    assert hash_entry(LedgerEntry(**ENTRY)) == expected


@pytest.mark.parametrize("column", [*ENTRY, "salt"])
def test_the_hash_changes_with_every_column(column):
    if column == "salt":
        assert hash_part("salt", PAYLOAD) != hash_part("other", PAYLOAD)
        return
    changed = {
        "seq": 8,
        "recorded_at": datetime(2026, 1, 31, 9, 5, 0, 121, tzinfo=UTC),
        "redacts": 3,
        "form": 1,
        "alone": True,
    }.get(column, "something else")
    assert hash_entry(LedgerEntry(**ENTRY)) != hash_entry(LedgerEntry(**{**ENTRY, column: changed}))


def test_every_column_of_an_entry_but_its_hash_is_in_the_hash():
    columns = {field.name for field in LedgerEntry._meta.concrete_fields}
    assert columns == {*ENTRY, "hash"}


def test_a_stored_entry_reads_back_with_the_hash_it_was_written_with(japan):
    entry = LedgerEntry.objects.get(record_slug="japan")
    assert entry.hash == hash_entry(entry)
    assert entry.payload_sha256 == hash_part(entry.payload.salt, entry.payload.body)


def test_equal_payloads_have_different_hashes_because_each_has_its_own_salt(
    make_party, settle, reviewer
):
    """Else whoever guesses a redacted text could prove the guess."""
    party = make_party("atlantis")
    withdraw(party, by=reviewer, note="A mistake.")
    settle(reopen(party, by=reviewer))
    first, second = LedgerEntry.objects.for_record(party).filter(action=Action.PUBLISH)
    assert first.payload.body == second.payload.body
    assert first.payload_sha256 != second.payload_sha256


def test_time_never_goes_back_though_the_clock_does(in_review, reviewer):
    parties = in_review("one", "two", "three")
    clocks = [
        datetime(2100, 1, 2, tzinfo=UTC),
        datetime(2100, 1, 1, tzinfo=UTC),
        datetime(2100, 1, 3, tzinfo=UTC),
    ]
    for party, now in zip(parties, clocks, strict=True):
        with time_machine.travel(now, tick=False):
            publishing.publish(party, by=reviewer)
    recorded = list(LedgerEntry.objects.order_by("seq").values_list("recorded_at", flat=True))
    assert recorded == [clocks[0], clocks[0], clocks[2]]


def test_each_record_published_along_has_an_entry_of_its_own(
    make_pledge, make_topic, source, japan, researcher, reviewer
):
    head = LedgerHead.objects.get().seq
    pledge = make_pledge(
        "promise",
        state="draft",
        topics=[make_topic("a", state="in_review"), make_topic("b", state="in_review")],
    )
    publishing.submit(pledge, by=researcher)
    publishing.publish(pledge, by=reviewer, note="Checked against the transcript.")
    new = LedgerEntry.objects.after(head)
    assert [entry.record_slug for entry in new] == ["a", "b", "promise"]
    assert {(entry.action, entry.note) for entry in new} == {
        ("publish", "Checked against the transcript.")
    }


def test_publishing_many_is_one_checkpoint(
    in_review, reviewer, checkpoints, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        publishing.publish_many(in_review("one", "two", "three"), by=reviewer)
    head = LedgerHead.objects.get()
    [point] = checkpoints()
    assert (point["seq"], point["hash"]) == (head.seq, head.hash)
    assert point["seq"] == LedgerEntry.objects.count()


def test_of_many_all_are_published_or_none(in_review, make_party, reviewer):
    parties = [*in_review("one", "two"), make_party("draft", state="draft")]
    head = LedgerHead.objects.get().seq
    with pytest.raises(publishing.Refused, match="“Draft”"):
        publishing.publish_many(parties, by=reviewer)
    assert LedgerHead.objects.get().seq == head
    assert set(models.Party.objects.values_list("state", flat=True)) == {"in_review", "draft"}


@pytest.mark.django_db(transaction=True)
def test_a_checkpoint_is_written_after_commit_and_not_before(in_review, reviewer, checkpoints):
    [party] = in_review("one")
    with transaction.atomic():
        publishing.publish(party, by=reviewer)
        assert checkpoints() == []
    assert [point["seq"] for point in checkpoints()] == [1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "nested", [False, True], ids=["by its own transaction", "by a savepoint in a larger one"]
)
def test_a_publication_that_is_rolled_back_leaves_no_checkpoint(
    in_review, reviewer, checkpoints, nested
):
    [party] = in_review("one")

    def fail():
        with transaction.atomic():
            publishing.publish(party, by=reviewer)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    if nested:
        with transaction.atomic(), pytest.raises(ZeroDivisionError):
            fail()
    assert checkpoints() == []
    assert LedgerHead.objects.get().seq == 0


@pytest.mark.django_db(transaction=True)
def test_what_adds_no_entry_adds_no_checkpoint(in_review, checkpoints):
    in_review("one", "two")
    assert checkpoints() == []


def test_a_single_curator_may_publish_their_own_where_the_site_says_so(
    settings, make_user, make_pledge, make_assessment
):
    settings.ONE_PERSON_INSTALLATION = True
    solo = make_user("solo", "reviewer", credit_name="Solo")
    pledge = make_pledge()
    assessment = make_assessment(pledge.undertakings.get(), assessor=solo, state="draft")
    publishing.submit(assessment, by=solo)
    published = publishing.publish(assessment, by=solo)
    assert published.signed_alone
    body = LedgerEntry.objects.for_record(published).get().payload.body
    assert (body["assessor_credit"], body["reviewer_credit"], body["signed_alone"]) == (
        "Solo",
        "Solo",
        True,
    )


def test_two_who_sign_are_not_said_to_be_alone(settings, make_pledge, make_assessment):
    settings.ONE_PERSON_INSTALLATION = True
    assert not make_assessment(make_pledge().undertakings.get()).signed_alone


def test_an_assessor_does_not_review_their_own_verdict_though_somebody_else_submits_it(
    make_pledge, make_assessment, researcher, reviewer
):
    assessment = make_assessment(make_pledge().undertakings.get(), assessor=reviewer, state="draft")
    publishing.submit(assessment, by=researcher)
    with pytest.raises(publishing.Refused, match="somebody else must publish"):
        publishing.publish(assessment, by=reviewer)


def test_the_assessor_of_an_outside_report_is_no_user(make_party, make_user, source, researcher):
    """A party and a user may have the same number; they are not the same."""
    party, twin = make_party("watchers", id=9001), make_user("twin", "reviewer", id=9001)
    report = models.OutsideReport.objects.create(
        slug="r",
        assessor=party,
        title="t",
        source=source,
        scale="s",
        published_on=date(2025, 11, 1),
    )
    publishing.submit(report, by=researcher)
    assert publishing.publish(report, by=twin).is_published


def test_a_verdict_keeps_the_names_it_was_signed_with(
    make_pledge, make_assessment, researcher, reviewer
):
    assessment = make_assessment(make_pledge().undertakings.get())
    for user in (researcher, reviewer):
        user.credit_name = "Somebody else"
        user.save()
    assessment.refresh_from_db()
    assert (assessment.assessor_credit, assessment.reviewer_credit) == ("Rita", "Victor")
    assert "Somebody else" not in json.dumps(
        list(models.LedgerPayload.objects.values_list("body", flat=True))
    )


def test_who_chose_no_credit_name_is_numbered_and_not_named(
    make_user, make_pledge, make_assessment
):
    quiet = make_user("quiet-login-name", "researcher", credit_name="")
    assessment = make_assessment(make_pledge().undertakings.get(), assessor=quiet)
    assert assessment.assessor_credit == f"Curator {quiet.pk}"


def test_a_source_names_the_pledge_of_a_statement_once_that_pledge_is_published(
    source, make_pledge, researcher, reviewer
):
    pledge = make_pledge("promise", state="draft")
    source.statements.create(quote="We will.").pledges.add(pledge)
    publishing.record(source)
    before = LedgerEntry.objects.for_record(source).order_by("-seq").first().payload.body
    publishing.submit(pledge, by=researcher)
    publishing.publish(pledge, by=reviewer)
    after = LedgerEntry.objects.for_record(source).order_by("-seq").first()
    assert before["statements"][0]["pledges"] == []
    assert (after.action, after.payload.body["statements"][0]["pledges"]) == (
        Action.RECORD,
        ["promise"],
    )
    assert after.note == "A statement of it is tracked as a pledge now: promise."


def test_a_record_that_gained_nothing_has_no_entry(source):
    assert publishing.record(source) is None


ACTS = {
    "publish": lambda records, by: publishing.publish(records["waiting"], by=by),
    "amend": lambda records, by: amend(records["published"], by=by, note="n"),
    "withdraw": lambda records, by: withdraw(records["published"], by=by, note="n"),
    "reopen": lambda records, by: reopen(records["withdrawn"], by=by),
    "return": lambda records, by: publishing.return_to_draft(records["waiting"], by=by, note="n"),
    "confirm": lambda records, by: publishing.confirm(records["verdict"], by=by),
    "redact": lambda records, by: publishing.redact(1, by=by, note="n"),
}


@pytest.fixture
def records(in_review, make_party, make_pledge, make_assessment):
    return {
        "waiting": in_review("waiting")[0],
        "published": make_party("published"),
        "withdrawn": make_party("withdrawn", state="withdrawn"),
        "verdict": make_assessment(make_pledge().undertakings.get()),
    }


@on_the_same_record("act", ACTS)
def test_a_researcher_may_not(records, make_user, act):
    with pytest.raises(publishing.Refused, match="Your account may not"):
        ACTS[act](records, make_user("other", "researcher"))


@on_the_same_record("act", ACTS)
def test_somebody_whose_account_is_closed_may_not(records, make_user, act):
    closed = make_user("closed", "administrator", is_active=False, is_superuser=True)
    with pytest.raises(publishing.Refused, match="Your account may not"):
        ACTS[act](records, closed)


def test_a_reviewer_may_not_redact(japan, reviewer):
    with pytest.raises(publishing.Refused, match="may not redact"):
        publishing.redact(1, by=reviewer, note="A court order.")


@pytest.mark.parametrize("later", ["a confirmation", "a redaction of an earlier entry"])
def test_what_readers_still_see_is_not_redacted_whatever_came_after_it(
    make_party, make_pledge, make_assessment, reviewer, administrator, later
):
    if later == "a confirmation":
        record = make_assessment(make_pledge().undertakings.get())
        seq = LedgerEntry.objects.for_record(record).get().seq
        publishing.confirm(record, by=reviewer)
    else:
        record = make_party("atlantis")
        first = LedgerEntry.objects.for_record(record).get().seq
        record.name = "Mu"
        record.save()
        seq = amend(record, by=reviewer, note="Renamed.").seq
        publishing.redact(first, by=administrator, note="A court order.")
    with pytest.raises(publishing.Refused, match="still says this in public"):
        publishing.redact(seq, by=administrator, note="A court order.")


@pytest.mark.django_db(transaction=True)
def test_an_earlier_text_is_redacted_while_the_record_stays_public(
    make_party, reviewer, administrator
):
    party = make_party("atlantis", name="A private name")
    party.name = "Atlantis"
    party.save()
    amend(party, by=reviewer, note="A name taken out.")
    publishing.redact(1, by=administrator, note="Privacy.")
    assert "A private name" not in json.dumps(
        list(models.LedgerPayload.objects.values_list("body", flat=True))
    )
    assert list(verify()) == []
