"""A pledge in numbers, drawn: a chart for one party's figures, a strip for many parties."""

from dataclasses import dataclass
from datetime import date

from commitments.charting.frames import Frame
from commitments.charting.grouping import STRIP_FROM, strip_of
from commitments.charting.intervals import Interval, rounding
from commitments.charting.ladders import ladder
from commitments.charting.series import Chart, Goal, draw_chart
from commitments.models import Indicator, Observation, Target, Undertaking
from commitments.verdicts.comparing import Comparison

# Most readers want the last years; the whole series is the indicator's own matter.
ROWS_SHOWN = 12
# More marks than this are a band of ink; the file with the inputs has all.
MARKS_DRAWN = 120
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
            known.values(),
            key=lambda release: (release.released_on, release.slug),
            reverse=True,
        )


@dataclass(frozen=True)
class DefinitionFinding:
    """What one definition finds for one party, and how sure the printed figure lets it be."""

    target: Target
    compared: Comparison
    rounding: Interval | None


@dataclass(frozen=True)
class PartFindings:
    """One party's part, by each definition, the primary one first."""

    undertaking: Undertaking
    definitions: list[DefinitionFinding]

    @property
    def finding(self):
        return self.definitions[0].compared.finding


def draw_pledge_figures(figures) -> dict:
    """Return what pages show of `figures`, which hold a pledge's targets, its series and what the
    rules find for each party. No statement.

    `ruled` is what the rules find; `strip` shows it where many parties are judged. `drawn` is the
    first series with a chart.
    """
    series = [draw_series(measured) for measured in figures.series]
    ruled = [describe_part(part) for part in figures.evaluated]
    strip = strip_of(ruled) if len(ruled) >= STRIP_FROM else None
    with_chart = next((drawn for drawn in series if drawn.chart), None)
    return {
        "targets": figures.targets,
        "series": series,
        "ruled": ruled,
        "strip": strip,
        "drawn": with_chart,
        "has_chart": bool(with_chart or (strip and strip.drawing)),
        "ladder": ladder(series),
    }


def describe_part(evaluated) -> PartFindings:
    """Return what `evaluated` found, each with the interval its printed figure leaves open."""
    definitions = []
    for target, compared in evaluated.definitions:
        interval = rounding(compared.target, compared.finding)
        definitions.append(DefinitionFinding(target, compared, interval))
    return PartFindings(evaluated.undertaking, definitions)


def draw_series(measured) -> IndicatorSeries:
    """Return the last figures of one party and their chart, or the newest figure of each of several
    parties.
    """
    rows = measured.rows
    several = len({row.party_id for row in rows}) > 1
    if several:
        for_table = newest_of_each_party(rows)
        chart = None
    else:
        for_table = rows[:ROWS_SHOWN]
        chart = draw_figures_of_party(rows, measured.targets, CHART)
    return IndicatorSeries(
        indicator=measured.indicator,
        targets=measured.targets,
        rows=for_table,
        every=rows,
        several_parties=several,
        chart=chart,
    )


def newest_of_each_party(rows) -> list[Observation]:
    """Return the first of `rows` for each party, by the party's name."""
    newest = {}
    for row in rows:
        newest.setdefault(row.party_id, row)
    return sorted(newest.values(), key=lambda row: row.party.name)


def draw_figures_of_party(rows, targets, frame, *, steps=4, holding=()) -> Chart | None:
    """Draw one party's figures, the newest that are not too many; the scale has room for `holding`
    as well.
    """
    if not rows:
        return None
    party = rows[0].party_id
    own = [target for target in targets if party in target.measured_parties({party})]
    goals = [_build_goal(target, rows) for target in own]
    return draw_chart(rows[:MARKS_DRAWN], goals, frame, steps=steps, holding=holding)


def _build_goal(target, rows) -> Goal:
    """Return what `rows`, one party's figures, are held against: from its own start, where the
    target has one.
    """
    figures = [row.build_figure() for row in rows]
    start = target.find_baseline(figures, known_on=date.max)
    rule_target = target.build_rule_target(target.undertaking, baseline=start and start.value)
    return Goal(target.role, rule_target)
