"""Make what was withdrawn a draft again, with what was withdrawn along with it."""

from commitments.models import (
    Action,
    Assessment,
    Evidence,
    LedgerEntry,
    Pledge,
    Response,
    SearchNote,
    State,
)
from commitments.models.fields import random_suffix
from commitments.publishing.conditions import (
    MAY_PUBLISH,
    expect_state,
    refuse_own_approval,
    require_permission,
)
from commitments.publishing.ledger import appending
from commitments.publishing.refusals import Refused
from commitments.publishing.rows import lock_record, set_state

# What a pledge brings back with it, and the way from each to it.
BROUGHT_BACK = {
    Evidence: "pledge",
    SearchNote: "pledge",
    Response: "undertaking__pledge",
}
# What a copy of an assessment gets anew once it is reviewed and published.
SIGNATURE = {
    "state": State.DRAFT,
    "version": 1,
    "submitted_by_id": None,
    "review_note": "",
    "reviewer_id": None,
    "assessor_credit": "",
    "reviewer_credit": "",
    "signed_alone": False,
    "published_seq": None,
}


def reopen(record, *, authors, by):
    """Make a withdrawn record a draft again, to review like a new one; not an assessment.

    `authors` proposed it, and `by`, somebody else, approves it. With a pledge come its evidence,
    search notes and responses that were withdrawn in the same act. Its verdicts of that act stay
    withdrawn, and each is copied into a new draft.
    """
    require_permission(by, MAY_PUBLISH, "reopen withdrawn records")
    refuse_own_approval(authors, by)
    if isinstance(record, Assessment):
        raise Refused("A withdrawn assessment stays withdrawn. Add a new one.")
    with appending():
        record = lock_record(record)
        expect_state(record, State.WITHDRAWN, "reopened")
        if isinstance(record, Pledge):
            _bring_back_parts(record)
        _make_draft(record)
    return record


def _make_draft(record):
    record.submitted_by = None
    set_state(record, State.DRAFT)


def _bring_back_parts(pledge):
    together = _read_withdrawn_together(pledge)
    for model, path in BROUGHT_BACK.items():
        rows = model.objects.filter(**{path: pledge})
        for row in _lock_withdrawn(rows, together):
            _make_draft(row)
    verdicts = Assessment.objects.filter(undertaking__pledge=pledge)
    for verdict in _lock_withdrawn(verdicts, together):
        copy_assessment(verdict)


def _read_withdrawn_together(pledge):
    """Return the entries of the act that withdrew `pledge`: of one moment, and with one note."""
    withdrawals = LedgerEntry.objects.filter(action=Action.WITHDRAW)
    own_entries = withdrawals.for_record(pledge)
    own = own_entries.order_by("-seq").first()
    if own is None:
        return withdrawals.none()
    return withdrawals.filter(
        recorded_at=own.recorded_at,
        note=own.note,
    )


def _lock_withdrawn(rows, together):
    """Return those of `rows` that the entries `together` withdrew, locked."""
    record_type = rows.model._meta.model_name
    entries = together.filter(record_type=record_type)
    slugs = entries.order_by().values("record_slug")
    rows = rows.filter(
        state=State.WITHDRAWN,
        slug__in=slugs,
    )
    return [lock_record(row) for row in rows.order_by("slug")]


def copy_assessment(assessment) -> Assessment:
    """Return a new draft that says what `assessment` said, by the same assessor and unsigned."""
    values = {}
    for field in Assessment._meta.concrete_fields:
        name = field.attname
        values[name] = getattr(assessment, name)
    del values["id"]
    values |= SIGNATURE
    pledge = assessment.undertaking.pledge
    suffix = random_suffix()
    values["slug"] = f"{pledge.slug}-{suffix}"
    copy = Assessment.objects.create(**values)
    evidence = assessment.evidence.all()
    copy.evidence.set(evidence)
    notes = assessment.search_notes.all()
    copy.search_notes.set(notes)
    return copy
