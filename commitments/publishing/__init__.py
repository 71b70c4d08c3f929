"""The only code that changes what is public: states, the ledger, the shown verdicts."""

from commitments.publishing.amending import amend
from commitments.publishing.ledger import appending, lock_head
from commitments.publishing.previewing import as_if_published
from commitments.publishing.redacting import redact
from commitments.publishing.references import find_resting_records, find_unpublished_references
from commitments.publishing.refusals import Refused
from commitments.publishing.renewing import record_newest_forms
from commitments.publishing.states import (
    confirm,
    explain_obstacles,
    publish,
    publish_many,
    record,
    reopen,
    return_to_draft,
    submit,
    submit_many,
    withdraw,
)

__all__ = [
    "Refused",
    "amend",
    "appending",
    "as_if_published",
    "confirm",
    "explain_obstacles",
    "find_resting_records",
    "find_unpublished_references",
    "lock_head",
    "publish",
    "publish_many",
    "record",
    "record_newest_forms",
    "redact",
    "reopen",
    "return_to_draft",
    "submit",
    "submit_many",
    "withdraw",
]
