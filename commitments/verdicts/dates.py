"""Dates as vague as their source: "April 2026", "FY2027", "ongoing". Never guessed, never sharpened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
        """Whether the last day lies before `on`: the last day itself still counts."""
        return self.last_day is not None and self.last_day < on

    @property
    def fiscal_year(self) -> int | None:
        """The year a fiscal year is named after: the one most of its months lie in, at a tie the one it ends in.

        So Japan's FY2027 (from April) ends in March 2028, and the United States' (from October) in September 2027.
        """
        if self.last_day is None or self.fiscal_start is None:
            return None
        mostly_the_year_before = 1 < self.fiscal_start < 7
        return self.last_day.year - 1 if mostly_the_year_before else self.last_day.year
