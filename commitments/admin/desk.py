"""The first page: the records that wait for this person, and what is late or doubtful."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from commitments.admin.acts import find_problems
from commitments.admin.drift import MAY_LOOK
from commitments.admin.older_versions import load_older_versions
from commitments.admin.out_of_date import load_out_of_date
from commitments.admin.pledge_parts import find_review_address
from commitments.admin.queues import match_drafts, match_returned, match_reviews
from commitments.models import ROOTS, Pledge, State, Undertaking
from commitments.publishing.conditions import MAY_PUBLISH

LISTED_ROWS = 8
# Checking a record costs a few statements; `check_integrity` checks all of them.
CHECKED_RECORDS = 30


@dataclass(frozen=True)
class DeskRow:
    """A record on the desk, its address, and what is wrong with it."""

    record: object
    problems: tuple = ()
    # Where the pledge that it is, or belongs to, is reviewed as a whole.
    review_address: str = ""

    @property
    def kind(self):
        return self.record._meta.verbose_name

    @property
    def address(self):
        opts = self.record._meta
        name = f"admin:{opts.app_label}_{opts.model_name}_change"
        return reverse(name, args=[self.record.pk])


class TrayCount(NamedTuple):
    """How many records of a kind are in a tray, and the address of their list."""

    count: int
    kind: str
    address: str


@dataclass
class Tray:
    """One list of the desk: its newest rows, and a count for each kind of record."""

    title: str
    empty: str
    rows: list = field(default_factory=list)
    counts: list = field(default_factory=list)


class TrayKind(NamedTuple):
    """A list of the desk: its name in the addresses of lists, and the condition of its records."""

    name: str
    match: Callable
    title: str
    empty: str


REVIEW = TrayKind(
    "review",
    match_reviews,
    "Waiting for my review",
    "Nothing waits for your review. What you submitted yourself waits for somebody else.",
)
RETURNED = TrayKind("returned", match_returned, "Returned to me", "Nothing was returned to you.")
DRAFTS = TrayKind("drafts", match_drafts, "My drafts", "You have no drafts.")


def load_desk(user):
    """Return the lists of `user`: what waits for them, what is overdue, what has warnings."""
    models = [model for model in ROOTS if _may_view(user, model)]
    kinds = [RETURNED, DRAFTS]
    if user.has_perm(MAY_PUBLISH):
        kinds.insert(0, REVIEW)
    return {
        "trays": [load_tray(kind, models, user) for kind in kinds],
        "overdue": load_overdue(user),
        "older_versions": load_older_versions(user),
        "out_of_date": load_out_of_date(user),
        "may_see_drift": user.has_perm(MAY_LOOK),
        "doubtful": load_doubtful(models),
    }


def _may_view(user, model):
    opts = model._meta
    return user.has_perm(f"{opts.app_label}.view_{opts.model_name}")


def load_tray(kind, models, user):
    tray = Tray(kind.title, kind.empty)
    records = []
    for model in models:
        rows = model.objects.filter(kind.match(model, user))
        count = rows.count()
        if not count:
            continue
        opts = model._meta
        word = opts.verbose_name if count == 1 else opts.verbose_name_plural
        address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        tray_count = TrayCount(count, word, f"{address}?desk={kind.name}")
        tray.counts.append(tray_count)
        records += rows.order_by("-edited_at")[:LISTED_ROWS]
    newest = _sort_newest_first(records)
    if kind is REVIEW:
        rows = list(_join_pledges(newest))
    else:
        rows = [DeskRow(record) for record in newest]
    tray.rows = rows[:LISTED_ROWS]
    return tray


def _join_pledges(records):
    """Yield a row for each record, and one for all that belong to the same pledge.

    That row is named by the pledge if it waits too, else by the newest of its records.
    """
    rows = {}
    for record in records:
        address = find_review_address(record)
        key = address or record
        if key not in rows or isinstance(record, Pledge):
            rows[key] = DeskRow(record, review_address=address)
    yield from rows.values()


def load_overdue(user):
    """Return the published undertakings whose deadline has passed without a closing verdict."""
    if not user.has_perm("commitments.view_undertaking"):
        return None
    today = timezone.now().date()
    late = Undertaking.objects.published().overdue(on=today)
    newest = late.select_related("party", "pledge").order_by("-pledge__deadline", "slug")
    return {
        "count": late.count(),
        "rows": newest[:LISTED_ROWS],
    }


def load_doubtful(models):
    """Return the last edited records that break a rule or deserve a second look."""
    records = []
    for model in models:
        records += model.objects.order_by("-edited_at")[:CHECKED_RECORDS]
    newest = _sort_newest_first(records)
    rows = []
    for record in newest[:CHECKED_RECORDS]:
        problems = _find_pressing_problems(record)
        if problems:
            rows.append(DeskRow(record, problems))
        if len(rows) == LISTED_ROWS:
            break
    return rows


def _sort_newest_first(records):
    return sorted(records, key=lambda record: record.edited_at, reverse=True)


def _find_pressing_problems(record):
    """Return the problems that somebody should look at.

    A reviewer who published the record has seen its warnings.
    """
    if record.state == State.WITHDRAWN:
        return ()
    problems = find_problems(record)
    if record.is_published:
        problems = [problem for problem in problems if problem.refuses_amendment]
    return tuple(problems)
