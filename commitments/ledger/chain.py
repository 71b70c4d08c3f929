"""The ledger's chain as anybody needs it to check it: all entries, with their hashes."""

import json

from commitments.models import LedgerEntry
from commitments.publicforms import render_exactly

CHAINED = (
    *("seq", "recorded_at", "action", "record_type", "record_slug", "note", "redacts"),
    *("payload_sha256", "previous_hash", "hash"),
)
CHUNK = 200


def write_lines(upto):
    """Yield the entries 1 to `upto` in chunks of text, each entry a line of JSON.

    An entry has its payload and salt, both null once redacted. The chunks are read by number: a
    ledger of a million entries takes no more memory, and no cursor stays open.
    """
    last = 0
    while last < upto:
        entries = LedgerEntry.objects.published()
        entries = entries.after(last).filter(seq__lte=upto)
        entries = entries.select_related("payload")[:CHUNK]
        chunk = list(entries)
        if not chunk:
            return
        yield "".join(write_json_line(entry) for entry in chunk)
        last = chunk[-1].seq


def write_json_line(entry):
    text = json.dumps(render_entry(entry), ensure_ascii=False)
    return f"{text}\n"


def render_entry(entry):
    """Return `entry` as JSON, with everything that its hashes are computed from."""
    body = {}
    for name in CHAINED:
        value = getattr(entry, name)
        body[name] = render_exactly(value)
    body["payload"] = None
    body["salt"] = None
    # A redaction removes the row; hasattr looks at the join, not into the database again.
    if hasattr(entry, "payload"):
        body["payload"] = entry.payload.body
        body["salt"] = entry.payload.salt
    return body
