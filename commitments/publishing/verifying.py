"""Compare the ledger with itself, with the live tables and with the checkpoints outside of it."""

import json
from collections.abc import Iterator

from django.conf import settings
from django.db.models import Q

from commitments.models import (
    Action,
    LedgerEntry,
    LedgerHead,
    LedgerPayload,
    LedgerPeople,
    Part,
    State,
)
from commitments.publicforms import MODELS, UnknownForm, prefetch_public_form, render, upgrade
from commitments.publishing import guards
from commitments.publishing.ledger import hash_entry, hash_part
from commitments.publishing.shown import find_stale_rows


def verify() -> Iterator[str]:
    """Yield a sentence for every sign of tampering or damage; nothing if there is none."""
    # The cheap checks come first. All run, even after another has found something.
    yield from _check_guards()
    yield from _check_chain()
    yield from _check_payloads()
    yield from _check_people()
    yield from _check_checkpoints()
    yield from _check_live_tables()
    yield from _check_shown_verdicts()


def _check_guards():
    for name in guards.find_missing_guards():
        yield (
            f"The trigger {name} is missing or switched off: the ledger is not guarded. Run"
            " `migrate`."
        )


def _check_chain():
    last_seq, last_hash, last_time = 0, "", None
    entries = LedgerEntry.objects.order_by("seq")
    for entry in entries.iterator():
        seq = entry.seq
        expected = last_seq + 1
        if seq != expected:
            yield f"Entries {expected} to {seq - 1} are missing."
        elif entry.previous_hash != last_hash:
            yield f"Entry {seq} does not follow from the one before."
        if entry.hash != hash_entry(entry):
            yield f"Entry {seq} was changed: its hash does not fit."
        if last_time and entry.recorded_at < last_time:
            yield f"Entry {seq} is dated before the one before."
        last_seq = seq
        last_hash = entry.hash
        last_time = entry.recorded_at
    head = LedgerHead.objects.filter(pk=1).first()
    if head is None:
        head = LedgerHead(seq=0, hash="")
    if (head.seq, head.hash) != (last_seq, last_hash):
        yield f"The head does not name the last entry, {last_seq}."


def _check_payloads():
    yield from _check_parts(LedgerPayload, "payload", Q(redacted_part__in=["", Part.PAYLOAD]))


def _check_people():
    yield from _check_parts(LedgerPeople, "people", Q(redacted_part=Part.PEOPLE))


def _check_parts(model, name, of_part):
    """Yield what is wrong with the parts of entries that stand apart in the table of `model`."""
    redactions = LedgerEntry.objects.filter(of_part, action=Action.REDACT)
    redacted = set(redactions.values_list("redacts", flat=True))
    entries = LedgerEntry.objects.order_by("seq")
    entries = entries.select_related(name)
    for entry in entries.iterator():
        seq = entry.seq
        part = getattr(entry, name, None)
        expected = getattr(entry, f"{name}_sha256")
        if part is None:
            if expected and seq not in redacted:
                yield f"The {name} of entry {seq} is missing, and no redaction says why."
        elif seq in redacted:
            yield f"Entry {seq} was redacted, but its {name} is there."
        elif hash_part(part.salt, part.body) != expected:
            yield f"The {name} of entry {seq} was changed."
    orphans = model.objects.exclude(entry__in=LedgerEntry.objects.all())
    for seq in orphans.values_list("pk", flat=True):
        yield f"A {name} belongs to no entry: {seq}."


def _check_checkpoints():
    entry_count = LedgerEntry.objects.count()
    file = settings.CHECKPOINT_FILE
    try:
        lines = file.read_text().splitlines()
    except FileNotFoundError:
        if entry_count:
            yield f"{file.name} is missing, so a rewritten chain would not show."
        return
    heads = LedgerHead.objects.values_list("identity", flat=True)
    identity = heads.first()
    for number, line in enumerate(lines, start=1):
        try:
            checkpoint = json.loads(line)
            if checkpoint.get("ledger", identity) != identity:
                continue
            seq = checkpoint["seq"]
            checkpoint_hash = checkpoint["hash"]
        except (ValueError, KeyError, TypeError):
            yield f"Line {number} of the checkpoint file cannot be read."
            continue
        entries = LedgerEntry.objects.filter(seq=seq)
        entry_hash = entries.values_list("hash", flat=True).first()
        if entry_hash is None:
            yield (
                f"Checkpoint {seq} was written, but the ledger has no entry {seq}: its end was cut"
                " off."
            )
        elif entry_hash != checkpoint_hash:
            yield f"Entry {seq} is not the one that checkpoint {seq} saw: the chain was rewritten."


def _check_live_tables():
    for record_type, model in MODELS.items():
        entries = _find_last_entries(record_type)
        rows = model.objects.values_list("slug", "state").order_by("slug")
        for slug, state in rows.iterator():
            entry = entries.pop(slug, None)
            yield from _check_row(model, slug, state, entry)
        for slug, entry in entries.items():
            yield f"{record_type} {slug} is in the ledger (entry {entry.seq}), but its row is gone."


def _check_row(model, slug, state, entry):
    """Yield a sentence if a row and its newest entry disagree; `entry` is None without one."""
    name = f"{model._meta.model_name} {slug}"
    published = state == State.PUBLISHED
    published_by_ledger = entry is not None and entry.action != Action.WITHDRAW
    if published and not published_by_ledger:
        yield f"{name} is published, but the ledger does not say so."
    elif published_by_ledger and not published:
        yield f"{name} is published by the ledger, but its row is “{state}”."
    elif published and not _row_agrees(model, slug, entry):
        yield f"{name} differs from entry {entry.seq}: its row was changed past publishing."


def _find_last_entries(record_type):
    """Return the newest publication, amendment or withdrawal of each record as {slug: entry}."""
    entries = LedgerEntry.objects.filter(record_type=record_type)
    entries = entries.exclude(action__in=[Action.CONFIRM, Action.REDACT])
    entries = entries.order_by("seq").select_related("payload")
    entry_by_slug = {}
    for entry in entries.iterator():
        entry_by_slug[entry.record_slug] = entry
    return entry_by_slug


def _row_agrees(model, slug, entry):
    """Whether the public form of a published row is the payload of its newest entry."""
    payload = getattr(entry, "payload", None)
    if payload is None:
        return False  # a published record's newest payload is never redacted
    record_type = model._meta.model_name
    try:
        body = upgrade(record_type, payload.body)
    except UnknownForm:
        return False
    rows = model.objects.filter(slug=slug)
    record = prefetch_public_form(rows).get()
    return body == render(record)


def _check_shown_verdicts():
    for undertaking in find_stale_rows():
        yield (
            f"What is shown for {undertaking.slug} is not what its published records give: its"
            " verdict, its days, or why it has no verdict."
        )
