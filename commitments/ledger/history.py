"""The ledger as a history: each entry with the record it is about, as that is public today.

An entry of a record that is no longer public keeps its place, its kind and its note, and shows
nothing of what the record said: what is withdrawn does not exist for the public.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Count, Q
from django.db.models.functions import Cast, Substr

from commitments.ledger.reviving import revive_record
from commitments.models import (
    Action,
    Assessment,
    Evidence,
    Indicator,
    Leader,
    LedgerEntry,
    LedgerPayload,
    OutsideReport,
    Party,
    Pledge,
    Release,
    Response,
    SearchNote,
    Source,
    State,
    Summit,
    SummitSeries,
    Topic,
)
from commitments.publicforms import upgrade
from commitments.verdicts.dates import ImpreciseDate

WITH_PARTY = ("undertaking__party", "undertaking__pledge")
# The related records that a sentence about each type of record names.
RELATED = {
    Party: (),
    Topic: (),
    SummitSeries: (),
    Leader: (),
    Summit: (),
    Source: (),
    Indicator: (),
    Release: ("indicator",),
    Pledge: (),
    Evidence: ("pledge",),
    SearchNote: ("pledge",),
    Assessment: WITH_PARTY,
    OutsideReport: ("assessor",),
    Response: WITH_PARTY,
}
TYPES = {model._meta.model_name: model for model in RELATED}
CORRECTIONS = Q(action__in=[Action.AMEND, Action.CORRECT, Action.WITHDRAW, Action.REDACT])
# What readers follow: judgements, promises and corrections. All else is bookkeeping of the site.
NEWS = (
    Q(record_type__in=["assessment", "pledge", "summit", "response"]) & ~Q(action=Action.RECORD)
    | CORRECTIONS
)
KINDS = {
    "news": NEWS,
    "verdicts": Q(record_type="assessment"),
    "pledges": Q(record_type="pledge"),
    "corrections": CORRECTIONS,
    "all": Q(seq__isnull=False),
}
# The parts of the news that are not corrections; no entry is in two parts.
PUBLISHED = {
    f"published_{kind}": Q(record_type=record_type, action=Action.PUBLISH)
    for kind, record_type in [
        ("pledges", "pledge"),
        ("verdicts", "assessment"),
        ("summits", "summit"),
        ("responses", "response"),
    ]
}
PARTS_OF_NEWS = {**PUBLISHED, "confirmed": NEWS & Q(action=Action.CONFIRM)}
# The parts of a pledge that have entries of their own, and the way from each to it.
PARTS = {
    Evidence: "pledge",
    SearchNote: "pledge",
    Assessment: "undertaking__pledge",
    Response: "undertaking__pledge",
}
PUBLIC_ONCE = (State.PUBLISHED, State.WITHDRAWN)


@dataclass(frozen=True)
class Change:
    """A ledger entry and the record it is about, or None if that is not public today.

    `differences` are the words before and after of an amendment, where a page shows them.
    """

    entry: LedgerEntry
    record: object | None
    differences: object | None = None


@dataclass(frozen=True)
class Withdrawal:
    """A judgement taken back: what it had said, from its published form, and its last entry."""

    slug: str
    undertaking: str
    status: str
    late: bool
    done: ImpreciseDate | None
    as_of: date
    entry: LedgerEntry


def read_with_people():
    """Return all entries, each with who submitted and who approved it, in no order."""
    return LedgerEntry.objects.published().select_related("people").order_by()


def read_newest_first():
    """Return all entries, newest first."""
    return read_with_people().order_by("-seq")


def read_news():
    """Return the entries a reader follows, newest first."""
    return read_newest_first().filter(NEWS)


def read_corrections():
    """Return the entries that changed or took back what had been published, newest first."""
    return read_newest_first().filter(CORRECTIONS)


def count_changes(entries) -> dict[str, int]:
    """Return how many of `entries` are of each kind and each part of the news. One statement."""
    conditions = {**KINDS, **PARTS_OF_NEWS}
    counts = {}
    for name, condition in conditions.items():
        counts[name] = Count("seq", filter=condition)
    return entries.aggregate(**counts)


def count_by_month(entries) -> dict[date, int]:
    """Return {first day of a month (UTC): number of `entries`}, newest first. One statement."""
    # Both databases cut the text themselves, in UTC. To compute a month SQLite would call Python
    # for each row.
    text = Cast("recorded_at", CharField())
    month = Substr(text, 1, 7)
    months = entries.order_by().annotate(month=month).values_list("month")
    months = months.annotate(Count("seq"))
    counts = {}
    for month, count in months.order_by("-month"):
        first_day = date.fromisoformat(f"{month}-01")
        counts[first_day] = count
    return counts


def join_records(entries) -> list[Change]:
    """Return each entry with its record as that is public today.

    One statement for each type of record among the entries.
    """
    slugs = defaultdict(set)
    for entry in entries:
        slugs[entry.record_type].add(entry.record_slug)
    records = {}
    for record_type, names in slugs.items():
        for record in load_public_records(record_type, names):
            records[record_type, record.slug] = record
    changes = []
    for entry in entries:
        key = (entry.record_type, entry.record_slug)
        changes.append(Change(entry, records.get(key)))
    return changes


def load_public_records(record_type, slugs):
    """Return the public records with these slugs, each with what a sentence about it names."""
    model = TYPES[record_type]
    rows = model.objects.published()
    rows = rows.filter(slug__in=slugs)
    related = RELATED[model]
    if related:
        # Without names, select_related() would follow every relation.
        rows = rows.select_related(*related)
    return rows


def read_pledge_history(pledge) -> list[LedgerEntry]:
    """Return the entries of a pledge, its evidence, searches, assessments and responses.

    The newest first. One statement.
    """
    parts = []
    for model, path in PARTS.items():
        rows = model.objects.filter(**{path: pledge}, state__in=PUBLIC_ONCE)
        parts.append(find_entries_of(rows))
    own = read_with_people().for_record(pledge)
    # A union, so that each part is found by the index; joined by OR they would read the whole
    # ledger.
    history = own.union(*parts, all=True)
    return list(history.order_by("-seq"))


def find_entries_of(rows):
    """Return the entries of `rows`, the rows of one model that were once public.

    A draft's slug has no entry, and until it has one the draft may move to another pledge.
    """
    record_type = rows.model._meta.model_name
    slugs = rows.order_by().values("slug")
    return read_with_people().filter(record_type=record_type, record_slug__in=slugs)


def find_withdrawals(entries) -> list[Withdrawal]:
    """Return the judgements that `entries` withdraw. One statement, none if there are none."""
    last_entries = {}
    for entry in entries:
        if entry.record_type == "assessment" and entry.action == Action.WITHDRAW:
            last_entries[entry.record_slug] = entry
    if not last_entries:
        return []
    # A redacted payload is gone, and the judgement with it; its entry and note still stand in the
    # history.
    payloads = LedgerPayload.objects.filter(
        Q(entry__record_type="assessment", entry__action=Action.PUBLISH),
        entry__record_slug__in=last_entries,
    )
    withdrawals = []
    for body in payloads.values_list("body", flat=True):
        body = upgrade("assessment", body)
        judged = revive_record(Assessment, body)
        withdrawal = Withdrawal(
            slug=body["slug"],
            undertaking=body["undertaking"],
            status=judged.status,
            late=judged.late,
            done=judged.done,
            as_of=date.fromisoformat(body["as_of"]),
            entry=last_entries[body["slug"]],
        )
        withdrawals.append(withdrawal)
    return withdrawals
