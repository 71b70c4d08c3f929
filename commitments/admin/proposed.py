"""What a proposal would do to its record as that is today."""

from dataclasses import dataclass, field

from commitments import publishing
from commitments.admin.acts import find_problems, fingerprint_versions
from commitments.admin.readings import load_readings
from commitments.ledger.differences import Differences, compare_forms, join_names, load_names
from commitments.models import Proposal, ProposedAct
from commitments.publicforms import MODELS, merge, render_fully, upgrade
from commitments.publishing.authors import explain_own_work, find_authors
from commitments.publishing.previewing import mark_published
from commitments.publishing.references import explain_drafts, trace_references
from commitments.publishing.rows import load_with_public_form

# The acts that change what a record says.
EDITED_ACTS = (ProposedAct.AMEND, ProposedAct.CORRECT)


@dataclass
class Outlook:
    """What an approval would do: the words that change, what goes along, and what is wrong."""

    record: object
    differences: Differences = field(default_factory=Differences)
    along: list = field(default_factory=list)
    resting: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    clashes: list = field(default_factory=list)
    reasons: list = field(default_factory=list)
    # Whether the record was changed after the proposal was made.
    moved_on: bool = False

    @property
    def seen(self):
        """A short text that changes with the records that an approval would change."""
        along = [reading.record for reading in self.along]
        return fingerprint_versions([*along, *self.resting, self.record])


def merge_for_author(proposal, record):
    """Return the full form of `record` with the proposal, and the clashes.

    Where two people changed the same, the form has the proposal's value.
    """
    record_type = proposal.record_type
    base = upgrade(record_type, proposal.base)
    body = upgrade(record_type, proposal.body)
    current = render_fully(load_with_public_form(record))
    # The other way round, because a merger keeps its last version where both differ.
    merged = merge(record_type, base, current, body)
    return merged.body, merged.clashes


def foresee_approval(proposal, record, *, by) -> Outlook:
    """Return what it would do to `record` now if `by` approved the undecided `proposal`."""
    outlook = Outlook(record)
    outlook.moved_on = record.version != proposal.base_version
    if proposal.act == ProposedAct.WITHDRAW:
        outlook.resting = publishing.find_resting_records(record)
    if proposal.act not in EDITED_ACTS:
        return outlook
    outlook.differences = _compare_versions(proposal)
    merged, outlook.clashes = merge_for_author(proposal, record)
    try:
        with publishing.as_if_entered(record, merged) as proposed:
            _look_at(outlook, proposed, by)
    except publishing.Refused as refusal:
        outlook.reasons += refusal.reasons
    return outlook


def _compare_versions(proposal):
    record_type = proposal.record_type
    base = upgrade(record_type, proposal.base)
    body = upgrade(record_type, proposal.body)
    return compare_forms(record_type, base, body, load_names(record_type, base, body))


def _look_at(outlook, proposed, by):
    """Add what the record, with the proposal written into it, takes along and breaks."""
    try:
        publishing.check_amendment(proposed)
    except publishing.Refused as refusal:
        outlook.reasons += refusal.reasons
    try:
        referrers = trace_references([proposed])
    except publishing.Refused as refusal:
        outlook.reasons += refusal.reasons
        referrers = {}
    outlook.reasons += explain_drafts(referrers, [proposed])
    outlook.reasons += explain_own_work(find_authors(referrers), by)
    outlook.along = load_readings(referrers)
    for reference in referrers:
        outlook.problems += find_problems(reference)
    # It goes along, so the record is checked as if it was public already.
    mark_published(referrers)
    outlook.problems += find_problems(proposed)


def join_proposed_records(proposals) -> list[Proposal]:
    """Return the proposals, each with its `record`; one statement for each kind of record."""
    proposals = list(proposals)
    slugs = {}
    for proposal in proposals:
        names = slugs.setdefault(proposal.record_type, set())
        names.add(proposal.record_slug)
    records = {}
    for record_type, names in slugs.items():
        rows = MODELS[record_type]._base_manager.filter(slug__in=names)
        rows = join_names(rows)
        for row in rows:
            records[record_type, row.slug] = row
    for proposal in proposals:
        key = (proposal.record_type, proposal.record_slug)
        proposal.record = records.get(key)
    return proposals
