"""The pages on which a record's state is changed: what will happen, then the button."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path

from commitments import publishing
from commitments.admin.acts import ACTS, find_problems, fingerprint_versions, may
from commitments.admin.saving import BUSY

CHANGED = "Something on this page was changed after you opened it. Look again before you go on."


@dataclass
class Prospect:
    """What an act would do: the records that go along, what is wrong, why it cannot be done."""

    record: object
    along: list = field(default_factory=list)
    resting: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    reasons: list = field(default_factory=list)

    @property
    def seen(self):
        return fingerprint_versions([*self.along, *self.resting, self.record])


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
        act, record = ACTS.get(name), self.get_object(request, unquote(object_id))
        if act is None or record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        if request.method != "POST":
            if not may(request.user, act, record):
                return self._no_longer(request, act, record)
            return self._act_page(request, act, prospect(act, record))
        return self._act_on(request, act, record)

    def _act_on(self, request, act, record):
        try:
            with transaction.atomic():
                publishing.lock_head()
                record = self.get_object(request, str(record.pk))
                if record is None or not may(request.user, act, record):
                    return self._no_longer(request, act, record)
                ahead = prospect(act, record)
                if request.POST.get("seen") != ahead.seen:
                    ahead.reasons.insert(0, CHANGED)
                    return self._act_page(request, act, ahead)
                act.function(record, by=request.user, **_details(request, act))
                self._done(request, act, record, ahead)
        except publishing.Refused as refusal:
            return self._act_page(request, act, prospect(act, record), refusal.reasons)
        except OperationalError:
            return self._act_page(request, act, Prospect(record), [BUSY], status=503)
        return HttpResponseRedirect(self.address(record))

    def _done(self, request, act, record, ahead):
        note = request.POST.get("note", "").strip()
        self.log_change(request, record, f"{act.done}. {note}".strip())
        text = f"{act.done}: {record}."
        if act.name == "publish" and ahead.along:
            text += f" Published along with it: {', '.join(str(other) for other in ahead.along)}."
        self.message_user(request, text)

    def _no_longer(self, request, act, record):
        """Refuse an act that does not fit: forbidden to this person, or done already by
        somebody.
        """
        if record is None:
            raise Http404
        if record.state == act.before:
            raise PermissionDenied
        same = record.state == act.after
        sentence = (
            f"It is {record.get_state_display().lower()}{' already' if same else ''}: nothing was"
            " changed."
        )
        self.message_user(request, sentence, messages.INFO if same else messages.ERROR)
        return HttpResponseRedirect(self.address(record))

    def _act_page(self, request, act, ahead, reasons=(), *, status=None):
        reasons = [*ahead.reasons, *(reason for reason in reasons if reason not in ahead.reasons)]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": act.label,
            "subtitle": str(ahead.record),
            "act": act,
            "preview_address": "../../preview/" if hasattr(self, "public_view") else "",
            "record": ahead.record,
            "address": self.address(ahead.record),
            "ahead": ahead,
            "along": [(other, self.address(other)) for other in ahead.along],
            "resting": [(other, self.address(other)) for other in ahead.resting],
            "reasons": reasons,
            "note": request.POST.get("note", ""),
            "cascade": bool(request.POST.get("cascade")),
        }
        status = status or (409 if reasons and request.method == "POST" else 200)
        return TemplateResponse(request, "admin/commitments/act.html", context, status=status)


def prospect(act, record):
    """Return what `act` would do to `record`, as things stand now."""
    ahead = Prospect(record)
    if act.name == "withdraw":
        ahead.resting = publishing.find_resting_records(record)
    if act.takes_along:
        try:
            ahead.along = publishing.find_unpublished_references(record)
        except publishing.Refused as refusal:
            ahead.reasons = refusal.reasons
        ahead.problems = [
            problem for one in [*ahead.along, record] for problem in find_problems(one)
        ]
    return ahead


def _details(request, act):
    details = {"note": request.POST.get("note", "").strip()} if act.note else {}
    if act.name == "withdraw":
        details["cascade"] = bool(request.POST.get("cascade"))
    return details
