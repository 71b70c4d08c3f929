"""The chain itself: one writer at a time, gapless, each entry bound to the one before."""

import hashlib
import json
import logging
import os
import secrets
from contextlib import contextmanager
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from commitments.models import LedgerEntry, LedgerHead, LedgerPayload
from commitments.publicforms import as_exact_json, canonical

logger = logging.getLogger(__name__)
HASHED = (
    "seq",
    "recorded_at",
    "action",
    "record_type",
    "record_slug",
    "note",
    "redacts",
    "payload_sha256",
    "previous_hash",
)


def entry_hash(entry) -> str:
    """Return SHA-256 over the canonical JSON of all columns of `entry` but its own hash."""
    body = {name: as_exact_json(getattr(entry, name)) for name in HASHED}
    return hashlib.sha256(canonical(body)).hexdigest()


def payload_hash(salt: str, body) -> str:
    """Return SHA-256 over salt and payload: without the salt, guessing a removed payload proves
    nothing.
    """
    return hashlib.sha256(salt.encode() + canonical(body)).hexdigest()


class Pen:
    """Appends entries under the locked head; made by `appending` only."""

    def __init__(self, head):
        self.head = head
        self.first_free = head.seq + 1
        last = (
            LedgerEntry.objects.filter(seq=head.seq).values_list("recorded_at", flat=True).first()
        )
        self.time = max(timezone.now(), last) if last else timezone.now()

    def append(
        self, action, record_type, record_slug, *, note="", payload=None, redacts=None
    ) -> LedgerEntry:
        salt = secrets.token_hex(32)
        entry = LedgerEntry(
            seq=self.head.seq + 1,
            recorded_at=self.time,
            action=str(action),
            record_type=record_type,
            record_slug=record_slug,
            note=note,
            redacts=redacts,
            payload_sha256="" if payload is None else payload_hash(salt, payload),
            previous_hash=self.head.hash,
        )
        entry.hash = entry_hash(entry)
        entry.save(force_insert=True)
        if payload is not None:
            LedgerPayload.objects.create(entry=entry, salt=salt, body=payload)
        self.head.seq, self.head.hash = entry.seq, entry.hash
        return entry


@contextmanager
def appending():
    """Lock the head, yield the pen, and write the head and (after commit) one checkpoint.

    Whoever changes what is public takes this lock first, before any row: no two can wait for each
    other.
    """
    with transaction.atomic():
        pen = Pen(lock_head())
        yield pen
        if pen.head.seq >= pen.first_free:
            pen.head.save()
            transaction.on_commit(partial(write_checkpoint, pen.head.seq, pen.head.hash, pen.time))


def lock_head() -> LedgerHead:
    """Return the head, locked until the end of the transaction."""
    head = LedgerHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        LedgerHead.objects.get_or_create(pk=1)
        return LedgerHead.objects.select_for_update().get(pk=1)
    return head


def write_checkpoint(seq, head_hash, time):
    """Append `seq`, head and time to the checkpoint file: outside the database, so beyond its
    owner's edits.

    Two publications may write in either order; each line stands for itself. A disk that refuses the
    line takes nothing back: the publication stands, and the next one's checkpoint covers it.
    """
    try:
        _append_line(
            settings.CHECKPOINT_FILE,
            json.dumps({"seq": seq, "hash": head_hash, "time": as_exact_json(time)}),
        )
    except OSError as error:
        logger.error("Checkpoint %s was not written: %s", seq, error)


def _append_line(path, line):
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        os.write(handle, f"{line}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
