"""A pledge in numbers: its targets, the published figures they are held against, and what the rules
find.
"""

from dataclasses import dataclass

from commitments.charting.frames import Frame
from commitments.charting.grouping import STRIP_FROM, strip_of
from commitments.charting.intervals import Interval, rounding
from commitments.charting.ladders import ladder
from commitments.charting.series import Chart, Goal, draw_chart
from commitments.judging.evaluating import definitions_for, evaluate_rows, read_numbers, rule_target
from commitments.models import Indicator, Observation, Target, Undertaking
from commitments.verdicts.comparing import Compared
from commitments.verdicts.version import RULES_VERSION

# Most readers want the last years; the whole series is the indicator's own matter.
ROWS_SHOWN = 12
# More marks than this are a band of ink; the file with the inputs has all.
MARKS_DRAWN = 120
# Ten years of 32 allies in two editions: more is not read for one page.
ROWS_READ = 1000
# Narrow enough for a telephone of 320 pixels with the page's margins.
CHART = Frame(room=284, height=220)


@dataclass(frozen=True)
class IndicatorSeries:
    """The figures of one indicator, newest first, with the targets that are held against them.

    `rows` are for the table, `every` are all. One party's figures are drawn as a chart.
    """

    indicator: Indicator
    targets: list[Target]
    rows: list[Observation]
    every: list[Observation]
    several_parties: bool
    chart: Chart | None

    @property
    def releases(self):
        """The releases its figures are known from, each once, the newest first."""
        known = {row.release_id: row.release for row in self.every}
        return sorted(
            known.values(), key=lambda release: (release.released_on, release.slug), reverse=True
        )


@dataclass(frozen=True)
class DefinitionFinding:
    """What one definition finds for one party, and how sure the printed figure lets it be."""

    target: Target
    compared: Compared
    rounding: Interval | None


@dataclass(frozen=True)
class Judged:
    """One party's part, by each definition, the primary one first."""

    undertaking: Undertaking
    definitions: list[DefinitionFinding]

    @property
    def finding(self):
        return self.definitions[0].compared.finding


def load_pledge_figures(pledge, undertakings, *, on, known_on=None) -> dict:
    """Return the targets of `pledge` and the series behind those that are numbers. Two statements
    at most.

    With `known_on`, the figures as they had been released by that day. `ruled` is what the rules
    find on the day `on`; `strip` shows it where many parties are judged. `drawn` is the first
    series with a chart.
    """
    targets = list(
        pledge.targets.select_related("indicator", "measured_for", "undertaking__party").order_by(
            "pk"
        )
    )
    targets.sort(key=lambda target: (target.role != "primary", target.pk))
    measured = read_numbers(targets)
    # The exempt are counted apart: no rule reads their figures.
    everybody = {row.party_id for row in undertakings if not row.is_exempt}
    parties = {target.pk: parties_of(target, everybody) for target in measured}
    rows = load_observations(measured, set().union(*parties.values()), known_on)
    by_indicator = {}
    for target in measured:
        by_indicator.setdefault(target.indicator, []).append(target)
    found = [
        build_series(indicator, held, rows, set().union(*(parties[target.pk] for target in held)))
        for indicator, held in by_indicator.items()
    ]
    evaluated = evaluate_rows(undertakings, targets, rows, as_of=on, known_on=known_on or on)
    ruled = [pair_with_targets(one, measured) for one in evaluated]
    strip = strip_of(ruled) if len(ruled) >= STRIP_FROM else None
    drawn = next((one for one in found if one.chart), None)
    return {
        "targets": targets,
        "series": found,
        "ruled": ruled,
        "strip": strip,
        "drawn": drawn,
        "has_chart": bool(drawn or (strip and strip.drawing)),
        "ladder": ladder(found),
        "rules_version": RULES_VERSION,
    }


def pair_with_targets(evaluated, targets) -> Judged:
    """Return what `evaluated` found beside the targets it was found by."""
    own = definitions_for(evaluated.undertaking, targets)
    return Judged(
        evaluated.undertaking,
        [
            DefinitionFinding(
                target,
                compared,
                rounding(rule_target(target, evaluated.undertaking), compared.finding),
            )
            for target, compared in zip(own, evaluated.compared, strict=True)
        ],
    )


def parties_of(target, everybody):
    """Return the keys of the parties whose figures decide: the target's own, else all that owe
    it.
    """
    if target.measured_for_id:
        return {target.measured_for_id}
    return {target.undertaking.party_id} if target.undertaking else everybody


def load_observations(targets, parties, known_on):
    """Return the public figures for `targets`, the newest period first, each as newly released as
    there is.
    """
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
        newest.setdefault(
            (row.release.indicator_id, row.party_id, row.period_start, row.period_end, row.kind),
            row,
        )
    return list(newest.values())


def build_series(indicator, targets, rows, parties):
    """Return a few years of one party, drawn and told, or of several parties the newest figure
    each.
    """
    own = [
        row for row in rows if row.release.indicator_id == indicator.pk and row.party_id in parties
    ]
    several = len({row.party_id for row in own}) > 1
    if not several:
        return IndicatorSeries(
            indicator, targets, own[:ROWS_SHOWN], own, False, drawn(own, targets, CHART)
        )
    latest = {}
    for row in own:
        latest.setdefault(row.party_id, row)
    shown = sorted(latest.values(), key=lambda row: row.party.name)
    return IndicatorSeries(indicator, targets, shown, own, several_parties=True, chart=None)


def drawn(rows, targets, frame, *, steps=4, holding=()) -> Chart | None:
    """Draw one party's figures, the newest that are not too many; the scale has room for `holding`
    as well.
    """
    held = [
        target
        for target in targets
        if rows and rows[0].party_id in parties_of(target, {rows[0].party_id})
    ]
    goals = [Goal(target.role, rule_target(target, target.undertaking)) for target in held]
    return draw_chart(rows[:MARKS_DRAWN], goals, frame, steps=steps, holding=holding)
