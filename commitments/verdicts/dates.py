"""Dates that are as vague as their source: "April 2026", "FY2027", "ongoing". Nothing is guessed
or made more exact.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
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
    """The last day it may mean, how exactly it is known, and for a fiscal year its first month.

    `first_day` is set for a period only. `last_day` is None exactly for the undated precisions.
    """

    last_day: date | None
    precision: Precision
    fiscal_start: int | None = None
    first_day: date | None = None

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
        if _is_named_after_its_start(self.fiscal_start):
            year -= 1
        return year


def _is_named_after_its_start(first_month: int) -> bool:
    """Whether a fiscal year has its name from the year it starts in, not from the one it ends in.

    It is named after the year most of its months lie in, at a tie after the one it ends in. So
    Japan's FY2027 (from April) ends in March 2028, and the United States' (from October) in
    September 2027.
    """
    return 1 < first_month < 7


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


def last_day(period: str, fiscal_year_starts: int | None = None) -> date | None:
    """Return the last day of “2020” or “FY2022”; None for what names no year.

    `fiscal_year_starts` is a month; without one a fiscal year is a calendar year.
    """
    match = YEAR_NAME.fullmatch(period)
    if not match:
        return None
    year = int(match["year"])
    first_month = 1
    if match["fiscal"]:
        first_month = fiscal_year_starts or 1
    if _is_named_after_its_start(first_month):
        year += 1
    last_month = (first_month - 2) % 12 + 1
    return _end_month(year, last_month)


def _end_month(year: int, month: int) -> date:
    _weekday, days = monthrange(year, month)
    return date(year, month, days)


def span(period: str, fiscal_year_starts: int | None = None) -> tuple[date, date] | None:
    """Return the first and last day of “2024”, “FY2025” or “2024-Q3”; None for anything else."""
    if match := QUARTER_NAME.fullmatch(period):
        year = int(match["year"])
        last_month = 3 * int(match["number"])
        first_day = date(year, last_month - 2, 1)
        last = _end_month(year, last_month)
        return first_day, last
    end = last_day(period, fiscal_year_starts)
    if end is None:
        return None
    next_start = end + timedelta(days=1)
    start = next_start.replace(year=next_start.year - 1)
    return start, end
