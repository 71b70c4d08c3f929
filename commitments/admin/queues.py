"""Whose turn it is: the drafts somebody works on, what came back to them, what waits for review."""

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast

from commitments.models import Assessment, State


def drafted_by(model, user):
    """Return the condition for drafts of `model` that `user` entered or edited."""
    touched = LogEntry.objects.filter(
        user=user,
        content_type=ContentType.objects.get_for_model(model),
        object_id=Cast(OuterRef("pk"), TextField()),
    )
    return Q(Exists(touched) | Q(submitted_by=user), state=State.DRAFT)


def returned_to(model, user):
    """Return the condition for what `user` submitted and has back."""
    return Q(state=State.DRAFT, submitted_by=user)


def awaiting_review_by(model, user):
    """Return the condition for what `user` could review: not their own."""
    others = Q(submitted_by__isnull=True) | ~Q(submitted_by=user)
    if model is Assessment:
        others &= Q(assessor__isnull=True) | ~Q(assessor=user)
    return Q(state=State.IN_REVIEW) & others


QUEUES = {"drafts": drafted_by, "returned": returned_to, "review": awaiting_review_by}


class QueueFilter(SimpleListFilter):
    title = "desk"
    parameter_name = "desk"

    def lookups(self, request, model_admin):
        return [
            ("drafts", "My drafts"),
            ("returned", "Returned to me"),
            ("review", "Waiting for my review"),
        ]

    def queryset(self, request, queryset):
        queue = QUEUES.get(self.value())
        return queryset.filter(queue(queryset.model, request.user)) if queue else queryset
