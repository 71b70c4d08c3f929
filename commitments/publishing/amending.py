"""Changing what is published: the caller saves, this enters it in the ledger or refuses the
whole.
"""

from django.db.models import F

from commitments.models import Action, Assessment, Release, State
from commitments.publicforms import dependents, render
from commitments.publishing.conditions import (
    MAY_AMEND,
    expect_state,
    naming,
    refuse_broken_around,
    require,
)
from commitments.publishing.ledger import appending
from commitments.publishing.refusals import Refused
from commitments.publishing.rows import (
    fresh,
    last_payload,
    loaded,
    locked,
    says_something_new,
    write_entry,
)
from commitments.publishing.states import publish_one, settle, unpublished_references

# What other records name rows inside a record by: it may not vanish under them.
NAMED_BY = {"undertakings": "slug", "tenures": "slug", "criteria": "number"}


def amend(record, *, by, note, correction=False):
    """Enter in the ledger what a published record now says; the caller saved the change in this
    transaction.

    Returns the entry, or None if nothing public changed. Raises `Refused` without the right or a
    note, for a record that is not published, and for an assessment: those are withdrawn, never
    edited.
    """
    require(by, MAY_AMEND, "amend published records")
    if not note.strip():
        raise Refused("Say in a note what was changed and why: the note is public.")
    if isinstance(record, Assessment | Release):
        kind = record._meta.verbose_name
        raise Refused(
            f"A published {kind} is never edited. Add a new one, or withdraw this one with a note."
        )
    with appending() as pen:
        record = locked(record)
        expect_state(record, State.PUBLISHED, "amended")
        _refuse_broken_ground(record)
        if not says_something_new(record):
            return None
        along = [locked(other) for other in unpublished_references(record)]
        for other in along:
            publish_one(pen, other, by, note)
        refuse_broken_around(record)
        record.version = F("version") + 1
        record.save(update_fields=["version", "edited_at"])
        action = Action.CORRECT if correction else Action.AMEND
        entry = write_entry(pen, action, fresh(record), note)
        settle(pen, [*along, record])
        return entry


def _refuse_broken_ground(record):
    """Refuse what would change the meaning of published records that rest on this one."""
    before, after = last_payload(record), render(loaded(record))
    if before is None:
        raise Refused(
            f"The slug of {naming(record)} is for good. Put back the one it was published under."
        )
    for key, name in NAMED_BY.items():
        gone = {row[name] for row in before.get(key, [])} - {
            row[name] for row in after.get(key, [])
        }
        for other in dependents(record) if gone else []:
            if says_something_new(other):
                raise Refused(
                    f"{naming(other)} rests on {key} {', '.join(map(str, gone))}: leave that as"
                    " it is."
                )
    changed = [row["number"] for row in before.get("criteria", []) if row not in after["criteria"]]
    judged = Assessment.objects.published().filter(
        undertaking__pledge__slug=record.slug, criteria__number__in=changed
    )
    if changed and judged.exists():
        raise Refused(
            "Published verdicts were judged against these criteria. Add a new version instead."
        )
