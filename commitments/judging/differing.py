"""Where a verdict says something else than the rule: one answer for the queue, the form and the
signature.
"""

from collections.abc import Iterator
from datetime import date

from commitments.judging.evaluating import Evaluated, evaluate_parts
from commitments.models import Assessment, Method, State
from commitments.verdicts.findings import Finding, Reason
from commitments.verdicts.repeating import inputs
from commitments.verdicts.statuses import MEANINGS, OPEN, SET_ASIDE, Status
from commitments.verdicts.version import RULES_VERSION

# With these the rule says that it does not know.
SILENT = frozenset({Reason.NO_DATA, Reason.AWAITING_DATA, Reason.UNCOMPARABLE})


def differs(finding: Finding, verdict: Assessment | None) -> bool:
    """Whether `finding` says something else than `verdict`, and something that a rule can know.

    What was set aside stays so. A rule without a figure is silent, save against a verdict that a
    rule had given. “In progress” is all a rule sees where a person may see “stalled”.
    """
    by_rule = verdict is not None and verdict.method == Method.RULE
    if verdict is None:
        return finding.reason not in SILENT
    if verdict.status == finding.status or verdict.status in SET_ASIDE:
        return False
    if not by_rule and finding.status == Status.IN_PROGRESS and verdict.status in OPEN:
        return False
    return by_rule or finding.reason not in SILENT


def rule_on(undertaking, day: date) -> Evaluated | None:
    """Return what the rule finds for `undertaking` on `day`, by what was known then; None without a
    rule.
    """
    found = evaluate_parts([undertaking], as_of=day, known_on=day)
    return found[0] if found else None


def contradicting(verdict: Assessment, day: date | None = None) -> Evaluated | None:
    """Return what the rule finds on `day` (the verdict's own) if that differs from `verdict`."""
    found = rule_on(verdict.undertaking, day or verdict.as_of)
    return found if found and differs(found.primary.finding, verdict) else None


def differs_from_the_rule_unsaid(assessment: Assessment, today) -> Iterator[str]:
    """Demand a reason for signing another status than the rule's, and refuse one where there is
    nothing to explain.

    What is signed already stands: figures that came later show in the queue of verdicts that drift.
    A draft may rest on figures that are drafts as well, so where the rule is silent it may have its
    reason already.
    """
    if assessment.state not in {State.DRAFT, State.IN_REVIEW}:
        return
    day, said = assessment.as_of, assessment.get_status_display()
    found = rule_on(assessment.undertaking, day)
    finding = found and found.primary.finding
    settled = assessment.state == State.IN_REVIEW or (finding and finding.reason not in SILENT)
    if finding and differs(finding, assessment):
        if not assessment.differs_because.strip():
            yield (
                f"The rule finds “{MEANINGS[finding.status].word}” as of {day}{_numbers(finding)},"
                f" and this says “{said}”. Say why it differs from the rule: readers see the"
                " reason."
            )
    elif assessment.differs_because and settled:
        yield (
            f"The rule does not contradict “{said}” as of {day}: no difference to explain. Use the"
            " rationale."
        )


def stored(evaluated: Evaluated, *, as_of: date, known_on: date) -> dict:
    """Return the findings with all they rest on, as an assessment keeps them: the primary
    definition first.
    """
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


def _numbers(finding):
    if finding.actual is None or finding.required is None:
        return ""
    return f" ({finding.actual:f} against {finding.required:f})"
