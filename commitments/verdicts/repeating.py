"""What a finding rests on, in JSON's own types: enough to judge again, by anybody, from it
alone.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from commitments.verdicts.findings import Finding, as_json_types, observation_from_json
from commitments.verdicts.rules import evaluate
from commitments.verdicts.targets import Comparator, Figure, Kind, RuleTarget, choose_figures

NUMBERS = ("value", "baseline", "partly_met_share")
DAYS = ("due", "baseline_day", "window_start", "binds_from")


def inputs(
    target: RuleTarget, series: list[Figure], *, as_of: date, known_on: date
) -> dict[str, Any]:
    """Return the target, the days and the figures that counted; `repeat` judges by them again."""
    return {
        "as_of": as_of.isoformat(),
        "known_on": known_on.isoformat(),
        "target": as_json_types({**asdict(target), "accepts": sorted(target.accepts)}),
        "series": [as_json_types(row) for row in choose_figures(series, target.accepts, known_on)],
    }


def repeat(body: dict[str, Any]) -> Finding:
    """Judge again from what `inputs` wrote. Raises KeyError, TypeError or ValueError for anything
    else.
    """
    return evaluate(
        target_from_json(body["target"]),
        [observation_from_json(row) for row in body["series"]],
        as_of=date.fromisoformat(body["as_of"]),
        known_on=date.fromisoformat(body["known_on"]),
    )


def target_from_json(body: dict[str, Any]) -> RuleTarget:
    numbers = {name: None if body[name] is None else Decimal(body[name]) for name in NUMBERS}
    days = {name: None if body[name] is None else date.fromisoformat(body[name]) for name in DAYS}
    known = {
        "kind": Kind(body["kind"]),
        "comparator": Comparator(body["comparator"]),
        "accepts": frozenset(body["accepts"]),
        "steps": tuple((date.fromisoformat(day), Decimal(value)) for day, value in body["steps"]),
    }
    return RuleTarget(**{**body, **numbers, **days, **known})
