"""Whose turn it is: drafts of somebody, records returned to them, records that wait for review."""

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast

from commitments.models import Assessment, State
from commitments.publishing.authors import match_work


def match_drafts(model, user):
    """Return the condition for drafts of `model` that `user` entered or edited."""
    edits = LogEntry.objects.filter(
        user=user,
        content_type=ContentType.objects.get_for_model(model),
        object_id=Cast(OuterRef("pk"), TextField()),
    )
    entered = Exists(edits) | Q(submitted_by=user)
    return Q(entered, state=State.DRAFT)


def match_returned(model, user):
    """Return the condition for what `user` submitted and got back."""
    return Q(state=State.DRAFT, submitted_by=user)


def match_reviews(model, user):
    """Return the condition for what `user` could review: nothing that is their own work."""
    own = Q(submitted_by__isnull=True) | Q(submitted_by=user)
    if model is Assessment:
        own |= Q(assessor=user)
    return Q(state=State.IN_REVIEW) & ~own & ~Q(match_work(model, user))


QUEUES = {"drafts": match_drafts, "returned": match_returned, "review": match_reviews}


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
        match = QUEUES.get(self.value())
        if match is None:
            return queryset
        condition = match(queryset.model, request.user)
        return queryset.filter(condition)
