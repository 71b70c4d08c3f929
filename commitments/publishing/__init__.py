"""The only code that changes what is public: states, the ledger, the shown verdicts."""

from commitments.publishing.amending import amend, check_amendment
from commitments.publishing.ledger import appending, lock_head
from commitments.publishing.previewing import as_if_published
from commitments.publishing.proposing import (
    Conflicting,
    approve,
    as_if_entered,
    drop_proposal,
    edit_proposal,
    find_proposed_record,
    list_authors,
    merge_proposal,
    propose,
    return_proposal,
)
from commitments.publishing.redacting import redact
from commitments.publishing.references import find_resting_records, find_unpublished_references
from commitments.publishing.refusals import Refused
from commitments.publishing.renewing import record_newest_forms
from commitments.publishing.reopening import reopen
from commitments.publishing.states import (
    confirm,
    explain_obstacles,
    publish,
    publish_many,
    record,
    return_to_draft,
    submit,
    submit_many,
    withdraw,
)

__all__ = [
    "Conflicting",
    "Refused",
    "amend",
    "appending",
    "approve",
    "as_if_entered",
    "as_if_published",
    "check_amendment",
    "confirm",
    "drop_proposal",
    "edit_proposal",
    "explain_obstacles",
    "find_proposed_record",
    "find_resting_records",
    "find_unpublished_references",
    "list_authors",
    "lock_head",
    "merge_proposal",
    "propose",
    "publish",
    "publish_many",
    "record",
    "record_newest_forms",
    "redact",
    "reopen",
    "return_proposal",
    "return_to_draft",
    "submit",
    "submit_many",
    "withdraw",
]
