"""An evaluation in its documented, stable form: what `evaluate --json` and the API answer
(docs/evaluating.md).
"""

from datetime import date
from typing import NamedTuple

from commitments.judging.scopes import WHOLE, Scope
from commitments.verdicts.findings import to_json_types
from commitments.verdicts.pacing import measure_pace
from commitments.verdicts.precision import round_number
from commitments.verdicts.rollup import rollup
from commitments.verdicts.targets import count_written_decimals
from commitments.verdicts.version import RULES_VERSION

# A mean over parties never ends: 1/3.
MEAN_DECIMALS = 4


class EvaluationQuestion(NamedTuple):
    """The days and the scope of an evaluation."""

    as_of: date
    known_on: date
    scope: Scope = WHOLE


def as_json(pledge, evaluated, question: EvaluationQuestion) -> dict:
    """Return the documented, stable form of an evaluation (docs/evaluating.md)."""
    scope = question.scope
    return {
        "pledge": pledge.slug,
        "as_of": question.as_of.isoformat(),
        "known_on": question.known_on.isoformat(),
        "period": scope.period or None,
        "release": scope.release or None,
        "rules_version": RULES_VERSION,
        "undertakings": [_describe_undertaking(part, question) for part in evaluated],
        "lacks": list_lacks(evaluated),
        "rollup": _describe_rollup(evaluated),
    }


def describe_finding(evaluated, number=0) -> dict:
    """Return what one definition finds, in the form that `evaluate` and the API share.

    `number` is the place of the definition, 0 for the primary one.
    """
    compared = evaluated.compared[number]
    finding = compared.finding.as_json()
    baseline = to_json_types(evaluated.baselines[number])
    return {"label": compared.label, **finding, "baseline": baseline}


def describe_alternatives(evaluated) -> list[dict]:
    """Return what the other definitions find, and whether each flips the verdict."""
    described = []
    for number, other in enumerate(evaluated.alternatives, start=1):
        finding = describe_finding(evaluated, number)
        described.append({**finding, "flips": other.flips})
    return described


def list_lacks(evaluated) -> list[dict]:
    """Return each party and definition without a figure of the period and release asked for, with
    the first and the last period held.
    """
    lacks = []
    for part in evaluated:
        for narrowed in part.narrowed:
            if narrowed.is_held:
                continue
            lack = {
                "party": part.undertaking.party.slug,
                "label": narrowed.row.label,
                "held_from": narrowed.held_from,
                "held_to": narrowed.held_to,
            }
            lacks.append(lack)
    return lacks


def _describe_undertaking(evaluated, question):
    primary = evaluated.primary
    return {
        "party": evaluated.undertaking.party.slug,
        "primary": describe_finding(evaluated),
        "alternatives": describe_alternatives(evaluated),
        "flips": [other.label for other in evaluated.alternatives if other.flips],
        "pace": _describe_pace(primary.target, primary.series, question),
    }


def _describe_pace(target, series, question):
    if question.scope.period:
        # Up to the period asked for: later figures are no part of that way.
        series = [figure for figure in series if figure.period.end <= target.due]
    pace = measure_pace(target, series, as_of=question.as_of, known_on=question.known_on)
    return pace and pace.as_json()


def _describe_rollup(evaluated):
    total = rollup(part.primary.finding.status for part in evaluated)
    return {
        "parties": total.parties,
        "by_status": total.by_status,
        "scored": total.scored,
        "mean_score": _write_number(total.mean_score),
        "percent": _write_number(total.percent),
    }


def _write_number(number):
    if number is None:
        return None
    decimals = min(count_written_decimals(number), MEAN_DECIMALS)
    return str(round_number(number, decimals))
