"""Rows as publishing reads and moves them, and their public form as it enters the ledger."""

from commitments.models import LedgerEntry
from commitments.publicforms import loading, render


def locked(record):
    """Return `record` as stored now, its row locked; the head is locked already."""
    return type(record)._base_manager.select_for_update(of=("self",)).get(pk=record.pk)


def fresh(record):
    return type(record)._base_manager.get(pk=record.pk)


def loaded(record):
    return loading(type(record)._base_manager.filter(pk=record.pk)).get()


def move(record, state):
    record.state = state
    record.version += 1
    record.save()


def enter(pen, action, record, note):
    return pen.append(action, record._meta.model_name, record.slug, note=note, payload=render(loaded(record)))


def says_something_new(record):
    last = (
        LedgerEntry.objects.filter(record_type=record._meta.model_name, record_slug=record.slug)
        .exclude(payload_sha256="")
        .order_by("-seq")
        .select_related("payload")
        .first()
    )
    if last is None or not hasattr(last, "payload"):
        return True
    return last.payload.body != render(loaded(record))
