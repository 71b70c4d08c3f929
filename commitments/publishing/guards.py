"""Triggers that refuse to change the ledger, in both databases. Installed after every migration.

A payload, or who published it, may be deleted only after a redaction of it is in the chain; nothing
else may be changed. `TRUNCATE` (PostgreSQL) fires no row trigger, so it has a trigger of its own.
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


class Trigger(NamedTuple):
    table: str
    event: str
    condition: str = ""


SQLITE = {
    "ledger_entry_update": Trigger(ENTRY, "BEFORE UPDATE"),
    "ledger_entry_delete": Trigger(ENTRY, "BEFORE DELETE"),
    "ledger_payload_update": Trigger(PAYLOAD, "BEFORE UPDATE"),
    "ledger_payload_delete": Trigger(PAYLOAD, "BEFORE DELETE", f"WHEN NOT {REDACTED}"),
    "ledger_people_update": Trigger(PEOPLE, "BEFORE UPDATE"),
    "ledger_people_delete": Trigger(PEOPLE, "BEFORE DELETE", f"WHEN NOT {PEOPLE_REDACTED}"),
}
POSTGRESQL = {
    **{
        name: Trigger(trigger.table, f"{trigger.event} ON {trigger.table} FOR EACH ROW")
        for name, trigger in SQLITE.items()
    },
    "ledger_entry_truncate": Trigger(ENTRY, f"BEFORE TRUNCATE ON {ENTRY} FOR EACH STATEMENT"),
    "ledger_payload_truncate": Trigger(PAYLOAD, f"BEFORE TRUNCATE ON {PAYLOAD} FOR EACH STATEMENT"),
    "ledger_people_truncate": Trigger(PEOPLE, f"BEFORE TRUNCATE ON {PEOPLE} FOR EACH STATEMENT"),
}
FUNCTION = f"""
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = '{PAYLOAD}' THEN
        IF {REDACTED} THEN RETURN OLD; END IF;
    END IF;
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = '{PEOPLE}' THEN
        IF {PEOPLE_REDACTED} THEN RETURN OLD; END IF;
    END IF;
    RAISE EXCEPTION '{SENTENCE}';
END $$
"""


def _on_postgresql():
    return connection.vendor == "postgresql"


def install_guards():
    """Create the triggers that are missing, and bring PostgreSQL's function up to date."""
    with connection.cursor() as cursor:
        if _on_postgresql():
            cursor.execute(FUNCTION)
            for name in find_missing_guards():
                event = POSTGRESQL[name].event
                cursor.execute(f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION ledger_refuse()")
            return
        for name in find_missing_guards():
            table, event, condition = SQLITE[name]
            cursor.execute(
                f"CREATE TRIGGER {name} {event} ON {table} {condition} BEGIN SELECT RAISE(ABORT,"
                f" '{SENTENCE}'); END"
            )


def find_missing_guards() -> list[str]:
    """Return the names of the triggers that are missing or switched off."""
    triggers = SQLITE
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if _on_postgresql():
        triggers = POSTGRESQL
        # pg_trigger lists disabled triggers too, with 'D'.
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        active = {row[0] for row in cursor.fetchall()}
    return sorted(set(triggers) - active)


def remove_guards():
    triggers = POSTGRESQL if _on_postgresql() else SQLITE
    with connection.cursor() as cursor:
        for name, trigger in triggers.items():
            statement = f"DROP TRIGGER IF EXISTS {name}"
            if _on_postgresql():
                statement += f" ON {trigger.table}"
            cursor.execute(statement)


@contextmanager
def without_guards():
    """Run a block without the guards. For tests that empty the tables; nothing else calls it."""
    remove_guards()
    try:
        yield
    finally:
        install_guards()
