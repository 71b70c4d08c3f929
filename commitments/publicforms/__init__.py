"""Public forms: what of each record is public, and how it is written down."""

import rfc8785

from commitments.publicforms.forms import BY_NUMBER, CURRENT, FORMS, MODELS, Child, PublicForm
from commitments.publicforms.references import dependents, references
from commitments.publicforms.rendering import (
    as_exact_json,
    in_newest_form,
    prefetch_public_form,
    render,
)

__all__ = [
    "BY_NUMBER",
    "CURRENT",
    "FORMS",
    "MODELS",
    "Child",
    "PublicForm",
    "as_exact_json",
    "canonical",
    "dependents",
    "in_newest_form",
    "prefetch_public_form",
    "references",
    "render",
]


def canonical(payload) -> bytes:
    """Return `payload` in the one spelling that hashes are taken of: RFC 8785, UTF-8."""
    return rfc8785.dumps(payload)
