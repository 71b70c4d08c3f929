"""The levels of targets on a chart, and labels that cover no figure, no line and no other label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from commitments.charting.frames import CHARACTER, Frame, Scale, upright, write_coordinate
from commitments.verdicts.measuring import find_both_bounds, find_goal, find_level, is_complete
from commitments.verdicts.targets import (
    FALLS_AND_RISES,
    FLOORS,
    Comparator,
    Kind,
    RuleTarget,
)

# The width and height that the label of a level takes: about so many characters, and a line.
LABEL_WIDTH = 15 * CHARACTER
LABEL_HEIGHT = 13


@dataclass(frozen=True)
class Goal:
    """A target as the rules read it, and its role: primary, alternative or interim."""

    role: str
    target: RuleTarget


@dataclass(frozen=True)
class Level:
    """Where a target lies: a line across, and the place of its label."""

    value: Decimal
    role: str
    comparator: str
    is_weaker: bool
    y: str
    x: str
    label_x: str
    label_y: str
    anchor: str


class GoalLevel(NamedTuple):
    """A target, the value of its level and what that is to its figures: “at least”, “at most”.

    `is_weaker`: of two bounds, the one that decides “partly met”.
    """

    goal: Goal
    value: Decimal
    comparator: str
    is_weaker: bool = False


class Box(NamedTuple):
    """A rectangle in pixels from the top left corner of the drawing."""

    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether they share more than an edge."""
        if self.right <= other.left or other.right <= self.left:
            return False
        return self.top < other.bottom and other.top < self.bottom


def list_levels(goals: Sequence[Goal]) -> list[GoalLevel]:
    """Return each level once, the primary target's first."""
    primary_first = sorted(goals, key=lambda goal: goal.role != "primary")
    levels: dict[Decimal, GoalLevel] = {}
    for goal in primary_first:
        # All figures together reach a sum: its level is no line that one of them could touch.
        if goal.target.kind is Kind.TOTAL:
            continue
        for level in _find_levels(goal):
            levels.setdefault(level.value, level)
    return list(levels.values())


def _find_levels(goal: Goal) -> list[GoalLevel]:
    """Return the one level of a target, and both of *between*; [] of one that is not complete."""
    target = goal.target
    if target.comparator is Comparator.BETWEEN and is_complete(target):
        lower, upper = (find_level(target, bound) for bound in find_both_bounds(target))
        bounds = [(lower, Comparator.AT_LEAST), (upper, Comparator.AT_MOST)]
    else:
        bounds = [(find_goal(target), _choose_comparator(target))]
    levels = [GoalLevel(goal, value, side) for value, side in bounds if value is not None]
    weaker = _find_weaker_level(target)
    if levels and weaker is not None:
        levels.append(GoalLevel(goal, weaker, _choose_comparator(target), is_weaker=True))
    return levels


def _find_weaker_level(target: RuleTarget) -> Decimal | None:
    """Return the level from which a target is partly met; None without a bound for that."""
    if target.partly_value is None:
        return None
    return find_goal(replace(target, value=target.partly_value))


def _choose_comparator(target: RuleTarget) -> Comparator:
    """Return what a level is to the figures: a fall by at least a tenth is at most nine tenths."""
    if target.comparator not in FALLS_AND_RISES:
        return target.comparator
    return Comparator.AT_LEAST if target.comparator in FLOORS else Comparator.AT_MOST


def label_levels(
    levels: list[GoalLevel], taken: list[Box], left: float, scale: Scale, frame: Frame
) -> list[Level]:
    """Put each label at an end of its line, above or below it, where it keeps clear of `taken`.

    `left` is where the lines begin. A label without a clear place stands above the right end.
    """
    boxes = list(taken)
    labelled = []
    for goal, value, comparator, is_weaker in levels:
        y = upright(frame, scale, value)
        places = _list_places(y, left, frame)
        place = _choose_place(places, boxes)
        boxes.append(place)
        is_at_right = place.left == frame.room - LABEL_WIDTH
        labelled.append(
            Level(
                value=value,
                role=goal.role,
                comparator=comparator,
                is_weaker=is_weaker,
                y=write_coordinate(y),
                x=frame.across(left),
                label_x=frame.across(frame.room if is_at_right else left),
                label_y=write_coordinate(place.bottom - 3),
                anchor="end" if is_at_right else "start",
            )
        )
    return labelled


def _list_places(y: float, left: float, frame: Frame) -> list[Box]:
    """Return where the label of a line at `y` may stand, the best place first."""
    right = frame.room - LABEL_WIDTH
    places = []
    for top in (y - LABEL_HEIGHT - 2, y + 2):
        for start in (right, left):
            place = Box(
                left=start,
                right=start + LABEL_WIDTH,
                top=top,
                bottom=top + LABEL_HEIGHT,
            )
            places.append(place)
    return places


def _choose_place(places: list[Box], taken: list[Box]) -> Box:
    """Return the first place that is clear of `taken`, or the first of all."""
    for place in places:
        if not any(place.meets(box) for box in taken):
            return place
    return places[0]
