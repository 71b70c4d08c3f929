"""Public forms: what of each record is public, and how it is written down."""

import rfc8785

from commitments.publicforms.forms import CURRENT, FORMS, MODELS, Child, PublicForm
from commitments.publicforms.merging import Clash, Merged, merge
from commitments.publicforms.references import find_dependents, find_references
from commitments.publicforms.rendering import (
    name_row,
    prefetch_public_form,
    render,
    render_exactly,
    render_fully,
    render_row,
)
from commitments.publicforms.upgrading import UnknownForm, is_newest, upgrade

__all__ = [
    "CURRENT",
    "FORMS",
    "MODELS",
    "Child",
    "Clash",
    "Merged",
    "PublicForm",
    "UnknownForm",
    "find_dependents",
    "find_references",
    "is_newest",
    "merge",
    "name_row",
    "prefetch_public_form",
    "render",
    "render_exactly",
    "render_fully",
    "render_row",
    "upgrade",
    "write_canonically",
]


def write_canonically(payload) -> bytes:
    """Return `payload` in the one spelling that hashes are taken of: RFC 8785, UTF-8."""
    return rfc8785.dumps(payload)
