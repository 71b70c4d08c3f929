"""The figures a rule reads, as rows, so that a reader can repeat it by hand or with a program."""

from datetime import timedelta

from commitments.pages.sheets import quote_formula
from commitments.verdicts.dates import ImpreciseDate, Precision

DAY = timedelta(days=1)
FIRST_OF_QUARTER = (1, 4, 7, 10)
# {heading: function of the indicator and a figure that reads the cell}. The value is as printed;
# it needs no quoting, because a number is no formula, whatever sign it begins with.
COLUMNS = {
    "indicator": lambda indicator, figure: indicator.slug,
    "party": lambda indicator, figure: figure.party.slug,
    "period": lambda indicator, figure: name_period(figure, indicator),
    "period_start": lambda indicator, figure: figure.period_start,
    "period_end": lambda indicator, figure: figure.period_end,
    "value": lambda indicator, figure: f"{figure.value:.{figure.decimals}f}",
    "decimals": lambda indicator, figure: figure.decimals,
    "kind": lambda indicator, figure: figure.kind,
    "note": lambda indicator, figure: quote_formula(figure.note),
    "release": lambda indicator, figure: figure.release.slug,
    "released_on": lambda indicator, figure: figure.release.released_on,
    "address": lambda indicator, figure: quote_formula(figure.release.url),
}


def make_cells(series):
    """Yield the cells of each figure of `series`, the newest period first."""
    indicator = series.indicator
    functions = COLUMNS.values()
    for figure in series.every:
        yield [read(indicator, figure) for read in functions]


def name_period(figure, indicator):
    """Return the period in one word: 2024, FY2025, 2024-Q3, a day, or its first and last day."""
    first = figure.period_start
    last = figure.period_end
    if first == last:
        return first.isoformat()
    year = first.year
    month = first.month
    months = count_whole_months(first, last)
    if months == 12:
        if month == 1:
            return str(year)
        if month == indicator.fiscal_year_starts:
            end = ImpreciseDate(
                last,
                Precision.FISCAL_YEAR,
                month,
                fiscal_named=indicator.fiscal_year_named,
            )
            return f"FY{end.fiscal_year}"
    if months == 3 and month in FIRST_OF_QUARTER:
        quarter = FIRST_OF_QUARTER.index(month) + 1
        return f"{year}-Q{quarter}"
    # Any other period has no name.
    return f"{first}/{last}"


def count_whole_months(first, last):
    """Return how many months a period has; None if it begins or ends within a month."""
    next_day = last + DAY
    if first.day != 1:
        return None
    if next_day.day != 1:
        return None
    months = next_day.month - first.month
    years = next_day.year - first.year
    return months + 12 * years
