"""The ledger's chain as anybody needs it to check it.

These are all entries with their hashes, and the checkpoints outside the database.
"""

import json
import os
from itertools import islice

from django.conf import settings

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
# A checkpoint is a line of some 130 bytes.
BYTES_A_LINE = 400
# No ledger reaches a larger number, and not every database can compare one.
LARGEST = 2**63 - 1


def write_lines(upto):
    """Yield the entries 1 to `upto` in chunks of text, each entry a line of JSON.

    An entry has its payload and salt, both null once redacted. The chunks are read by number: a
    ledger of a million entries takes no more memory, and no cursor stays open.
    """
    last = 0
    while last < upto:
        entries = LedgerEntry.objects.published()
        entries = entries.after(last).filter(seq__lte=upto)
        entries = entries.select_related("payload", "people")[:CHUNK]
        chunk = list(entries)
        if not chunk:
            return
        yield "".join(write_json_line(entry) for entry in chunk)
        last = chunk[-1].seq


def write_json_line(entry):
    text = json.dumps(render_entry(entry), ensure_ascii=False)
    return f"{text}\n"


def render_hashed(entry) -> dict:
    """Return what the hash of `entry` is computed from, as JSON. Its form says which columns."""
    body = {}
    # A form that no program writes hashes as the newest would, and fits no entry.
    for name in HASHED.get(entry.form, HASHED[ENTRY_FORM]):
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


def read_checkpoints(newest):
    """Return the `newest` checkpoints, the last first; none if there is no file.

    Each says whether it `holds`: whether the entry with its number has its hash. One statement.
    """
    points = islice(read_points(newest), newest)
    points = list(points)
    numbers = [point["seq"] for point in points]
    entries = LedgerEntry.objects.published()
    entries = entries.filter(seq__in=numbers)
    hashes = dict(entries.values_list("seq", "hash"))
    for point in points:
        seq = point["seq"]
        point["holds"] = hashes.get(seq) == point["hash"]
    return points


def read_points(count):
    """Yield the checkpoints at the end of the file, `count` or some more, the last first."""
    for line in reversed(read_tail(count * BYTES_A_LINE)):
        point = parse_point(line)
        if point is not None:
            yield point


def read_tail(size):
    """Return the lines in the last `size` bytes of the file of checkpoints; the first may be cut.

    Empty if the file cannot be read.
    """
    try:
        with open(settings.CHECKPOINT_FILE, "rb") as file:
            end = file.seek(0, os.SEEK_END)
            file.seek(max(0, end - size))
            tail = file.read()
    except OSError:
        return []
    return tail.decode(errors="replace").splitlines()


def parse_point(line):
    """Return the checkpoint in a line; None if there is none, as in a line that is cut."""
    try:
        point = json.loads(line)
        seq = int(point["seq"])
        texts = {
            "hash": str(point["hash"]),
            "time": str(point["time"]),
        }
    except (ValueError, KeyError, TypeError, OverflowError):
        return None
    if not 0 < seq <= LARGEST:
        return None
    return {"seq": seq, **texts}
