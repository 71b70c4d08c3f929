"""The stretch of time that a timeline shows: where it begins, how long it is, where the next one
lies.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

YEAR, DECADE = 12, 120
# Where a window may begin. It may end later.
EARLIEST, LATEST = 1900, 2199


class Zoom(StrEnum):
    """What one step of the scale is."""

    DECADE = "decade"
    YEAR = "year"
    MONTH = "month"


# In months: a step of the scale, how many are shown, and how many of them lie before today unasked.
STEPS = {Zoom.DECADE: DECADE, Zoom.YEAR: YEAR, Zoom.MONTH: 1}
LENGTHS = {Zoom.DECADE: 8 * DECADE, Zoom.YEAR: 20 * YEAR, Zoom.MONTH: 24}
BEHIND = {Zoom.DECADE: 5 * DECADE, Zoom.YEAR: 12 * YEAR, Zoom.MONTH: 15}


@dataclass(frozen=True)
class Window:
    """From the first of a month, counted in months since the year 0, for as long as its zoom
    shows.
    """

    zoom: Zoom
    start: int

    @property
    def first(self) -> date:
        return _day(self.start)

    @property
    def end(self) -> date:
        """The first day after it."""
        return _day(self.start + LENGTHS[self.zoom])

    @property
    def last_year(self) -> int:
        return (self.start + LENGTHS[self.zoom] - 1) // YEAR

    @property
    def address(self) -> str:
        """Its beginning as an address writes it: 2014, or 2014-05."""
        return f"{self.first:%Y-%m}" if self.zoom is Zoom.MONTH else f"{self.first.year}"

    @property
    def ticks(self) -> list[date]:
        """The first day of each step."""
        months = range(self.start, self.start + LENGTHS[self.zoom], STEPS[self.zoom])
        return [_day(month) for month in months]

    def share(self, day: date) -> float:
        """How far across `day` lies: 0 at the beginning, 1 at the end; outside it less or more."""
        return (day - self.first).days / (self.end - self.first).days

    def holds(self, day: date) -> bool:
        return self.first <= day < self.end

    def moved(self, halves: int) -> Window | None:
        """Return the window so many half lengths later; None where none may begin."""
        start = self.start + halves * LENGTHS[self.zoom] // 2
        return (
            starting(self.zoom, start) if EARLIEST * YEAR <= start < (LATEST + 1) * YEAR else None
        )

    def zoomed(self, zoom: Zoom, about: date) -> Window:
        """Return the window of another zoom about the same time: `about` where that is in view,
        else the middle.
        """
        if zoom is self.zoom:
            return self
        if self.holds(about):
            return unasked(zoom, about)
        return starting(zoom, self.start + LENGTHS[self.zoom] // 2 - LENGTHS[zoom] // 2)

    def step_of(self, day: date) -> date:
        """The first day of the step that `day` lies in."""
        return _day(_months(day) // STEPS[self.zoom] * STEPS[self.zoom])


def starting(zoom: Zoom, months: int) -> Window:
    """Return the window that begins with the step that holds this month, within what may be asked
    for.
    """
    months = min(max(months, EARLIEST * YEAR), (LATEST + 1) * YEAR - 1)
    return Window(zoom, months // STEPS[zoom] * STEPS[zoom])


def beginning(zoom: Zoom, day: date) -> Window:
    return starting(zoom, _months(day))


def unasked(zoom: Zoom, today: date) -> Window:
    """Return the window shown unasked: today in it, with more of what was than of what is to
    come.
    """
    return starting(zoom, _months(today) - BEHIND[zoom])


def lately(today: date) -> Window:
    """Return the window of years that ends with the one after `today`: what was, and a little
    room.
    """
    return starting(Zoom.YEAR, _months(today) + 2 * YEAR - LENGTHS[Zoom.YEAR])


def _months(day: date) -> int:
    return day.year * YEAR + day.month - 1


def _day(months: int) -> date:
    return date(months // YEAR, months % YEAR + 1, 1)
