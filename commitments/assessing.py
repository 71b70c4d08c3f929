"""From what the rules find to assessments: drafts for a person to sign, never published here.

A finding is set against the verdict that is published. Where they differ an assessment is drafted,
with all it rests on stored beside it, so that anybody can judge again from the assessment alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from commitments.judging.differing import build_findings, differs
from commitments.judging.evaluating import Evaluated, evaluate_parts
from commitments.judging.lateness import list_done_columns
from commitments.judging.sentences import find_imprecise_date, write_draft
from commitments.models import (
    Assessment,
    Confidence,
    Method,
    Pledge,
    State,
    Undertaking,
)
from commitments.models.fields import random_suffix
from commitments.verdicts.findings import Finding
from commitments.verdicts.statuses import Status

# So many pledges are read at once: few statements, and not the whole record in memory.
AT_ONCE = 100
DECIDING = ("status", "reason", "decided_by", "required", "actual")


@dataclass(frozen=True)
class VerdictDifference:
    """A party's part whose published verdict (None without one) is not what the rule finds on a
    day.
    """

    evaluated: Evaluated
    verdict: Assessment | None
    as_of: date
    known_on: date

    @property
    def undertaking(self):
        return self.evaluated.undertaking

    @property
    def finding(self) -> Finding:
        return self.evaluated.primary.finding

    @property
    def flips(self) -> list[str]:
        return [one.label for one in self.evaluated.alternatives if one.flips]

    @property
    def flips_on_figures(self) -> list[str]:
        return [one.label for one in self.evaluated.alternatives if one.flips_on_figures]

    @property
    def is_explained(self) -> bool:
        """Whether the verdict was signed otherwise than the rule with a reason, and the rule finds
        the same still.
        """
        verdict = self.verdict
        if verdict is None or not verdict.differs_because or verdict.rule_found is None:
            return False
        return verdict.rule_found["status"] == self.finding.status

    def as_json(self):
        """Return old and new side by side, with the numbers that decided each
        (docs/evaluating.md).
        """
        verdict = self.verdict
        return {
            "pledge": self.undertaking.pledge.slug,
            "party": self.undertaking.party.slug,
            "verdict": (
                verdict
                and {
                    "assessment": verdict.slug,
                    "status": verdict.status,
                    "as_of": verdict.as_of.isoformat(),
                    "method": verdict.method,
                    "finding": verdict.rule_found,
                    "differs_because": verdict.differs_because,
                }
            ),
            "finding": self.finding.as_json(),
            "flips": self.flips,
        }


@dataclass(frozen=True)
class VerdictDrift:
    """The published verdicts that the rule would not give on a day's figures, in two lists.

    Those in `drifting` wait for somebody to judge again. Those in `explained` were signed against
    the rule, with a reason, and the rule still finds what it found then.
    """

    drifting: list[VerdictDifference]
    explained: list[VerdictDifference]


def find_drift(*, as_of: date, known_on: date, pledge: str = "", parts=None) -> VerdictDrift:
    """Return the verdicts that drift, as the desk and `assess_pledges --drift` show them.

    A part without a verdict differs from the rule as well, but nothing drifts there. `pledge` and
    `parts` are as for `find_verdict_differences`.
    """
    drift = VerdictDrift(drifting=[], explained=[])
    differences = find_verdict_differences(
        as_of=as_of, known_on=known_on, pledge=pledge, parts=parts
    )
    for difference in differences:
        if difference.is_explained:
            drift.explained.append(difference)
        elif difference.verdict is not None:
            drift.drifting.append(difference)
    return drift


def find_verdict_differences(
    *, as_of: date, known_on: date, pledge: str = "", parts=None
) -> Iterator[VerdictDifference]:
    """Yield, pledge by pledge, where the rule differs from the newest verdict. Six statements
    for many pledges.

    `pledge`, a slug, keeps that one only, `parts` the undertakings with these keys.
    """
    pledges = Pledge.objects.published().filter(targets__isnull=False)
    if pledge:
        pledges = pledges.filter(slug=pledge)
    if parts is not None:
        pledges = pledges.filter(undertakings__in=parts)
    keys = list(pledges.order_by("slug").distinct().values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        owed = (
            Undertaking.objects.published()
            .filter(pledge__in=some)
            .select_related("party", "pledge")
        )
        owed = owed if parts is None else owed.filter(pk__in=parts)
        evaluated = evaluate_parts(owed, as_of=as_of, known_on=known_on)
        verdicts = Assessment.objects.published().filter(undertaking__pledge__in=some)
        # Read backwards, so that of each undertaking the one that counts is the last to be set.
        newest = {row.undertaking_id: row for row in reversed(list(verdicts.newest_first()))}
        for one in sorted(evaluated, key=lambda one: some.index(one.undertaking.pledge_id)):
            verdict = newest.get(one.undertaking.pk)
            if (verdict is None or verdict.as_of <= as_of) and differs(
                one.primary.finding, verdict
            ):
                yield VerdictDifference(one, verdict, as_of, known_on)


def waiting_for(difference: VerdictDifference) -> Assessment | None:
    """Return the draft, or the one in review, that says it with the same figures; None where nobody
    has it yet.
    """
    unsigned = Assessment.objects.filter(
        undertaking=difference.undertaking,
        state__in=[State.DRAFT, State.IN_REVIEW],
    )
    for row in unsigned.order_by("pk"):
        if write_difference(row, difference):
            return row
    return None


def write_difference(assessment: Assessment, difference: VerdictDifference) -> bool:
    """Whether `assessment` was drafted from what `difference` finds, whatever a person has made of
    it since.
    """
    return _decided(assessment.rule_found) == _decided(difference.finding.as_json())


@transaction.atomic
def draft_assessment(difference: VerdictDifference, *, as_of: date) -> Assessment | None:
    """Draft what the rule finds; None where a draft, or one in review, says it with the same
    figures already.
    """
    if waiting_for(difference):
        return None
    assessment = build_assessment(difference.evaluated, as_of=as_of, known_on=difference.known_on)
    assessment.full_clean(exclude=["assessor"])
    assessment.save()
    return assessment


def build_assessment(evaluated: Evaluated, *, as_of: date, known_on: date) -> Assessment:
    """Return an unsaved assessment that says what the rule finds, by the newest criteria."""
    undertaking = evaluated.undertaking
    pledge = undertaking.pledge
    finding = evaluated.primary.finding
    assessment = Assessment(
        slug=f"{pledge.slug}-{random_suffix()}",
        undertaking=undertaking,
        status=finding.status.value,
        confidence=choose_confidence(evaluated),
        as_of=as_of,
        method=Method.RULE,
        criteria=max(pledge.criteria.all(), key=_get_number, default=None),
        findings=build_findings(evaluated, as_of=as_of, known_on=known_on),
        **write_draft(evaluated)._asdict(),
    )
    if finding.met_late_in and finding.status is Status.NOT_MET:
        target = evaluated.rows[0]
        day = find_imprecise_date(finding.met_late_in, target.indicator)
        assessment.late = True
        for column, value in list_done_columns(day).items():
            setattr(assessment, column, value)
    return assessment


def _get_number(criteria):
    return criteria.number


def choose_confidence(evaluated):
    finding = evaluated.primary.finding
    if finding.provisional or finding.borderline:
        return Confidence.LOW
    if any(other.flips for other in evaluated.alternatives):
        return Confidence.MEDIUM
    return Confidence.HIGH


def _decided(finding):
    return finding and [finding[name] for name in DECIDING]
