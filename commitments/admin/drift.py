"""The verdicts that drift: published verdicts that the rule would no longer give on today's
figures.
"""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import OperationalError, transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from commitments import publishing
from commitments.admin.keys import read_key
from commitments.admin.saving import BUSY
from commitments.assessing import (
    VerdictDifference,
    draft_assessment,
    find_drift,
    waiting_for,
    write_difference,
)
from commitments.models import Assessment, LedgerHead, State
from commitments.verdicts.findings import Finding
from commitments.verdicts.rules import evaluate

PAGE_SIZE = 50
# In the session: a site's processes share nothing else that is as cheap.
SESSION_KEY = "admin_drift"
MAY_LOOK, MAY_DRAFT = "commitments.view_assessment", "commitments.add_assessment"


@dataclass(frozen=True)
class Drift:
    """A drifting verdict, with the assessments of its part that nobody has published yet.

    `draft` is the one that says what the rule finds now, `other_drafts` are all others.
    """

    difference: VerdictDifference
    draft: Assessment | None
    other_drafts: list[Assessment]

    @property
    def before(self) -> Finding:
        """What the rule had found when the verdict was signed; where that was not stored, what it
        finds for that day.
        """
        verdict, primary = self.difference.verdict, self.difference.evaluated.primary
        try:
            return Finding.from_json(verdict.rule_found)
        except (KeyError, TypeError, ValueError):
            return evaluate(
                primary.target, primary.series, as_of=verdict.as_of, known_on=verdict.as_of
            )


def make_drift_view(site):
    """Return the view that lists the drifting verdicts on `site`, and drafts new assessments on
    POST.
    """

    def view(request):
        if not request.user.has_perm(MAY_LOOK):
            raise PermissionDenied
        if request.method == "POST":
            return draft_selected(site, request)
        # Before the verdicts are read: of a record that changes meanwhile the count is not known.
        version = _read_version()
        queue = load_queue(request.GET.get("page"))
        request.session[SESSION_KEY] = {"key": version, "count": queue["page"].paginator.count}
        context = {
            **site.each_context(request),
            "title": "Verdicts that drift",
            "may_draft": request.user.has_perm(MAY_DRAFT),
            **queue,
        }
        return TemplateResponse(request, "admin/drift.html", context)

    return view


def load_queue(number) -> dict:
    """Return page `number` of the drifting verdicts, and those that were signed otherwise with a
    reason.
    """
    day = today()
    verdicts = find_drift(as_of=day, known_on=day)
    page = Paginator(verdicts.drifting, PAGE_SIZE).get_page(number)
    page.object_list = find_drafts(page.object_list)
    return {"page": page, "explained": verdicts.explained, "day": day}


def find_drafts(differences) -> list[Drift]:
    """Return each difference with the drafts there are for it. One statement."""
    parts = [difference.undertaking.pk for difference in differences]
    unpublished = Assessment.objects.filter(
        undertaking__in=parts, state__in=[State.DRAFT, State.IN_REVIEW]
    )
    by_part = {part: [] for part in parts}
    for row in unpublished.order_by("pk"):
        by_part[row.undertaking_id].append(row)
    drifts = []
    for difference in differences:
        rows = by_part[difference.undertaking.pk]
        matches = [row for row in rows if write_difference(row, difference)]
        draft = matches[0] if matches else None
        other_drafts = [row for row in rows if row != draft]
        drifts.append(Drift(difference, draft, other_drafts))
    return drifts


def read_known_count(request) -> int | None:
    """Return how many verdicts drift, if this person has looked since the record last changed. One
    statement.
    """
    last_look = request.session.get(SESSION_KEY, {})
    if last_look.get("key") != _read_version():
        return None
    return last_look.get("count")


def draft_selected(site, request):
    """Draft the assessments of the selected undertakings; of one, open its form, also where it was
    drafted before.
    """
    if not request.user.has_perm(MAY_DRAFT):
        raise PermissionDenied
    keys = read_keys(request.POST.getlist("undertaking"))
    message = partial(site.get_model_admin(Assessment).message_user, request)
    try:
        new, earlier = _draft_each(site, request, keys)
    except OperationalError:
        message(BUSY, messages.ERROR)
        return HttpResponseRedirect(reverse("admin:drift"))
    if new:
        message(f"Drafted: {len(new)}. Look at each, then submit it.")
    if earlier:
        message(f"Drafted before: {len(earlier)}.", messages.INFO)
    drafts = new + earlier
    if not drafts:
        message("The rule does not differ there any more: nothing was drafted.", messages.WARNING)
    if len(drafts) == len(keys) == 1:
        address = reverse("admin:commitments_assessment_change", args=[drafts[0].pk])
        return HttpResponseRedirect(address)
    return HttpResponseRedirect(reverse("admin:drift"))


def read_keys(texts) -> set[int]:
    """Return the keys of undertakings in a form, without what can be none."""
    keys = set()
    for text in texts[:PAGE_SIZE]:
        key = read_key(text)
        if key is not None:
            keys.add(key)
    return keys


@transaction.atomic
def _draft_each(site, request, keys):
    """Return the drafts made now, and those made before; under the lock, so that two clicks draft
    once.
    """
    publishing.lock_head()
    day = today()
    new, earlier = [], []
    for difference in find_drift(as_of=day, known_on=day, parts=keys).drifting:
        draft = draft_assessment(difference, as_of=day)
        if draft is None:
            earlier.append(waiting_for(difference))
            continue
        log = site.get_model_admin(Assessment).log_addition
        log(request, draft, "Drafted from the rule's finding.")
        new.append(draft)
    return new, earlier


def today():
    return timezone.now().date()


def _read_version():
    # Neither figures nor verdicts change without the ledger; the day does, and with it what is due.
    heads = LedgerHead.objects.filter(pk=1)
    head = heads.values_list("hash", flat=True).first()
    return f"{head} {today()}"
