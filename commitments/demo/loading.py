"""The demonstration record, entered as a researcher would and published as a reviewer would."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from django.contrib.auth.models import Group
from django.db import transaction

from commitments import publishing
from commitments.importing import statistics
from commitments.importing.records import RecordReport, enter_records
from commitments.models import User
from commitments.models.users import DEMONSTRATION
from commitments.publishing.roles import RESEARCHER, REVIEWER

# The one in C, where PyYAML was built with it, reads the set in a fraction of the time.
SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
HERE = Path(__file__).parent
NOTE = "Demonstration record."
# What others refer to comes first; files may stand in any order.
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
    "assessment",
    "outsidereport",
    "response",
)

# A space before or after a Japanese character.
SPACED = re.compile(
    "(?<=[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]) +|"
    " +(?=[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef])"
)


def load() -> RecordReport:
    """Enter and publish what is not there yet; return what was made, unchanged or different. All or
    none.
    """
    with transaction.atomic():
        researcher, reviewer = curator(RESEARCHER), curator(REVIEWER)
        report = enter_records(sort_items(read_records()), assessor=researcher)
        statistics.gather(len(report.made))
        if report.made:
            publishing.submit_many(report.made, by=researcher)
            publishing.publish_many(report.made, by=reviewer, note=NOTE)
            statistics.gather(len(report.made))
    return report


def read_records() -> Iterator[tuple[str, dict]]:
    """Yield the type and fields of every record of the set, series read from their own files."""
    for path in sorted(HERE.glob("records/*.yaml")):
        for item in yaml.load(path.read_text(), Loader=SafeLoader) or []:
            ((record_type, fields),) = item.items()
            series = HERE / "series" / f"{fields['slug']}.csv"
            if record_type == "release" and series.exists():
                fields["observations"] = list(read_observations(series))
            yield record_type, join_files(fields)


def join_files(value, name=""):
    """Return `value` with its Japanese texts in one line: YAML joins lines by spaces, which
    Japanese has not.
    """
    if isinstance(value, dict):
        return {key: join_files(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [join_files(inner, name) for inner in value]
    return SPACED.sub("", value) if name.endswith("_ja") and isinstance(value, str) else value


def read_observations(path) -> Iterator[dict]:
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield {**row, "decimals": int(row["decimals"])}


def sort_items(items) -> list:
    """Order by type; within pledges, topics and parties, what is referred to first; verdicts by day
    and pledge.
    """
    items = sorted(items, key=lambda item: (ORDER.index(item[0]), *_judged(*item)))
    return list(_dependencies_first(items))


def _judged(record_type, fields):
    """Return what makes the ledger tell verdicts as they came, and those on one pledge together."""
    return (
        (fields["as_of"], fields["undertaking"].partition("--")[0])
        if record_type == "assessment"
        else ()
    )


def _dependencies_first(items):
    by_slug = {
        (record_type, fields["slug"]): (record_type, fields) for record_type, fields in items
    }
    done = set()

    def visit(key):
        if key in done or key not in by_slug:
            return
        done.add(key)
        record_type, fields = by_slug[key]
        inner = [link.get("to_pledge") for link in fields.get("links", [])]
        inner += [row.get("member") for row in fields.get("memberships", [])]
        for slug in [*inner, fields.get("parent")]:
            yield from visit((record_type, slug))
        yield record_type, fields

    for key in by_slug:
        yield from visit(key)


def curator(role) -> User:
    """Return the account that stands for `role` in the demonstration; it has no password until one
    is set.
    """
    user, created = User.objects.get_or_create(
        username=role, defaults={"credit_name": f"{DEMONSTRATION} {role}", "is_staff": True}
    )
    if created:
        user.set_unusable_password()
        user.save()
        user.groups.add(Group.objects.get(name=role))
    return user
