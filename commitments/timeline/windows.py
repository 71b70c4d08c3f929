"""The stretch of time that a timeline shows, and the windows before, after and around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

YEAR, DECADE = 12, 120
# The years in which a window may begin. It may end later.
EARLIEST, LATEST = 1900, 2199
EARLIEST_MONTH = EARLIEST * YEAR
LATEST_MONTH = LATEST * YEAR + YEAR - 1


class Zoom(StrEnum):
    """What one step of the scale is."""

    DECADE = "decade"
    YEAR = "year"
    MONTH = "month"


# In months: the length of a step, the length of a window, and how much of a window that a reader
# did not choose lies before today.
STEPS = {Zoom.DECADE: DECADE, Zoom.YEAR: YEAR, Zoom.MONTH: 1}
LENGTHS = {Zoom.DECADE: 8 * DECADE, Zoom.YEAR: 20 * YEAR, Zoom.MONTH: 24}
BEHIND = {Zoom.DECADE: 5 * DECADE, Zoom.YEAR: 12 * YEAR, Zoom.MONTH: 15}


@dataclass(frozen=True)
class Window:
    """A stretch of whole months.

    `start` is its first month, counted since the year 0; its length follows from `zoom`.
    """

    zoom: Zoom
    start: int

    @property
    def months(self) -> range:
        """The months it shows, counted since the year 0."""
        length = LENGTHS[self.zoom]
        return range(self.start, self.start + length)

    @property
    def first(self) -> date:
        return _first_day(self.start)

    @property
    def end(self) -> date:
        """The first day after it."""
        return _first_day(self.months.stop)

    @property
    def last_year(self) -> int:
        last_month = self.months[-1]
        return last_month // YEAR

    @property
    def address(self) -> str:
        """Its beginning as an address writes it: 2014, or 2014-05."""
        if self.zoom is Zoom.MONTH:
            return f"{self.first:%Y-%m}"
        return f"{self.first.year}"

    @property
    def ticks(self) -> list[date]:
        """The first day of each step."""
        step = STEPS[self.zoom]
        return [_first_day(month) for month in self.months[::step]]

    def share(self, day: date) -> float:
        """How far across `day` lies: 0 at the beginning, 1 at the end; outside it less or more."""
        passed = day - self.first
        whole = self.end - self.first
        return passed.days / whole.days

    def holds(self, day: date) -> bool:
        return self.first <= day < self.end

    def move(self, halves: int) -> Window | None:
        """Return the window so many half lengths later; None where none may begin."""
        length = LENGTHS[self.zoom]
        start = self.start + halves * length // 2
        if EARLIEST_MONTH <= start <= LATEST_MONTH:
            return start_window(self.zoom, start)
        return None

    def zoom_to(self, zoom: Zoom, about: date) -> Window:
        """Return the window of another zoom about the same time.

        It is about `about` if this window shows that day, and about this window's middle otherwise.
        """
        if zoom is self.zoom:
            return self
        if self.holds(about):
            return choose_window(zoom, about)
        middle = self.start + LENGTHS[self.zoom] // 2
        half = LENGTHS[zoom] // 2
        return start_window(zoom, middle - half)

    def step_of(self, day: date) -> date:
        """The first day of the step that `day` lies in."""
        month = _count_months(day)
        first_month = _first_month_of_step(month, self.zoom)
        return _first_day(first_month)


def start_window(zoom: Zoom, month: int) -> Window:
    """Return the window whose first step holds `month`, counted since the year 0.

    A month outside the years in which a window may begin counts as the nearest inside.
    """
    not_too_early = max(month, EARLIEST_MONTH)
    allowed = min(not_too_early, LATEST_MONTH)
    start = _first_month_of_step(allowed, zoom)
    return Window(zoom, start)


def choose_window(zoom: Zoom, today: date) -> Window:
    """Return the window for a reader who chose none: it holds today, and more past than future."""
    this_month = _count_months(today)
    start = this_month - BEHIND[zoom]
    return start_window(zoom, start)


def choose_recent_window(today: date) -> Window:
    """Return the window of years that ends with next year: the past, and a little room."""
    length = LENGTHS[Zoom.YEAR]
    end = _count_months(today) + 2 * YEAR
    return start_window(Zoom.YEAR, end - length)


def _count_months(day: date) -> int:
    """Return the month of `day`, counted since the year 0."""
    months_of_years = day.year * YEAR
    return months_of_years + day.month - 1


def _first_month_of_step(month: int, zoom: Zoom) -> int:
    step = STEPS[zoom]
    return month // step * step


def _first_day(month: int) -> date:
    year, month_of_year = divmod(month, YEAR)
    return date(year, month_of_year + 1, 1)
