"""Hold the ledger against itself, against the live tables and against the checkpoints kept
outside.
"""

import json
from collections.abc import Iterator

from django.conf import settings

from commitments.models import Action, LedgerEntry, LedgerHead, LedgerPayload, State, Undertaking
from commitments.publicforms import BY_NUMBER, MODELS, in_newest_form, prefetch_public_form, render
from commitments.publishing import guards
from commitments.publishing.ledger import hash_entry, hash_payload
from commitments.publishing.shown import COLUMNS, ShownVerdict, find_shown_verdict


def verify() -> Iterator[str]:
    """Yield one sentence for every sign of tampering or damage; nothing if all holds."""
    # Ordered from cheap to dear. All run, whatever the earlier ones found.
    yield from _guards()
    yield from _chain()
    yield from _payloads()
    yield from _checkpoints()
    yield from _live_tables()
    yield from _shown_verdicts()


def _guards():
    for name in guards.find_missing_guards():
        yield (
            f"The trigger {name} is missing or switched off: the ledger is not guarded. Run"
            " `migrate`."
        )


def _chain():
    previous, expected, time = "", 1, None
    for entry in LedgerEntry.objects.order_by("seq").iterator():
        if entry.seq != expected:
            yield f"Entries {expected} to {entry.seq - 1} are missing."
        elif entry.previous_hash != previous:
            yield f"Entry {entry.seq} does not follow from the one before."
        if entry.hash != hash_entry(entry):
            yield f"Entry {entry.seq} was changed: its hash does not fit."
        if time and entry.recorded_at < time:
            yield f"Entry {entry.seq} is dated before the one before."
        previous, expected, time = entry.hash, entry.seq + 1, entry.recorded_at
    head = LedgerHead.objects.filter(pk=1).first()
    if (head.seq, head.hash) != (expected - 1, previous) if head else expected > 1:
        yield f"The head does not name the last entry, {expected - 1}."


def _payloads():
    redacted = set(
        LedgerEntry.objects.filter(action=Action.REDACT).values_list("redacts", flat=True)
    )
    for entry in LedgerEntry.objects.order_by("seq").select_related("payload").iterator():
        payload = getattr(entry, "payload", None)
        if payload is None:
            if entry.payload_sha256 and entry.seq not in redacted:
                yield f"The payload of entry {entry.seq} is missing, and no redaction says why."
        elif entry.seq in redacted:
            yield f"Entry {entry.seq} was redacted, but its payload is there."
        elif hash_payload(payload.salt, payload.body) != entry.payload_sha256:
            yield f"The payload of entry {entry.seq} was changed."
    for seq in LedgerPayload.objects.exclude(entry__in=LedgerEntry.objects.all()).values_list(
        "pk", flat=True
    ):
        yield f"A payload belongs to no entry: {seq}."


def _checkpoints():
    head = LedgerEntry.objects.count()
    try:
        lines = settings.CHECKPOINT_FILE.read_text().splitlines()
    except FileNotFoundError:
        if head:
            yield (
                f"{settings.CHECKPOINT_FILE.name} is missing, so a rewritten chain would not show."
            )
        return
    for number, line in enumerate(lines, start=1):
        try:
            point = json.loads(line)
            seq, known = point["seq"], point["hash"]
        except (ValueError, KeyError, TypeError):
            yield f"Line {number} of the checkpoint file cannot be read."
            continue
        now = LedgerEntry.objects.filter(seq=seq).values_list("hash", flat=True).first()
        if now is None:
            yield (
                f"Checkpoint {seq} was written, but the ledger has no entry {seq}: its end was cut"
                " off."
            )
        elif now != known:
            yield f"Entry {seq} is not the one that checkpoint {seq} saw: the chain was rewritten."


def _live_tables():
    for record_type, model in MODELS.items():
        last = _last_entries(record_type)
        for slug, state in model.objects.values_list("slug", "state").order_by("slug").iterator():
            entry = last.pop(slug, None)
            said = _state_said(entry)
            if state == State.PUBLISHED and said != State.PUBLISHED:
                yield f"{record_type} {slug} is published, but the ledger does not say so."
            elif state != State.PUBLISHED and said == State.PUBLISHED:
                yield f"{record_type} {slug} is published by the ledger, but its row is “{state}”."
            elif state == State.PUBLISHED and not _row_says(model, slug, entry):
                yield (
                    f"{record_type} {slug} differs from entry {entry.seq}: its row was changed past"
                    " publishing."
                )
        for slug, entry in last.items():
            yield f"{record_type} {slug} is in the ledger (entry {entry.seq}), but its row is gone."


def _last_entries(record_type):
    """Return, by slug, the newest entry that says what the record is: publications, amendments,
    withdrawals.
    """
    telling = LedgerEntry.objects.filter(record_type=record_type).exclude(
        action__in=[Action.CONFIRM, Action.REDACT]
    )
    return {
        entry.record_slug: entry
        for entry in telling.order_by("seq").select_related("payload").iterator()
    }


def _state_said(entry):
    if entry is None:
        return None
    return State.WITHDRAWN if entry.action == Action.WITHDRAW else State.PUBLISHED


def _row_says(model, slug, entry):
    payload = getattr(entry, "payload", None)
    if payload is None:
        return False  # a published record's newest payload is never redacted
    record_type = model._meta.model_name
    if (record_type, payload.body.get("form")) not in BY_NUMBER:
        return False
    return in_newest_form(record_type, payload.body) == render(
        prefetch_public_form(model.objects.filter(slug=slug)).get()
    )


def _shown_verdicts():
    for undertaking in Undertaking.objects.order_by("slug").iterator():
        if ShownVerdict(
            *(getattr(undertaking, column) for column in COLUMNS)
        ) != find_shown_verdict(undertaking):
            yield f"The verdict shown for {undertaking.slug} is not the one its assessments give."
