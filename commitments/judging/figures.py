"""A pledge in numbers: its targets, the published figures they are held against, and what the rules
find.
"""

from collections import defaultdict
from dataclasses import dataclass

from commitments.judging.evaluating import Evaluated, evaluate_rows, read_numbers
from commitments.models import Indicator, Observation, Target, TargetRole

# Ten years of 32 allies in two editions: more is not read for one page.
ROWS_READ = 1000


@dataclass(frozen=True)
class MeasuredSeries:
    """The figures of one indicator, newest first, and the targets that are held against them."""

    indicator: Indicator
    targets: list[Target]
    rows: list[Observation]


@dataclass(frozen=True)
class PledgeFigures:
    """`evaluated` is what the rules find for each party that has a target in numbers."""

    targets: list[Target]
    series: list[MeasuredSeries]
    evaluated: list[Evaluated]


def load_pledge_figures(pledge, undertakings, *, on, known_on=None) -> PledgeFigures:
    """Read the targets of `pledge` and the figures behind them, and run the rules as of the day
    `on`. Two statements at most.

    With `known_on`, the figures are those released by that day.
    """
    targets = load_targets(pledge)
    measured = read_numbers(targets)
    # The exempt are counted apart: no rule reads their figures.
    owing = {row.party_id for row in undertakings if not row.is_exempt}
    rows = load_newest_observations(measured, parties_measured_by(measured, owing), known_on)
    return PledgeFigures(
        targets=targets,
        series=group_by_indicator(measured, rows, owing),
        evaluated=evaluate_rows(undertakings, targets, rows, as_of=on, known_on=known_on or on),
    )


def load_targets(pledge) -> list[Target]:
    """Return the targets of `pledge`, the primary ones first."""
    rows = pledge.targets.select_related("indicator", "measured_for", "undertaking__party")
    targets = list(rows.order_by("pk"))
    targets.sort(key=lambda target: target.role != TargetRole.PRIMARY)
    return targets


def parties_measured_by(targets, owing) -> set[int]:
    """Return the keys of the parties whose figures one of `targets` reads."""
    parties = set()
    for target in targets:
        parties |= target.measured_parties(owing)
    return parties


def load_newest_observations(targets, parties, known_on) -> list[Observation]:
    """Return the public figures for `targets`, the newest period first, each as newly released as
    there is.
    """
    if not targets:
        return []
    rows = Observation.objects.published().as_of(known_on)
    rows = rows.filter(
        release__indicator__in={target.indicator_id for target in targets},
        party__in=parties,
    )
    rows = rows.select_related("release", "party")
    rows = rows.order_by("-period_end", "party__name", "-release__released_on", "kind")
    newest = {}
    for row in rows[:ROWS_READ]:
        figure = (
            row.release.indicator_id,
            row.party_id,
            row.period_start,
            row.period_end,
            row.kind,
        )
        newest.setdefault(figure, row)
    return list(newest.values())


def group_by_indicator(targets, rows, owing) -> list[MeasuredSeries]:
    """Return a series for each indicator that `targets` name, in their order."""
    by_indicator = defaultdict(list)
    for target in targets:
        by_indicator[target.indicator].append(target)
    series = []
    for indicator, held in by_indicator.items():
        parties = parties_measured_by(held, owing)
        own = []
        for row in rows:
            if row.release.indicator_id == indicator.pk and row.party_id in parties:
                own.append(row)
        series.append(MeasuredSeries(indicator, held, own))
    return series
