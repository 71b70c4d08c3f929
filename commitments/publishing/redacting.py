"""Take a part out of the ledger for law or privacy: the chain still holds, the text is gone.

Such a part is what an entry published, or the names of who published it.
"""

from functools import partial

from django.db import transaction

from commitments.models import (
    Action,
    EntryPart,
    LedgerEntry,
    LedgerPayload,
    LedgerPeople,
    Source,
    State,
)
from commitments.publicforms import MODELS
from commitments.publishing.conditions import MAY_REDACT, require_permission
from commitments.publishing.ledger import appending
from commitments.publishing.people import People
from commitments.publishing.proposing import clear_proposals
from commitments.publishing.refusals import Refused
from commitments.publishing.states import take_from_public

PARTS = {EntryPart.PAYLOAD: LedgerPayload, EntryPart.PEOPLE: LedgerPeople}
WORDS = {EntryPart.PAYLOAD: "payload", EntryPart.PEOPLE: "people"}


def redact(seq, *, by, note, part=EntryPart.PAYLOAD, withdraws=False):
    """Remove a part of entry `seq`: what it published, or the names of who published it.

    An administrator does it alone, because a court's order does not wait; the entry says so. The
    `note` is public and says why. With a payload go the stored files of a withdrawn source, and the
    proposals about the record. Raises `Refused` while the record still shows this text in public,
    but with `withdraws`: then the record goes first, with what rests on it.
    """
    require_permission(by, MAY_REDACT, "redact the ledger")
    if not note.strip():
        raise Refused("Say in a note why it is redacted: the note is public.")
    with appending() as pen:
        entry = LedgerEntry.objects.filter(seq=seq).first()
        stored = PARTS[part].objects.filter(entry=seq)
        if entry is None or not stored.exists():
            raise Refused(f"Entry {seq} has no {WORDS[part]} to redact.")
        record = _find_record_of(entry)
        people = People((by,), by)
        if part == EntryPart.PAYLOAD and _is_shown(entry, record):
            if not withdraws:
                raise Refused(
                    "The record still says this in public. Withdraw or amend it first, or let this"
                    " withdraw it."
                )
            take_from_public(pen, record, people, note, cascade=True)
            record.refresh_from_db()
        # In this order, because the trigger keeps a part until its redaction is in the chain.
        redaction = pen.append(
            Action.REDACT,
            entry.record_type,
            entry.record_slug,
            note=note,
            redacts=entry.seq,
            redacted_part=part,
            people=people,
        )
        stored.delete()
        if part == EntryPart.PAYLOAD:
            clear_proposals(entry.record_type, entry.record_slug, by=by)
            if isinstance(record, Source) and record.state == State.WITHDRAWN:
                _remove_snapshots(record)
    return redaction


def _find_record_of(entry):
    model = MODELS[entry.record_type]
    return model.objects.filter(slug=entry.record_slug).first()


def _is_shown(entry, record):
    """Whether the public still reads what the entry published."""
    if record is None or record.state != State.PUBLISHED:
        return False
    return not _has_newer_payload(entry)


def _has_newer_payload(entry):
    """Whether a later entry of the same record has a payload: readers see the newest one.

    Confirmations and redactions have none.
    """
    newer = LedgerEntry.objects.filter(
        record_type=entry.record_type,
        record_slug=entry.record_slug,
        seq__gt=entry.seq,
    )
    return newer.exclude(payload_sha256="").exists()


def _remove_snapshots(source):
    for snapshot in source.snapshots.exclude(file=""):
        file = snapshot.file
        # After the commit, because deleting a file cannot be rolled back.
        transaction.on_commit(partial(file.storage.delete, file.name))
    source.snapshots.update(file="", text="")
