"""The records that must be published or withdrawn together with others, in their order."""

from commitments.models import State
from commitments.publicforms import find_dependents, find_references
from commitments.publishing.conditions import describe_record
from commitments.publishing.refusals import Refused


def find_unpublished_references(*records) -> list:
    """Return the unpublished records that `records` refer to, in the order of publication.

    A record comes after its own references. Raises `Refused` if one of them is withdrawn: publish
    that one again by itself, or refer to another.
    """
    referrers = trace_references(records)
    return list(referrers)


def trace_references(records) -> dict:
    """Return {unpublished reference: the first record found to refer to it}, in the same order."""
    referrers = dict.fromkeys(records)
    for record in records:
        _visit_references(record, referrers)
    references = {}
    for reference, referrer in referrers.items():
        if referrer is not None:
            references[reference] = referrer
    return references


def _visit_references(record, referrers):
    """Add the unpublished references of `record`, each after its own references."""
    for reference in find_references(record):
        if reference.is_published or reference in referrers:
            continue
        if reference.state == State.WITHDRAWN:
            name = describe_record(reference)
            raise Refused(f"It refers to {name}, which is withdrawn.")
        # Mark the visit before going deeper, because links between pledges may form a circle.
        referrers[reference] = record
        _visit_references(reference, referrers)
        # Move it to the end, after its own references.
        referrers[reference] = referrers.pop(reference)


def explain_drafts(referrers, records) -> list[str]:
    """Return a sentence for each draft that `records` refer to, directly or through another.

    Nobody submitted a draft, so only one person may have seen it. `referrers` is what
    `trace_references` returned.
    """
    sentences = []
    for reference, referrer in referrers.items():
        if reference.state != State.DRAFT:
            continue
        subject = "It" if records == [referrer] else f"The {describe_record(referrer)}"
        name = describe_record(reference)
        sentences.append(
            f"{subject} refers to the {name}, which is still a draft. Submit it first, or along"
            " with this."
        )
    return sentences


def find_resting_records(record):
    """Return the published records that rest on `record`, directly or through another.

    A record comes after those that rest on it.
    """
    order = {}
    _visit_dependents(record, record, order)
    return list(order)


def _visit_dependents(record, root, order):
    """Add the dependents of `record` to `order`, each after its own dependents; never `root`."""
    for dependent in find_dependents(record):
        if dependent == root or dependent in order:
            continue
        # Mark the visit before going deeper, because links between pledges may form a circle.
        order[dependent] = None
        _visit_dependents(dependent, root, order)
        # Move it to the end, after its own dependents.
        order[dependent] = order.pop(dependent)
