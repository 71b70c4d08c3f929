"""The public form of each record as the ledger last published it: no answer renders it again.

The rows still decide what is public: `published()` selects them, and their columns filter and
order.
"""

from django.db.models import OuterRef, Subquery

from commitments.api.loading import prefetch_payload
from commitments.models import Action, LedgerEntry
from commitments.publicforms import render, upgrade

# Entries with these actions say nothing about what the record is now.
SILENT = (Action.CONFIRM, Action.REDACT)


def with_payload(queryset, *, also=()):
    """Make `queryset` fetch the slug of each record, the columns `also`, and its last payload.

    A record that the ledger says is withdrawn, and one whose payload was redacted, has none.
    """
    entries = LedgerEntry.objects.published().filter(
        record_type=queryset.model._meta.model_name,
        record_slug=OuterRef("slug"),
    )
    entries = entries.exclude(action__in=SILENT)
    newest = entries.order_by("-seq")[:1]
    body = Subquery(newest.values("payload__body"))
    rows = queryset.only("slug", *also)
    return rows.annotate(payload=body)


def fill_payloads(rows):
    """Return `rows`, each with its `payload` in the newest form.

    What the ledger does not have is rendered now.
    """
    stale = [row for row in rows if row.payload is None]
    if stale:
        rendered = render_again(stale)
        for row in stale:
            # None if it was withdrawn between the two statements.
            row.payload = rendered.get(row.pk)
    public = [row for row in rows if row.payload is not None]
    for row in public:
        record_type = row._meta.model_name
        row.payload = upgrade(record_type, row.payload)
    return public


def render_again(rows):
    """Return {primary key: public form} of those of `rows` that are still public."""
    model = type(rows[0])
    keys = [row.pk for row in rows]
    public = model.objects.published()
    public = public.filter(pk__in=keys)
    rendered = {}
    for record in prefetch_payload(public):
        rendered[record.pk] = render(record)
    return rendered
