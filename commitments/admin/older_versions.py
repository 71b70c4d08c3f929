"""Shown verdicts that rest on an older version: of their criteria, the methodology or the rules."""

from typing import NamedTuple

from django.contrib import admin
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.urls import reverse

from commitments.models import Criteria, Method, Undertaking
from commitments.verdicts.version import METHODOLOGY_VERSION, RULES_VERSION

LISTED_ROWS = 8
MAY_LIST = "commitments.view_undertaking"
OF_THE_PLEDGE = Criteria.objects.filter(pledge=OuterRef("pledge"))
NEWEST_NUMBER = OF_THE_PLEDGE.order_by("-number").values("number")[:1]
NEWEST_CRITERIA = Subquery(NEWEST_NUMBER)
IS_JUDGED = Q(current_assessment__isnull=False)
# Who judged without the rule has nothing to take back for the rule's sake.
WITH_THE_RULE = Q(current_assessment__method=Method.RULE) | ~Q(current_assessment__findings={})
BY_CRITERIA = Q(current_assessment__criteria__number__lt=F("newest_criteria"))
BY_METHODOLOGY = IS_JUDGED & ~Q(current_assessment__methodology=METHODOLOGY_VERSION)
BY_RULES = IS_JUDGED & WITH_THE_RULE & ~Q(current_assessment__rules_version=RULES_VERSION)
ON_OLDER_VERSION = BY_CRITERIA | BY_METHODOLOGY | BY_RULES
REASONS = {
    "criteria": BY_CRITERIA,
    "methodology": BY_METHODOLOGY,
    "rules": BY_RULES,
}
WORDS = {
    "criteria": "older criteria",
    "methodology": "an older methodology",
    "rules": "older rules",
}


class OlderVersionRow(NamedTuple):
    """A part whose shown verdict rests on an older version, and of what."""

    undertaking: Undertaking
    reasons: list[str]

    @property
    def verdict(self):
        return self.undertaking.current_assessment


class OlderVersionCount(NamedTuple):
    """How many shown verdicts rest on an older version, and the address of their list."""

    number: int
    words: str
    address: str


class OlderVersionFilter(admin.SimpleListFilter):
    title = "rests on"
    parameter_name = "older_versions"

    def lookups(self, request, model_admin):
        return list(WORDS.items())

    def queryset(self, request, queryset):
        condition = REASONS.get(self.value())
        if condition is None:
            return queryset
        rows = queryset.annotate(newest_criteria=NEWEST_CRITERIA)
        return rows.filter(condition)


def load_older_versions(user):
    """Return the tray of the verdicts to look at again, the oldest first. Two statements."""
    if not user.has_perm(MAY_LIST):
        return None
    parts = Undertaking.objects.published()
    parts = parts.filter(exempt_reason="")
    parts = parts.annotate(newest_criteria=NEWEST_CRITERIA)
    counts = {}
    for reason, condition in REASONS.items():
        counts[reason] = Count("pk", filter=condition)
    numbers = parts.aggregate(**counts)
    older_versions = parts.filter(ON_OLDER_VERSION)
    older_versions = older_versions.select_related(
        "party", "pledge", "current_assessment__criteria"
    )
    oldest = older_versions.order_by("current_assessment__as_of", "slug")
    rows = []
    for part in oldest[:LISTED_ROWS]:
        reasons = list_reasons(part)
        rows.append(OlderVersionRow(part, reasons))
    return {"rows": rows, "counts": list_counts(numbers)}


def list_counts(numbers) -> list[OlderVersionCount]:
    """Return a count for each reason that there is."""
    address = reverse("admin:commitments_undertaking_changelist")
    counts = []
    for reason, words in WORDS.items():
        number = numbers[reason]
        if not number:
            continue
        listed_at = f"{address}?older_versions={reason}"
        count = OlderVersionCount(number, words, listed_at)
        counts.append(count)
    return counts


def list_reasons(part) -> list[str]:
    """Return in words which older versions the shown verdict of a part rests on."""
    verdict = part.current_assessment
    reasons = []
    criteria = verdict.criteria
    newest = part.newest_criteria
    if criteria and criteria.number < newest:
        words = f"version {criteria.number} of the criteria, now {newest}"
        reasons.append(words)
    if verdict.methodology != METHODOLOGY_VERSION:
        version = verdict.methodology
        words = f"methodology {version}, now {METHODOLOGY_VERSION}"
        reasons.append(words)
    by_rule = verdict.method == Method.RULE
    with_finding = by_rule or verdict.findings
    if with_finding and verdict.rules_version != RULES_VERSION:
        words = f"rules {verdict.rules_version}, now {RULES_VERSION}"
        reasons.append(words)
    return reasons
