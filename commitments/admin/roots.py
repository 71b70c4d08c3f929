"""What the admin of every root shares: who may edit what, lists, links, the page around the
form.
"""

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.forms import Textarea
from django.http import HttpResponseRedirect
from django.urls import NoReverseMatch
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import urlencode

from commitments.admin.acting import Acting
from commitments.admin.acts import ACTS, explain_refusal, find_problems, list_acts
from commitments.admin.bulk import Bulk, publish_selected, submit_selected
from commitments.admin.conflicts import find_field_differences, opened_with
from commitments.admin.deleting import Deleting, delete_selected
from commitments.admin.forms import Amendment, RootForm
from commitments.admin.manual import with_manual_link
from commitments.admin.queues import QueueFilter
from commitments.admin.rows import Plain
from commitments.admin.saving import Saving
from commitments.models import LedgerEntry, State
from commitments.publishing.conditions import MAY_AMEND

ENTRIES_SHOWN = 8


class RootAdmin(Saving, Deleting, Acting, Bulk, Plain, admin.ModelAdmin):
    """A root at the desk. A draft is everybody's to edit; what is published is amended, or
    frozen.
    """

    form = RootForm
    named_by = "name"
    # Frozen once published: a change of mind is a new record.
    frozen = False
    # What "Save and add another" takes over into the next form.
    carried = ()
    # Links to the curating manual: field → anchor.
    manual = {}
    # A template that stands beside the form, with what `beside` returns.
    beside_template = None

    list_display = ["__str__", "state_shown", "edited"]
    list_filter = ["state", QueueFilter]
    list_per_page = 50
    ordering = ["-edited_at", "-pk"]
    actions = [submit_selected, publish_selected, delete_selected]
    formfield_overrides = {models.TextField: {"widget": Textarea(attrs={"rows": 3, "cols": 70})}}

    # Who may edit what

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or self._is_editable(request.user, obj))

    def _is_editable(self, user, record):
        if record.state == State.PUBLISHED:
            return not self.frozen and user.has_perm(MAY_AMEND)
        return record.state == State.DRAFT

    def get_readonly_fields(self, request, obj=None):
        fixed = (
            ["slug"]
            if obj and "slug" in self._all_fields(request, obj) and self.keeps_slug(obj)
            else []
        )
        return [*super().get_readonly_fields(request, obj), *fixed]

    def keeps_slug(self, record):
        """Whether the slug is public for good: it is, or has been, in the ledger."""
        return record.state != State.DRAFT or LedgerEntry.objects.for_record(record).exists()

    def get_prepopulated_fields(self, request, obj=None):
        fields = self._all_fields(request, obj)
        if self.named_by not in fields or "slug" not in fields or (obj and self.keeps_slug(obj)):
            return {}
        return {"slug": (self.named_by,)}

    def _all_fields(self, request, obj):
        return admin.utils.flatten_fieldsets(self.fieldsets)

    # The form

    def get_fieldsets(self, request, obj=None):
        # A copy: subclasses add to it.
        return [*super().get_fieldsets(request, obj)]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if self._amends(request, obj):
            kwargs["form"] = type("AmendmentForm", (Amendment, self.form), {})
        form = super().get_form(request, obj, change=change, **kwargs)
        form.request, form.named_by = request, self.named_by
        return form

    def get_changeform_initial_data(self, request):
        given = super().get_changeform_initial_data(request)
        relations = {
            field.name
            for field in self.opts.get_fields()
            if field.many_to_one or field.many_to_many
        }
        # A link with anything but numbers in it would be an error 500 in Django's own widget.
        return {
            name: value for name, value in given.items() if name not in relations or _is_key(value)
        }

    def _amends(self, request, obj):
        return obj is not None and obj.is_published and self.has_change_permission(request, obj)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in self.manual:
            field.help_text = with_manual_link(field.help_text, self.manual[db_field.name])
        return field

    # The page around the form

    def render_change_form(
        self, request, context, *, add=False, change=False, form_url="", obj=None
    ):
        form, inlines = context["adminform"].form, context["inline_admin_formsets"]
        formsets, typed_from = (
            [inline.formset for inline in inlines],
            request.POST.get("opened", ""),
        )
        if form.stale:
            context["conflict"] = find_field_differences(form, formsets, typed_from)
        fresh = form.stale or not form.is_bound
        context["opened"] = opened_with(form, formsets) if fresh else typed_from
        context["beside_template"] = self.beside_template
        context.update(self.beside(request, obj, form))
        if obj:
            context.update(self._standing(request, obj))
        return super().render_change_form(
            request, context, add=add, change=change, form_url=form_url, obj=obj
        )

    def beside(self, request, record, form):
        """Return what the page shows beside the form."""
        return {}

    def _standing(self, request, record):
        return {
            "acts": list_acts(request.user, record),
            "why_not": explain_refusal(request.user, record),
            "problems": [] if record.state == State.WITHDRAWN else find_problems(record),
            "frozen": self.frozen and record.is_published,
            "returned": returned_with(record),
            "public_address": public_address(record),
            "preview_address": "../preview/" if hasattr(self, "public_view") else "",
            "ledger_entries": LedgerEntry.objects.for_record(record)[:ENTRIES_SHOWN],
        }

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        if (
            "_addanother" in request.POST
            and self.carried
            and isinstance(response, HttpResponseRedirect)
        ):
            carried = {
                name: value
                for name in self.carried
                if (value := _stored(obj, name)) not in (None, "")
            }
            return HttpResponseRedirect(
                f"{response.url}{'&' if '?' in response.url else '?'}{urlencode(carried)}"
            )
        return response

    @admin.display(description="edited", ordering="edited_at")
    def edited(self, record):
        return date_format(record.edited_at, "j M, H:i")

    @admin.display(description="state", ordering="state")
    def state_shown(self, record):
        return format_html(
            '<span class="state state-{}">{}</span>', record.state, record.get_state_display()
        )


def public_address(record):
    """Return where the public sees `record`, or nothing while nobody does."""
    if not getattr(record, "is_public", record.is_published) or not hasattr(
        record, "get_absolute_url"
    ):
        return ""
    try:
        return record.get_absolute_url()
    except NoReverseMatch:
        return ""


def returned_with(record):
    """Return the words with which a draft came back last, or nothing."""
    if record.state != State.DRAFT or record.submitted_by_id is None:
        return ""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(record),
        object_id=str(record.pk),
        change_message__startswith=ACTS["return"].done,
    )
    newest = entries.select_related("user").first()
    return (
        f"{newest.change_message} ({newest.user}, {date_format(newest.action_time, 'j M, H:i')})"
        if newest
        else ""
    )


def _is_key(given):
    keys = given if isinstance(given, list) else [given]
    return all(key.isdecimal() and len(key) < 18 for key in keys)


def _stored(record, name):
    return getattr(record, record._meta.get_field(name).attname)
