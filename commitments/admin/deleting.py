"""Only a record that the public has never seen may be deleted."""

from django.contrib import messages
from django.contrib.admin import actions
from django.contrib.admin.decorators import action
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpResponseRedirect

from commitments import publishing
from commitments.models import LedgerEntry, State, Tenure, Undertaking


def explain_refused_deletion(record):
    """Return why `record` may not be deleted, or None for a draft that was never published."""
    name = f"{record._meta.verbose_name} “{record}”"
    if record.state == State.PUBLISHED:
        return f"The {name} is published, so it stays. Withdraw it instead."
    if LedgerEntry.objects.for_record(record).exists():
        return (
            f"The {name} has been published before, so it stays. Withdraw it instead of"
            " deleting it."
        )
    if record.state != State.DRAFT:
        return (
            f"The {name} is {record.get_state_display().lower()}; only drafts can be deleted."
            " Return it to draft first."
        )
    return None


class Deleting:
    """For a ModelAdmin of a root."""

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        if not allowed or obj is None:
            return allowed
        return explain_refused_deletion(obj) is None

    def delete_view(self, request, object_id, extra_context=None):
        with transaction.atomic():
            if request.method == "POST":
                publishing.lock_head()
            record = self.get_object(request, unquote(object_id))
            reason = (
                record
                and super().has_delete_permission(request)
                and explain_refused_deletion(record)
            )
            if reason:
                self.message_user(request, reason, messages.ERROR)
                return HttpResponseRedirect(self.address(record))
            return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs, request):
        deleted, count, lacking, protected = super().get_deleted_objects(objs, request)
        # Rows inside the record are deleted with it, although nobody may delete them alone.
        lacking -= {Undertaking._meta.verbose_name, Tenure._meta.verbose_name}
        return deleted, count, lacking, protected


@action(permissions=["delete"], description="Delete selected drafts")
def delete_selected(modeladmin, request, queryset):
    """Django's own action, for drafts that were never published only."""
    with transaction.atomic():
        if request.POST.get("post"):
            publishing.lock_head()
        reasons = [explain_refused_deletion(record) for record in queryset]
        reasons = [reason for reason in reasons if reason]
        if not reasons:
            return actions.delete_selected(modeladmin, request, queryset)
    for reason in reasons:
        modeladmin.message_user(request, reason, messages.ERROR)
    return None
