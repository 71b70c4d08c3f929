"""From what the rules find to assessments: drafts for a person to sign, never published here.

A finding is set against the verdict that is published. Where they differ an assessment is drafted, with
all it rests on stored beside it, so that anybody can judge again from the assessment alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from commitments.evaluating import Evaluated, evaluate_pledge
from commitments.models import Assessment, Pledge, State, TargetKind
from commitments.models.assessments import Confidence, Method
from commitments.models.fields import random_suffix
from commitments.verdicts.findings import Finding, Reason
from commitments.verdicts.repeating import inputs
from commitments.verdicts.statuses import OPEN, SET_ASIDE, Status
from commitments.verdicts.version import RULES_VERSION

# With these the rule says that it does not know.
SILENT = frozenset({Reason.NO_DATA, Reason.AWAITING_DATA, Reason.UNCOMPARABLE})
DECIDING = ("status", "reason", "decided_by", "required", "actual")


@dataclass(frozen=True)
class Difference:
    """A party's part whose published verdict (None without one) is not what the rule finds."""

    evaluated: Evaluated
    verdict: Assessment | None
    findings: dict

    @property
    def undertaking(self):
        return self.evaluated.undertaking

    @property
    def finding(self) -> Finding:
        return self.evaluated.primary.finding

    def as_json(self):
        """Return old and new side by side, with the numbers that decided each (docs/evaluating.md)."""
        verdict = self.verdict
        return {
            "pledge": self.undertaking.pledge.slug,
            "party": self.undertaking.party.slug,
            "verdict": verdict
            and {
                "assessment": verdict.slug,
                "status": verdict.status,
                "as_of": verdict.as_of.isoformat(),
                "method": verdict.method,
                "finding": _stored(verdict.findings),
            },
            "finding": self.finding.as_json(),
            "flips": [one.label for one in self.evaluated.alternatives if one.flips],
        }


def differences(*, as_of: date, known_on: date, pledge: str = "") -> Iterator[Difference]:
    """Yield, pledge by pledge, where the rule differs from the verdict of that day. Four statements a pledge."""
    pledges = Pledge.objects.published().filter(targets__kind__in=set(TargetKind.values) - {TargetKind.MILESTONE})
    if pledge:
        pledges = pledges.filter(slug=pledge)
    for record in pledges.order_by("slug").distinct():
        evaluated = evaluate_pledge(record, as_of=as_of, known_on=known_on)
        verdicts = Assessment.objects.published().filter(undertaking__pledge=record)
        # Read backwards, so that of each undertaking the one that counts is the last to be set.
        newest = {row.undertaking_id: row for row in reversed(list(verdicts.newest_first()))}
        for one in evaluated:
            verdict = newest.get(one.undertaking.pk)
            if (verdict is None or verdict.as_of <= as_of) and differs(one.primary.finding, verdict):
                yield Difference(one, verdict, stored(one, as_of=as_of, known_on=known_on))


def differs(finding: Finding, verdict: Assessment | None) -> bool:
    """Whether `finding` says something else than `verdict`, and something that a rule can know.

    What was set aside stays so. A rule without a figure is silent, save against a verdict that a rule had
    given. “In progress” is all a rule sees where a person may see “stalled”.
    """
    by_rule = verdict is not None and verdict.method == Method.RULE
    if verdict is None:
        return finding.reason not in SILENT
    if verdict.status == finding.status or verdict.status in SET_ASIDE:
        return False
    if not by_rule and finding.status == Status.IN_PROGRESS and verdict.status in OPEN:
        return False
    return by_rule or finding.reason not in SILENT


def stored(evaluated: Evaluated, *, as_of: date, known_on: date) -> dict:
    """Return the findings with all they rest on, as an assessment keeps them: the primary definition first."""
    return {
        "rules_version": RULES_VERSION,
        "definitions": [
            {
                "label": one.label,
                "inputs": inputs(one.target, one.series, as_of=as_of, known_on=known_on),
                "finding": one.finding.as_json(),
                "flips": one.flips,
            }
            for one in evaluated.compared
        ],
    }


@transaction.atomic
def draft(difference: Difference, *, as_of: date) -> Assessment | None:
    """Draft what the rule finds; None where a draft, or one in review, says it with the same figures already."""
    waiting = Assessment.objects.filter(
        undertaking=difference.undertaking, state__in=[State.DRAFT, State.IN_REVIEW], method=Method.RULE
    )
    if any(_decided(_stored(row.findings)) == _decided(difference.finding.as_json()) for row in waiting):
        return None
    pledge, finding = difference.undertaking.pledge, difference.finding
    assessment = Assessment(
        slug=f"{pledge.slug}-{random_suffix()}",
        undertaking=difference.undertaking,
        status=finding.status.value,
        confidence=_confidence(difference.evaluated),
        rationale=told(difference.evaluated.primary.label, finding),
        caveat=_caveat(finding),
        as_of=as_of,
        method=Method.RULE,
        criteria=pledge.criteria.order_by("-number").first(),
        findings=difference.findings,
    )
    assessment.full_clean(exclude=["assessor"])
    assessment.save()
    return assessment


def told(label: str, finding: Finding) -> str:
    """Return the finding as a sentence to begin a rationale with."""
    words = [f"By the rule, {label}: {finding.status} ({finding.reason})"]
    if finding.actual is not None and finding.required is not None:
        words.append(f"{finding.actual:f} against {finding.required:f}")
    if row := finding.decided_by:
        words.append(f"{row.kind} for {row.period.start} to {row.period.end}, released {row.released_on}")
    if finding.path is not None:
        words.append(f"the straight line asked for {finding.path:.3f}")
    if finding.met_late_in:
        words.append(f"reached later, in {finding.met_late_in.start} to {finding.met_late_in.end}")
    return "; ".join(words) + "."


def _confidence(evaluated):
    finding = evaluated.primary.finding
    if finding.provisional or finding.borderline:
        return Confidence.LOW
    return Confidence.MEDIUM if any(one.flips for one in evaluated.alternatives) else Confidence.HIGH


def _caveat(finding):
    said = []
    if finding.provisional and finding.decided_by:
        said.append(f"On a figure that is not final ({finding.decided_by.kind}).")
    if finding.borderline:
        said.append("Within the rounding of the published figures.")
    return " ".join(said)


def _stored(findings):
    """Return the primary finding that an assessment keeps; None for a judgement without one."""
    definitions = findings.get("definitions") if isinstance(findings, dict) else None
    return definitions[0]["finding"] if definitions else None


def _decided(finding):
    return finding and [finding[name] for name in DECIDING]
