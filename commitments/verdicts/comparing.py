"""The same pledge under each of its definitions, and what the verdict would be under another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commitments.verdicts.findings import Finding
from commitments.verdicts.rules import evaluate
from commitments.verdicts.targets import Figure, RuleTarget


@dataclass(frozen=True)
class Comparison:
    """One definition by its name: what it finds, whether that differs from what the primary
    definition finds, and the target and figures it judged.

    `flips` means another status. `flips_on_figures` means another status where both rest on a
    figure: while one of them waits for its first figure, there is no flip to show to readers.
    """

    label: str
    finding: Finding
    flips: bool
    flips_on_figures: bool
    target: RuleTarget
    series: list[Figure]


def compare(
    definitions: list[tuple[str, RuleTarget, list[Figure]]], *, as_of: date, known_on: date
) -> list[Comparison]:
    """Judge by each of `definitions`, the primary one first; raises ValueError without any.

    Leave interim targets out: they are steps on the way, not definitions.
    """
    if not definitions:
        raise ValueError("Give at least one definition, the primary one first.")
    comparisons: list[Comparison] = []
    for label, target, series in definitions:
        finding = evaluate(target, series, as_of=as_of, known_on=known_on)
        primary = comparisons[0].finding if comparisons else finding
        flips = finding.status is not primary.status
        waits = primary.decided_by is None or finding.decided_by is None
        comparison = Comparison(
            label=label,
            finding=finding,
            flips=flips,
            flips_on_figures=flips and not waits,
            target=target,
            series=series,
        )
        comparisons.append(comparison)
    return comparisons
