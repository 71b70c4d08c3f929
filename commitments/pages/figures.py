"""A pledge in numbers: its targets, and the published figures they are held against."""

from dataclasses import dataclass

from commitments.evaluating import evaluate_rows, numbers
from commitments.models import Indicator, Observation, Target

# Most readers want the last years; the whole series is the indicator's own matter.
ROWS_SHOWN = 12
# Ten years of 32 allies in two editions: more is not read for one page.
ROWS_READ = 1000


@dataclass(frozen=True)
class Series:
    """The figures of one indicator, newest first, with the targets that are held against them."""

    indicator: Indicator
    targets: list[Target]
    rows: list[Observation]
    several_parties: bool


def figures_of(pledge, undertakings, *, on, known_on=None) -> dict:
    """Return the targets of `pledge` and the series behind those that are numbers. Two statements at most.

    With `known_on`, the figures as they had been released by that day. `ruled` is what the rules find on
    the day `on`.
    """
    targets = list(pledge.targets.select_related("indicator", "measured_for", "undertaking__party").order_by("pk"))
    measured = numbers(targets)
    everybody = {row.party_id for row in undertakings}
    parties = {target.pk: parties_of(target, everybody) for target in measured}
    rows = observations(measured, set().union(*parties.values()), known_on)
    by_indicator = {}
    for target in measured:
        by_indicator.setdefault(target.indicator, []).append(target)
    return {
        "ruled": evaluate_rows(undertakings, measured, rows, as_of=on, known_on=known_on or on),
        "targets": sorted(targets, key=lambda target: (target.role != "primary", target.pk)),
        "series": [
            series(indicator, held, rows, set().union(*(parties[target.pk] for target in held)))
            for indicator, held in by_indicator.items()
        ],
    }


def parties_of(target, everybody):
    """Return the keys of the parties whose figures decide: the target's own, else all that owe it."""
    if target.measured_for_id:
        return {target.measured_for_id}
    return {target.undertaking.party_id} if target.undertaking else everybody


def observations(targets, parties, known_on):
    """Return the public figures for `targets`, the newest period first, each as newly released as there is."""
    if not targets:
        return []
    rows = Observation.objects.published().filter(
        release__indicator__in={target.indicator_id for target in targets}, party__in=parties
    )
    rows = (
        rows.as_of(known_on)
        .select_related("release", "party")
        .order_by("-period_end", "party__name", "-release__released_on", "kind")
    )
    newest = {}
    for row in rows[:ROWS_READ]:
        newest.setdefault((row.release.indicator_id, row.party_id, row.period_start, row.period_end, row.kind), row)
    return list(newest.values())


def series(indicator, targets, rows, parties):
    """Return a few years of one party, or of several parties the newest figure each."""
    own = [row for row in rows if row.release.indicator_id == indicator.pk and row.party_id in parties]
    several = len({row.party_id for row in own}) > 1
    if not several:
        return Series(indicator, targets, own[:ROWS_SHOWN], several_parties=False)
    latest = {}
    for row in own:
        latest.setdefault(row.party_id, row)
    return Series(indicator, targets, sorted(latest.values(), key=lambda row: row.party.name), several_parties=True)
