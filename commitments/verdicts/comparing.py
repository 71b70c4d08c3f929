"""The same pledge under each of its definitions, and what the verdict would be under another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commitments.verdicts.findings import Finding
from commitments.verdicts.rules import evaluate
from commitments.verdicts.targets import Figure, RuleTarget


@dataclass(frozen=True)
class Compared:
    """A definition by its name, what it finds, whether that differs from the primary one, and what
    it judged.

    `flips` is another status, `flips_on_figures` only where both rest on a figure: while one waits
    for its first figure nothing has flipped that a reader should be told of.
    """

    label: str
    finding: Finding
    flips: bool
    flips_on_figures: bool
    target: RuleTarget
    series: list[Figure]


def compare(
    definitions: list[tuple[str, RuleTarget, list[Figure]]], *, as_of: date, known_on: date
) -> list[Compared]:
    """Judge by each of `definitions`, the primary one first; raises ValueError without any.

    A flip is another status. An interim target is a step on the way, not a definition: leave it
    out.
    """
    if not definitions:
        raise ValueError("Give at least one definition, the primary one first.")
    judged = [
        (label, evaluate(target, series, as_of=as_of, known_on=known_on), target, series)
        for label, target, series in definitions
    ]
    primary = judged[0][1]
    return [_beside(primary, *one) for one in judged]


def _beside(
    primary: Finding, label: str, finding: Finding, target: RuleTarget, series: list[Figure]
) -> Compared:
    flips = finding.status is not primary.status
    both = primary.decided_by is not None and finding.decided_by is not None
    return Compared(label, finding, flips, flips and both, target, series)
