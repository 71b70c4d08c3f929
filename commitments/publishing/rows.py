"""Rows as publishing reads and moves them, and their public form as it enters the ledger."""

from commitments.models import Assessment, Evidence, LedgerEntry, LedgerPayload
from commitments.publicforms import in_newest_form, prefetch_public_form, render

# What the rules read of every one of these comes in the same statement.
ALONG = {
    Assessment: ("undertaking__pledge", "undertaking__party", "criteria"),
    Evidence: ("pledge", "source"),
}


def locked(record):
    """Return `record` as stored now, its row locked; the head is locked already."""
    rows = type(record)._base_manager.select_related(*ALONG.get(type(record), [None]))
    return rows.select_for_update(of=("self",)).get(pk=record.pk)


def fresh(record):
    return type(record)._base_manager.get(pk=record.pk)


def loaded(record):
    return prefetch_public_form(type(record)._base_manager.filter(pk=record.pk)).get()


def move(record, state):
    record.state = state
    record.version += 1
    record.save()


def write_entry(pen, action, record, note):
    return pen.append(
        action, record._meta.model_name, record.slug, note=note, payload=render(loaded(record))
    )


def last_payload(record):
    """Return what the ledger last published of `record`, or None if it never did."""
    entries = LedgerEntry.objects.for_record(record).exclude(payload_sha256="")
    last = entries.order_by("-seq").select_related("payload").first()
    return last.payload.body if last and hasattr(last, "payload") else None


def says_something_new(record):
    """Whether the public form of `record` differs from what the ledger last published of it."""
    said = last_payload(record)
    return said is None or in_newest_form(record._meta.model_name, said) != render(loaded(record))


def judged_in(report):
    """Return the slugs of the undertakings that any version of an outside report gave a verdict
    on.
    """
    said = LedgerPayload.objects.filter(
        entry__record_type="outsidereport", entry__record_slug=report.slug
    )
    return {
        verdict["undertaking"]
        for body in said.values_list("body", flat=True)
        for verdict in body["verdicts"]
    }
