"""The verdicts that drift: published, and by the figures known now no longer what the rule
finds.
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
from commitments.admin.saving import BUSY
from commitments.assessing import (
    VerdictDifference,
    draft_assessment,
    find_verdict_differences,
    waiting_for,
    write_difference,
)
from commitments.models import Assessment, LedgerHead, State
from commitments.verdicts.findings import Finding
from commitments.verdicts.rules import evaluate

A_PAGE = 50
# In the session: a site's processes share nothing else that is as cheap.
KEPT = "admin_drift"
MAY_LOOK, MAY_DRAFT = "commitments.view_assessment", "commitments.add_assessment"


@dataclass(frozen=True)
class Drift:
    """A difference with what is written about it already: `drafted` says the same, `others` wait as
    well.
    """

    difference: VerdictDifference
    drafted: Assessment | None
    others: list[Assessment]

    @property
    def before(self) -> Finding:
        """What the rule had found when the verdict was signed; where that was not kept, what it
        finds for that day.
        """
        verdict, primary = self.difference.verdict, self.difference.evaluated.primary
        try:
            return Finding.from_json(verdict.rule_found)
        except (KeyError, TypeError, ValueError):
            return evaluate(
                primary.target, primary.series, as_of=verdict.as_of, known_on=verdict.as_of
            )


def drift(site):
    """Return the view that lists the drifting verdicts on `site`, and drafts new assessments on
    POST.
    """

    def view(request):
        if not request.user.has_perm(MAY_LOOK):
            raise PermissionDenied
        if request.method == "POST":
            return draft_chosen(site, request)
        key, waiting = _key(), queue(request.GET.get("page"))
        request.session[KEPT] = {"key": key, "count": waiting["page"].paginator.count}
        may_draft = request.user.has_perm(MAY_DRAFT)
        context = {
            **site.each_context(request),
            "title": "Verdicts that drift",
            "may_draft": may_draft,
            **waiting,
        }
        return TemplateResponse(request, "admin/drift.html", context)

    return view


def queue(number) -> dict:
    """Return page `number` of the drifting verdicts, and those that were signed otherwise with a
    reason.
    """
    day = today()
    found = [one for one in find_verdict_differences(as_of=day, known_on=day) if one.verdict]
    open_ones = [one for one in found if not one.is_explained]
    page = Paginator(open_ones, A_PAGE).get_page(number)
    page.object_list = with_drafts(page.object_list)
    explained = [Drift(one, None, []) for one in found if one.is_explained]
    return {"page": page, "explained": explained, "day": day}


def with_drafts(found) -> list[Drift]:
    """Return each difference with the drafts there are for it. One statement."""
    parts, unsigned = [one.undertaking.pk for one in found], {}
    waiting = Assessment.objects.filter(
        undertaking__in=parts, state__in=[State.DRAFT, State.IN_REVIEW]
    )
    for row in waiting.order_by("pk"):
        unsigned.setdefault(row.undertaking_id, []).append(row)
    drifting = []
    for one in found:
        rows = unsigned.get(one.undertaking.pk, [])
        drafted = next((row for row in rows if write_difference(row, one)), None)
        drifting.append(Drift(one, drafted, [row for row in rows if row != drafted]))
    return drifting


def known_count(request) -> int | None:
    """Return how many verdicts drift, if this person has looked since the record last changed. One
    statement.
    """
    known = request.session.get(KEPT, {})
    return known.get("count") if known.get("key") == _key() else None


def draft_chosen(site, request):
    """Draft the assessments of the undertakings chosen; of one, open its form, also where it was
    drafted before.
    """
    if not request.user.has_perm(MAY_DRAFT):
        raise PermissionDenied
    chosen = {
        int(key)
        for key in request.POST.getlist("undertaking")[:A_PAGE]
        if key.isdecimal() and len(key) < 18
    }
    tell = partial(site.get_model_admin(Assessment).message_user, request)
    try:
        made, there = _draft_each(site, request, chosen)
    except OperationalError:
        tell(BUSY, messages.ERROR)
        return HttpResponseRedirect(reverse("admin:drift"))
    if made:
        tell(f"Drafted: {len(made)}. Look at each, then submit it.")
    if there:
        tell(f"Drafted before: {len(there)}.", messages.INFO)
    if not made and not there:
        tell("The rule does not differ there any more: nothing was drafted.", messages.WARNING)
    if len(made + there) == len(chosen) == 1:
        return HttpResponseRedirect(
            reverse("admin:commitments_assessment_change", args=[(made + there)[0].pk])
        )
    return HttpResponseRedirect(reverse("admin:drift"))


@transaction.atomic
def _draft_each(site, request, chosen):
    """Return what was drafted now, and what had been; under the lock, so that two clicks draft
    once.
    """
    publishing.lock_head()
    day, made, there = today(), [], []
    for one in find_verdict_differences(as_of=day, known_on=day, parts=chosen):
        if new := draft_assessment(one, as_of=day):
            site.get_model_admin(Assessment).log_addition(
                request, new, "Drafted from the rule's finding."
            )
            made.append(new)
        else:
            there.append(waiting_for(one))
    return made, there


def today():
    return timezone.now().date()


def _key():
    # Neither figures nor verdicts change without the ledger; the day does, and with it what is due.
    head = LedgerHead.objects.filter(pk=1).values_list("hash", flat=True).first()
    return f"{head} {today()}"
