"""Triggers that refuse to change the ledger, in both databases. Installed after every migration.

A payload may be deleted only once a redaction of its entry stands in the chain; nothing else may be
changed. `TRUNCATE` (PostgreSQL) fires no row trigger, so it has one of its own.
"""

from contextlib import contextmanager

from django.db import connection

ENTRY, PAYLOAD = "commitments_ledgerentry", "commitments_ledgerpayload"
REDACTED = f"EXISTS (SELECT 1 FROM {ENTRY} WHERE action = 'redact' AND redacts = OLD.entry_id)"
SENTENCE = "The ledger is append-only"

SQLITE = {
    "ledger_entry_update": (ENTRY, "BEFORE UPDATE", ""),
    "ledger_entry_delete": (ENTRY, "BEFORE DELETE", ""),
    "ledger_payload_update": (PAYLOAD, "BEFORE UPDATE", ""),
    "ledger_payload_delete": (PAYLOAD, "BEFORE DELETE", f"WHEN NOT {REDACTED}"),
}
POSTGRESQL = {
    **{
        name: (table, f"{event} ON {table} FOR EACH ROW", "")
        for name, (table, event, _) in SQLITE.items()
    },
    "ledger_entry_truncate": (ENTRY, f"BEFORE TRUNCATE ON {ENTRY} FOR EACH STATEMENT", ""),
    "ledger_payload_truncate": (PAYLOAD, f"BEFORE TRUNCATE ON {PAYLOAD} FOR EACH STATEMENT", ""),
}
FUNCTION = f"""
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = '{PAYLOAD}' THEN
        IF {REDACTED} THEN RETURN OLD; END IF;
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
                table, event, _ = POSTGRESQL[name]
                cursor.execute(f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION ledger_refuse()")
            return
        for name in find_missing_guards():
            table, event, when = SQLITE[name]
            cursor.execute(
                f"CREATE TRIGGER {name} {event} ON {table} {when} BEGIN SELECT RAISE(ABORT,"
                f" '{SENTENCE}'); END"
            )


def find_missing_guards() -> list[str]:
    """Return the names of the triggers that should stand and do not, or that are switched off."""
    wanted = POSTGRESQL if _on_postgresql() else SQLITE
    query = (
        # 'D' is a disabled trigger; pg_trigger keeps it, so looking at names alone would miss it.
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if _on_postgresql()
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {row[0] for row in cursor.fetchall()}
    return sorted(set(wanted) - standing)


def remove_guards():
    wanted = POSTGRESQL if _on_postgresql() else SQLITE
    with connection.cursor() as cursor:
        for name, (table, *_rest) in wanted.items():
            cursor.execute(
                f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if _on_postgresql() else "")
            )


@contextmanager
def lifted():
    """Run a block without the guards. For tests that empty the tables; nothing else calls it."""
    remove_guards()
    try:
        yield
    finally:
        install_guards()
