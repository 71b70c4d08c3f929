"""The figures a rule reads, as rows: what a reader needs to repeat it with a pencil, or with a
program.
"""

from datetime import timedelta

from commitments.verdicts.dates import ImpreciseDate, Precision

DAY = timedelta(days=1)
COLUMNS = (
    "indicator",
    "party",
    "period",
    "period_start",
    "period_end",
    "value",
    "decimals",
    "kind",
    "note",
    "release",
    "released_on",
    "address",
)
# What a spreadsheet would take for a formula.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def make_cells(series):
    """Yield a row for each figure of `series`, the newest period first."""
    for row in series.every:
        release = row.release
        yield (
            *(
                series.indicator.slug,
                row.party.slug,
                name_period(row, series.indicator),
                row.period_start,
                row.period_end,
            ),
            # As printed. A number is no formula, whatever sign it begins with.
            *(f"{row.value:.{row.decimals}f}", row.decimals, row.kind, _plain(row.note)),
            *(release.slug, release.released_on, _plain(release.url)),
        )


def name_period(row, indicator):
    """Return the period in one word: 2024, FY2025, 2024-Q3, a day, or the first and the last day
    with a slash.
    """
    first, last = row.period_start, row.period_end
    if first == last:
        return first.isoformat()
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    # The day after is a first of the month where the last day is the last of one.
    whole = first.day == 1 and (last + DAY).day == 1
    if whole and months == 12:
        return _year(first, last, indicator.fiscal_year_starts)
    if whole and months == 3 and first.month % 3 == 1:
        return f"{first.year}-Q{(first.month + 2) // 3}"
    return f"{first}/{last}"


def _year(first, last, fiscal_year_starts):
    if first.month == 1:
        return str(first.year)
    if first.month != fiscal_year_starts:
        return f"{first}/{last}"
    return f"FY{ImpreciseDate(last, Precision.FISCAL_YEAR, first.month).fiscal_year}"


def _plain(text):
    return f"'{text}" if text.startswith(FORMULAS) else text
