"""Checkpoints: heads of the ledger in a file outside the database, one line after each publication.

Several ledgers may write into one file. Each line names its ledger; those from before lines did so
count as this ledger's.
"""

import json
import os
from typing import NamedTuple

from django.conf import settings

from commitments.models import LedgerEntry, LedgerHead

# A checkpoint is a line of some 200 bytes.
BYTES_A_LINE = 400
# Other ledgers may have written many lines since our last one; the page does not look for it far.
BYTES_AT_MOST = 1_000_000
# No ledger reaches a larger number, and not every database can compare one.
LARGEST = 2**63 - 1


class Checkpoint(NamedTuple):
    """A line of the file: the head of a ledger at a time; `ledger` is empty in old lines."""

    seq: int
    hash: str
    time: str
    ledger: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether its values are of the kinds that a checkpoint has."""
        texts = (self.hash, self.time, self.ledger)
        if not all(isinstance(text, str) for text in texts):
            return False
        # A bool is an int to Python.
        is_number = type(self.seq) is int
        return is_number and 0 < self.seq <= LARGEST

    def is_of(self, identity: str) -> bool:
        return self.ledger in ("", identity)


class ComparedCheckpoint(NamedTuple):
    """A checkpoint, and whether it `holds`: whether the entry of its number has its hash."""

    seq: int
    hash: str
    time: str
    holds: bool


def read_identity() -> str:
    """Return the identity of this ledger, empty if it has no head. One statement."""
    heads = LedgerHead.objects.filter(pk=1)
    return heads.values_list("identity", flat=True).first() or ""


def read_checkpoints(newest) -> list[ComparedCheckpoint]:
    """Return the `newest` checkpoints of this ledger, the last first; none if there is no file.

    Two statements.
    """
    identity = read_identity()
    points = find_newest(newest, identity)
    numbers = [point.seq for point in points]
    entries = LedgerEntry.objects.published()
    entries = entries.filter(seq__in=numbers)
    hashes = dict(entries.values_list("seq", "hash"))
    compared = []
    for point in points:
        holds = hashes.get(point.seq) == point.hash
        compared.append(ComparedCheckpoint(point.seq, point.hash, point.time, holds))
    return compared


def find_newest(count, identity) -> list[Checkpoint]:
    """Return the last `count` checkpoints of the ledger `identity` in the file, the last first."""
    size = count * BYTES_A_LINE
    while True:
        tail = read_tail(size)
        points = list(read_backwards(tail, identity))
        is_whole = len(tail) < size
        if len(points) >= count or is_whole or size >= BYTES_AT_MOST:
            return points[:count]
        size *= 4


def read_backwards(text, identity):
    """Yield the checkpoints of the ledger `identity` in `text`, the last first."""
    lines = text.split(b"\n")
    for line in reversed(lines):
        point = parse_checkpoint(line)
        if point and point.is_of(identity):
            yield point


def read_tail(size) -> bytes:
    """Return the last `size` bytes of the file; none if it cannot be read."""
    try:
        with open(settings.CHECKPOINT_FILE, "rb") as file:
            end = file.seek(0, os.SEEK_END)
            file.seek(max(0, end - size))
            return file.read(size)
    except OSError:
        return b""


def parse_checkpoint(line: bytes) -> Checkpoint | None:
    """Return the checkpoint in a line; None if there is none, as in a line that is cut."""
    try:
        body = json.loads(line.decode())
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict):
        return None
    point = Checkpoint(
        seq=body.get("seq"),
        hash=body.get("hash"),
        time=body.get("time"),
        ledger=body.get("ledger", ""),
    )
    return point if point.is_sound else None
