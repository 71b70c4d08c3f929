"""The first page: what waits for this person, and what is late or doubtful."""

from dataclasses import dataclass, field
from itertools import islice

from django.urls import reverse
from django.utils import timezone

from commitments.admin.acts import find_problems
from commitments.admin.drift import MAY_LOOK
from commitments.admin.queues import awaiting_review_by, drafted_by, returned_to
from commitments.models import ROOTS, State, Undertaking
from commitments.publishing.conditions import MAY_PUBLISH

SHOWN = 8
# Looking at one costs a few statements; `check_integrity` goes through all.
LOOKED_AT = 30


@dataclass(frozen=True)
class DeskRow:
    """A record on the desk, where to open it, and what is wrong with it."""

    record: object
    problems: tuple = ()

    @property
    def kind(self):
        return self.record._meta.verbose_name

    @property
    def address(self):
        opts = self.record._meta
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[self.record.pk])


@dataclass
class Tray:
    """One list of the desk: its newest rows, and how many of each kind there are and where."""

    title: str
    empty: str
    rows: list = field(default_factory=list)
    counts: list = field(default_factory=list)


def desk(user):
    """Return the lists of `user`: what waits for them, what is overdue, what has warnings."""
    models = [
        model
        for model in ROOTS
        if user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")
    ]
    trays = [
        tray(
            models, user, "returned", returned_to, "Returned to me", "Nothing was returned to you."
        ),
        tray(models, user, "drafts", drafted_by, "My drafts", "You have no drafts."),
    ]
    if user.has_perm(MAY_PUBLISH):
        empty = (
            "Nothing waits for your review. What you submitted yourself waits for somebody else."
        )
        trays.insert(
            0, tray(models, user, "review", awaiting_review_by, "Waiting for my review", empty)
        )
    may_look = user.has_perm(MAY_LOOK)
    return {
        "trays": trays,
        "overdue": overdue(user),
        "may_see_drift": may_look,
        "doubtful": doubtful(models),
    }


def tray(models, user, name, queue, title, empty):
    made, records = Tray(title, empty), []
    for model in models:
        rows = model.objects.filter(queue(model, user))
        count = rows.count()
        if count:
            opts = model._meta
            word = opts.verbose_name if count == 1 else opts.verbose_name_plural
            address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
            made.counts.append((count, word, f"{address}?desk={name}"))
            records += rows.order_by("-edited_at")[:SHOWN]
    records.sort(key=lambda record: record.edited_at, reverse=True)
    made.rows = [DeskRow(record) for record in records[:SHOWN]]
    return made


def overdue(user):
    """Return the published undertakings whose deadline has passed without a closing verdict."""
    if not user.has_perm("commitments.view_undertaking"):
        return None
    late = Undertaking.objects.published().overdue(on=timezone.now().date())
    newest = late.select_related("party", "pledge").order_by("-pledge__deadline", "slug")
    return {"count": late.count(), "rows": newest[:SHOWN]}


def doubtful(models):
    """Return the last edited records that break a rule or deserve a second look."""
    newest = [
        record for model in models for record in model.objects.order_by("-edited_at")[:LOOKED_AT]
    ]
    newest.sort(key=lambda record: record.edited_at, reverse=True)
    looked_at = (DeskRow(record, _pressing(record)) for record in newest[:LOOKED_AT])
    return list(islice((row for row in looked_at if row.problems), SHOWN))


def _pressing(record):
    """Return the problems somebody should look at: not the doubts a reviewer has published it in
    spite of.
    """
    if record.state == State.WITHDRAWN:
        return ()
    return tuple(
        problem for problem in find_problems(record) if problem.refuses or not record.is_published
    )
