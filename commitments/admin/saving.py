"""Saving a root: under the ledger's lock, never over somebody else's edit, all or nothing."""

from django.apps import apps
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from commitments import publishing
from commitments.admin import tokens
from commitments.admin.conflicts import take_theirs
from commitments.admin.revived import revive

BUSY = (
    "The database is busy with something longer. Nothing was saved; wait a moment and save again."
)


class Saving:
    """For a ModelAdmin of a root."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if "_saveasnew" in request.POST and not self.save_as:
            # Django makes a copy of any record whose form says so, whether a button offers it or
            # not.
            raise PermissionDenied
        unify_newlines(request)
        take_theirs(request)
        try:
            with transaction.atomic():
                # Before any row: whoever publishes takes them in this order, too.
                publishing.lock_head()
                answer = self._answer_at_once(request, object_id)
                return answer or super().changeform_view(
                    request, object_id, form_url, extra_context
                )
        except publishing.Refused as refusal:
            request.refused = refusal.reasons
        except OperationalError:
            tokens.forget(request)
            return self.not_saved(request, BUSY, status=503)
        except IntegrityError as error:
            request.refused = [broken_rule(error)]
        tokens.forget(request)
        # All is rolled back. The form, asked again, finds the reasons and keeps what was typed.
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _answer_at_once(self, request, object_id):
        """Return the answer to a repeated or an impossible save, None for any other."""
        if object_id is None or "_saveasnew" in request.POST:
            return self._saved_before(request)
        if not self.has_change_permission(request):
            return None
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self.not_saved(request, "Somebody deleted this record while it was open here.")
        if not self.has_change_permission(request, record):
            state = record.get_state_display().lower()
            return self.not_saved(
                request, f"This record is {state} and cannot be edited by you now.", record
            )
        self._revive_rows(request, record)
        return None

    def _revive_rows(self, request, record):
        data = request.POST.copy()
        for formset, _inline in self.get_formsets_with_inlines(request, record):
            rows = formset.model._base_manager.filter(**{formset.fk.name: record})
            revive(
                data,
                formset.get_default_prefix(),
                {str(key) for key in rows.values_list("pk", flat=True)},
            )
        request.POST = data

    def _saved_before(self, request):
        record = self.model._base_manager.filter(pk=tokens.made_by(request)).first()
        if record is None:
            return None
        self.message_user(
            request, "It was saved already, by the first of two clicks.", messages.INFO
        )
        return HttpResponseRedirect(self.address(record))

    def not_saved(self, request, sentence, record=None, *, status=409):
        """Answer that nothing was saved, with everything that was typed."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Not saved",
            "sentence": sentence,
            "record": record,
            "address": record and self.address(record),
            "typed": self._typed(request),
        }
        return TemplateResponse(request, "admin/commitments/not_saved.html", context, status=status)

    def _typed(self, request):
        for name, values in request.POST.lists():
            text = "\n".join(value for value in values if value)
            if (
                text
                and not name.startswith(("csrf", "_", "theirs", "opened"))
                and not name.endswith("_FORMS")
            ):
                try:
                    label = str(self.opts.get_field(name).verbose_name)
                except FieldDoesNotExist:
                    label = name
                if name not in ("version", "token"):
                    yield label, text

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.complete(form, change=change)
        if not change:
            tokens.remember(request, form.instance)
        elif form.instance.is_published:
            self._enter_amendment(request, form)

    def complete(self, form, *, change):
        """Bring along what hangs on the saved rows, before an amendment is entered."""

    def _enter_amendment(self, request, form):
        record, typed = form.instance, form.cleaned_data
        note, correction = typed["public_note"], typed["corrects_error"]
        entry = publishing.amend(record, by=request.user, note=note, correction=correction)
        if entry is None:
            # Something else may have been saved: whoever has the form open must notice.
            type(record)._base_manager.filter(pk=record.pk).update(version=F("version") + 1)
            self.message_user(
                request,
                "Nothing that the public sees was changed: no ledger entry.",
                messages.WARNING,
            )
        else:
            self.message_user(request, f"Entered in the public ledger as number {entry.seq}.")

    def address(self, record, page="change"):
        opts = record._meta
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=[record.pk])


def unify_newlines(request):
    """Give every text the newlines it is stored with: a browser's own would change each text it
    passes through.
    """
    data = request.POST.copy()
    for name, values in data.lists():
        data.setlist(name, [value.replace("\r\n", "\n") for value in values])
    request.POST = data


def broken_rule(error):
    """Return the sentence of the constraint that `error` names."""
    text = str(error)
    for model in apps.get_app_config("commitments").get_models():
        for constraint in model._meta.constraints:
            if constraint.name in text:
                return f"The database refused this: {constraint.get_violation_error_message()}"
    detail = text.splitlines()[0]
    return (
        "The database refused this. Somebody may have saved or deleted a moment before you."
        f" ({detail})"
    )
