"""The ledger's chain as anybody needs it to check it.

These are all entries with their hashes, and the checkpoints outside the database.
"""

import json
import os
from itertools import islice

from django.conf import settings

from commitments.models import LedgerEntry
from commitments.publicforms import render_exactly

CHAINED = (
    *("seq", "recorded_at", "action", "record_type", "record_slug", "note", "redacts"),
    *("payload_sha256", "previous_hash", "hash"),
)
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
