"""Attacks by somebody who can write into the database, and into the files beside it.

Each of them once went unnoticed.
"""

import json
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from commitments.models import (
    Assessment,
    Criteria,
    LedgerEntry,
    LedgerHead,
    LedgerPayload,
    LedgerPeople,
)
from commitments.publishing import guards
from commitments.publishing.ledger import hash_entry, hash_part
from commitments.publishing.remarks import Weight
from commitments.publishing.verifying import examine, verify
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db(transaction=True)
ON_POSTGRESQL = connection.vendor == "postgresql"


@shared
def ledger(make_pledge, make_assessment):
    """A true ledger: a published pledge, its proof and its verdict."""
    assessment = make_assessment(make_pledge().undertakings.get())
    assert list(verify()) == []
    return assessment


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def rewrite_history():
    """Turn the verdict round, in its row and its payload, and give every entry a fitting hash."""
    with guards.without_guards():
        payload = LedgerPayload.objects.order_by("-pk").first()
        payload.body["status"] = "not_met"
        payload.save()
        sql("UPDATE commitments_assessment SET status = 'not_met'")
        sql("UPDATE commitments_undertaking SET shown_status = 'not_met'")
        entry = LedgerEntry.objects.get(pk=payload.pk)
        entry.payload_sha256 = hash_part(payload.salt, payload.body)
        entry.hash = hash_entry(entry)
        entry.save()
        LedgerHead.objects.update(hash=entry.hash)


def read_lines(file):
    return [json.loads(line) for line in file.read_text().splitlines()]


def write_lines(file, lines):
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))


def rename_ledgers(file):
    write_lines(file, [{**line, "ledger": "another"} for line in read_lines(file)])


def cut_last_line(file):
    write_lines(file, read_lines(file)[:-1])


def make_folder(file):
    file.unlink()
    file.mkdir()


COVERED_TRACKS = [
    pytest.param(lambda file: file.unlink(), "is missing", id="file removed"),
    pytest.param(lambda file: file.write_text(""), "is empty", id="file emptied"),
    pytest.param(make_folder, "cannot be read", id="file is a folder"),
    pytest.param(rename_ledgers, "no line of this ledger", id="lines of another ledger"),
    pytest.param(cut_last_line, "ends at entry", id="last line cut"),
]


def renew_checkpoints(file):
    """Write the file again as it would be for the entries as they are."""
    hashes = dict(LedgerEntry.objects.values_list("seq", "hash"))
    write_lines(file, [{**line, "hash": hashes[line["seq"]]} for line in read_lines(file)])


@pytest.mark.parametrize(("cover", "sentence"), COVERED_TRACKS)
def test_a_rewritten_chain_beside_a_spoilt_checkpoint_file_is_noticed(
    ledger, checkpoint_file, cover, sentence
):
    rewrite_history()
    cover(checkpoint_file)
    # The day after, so that no line can still be on its way.
    tomorrow = timezone.now() + timedelta(days=1)
    with (
        time_machine.travel(tomorrow, tick=False),
        pytest.raises(CommandError, match=sentence),
    ):
        call_command("verify_ledger")


def test_a_line_that_may_still_be_on_its_way_is_a_warning(ledger, checkpoint_file, capsys):
    cut_last_line(checkpoint_file)
    call_command("verify_ledger")
    assert "warning: checkpoints.jsonl ends at entry" in capsys.readouterr().out


def test_only_a_copy_kept_elsewhere_shows_a_file_that_was_rewritten_with_its_chain(
    ledger, checkpoint_file, tmp_path
):
    copy = tmp_path / "kept-elsewhere.jsonl"
    copy.write_text(checkpoint_file.read_text())
    rewrite_history()
    renew_checkpoints(checkpoint_file)
    call_command("verify_ledger")
    with pytest.raises(CommandError) as refusal:
        call_command("verify_ledger", checkpoints=copy)
    assert "saw: the chain was rewritten" in str(refusal.value)
    assert "checkpoints.jsonl lacks 1 lines that the copy has" in str(refusal.value)


def test_a_copy_says_how_far_it_reaches(ledger, checkpoint_file, tmp_path, capsys):
    copy = tmp_path / "kept-elsewhere.jsonl"
    write_lines(copy, read_lines(checkpoint_file)[:1])
    call_command("verify_ledger", checkpoints=copy)
    assert "note: The copy ends at entry" in capsys.readouterr().out


def test_a_copy_that_is_not_there_is_no_proof(ledger, tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.jsonl is missing"):
        call_command("verify_ledger", checkpoints=tmp_path / "nowhere.jsonl")


DAMAGED_LINES = [
    pytest.param(b"[]", id="a list"),
    pytest.param(b"null", id="null"),
    pytest.param(b'"seq"', id="a text"),
    pytest.param(b"\xff\xfe{}", id="not UTF-8"),
    pytest.param(b'{"seq": 1e400, "hash": "a", "time": "t"}', id="an infinite number"),
    pytest.param(b'{"seq": ' + b"9" * 5000 + b', "hash": "a", "time": "t"}', id="5000 digits"),
    pytest.param(b'{"seq": 99999999999999999999, "hash": "a", "time": "t"}', id="a huge number"),
    pytest.param(b'{"seq": true, "hash": "a", "time": "t"}', id="a boolean"),
    pytest.param(b'{"seq": [1], "hash": "a", "time": "t"}', id="a list for a number"),
    pytest.param(b'{"seq": 1, "hash": {}, "time": "t"}', id="an object for a hash"),
    pytest.param(b'{"seq": 1, "hash": "a", "time": "t", "ledger": 5}', id="a number for a ledger"),
    pytest.param(b"\0" * 100, id="null bytes"),
    pytest.param(b"[" * 100_000, id="deeply nested"),
    pytest.param(b"", id="nothing"),
]


@on_the_same_record("line", DAMAGED_LINES)
def test_a_damaged_line_is_reported_and_all_else_still_checked(ledger, checkpoint_file, line):
    checkpoint_file.write_bytes(line + b"\n" + checkpoint_file.read_bytes())
    sql("UPDATE commitments_pledge SET title = 'Something milder'")
    findings = " ".join(verify())
    assert "Line 1 of checkpoints.jsonl cannot be read." in findings
    assert "changed past publishing" in findings


def test_a_check_that_breaks_off_does_not_stop_the_others(ledger, monkeypatch):
    sql("UPDATE commitments_pledge SET title = 'Something milder'")
    with guards.without_guards():
        LedgerPayload.objects.filter(pk=1).update(body=[])
        sql("UPDATE commitments_ledgerentry SET note = 'forged' WHERE seq = 2")
        findings = " ".join(verify())
    assert "Entry 2 was changed" in findings
    assert "The payload of entry 1 was changed" in findings
    assert "changed past publishing" in findings


def write_foreign_line(file, **fields):
    line = {"seq": 900, "hash": "f" * 64, "time": "2026-01-01T00:00:00.000000Z", "ledger": "other"}
    with open(file, "a", encoding="utf-8") as stream:
        stream.write(json.dumps({**line, **fields}) + "\n")


def test_lines_of_another_ledger_are_skipped_and_counted(ledger, checkpoint_file, capsys):
    for _line in range(3):
        write_foreign_line(checkpoint_file)
    call_command("verify_ledger")
    assert "note: checkpoints.jsonl has lines of other ledgers too; 3 were skipped." in (
        capsys.readouterr().out
    )


def test_a_line_from_before_ledgers_had_an_identity_is_judged_as_ours(ledger, checkpoint_file):
    line = {"seq": 900, "hash": "f" * 64, "time": "2026-01-01T00:00:00.000000Z"}
    write_lines(checkpoint_file, [*read_lines(checkpoint_file), line])
    with pytest.raises(CommandError, match="the ledger has no entry 900: its end was cut off"):
        call_command("verify_ledger")


REPLACEMENTS = [
    pytest.param(
        "INSERT OR REPLACE INTO commitments_ledgerentry (rowid, {columns}) SELECT rowid, {columns}"
        " FROM commitments_ledgerentry WHERE seq = 1",
        id="entry, by everything",
    ),
    pytest.param(
        "INSERT OR REPLACE INTO commitments_ledgerentry ({columns}) SELECT {columns}"
        " FROM commitments_ledgerentry WHERE seq = 1",
        id="entry, by its number",
    ),
    pytest.param(
        "REPLACE INTO commitments_ledgerpayload (entry_id, salt, body) VALUES (1, 's', '{{}}')",
        id="payload, by its entry",
    ),
    pytest.param(
        "INSERT OR REPLACE INTO commitments_ledgerpayload (rowid, entry_id, salt, body)"
        " SELECT rowid, 900, 's', '{{}}' FROM commitments_ledgerpayload WHERE entry_id = 1",
        id="payload, by its place in the file",
    ),
    pytest.param(
        "REPLACE INTO commitments_ledgerpeople (entry_id, salt, body) VALUES (1, 's', '{{}}')",
        id="people, by their entry",
    ),
    pytest.param(
        "INSERT INTO commitments_ledgerpeople (entry_id, salt, body) VALUES (1, 's', '{{}}')"
        " ON CONFLICT (entry_id) DO UPDATE SET salt = 's'",
        id="people, by an upsert",
    ),
    pytest.param(
        "INSERT INTO commitments_ledgerpayload (entry_id, salt, body) VALUES (1, 's', '{{}}')"
        " ON CONFLICT (entry_id) DO UPDATE SET salt = 's'",
        id="payload, by an upsert",
    ),
]


@pytest.mark.parametrize("recursive", [0, 1])
@pytest.mark.parametrize("statement", REPLACEMENTS)
def test_the_database_refuses_to_replace_a_row(ledger, statement, recursive):
    if ON_POSTGRESQL and "REPLACE" in statement:
        pytest.skip("PostgreSQL has no REPLACE")
    if not ON_POSTGRESQL:
        sql(f"PRAGMA recursive_triggers = {recursive}")
    columns = ", ".join(field.column for field in LedgerEntry._meta.concrete_fields)
    before = list(LedgerPayload.objects.values())
    with pytest.raises(Exception, match="append-only"):
        sql(statement.format(columns=columns))
    assert list(LedgerPayload.objects.values()) == before
    assert list(verify()) == []


def test_our_connections_fire_the_triggers_of_rows_that_a_replacement_deletes(db):
    if ON_POSTGRESQL:
        pytest.skip("PostgreSQL has no REPLACE")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA recursive_triggers").fetchone() == (1,)


def remake(name, statement):
    table = guards.SQLITE[name].table
    on_table = f" ON {table}" if ON_POSTGRESQL else ""
    sql(f"DROP TRIGGER {name}{on_table}")
    sql(statement)


def switch_off_by_a_condition():
    if ON_POSTGRESQL:
        body = "FOR EACH ROW WHEN (false) EXECUTE FUNCTION ledger_refuse()"
    else:
        body = "WHEN 0 BEGIN SELECT RAISE(ABORT, 'The ledger is append-only'); END"
    remake(
        "ledger_entry_delete",
        f"CREATE TRIGGER ledger_entry_delete BEFORE DELETE ON commitments_ledgerentry {body}",
    )


def empty_its_body():
    if ON_POSTGRESQL:
        sql(
            "CREATE FUNCTION harmless() RETURNS trigger LANGUAGE plpgsql"
            " AS $$BEGIN RETURN OLD; END$$"
        )
        body = "FOR EACH ROW EXECUTE FUNCTION harmless()"
    else:
        body = "BEGIN SELECT 1; END"
    remake(
        "ledger_entry_delete",
        f"CREATE TRIGGER ledger_entry_delete BEFORE DELETE ON commitments_ledgerentry {body}",
    )


def move_to_another_table():
    if ON_POSTGRESQL:
        body = "FOR EACH ROW EXECUTE FUNCTION ledger_refuse()"
    else:
        body = "BEGIN SELECT RAISE(ABORT, 'The ledger is append-only'); END"
    remake(
        "ledger_entry_delete",
        f"CREATE TRIGGER ledger_entry_delete BEFORE DELETE ON commitments_searchword {body}",
    )


def move_to_another_event():
    body = (
        "FOR EACH ROW EXECUTE FUNCTION ledger_refuse()"
        if ON_POSTGRESQL
        else "BEGIN SELECT RAISE(ABORT, 'The ledger is append-only'); END"
    )
    remake(
        "ledger_entry_delete",
        f"CREATE TRIGGER ledger_entry_delete AFTER DELETE ON commitments_ledgerentry {body}",
    )


@pytest.fixture
def swept():
    """Take away what an attack leaves in the database besides our own triggers."""
    yield
    guards.remove_guards()
    table = " ON commitments_searchword" if ON_POSTGRESQL else ""
    sql(f"DROP TRIGGER IF EXISTS ledger_entry_delete{table}")
    if ON_POSTGRESQL:
        sql("DROP FUNCTION IF EXISTS harmless()")
    guards.install_guards()


WEAKENED = [
    switch_off_by_a_condition,
    empty_its_body,
    move_to_another_table,
    move_to_another_event,
]


@pytest.mark.parametrize("weaken", WEAKENED)
def test_a_trigger_that_is_not_as_we_made_it_is_found_and_repaired(ledger, swept, weaken):
    weaken()
    assert guards.find_missing_guards() == ["ledger_entry_delete"]
    assert "The trigger ledger_entry_delete is missing, switched off or changed" in (
        " ".join(verify())
    )
    guards.install_guards()
    assert guards.find_missing_guards() == []
    with pytest.raises(Exception, match="append-only"):
        sql("DELETE FROM commitments_ledgerentry WHERE seq = 1")


FUNCTIONS = [
    pytest.param("BEGIN RETURN OLD; END", "", id="emptied"),
    pytest.param(guards.BODY, "SET search_path = elsewhere", id="reads another schema"),
]


@pytest.mark.parametrize(("body", "setting"), FUNCTIONS)
def test_a_function_that_is_not_as_we_made_it_is_found_and_repaired(ledger, body, setting):
    if not ON_POSTGRESQL:
        pytest.skip("SQLite's triggers have no function")
    sql(
        "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql"
        f" {setting} AS $${body}$$"
    )
    assert "The function ledger_refuse is missing, switched off or changed" in " ".join(verify())
    guards.install_guards()
    assert guards.find_missing_guards() == []


@pytest.mark.parametrize("mode", ["DISABLE", "ENABLE REPLICA"])
def test_a_trigger_that_does_not_fire_is_found_and_repaired(ledger, mode):
    if not ON_POSTGRESQL:
        pytest.skip("SQLite cannot switch a trigger off")
    sql(f"ALTER TABLE commitments_ledgerentry {mode} TRIGGER ledger_entry_update")
    assert guards.find_missing_guards() == ["ledger_entry_update"]
    guards.install_guards()
    assert guards.find_missing_guards() == []


def move_criteria(assessment):
    """Let the verdict rest on the criteria of another pledge that have the same number."""
    number = assessment.criteria.number
    other = Criteria.objects.exclude(pk=assessment.criteria_id).get(number=number)
    Assessment.objects.update(criteria=other)


MOVED = [
    pytest.param(move_criteria, "the criteria of another pledge", id="criteria"),
    pytest.param(
        lambda _row: Assessment.objects.update(published_seq=1),
        "says that entry 1 published it",
        id="number of its entry",
    ),
    pytest.param(
        lambda _row: Assessment.objects.update(assessor_credit="Somebody"),
        "changed past publishing",
        id="name of who judged",
    ),
    pytest.param(
        lambda _row: Assessment.objects.update(reviewer_credit="Somebody"),
        "changed past publishing",
        id="name of who reviewed",
    ),
]


@pytest.mark.parametrize(("move", "sentence"), MOVED)
def test_a_signature_moved_by_sql_is_found(
    make_pledge, make_assessment, checkpoint_file, move, sentence
):
    make_pledge("other-pledge")
    pledge = make_pledge()
    assessment = make_assessment(pledge.undertakings.get(), criteria=pledge.criteria.get())
    assert list(verify()) == []
    move(assessment)
    with pytest.raises(CommandError, match=sentence):
        call_command("verify_ledger")


def forge_people():
    LedgerPeople.objects.filter(pk=1).update(body={"submitted_by": ["X"], "approved_by": ["Y"]})


def remove_people():
    LedgerPeople.objects.filter(pk=1).delete()


def give_an_old_entry_people():
    """Turn entry 1 into one of form 1, whose hash covers no people, and then name some."""
    entry = LedgerEntry.objects.get(seq=1)
    entry.form, entry.people_sha256 = 1, ""
    entry.hash = hash_entry(entry)
    person = entry.people
    entry.people_sha256 = hash_part(person.salt, person.body)
    entry.save()


PEOPLE = [
    pytest.param(forge_people, "The list of people of entry 1 was changed", id="changed"),
    pytest.param(remove_people, "The list of people of entry 1 is missing", id="removed"),
    pytest.param(
        give_an_old_entry_people, "more than an entry of form 1 can", id="given to an old entry"
    ),
]


@on_the_same_record("attack, sentence", PEOPLE)
def test_who_published_cannot_be_changed_unseen(ledger, attack, sentence):
    with guards.without_guards():
        attack()
    assert sentence in " ".join(verify())


def test_nothing_is_said_of_a_true_ledger(ledger):
    assert [remark for remark in examine() if remark.weight is not Weight.NOTE] == []
