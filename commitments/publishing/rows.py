"""Rows as publishing reads and moves them, and their public form as it enters the ledger."""

from commitments.models import Assessment, Evidence, LedgerEntry, LedgerPayload, SearchNote
from commitments.publicforms import prefetch_public_form, render, upgrade

# The rules read these of each record, so the same statement loads them.
RELATED = {
    Assessment: ("undertaking__pledge", "undertaking__party", "criteria"),
    Evidence: ("pledge", "source"),
    SearchNote: ("pledge",),
}


def lock_record(record):
    """Return `record` as stored now, its row locked; the head is locked already."""
    model = type(record)
    related = RELATED.get(model, [None])
    rows = model._base_manager.select_related(*related)
    rows = rows.select_for_update(of=("self",))
    return rows.get(pk=record.pk)


def reload_record(record):
    return type(record)._base_manager.get(pk=record.pk)


def load_with_public_form(record):
    """Return `record` as stored now, with all rows that its public form reads."""
    rows = type(record)._base_manager.filter(pk=record.pk)
    return prefetch_public_form(rows).get()


def set_state(record, state):
    record.state = state
    record.version += 1
    record.save()


def write_entry(pen, action, record, note, people=None):
    """Append an entry with the public form of `record` as it is stored now."""
    payload = render(load_with_public_form(record))
    return pen.append(
        action,
        record._meta.model_name,
        record.slug,
        note=note,
        payload=payload,
        people=people,
    )


def find_last_payload(record):
    """Return the newest payload of `record`, in the newest form.

    None if the ledger has none, or it was redacted.
    """
    entries = LedgerEntry.objects.for_record(record).exclude(payload_sha256="")
    entries = entries.order_by("-seq").select_related("payload")
    entry = entries.first()
    if entry and hasattr(entry, "payload"):
        return upgrade(entry.record_type, entry.payload.body)
    return None


def differs_from_ledger(record):
    """Whether the public form of `record` differs from its newest payload in the ledger."""
    payload = find_last_payload(record)
    if payload is None:
        return True
    return payload != render(load_with_public_form(record))


def find_judged_undertakings(report):
    """Return the slugs of undertakings with a verdict in any version of an outside report."""
    payloads = LedgerPayload.objects.filter(
        entry__record_type="outsidereport",
        entry__record_slug=report.slug,
    )
    slugs = set()
    for body in payloads.values_list("body", flat=True):
        body = upgrade("outsidereport", body)
        slugs.update(verdict["undertaking"] for verdict in body["verdicts"])
    return slugs
