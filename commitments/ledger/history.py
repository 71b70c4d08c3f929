"""The ledger read as a story: which record each entry speaks of, as it is public today.

An entry of a record that is no longer public keeps its place, its kind and its note, and tells
nothing of what the record said: what is withdrawn does not exist for the public.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Count, Q
from django.db.models.functions import Cast, Substr

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
    Source,
    State,
    Summit,
    SummitSeries,
    Topic,
)

WITH_PARTY = ("undertaking__party", "undertaking__pledge")
# What a sentence about each type of record names beside the record itself.
NAMED = {
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
    Assessment: WITH_PARTY,
    OutsideReport: ("assessor",),
    Response: WITH_PARTY,
}
TYPES = {model._meta.model_name: model for model in NAMED}
CORRECTIONS = Q(action__in=[Action.AMEND, Action.CORRECT, Action.WITHDRAW, Action.REDACT])
# What readers follow: judgements, what was promised, and what was put right. The rest is the
# record's own bookkeeping.
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
# What the news are made of, each entry once: what was published, what was checked again, and what
# was put right.
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
PARTS = {Evidence: "pledge", Assessment: "undertaking__pledge", Response: "undertaking__pledge"}
PUBLIC_ONCE = (State.PUBLISHED, State.WITHDRAWN)


@dataclass(frozen=True)
class Change:
    """A ledger entry and the record it speaks of, or None if that is not public today."""

    entry: LedgerEntry
    record: object | None


@dataclass(frozen=True)
class Withdrawal:
    """A judgement taken back: what it had said, from its published form, and why it went."""

    slug: str
    undertaking: str
    status: str
    as_of: date
    entry: LedgerEntry


def newest_first():
    return LedgerEntry.objects.published().order_by("-seq")


def read_news():
    """Return the entries a reader follows, newest first."""
    return newest_first().filter(NEWS)


def read_corrections():
    """Return the entries that changed or took back what had been published, newest first."""
    return newest_first().filter(CORRECTIONS)


def count_changes(entries) -> dict[str, int]:
    """Return how many of `entries` are of each kind, and of each part of the news. One
    statement.
    """
    return entries.aggregate(
        **{name: Count("seq", filter=kind) for name, kind in {**KINDS, **PARTS_OF_NEWS}.items()}
    )


def count_by_month(entries) -> dict[date, int]:
    """Return by its first day how many of `entries` each month (UTC) brought, the newest month
    first. One statement.
    """
    # As text both databases cut it themselves, in UTC; SQLite would call back for each row to
    # compute the month.
    months = (
        entries.order_by()
        .annotate(month=Substr(Cast("recorded_at", CharField()), 1, 7))
        .values_list("month")
    )
    return {
        date.fromisoformat(f"{month}-01"): count
        for month, count in months.annotate(Count("seq")).order_by("-month")
    }


def join_records(entries) -> list[Change]:
    """Join each entry with its record as it is public today: one statement for each type of record
    met.
    """
    slugs = defaultdict(set)
    for entry in entries:
        slugs[entry.record_type].add(entry.record_slug)
    records = {}
    for record_type, wanted in slugs.items():
        model = TYPES[record_type]
        rows = model.objects.published().filter(slug__in=wanted)
        rows = rows.select_related(*NAMED[model]) if NAMED[model] else rows
        records.update({(record_type, row.slug): row for row in rows})
    return [Change(entry, records.get((entry.record_type, entry.record_slug))) for entry in entries]


def read_pledge_history(pledge) -> list[LedgerEntry]:
    """Return the entries of a pledge, its evidence, assessments and responses, newest first. One
    statement.
    """
    entries = LedgerEntry.objects.published().order_by()
    parts = [
        entries.filter(
            record_type=model._meta.model_name, record_slug__in=_slugs(model, path, pledge)
        )
        for model, path in PARTS.items()
    ]
    # A union, so that each part is found by the index; joined by OR they would read the whole
    # ledger.
    return list(entries.for_record(pledge).union(*parts, all=True).order_by("-seq"))


def find_withdrawals(entries) -> list[Withdrawal]:
    """Return the judgements that `entries` withdraw. No statement if there are none, otherwise
    one.
    """
    withdrawn = {
        entry.record_slug: entry
        for entry in entries
        if entry.record_type == "assessment" and entry.action == Action.WITHDRAW
    }
    if not withdrawn:
        return []
    # A redacted payload is gone, and the judgement with it; its entry and note still stand in the
    # history.
    published = LedgerPayload.objects.filter(
        Q(entry__record_type="assessment", entry__action=Action.PUBLISH),
        entry__record_slug__in=withdrawn,
    ).values_list("body", flat=True)
    return [
        Withdrawal(
            body["slug"],
            body["undertaking"],
            body["status"],
            date.fromisoformat(body["as_of"]),
            withdrawn[body["slug"]],
        )
        for body in published
    ]


def _slugs(model, path, pledge):
    """Name only what was public once: a draft's slug has no entry, and its pledge may change until
    it has.
    """
    return model.objects.filter(**{path: pledge}, state__in=PUBLIC_ONCE).values("slug")
