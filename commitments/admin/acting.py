"""The pages that change a record's state: they show what will happen, then the button."""

from dataclasses import dataclass, field

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path

from commitments import publishing
from commitments.admin.acts import ACTS, find_problems, fingerprint_versions, may_act
from commitments.admin.readings import load_readings
from commitments.admin.saving import BUSY
from commitments.models import State

CHANGED = "Something on this page was changed after you opened it. Look again before you go on."


@dataclass
class Prospect:
    """What an act would do: the records that go along, their problems, and why it is refused.

    `along` goes with the act: drafts are submitted with the record, and what is in review is
    published with it. `waiting` is in review already when the record is submitted.
    """

    record: object
    along: list = field(default_factory=list)
    waiting: list = field(default_factory=list)
    resting: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    reasons: list = field(default_factory=list)

    @property
    def seen(self):
        records = [
            *self.along,
            *self.waiting,
            *self.resting,
            self.record,
        ]
        return fingerprint_versions(records)


class Acting:
    """For a ModelAdmin of a root: a page for each act."""

    def get_urls(self):
        opts = self.opts
        page = path(
            "<path:object_id>/do/<str:name>/",
            self.admin_site.admin_view(self.act_view),
            name=f"{opts.app_label}_{opts.model_name}_act",
        )
        return [page, *super().get_urls()]

    def act_view(self, request, object_id, name):
        """Show what `name` would do to the record, and on POST do it."""
        act = ACTS.get(name)
        record = self.get_object(request, unquote(object_id))
        if act is None or record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        if request.method != "POST":
            if not may_act(request.user, act, record):
                return self._refuse_act(request, act, record)
            ahead = foresee(act, record, by=request.user)
            return self._show_act(request, act, ahead)
        return self._do_act(request, act, record)

    def _do_act(self, request, act, record):
        try:
            with transaction.atomic():
                publishing.lock_head()
                record = self.get_object(request, str(record.pk))
                if record is None or not may_act(request.user, act, record):
                    return self._refuse_act(request, act, record)
                ahead = foresee(act, record, by=request.user)
                if request.POST.get("seen") != ahead.seen:
                    ahead.reasons.insert(0, CHANGED)
                    return self._show_act(request, act, ahead)
                details = _read_details(request, act)
                act.function(record, by=request.user, **details)
                self._report_act(request, act, record, ahead)
        except publishing.Refused as refusal:
            ahead = foresee(act, record, by=request.user)
            return self._show_act(request, act, ahead, refusal.reasons)
        except OperationalError:
            ahead = Prospect(record)
            return self._show_act(request, act, ahead, [BUSY], status=503)
        return HttpResponseRedirect(self.address(record))

    def _report_act(self, request, act, record, ahead):
        """Log the act, and say on the next page what was done."""
        note = request.POST.get("note", "").strip()
        self.log_act(request, act, record, note)
        if act.is_proposed:
            text = f"{act.proposed}: {record}. Nothing has changed yet: somebody else approves it."
            self.message_user(request, text)
            return
        text = f"{act.done}: {record}."
        names = []
        for reference in ahead.along:
            self.log_act(request, act, reference, f"Along with {record}.")
            names.append(str(reference))
        if names:
            names = ", ".join(names)
            text += f" {act.done} along with it: {names}."
        self.message_user(request, text)

    def log_act(self, request, act, record, note):
        """Log the act on `record`; `publishing` logs submissions itself."""
        if act.name == "submit":
            return
        done = act.proposed if act.is_proposed else act.done
        text = f"{done}. {note}"
        self.log_change(request, record, text.strip())

    def _refuse_act(self, request, act, record):
        """Refuse an act that this person may not do, or that somebody has done already."""
        if record is None:
            raise Http404
        if record.state == act.before:
            raise PermissionDenied
        state = record.get_state_display().lower()
        if record.state == act.after:
            text = f"It is {state} already: nothing was changed."
            self.message_user(request, text, messages.INFO)
        else:
            text = f"It is {state}: nothing was changed."
            self.message_user(request, text, messages.ERROR)
        return HttpResponseRedirect(self.address(record))

    def _show_act(self, request, act, ahead, reasons=(), *, status=None):
        further = [reason for reason in reasons if reason not in ahead.reasons]
        reasons = [*ahead.reasons, *further]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": act.button,
            "subtitle": str(ahead.record),
            "act": act,
            "preview_address": "../../preview/" if hasattr(self, "public_view") else "",
            "record": ahead.record,
            "address": self.address(ahead.record),
            "ahead": ahead,
            "along": load_readings(ahead.along),
            "waiting": self._list_with_addresses(ahead.waiting),
            "reading": load_readings([ahead.record]) if act.takes_along else [],
            "someone_else": needs_someone_else(act),
            "resting": self._list_with_addresses(ahead.resting),
            "reasons": reasons,
            "note": request.POST.get("note", ""),
            "cascade": bool(request.POST.get("cascade")),
            "along_ticked": bool(request.POST.get("along")),
        }
        if status is None:
            status = 409 if reasons and request.method == "POST" else 200
        return TemplateResponse(request, "admin/commitments/act.html", context, status=status)

    def _list_with_addresses(self, records):
        return [(record, self.address(record)) for record in records]


def foresee(act, record, *, by) -> Prospect:
    """Return what `act` would do to `record` now if `by` did it."""
    ahead = Prospect(record)
    if act.name == "withdraw":
        ahead.resting = publishing.find_resting_records(record)
    if act.takes_along:
        try:
            _foresee_references(ahead, act, by)
        except publishing.Refused as refusal:
            ahead.reasons = refusal.reasons
        for row in [*ahead.along, *ahead.waiting, record]:
            ahead.problems += find_problems(row)
    return ahead


def _foresee_references(ahead, act, by):
    """Add what goes along with the record of `ahead`, and why the act would be refused."""
    record = ahead.record
    drafts, waiting = [], []
    for reference in publishing.find_unpublished_references(record):
        rows = drafts if reference.state == State.DRAFT else waiting
        rows.append(reference)
    if act.name == "submit":
        ahead.along = drafts
        ahead.waiting = waiting
        return
    ahead.along = waiting
    ahead.reasons = publishing.explain_obstacles([record], by=by)


def needs_someone_else(act) -> bool:
    """Whether somebody else than the submitter has to publish what `act` submits."""
    if settings.ONE_PERSON_INSTALLATION:
        return False
    return act.name == "submit"


def _read_details(request, act):
    """Return the arguments of the act's function that the form asks for."""
    details = {}
    if act.note:
        details["note"] = request.POST.get("note", "").strip()
    if act.name == "submit":
        details["along"] = bool(request.POST.get("along"))
    if act.name == "withdraw":
        details["cascade"] = bool(request.POST.get("cascade"))
    return details
