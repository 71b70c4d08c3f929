"""From verdicts on each party to a line about the pledge: counts, never one number without its
parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol

from commitments.verdicts.statuses import (
    APART,
    NOT_ASSESSED,
    SCORES,
    Unjudged,
    percent_from_mean,
)

# With fewer scored verdicts no percentage is shown: one more verdict would move it by ten points or
# more.
ENOUGH = 5


@dataclass(frozen=True)
class Rollup:
    """Counts of one assessor's verdicts by status, and of the parts without one.

    Counted apart, but among `parties`: those `exempt`, those `judged_under` another pledge, and
    those that `others_alone` have judged; the numbers of these are never added to ours. `unjudged`
    says of those without a verdict why they have none. `mean_score` (−1 to 1) and `percent` are
    None if no verdict is scored. Of the parties that did not meet it, `late` did it after its last
    day.
    """

    parties: int
    exempt: int
    by_status: dict[str, int]
    scored: int
    mean_score: Decimal | None
    percent: Decimal | None
    late: int = 0
    judged_under: int = 0
    unjudged: dict[str, int] = field(default_factory=dict)
    others_alone: Rollup | None = None

    @property
    def is_enough(self) -> bool:
        """Whether enough are scored to show the mean to readers; exactly `ENOUGH` are."""
        return self.scored >= ENOUGH

    @property
    def judgeable(self) -> int:
        """The number of parts with a verdict or due for one: the length of a bar."""
        counts = [count for code, count in self.by_status.items() if code not in APART]
        return sum(counts)


class JudgedPart(Protocol):
    """One party's part in a pledge: the status a reader sees, or exempt and never judged.

    `late` says that it was done, but after its last day.
    """

    status: str
    is_exempt: bool
    is_theirs: bool
    late: bool

    def find_reason(self, *, on: date) -> str: ...

    def find_standing(self, *, on: date) -> str: ...


class PartCount(NamedTuple):
    """How many parts have the same said of them. `code` is what they are counted under, `status`
    what is scored, and `reason` why they have no verdict.
    """

    code: str
    status: str
    reason: str = ""
    is_exempt: bool = False
    is_theirs: bool = False
    is_late: bool = False
    number: int = 1


def rollup(statuses: Iterable[str], *, exempt: int = 0, late: int = 0) -> Rollup:
    """Count `statuses`, one per party that is not exempt, by the crosswalk of `statuses.SCORES`."""
    counts = Counter(str(status) for status in statuses)
    return _build_rollup(counts, counts, exempt=exempt, late=late)


def _build_rollup(
    words: Counter[str],
    statuses: Counter[str],
    *,
    exempt: int = 0,
    late: int = 0,
    judged_under: int = 0,
    unjudged: dict[str, int] | None = None,
    others_alone: Rollup | None = None,
) -> Rollup:
    """Return the counts of `words`, scored by their `statuses`, with those counted apart."""
    scored = 0
    score = 0
    for status, count in statuses.items():
        if status in SCORES:
            scored += count
            score += SCORES[status] * count
    mean = percent = None
    if scored:
        mean = Decimal(score) / scored
        percent = percent_from_mean(mean)
    parties = words.total() + exempt + judged_under
    if others_alone:
        parties += others_alone.parties
    return Rollup(
        parties=parties,
        by_status=dict(sorted(words.items())),
        scored=scored,
        mean_score=mean,
        percent=percent,
        exempt=exempt,
        late=late,
        judged_under=judged_under,
        unjudged=unjudged or {},
        others_alone=others_alone,
    )


def count_parts(rows: Iterable[PartCount]) -> Rollup:
    """Count parts, those exempt, judged under another pledge or by others alone apart."""
    words: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    unjudged: Counter[str] = Counter()
    exempt = late = judged_under = 0
    theirs = []
    for row in rows:
        if row.is_exempt:
            exempt += row.number
        elif row.is_theirs:
            theirs.append(row._replace(is_theirs=False))
        elif row.reason == Unjudged.JUDGED_UNDER:
            judged_under += row.number
        else:
            words[row.code or NOT_ASSESSED] += row.number
            statuses[row.status or NOT_ASSESSED] += row.number
            late += row.number if row.is_late else 0
            if row.reason:
                unjudged[row.reason] += row.number
    return _build_rollup(
        words,
        statuses,
        exempt=exempt,
        late=late,
        judged_under=judged_under,
        unjudged=dict(sorted(unjudged.items())),
        others_alone=count_parts(theirs) if theirs else None,
    )


def roll_up_parts(parts: Iterable[JudgedPart], *, on: date) -> Rollup:
    """Count the verdicts on loaded parts of a pledge by status, on the day `on`."""
    return count_parts(_read_part(part, part.status, on) for part in parts)


def roll_up_standings(parts: Iterable[JudgedPart], *, on: date) -> Rollup:
    """Count the same as readers see them on the day `on`: those overdue apart from the rest, and
    those without a verdict by the reason.
    """
    return count_parts(_read_part(part, part.find_standing(on=on), on) for part in parts)


def _read_part(part: JudgedPart, code: str, on: date) -> PartCount:
    return PartCount(
        code=str(code),
        status=str(part.status),
        reason=part.find_reason(on=on),
        is_exempt=part.is_exempt,
        is_theirs=part.is_theirs,
        is_late=part.late,
    )


def add_rollups(rollups: Iterable[Rollup]) -> Rollup:
    """Return several counts of verdicts as one; it is scored by what they are counted under."""
    words: Counter[str] = Counter()
    unjudged: Counter[str] = Counter()
    exempt = late = judged_under = 0
    theirs = []
    for part in rollups:
        words.update(part.by_status)
        unjudged.update(part.unjudged)
        exempt += part.exempt
        late += part.late
        judged_under += part.judged_under
        if part.others_alone:
            theirs.append(part.others_alone)
    return _build_rollup(
        words,
        words,
        exempt=exempt,
        late=late,
        judged_under=judged_under,
        unjudged=dict(sorted(unjudged.items())),
        others_alone=add_rollups(theirs) if theirs else None,
    )
