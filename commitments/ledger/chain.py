"""The ledger's chain as a stranger needs it to check: every entry with its hashes, and the
checkpoints kept outside.
"""

import json
import os

from django.conf import settings

from commitments.models import LedgerEntry
from commitments.publicforms import as_exact_json

CHAINED = (
    *("seq", "recorded_at", "action", "record_type", "record_slug", "note", "redacts"),
    *("payload_sha256", "previous_hash", "hash"),
)
CHUNK = 200
# A checkpoint is a line of some 130 bytes.
BYTES_A_LINE = 400


def lines(upto):
    """Yield the entries 1 to `upto`, each a line of JSON with payload and salt, both null once
    redacted.

    Read in chunks by number: a ledger of a million entries takes no more memory, and no cursor
    stays open.
    """
    last = 0
    while last < upto:
        entries = (
            LedgerEntry.objects.published()
            .after(last)
            .filter(seq__lte=upto)
            .select_related("payload")[:CHUNK]
        )
        chunk = list(entries)
        if not chunk:
            return
        yield "".join(json.dumps(whole(entry), ensure_ascii=False) + "\n" for entry in chunk)
        last = chunk[-1].seq


def whole(entry):
    """Return `entry` with everything its hashes are taken of."""
    # A redaction removes the row; hasattr asks the join, not the database again.
    kept = entry.payload if hasattr(entry, "payload") else None
    body = {name: as_exact_json(getattr(entry, name)) for name in CHAINED}
    return {**body, "payload": kept and kept.body, "salt": kept and kept.salt}


def checkpoints(newest):
    """Return the `newest` checkpoints, the last first, read from the end of the file; none if there
    is no file.

    Each says whether it `holds`: whether the entry of its number has its hash. One statement.
    """
    try:
        with open(settings.CHECKPOINT_FILE, "rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - newest * BYTES_A_LINE))
            tail = file.read().decode(errors="replace").splitlines()
    except OSError:
        return []
    points = [point for line in reversed(tail) if (point := _point(line))][:newest]
    entries = LedgerEntry.objects.published().filter(seq__in=[point["seq"] for point in points])
    hashes = dict(entries.values_list("seq", "hash"))
    return [{**point, "holds": hashes.get(point["seq"]) == point["hash"]} for point in points]


def _point(line):
    """Return the checkpoint a line holds, None if it holds none: the first may be cut, a disk may
    have failed.
    """
    try:
        point = json.loads(line)
        seq = int(point["seq"])
        # A number that no ledger reaches is none, and not every database can be asked for it.
        return (
            {"seq": seq, "hash": str(point["hash"]), "time": str(point["time"])}
            if 0 < seq < 2**63
            else None
        )
    except (ValueError, KeyError, TypeError, OverflowError):
        return None
