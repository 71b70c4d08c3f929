"""Write the chain: one writer at a time, no gaps, each entry bound to the one before."""

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

from commitments.ledger.chain import render_hashed
from commitments.models import (
    ENTRY_FORM,
    LedgerEntry,
    LedgerHead,
    LedgerPayload,
    LedgerPeople,
)
from commitments.publicforms import render_exactly, write_canonically

logger = logging.getLogger(__name__)


def hash_entry(entry) -> str:
    """Return SHA-256 over the canonical JSON of the columns of `entry`'s form but its own hash."""
    body = render_hashed(entry)
    return hashlib.sha256(write_canonically(body)).hexdigest()


def hash_part(salt: str, body) -> str:
    """Return SHA-256 over salt and a part that stands apart: the payload, or the people.

    Without the salt, nobody can check a guess at a removed part.
    """
    data = salt.encode() + write_canonically(body)
    return hashlib.sha256(data).hexdigest()


class Pen:
    """Appends entries under the locked head; made by `appending` only."""

    def __init__(self, head):
        self.head = head
        self.first_free = head.seq + 1
        entries = LedgerEntry.objects.filter(seq=head.seq)
        last_time = entries.values_list("recorded_at", flat=True).first()
        self.time = timezone.now()
        if last_time:
            self.time = max(self.time, last_time)

    def append(
        self,
        action,
        record_type,
        record_slug,
        *,
        note="",
        payload=None,
        people=None,
        redacts=None,
        redacted_part="",
    ) -> LedgerEntry:
        """Append an entry. Without `people` the program made it, and nobody was needed."""
        payload_salt, people_salt = secrets.token_hex(32), secrets.token_hex(32)
        people_body = people and people.body
        entry = LedgerEntry(
            form=ENTRY_FORM,
            seq=self.head.seq + 1,
            recorded_at=self.time,
            action=str(action),
            record_type=record_type,
            record_slug=record_slug,
            note=note,
            redacts=redacts,
            redacted_part=redacted_part,
            alone=people is not None and people.alone,
            payload_sha256="" if payload is None else hash_part(payload_salt, payload),
            people_sha256="" if people is None else hash_part(people_salt, people_body),
            previous_hash=self.head.hash,
        )
        entry.hash = hash_entry(entry)
        entry.save(force_insert=True)
        if payload is not None:
            LedgerPayload.objects.create(entry=entry, salt=payload_salt, body=payload)
        if people is not None:
            LedgerPeople.objects.create(entry=entry, salt=people_salt, body=people_body)
        self.head.seq = entry.seq
        self.head.hash = entry.hash
        return entry


@contextmanager
def appending():
    """Lock the head, yield the pen, and write the head and (after commit) one checkpoint.

    Every change of what is public takes this lock before it locks any row, so no two of them can
    wait for each other.
    """
    with transaction.atomic():
        pen = Pen(lock_head())
        yield pen
        if pen.head.seq >= pen.first_free:
            pen.head.save()
            checkpoint = {
                "ledger": pen.head.identity,
                "seq": pen.head.seq,
                "hash": pen.head.hash,
                "time": render_exactly(pen.time),
            }
            transaction.on_commit(partial(write_checkpoint, checkpoint))


def lock_head() -> LedgerHead:
    """Return the head, locked until the end of the transaction."""
    head = LedgerHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        LedgerHead.objects.get_or_create(pk=1)
        return LedgerHead.objects.select_for_update().get(pk=1)
    return head


def write_checkpoint(checkpoint):
    """Append a checkpoint to its file, where somebody who edits the database cannot change it.

    Two publications may write in either order; each line stands for itself. If the disk refuses the
    line, the publication is valid nevertheless, and the checkpoint of the next one covers it.
    """
    try:
        _append_line(settings.CHECKPOINT_FILE, json.dumps(checkpoint))
    except OSError as error:
        logger.error("Checkpoint %s was not written: %s", checkpoint["seq"], error)


def _append_line(path, line):
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        os.write(handle, f"{line}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
