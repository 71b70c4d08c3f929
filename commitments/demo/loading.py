"""The demonstration record, entered as a researcher would and published as a reviewer would."""

import csv
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import yaml
from django.contrib.auth.models import Group
from django.db import transaction

from commitments import publishing
from commitments.importing import statistics
from commitments.importing.records import RecordReport, enter_records
from commitments.models import Party, ProposedAct, User
from commitments.models.users import DEMONSTRATION
from commitments.naming.shipped import list_shipped_names
from commitments.publicforms import MODELS, render_fully
from commitments.publishing.roles import RESEARCHER, REVIEWER

# The loader in C takes a fraction of the time, if PyYAML was built with it.
SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
HERE = Path(__file__).parent
NOTE = "Demonstration record."
# A record comes after those that it refers to. The files may be in any order.
ORDER = (
    "party",
    "topic",
    "summitseries",
    "leader",
    "summit",
    "indicator",
    "source",
    "release",
    "pledge",
    "evidence",
    "searchnote",
    "assessment",
    "outsidereport",
    "response",
)

# What tells which names a party has.
NAMED_BY = ("slug", "name", "name_ja", "short_name", "kind", "iso_code")

# A space before or after a Japanese character.
SPACED = re.compile(
    "(?<=[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]) +|"
    " +(?=[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef])"
)


def load() -> RecordReport:
    """Enter and publish the records that are missing, all or none; report what came of each."""
    with transaction.atomic():
        researcher = get_curator(RESEARCHER)
        reviewer = get_curator(REVIEWER)
        corrections = find_corrections()
        items = sort_items(read_records())
        first_items = [(kind, undo(corrections, kind, fields)) for kind, fields in items]
        report = enter_records(first_items, assessor=researcher)
        statistics.gather(len(report.made))
        if report.made:
            publishing.submit_many(report.made, by=researcher)
            publishing.publish_many(report.made, by=reviewer, note=NOTE)
            statistics.gather(len(report.made))
        for kind, fields in items:
            correction = corrections.get((kind, fields["slug"]))
            if correction:
                correct(correction, fields, by=researcher, approved_by=reviewer)
    return report


def find_corrections() -> dict:
    """Return {record type and slug: correction} of those that are still to be made.

    A correction has the older words of a record, under `was`, and a note. The record itself has the
    words that hold. It is entered as it was and then put right, as happened with the first edition.
    """
    corrections = {}
    for record_type, fields in read_items():
        if record_type != "correction":
            continue
        kind, _, slug = fields["record"].partition(" ")
        if not MODELS[kind].objects.filter(slug=slug).exists():
            corrections[kind, slug] = fields
    return corrections


def undo(corrections, record_type, fields) -> dict:
    """Return the fields of a record as they were before its correction, if it has one."""
    correction = corrections.get((record_type, fields["slug"]))
    if correction is None:
        return fields
    return {**fields, **correction["was"]}


def correct(correction, fields, *, by, approved_by):
    """Publish a correction: propose the words of `fields`, and approve that."""
    kind, _, slug = correction["record"].partition(" ")
    record = MODELS[kind].objects.get(slug=slug)
    base = render_fully(record)
    right = {name: fields[name] for name in correction["was"]}
    proposal = publishing.propose(
        record,
        by=by,
        act=ProposedAct.CORRECT,
        note=correction["note"],
        body={**base, **right},
        base=base,
        base_version=record.version,
    )
    publishing.approve(proposal, by=approved_by, version=proposal.version)


def read_records() -> Iterator[tuple[str, dict]]:
    """Yield the type and fields of every record; figures come from the CSV file of their series."""
    for record_type, fields in read_items():
        if record_type == "correction":
            continue
        slug = fields["slug"]
        series = HERE / "series" / f"{slug}.csv"
        if record_type == "release" and series.exists():
            rows = read_observations(series)
            fields["observations"] = list(rows)
        if record_type == "party":
            rows = list_name_fields(fields)
            fields["names"] = list(rows)
        yield record_type, fields


def read_items() -> Iterator[tuple[str, dict]]:
    """Yield the type and fields of everything in the files, corrections included."""
    paths = HERE.glob("records/*.yaml")
    for path in sorted(paths):
        text = path.read_text()
        items = yaml.load(text, Loader=SafeLoader)
        for item in items or []:
            ((record_type, fields),) = item.items()
            yield record_type, join_japanese_lines(fields)


def list_name_fields(fields) -> Iterator[dict]:
    """Yield the other names of the party with these fields, from those shipped with the program."""
    columns = {name: fields.get(name, "") for name in NAMED_BY}
    party = Party(**columns)
    for name in list_shipped_names(party):
        row = asdict(name)
        for column in ("starts_on", "ends_on"):
            day = row[column]
            row[column] = day and day.isoformat()
        yield row


def join_japanese_lines(value, name=""):
    """Return `value` with its Japanese texts in one line.

    YAML joins lines with spaces, which Japanese does not use.
    """
    if isinstance(value, dict):
        return {key: join_japanese_lines(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [join_japanese_lines(inner, name) for inner in value]
    if isinstance(value, str) and name.endswith("_ja"):
        return SPACED.sub("", value)
    return value


def read_observations(path) -> Iterator[dict]:
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            row["decimals"] = int(row["decimals"])
            yield row


def sort_items(items) -> list:
    """Order pairs of type and fields so that a record comes after those that it refers to."""
    items = sorted(items, key=_get_sort_key)
    item_by_key = {}
    for record_type, fields in items:
        item_by_key[record_type, fields["slug"]] = (record_type, fields)
    order = {}
    for key in item_by_key:
        _visit(key, item_by_key, order)
    return [item_by_key[key] for key in order]


def _get_sort_key(item):
    """Order by type, and verdicts by day and pledge: so the ledger has them as they came."""
    record_type, fields = item
    place = ORDER.index(record_type)
    if record_type != "assessment":
        return (place,)
    pledge, _, _ = fields["undertaking"].partition("--")
    return place, fields["as_of"], pledge


def _visit(key, item_by_key, order):
    """Add a key to `order`, after the records of the same type that its record refers to."""
    if key in order or key not in item_by_key:
        return
    # Mark the visit before going deeper, because links between pledges may form a circle.
    order[key] = None
    record_type, fields = item_by_key[key]
    links = fields.get("links", [])
    memberships = fields.get("memberships", [])
    slugs = [link.get("to_pledge") for link in links]
    slugs += [membership.get("member") for membership in memberships]
    slugs.append(fields.get("parent"))
    for slug in slugs:
        reference = record_type, slug
        _visit(reference, item_by_key, order)
    # Move it to the end, after those.
    order[key] = order.pop(key)


def get_curator(role) -> User:
    """Return the demonstration's account for `role`; it cannot sign in until it has a password."""
    defaults = {
        "credit_name": f"{DEMONSTRATION} {role}",
        "is_staff": True,
    }
    user, created = User.objects.get_or_create(username=role, defaults=defaults)
    if created:
        user.set_unusable_password()
        user.save()
        group = Group.objects.get(name=role)
        user.groups.add(group)
    return user
