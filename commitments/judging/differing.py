"""Where a verdict says something else than the rule.

The queue of verdicts that drift, the form of a draft and the signature all use these answers.
"""

from collections.abc import Iterator
from datetime import date

from commitments.judging.evaluating import Evaluated, evaluate_parts
from commitments.models import Assessment, Method, State
from commitments.verdicts.findings import Finding, Reason, to_json_types
from commitments.verdicts.repeating import record_inputs
from commitments.verdicts.statuses import MEANINGS, OPEN, SET_ASIDE, Status
from commitments.verdicts.version import RULES_VERSION

# Reasons that mean: the rule does not know.
SILENT = frozenset(
    {
        Reason.NO_DATA,
        Reason.AWAITING_DATA,
        Reason.NO_FIGURE_SINCE_BASELINE,
        Reason.UNCOMPARABLE,
    }
)
UNSIGNED = frozenset({State.DRAFT, State.IN_REVIEW})


def differs(finding: Finding, verdict: Assessment | None) -> bool:
    """Whether `finding` says something else than `verdict`, and something that a rule can know.

    A status that sets a pledge aside stays. A rule without a figure or an event is silent, except
    against a verdict that a rule had given. “In progress” is all a rule sees where a person may see
    “stalled”.
    """
    knows_nothing = is_silent(finding)
    if verdict is None:
        return not knows_nothing
    if verdict.status == finding.status or verdict.status in SET_ASIDE:
        return False
    if verdict.method == Method.RULE:
        return True
    if finding.status == Status.IN_PROGRESS and verdict.status in OPEN:
        return False
    return not knows_nothing


def is_silent(finding: Finding) -> bool:
    """Whether the rule does not know: it has no figure, no event, or nothing to compare it with."""
    return finding.decided_by is None or finding.reason in SILENT


def evaluate_on(undertaking, day: date) -> Evaluated | None:
    """Return what the rule finds for `undertaking` on `day`, by what was known then.

    None if no rule can judge it.
    """
    evaluated = evaluate_parts([undertaking], as_of=day, known_on=day)
    return evaluated[0] if evaluated else None


def find_contradiction(verdict: Assessment, day: date | None = None) -> Evaluated | None:
    """Return what the rule finds on `day` (the verdict's own) if that differs from `verdict`."""
    evaluated = evaluate_on(verdict.undertaking, day or verdict.as_of)
    if evaluated is None:
        return None
    finding = evaluated.primary.finding
    return evaluated if differs(finding, verdict) else None


def differs_from_the_rule_unsaid(assessment: Assessment, today) -> Iterator[str]:
    """Demand a reason for another status than the rule's; refuse one where they do not differ.

    What is signed already stands: figures that came later show in the queue of verdicts that drift.
    A draft may rest on figures that are drafts as well, so where the rule is silent it may have its
    reason already.
    """
    if assessment.state not in UNSIGNED:
        return
    evaluated = evaluate_on(assessment.undertaking, assessment.as_of)
    finding = evaluated.primary.finding if evaluated else None
    if finding and differs(finding, assessment):
        if not assessment.differs_because.strip():
            yield _demand_reason(assessment, finding)
        return
    may_change = assessment.state == State.DRAFT and (finding is None or is_silent(finding))
    if assessment.differs_because and not may_change:
        status = assessment.get_status_display()
        yield (
            f"The rule does not contradict “{status}” as of {assessment.as_of}: no difference to"
            " explain. Use the rationale."
        )


def _demand_reason(assessment, finding):
    status = assessment.get_status_display()
    word = MEANINGS[finding.status].word
    numbers = _write_numbers(finding)
    return (
        f"The rule finds “{word}” as of {assessment.as_of}{numbers}, and this says “{status}”. Say"
        " why it differs from the rule: readers see the reason."
    )


def _write_numbers(finding):
    if finding.actual is None or finding.required is None:
        return ""
    return f" ({finding.actual:f} against {finding.required:f})"


def build_findings(evaluated: Evaluated, *, as_of: date, known_on: date) -> dict:
    """Return the findings with all they rest on, as an assessment keeps them.

    The primary definition comes first.
    """
    definitions = []
    for compared, baseline in zip(evaluated.compared, evaluated.baselines, strict=True):
        inputs = record_inputs(compared.target, compared.series, as_of=as_of, known_on=known_on)
        definition = {
            "label": compared.label,
            "inputs": inputs,
            "finding": compared.finding.as_json(),
            "flips": compared.flips,
        }
        if baseline:
            # Where the baseline among the inputs was read.
            definition["baseline"] = to_json_types(baseline)
        definitions.append(definition)
    return {"rules_version": RULES_VERSION, "definitions": definitions}
