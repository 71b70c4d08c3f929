"""Compare the ledger with itself, with the live tables and with the checkpoints outside of it."""

from collections.abc import Iterator
from functools import partial

from commitments.ledger.chain import HASHED
from commitments.models import (
    Action,
    Assessment,
    EntryPart,
    LedgerEntry,
    LedgerHead,
    LedgerPayload,
    LedgerPeople,
    State,
)
from commitments.publicforms import MODELS, UnknownForm, prefetch_public_form, render, upgrade
from commitments.publishing import guards
from commitments.publishing.checkpoints import compare_checkpoints
from commitments.publishing.ledger import hash_entry, hash_part
from commitments.publishing.remarks import Remark, Weight, make_finding
from commitments.publishing.shown import find_stale_rows

PARTS = {"payload": "payload", "people": "list of people"}


def verify() -> Iterator[str]:
    """Yield a sentence for every sign of tampering or damage; nothing if there is none."""
    for remark in examine():
        weight = remark.weight
        if weight is Weight.WRONG:
            yield remark.sentence


def examine(*, copy=None) -> Iterator[Remark]:
    """Yield everything there is to say about the ledger, what is worth knowing included.

    `copy` is the path of a file of checkpoints that was kept elsewhere.
    """
    for subject, check in CHECKS.items():
        yield from _finish(subject, check)
    yield from _finish("the checkpoints", partial(compare_checkpoints, copy))


def _finish(subject, check):
    """Yield what `check` finds; one that fails says so, and the next ones still run."""
    try:
        for remark in check():
            if isinstance(remark, str):
                remark = make_finding(remark)
            yield remark
    except Exception as error:
        kind = type(error).__name__
        yield make_finding(f"The check of {subject} broke off ({kind}: {error}): fix that first.")


def _check_guards():
    for name in guards.find_missing_guards():
        kind = "trigger"
        if name == guards.FUNCTION:
            kind = "function"
        yield (
            f"The {kind} {name} is missing, switched off or changed: the ledger is not guarded."
            " Run `migrate`."
        )


def _check_chain():
    # What stands before the first entry.
    previous = LedgerEntry(
        seq=0,
        hash="",
        form=1,
    )
    entries = LedgerEntry.objects.order_by("seq")
    for entry in entries.iterator():
        yield from _check_link(entry, previous)
        yield from _check_form(entry, previous)
        previous = entry
    yield from _check_head(previous)


def _check_link(entry, previous):
    seq = entry.seq
    expected = previous.seq + 1
    if seq != expected:
        yield f"Entries {expected} to {seq - 1} are missing."
    elif entry.previous_hash != previous.hash:
        yield f"Entry {seq} does not follow from the one before."
    if entry.hash != hash_entry(entry):
        yield f"Entry {seq} was changed: its hash does not fit."
    moment = entry.recorded_at
    earlier = previous.recorded_at
    if moment and earlier and moment < earlier:
        yield f"Entry {seq} is dated before the one before."


def _check_head(newest):
    head = LedgerHead.objects.filter(pk=1).first()
    if head is None:
        head = LedgerHead(seq=0, hash="")
    in_head = (head.seq, head.hash)
    if in_head != (newest.seq, newest.hash):
        yield f"The head does not name the last entry, {newest.seq}."


def _check_form(entry, previous):
    """Yield what an entry of its form cannot have: the hash does not cover what came later."""
    seq = entry.seq
    form = entry.form
    last_form = previous.form
    if form not in HASHED or form < last_form:
        yield f"Entry {seq} is of form {form}, after one of form {last_form}."
    later_columns = (entry.alone, entry.people_sha256, entry.redacted_part)
    if form == 1 and any(later_columns):
        yield f"Entry {seq} says more than an entry of form 1 can: it was changed."


def _check_payloads():
    # A redaction of form 1 names no part: there were payloads alone.
    of_payloads = ["", EntryPart.PAYLOAD]
    yield from _check_parts(LedgerPayload, "payload", of_payloads)


def _check_people():
    of_people = [EntryPart.PEOPLE]
    yield from _check_parts(LedgerPeople, "people", of_people)


def _check_parts(model, name, redacted_parts):
    """Yield what is wrong with the parts of entries that stand apart in the table of `model`.

    A part may be missing once it was redacted.
    """
    noun = PARTS[name]
    redactions = LedgerEntry.objects.filter(action=Action.REDACT)
    redactions = redactions.filter(redacted_part__in=redacted_parts)
    redacted = set(redactions.values_list("redacts", flat=True))
    entries = LedgerEntry.objects.order_by("seq")
    entries = entries.select_related(name)
    for entry in entries.iterator():
        seq = entry.seq
        part = getattr(entry, name, None)
        expected = getattr(entry, f"{name}_sha256")
        if part is None:
            if expected and seq not in redacted:
                yield f"The {noun} of entry {seq} is missing, and no redaction says why."
        elif seq in redacted:
            yield f"Entry {seq} was redacted, but its {noun} is there."
        elif not _fits(part, expected):
            yield f"The {noun} of entry {seq} was changed."
    entries = LedgerEntry.objects.all()
    orphans = model.objects.exclude(entry__in=entries)
    for seq in orphans.values_list("pk", flat=True):
        yield f"A {noun} belongs to no entry: {seq}."


def _fits(part, sha256):
    """Whether `part` has the hash that the chain has of it."""
    try:
        return hash_part(part.salt, part.body) == sha256
    except (ValueError, RecursionError):
        return False  # it has no canonical form, so it was never written by publishing


def _check_live_tables():
    for record_type, model in MODELS.items():
        entries = _find_last_entries(record_type)
        rows = model.objects.order_by("slug")
        rows = rows.values_list("slug", "state")
        for slug, state in rows.iterator():
            entry = entries.pop(slug, None)
            yield from _check_row(model, slug, state, entry)
        for slug, entry in entries.items():
            yield f"{record_type} {slug} is in the ledger (entry {entry.seq}), but its row is gone."


def _check_row(model, slug, state, entry):
    """Yield a sentence if a row and its newest entry disagree; `entry` is None without one."""
    name = f"{model._meta.model_name} {slug}"
    published = state == State.PUBLISHED
    action = entry.action if entry else Action.WITHDRAW
    published_by_ledger = action != Action.WITHDRAW
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
    if not isinstance(payload.body, dict):
        return False
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


def _check_signatures():
    """Hold against the ledger what a signed verdict says in columns that no payload names whole.

    A payload names the criteria by their number, which every pledge has; and not the entry.
    """
    entries = LedgerEntry.objects.filter(record_type="assessment", action=Action.PUBLISH)
    entries = entries.order_by("seq")
    published = dict(entries.values_list("record_slug", "seq"))
    assessments = Assessment.objects.filter(state=State.PUBLISHED)
    assessments = assessments.select_related("criteria", "undertaking")
    assessments = assessments.order_by("slug")
    for assessment in assessments.iterator():
        slug = assessment.slug
        criteria = assessment.criteria
        undertaking = assessment.undertaking
        if criteria and criteria.pledge_id != undertaking.pledge_id:
            yield f"assessment {slug} rests on the criteria of another pledge."
        claimed = assessment.published_seq
        actual = published.get(slug)
        if claimed != actual:
            yield (
                f"assessment {slug} says that entry {claimed} published it; it was entry {actual}."
            )


# All run, even after another has found something; the cheap ones come first.
CHECKS = {
    "the guards": _check_guards,
    "the chain": _check_chain,
    "the payloads": _check_payloads,
    "the people": _check_people,
    "the live tables": _check_live_tables,
    "the shown verdicts": _check_shown_verdicts,
    "the signatures": _check_signatures,
}
