"""The public form of each record as the ledger last published it: read, not made again for every
answer.

What is public is still decided by the rows: `published()` chooses them, and their columns filter
and order.
"""

from django.db.models import OuterRef, Subquery

from commitments.api.loading import prefetch_payload
from commitments.models import Action, LedgerEntry
from commitments.publicforms import CURRENT, render

# These say nothing of what the record is now.
SILENT = (Action.CONFIRM, Action.REDACT)


def with_payload(queryset, *, also=()):
    """Make `queryset` fetch the slug of each record, the columns named in `also`, and its last
    payload.

    A record that the ledger says is withdrawn, and one whose payload was redacted, has none.
    """
    entries = LedgerEntry.objects.published().filter(
        record_type=queryset.model._meta.model_name, record_slug=OuterRef("slug")
    )
    last = entries.exclude(action__in=SILENT).order_by("-seq").values("payload__body")[:1]
    return queryset.only("slug", *also).annotate(payload=Subquery(last))


def fill_payloads(rows):
    """Return `rows`, each with its `payload` in the newest form; what the ledger has otherwise is
    rendered now.
    """
    lacking = [row for row in rows if not is_current(row)]
    if lacking:
        model = type(lacking[0])
        whole = prefetch_payload(
            model.objects.published().filter(pk__in=[row.pk for row in lacking])
        )
        rendered = {record.pk: render(record) for record in whole}
        for row in lacking:
            # Gone, if it was withdrawn between the two statements.
            row.payload = rendered.get(row.pk)
    return [row for row in rows if row.payload is not None]


def is_current(row):
    return row.payload is not None and row.payload["form"] == CURRENT[row._meta.model_name].number
