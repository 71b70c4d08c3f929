"""What a rule says of itself: its formula, its boundary, its source, and examples worked out by
hand.

docs/methodology.md and the page `/methodology/` are written from these (`telling`), and a test runs
every example through the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from commitments.verdicts.findings import Finding, Reason
from commitments.verdicts.pacing import Pace
from commitments.verdicts.rollup import Rollup
from commitments.verdicts.statuses import Status
from commitments.verdicts.targets import Figure, Kind, Period, RuleTarget


def _(text: str) -> str:
    """Mark a string for translation; who tells the definitions looks the translation up."""
    return text


# What most of the examples ask for.
TWO = Decimal(2)
STAND = RuleTarget(Kind.STAND, due=date(2024, 12, 31), value=TWO)
EACH_YEAR = RuleTarget(Kind.HOLD, window_start=date(2022, 1, 1), due=date(2024, 12, 31), value=TWO)


@dataclass(frozen=True)
class Example:
    """What the rule must find, worked out by hand. `story` has no numbers: those are the target's
    and the figures'.

    `known_on` is the day `as_of` unless it is given.
    """

    story: str
    target: RuleTarget
    series: tuple[Figure, ...]
    as_of: date
    finding: Finding
    known_on: date | None = None


@dataclass(frozen=True)
class PaceExample:
    story: str
    target: RuleTarget
    series: tuple[Figure, ...]
    as_of: date
    known_on: date
    pace: Pace


@dataclass(frozen=True)
class RollupExample:
    story: str
    statuses: tuple[Status, ...]
    exempt: int
    rollup: Rollup


@dataclass(frozen=True)
class Definition:
    """One rule. `code` is the kind of target it is for, or the word that findings have for it."""

    title: str
    code: str
    formula: str
    boundary: str
    source: str
    examples: tuple[Example | PaceExample | RollupExample, ...]


def make_year(
    number: int, value: str, *, kind: str = "actual", released: date | None = None
) -> Figure:
    """Return the figure of a calendar year with the decimals as written, by default released in
    June of the next.
    """
    released = released or date(number + 1, 6, 1)
    return make_figure(
        date(number, 1, 1), date(number, 12, 31), value, kind=kind, released=released
    )


def make_figure(
    start: date, end: date, value: str, *, released: date, kind: str = "actual"
) -> Figure:
    decimals = len(value.partition(".")[2])
    return Figure(Period(start, end), Decimal(value), decimals, kind, released)


def against(
    row: Figure, status: Status, reason: Reason, *, gap: str, share: str, **more: Any
) -> Finding:
    """Return the finding that holds `row`, as printed, against two or what `more` says is
    required.
    """
    numbers = {"required": TWO, "actual": row.value, "gap": Decimal(gap), "share": Decimal(share)}
    return Finding(status, reason, row, **{**numbers, **more})


def satisfied(row: Figure, **found: Any) -> Finding:
    return against(row, Status.MET, Reason.SATISFIED, **found)


def fell_short(row: Figure, **found: Any) -> Finding:
    return against(row, Status.NOT_MET, Reason.FELL_SHORT, **found)
