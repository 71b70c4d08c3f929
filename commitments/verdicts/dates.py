"""Dates that are as vague as their source: "April 2026", "FY2027", "ongoing". Nothing is guessed
or made more exact.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum


class Precision(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FISCAL_YEAR = "fiscal_year"
    PERIOD = "period"
    NONE = "none"
    ONGOING = "ongoing"
    RECURRING = "recurring"


class FiscalNaming(StrEnum):
    """Which year a fiscal year is named after."""

    USUAL = ""
    START = "start"
    END = "end"


class DayHeld(StrEnum):
    """Which of the possible days a column holds: of a beginning the first, of an end the last."""

    FIRST = "first"
    LAST = "last"


# A pledge with one of these has no last day, so it is never overdue.
UNDATED = frozenset({Precision.NONE, Precision.ONGOING, Precision.RECURRING})

YEAR_NAME = re.compile(r"(?P<fiscal>FY)?(?P<year>(?:19|20|21)[0-9]{2})")
QUARTER_NAME = re.compile(r"(?P<year>(?:19|20|21)[0-9]{2})-Q(?P<number>[1-4])")


def has_passed(last_day: date | None, *, on: date) -> bool:
    """Whether `last_day` lies before `on`: the last day itself still counts, and no day never
    passes.
    """
    return last_day is not None and last_day < on


@dataclass(frozen=True)
class ImpreciseDate:
    """The first and the last day it may mean, how exactly it is known, and for a fiscal year its
    first month and which year names it.

    `last_day` is None exactly for the undated precisions. `first_day` follows from the last one;
    only a period has to say it.
    """

    last_day: date | None
    precision: Precision
    fiscal_start: int | None = None
    first_day: date | None = None
    fiscal_named: str = FiscalNaming.USUAL

    def __post_init__(self) -> None:
        # A period without its first day stands in a form that is about to be refused for it.
        if self.first_day or self.last_day is None:
            return
        first, _last = find_bounds(self.last_day, self.precision, self.fiscal_start)
        object.__setattr__(self, "first_day", first)

    @classmethod
    def from_first_day(
        cls,
        day: date | None,
        precision: Precision,
        *,
        fiscal_start: int | None = None,
        fiscal_named: str = FiscalNaming.USUAL,
    ) -> ImpreciseDate:
        """Return the date of a column that holds the first possible day: of a beginning."""
        if day is None:
            return cls(None, precision, fiscal_named=fiscal_named)
        _first, last = find_bounds(day, precision, fiscal_start)
        return cls(last, precision, fiscal_start, day, fiscal_named)

    def passed(self, *, on: date) -> bool:
        """Whether the last day lies before `on`."""
        return has_passed(self.last_day, on=on)

    @property
    def fiscal_year(self) -> int | None:
        """The year that a fiscal year is named after, such as 2027 for one that ends in March 2028
        in Japan.
        """
        if self.last_day is None or self.fiscal_start is None:
            return None
        year = self.last_day.year
        if is_named_after_its_start(self.fiscal_start, self.fiscal_named):
            year -= 1
        return year


def is_named_after_its_start(first_month: int, fiscal_named: str = FiscalNaming.USUAL) -> bool:
    """Whether a fiscal year has its name from the year before the one it ends in.

    Where nothing says how, it is named after the year most of its months lie in, at a tie after
    the one it ends in. So Japan's FY2027 (from April) ends in March 2028, and the United States'
    (from October) in September 2027. One from January lies in one year.
    """
    if first_month == 1:
        return False
    if fiscal_named == FiscalNaming.USUAL:
        return first_month < 7
    return fiscal_named == FiscalNaming.START


def find_bounds(
    day: date, precision: Precision, fiscal_start: int | None = None
) -> tuple[date, date]:
    """Return the first and last day of the week, month, quarter, year or fiscal year around `day`.

    A week is that of ISO 8601, Monday to Sunday. Without its first month a fiscal year is a
    calendar year. Any other precision says nothing of the days around it.
    """
    match precision:
        case Precision.WEEK:
            return _find_week(day)
        case Precision.MONTH:
            return find_months(day.year, day.month, 1)
        case Precision.QUARTER:
            month = day.month - (day.month - 1) % 3
            return find_months(day.year, month, 3)
        case Precision.YEAR:
            return find_months(day.year, 1, 12)
        case Precision.FISCAL_YEAR:
            start = fiscal_start or 1
            year = day.year
            if day.month < start:
                year -= 1
            return find_months(year, start, 12)
        case _:
            return day, day


def find_months(year: int, first_month: int, count: int) -> tuple[date, date]:
    """Return the first and last day of `count` months; at the ends of the calendar, as many of
    them as it has.
    """
    first = date.min
    if year >= MINYEAR:
        first = date(year, first_month, 1)
    years, months = divmod(first_month + count - 2, 12)
    return first, _end_month(year + years, months + 1)


def _find_week(day: date) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday())
    # The last week of the calendar has no Sunday.
    days_left = min(6, (date.max - monday).days)
    return monday, monday + timedelta(days=days_left)


def find_right_day(
    day: date, precision: Precision, *, held: DayHeld, fiscal_start: int | None = None
) -> date | None:
    """Return the day to write instead of one that contradicts its precision; None if it agrees.

    A month whose last day is held is written as 2026-04-30; 2026-04-15 contradicts it.
    """
    first, last = find_bounds(day, precision, fiscal_start)
    right = last
    if held == DayHeld.FIRST:
        right = first
    if right == day:
        return None
    return right


def parse_day(text: str) -> date | None:
    """Return the day written as 2026-03-31; None for anything else, a day that never was included.

    Other spellings mean different days to different readers, and ISO 8601 has some that people take
    for a number (20260331) or for nothing at all (2026-W14-2).
    """
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def find_fiscal_year(
    year: int, first_month: int, fiscal_named: str = FiscalNaming.USUAL
) -> tuple[date, date]:
    """Return the first and last day of the fiscal year that is named after `year`."""
    begins = year
    if first_month > 1 and not is_named_after_its_start(first_month, fiscal_named):
        begins -= 1
    return find_months(begins, first_month, 12)


def last_day(
    period: str, fiscal_year_starts: int | None = None, fiscal_named: str = FiscalNaming.USUAL
) -> date | None:
    """Return the last day of “2020” or “FY2022”; None for what names no year.

    `fiscal_year_starts` is a month; without one a fiscal year is a calendar year.
    """
    days = _find_year(period, fiscal_year_starts, fiscal_named)
    if days is None:
        return None
    _first, last = days
    return last


def _find_year(
    period: str, fiscal_year_starts: int | None, fiscal_named: str
) -> tuple[date, date] | None:
    match = YEAR_NAME.fullmatch(period)
    if not match:
        return None
    first_month = 1
    if match["fiscal"]:
        first_month = fiscal_year_starts or 1
    return find_fiscal_year(int(match["year"]), first_month, fiscal_named)


def _end_month(year: int, month: int) -> date:
    if year > MAXYEAR:
        return date.max
    _weekday, days = monthrange(year, month)
    return date(year, month, days)


def span(
    period: str, fiscal_year_starts: int | None = None, fiscal_named: str = FiscalNaming.USUAL
) -> tuple[date, date] | None:
    """Return the first and last day of “2024”, “FY2025” or “2024-Q3”; None for anything else.

    These are the forms of addresses; `verdicts.spellings` reads those of people and of files.
    """
    if match := QUARTER_NAME.fullmatch(period):
        first_month = 3 * int(match["number"]) - 2
        return find_months(int(match["year"]), first_month, 3)
    return _find_year(period, fiscal_year_starts, fiscal_named)
