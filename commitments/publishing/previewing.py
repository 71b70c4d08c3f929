"""What the public would see, were a draft published now: marked, read and undone in one
transaction.
"""

from contextlib import contextmanager, suppress

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.models import Assessment, Evidence, Pledge, State, Summit, Undertaking, User
from commitments.publishing.refusals import Refused
from commitments.publishing.shown import refresh_shown
from commitments.publishing.states import credit, keep_what_it_contradicts, unpublished_references

UNSETTLED = [State.DRAFT, State.IN_REVIEW]


@contextmanager
def as_if_published(record):
    """Run a block in which `record`, what it refers to and what hangs on it count as published.

    Always rolled back, and never seen by anybody else: so the public code that renders the preview
    needs no second way to read, and has no way to read drafts.
    """
    with transaction.atomic():
        try:
            # Where publishing would refuse, the preview shows the record without what it refers to.
            with suppress(Refused):
                _mark(unpublished_references(record))
            _mark([record])
            _mark_proof(_pledges(record))
            yield
        finally:
            transaction.set_rollback(True)


def _mark(records):
    for one in records:
        type(one)._base_manager.filter(pk=one.pk).update(state=State.PUBLISHED)


def _pledges(record):
    """Return the pledges whose drafts belong into the preview, themselves marked where they are
    drafts.
    """
    if isinstance(record, Pledge):
        return [record]
    if not isinstance(record, Summit):
        return []
    drafts = Pledge.objects.filter(summit=record, state__in=UNSETTLED)
    pledges = list(drafts)
    drafts.update(state=State.PUBLISHED)
    return pledges


def _mark_proof(pledges):
    Evidence.objects.filter(pledge__in=pledges, state__in=UNSETTLED).update(state=State.PUBLISHED)
    verdicts = Assessment.objects.filter(
        undertaking__pledge__in=pledges, state__in=UNSETTLED, assessor__isnull=False
    )
    for verdict in verdicts.select_related("assessor"):
        # Whoever else there is stands in for the reviewer: the row is gone before anybody reads it
        # again.
        verdict.reviewer = User.objects.exclude(pk=verdict.assessor_id).first() or verdict.assessor
        verdict.signed_alone = verdict.reviewer == verdict.assessor
        verdict.assessor_credit, verdict.reviewer_credit = (
            credit(verdict.assessor),
            _("a reviewer still to come"),
        )
        keep_what_it_contradicts(verdict)
        verdict.state, verdict.published_seq = State.PUBLISHED, 0
        verdict.save()
    refresh_shown(Undertaking.objects.filter(pledge__in=pledges))
