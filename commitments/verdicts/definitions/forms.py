"""The forms of a definition: what a rule says, where it ends, what it rests on, and examples worked
out by hand.

docs/methodology.md and the page `/methodology/` are written from these (see `documents`). A test
runs every example through the rules.
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
    """Mark a string for translation; `documents` looks the translation up."""
    return text


# What most of the examples ask for.
TWO = Decimal(2)
STAND = RuleTarget(Kind.STAND, due=date(2024, 12, 31), value=TWO)
EACH_YEAR = RuleTarget(Kind.HOLD, window_start=date(2022, 1, 1), due=date(2024, 12, 31), value=TWO)


@dataclass(frozen=True)
class Example:
    """What the rule must find, worked out by hand.

    `story` has no numbers: they are printed from the target and the figures. Without `known_on`
    that day is `as_of`.
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
    """One rule. `code` is the kind of target it judges, or the word that findings have for it."""

    title: str
    code: str
    formula: str
    boundary: str
    source: str
    examples: tuple[Example | PaceExample | RollupExample, ...]


def make_year(
    number: int, value: str, *, kind: str = "actual", released: date | None = None
) -> Figure:
    """Return the figure of a calendar year, with the decimals as written in `value`. It is released
    in June of the next year, unless `released` says otherwise.
    """
    start = date(number, 1, 1)
    end = date(number, 12, 31)
    if released is None:
        released = date(number + 1, 6, 1)
    return make_figure(start, end, value, kind=kind, released=released)


def make_figure(
    start: date, end: date, value: str, *, released: date, kind: str = "actual"
) -> Figure:
    _whole, _point, decimals = value.partition(".")
    return Figure(
        period=Period(start, end),
        value=Decimal(value),
        decimals=len(decimals),
        kind=kind,
        released_on=released,
    )


def find_against(
    row: Figure, status: Status, reason: Reason, *, gap: str, share: str, **fields: Any
) -> Finding:
    """Return a finding by `row` as printed. Required are two, unless the other `fields` say so."""
    values = {
        "required": TWO,
        "actual": row.value,
        "gap": Decimal(gap),
        "share": Decimal(share),
        **fields,
    }
    return Finding(status, reason, row, **values)


def find_satisfied(row: Figure, **fields: Any) -> Finding:
    return find_against(row, Status.MET, Reason.SATISFIED, **fields)


def find_short(row: Figure, **fields: Any) -> Finding:
    return find_against(row, Status.NOT_MET, Reason.FELL_SHORT, **fields)
