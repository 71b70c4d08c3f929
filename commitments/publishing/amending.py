"""Change what is published: the caller saves, and this enters the change in the ledger."""

from django.db import transaction
from django.db.models import F

from commitments.models import Action, Assessment, Release, State
from commitments.publicforms import find_dependents, render
from commitments.publishing.conditions import (
    MAY_AMEND,
    describe_record,
    expect_state,
    refuse_broken_rules_around,
    refuse_own_approval,
    require_permission,
)
from commitments.publishing.ledger import appending
from commitments.publishing.people import People
from commitments.publishing.previewing import mark_published
from commitments.publishing.references import find_unpublished_references
from commitments.publishing.refusals import Refused
from commitments.publishing.rows import (
    differs_from_ledger,
    find_last_payload,
    load_with_public_form,
    lock_record,
    reload_record,
    write_entry,
)
from commitments.publishing.states import publish_with_references, refresh_related

# Other records refer to rows inside a record by these fields, so none of those may vanish.
REFERENCE_FIELDS = {"undertakings": "slug", "tenures": "slug", "criteria": "number"}


def amend(record, *, authors, by, note, correction=False):
    """Enter in the ledger a change to a published record, saved in this transaction by the caller.

    `authors` proposed it, and `by`, somebody else, approves it. Returns the entry, or None if
    nothing public changed. Raises `Refused` without the right or a note, for a record that is not
    published, and for an assessment or release: those are withdrawn, never edited.
    """
    require_permission(by, MAY_AMEND, "amend published records")
    refuse_own_approval(authors, by)
    if not note.strip():
        raise Refused("Say in a note what was changed and why: the note is public.")
    if isinstance(record, Assessment | Release):
        kind = record._meta.verbose_name
        raise Refused(
            f"A published {kind} is never edited. Add a new one, or withdraw this one with a note."
        )
    with appending() as pen:
        record = lock_record(record)
        expect_state(record, State.PUBLISHED, "amended")
        _refuse_lost_references(record)
        if not differs_from_ledger(record):
            refuse_broken_rules_around(record)
            return None
        references = publish_with_references(
            pen,
            [],
            by,
            note,
            referring=[record],
        )
        # Now, because the rules may ask whether what it refers to is public.
        refuse_broken_rules_around(record)
        record.version = F("version") + 1
        record.save(update_fields=["version", "edited_at"])
        action = Action.CORRECT if correction else Action.AMEND
        people = People(tuple(authors), by)
        entry = write_entry(pen, action, reload_record(record), note, people)
        refresh_related(pen, [*references, record])
        return entry


def check_amendment(record):
    """Raise `Refused` if a published record, as it is stored, says what no amendment can say.

    What it refers to counts as public, because that goes along with the amendment.
    """
    _refuse_lost_references(record)
    references = find_unpublished_references(record)
    with transaction.atomic():
        try:
            mark_published(references)
            refuse_broken_rules_around(record)
        finally:
            transaction.set_rollback(True)


def _refuse_lost_references(record):
    """Refuse a change that would alter the meaning of published records that rest on this one."""
    before = find_last_payload(record)
    after = render(load_with_public_form(record))
    if before is None:
        name = describe_record(record)
        raise Refused(f"The slug of {name} is for good. Put back the one it was published under.")
    for key, field in REFERENCE_FIELDS.items():
        lost = _list_values(before, key, field) - _list_values(after, key, field)
        if lost:
            _refuse_if_dependents_changed(record, key, lost)
    _refuse_changed_criteria(record, before, after)


def _list_values(payload, key, field):
    """Return what names the rows of `key` in the record itself; evidence and searches only refer to
    rows of others, by a text.
    """
    return {row[field] for row in payload.get(key, []) if isinstance(row, dict)}


def _refuse_if_dependents_changed(record, key, lost):
    """Refuse if a record rested on the rows of `key` that are lost, and now says something else."""
    for dependent in find_dependents(record):
        if differs_from_ledger(dependent):
            names = ", ".join(map(str, lost))
            raise Refused(
                f"{describe_record(dependent)} rests on {key} {names}: leave that as it is."
            )


def _refuse_changed_criteria(record, before, after):
    """Refuse a change of criteria by which a published verdict was judged."""
    criteria = before.get("criteria", [])
    changed = [row["number"] for row in criteria if row not in after["criteria"]]
    judged = Assessment.objects.published().filter(
        undertaking__pledge__slug=record.slug,
        criteria__number__in=changed,
    )
    if changed and judged.exists():
        raise Refused(
            "Published verdicts were judged against these criteria. Add a new version instead."
        )
