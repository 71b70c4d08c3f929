"""The period that a baseline is read for: one that can be read, as long as the indicator's figures.

A figure counts as the baseline only if it is for exactly that period. “2005” is a calendar year,
and no figure for a fiscal year is for that.
"""

from operator import attrgetter

from commitments.dates import read_period, write_out_day
from commitments.judging.periods import abbreviate_period, count_whole_months
from commitments.models import Observation, Target
from commitments.models.indicators import Frequency
from commitments.verdicts.targets import Period

YEAR = 12


def explain_baseline_period(target: Target) -> str | None:
    """Return what is wrong with the baseline's period, and what to write; None if nothing is.

    A typed baseline needs no figure of that period.
    """
    indicator = target.indicator
    words = target.baseline_period
    if indicator is None or not words:
        return None
    # Without the month in which it starts, a fiscal year is a calendar year, as for the rules.
    starts = indicator.fiscal_year_starts or 1
    naming = indicator.fiscal_year_named
    try:
        written = read_period(words, starts, naming)
    except ValueError as unreadable:
        return str(unreadable)
    if target.baseline_value is not None:
        return None
    period = Period(written.first_day, written.last_day)
    return _explain_length(period, indicator)


def _explain_length(period, indicator):
    like = _find_unlike(period, indicator)
    if like is None:
        return None
    days = _write_out(period)
    slug = indicator.slug
    right = _suggest(period, like, indicator)
    return f"That is {days}, and no figure of {slug} is for such a time. Write {right}."


def _find_unlike(period, indicator):
    """Return a period of the indicator's figures if none of them is like `period`, else None."""
    year = _find_year(period)
    periods = _list_periods(indicator, year)
    wanted = _measure(period)
    for other in periods:
        if _measure(other) == wanted:
            return None
    return max(periods, key=attrgetter("end"), default=None)


def _list_periods(indicator, year):
    """Return the periods of the indicator's figures; without any, fiscal `year` if it has those."""
    figures = Observation.objects.filter(release__indicator=indicator)
    # Unordered: a column that sorts would make equal periods distinct.
    figures = figures.order_by()
    pairs = figures.values_list("period_start", "period_end")
    periods = [Period(*pair) for pair in pairs.distinct()]
    has_fiscal_years = indicator.frequency == Frequency.FISCAL_YEAR
    if periods or not has_fiscal_years:
        return periods
    fiscal_year = indicator.find_period(f"FY{year}")
    return [fiscal_year]


def _find_year(period):
    """Return the calendar year in the middle of a period."""
    length = period.end - period.start
    middle = period.start + length / 2
    return middle.year


def _measure(period):
    """Return what periods that are alike have in common: the months, and of years the first."""
    months = count_whole_months(period.start, period.end)
    if months is None:
        days = period.end - period.start
        return days.days, None
    if months < YEAR:
        return months, None
    return months, period.start.month


def _suggest(period, like, indicator):
    """Return what to write: the year meant, named like the figures, or one of their periods."""
    example = abbreviate_period(like.start, like.end, indicator)
    months, _first = _measure(period)
    months_alike, _first = _measure(like)
    if not months == months_alike == YEAR:
        return f"it like theirs: {example}"
    year = _find_year(period)
    if not example.startswith("FY"):
        return str(year)
    name = f"FY{year}"
    fiscal_year = indicator.find_period(name)
    days = _write_out(fiscal_year)
    return f"{name} for {days}"


def _write_out(period):
    first = write_out_day(period.start)
    last = write_out_day(period.end)
    return f"{first} to {last}"
