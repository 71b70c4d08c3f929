"""The figures a rule reads, as rows, so that a reader can repeat it by hand or with a program."""

from commitments.judging.periods import abbreviate_period
from commitments.pages.sheets import quote_formula

# {heading: function of the indicator and a figure that reads the cell}. The value is as printed;
# it needs no quoting, because a number is no formula, whatever sign it begins with.
COLUMNS = {
    "indicator": lambda indicator, figure: indicator.slug,
    "party": lambda indicator, figure: figure.party.slug,
    "period": lambda indicator, figure: abbreviate_period(
        figure.period_start, figure.period_end, indicator
    ),
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
