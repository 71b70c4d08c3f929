"""Every kind of tampering is found. Each case lifts the triggers first, as the database's owner
could.
"""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from commitments import publishing
from commitments.models import (
    Indicator,
    LedgerEntry,
    LedgerHead,
    LedgerPayload,
    LedgerPeople,
    Party,
    Undertaking,
)
from commitments.publishing import guards
from commitments.publishing.ledger import hash_entry, hash_part
from commitments.publishing.verifying import verify
from tests.fixtures.records import amend, withdraw
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db(transaction=True)


@shared
def ledger(make_pledge, make_assessment):
    """A small true ledger with its checkpoints: a published pledge, its proof and its verdict."""
    assessment = make_assessment(make_pledge().undertakings.get())
    assert list(verify()) == []
    return assessment


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def rewrite_chain():
    """Give every entry the hash that fits its content now, as a careful forger would."""
    previous = ""
    for entry in LedgerEntry.objects.order_by("seq"):
        entry.previous_hash = previous
        entry.hash = hash_entry(entry)
        previous = entry.hash
        LedgerEntry.objects.filter(pk=entry.pk).update(
            previous_hash=entry.previous_hash, hash=entry.hash
        )
    LedgerHead.objects.update(seq=LedgerEntry.objects.count(), hash=previous)


def change_an_entry():
    sql("UPDATE commitments_ledgerentry SET note = 'forged' WHERE seq = 2")


def change_a_payload():
    payload = LedgerPayload.objects.order_by("-pk").first()
    LedgerPayload.objects.filter(pk=payload.pk).update(body={**payload.body, "status": "not_met"})


def remove_an_entry():
    LedgerPayload.objects.filter(pk=3).delete()
    LedgerPeople.objects.filter(pk=3).delete()
    sql("DELETE FROM commitments_ledgerentry WHERE seq = 3")


def remove_a_payload():
    LedgerPayload.objects.filter(pk=3).delete()


def swap_two_entries():
    a, b = LedgerEntry.objects.get(seq=2), LedgerEntry.objects.get(seq=3)
    LedgerEntry.objects.filter(seq__in=[2, 3]).update(note="moved")
    for one, other in ((a, b), (b, a)):
        LedgerEntry.objects.filter(seq=one.seq).update(
            record_type=other.record_type, record_slug=other.record_slug
        )


def add_an_entry():
    last = LedgerEntry.objects.order_by("seq").last()
    LedgerEntry.objects.create(
        seq=last.seq + 1,
        recorded_at=last.recorded_at,
        action="withdraw",
        record_type="party",
        record_slug="japan",
        previous_hash=last.hash,
        hash="f" * 64,
    )


def rewrite_the_whole_chain():
    payload = LedgerPayload.objects.order_by("-pk").first()
    body = {**payload.body, "status": "not_met"}
    LedgerPayload.objects.filter(pk=payload.pk).update(body=body)
    LedgerEntry.objects.filter(pk=payload.pk).update(payload_sha256=hash_part(payload.salt, body))
    sql("UPDATE commitments_assessment SET status = 'not_met'")
    sql("UPDATE commitments_undertaking SET shown_status = 'not_met'")
    rewrite_chain()


def cut_the_tail():
    last = LedgerEntry.objects.order_by("seq").last()
    Undertaking.objects.update(
        current_assessment=None, shown_status="", shown_by="", checked_on=None
    )
    sql(f"DELETE FROM commitments_{last.record_type}_evidence")
    sql(f"DELETE FROM commitments_{last.record_type} WHERE slug = %s", last.record_slug)
    LedgerPayload.objects.filter(pk=last.pk).delete()
    LedgerPeople.objects.filter(pk=last.pk).delete()
    LedgerEntry.objects.filter(pk=last.pk).delete()
    rewrite_chain()


def wipe_the_tables():
    Undertaking.objects.update(
        current_assessment=None, shown_status="", shown_by="", checked_on=None
    )
    LedgerPayload.objects.all().delete()
    LedgerPeople.objects.all().delete()
    LedgerEntry.objects.all().delete()
    for table in (
        "assessment_evidence",
        "assessment",
        "evidence",
        "criteria",
        "undertaking",
        "pledge",
        "source",
        "party",
    ):
        sql(f"DELETE FROM commitments_{table}")
    LedgerHead.objects.update(seq=0, hash="")


def edit_a_live_row():
    sql("UPDATE commitments_pledge SET title = 'Something milder'")


def edit_a_row_inside():
    sql("UPDATE commitments_criteria SET met = 'Anything'")


def publish_past_publishing():
    Party.objects.create(slug="atlantis", name="Atlantis", kind="state", state="published")


def hide_a_row():
    sql("UPDATE commitments_evidence SET state = 'draft'")


def change_the_shown_verdict():
    sql("UPDATE commitments_undertaking SET shown_status = 'not_met'")


TAMPERINGS = [
    pytest.param(change_an_entry, "Entry 2 was changed", id="entry changed"),
    pytest.param(change_a_payload, "payload of entry .* was changed", id="payload changed"),
    pytest.param(remove_an_entry, "Entries 3 to 3 are missing", id="entry removed"),
    pytest.param(remove_a_payload, "no redaction says why", id="payload removed"),
    pytest.param(swap_two_entries, "Entry 2 was changed", id="entries swapped"),
    pytest.param(add_an_entry, "its hash does not fit", id="entry added"),
    pytest.param(
        rewrite_the_whole_chain, "the chain was rewritten", id="chain rewritten with right hashes"
    ),
    pytest.param(cut_the_tail, "its end was cut off", id="tail cut"),
    pytest.param(wipe_the_tables, "its end was cut off", id="tables wiped"),
    pytest.param(edit_a_live_row, "changed past publishing", id="live row edited"),
    pytest.param(edit_a_row_inside, "changed past publishing", id="row inside edited"),
    pytest.param(
        publish_past_publishing, "the ledger does not say so", id="published past publishing"
    ),
    pytest.param(hide_a_row, "its row is “draft”", id="published row hidden"),
    pytest.param(
        change_the_shown_verdict, "not what its published records give", id="shown verdict changed"
    ),
]


@pytest.mark.parametrize(("tamper", "sentence"), TAMPERINGS)
def test_tampering_is_found(ledger, tamper, sentence):
    with guards.without_guards():
        tamper()
    with pytest.raises(CommandError, match=sentence):
        call_command("verify_ledger")


def test_a_dropped_trigger_is_found(ledger):
    name = "ledger_entry_delete"
    table = " ON commitments_ledgerentry" if connection.vendor == "postgresql" else ""
    sql(f"DROP TRIGGER {name}{table}")
    assert any(name in finding for finding in verify())
    guards.install_guards()
    assert list(verify()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE commitments_ledgerentry SET note = 'x' WHERE seq = 1",
        "DELETE FROM commitments_ledgerentry WHERE seq = 1",
        "UPDATE commitments_ledgerpayload SET salt = 'x' WHERE entry_id = 1",
        "DELETE FROM commitments_ledgerpayload WHERE entry_id = 1",
    ],
)
def test_the_database_refuses_to_change_the_ledger(ledger, statement):
    with pytest.raises(Exception, match="append-only"):
        sql(statement)


def test_postgresql_refuses_to_truncate_the_ledger(ledger):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(Exception, match="append-only"):
        sql("TRUNCATE commitments_ledgerpayload")


def test_redacting_leaves_a_valid_chain_and_no_trace_of_the_payload(
    make_party, reviewer, administrator
):
    party = make_party("canary", name="zzcanaryzz")
    seq = LedgerEntry.objects.for_record(party).get().seq
    with pytest.raises(publishing.Refused, match="still says this in public"):
        publishing.redact(seq, by=administrator, note="A court order.")
    withdraw(party, by=reviewer, note="Entered by mistake.")
    publishing.redact(seq, by=administrator, note="A court order.")
    kept = list(LedgerPayload.objects.values()) + list(LedgerEntry.objects.values())
    assert "zzcanaryzz" not in json.dumps(kept, default=str)
    assert list(verify()) == []


def test_a_missing_or_broken_checkpoint_file_is_said(ledger, settings):
    settings.CHECKPOINT_FILE.write_text("not json\n")
    assert any("cannot be read" in finding for finding in verify())
    settings.CHECKPOINT_FILE.unlink()
    assert any("is missing" in finding for finding in verify())


@pytest.fixture
def older(in_old_form, make_pledge, make_party, settle):
    """A pledge with a target that was published when form 1 of a pledge was the newest."""
    indicator = settle(
        Indicator.objects.create(
            slug="share", name="Share", unit="%", definition="d", publisher="p", frequency="annual"
        )
    )
    pledge = make_pledge("older", state="draft")
    pledge.targets.create(
        label="Change", kind="change", indicator=indicator, value=-30, baseline_value=100
    )
    with in_old_form("pledge", 1):
        settle(pledge)
    # Nobody could say then that a target has no due day, or where its baseline is from.
    pledge.targets.update(no_due_day=False, baseline_source=None)
    assert LedgerPayload.objects.get(entry__record_slug="older").body["form"] == 1
    return pledge


def test_an_entry_of_an_earlier_form_still_holds(older):
    assert list(verify()) == []


def test_a_field_that_an_earlier_form_lacks_cannot_be_changed_unseen(older):
    sql("UPDATE commitments_target SET per_cent = %s", True)
    assert "pledge older differs" in " ".join(verify())


def test_a_record_of_an_earlier_form_says_nothing_new_until_it_does(older, reviewer):
    assert amend(older, by=reviewer, note="Looked again.") is None
    older.targets.update(per_cent=True)
    entry = amend(older, by=reviewer, note="In per cent.")
    assert (entry.payload.body["form"], entry.payload.body["targets"][0]["per_cent"]) == (5, True)
    assert list(verify()) == []
