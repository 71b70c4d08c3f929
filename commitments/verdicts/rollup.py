"""From verdicts on each party to a line about the pledge: counts, never one number without its
parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from commitments.verdicts.statuses import SCORES, percent_from_mean

# With fewer scored verdicts no percentage is shown: one more verdict would move it by ten points or
# more.
ENOUGH = 5


@dataclass(frozen=True)
class Rollup:
    """Counts of verdicts by status. `exempt` parties are counted apart, but among `parties`.

    `mean_score` (−1 to 1) and `percent` are None if no verdict is scored. Of the parties that did
    not meet it, `late` did it after its last day.
    """

    parties: int
    exempt: int
    by_status: dict[str, int]
    scored: int
    mean_score: Decimal | None
    percent: Decimal | None
    late: int = 0

    @property
    def is_enough(self) -> bool:
        """Whether enough are scored to show the mean to readers; exactly `ENOUGH` are."""
        return self.scored >= ENOUGH


class JudgedPart(Protocol):
    """One party's part in a pledge: the status a reader sees, or exempt and never judged.

    `late` says that it was done, but after its last day.
    """

    status: str
    is_exempt: bool
    late: bool


class DuePart(Protocol):
    """The same with what a reader sees first of it on a day: its status, or that it is overdue."""

    is_exempt: bool
    late: bool

    def find_standing(self, *, on: date) -> str: ...


def rollup(statuses: Iterable[str], *, exempt: int = 0, late: int = 0) -> Rollup:
    """Count `statuses`, one per party that is not exempt, by the crosswalk of `statuses.SCORES`."""
    counts = Counter(str(status) for status in statuses)
    scored = 0
    score = 0
    for status, count in counts.items():
        if status in SCORES:
            scored += count
            score += SCORES[status] * count
    mean = percent = None
    if scored:
        mean = Decimal(score) / scored
        percent = percent_from_mean(mean)
    return Rollup(
        parties=counts.total() + exempt,
        exempt=exempt,
        by_status=dict(sorted(counts.items())),
        scored=scored,
        mean_score=mean,
        percent=percent,
        late=late,
    )


def roll_up_parts(parts: Iterable[JudgedPart]) -> Rollup:
    """Count the verdicts on loaded parts of a pledge, the exempt apart."""
    judged = []
    exempt = late = 0
    for part in parts:
        if part.is_exempt:
            exempt += 1
        else:
            judged.append(part.status)
            late += part.late
    return rollup(judged, exempt=exempt, late=late)


def roll_up_standings(parts: Iterable[DuePart], *, on: date) -> Rollup:
    """Count the same as readers see them on the day `on`, those overdue apart from the rest."""
    judged = []
    exempt = late = 0
    for part in parts:
        if part.is_exempt:
            exempt += 1
        else:
            judged.append(part.find_standing(on=on))
            late += part.late
    return rollup(judged, exempt=exempt, late=late)


def add_rollups(rollups: Iterable[Rollup]) -> Rollup:
    """Return several counts of verdicts as one."""
    counts: Counter[str] = Counter()
    exempt = late = 0
    for part in rollups:
        counts.update(part.by_status)
        exempt += part.exempt
        late += part.late
    return rollup(counts.elements(), exempt=exempt, late=late)
