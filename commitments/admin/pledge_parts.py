"""What belongs to a pledge and is worked on with it: evidence, search notes, assessments."""

from typing import NamedTuple

from django.urls import reverse

from commitments.models import Assessment, Evidence, Pledge, Root, SearchNote

# In the order of publication, each with the way from it to its pledge.
PARTS = {Evidence: "pledge", SearchNote: "pledge", Assessment: "undertaking__pledge"}


class PledgePart(NamedTuple):
    """A record in a list, with what it is called and where its form is."""

    record: Root
    kind: str
    address: str


def load_parts(pledge, state) -> list:
    """Return the pledge and what is under it, as far as it is in `state`."""
    records = []
    if pledge.state == state:
        records.append(pledge)
    for model, way in PARTS.items():
        rows = model.objects.filter(state=state)
        rows = rows.filter(**{way: pledge})
        records += rows.order_by("pk")
    return records


def describe_parts(records) -> list[PledgePart]:
    parts = []
    for record in records:
        opts = record._meta
        kind = str(opts.verbose_name)
        page = f"admin:commitments_{opts.model_name}_change"
        address = reverse(page, args=[record.pk])
        part = PledgePart(record, kind, address)
        parts.append(part)
    return parts


def list_names(records) -> str:
    """Return the records by name, each with its kind, in one line."""
    names = []
    for part in describe_parts(records):
        names.append(f"{part.kind} “{part.record}”")
    return ", ".join(names)


def name_whole(verb, pledge, records, noun) -> str:
    """Return the label of a button that does something to the pledge and the parts in `records`."""
    under_it = [record for record in records if record != pledge]
    count = len(under_it)
    parts = f"{count} {noun}"
    if count != 1:
        parts += "s"
    if pledge not in records:
        return f"{verb} its {parts}"
    if not under_it:
        return f"{verb} the pledge"
    return f"{verb} the pledge with its {parts}"


def find_review_address(record) -> str:
    """Return the address of the review of the pledge that `record` is or belongs to; else blank."""
    if isinstance(record, Pledge):
        key = record.pk
    elif isinstance(record, Assessment):
        key = record.undertaking.pledge_id
    elif type(record) in PARTS:
        key = record.pledge_id
    else:
        return ""
    return reverse(
        "admin:commitments_pledge_review",
        args=[key],
    )
