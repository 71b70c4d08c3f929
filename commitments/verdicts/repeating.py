"""What a finding rests on, in JSON's own types. From it alone anybody can judge again, by the
version of the rules that is stored with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from commitments.verdicts.findings import Finding, read_figure, to_json_types
from commitments.verdicts.rules import evaluate
from commitments.verdicts.rulesets import CURRENT, RULESETS
from commitments.verdicts.targets import Comparator, Figure, Kind, RuleTarget, choose_figures

# The inputs of the first version do not say which it was.
FIRST_VERSION = "1"


def record_inputs(
    target: RuleTarget, series: list[Figure], *, as_of: date, known_on: date
) -> dict[str, Any]:
    """Return the target, the days, the figures that counted and the version of the rules; `repeat`
    judges by them again.
    """
    fields = asdict(target)
    fields["accepts"] = sorted(target.accepts)
    figures = choose_figures(series, target.accepts, known_on)
    return {
        "rules_version": CURRENT.version,
        "as_of": as_of.isoformat(),
        "known_on": known_on.isoformat(),
        "target": to_json_types(fields),
        "series": to_json_types(figures),
    }


def repeat(body: dict[str, Any]) -> Finding:
    """Judge again from what `record_inputs` wrote, now or under an earlier version of the rules.
    Raises KeyError, TypeError or ValueError for anything else.
    """
    version = body.get("rules_version", FIRST_VERSION)
    target = read_target(body["target"])
    series = [read_figure(row) for row in body["series"]]
    return evaluate(
        target,
        series,
        as_of=date.fromisoformat(body["as_of"]),
        known_on=date.fromisoformat(body["known_on"]),
        rules=RULESETS[version],
    )


def read_target(body: dict[str, Any]) -> RuleTarget:
    """Read a target that `record_inputs` wrote. Raises as `repeat` does."""
    values = dict(body)
    for name, read in TARGET_READERS.items():
        values[name] = read(body[name])
    for name, read in OPTIONAL_TARGET_READERS.items():
        if values.get(name) is not None:
            values[name] = read(values[name])
    return RuleTarget(**values)


def _read_steps(pairs: list[tuple[str, str]]) -> tuple[tuple[date, Decimal], ...]:
    steps = []
    for day, value in pairs:
        step = (date.fromisoformat(day), Decimal(value))
        steps.append(step)
    return tuple(steps)


# How to read the fields of a target that have no type of their own in JSON.
Reader = Callable[[Any], object]
TARGET_READERS: dict[str, Reader] = {
    "kind": Kind,
    "comparator": Comparator,
    "accepts": frozenset,
    "steps": _read_steps,
}
# These may be None, and those that a later version added are absent from older inputs.
OPTIONAL_TARGET_READERS: dict[str, Reader] = {
    "value": Decimal,
    "upper_value": Decimal,
    "partly_value": Decimal,
    "baseline": Decimal,
    "partly_met_share": Decimal,
    "due": date.fromisoformat,
    "baseline_day": date.fromisoformat,
    "window_start": date.fromisoformat,
    "binds_from": date.fromisoformat,
}
