"""A pledge in numbers: its targets, the published figures behind them, and what the rules find."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When

from commitments.judging.evaluating import Evaluated, evaluate_rows, read_numbers
from commitments.judging.events import load_events
from commitments.models import Indicator, Observation, Target, TargetRole

# Ten years of 32 allies in two editions: more is not read for one page.
ROWS_READ = 1000


@dataclass(frozen=True)
class MeasuredSeries:
    """The figures of one indicator, newest first, and the targets that they decide."""

    indicator: Indicator
    targets: list[Target]
    rows: list[Observation]


@dataclass(frozen=True)
class PledgeFigures:
    """The numbers of one pledge.

    `evaluated` is what the rules find for each party that has a target in numbers.
    """

    targets: list[Target]
    series: list[MeasuredSeries]
    evaluated: list[Evaluated]


def load_pledge_figures(pledge, undertakings, *, on, known_on=None) -> PledgeFigures:
    """Read the targets of `pledge` and their figures, and run the rules as of the day `on`.

    With `known_on`, only figures released by that day count. Two statements at most, and a third
    for milestones.
    """
    targets = load_targets(pledge)
    measured = read_numbers(targets)
    # No rule reads the figures of the exempt.
    owing = {row.party_id for row in undertakings if not row.is_exempt}
    parties = find_measured_parties(measured, owing)
    rows = load_newest_observations(measured, parties, known_on)
    events = load_events(targets, known_on=known_on)
    evaluated = evaluate_rows(
        undertakings, targets, rows, events=events, as_of=on, known_on=known_on or on
    )
    return PledgeFigures(
        targets=targets,
        series=group_by_indicator(measured, rows, owing),
        evaluated=evaluated,
    )


def load_targets(pledge) -> list[Target]:
    """Return the public targets of `pledge`, the primary ones first."""
    rows = pledge.targets.published().select_related(
        "indicator", "measured_for", "undertaking__party", "baseline_source"
    )
    targets = list(rows.order_by("pk"))
    targets.sort(key=lambda target: target.role != TargetRole.PRIMARY)
    return targets


def find_measured_parties(targets, owing) -> set[int]:
    """Return the keys of the parties whose figures `targets` read; `owing` has those that owe."""
    parties = set()
    for target in targets:
        parties |= target.measured_parties(owing)
    return parties


def load_newest_observations(targets, parties, known_on) -> list[Observation]:
    """Return the public figures for `targets`, the newest period first.

    Of each figure only the newest release. Those that a baseline is read from are never too many to
    be among them.
    """
    if not targets:
        return []
    rows = Observation.objects.published().as_of(known_on)
    rows = rows.filter(
        release__indicator__in={target.indicator_id for target in targets},
        party__in=parties,
    )
    rows = rows.select_related("release", "party")
    rows = rows.annotate(place=_put_baselines_first(targets))
    rows = rows.order_by("place", "-period_end", "party__name", "-release__released_on", "kind")
    rows = sorted(rows[:ROWS_READ], key=_newest_period_first)
    newest = {}
    for row in rows:
        figure = (
            row.release.indicator_id,
            row.party_id,
            row.period_start,
            row.period_end,
            row.kind,
        )
        newest.setdefault(figure, row)
    return list(newest.values())


def _put_baselines_first(targets):
    """Return what sorts the figures for the baseline of one of `targets` before all others."""
    baselines = Q(pk__in=[])
    for target in targets:
        if target.reads_baseline:
            days = target.baseline_days
            baselines |= Q(
                release__indicator=target.indicator_id,
                period_start=days.start,
                period_end=days.end,
            )
    return Case(When(baselines, then=Value(0)), default=Value(1), output_field=IntegerField())


def _newest_period_first(row):
    return -row.period_end.toordinal()


def group_by_indicator(targets, rows, owing) -> list[MeasuredSeries]:
    """Return a series for each indicator that `targets` name, in their order."""
    by_indicator = defaultdict(list)
    for target in targets:
        by_indicator[target.indicator].append(target)
    series = []
    for indicator, own_targets in by_indicator.items():
        parties = find_measured_parties(own_targets, owing)
        own_rows = []
        for row in rows:
            if row.release.indicator_id == indicator.pk and row.party_id in parties:
                own_rows.append(row)
        series.append(MeasuredSeries(indicator, own_targets, own_rows))
    return series
