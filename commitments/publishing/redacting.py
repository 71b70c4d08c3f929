"""Taking a payload out of the ledger for law or privacy. The chain holds; the text is gone."""

from functools import partial

from django.db import transaction

from commitments.models import Action, LedgerEntry, LedgerPayload, Source, State
from commitments.publicforms import MODELS
from commitments.publishing.conditions import MAY_REDACT, require
from commitments.publishing.ledger import appending
from commitments.publishing.refusals import Refused


def redact(seq, *, by, note):
    """Remove the payload of entry `seq`, and a withdrawn source's kept files; the public `note`
    says why.

    Raises `Refused` while the record still shows this text in public: withdraw or amend it first.
    """
    require(by, MAY_REDACT, "redact the ledger")
    if not note.strip():
        raise Refused("Say in a note why it is redacted: the note is public.")
    with appending() as pen:
        entry = LedgerEntry.objects.filter(seq=seq).first()
        if entry is None or not LedgerPayload.objects.filter(entry=seq).exists():
            raise Refused(f"Entry {seq} has no payload to redact.")
        record = MODELS[entry.record_type].objects.filter(slug=entry.record_slug).first()
        # Confirmations and redactions come later too, but what a reader sees is the newest payload.
        newer = LedgerEntry.objects.filter(
            record_type=entry.record_type, record_slug=entry.record_slug, seq__gt=seq
        )
        if (
            record
            and record.state == State.PUBLISHED
            and not newer.exclude(payload_sha256="").exists()
        ):
            raise Refused("The record still says this in public. Withdraw or amend it first.")
        # The trigger lets a payload go only once its redaction stands in the chain: so this order.
        redaction = pen.append(
            Action.REDACT, entry.record_type, entry.record_slug, note=note, redacts=entry.seq
        )
        LedgerPayload.objects.filter(entry=seq).delete()
        if isinstance(record, Source) and record.state == State.WITHDRAWN:
            for snapshot in record.snapshots.exclude(file=""):
                # After the commit: a file cannot be rolled back.
                transaction.on_commit(partial(snapshot.file.storage.delete, snapshot.file.name))
            record.snapshots.update(file="", text="")
    return redaction
