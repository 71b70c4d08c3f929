"""What belongs to a pledge and is worked on with it: evidence, search notes, assessments."""

from typing import NamedTuple

from django.urls import reverse

from commitments.models import Assessment, Evidence, Pledge, Root, SearchNote

# In the order of publication, each with the way from it to its pledge.
PARTS = {Evidence: "pledge", SearchNote: "pledge", Assessment: "undertaking__pledge"}


class Part(NamedTuple):
    """A record in a list, with what it is called and where its form is."""

    record: Root
    kind: str
    address: str


def load_parts(pledge, state) -> list:
    """Return the pledge and what is under it, as far as it is in `state`."""
    records = [pledge] if pledge.state == state else []
    for model, way in PARTS.items():
        records += model.objects.filter(**{way: pledge}, state=state).order_by("pk")
    return records


def describe_parts(records) -> list[Part]:
    parts = []
    for record in records:
        kind = str(record._meta.verbose_name)
        page = f"admin:commitments_{record._meta.model_name}_change"
        parts.append(Part(record, kind, reverse(page, args=[record.pk])))
    return parts


def list_names(records) -> str:
    """Return the records by name, each with its kind, in one line."""
    return ", ".join(f"{part.kind} “{part.record}”" for part in describe_parts(records))


def name_whole(verb, pledge, records, noun) -> str:
    """Return the label of a button that does something to the pledge and the parts in `records`."""
    count = sum(record != pledge for record in records)
    parts = f"{count} {noun}" if count == 1 else f"{count} {noun}s"
    if pledge not in records:
        return f"{verb} its {parts}"
    if not count:
        return f"{verb} the pledge"
    return f"{verb} the pledge with its {parts}"


def find_review_address(record) -> str:
    """Return the address of the review of the pledge that `record` is or belongs to; else blank."""
    if isinstance(record, Pledge):
        key = record.pk
    elif type(record) in PARTS:
        owner = record.undertaking if isinstance(record, Assessment) else record
        key = owner.pledge_id
    else:
        return ""
    return reverse("admin:commitments_pledge_review", args=[key])
