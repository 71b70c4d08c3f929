"""Take a payload out of the ledger for law or privacy: the chain still holds, the text is gone."""

from functools import partial

from django.db import transaction

from commitments.models import Action, EntryPart, LedgerEntry, LedgerPayload, Source, State
from commitments.publicforms import MODELS
from commitments.publishing.conditions import MAY_REDACT, require_permission
from commitments.publishing.ledger import appending
from commitments.publishing.people import People
from commitments.publishing.refusals import Refused


def redact(seq, *, by, note):
    """Remove the payload of entry `seq`, and the stored files of a withdrawn source.

    The `note` is public and says why. Raises `Refused` while the record still shows this text in
    public: withdraw or amend it first.
    """
    require_permission(by, MAY_REDACT, "redact the ledger")
    if not note.strip():
        raise Refused("Say in a note why it is redacted: the note is public.")
    with appending() as pen:
        entry = LedgerEntry.objects.filter(seq=seq).first()
        payload = LedgerPayload.objects.filter(entry=seq)
        if entry is None or not payload.exists():
            raise Refused(f"Entry {seq} has no payload to redact.")
        model = MODELS[entry.record_type]
        record = model.objects.filter(slug=entry.record_slug).first()
        if record and record.state == State.PUBLISHED and not _has_newer_payload(entry):
            raise Refused("The record still says this in public. Withdraw or amend it first.")
        # In this order, because the trigger keeps a payload until its redaction is in the chain.
        redaction = pen.append(
            Action.REDACT,
            entry.record_type,
            entry.record_slug,
            note=note,
            redacts=entry.seq,
            redacted_part=EntryPart.PAYLOAD,
            people=People((by,), by),
        )
        payload.delete()
        if isinstance(record, Source) and record.state == State.WITHDRAWN:
            _remove_snapshots(record)
    return redaction


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
