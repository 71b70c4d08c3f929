"""One page that reviews a pledge with everything under it: approved or returned as a whole."""

from dataclasses import dataclass, field
from typing import NamedTuple

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path

from commitments import publishing
from commitments.admin.acting import CHANGED
from commitments.admin.acts import ACTS, find_problems, fingerprint_versions
from commitments.admin.pledge_parts import (
    PledgePart,
    describe_parts,
    list_names,
    load_parts,
    name_whole,
)
from commitments.admin.readings import load_readings
from commitments.admin.saving import BUSY
from commitments.ledger.differences import Differences, compare_forms, load_names
from commitments.models import Pledge, State
from commitments.publicforms import render
from commitments.publishing.authors import explain_own_work, find_authors
from commitments.publishing.conditions import MAY_PUBLISH
from commitments.publishing.references import explain_drafts, trace_references
from commitments.publishing.rows import find_last_payload, load_with_public_form

NOTE_NEEDED = "Say in the note what is wrong: it is all that the researchers learn."
NOTHING_LEFT = "Nothing here waits for your review any more."


class PartChange(NamedTuple):
    """A part that was public before, and the words that lead from then to now."""

    part: PledgePart
    differences: Differences


class PartLeftOut(NamedTuple):
    """A part in review that this person cannot publish now, and why."""

    part: PledgePart
    reasons: list[str]


@dataclass
class Review:
    """What approving a pledge as a whole would do, and what it would leave as it is."""

    pledge: Pledge
    approved: list = field(default_factory=list)
    left_out: list = field(default_factory=list)
    drafts: list = field(default_factory=list)
    along: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    returned: list = field(default_factory=list)

    @property
    def seen(self):
        records = [*self.approved, *self.along, *self.drafts]
        for left in self.left_out:
            records.append(left.part.record)
        return fingerprint_versions(records)


def foresee_review(pledge, user) -> Review:
    """Return what `user` would publish by approving `pledge` as a whole."""
    review = Review(pledge, drafts=load_parts(pledge, State.DRAFT))
    for part in load_parts(pledge, State.IN_REVIEW):
        if not is_own_work(part, user):
            review.returned.append(part)
        reasons = explain_left_out(part, user)
        if reasons:
            [described] = describe_parts([part])
            review.left_out.append(PartLeftOut(described, reasons))
        else:
            review.approved.append(part)
    review.along = publishing.find_unpublished_references(*review.approved)
    records = [*review.along, *review.approved]
    for record in records:
        review.problems += find_problems(record)
    return review


def is_own_work(part, user) -> bool:
    """Whether `user` is one of the authors of `part`, and somebody else has to look at it."""
    if settings.ONE_PERSON_INSTALLATION:
        return False
    authors = find_authors([part])
    return user in authors[part]


def explain_left_out(part, user) -> list[str]:
    """Return why `user` cannot publish `part` now: own work in it or under it, or a draft."""
    try:
        referrers = trace_references([part])
    except publishing.Refused as refusal:
        return refusal.reasons
    authors = find_authors([part, *referrers])
    return [*explain_own_work(authors, user), *explain_drafts(referrers, [part])]


def compare_with_public(records) -> list[PartChange]:
    """Return what changed in those of `records` that were public before."""
    changes = []
    for part in describe_parts(records):
        before = find_last_payload(part.record)
        if before is None:
            continue
        after = render(load_with_public_form(part.record))
        record_type = part.record._meta.model_name
        names = load_names(record_type, before, after)
        differences = compare_forms(record_type, before, after, names)
        changes.append(PartChange(part, differences))
    return changes


class Reviewing:
    """For the ModelAdmin of pledges."""

    def get_urls(self):
        page = path(
            "<path:object_id>/review/",
            self.admin_site.admin_view(self.review),
            name="commitments_pledge_review",
        )
        return [page, *super().get_urls()]

    def render_change_form(self, request, context, *args, **kwargs):
        pledge = kwargs.get("obj")
        if pledge:
            context["whole_links"] = self._list_links(request, pledge)
        return super().render_change_form(request, context, *args, **kwargs)

    def _list_links(self, request, pledge):
        """Return (label, address) of what can be done to the pledge as a whole."""
        links = []
        may_publish = request.user.has_perm(MAY_PUBLISH)
        if may_publish and load_parts(pledge, State.IN_REVIEW):
            address = self.address(pledge, "review")
            links.append(("Review it as a whole", address))
        may_submit = self.has_change_permission(request)
        drafts = load_parts(pledge, State.DRAFT)
        if may_submit and drafts and drafts != [pledge]:
            label = name_whole("Submit", pledge, drafts, "draft")
            address = self.address(pledge, "submit_all")
            links.append((label, address))
        return links

    @csp_replace({"frame-ancestors": [SELF]})
    def preview(self, request, object_id):
        """Let the page of the review show the preview in a frame; nobody else may."""
        response = super().preview(request, object_id)
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        if "framed" in request.GET:
            # What a link leads to refuses to be in a frame.
            page = response.content.decode()
            response.content = page.replace("<head>", '<head><base target="_blank">', 1)
        return response

    # The review

    def review(self, request, object_id):
        """Show the pledge with all that is in review under it; on POST approve it or return it."""
        pledge = self.get_pledge(request, object_id)
        if not request.user.has_perm(MAY_PUBLISH):
            raise PermissionDenied
        if request.method != "POST":
            return self._show_review(request, foresee_review(pledge, request.user))
        try:
            with transaction.atomic():
                publishing.lock_head()
                pledge = self.get_pledge(request, object_id)
                review = foresee_review(pledge, request.user)
                reason = self._explain_stale(request, review)
                if reason:
                    return self._show_review(request, review, [reason])
                self._decide(request, review)
        except publishing.Refused as refusal:
            review = foresee_review(pledge, request.user)
            return self._show_review(request, review, refusal.reasons)
        except OperationalError:
            return self._show_review(request, Review(pledge), [BUSY], status=503)
        return HttpResponseRedirect(self.address(pledge))

    def get_pledge(self, request, object_id):
        pledge = self.get_object(request, unquote(object_id))
        if pledge is None:
            raise Http404
        if not self.has_view_or_change_permission(request, pledge):
            raise PermissionDenied
        return pledge

    def _explain_stale(self, request, review):
        """Return why what is posted was decided on another page than the one of now, or a blank."""
        records = review.approved
        if "return" in request.POST:
            records = review.returned
        if not records:
            return NOTHING_LEFT
        if request.POST.get("seen") != review.seen:
            return CHANGED
        return ""

    def _decide(self, request, review):
        if "return" in request.POST:
            self._return(request, review)
        else:
            self._approve(request, review)

    def _approve(self, request, review):
        note = request.POST.get("note", "").strip()
        publishing.publish_many(review.approved, by=request.user, note=note)
        done = ACTS["publish"].done
        records = [*review.along, *review.approved]
        self._report(request, done, records, note)

    def _return(self, request, review):
        note = request.POST.get("review_note", "").strip()
        if not note:
            raise publishing.Refused(NOTE_NEEDED)
        for record in review.returned:
            publishing.return_to_draft(record, by=request.user, note=note)
        self._report(request, ACTS["return"].done, review.returned, note)

    def _report(self, request, done, records, note):
        """Log what was done to each record, and say it on the next page."""
        for record in records:
            self.log_change(request, record, f"{done}. {note}".strip())
        self.message_user(request, f"{done}: {list_names(records)}.")

    @csp_replace({"frame-src": [SELF]})
    def _show_review(self, request, review, reasons=(), *, status=None):
        pledge = review.pledge
        context = {
            **self.build_whole_context(request, pledge, "Review as a whole"),
            "review": review,
            "readings": load_readings(review.approved),
            "along": load_readings(review.along),
            "changes": compare_with_public([*review.along, *review.approved]),
            "drafts": describe_parts(review.drafts),
            "approve_label": name_whole("Publish", pledge, review.approved, "part"),
            "return_label": name_whole("Return", pledge, review.returned, "part"),
            "preview_address": self.address(pledge, "preview"),
            "reasons": reasons,
            "note": request.POST.get("note", ""),
            "review_note": request.POST.get("review_note", ""),
        }
        template = "admin/commitments/pledge/review.html"
        if status is None:
            status = 409 if reasons else 200
        return TemplateResponse(request, template, context, status=status)

    def build_whole_context(self, request, pledge, title):
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "subtitle": str(pledge),
            "record": pledge,
            "address": self.address(pledge),
        }
