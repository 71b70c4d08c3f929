"""How fast it goes, how fast it would have to, and when it would arrive. Arithmetic, not a
forecast.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal, localcontext
from typing import Any

from commitments.verdicts.findings import as_json_types
from commitments.verdicts.measuring import DAY, ahead, corners, level, path
from commitments.verdicts.targets import EXACT, Comparator, Figure, Kind, RuleTarget, choose_figures

YEAR = Decimal("365.25")


@dataclass(frozen=True)
class Pace:
    """The present pace is the straight line from the baseline (or the first figure) to the latest
    figure.

    `required` is what the path asks for on the day, `corners` are where that path bends. `per_year`
    is the present pace, `needed_per_year` the one from the latest figure to the deadline; None once
    that is past. `arrives_on` is when the present pace leads to the target: None if it leads away
    or never there.
    """

    since: date
    begun: Decimal
    latest_on: date
    latest: Decimal
    goal: Decimal
    reached: bool
    required: Decimal | None
    corners: tuple[tuple[date, Decimal], ...]
    per_year: Decimal
    needed_per_year: Decimal | None
    arrives_on: date | None
    basis: str = "arithmetic"

    @property
    def arrives_in(self) -> int | None:
        """The year of arrival, at the present pace."""
        return self.arrives_on.year if self.arrives_on else None

    def as_json(self) -> dict[str, Any]:
        body = as_json_types({**asdict(self), "arrives_in": self.arrives_in})
        assert isinstance(body, dict)
        return body


def pace(target: RuleTarget, series: list[Figure], *, as_of: date, known_on: date) -> Pace | None:
    """Return the pace towards `target`; None where there is none to speak of.

    That is a target that is held, dated, a ceiling of a sum or “below the baseline”, and a way of
    which less than two points are known. Figures count as they do for the verdict, those of later
    periods too.
    """
    goal = level(target)
    if goal is None or not _is_a_way(target):
        return None
    rows = [
        row
        for row in choose_figures(series, target.accepts, known_on)
        if row.period.end >= (target.opens or date.min)
    ]
    with localcontext(EXACT):
        ends = _ends(target, rows)
        if ends is None or ends[1][0] <= ends[0][0]:
            return None
        (since, begun), (latest_on, latest) = ends
        days = (latest_on - since).days
        left = (target.due - latest_on).days if target.due else 0
        reached = ahead(target, latest, goal)
        return Pace(
            since=since,
            begun=begun,
            latest_on=latest_on,
            latest=latest,
            goal=goal,
            reached=reached,
            required=path(target, as_of),
            corners=tuple(corners(target)),
            per_year=(latest - begun) * YEAR / days,
            needed_per_year=(goal - latest) * YEAR / left if left > 0 else None,
            arrives_on=latest_on
            if reached
            else _arrival(latest_on, goal - latest, latest - begun, days),
        )


def _is_a_way(target: RuleTarget) -> bool:
    if target.comparator is Comparator.BELOW_BASELINE or target.kind in (Kind.HOLD, Kind.MILESTONE):
        return False
    return target.kind is not Kind.TOTAL or target.comparator is not Comparator.AT_MOST


def _ends(
    target: RuleTarget, rows: list[Figure]
) -> tuple[tuple[date, Decimal], tuple[date, Decimal]] | None:
    """Return where the way begins and the latest point of it: days and values."""
    if not rows:
        return None
    last = rows[-1]
    if target.kind is Kind.TOTAL:
        opens = target.opens or min(row.period.start for row in rows)
        return (opens - DAY, Decimal(0)), (
            last.period.end,
            sum((row.value for row in rows), Decimal(0)),
        )
    if target.baseline is not None and target.baseline_day is not None:
        return (target.baseline_day, target.baseline), (last.period.end, last.value)
    return (rows[0].period.end, rows[0].value), (last.period.end, last.value)


def _arrival(day: date, remaining: Decimal, gone: Decimal, days: int) -> date | None:
    if remaining * gone <= 0:
        return None
    wait = (remaining * days / gone).to_integral_value(ROUND_CEILING)
    # The calendar ends with the year 9999: what takes longer does not arrive.
    return day + timedelta(days=int(wait)) if wait <= (date.max - day).days else None
