"""How figures are read: as printed, or as what they may be unrounded.

A publisher rounds, so a printed figure stands for any value between its lowest and its highest. A
finding is borderline if another reading would change its status.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from operator import attrgetter

from commitments.verdicts.cases import Case
from commitments.verdicts.measuring import NOTHING, find_goal
from commitments.verdicts.statuses import Status
from commitments.verdicts.targets import CEILINGS, FLOORS, Figure, Kind, Period

Reading = Callable[[Figure], Decimal]
PRINTED: Reading = attrgetter("value")
LOWEST: Reading = attrgetter("low")
HIGHEST: Reading = attrgetter("high")

# No figures, however bad, make a status worse than these.
MISSED = (Status.NOT_MET, Status.OFF_TRACK)


def choose_readings(case: Case, status: Status) -> tuple[Reading, ...]:
    """Return the readings that could change `status`: the lowest, the highest, the nearest.

    Better figures never make a status worse. So what is met is tried with the worst figures only,
    and what is missed with the best. A value that has to be hit exactly, or between two bounds, may
    also lie between the ends.
    """
    comparator = case.target.comparator
    if comparator in FLOORS:
        worst, best = LOWEST, HIGHEST
    elif comparator in CEILINGS:
        worst, best = HIGHEST, LOWEST
    else:
        return HIGHEST, LOWEST, read_nearest(case)
    if status is Status.MET:
        return (worst,)
    if status in MISSED:
        return (best,)
    return worst, best


def read_nearest(case: Case) -> Reading:
    """Return the reading that takes each figure as near the goal as it may be.

    Of a sum, the sum is what gets as near the goal as it may be. Of two bounds the one that faces
    the start will do: where a figure may be between them at all, it is so at an end or at each.
    """
    goal = find_goal(case.target)
    assert goal is not None
    if case.target.kind is Kind.TOTAL:
        return _read_nearest_sum(case, goal)

    def read(row: Figure) -> Decimal:
        nearest = max(goal, row.low)
        return min(nearest, row.high)

    return read


def _read_nearest_sum(case: Case, goal: Decimal) -> Reading:
    values: dict[Period, Decimal] = {}
    lowest_sum = sum(map(LOWEST, case.in_window))
    lack = goal - lowest_sum
    for row in case.in_window:
        room = row.high - row.low
        more = max(lack, NOTHING)
        more = min(more, room)
        values[row.period] = row.low + more
        lack -= more

    def read(row: Figure) -> Decimal:
        return values[row.period]

    return read
