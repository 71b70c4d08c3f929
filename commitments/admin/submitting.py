"""One page that submits everything drafted under a pledge."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path

from commitments import publishing
from commitments.admin.acting import CHANGED
from commitments.admin.acts import ACTS, find_problems, fingerprint_versions
from commitments.admin.pledge_parts import list_names, load_parts, name_whole
from commitments.admin.readings import load_readings
from commitments.admin.saving import BUSY
from commitments.models import State


class SubmittingWhole:
    """For the ModelAdmin of pledges, which is `Reviewing` too."""

    def get_urls(self):
        page = path(
            "<path:object_id>/submit-all/",
            self.admin_site.admin_view(self.submit_all),
            name="commitments_pledge_submit_all",
        )
        return [page, *super().get_urls()]

    def submit_all(self, request, object_id):
        """Show what is drafted under the pledge; on POST submit what is ticked, all or none."""
        pledge = self.get_pledge(request, object_id)
        if not self.has_change_permission(request):
            raise PermissionDenied
        drafts = load_parts(pledge, State.DRAFT)
        if not drafts:
            text = "Nothing under this pledge is a draft: nothing was changed."
            self.message_user(request, text, messages.INFO)
            return HttpResponseRedirect(self.address(pledge))
        if request.method != "POST":
            return self._show_drafts(request, pledge, drafts)
        try:
            with transaction.atomic():
                publishing.lock_head()
                drafts = load_parts(pledge, State.DRAFT)
                if request.POST.get("seen") != _fingerprint_drafts(drafts):
                    return self._show_drafts(request, pledge, drafts, [CHANGED])
                self._submit(request, _keep_ticked(request, drafts))
        except publishing.Refused as refusal:
            return self._show_drafts(request, pledge, drafts, refusal.reasons)
        except OperationalError:
            return self._show_drafts(request, pledge, drafts, [BUSY], status=503)
        return HttpResponseRedirect(self.address(pledge))

    def _submit(self, request, records):
        if not records:
            raise publishing.Refused("Tick what you want to submit.")
        along = _find_draft_references(records)
        publishing.submit_many(records, by=request.user, along=True)
        done = ACTS["submit"].done
        names = list_names([*along, *records])
        self.message_user(request, f"{done}: {names}.")

    def _show_drafts(self, request, pledge, drafts, reasons=(), *, status=None):
        along = _find_draft_references(drafts)
        problems = []
        for record in [*along, *drafts]:
            problems += find_problems(record)
        label = name_whole("Submit", pledge, drafts, "draft")
        ticked = drafts
        if request.method == "POST":
            ticked = _keep_ticked(request, drafts)
        readings = [(name_key(row.record), row) for row in load_readings(drafts)]
        context = {
            **self.build_whole_context(request, pledge, label),
            "readings": readings,
            "ticked": [name_key(record) for record in ticked],
            "along": load_readings(along),
            "problems": problems,
            "seen": _fingerprint_drafts(drafts),
            "reasons": reasons,
        }
        template = "admin/commitments/pledge/submit_all.html"
        if status is None:
            status = 409 if reasons else 200
        return TemplateResponse(request, template, context, status=status)


def name_key(record) -> str:
    """Return what names a record in a posted form."""
    return f"{record._meta.model_name}.{record.pk}"


def _find_draft_references(records):
    """Return the drafts that `records` refer to and that are not among them."""
    try:
        references = publishing.find_unpublished_references(*records)
    except publishing.Refused:
        # Submitting says which one is withdrawn.
        return []
    return [reference for reference in references if reference.state == State.DRAFT]


def _fingerprint_drafts(drafts):
    return fingerprint_versions([*_find_draft_references(drafts), *drafts])


def _keep_ticked(request, drafts):
    keys = request.POST.getlist("part")
    return [record for record in drafts if name_key(record) in keys]
