"""Changes of what is public: one person proposes, another approves.

A proposal holds the record's full form as its author wants it, and as it was when they opened it.
Approving merges this with what the record says by then, so that two proposals on different fields
both count.
"""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils import timezone

from commitments.models import (
    Assessment,
    LedgerEntry,
    Proposal,
    ProposalStage,
    ProposedAct,
    Release,
    State,
)
from commitments.publicforms import (
    MODELS,
    Merged,
    merge,
    prefetch_public_form,
    render_fully,
    upgrade,
)
from commitments.publishing.amending import amend
from commitments.publishing.conditions import (
    MAY_AMEND,
    MAY_PUBLISH,
    expect_state,
    refuse_own_approval,
    require_permission,
)
from commitments.publishing.entering import Known, connect, enter_form, list_sentences
from commitments.publishing.ledger import lock_head
from commitments.publishing.refusals import Refused
from commitments.publishing.reopening import reopen
from commitments.publishing.rows import load_with_public_form, lock_record, reload_record
from commitments.publishing.states import list_resting_records, withdraw

CHANGES = (ProposedAct.AMEND, ProposedAct.CORRECT)
# What has to be the state of a record for each act.
STATES = {
    ProposedAct.AMEND: State.PUBLISHED,
    ProposedAct.CORRECT: State.PUBLISHED,
    ProposedAct.WITHDRAW: State.PUBLISHED,
    ProposedAct.REOPEN: State.WITHDRAWN,
}
# Added once published and never edited: to change one, add another.
FROZEN = (Assessment, Release)
REDACTED = "Dropped, because a text of this record was redacted from the ledger."
CHANGED = "Somebody changed this proposal after you opened it. Look again before you go on."


class Conflicting(Refused):
    """A proposal changes what somebody else changed meanwhile; `clashes` are the values."""

    def __init__(self, clashes):
        self.clashes = clashes
        super().__init__(
            "Since this was proposed, somebody else changed the same. Decide what it shall say."
        )


def propose(record, *, by, act, note, body=None, base=None, base_version=None, cascade=False):
    """Store what `by` wants done with `record`, and return the `Proposal`. Nothing public changes.

    To amend or correct, `body` is the record's full form as it shall be and `base`, with its
    version, as it was. Raises `Refused` without the right or a note, or if nothing would change.
    """
    model_name = record._meta.model_name
    require_permission(by, f"commitments.change_{model_name}", "propose changes")
    if act != ProposedAct.REOPEN and not note.strip():
        raise Refused("Say in a note what shall be changed and why: the note is public.")
    _refuse_frozen(record, act)
    if act in CHANGES and body == base:
        raise Refused("Nothing was changed.")
    with transaction.atomic():
        lock_head()
        record = lock_record(record)
        expect_state(record, STATES[act], _describe_done(act))
        if act == ProposedAct.WITHDRAW:
            list_resting_records(record, cascade=cascade)
        return Proposal.objects.create(
            record_type=model_name,
            record_slug=record.slug,
            act=act,
            base_version=base_version or record.version,
            base=base,
            body=body,
            cascade=cascade,
            note=note.strip(),
            author=by,
        )


def _refuse_frozen(record, act):
    kind = record._meta.verbose_name
    if act in CHANGES and isinstance(record, FROZEN):
        raise Refused(
            f"A published {kind} is never edited. Add a new one, or withdraw this one with a note."
        )
    if act == ProposedAct.REOPEN and isinstance(record, Assessment):
        raise Refused("A withdrawn assessment stays withdrawn. Add a new one.")


def _describe_done(act):
    words = {ProposedAct.WITHDRAW: "withdrawn", ProposedAct.REOPEN: "reopened"}
    return words.get(act, "amended")


def edit_proposal(proposal, *, by, version, note, act, body=None, base=None, base_version=None):
    """Change an undecided proposal, which is open again; whoever edits it becomes a co-author.

    `version` is the proposal's as it was opened: raises `Refused` if somebody else was faster.
    """
    require_permission(by, f"commitments.change_{proposal.record_type}", "propose changes")
    if act in CHANGES and body == base:
        raise Refused("Nothing would be changed any more. Drop the proposal instead.")
    with transaction.atomic():
        proposal = lock_proposal(proposal, version=version)
        proposal.note = note.strip()
        proposal.act = act
        proposal.body = body
        proposal.base = base
        proposal.base_version = base_version or proposal.base_version
        proposal.stage = ProposalStage.OPEN
        _save(proposal)
        if by.pk != proposal.author_id:
            proposal.co_authors.add(by)
    return proposal


def approve(proposal, *, by, version) -> LedgerEntry | None:
    """Do what is proposed, by somebody who is no author of it; return the entry in the ledger.

    None if nothing public changed. Raises `Conflicting` where others changed the same meanwhile,
    and `Refused` with every other reason.
    """
    with transaction.atomic():
        # Before any row, because publishing locks in this order too.
        lock_head()
        proposal = lock_proposal(proposal, version=version)
        if proposal.stage != ProposalStage.OPEN:
            raise Refused("It was returned to its author, and is not open for approval.")
        authors = list_authors(proposal)
        refuse_own_approval(authors, by)
        entry = _do(proposal, authors, by)
        proposal.alone = authors == [by]
        proposal.entry_seq = entry and entry.seq
        _decide(proposal, ProposalStage.APPROVED, by)
    return entry


def _do(proposal, authors, by):
    record = lock_record(find_proposed_record(proposal))
    if proposal.act == ProposedAct.WITHDRAW:
        withdraw(record, authors=authors, by=by, note=proposal.note, cascade=proposal.cascade)
        return LedgerEntry.objects.for_record(record).first()
    if proposal.act == ProposedAct.REOPEN:
        reopen(record, authors=authors, by=by)
        return None
    require_permission(by, MAY_AMEND, "amend published records")
    merged = merge_proposal(proposal, record)
    if merged.clashes:
        raise Conflicting(merged.clashes)
    enter_body(record, merged.body)
    is_correction = proposal.act == ProposedAct.CORRECT
    entry = amend(record, authors=authors, by=by, note=proposal.note, correction=is_correction)
    if entry is None:
        # What is hidden may have changed, and other people's open forms must notice it.
        type(record)._base_manager.filter(pk=record.pk).update(version=F("version") + 1)
    return entry


def return_proposal(proposal, *, by, note, version):
    """Return a proposal to its author with a note, which only they and reviewers see."""
    require_permission(by, MAY_PUBLISH, "return other people's proposals")
    if not note.strip():
        raise Refused("Say in a note what should be done about it.")
    with transaction.atomic():
        proposal = lock_proposal(proposal, version=version)
        proposal.review_note = note.strip()
        proposal.stage = ProposalStage.RETURNED
        _save(proposal)
    return proposal


def drop_proposal(proposal, *, by, version):
    """Give up a proposal: an author may, and a reviewer. Its text is gone."""
    with transaction.atomic():
        proposal = lock_proposal(proposal, version=version)
        if by not in list_authors(proposal):
            require_permission(by, MAY_PUBLISH, "drop other people's proposals")
        _decide(proposal, ProposalStage.DROPPED, by)
    return proposal


def clear_proposals(record_type, slug, *, by):
    """Drop the undecided proposals of a record and remove the words of all: for a redaction."""
    proposals = Proposal.objects.filter(record_type=record_type, record_slug=slug)
    undecided = list(proposals.undecided().select_for_update())
    for proposal in undecided:
        _decide(proposal, ProposalStage.DROPPED, by)
    proposals.update(note="", review_note="")
    keys = [proposal.pk for proposal in undecided]
    proposals.filter(pk__in=keys).update(review_note=REDACTED)


def lock_proposal(proposal, *, version):
    """Return `proposal` as stored now, its row locked; raise `Refused` unless it is as opened."""
    stored = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if stored.is_decided:
        stage = stored.get_stage_display().lower()
        raise Refused(f"This proposal is {stage} already: nothing was changed.")
    if stored.version != version:
        raise Refused(CHANGED)
    return stored


def list_authors(proposal) -> list:
    """Return everybody who wrote the proposal, its first author first."""
    co_authors = proposal.co_authors.order_by("pk")
    return [proposal.author, *co_authors]


def find_proposed_record(proposal):
    """Return the record that the proposal is about, with all rows that its form reads."""
    model = MODELS[proposal.record_type]
    rows = model._base_manager.filter(slug=proposal.record_slug)
    return prefetch_public_form(rows).get()


def merge_proposal(proposal, record) -> Merged:
    """Return what `record`, as it is now, would say with the proposal."""
    record_type = proposal.record_type
    base = upgrade(record_type, proposal.base)
    body = upgrade(record_type, proposal.body)
    current = render_fully(load_with_public_form(record))
    return merge(record_type, base, body, current)


@contextmanager
def as_if_entered(record, body):
    """Run a block in which `record` says what `body` says, and undo it at its end.

    Yields the record as stored within the block.
    """
    with transaction.atomic():
        try:
            enter_body(record, body)
            yield reload_record(record)
        finally:
            transaction.set_rollback(True)


def enter_body(record, body):
    """Write the full form `body` into the rows of `record`; raise `Refused` where that fails."""
    known = Known()
    record = load_with_public_form(record)
    try:
        references = enter_form(record, body, known)
        reasons = list(connect(references, known))
    except ValidationError as error:
        reasons = list(list_sentences(error))
    except (TypeError, ValueError) as error:
        reasons = [str(error)]
    except ProtectedError as error:
        names = ", ".join(f"“{row}”" for row in list(error.protected_objects)[:5])
        reasons = [f"It takes out rows that others rest on: {names}."]
    if reasons:
        raise Refused(*reasons)


def _decide(proposal, stage, by):
    proposal.stage = stage
    proposal.decided_by = by
    proposal.decided_at = timezone.now()
    # What was approved stands in the record and the ledger; what was dropped is nobody's.
    proposal.base = None
    proposal.body = None
    _save(proposal)


def _save(proposal):
    proposal.version += 1
    proposal.save()
