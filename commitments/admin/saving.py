"""Save a root: under the ledger's lock, never over somebody else's edit, all or nothing."""

from django.apps import apps
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from commitments import publishing
from commitments.admin import tokens
from commitments.admin.conflicts import take_theirs
from commitments.admin.faults import take_hidden_out
from commitments.admin.revived import revive_rows
from commitments.publicforms import render_fully
from commitments.publishing.rows import load_with_public_form

BUSY = (
    "The database is busy with something longer. Nothing was saved; wait a moment and save again."
)


# Beginnings of names in the posted form that nobody types.
NOT_TYPED = ("csrf", "_", "theirs", "opened")


class Proposed(Exception):
    """Ends the save of a published record: what it would become, and the form that says so."""

    def __init__(self, body, form):
        super().__init__("A change of a published record is proposed, and not saved.")
        self.body = body
        self.form = form


class Saving:
    """For a ModelAdmin of a root."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if "_saveasnew" in request.POST and not self.save_as:
            # Django would make the copy although no button offers it.
            raise PermissionDenied
        unify_newlines(request)
        take_hidden_out(request)
        take_theirs(request)
        try:
            with transaction.atomic():
                # Before any row, because publishing locks in this order too.
                publishing.lock_head()
                answer = self._answer_early(request, object_id)
                return answer or self._save(request, object_id, form_url, extra_context)
        except publishing.Refused as refusal:
            request.refused = refusal.reasons
        except OperationalError:
            tokens.forget(request)
            return self.not_saved(request, BUSY, status=503)
        except IntegrityError as error:
            request.refused = [describe_broken_rule(error)]
        tokens.forget(request)
        # All is rolled back. The form now shows the reasons and what was typed.
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _save(self, request, object_id, form_url, extra_context):
        """Save the form. Of a published record nothing is kept but the proposal to change it."""
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except Proposed as proposed:
            return self.store_proposal(request, object_id, proposed.body, proposed.form)

    def _answer_early(self, request, object_id):
        """Return the answer to a save that is repeated or impossible, and None for any other."""
        if object_id is None or "_saveasnew" in request.POST:
            return self._answer_second_click(request)
        if not self.has_change_permission(request):
            return None
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self.not_saved(request, "Somebody deleted this record while it was open here.")
        if not self.has_change_permission(request, record):
            state = record.get_state_display().lower()
            sentence = f"This record is {state} and cannot be edited by you now."
            return self.not_saved(request, sentence, record)
        self._revive_rows(request, record)
        return None

    def _revive_rows(self, request, record):
        data = request.POST.copy()
        for formset, _inline in self.get_formsets_with_inlines(request, record):
            rows = formset.model._base_manager.filter(**{formset.fk.name: record})
            keys = {str(key) for key in rows.values_list("pk", flat=True)}
            revive_rows(data, formset.get_default_prefix(), keys)
        request.POST = data

    def _answer_second_click(self, request):
        """Return the answer to a form that was saved before, and None for any other."""
        record = self.model._base_manager.filter(pk=tokens.find_made(request)).first()
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
            "typed": self._list_typed(request),
        }
        return TemplateResponse(request, "admin/commitments/not_saved.html", context, status=status)

    def _list_typed(self, request):
        """Yield (label, text) of everything that somebody typed into the posted form."""
        for name, values in request.POST.lists():
            if name.startswith(NOT_TYPED) or name.endswith("_FORMS"):
                continue
            if name in ("version", "token"):
                continue
            text = "\n".join(value for value in values if value)
            if not text:
                continue
            try:
                label = str(self.opts.get_field(name).verbose_name)
            except FieldDoesNotExist:
                label = name
            yield label, text

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.complete(form, change=change)
        if not change:
            tokens.remember(request, form.instance)
        elif form.instance.is_published:
            record = load_with_public_form(form.instance)
            publishing.check_amendment(record)
            raise Proposed(render_fully(record), form)

    def complete(self, form, *, change):
        """Save what depends on the saved rows, before the record is rendered for a proposal."""

    def address(self, record, page="change"):
        opts = record._meta
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=[record.pk])


def unify_newlines(request):
    """Replace a browser's newlines by those of stored texts, so that no text looks changed."""
    data = request.POST.copy()
    for name, values in data.lists():
        data.setlist(name, [value.replace("\r\n", "\n") for value in values])
    request.POST = data


def describe_broken_rule(error):
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
