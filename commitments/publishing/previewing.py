"""Show what the public would see if a draft were published now, and undo it afterwards."""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.models import (
    Assessment,
    Evidence,
    Pledge,
    SearchNote,
    State,
    Summit,
    Undertaking,
    User,
)
from commitments.publicforms import find_references
from commitments.publishing.people import build_credit
from commitments.publishing.shown import refresh_shown
from commitments.publishing.states import store_contradicted_finding

UNSETTLED = [State.DRAFT, State.IN_REVIEW]


@contextmanager
def as_if_published(record):
    """Run a block in which `record` counts as published, with its references and dependents.

    The transaction is always rolled back, and nobody else sees it. So the public code renders the
    preview without knowing of drafts.
    """
    with transaction.atomic():
        try:
            mark_published(_find_hidden_references(record))
            mark_published([record])
            pledges = _mark_pledges(record)
            for pledge in pledges:
                mark_published(_find_hidden_references(pledge))
            _mark_verdicts(pledges)
            yield
        finally:
            transaction.set_rollback(True)


def _find_hidden_references(record):
    """Return what `record` refers to, directly or through another, and is hidden.

    What is withdrawn is among them: publishing would refuse, and the preview shows the record all
    the same.
    """
    hidden = {}
    waiting = [record]
    while waiting:
        for reference in find_references(waiting.pop()):
            if reference not in hidden and not reference.is_published:
                hidden[reference] = None
                waiting.append(reference)
    return list(hidden)


def mark_published(records):
    """Count the records as published; the caller undoes it."""
    for record in records:
        rows = type(record)._base_manager.filter(pk=record.pk)
        rows.update(state=State.PUBLISHED)


def _mark_pledges(record):
    """Return the pledges that the preview shows; mark those of a summit as published."""
    if isinstance(record, Pledge):
        return [record]
    if not isinstance(record, Summit):
        return []
    drafts = Pledge.objects.filter(summit=record, state__in=UNSETTLED)
    pledges = list(drafts)
    drafts.update(state=State.PUBLISHED)
    return pledges


def _mark_verdicts(pledges):
    """Mark the evidence, search notes and verdicts of the pledges as published.

    Each verdict gets a reviewer.
    """
    for model in (Evidence, SearchNote):
        drafts = model.objects.filter(pledge__in=pledges, state__in=UNSETTLED)
        drafts.update(state=State.PUBLISHED)
    verdicts = Assessment.objects.filter(
        undertaking__pledge__in=pledges,
        state__in=UNSETTLED,
        assessor__isnull=False,
    )
    for verdict in verdicts.select_related("assessor"):
        assessor = verdict.assessor
        # Anybody else stands in for the reviewer, because the row is undone before anybody uses it.
        verdict.reviewer = User.objects.exclude(pk=assessor.pk).first() or assessor
        verdict.signed_alone = verdict.reviewer == assessor
        verdict.assessor_credit = build_credit(assessor)
        verdict.reviewer_credit = _("a reviewer still to come")
        store_contradicted_finding(verdict)
        verdict.state = State.PUBLISHED
        verdict.published_seq = 0
        verdict.save()
    refresh_shown(Undertaking.objects.filter(pledge__in=pledges))
