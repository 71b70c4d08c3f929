"""The same pledge under each of its definitions, and what the verdict would be under another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commitments.verdicts.findings import Finding
from commitments.verdicts.rules import evaluate
from commitments.verdicts.targets import Observation, Target


@dataclass(frozen=True)
class Compared:
    """A definition by its name, what it finds, and whether that differs from the primary one."""

    label: str
    finding: Finding
    flips: bool


def compare(definitions: list[tuple[str, Target, list[Observation]]], *, as_of: date, known_on: date) -> list[Compared]:
    """Judge by each of `definitions`, the primary one first; raises ValueError without any.

    A flip is another status. An interim target is a step on the way, not a definition: leave it out.
    """
    if not definitions:
        raise ValueError("Give at least one definition, the primary one first.")
    findings = [
        (label, evaluate(target, series, as_of=as_of, known_on=known_on)) for label, target, series in definitions
    ]
    primary = findings[0][1]
    return [Compared(label, finding, finding.status != primary.status) for label, finding in findings]
