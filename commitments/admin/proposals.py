"""Proposals at the desk: their list, and a page for each with the words before and after."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format

from commitments import publishing
from commitments.admin.acting import CHANGED
from commitments.admin.previews import show_preview
from commitments.admin.proposal_steps import (
    STEPS,
    explain_refused_approval,
    list_steps,
    may_edit_proposal,
)
from commitments.admin.proposal_trays import DeskFilter
from commitments.admin.proposed import (
    foresee_approval,
    join_proposed_records,
    merge_for_author,
)
from commitments.admin.proposing import find_proposal_address, read_version
from commitments.admin.saving import BUSY
from commitments.admin.sites import site
from commitments.ledger.amendments import describe_amendment
from commitments.models import LedgerEntry, Proposal


@admin.register(Proposal, site=site)
class ProposalAdmin(admin.ModelAdmin):
    """Proposals are made and edited in the forms of their records; here they are decided."""

    list_display = ["record_shown", "act", "record_type", "author", "stage", "edited"]
    list_filter = [DeskFilter, "stage", "act", "record_type", "author"]
    list_select_related = ["author"]
    list_per_page = 50
    search_fields = ["record_slug", "note"]
    ordering = ["-edited_at", "-pk"]
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        page = path(
            "<path:object_id>/preview/",
            self.admin_site.admin_view(self.preview),
            name="commitments_proposal_preview",
        )
        return [page, *super().get_urls()]

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        changelist.result_list = join_proposed_records(changelist.result_list)
        return changelist

    @admin.display(description="record")
    def record_shown(self, proposal):
        return str(proposal.record or proposal.record_slug)

    @admin.display(description="edited", ordering="edited_at")
    def edited(self, proposal):
        return date_format(proposal.edited_at, "j M, H:i")

    # The page of one proposal

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show what is proposed, and on POST approve, return or drop it."""
        proposal = self._get_proposal(request, object_id)
        if request.method == "POST":
            return self._take_step(request, proposal)
        return self._show(request, proposal)

    def _get_proposal(self, request, object_id):
        proposal = self.get_object(request, unquote(object_id))
        if proposal is None:
            raise Http404
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        return join_proposed_records([proposal])[0]

    def _take_step(self, request, proposal):
        step = STEPS.get(request.POST.get("step"))
        if step is None:
            raise Http404
        details = {
            "by": request.user,
            "version": read_version(request, "version"),
        }
        if step.note_label:
            details["note"] = request.POST.get("note", "")
        try:
            with transaction.atomic():
                publishing.lock_head()
                if step.name == "approve":
                    self._refuse_unseen(request, proposal)
                result = step.function(proposal, **details)
                self._report_step(request, step, proposal, result)
        except publishing.Conflicting as conflict:
            return self._open_conflict(request, proposal, conflict)
        except publishing.Refused as refusal:
            proposal = self._get_proposal(request, str(proposal.pk))
            return self._show(request, proposal, refusal.reasons, status=409)
        except OperationalError:
            return self._show(request, proposal, [BUSY], status=503)
        return HttpResponseRedirect(find_proposal_address(proposal))

    def _refuse_unseen(self, request, proposal):
        """Refuse to approve if a record that this would change was changed since it was shown."""
        if proposal.is_decided:
            return
        outlook = foresee_approval(proposal, proposal.record, by=request.user)
        if request.POST.get("seen") != outlook.seen:
            raise publishing.Refused(CHANGED)

    def _report_step(self, request, step, proposal, result):
        """Log what was done at the record, and say it on the next page."""
        note = request.POST.get("note") or proposal.note
        self.log_change(request, proposal.record, f"{step.done} a proposal: {note}")
        text = f"{step.done}."
        if isinstance(result, LedgerEntry):
            text += f" Entered in the public ledger as number {result.seq}."
        self.message_user(request, text, messages.SUCCESS)

    def _open_conflict(self, request, proposal, conflict):
        """Go to the form, which shows both texts of what two people changed."""
        self.message_user(request, conflict.reasons[0], messages.WARNING)
        return HttpResponseRedirect(find_form_address(proposal))

    def _show(self, request, proposal, reasons=(), *, status=200):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Proposal to {proposal.get_act_display().lower()}",
            "subtitle": str(proposal.record or proposal.record_slug),
            "proposal": proposal,
            "record": proposal.record,
            "address": find_record_address(proposal),
            "authors": publishing.list_authors(proposal),
            "steps": list_steps(request.user, proposal),
            "reasons": reasons,
            "posted_step": request.POST.get("step", ""),
            "note": request.POST.get("note", ""),
            "entry": None,
        }
        if proposal.is_decided:
            context.update(self._load_decided(proposal))
        else:
            context.update(self._load_undecided(request, proposal))
        template = "admin/commitments/proposal/page.html"
        return TemplateResponse(request, template, context, status=status)

    def _load_undecided(self, request, proposal):
        outlook = foresee_approval(proposal, proposal.record, by=request.user)
        desk = self._find_desk(proposal)
        has_page = proposal.body and hasattr(desk, "public_view")
        edits = may_edit_proposal(request.user, proposal)
        return {
            "outlook": outlook,
            "differences": outlook.differences,
            "why_not": explain_refused_approval(request.user, proposal),
            "edit_address": find_form_address(proposal) if edits else "",
            "preview_address": "../preview/" if has_page else "",
        }

    def _load_decided(self, proposal):
        entry = LedgerEntry.objects.filter(seq=proposal.entry_seq).first()
        return {
            "entry": entry,
            "differences": entry and describe_amendment(entry),
        }

    def _find_desk(self, proposal):
        """Return the ModelAdmin of the proposal's record."""
        return self.admin_site.get_model_admin(type(proposal.record))

    def preview(self, request, object_id):
        """Show the record's public page as if the proposal was approved."""
        proposal = self._get_proposal(request, object_id)
        desk = self._find_desk(proposal)
        if proposal.is_decided or not proposal.body or not hasattr(desk, "public_view"):
            raise Http404
        body, _clashes = merge_for_author(proposal, proposal.record)
        address = find_proposal_address(proposal)
        try:
            with publishing.as_if_entered(proposal.record, body) as proposed:
                return show_preview(request, desk.public_view, proposed, address, proposal)
        except publishing.Refused as refusal:
            return self._show(request, proposal, refusal.reasons, status=409)


def find_record_address(proposal):
    """Return the address of the form of the record that the proposal is about."""
    page = f"admin:commitments_{proposal.record_type}_change"
    return reverse(page, args=[proposal.record.pk])


def find_form_address(proposal):
    """Return the address of the record's form with the proposal in it."""
    return f"{find_record_address(proposal)}?proposal={proposal.pk}"
