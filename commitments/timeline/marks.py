"""What a timeline consists of: lanes of marks, each with the lines of its pledges."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from commitments.timeline.windows import Window
from commitments.verdicts.dates import ImpreciseDate
from commitments.verdicts.rollup import Rollup, add_rollups


@dataclass(frozen=True)
class PledgeLine:
    """A pledge: the day it was made, its deadline if it names one, and the day of its last verdict.

    `verdicts` counts the verdicts of all its parties; `aged` of ours may be out of date.
    """

    slug: str
    title: str
    made: date
    due: ImpreciseDate
    verdicts: Rollup
    judged: date | None
    title_ja: str = ""
    aged: int = 0


@dataclass(frozen=True)
class SummitMark:
    """One summit, or several of a lane that begin in one step of the scale.

    `summits` is how many it stands for. A mark of several has no slug, no name, and neither of the
    two days that one prints. `standing` says in a word why one was not held.
    """

    slug: str
    name: str
    city: str
    first: date
    last: date
    pledges: int
    verdicts: Rollup
    lines: list[PledgeLine] = field(default_factory=list)
    summits: int = 1
    name_ja: str = ""
    begins: ImpreciseDate | None = None
    ends: ImpreciseDate | None = None
    standing: str = ""


@dataclass(frozen=True)
class Lane:
    """The marks of one series in the order of time.

    `series` is None on the lane that collects the summits without a series and those of small ones.
    """

    series: object
    marks: list[SummitMark]

    @property
    def summits(self) -> int:
        return sum(mark.summits for mark in self.marks)

    @property
    def pledges(self) -> int:
        return sum(mark.pledges for mark in self.marks)


@dataclass(frozen=True)
class Timeline:
    """The lanes of a window.

    `before` and `after` count the summits outside the window. `lined` says that pledges are lines,
    not bars; `grouped` that close summits share marks.
    """

    window: Window
    lanes: list[Lane]
    before: int
    after: int
    lined: bool
    grouped: bool

    @property
    def summits(self) -> int:
        return sum(lane.summits for lane in self.lanes)

    @property
    def pledges(self) -> int:
        return sum(lane.pledges for lane in self.lanes)


def merge_marks(marks: list[SummitMark], window: Window) -> list[SummitMark]:
    """Return one mark for all those that begin in the same step of the scale."""
    steps = defaultdict(list)
    for mark in marks:
        day = window.step_of(mark.first)
        steps[day].append(mark)
    return [_merge_step(day, marks_of_step) for day, marks_of_step in steps.items()]


def _merge_step(day: date, marks: list[SummitMark]) -> SummitMark:
    """Return one mark for `marks`, which begin in the step of `day`."""
    if len(marks) == 1:
        return marks[0]
    return SummitMark(
        slug="",
        name="",
        city="",
        first=day,
        last=max(mark.last for mark in marks),
        pledges=sum(mark.pledges for mark in marks),
        verdicts=add_rollups(mark.verdicts for mark in marks),
        lines=[line for mark in marks for line in mark.lines],
        summits=len(marks),
    )
