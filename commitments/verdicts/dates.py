"""Dates as vague as their source: "April 2026", "FY2027", "ongoing". Never guessed, never
sharpened.
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
        """The year a fiscal year is named after: the one most of its months lie in, at a tie the
        one it ends in.

        So Japan's FY2027 (from April) ends in March 2028, and the United States' (from October) in
        September 2027.
        """
        if self.last_day is None or self.fiscal_start is None:
            return None
        mostly_the_year_before = 1 < self.fiscal_start < 7
        return self.last_day.year - 1 if mostly_the_year_before else self.last_day.year


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

    A fiscal year is named after the year most of its months lie in: Japan's FY2022 ends in March
    2023.
    """
    named = re.fullmatch(r"(FY)?((?:19|20|21)[0-9]{2})", period)
    if not named:
        return None
    year, month = int(named[2]), ((fiscal_year_starts or 1) - 2) % 12 + 1 if named[1] else 12
    if named[1] and fiscal_year_starts and 1 < fiscal_year_starts < 7:
        year += 1
    return date(year, month, monthrange(year, month)[1])


def span(period: str, fiscal_year_starts: int | None = None) -> tuple[date, date] | None:
    """Return the first and last day of “2024”, “FY2025” or “2024-Q3”; None for anything else."""
    if quarter := re.fullmatch(r"((?:19|20|21)[0-9]{2})-Q([1-4])", period):
        year, month = int(quarter[1]), 3 * int(quarter[2])
        return date(year, month - 2, 1), date(year, month, monthrange(year, month)[1])
    end = last_day(period, fiscal_year_starts)
    if end is None:
        return None
    after = end + timedelta(days=1)
    return after.replace(year=after.year - 1), end
