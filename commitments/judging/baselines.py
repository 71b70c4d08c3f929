"""Baselines that are read from the series: each party's own figure of a named period."""

from datetime import date

from commitments.models import Target
from commitments.verdicts.targets import Figure, choose_figures


def find_baseline(
    target: Target, series: list[Figure], *, known_on: date, release: str = ""
) -> Figure | None:
    """Return the figure of `series` that `target` starts from, as it was known.

    It is the newest one for exactly the baseline's period, of a kind that the target accepts. Of
    `release`, a slug, if that has one. None where the baseline was typed with its source, or where
    there is no such figure.
    """
    if not target.reads_baseline:
        return None
    days = target.baseline_days
    accepts = frozenset(target.accepts)
    own = [row for row in series if row.period == days]
    of_release = [row for row in own if row.release == release]
    for rows in (of_release, own):
        figures = choose_figures(rows, accepts, known_on)
        if figures:
            return figures[0]
    return None
