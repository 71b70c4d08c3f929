"""What the admin of every root shares: permissions, lists, links, and the page around the form."""

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
from commitments.admin.clashing import keep_clashing
from commitments.admin.clearing import Clearing
from commitments.admin.conflicts import find_field_differences, sign_values
from commitments.admin.deleting import Deleting, delete_selected
from commitments.admin.forms import Amendment, RootForm
from commitments.admin.keys import read_key
from commitments.admin.manual import add_manual_link
from commitments.admin.proposing import Proposing, is_shown, list_undecided_proposals
from commitments.admin.queues import QueueFilter
from commitments.admin.rows import Plain
from commitments.models import LedgerEntry, State

LISTED_ENTRIES = 8


class RootAdmin(Clearing, Proposing, Deleting, Acting, Bulk, Plain, admin.ModelAdmin):
    """A root at the desk. Everybody may edit a draft, and propose to change a published record that
    is not frozen.
    """

    form = RootForm
    named_by = "name"
    # Whether it never changes once published: to change it, add a new record.
    frozen = False
    # "Save and add another" copies these fields into the next form.
    carried = ()
    # Links to the curating manual: field → anchor.
    manual = {}
    # The template at the side of the form; its context is what `load_side_context` returns.
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
        if not allowed or obj is None:
            return allowed
        return self._is_editable(obj)

    def _is_editable(self, record):
        if record.state == State.PUBLISHED:
            return not self.frozen
        return record.state == State.DRAFT

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if obj and "slug" in self._list_fields() and self.keeps_slug(obj):
            return [*fields, "slug"]
        return fields

    def keeps_slug(self, record):
        """Whether the slug can never change: the record is, or has been, in the ledger."""
        if record.state != State.DRAFT:
            return True
        return LedgerEntry.objects.for_record(record).exists()

    def get_prepopulated_fields(self, request, obj=None):
        fields = self._list_fields()
        if self.named_by not in fields or "slug" not in fields:
            return {}
        if obj and self.keeps_slug(obj):
            return {}
        return {"slug": (self.named_by,)}

    def _list_fields(self):
        return admin.utils.flatten_fieldsets(self.fieldsets)

    # The form

    def get_fieldsets(self, request, obj=None):
        # A copy, because subclasses add to it.
        fieldsets = super().get_fieldsets(request, obj)
        return list(fieldsets)

    def get_form(self, request, obj=None, change=False, **kwargs):
        if self._amends(request, obj):
            kwargs["form"] = type("AmendmentForm", (Amendment, self.form), {})
        form = super().get_form(request, obj, change=change, **kwargs)
        form.request = request
        form.named_by = self.named_by
        return form

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        for field in self.opts.get_fields():
            is_relation = field.many_to_one or field.many_to_many
            # A key that is no number would be an error 500 in Django's own widget.
            if is_relation and field.name in initial and not _are_keys(initial[field.name]):
                del initial[field.name]
        return initial

    def _amends(self, request, obj):
        if obj is None or not obj.is_published:
            return False
        return self.has_change_permission(request, obj)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        anchor = self.manual.get(db_field.name)
        if field and anchor:
            field.help_text = add_manual_link(field.help_text, anchor)
        return field

    # The page around the form

    def render_change_form(
        self, request, context, *, add=False, change=False, form_url="", obj=None
    ):
        self.add_proposal(request, context)
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        opened = request.POST.get("opened", "")
        shows_proposal = is_shown(request)
        if form.stale:
            conflict = find_field_differences(form, formsets, opened)
            if shows_proposal:
                conflict = keep_clashing(conflict, request.clashes, obj)
            context["conflict"] = conflict
        if form.stale or shows_proposal or not form.is_bound:
            opened = sign_values(form, formsets)
        context["opened"] = opened
        context["beside_template"] = self.beside_template
        context.update(self.load_side_context(request, obj, form))
        if obj:
            context.update(self._load_record_context(request, obj))
        return super().render_change_form(
            request, context, add=add, change=change, form_url=form_url, obj=obj
        )

    def load_side_context(self, request, record, form):
        """Return the context of `beside_template`."""
        return {}

    def _load_record_context(self, request, record):
        """Return what the page shows of a stored record around its form."""
        return {
            "acts": list_acts(request.user, record),
            "why_not": explain_refusal(request.user, record),
            "problems": [] if record.state == State.WITHDRAWN else find_problems(record),
            "frozen": self.frozen and record.is_published,
            "returned": describe_return(record),
            "public_address": find_public_address(record),
            "preview_address": "../preview/" if hasattr(self, "public_view") else "",
            "proposals": list_undecided_proposals(record),
            "ledger_entries": LedgerEntry.objects.for_record(record)[:LISTED_ENTRIES],
        }

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        if "_addanother" not in request.POST or not self.carried:
            return response
        if not isinstance(response, HttpResponseRedirect):
            return response
        values = {}
        for name in self.carried:
            field = obj._meta.get_field(name)
            value = getattr(obj, field.attname)
            if value not in (None, ""):
                values[name] = value
        address = response.url
        address += "&" if "?" in address else "?"
        address += urlencode(values)
        return HttpResponseRedirect(address)

    @admin.display(description="edited", ordering="edited_at")
    def edited(self, record):
        return date_format(record.edited_at, "j M, H:i")

    @admin.display(description="state", ordering="state")
    def state_shown(self, record):
        return format_html(
            '<span class="state state-{}">{}</span>', record.state, record.get_state_display()
        )


def find_public_address(record):
    """Return the address of `record` on the public site, or a blank if it has none."""
    is_public = getattr(record, "is_public", record.is_published)
    if not is_public or not hasattr(record, "get_absolute_url"):
        return ""
    try:
        return record.get_absolute_url()
    except NoReverseMatch:
        return ""


def describe_return(record):
    """Return the note with which a draft was returned last, by whom and when; else a blank."""
    if record.state != State.DRAFT or record.submitted_by_id is None:
        return ""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(record),
        object_id=str(record.pk),
        change_message__startswith=ACTS["return"].done,
    )
    newest = entries.select_related("user").first()
    if newest is None:
        return ""
    time = date_format(newest.action_time, "j M, H:i")
    return f"{newest.change_message} ({newest.user}, {time})"


def _are_keys(value):
    """Whether the value of a relation, a text or a list of them, can be keys of rows."""
    if not isinstance(value, list):
        value = [value]
    return all(read_key(key) is not None for key in value)
