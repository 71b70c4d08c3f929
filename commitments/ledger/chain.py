"""The ledger's chain as anybody needs it to check it: all entries, with their hashes."""

import json

from commitments.models import ENTRY_FORM, LedgerEntry
from commitments.publicforms import render_exactly

# What the hash of an entry is computed from, by the entry's form.
HASHED = {
    1: (
        *("seq", "recorded_at", "action", "record_type", "record_slug", "note", "redacts"),
        *("payload_sha256", "previous_hash"),
    ),
    2: (
        *("form", "seq", "recorded_at", "action", "record_type", "record_slug", "note", "redacts"),
        *("redacted_part", "alone", "payload_sha256", "people_sha256", "previous_hash"),
    ),
}
CHUNK = 200


def write_lines(upto):
    """Yield the entries 1 to `upto` in chunks of text, each entry a line of JSON.

    An entry has its payload and salt, both null once redacted. The chunks are read by number: a
    ledger of a million entries takes no more memory, and no cursor stays open.
    """
    last = 0
    while last < upto:
        entries = LedgerEntry.objects.published()
        entries = entries.after(last)
        entries = entries.filter(seq__lte=upto)
        entries = entries.select_related("payload", "people")
        chunk = list(entries[:CHUNK])
        if not chunk:
            return
        lines = [write_json_line(entry) for entry in chunk]
        yield "".join(lines)
        last = chunk[-1].seq


def write_json_line(entry):
    body = render_entry(entry)
    text = json.dumps(body, ensure_ascii=False)
    return f"{text}\n"


def render_hashed(entry) -> dict:
    """Return what the hash of `entry` is computed from, as JSON. Its form says which columns."""
    body = {}
    # A form that no program writes hashes as the newest would, and fits no entry.
    newest = HASHED[ENTRY_FORM]
    for name in HASHED.get(entry.form, newest):
        value = getattr(entry, name)
        body[name] = render_exactly(value)
    return body


def render_entry(entry):
    """Return `entry` as JSON, with everything that its hashes are computed from."""
    body = render_hashed(entry)
    body["hash"] = entry.hash
    payload, salt = read_part(entry, "payload")
    body.update(payload=payload, salt=salt)
    if entry.form > 1:
        people, salt = read_part(entry, "people")
        body.update(people=people, people_salt=salt)
    return body


def read_part(entry, name):
    """Return the body and the salt of a part that stands apart; None for both once redacted."""
    # A redaction removes the row; getattr looks at the join, not into the database again.
    part = getattr(entry, name, None)
    if part is None:
        return None, None
    return part.body, part.salt
