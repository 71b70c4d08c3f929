"""How fast a target is approached, how fast it would have to be, and when it would be reached.
Arithmetic, not a forecast.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal, localcontext
from typing import Any

from commitments.verdicts.dates import has_passed
from commitments.verdicts.findings import to_json_types
from commitments.verdicts.measuring import (
    DAY,
    NOTHING,
    Corner,
    compute_path,
    find_goal,
    is_ahead,
    is_limit,
    list_corners,
)
from commitments.verdicts.precision import round_number
from commitments.verdicts.rules import is_comparable
from commitments.verdicts.targets import (
    EXACT,
    Comparator,
    Figure,
    Kind,
    RuleTarget,
    choose_figures,
    count_written_decimals,
)

DAYS_IN_A_YEAR = Decimal("365.25")
# The numbers of a pace that are figures, or sums of them, and those computed from them.
AS_PRINTED = ("begun", "latest")
AS_COMPUTED = ("goal", "required", "per_year", "needed_per_year")


@dataclass(frozen=True)
class Pace:
    """The present pace is the straight line from the baseline (or the first figure) to the latest
    figure.

    `required` is what the path asks for on the day of the latest figure, so that the two can be
    compared, and `corners` are where that path bends. `per_year` is the present pace.
    `needed_per_year` is the pace that would lead from the latest figure to the target by the
    deadline, or None once that is past. `arrives_on` is the day on which the present pace reaches
    the target, or None if it never does. `decimals` are the most printed among the figures, the
    baseline and the target.
    """

    since: date
    begun: Decimal
    latest_on: date
    latest: Decimal
    goal: Decimal
    reached: bool
    required: Decimal | None
    corners: tuple[Corner, ...]
    per_year: Decimal
    needed_per_year: Decimal | None
    arrives_on: date | None
    decimals: int
    basis: str = "arithmetic"

    @property
    def arrives_in(self) -> int | None:
        """The year of arrival, at the present pace."""
        return self.arrives_on.year if self.arrives_on else None

    def as_json(self) -> dict[str, Any]:
        """Return it in JSON's own types. The figures keep their decimals, and what is computed from
        them has one more: it lies between printed values.
        """
        values = {**asdict(self), "arrives_in": self.arrives_in}
        decimals = values.pop("decimals")
        for name in AS_PRINTED:
            values[name] = _shorten(values[name], decimals)
        decimals += 1
        for name in AS_COMPUTED:
            values[name] = _shorten(values[name], decimals)
        corners = []
        for day, value in self.corners:
            shortened = _shorten(value, decimals)
            corners.append((day, shortened))
        values["corners"] = corners
        body = to_json_types(values)
        assert isinstance(body, dict)
        return body


def _shorten(value: Decimal | None, most_decimals: int) -> Decimal | None:
    """Return `value` with at most so many decimals."""
    if value is None:
        return None
    written = count_written_decimals(value)
    decimals = min(written, most_decimals)
    return round_number(value, decimals)


def measure_pace(
    target: RuleTarget, series: list[Figure], *, as_of: date, known_on: date
) -> Pace | None:
    """Return the pace towards `target`; None for a target that has none, or until two points of the
    way are known.

    Targets without a pace are those to hold, dated events, limits such as the ceiling of a sum, and
    “below the baseline”. Figures count as they do for the verdict, and those of later periods too.
    """
    if not is_comparable(target) or not _has_pace(target):
        return None
    goal = find_goal(target)
    assert goal is not None
    rows = choose_figures(series, target.accepts, known_on)
    opens = target.opens or date.min
    rows = [row for row in rows if row.period.end >= opens]
    with localcontext(EXACT):
        start = _find_start(target, rows)
        latest = _find_latest(target, rows)
        if start is None or latest is None or latest.day <= start.day:
            return None
        days = (latest.day - start.day).days
        change = latest.value - start.value
        remaining = goal - latest.value
        reached = is_ahead(target, latest.value, goal)
        arrives_on: date | None = latest.day
        if not reached:
            arrives_on = _compute_arrival(latest.day, remaining, change, days)
        needed = None
        if not has_passed(target.due, on=as_of):
            needed = _compute_needed_pace(target, latest.day, remaining)
        return Pace(
            since=start.day,
            begun=start.value,
            latest_on=latest.day,
            latest=latest.value,
            goal=goal,
            reached=reached,
            required=compute_path(target, latest.day),
            corners=tuple(list_corners(target)),
            per_year=change * DAYS_IN_A_YEAR / days,
            needed_per_year=needed,
            arrives_on=arrives_on,
            decimals=_count_pace_decimals(target, rows),
        )


def _count_pace_decimals(target: RuleTarget, rows: list[Figure]) -> int:
    """Return the most decimals printed among the figures, the baseline and the target."""
    most = target.level_decimals
    for row in rows:
        most = max(most, row.printed_decimals)
    return most


def _has_pace(target: RuleTarget) -> bool:
    if target.comparator is Comparator.BELOW_BASELINE or is_limit(target):
        return False
    return target.kind not in (Kind.HOLD, Kind.MILESTONE)


def _find_start(target: RuleTarget, rows: list[Figure]) -> Corner | None:
    """Return where the way begins: a sum at nothing, else the baseline or the first figure."""
    if not rows:
        return None
    if target.kind is Kind.TOTAL:
        opens = target.opens
        if opens is None:
            opens = min(row.period.start for row in rows)
        return Corner(opens - DAY, NOTHING)
    if target.baseline is not None and target.baseline_day is not None:
        return Corner(target.baseline_day, target.baseline)
    first = rows[0]
    return Corner(first.period.end, first.value)


def _find_latest(target: RuleTarget, rows: list[Figure]) -> Corner | None:
    """Return the latest point of the way that is known."""
    if not rows:
        return None
    last = rows[-1]
    value = last.value
    if target.kind is Kind.TOTAL:
        value = sum((row.value for row in rows), NOTHING)
    return Corner(last.period.end, value)


def _compute_needed_pace(target: RuleTarget, latest_on: date, remaining: Decimal) -> Decimal | None:
    """Return the pace a year that leads to the target by its deadline; None once that is past."""
    if target.due is None:
        return None
    days = (target.due - latest_on).days
    return remaining * DAYS_IN_A_YEAR / days if days > 0 else None


def _compute_arrival(
    latest_on: date, remaining: Decimal, change: Decimal, days: int
) -> date | None:
    """Return the day on which the target is reached, at `change` in so many `days`."""
    if remaining * change <= 0:
        return None
    wait = (remaining * days / change).to_integral_value(ROUND_CEILING)
    # The calendar ends with the year 9999: what takes longer does not arrive.
    most_days = (date.max - latest_on).days
    if wait > most_days:
        return None
    return latest_on + timedelta(days=int(wait))
