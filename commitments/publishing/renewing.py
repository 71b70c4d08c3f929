"""Enter published records in the ledger again, once the program writes them in a newer form.

What the records say stays the same. With these entries the newest payload of each record is again
what the API answers, so a mirror that follows the changes stays whole.
"""

from commitments.models import Action, LedgerEntry, Undertaking
from commitments.publicforms import MODELS, is_newest, prefetch_public_form, render, upgrade
from commitments.publishing.ledger import appending
from commitments.publishing.refusals import Refused
from commitments.publishing.shown import refresh_shown

NOTE = "Written in form {form} of its public form. What it says has not changed."
# So many records are read at once.
AT_ONCE = 200


def record_newest_forms(*, progress=lambda done: None) -> int:
    """Enter each published record whose newest payload has an older form; return how many. What is
    shown of all undertakings is worked out anew: the program may have learnt to show more.

    All or none, under one lock. Raises `Refused` if a record says something else than the ledger:
    then its row was changed past `publishing`, and the ledger must not vouch for it.
    """
    done = 0
    refused = []
    with appending() as pen:
        for record_type, model in MODELS.items():
            slugs = model.objects.published().order_by("slug").values_list("slug", flat=True)
            for batch in batched(list(slugs), AT_ONCE):
                old_payloads = find_old_payloads(record_type, batch)
                rows = model.objects.filter(slug__in=old_payloads).order_by("slug")
                for record in prefetch_public_form(rows):
                    payload = render(record)
                    if upgrade(record_type, old_payloads[record.slug]) != payload:
                        refused.append(
                            f"{record_type} {record.slug} differs from its newest entry. Run"
                            " `verify_ledger`."
                        )
                        continue
                    note = NOTE.format(form=payload["form"])
                    pen.append(Action.RECORD, record_type, record.slug, note=note, payload=payload)
                    done += 1
                    progress(done)
        if refused:
            raise Refused(*refused)
        refresh_shown(Undertaking.objects.all())
    return done


def batched(values, size):
    """Yield `values` in lists of `size`, the last one perhaps shorter."""
    for start in range(0, len(values), size):
        end = start + size
        yield values[start:end]


def find_old_payloads(record_type, slugs) -> dict[str, dict]:
    """Return {slug: newest payload} of those records whose payload has an older form.

    A redacted payload is gone and is not written again.
    """
    entries = LedgerEntry.objects.filter(record_type=record_type)
    entries = entries.filter(record_slug__in=slugs)
    entries = entries.exclude(payload_sha256="")
    entries = entries.select_related("payload").order_by("seq")
    newest = {}
    for entry in entries:
        newest[entry.record_slug] = entry
    payloads = {}
    for slug, entry in newest.items():
        payload = getattr(entry, "payload", None)
        if payload is None:
            continue
        body = payload.body
        if not is_newest(record_type, body):
            payloads[slug] = body
    return payloads
