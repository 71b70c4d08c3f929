"""Triggers that refuse to change the ledger, in both databases. Installed after every migration.

A payload, or who published it, may be deleted only after a redaction of it is in the chain; nothing
else may be changed. `TRUNCATE` (PostgreSQL) fires no row trigger, so it has a trigger of its own. A
conflict that SQLite resolves by REPLACE deletes rows and fires no trigger for it, so there is one
that refuses to insert what is there already.
"""

from contextlib import contextmanager
from typing import NamedTuple

from django.db import connection

ENTRY, PAYLOAD = "commitments_ledgerentry", "commitments_ledgerpayload"
PEOPLE = "commitments_ledgerpeople"
REDACTIONS = f"SELECT 1 FROM {ENTRY} WHERE action = 'redact' AND redacts = OLD.entry_id"
# A redaction of form 1 names no part: there were payloads alone.
REDACTED = f"EXISTS ({REDACTIONS} AND redacted_part <> 'people')"
PEOPLE_REDACTED = f"EXISTS ({REDACTIONS} AND redacted_part = 'people')"
SENTENCE = "The ledger is append-only"
FUNCTION = "ledger_refuse"


class Trigger(NamedTuple):
    """A trigger of SQLite; `condition` is its WHEN clause, if it has one."""

    table: str
    event: str
    condition: str = ""


def _refuse_replacing(table, *columns):
    """Return the trigger that refuses a row which would replace one, by a column or its rowid."""
    same = [f"{column} = NEW.{column}" for column in ("rowid", *columns)]
    condition = " OR ".join(same)
    return Trigger(
        table,
        "BEFORE INSERT",
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {condition})",
    )


SQLITE = {
    "ledger_entry_update": Trigger(ENTRY, "BEFORE UPDATE"),
    "ledger_entry_delete": Trigger(ENTRY, "BEFORE DELETE"),
    "ledger_entry_replace": _refuse_replacing(ENTRY, "seq", "hash"),
    "ledger_payload_update": Trigger(PAYLOAD, "BEFORE UPDATE"),
    "ledger_payload_delete": Trigger(PAYLOAD, "BEFORE DELETE", f"WHEN NOT {REDACTED}"),
    "ledger_payload_replace": _refuse_replacing(PAYLOAD, "entry_id"),
    "ledger_people_update": Trigger(PEOPLE, "BEFORE UPDATE"),
    "ledger_people_delete": Trigger(PEOPLE, "BEFORE DELETE", f"WHEN NOT {PEOPLE_REDACTED}"),
    "ledger_people_replace": _refuse_replacing(PEOPLE, "entry_id"),
}
# PostgreSQL replaces a row by updating it, which is refused already.
POSTGRESQL = {
    "ledger_entry_update": Trigger(ENTRY, "BEFORE UPDATE"),
    "ledger_entry_delete": Trigger(ENTRY, "BEFORE DELETE"),
    "ledger_entry_truncate": Trigger(ENTRY, "BEFORE TRUNCATE"),
    "ledger_payload_update": Trigger(PAYLOAD, "BEFORE UPDATE"),
    "ledger_payload_delete": Trigger(PAYLOAD, "BEFORE DELETE"),
    "ledger_payload_truncate": Trigger(PAYLOAD, "BEFORE TRUNCATE"),
    "ledger_people_update": Trigger(PEOPLE, "BEFORE UPDATE"),
    "ledger_people_delete": Trigger(PEOPLE, "BEFORE DELETE"),
    "ledger_people_truncate": Trigger(PEOPLE, "BEFORE TRUNCATE"),
}
BODY = f"""
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = '{PAYLOAD}' THEN
        IF {REDACTED} THEN RETURN OLD; END IF;
    END IF;
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = '{PEOPLE}' THEN
        IF {PEOPLE_REDACTED} THEN RETURN OLD; END IF;
    END IF;
    RAISE EXCEPTION '{SENTENCE}';
END
"""


def _on_postgresql():
    return connection.vendor == "postgresql"


def _list_triggers():
    return POSTGRESQL if _on_postgresql() else SQLITE


def install_guards():
    """Create the guards that are missing, and make anew those that are not as they should be."""
    missing = find_missing_guards()
    with connection.cursor() as cursor:
        if _on_postgresql():
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql"
                f" AS $${BODY}$$"
            )
        for name in missing:
            if name != FUNCTION:
                cursor.execute(_write_removal(name))
                cursor.execute(_write_trigger(name))


def has_tables_of_now() -> bool:
    """Whether the ledger has the tables of this version, and nobody migrated it back."""
    return PEOPLE in connection.introspection.table_names()


def find_missing_guards() -> list[str]:
    """Return the names of the guards that are missing, switched off, or defined otherwise."""
    definitions = {name: _write_trigger(name) for name in _list_triggers()}
    if _on_postgresql():
        definitions[FUNCTION] = BODY
        installed = _read_postgresql()
    else:
        installed = _read_sqlite()
    missing = []
    for name, definition in definitions.items():
        if installed.get(name) != definition:
            missing.append(name)
    return sorted(missing)


def _write_trigger(name):
    """Return the statement that creates a trigger, in the words that the database keeps of it."""
    table, event, condition = _list_triggers()[name]
    if _on_postgresql():
        level = "STATEMENT" if event == "BEFORE TRUNCATE" else "ROW"
        return (
            f"CREATE TRIGGER {name} {event} ON {table} FOR EACH {level}"
            f" EXECUTE FUNCTION {FUNCTION}()"
        )
    words = [f"CREATE TRIGGER {name} {event} ON {table}"]
    if condition:
        words.append(condition)
    words.append(f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END")
    return " ".join(words)


def _write_removal(name):
    statement = f"DROP TRIGGER IF EXISTS {name}"
    if _on_postgresql():
        table = POSTGRESQL[name].table
        statement += f" ON {table}"
    return statement


def _read_sqlite():
    """Return the definitions of all triggers as {name: statement}."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def _read_postgresql():
    """Return the definitions of the triggers on the ledger that fire, and of their function."""
    tables = sorted({trigger.table for trigger in POSTGRESQL.values()})
    with connection.cursor() as cursor:
        # By the table: another one may have a trigger of the same name. 'O' and 'A' fire for
        # everybody; 'D' never does, and 'R' only while a replica copies.
        cursor.execute(
            "SELECT tgname, pg_get_triggerdef(oid, true) FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
            " AND tgrelid = ANY(SELECT to_regclass(name) FROM unnest(%s::text[]) AS name)",
            [tables],
        )
        definitions = dict(cursor.fetchall())
        cursor.execute(
            "SELECT prosrc FROM pg_proc JOIN pg_language ON pg_language.oid = prolang"
            " WHERE pg_proc.oid = to_regprocedure(%s) AND lanname = 'plpgsql'"
            " AND proconfig IS NULL",
            [f"{FUNCTION}()"],
        )
        row = cursor.fetchone()
    if row:
        definitions[FUNCTION] = row[0]
    return definitions


def remove_guards():
    with connection.cursor() as cursor:
        for name in _list_triggers():
            cursor.execute(_write_removal(name))


@contextmanager
def without_guards():
    """Run a block without the guards. For tests that empty the tables; nothing else calls it."""
    remove_guards()
    try:
        yield
    finally:
        install_guards()
