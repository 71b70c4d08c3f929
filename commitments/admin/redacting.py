"""The page that takes a part of an entry out of the public ledger: for administrators, alone."""

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from commitments import publishing
from commitments.models import EntryPart
from commitments.publishing.conditions import MAY_REDACT


class RedactionForm(forms.Form):
    part = forms.ChoiceField(label="What is removed", choices=EntryPart, widget=forms.RadioSelect)
    note = forms.CharField(
        label="Why (public, for good, and needed)",
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text="Name the law or the order. Do not repeat what is removed.",
    )
    withdraws = forms.BooleanField(
        label="If the record still says this in public: withdraw it, with all that rests on it",
        required=False,
    )
    sure = forms.BooleanField(
        label="I have read what this removes. Nothing brings it back.",
    )


class Redacting:
    """For the ModelAdmin of ledger entries."""

    change_form_template = "admin/commitments/ledger_entry.html"

    def get_urls(self):
        page = path(
            "<path:object_id>/redact/",
            self.admin_site.admin_view(self.redact_view),
            name="commitments_ledgerentry_redact",
        )
        return [page, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context = {"may_redact": request.user.has_perm(MAY_REDACT), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def redact_view(self, request, object_id):
        """Show what of the entry can be removed, and on POST remove the chosen part."""
        if not request.user.has_perm(MAY_REDACT):
            raise PermissionDenied
        entry = self.get_object(request, unquote(object_id))
        if entry is None:
            raise Http404
        form = RedactionForm(request.POST or None)
        reasons = []
        if request.method == "POST" and form.is_valid():
            try:
                redaction = self._redact(request, entry, form)
            except publishing.Refused as refusal:
                reasons = refusal.reasons
            else:
                text = f"Redacted. The ledger says so in entry {redaction.seq}."
                self.message_user(request, text)
                return HttpResponseRedirect(find_entry_address(entry))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Redact entry {entry.seq}",
            "entry": entry,
            "address": find_entry_address(entry),
            "form": form,
            "reasons": reasons,
            "payload": self.payload_shown(entry),
            "people": self.people_shown(entry),
        }
        status = 409 if reasons else 200
        return TemplateResponse(request, "admin/commitments/redact.html", context, status=status)

    def _redact(self, request, entry, form):
        return publishing.redact(
            entry.seq,
            by=request.user,
            note=form.cleaned_data["note"],
            part=form.cleaned_data["part"],
            withdraws=form.cleaned_data["withdraws"],
        )


def find_entry_address(entry):
    return reverse("admin:commitments_ledgerentry_change", args=[entry.seq])
