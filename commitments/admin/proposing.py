"""Change a published record at the desk: what a form saves there is stored as a proposal."""

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import helpers
from django.contrib.admin.utils import unquote
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from commitments import publishing
from commitments.admin.keys import read_key
from commitments.admin.proposed import EDITED_ACTS, merge_for_author
from commitments.admin.saving import Saving
from commitments.admin.typed import type_proposal
from commitments.models import Proposal, ProposedAct, State
from commitments.publicforms import render_fully
from commitments.publishing.rows import load_with_public_form


class Proposing(Saving):
    """For a ModelAdmin of a root: the form of a published record makes or edits a proposal."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.proposal = self._find_proposal(request, object_id)
        if request.proposal is None or request.method == "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        record = self.get_object(request, unquote(object_id))
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        try:
            data = self._type_proposal(request, record)
        except publishing.Refused as refusal:
            for reason in refusal.reasons:
                self.message_user(request, reason, messages.ERROR)
            address = find_proposal_address(request.proposal)
            return HttpResponseRedirect(address)
        return self._show_typed(request, data, object_id, form_url, extra_context)

    def _find_proposal(self, request, object_id):
        """Return the proposal that the address names, and None if it names none."""
        text = request.GET.get("proposal", "")
        if not text or object_id is None:
            return None
        record = self.get_object(request, unquote(object_id))
        key = read_key(text)
        if record is None or key is None:
            raise Http404
        proposals = Proposal.objects.for_record(record)
        proposals = proposals.filter(act__in=EDITED_ACTS)
        proposals = proposals.select_related("author")
        return get_object_or_404(proposals, pk=key)

    def _type_proposal(self, request, record):
        """Return what a browser would post if somebody typed the proposal into the form.

        Raises `Refused` if it is decided, or refers to what is not there any more.
        """
        proposal = request.proposal
        if proposal.is_decided:
            stage = proposal.get_stage_display()
            raise publishing.Refused(f"This proposal is {stage.lower()} already.")
        body, clashes = merge_for_author(proposal, record)
        request.clashes = clashes
        data = type_proposal(self, request, record, body)
        data["public_note"] = proposal.note
        if proposal.act == ProposedAct.CORRECT:
            data["corrects_error"] = "on"
        return data

    def _show_typed(self, request, data, *details):
        """Show the form with `data` typed into it.

        To Django it is a form that was posted and refused: only so does it keep typed values.
        """
        request.shows_proposal = True
        request.refused = ["A proposal is shown and not saved."]
        # The first look at the files of a request empties what was posted, so it is taken now.
        request.FILES.clear()
        request.POST = data
        request.method = "POST"
        # The form that Django makes, without the lock and the checks of a save.
        response = super(Saving, self).changeform_view(request, *details)
        response.render()
        request.method = "GET"
        return response

    def add_proposal(self, request, context):
        """Add to the context of the form the proposal that is typed into it."""
        proposal = getattr(request, "proposal", None)
        context["proposal"] = proposal
        context["shows_proposal"] = is_shown(request)
        context["alone"] = settings.ONE_PERSON_INSTALLATION
        context["save_label"] = choose_save_label(proposal)
        if proposal:
            posted = request.POST.get("proposal_version")
            context["proposal_version"] = posted or proposal.version
        if is_shown(request):
            self._clear_refusal(request, context)

    def _clear_refusal(self, request, context):
        """Take out the error by which the shown proposal was not saved."""
        form = context["adminform"].form
        form.errors.pop(NON_FIELD_ERRORS, None)
        form.stale = bool(request.clashes)
        context["clashes"] = request.clashes
        inlines = context["inline_admin_formsets"]
        formsets = [inline.formset for inline in inlines]
        context["errors"] = helpers.AdminErrorList(form, formsets)

    def store_proposal(self, request, object_id, body, form):
        """Store what the form would change as a proposal, and go to it."""
        record = self.get_object(request, unquote(object_id))
        stored = load_with_public_form(record)
        base = render_fully(stored)
        address = self.address(record)
        if body == base:
            text = "Nothing was changed, so nothing was proposed."
            self.message_user(request, text, messages.WARNING)
            return HttpResponseRedirect(address)
        proposal = self._write_proposal(request, record, base, body, form)
        self.log_change(request, record, f"Proposed: {proposal.note}")
        if settings.ONE_PERSON_INSTALLATION:
            self._approve_at_once(request, proposal)
            return HttpResponseRedirect(address)
        text = "Proposed. Nothing public has changed: somebody else has to approve it."
        self.message_user(request, text, messages.SUCCESS)
        address = find_proposal_address(proposal)
        return HttpResponseRedirect(address)

    def _write_proposal(self, request, record, base, body, form):
        act = ProposedAct.AMEND
        if form.cleaned_data["corrects_error"]:
            act = ProposedAct.CORRECT
        details = {
            "by": request.user,
            "act": act,
            "note": form.cleaned_data["public_note"],
            "base": base,
            "body": body,
            "base_version": record.version,
        }
        if request.proposal is None:
            return publishing.propose(record, **details)
        details["version"] = read_version(request, "proposal_version")
        return publishing.edit_proposal(request.proposal, **details)

    def _approve_at_once(self, request, proposal):
        entry = publishing.approve(
            proposal,
            by=request.user,
            version=proposal.version,
        )
        if entry is None:
            text = "Nothing that the public sees was changed: no ledger entry."
            self.message_user(request, text, messages.WARNING)
            return
        text = f"Entered in the public ledger as number {entry.seq}."
        self.message_user(request, text)


def find_proposal_address(proposal):
    key = proposal.pk
    return reverse("admin:commitments_proposal_change", args=[key])


def is_shown(request):
    """Whether the form shows a proposal that somebody opened, and nothing was posted."""
    return getattr(request, "shows_proposal", False)


def choose_save_label(proposal):
    """Return what the button of the form of a published record says."""
    if settings.ONE_PERSON_INSTALLATION:
        return "Save and publish the amendment"
    if proposal:
        return "Save the proposal"
    return "Propose the change"


def list_undecided_proposals(record):
    """Return the proposals about the record that nobody has approved or dropped, with authors."""
    if record.state not in (State.PUBLISHED, State.WITHDRAWN):
        return []
    proposals = Proposal.objects.for_record(record).undecided()
    return proposals.select_related("author")


def read_version(request, name):
    """Return the posted version of a proposal; 0, which none has, for anything but a number."""
    text = request.POST.get(name, "")
    return read_key(text) or 0
