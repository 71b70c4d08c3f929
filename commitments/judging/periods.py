"""Periods in one word, as addresses, files and answers for programs write them."""

from datetime import date, timedelta

from commitments.models import Indicator
from commitments.verdicts.dates import ImpreciseDate, Precision

DAY = timedelta(days=1)
FIRST_OF_QUARTER = (1, 4, 7, 10)


def abbreviate_period(first: date, last: date, indicator: Indicator | None) -> str:
    """Return the period in one word: 2024, FY2025, 2024-Q3, a day, or its first and last day."""
    if first == last:
        return first.isoformat()
    year = first.year
    month = first.month
    months = count_whole_months(first, last)
    if months == 12:
        if month == 1:
            return str(year)
        if indicator and month == indicator.fiscal_year_starts:
            naming = indicator.fiscal_year_named
            end = ImpreciseDate(last, Precision.FISCAL_YEAR, month, fiscal_named=naming)
            return f"FY{end.fiscal_year}"
    if months == 3 and month in FIRST_OF_QUARTER:
        quarter = FIRST_OF_QUARTER.index(month) + 1
        return f"{year}-Q{quarter}"
    # Any other period has no name.
    return f"{first}/{last}"


def count_whole_months(first: date, last: date) -> int | None:
    """Return how many months a period has; None if it begins or ends within a month."""
    next_day = last + DAY
    if first.day != 1:
        return None
    if next_day.day != 1:
        return None
    months = next_day.month - first.month
    years = next_day.year - first.year
    return months + 12 * years
