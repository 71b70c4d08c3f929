"""One small chart for each party, all on the same scale, and the same figures as a table."""

from collections import defaultdict
from dataclasses import dataclass

from commitments.charting.figures import draw_figures_of_party
from commitments.charting.frames import Frame
from commitments.charting.series import Chart
from commitments.models import Indicator, Observation, Party
from commitments.verdicts.targets import SUREST_FIRST

# Two fit side by side on a telephone.
FRAME = Frame(room=136, height=112, top=12, foot=20)
FEWEST_FIGURES = 2


@dataclass(frozen=True)
class Panel:
    """`cells` are the party's figures by period as in the table, None where there is none."""

    party: Party
    chart: Chart | None
    cells: list[Observation | None]


@dataclass(frozen=True)
class Panels:
    """`periods` are figures that stand for their periods, the oldest first."""

    indicator: Indicator
    periods: list[Observation]
    panels: list[Panel]

    @property
    def kinds(self):
        """The kinds that occur, the surest first."""
        kinds = set()
        for panel in self.panels:
            kinds |= {cell.kind for cell in panel.cells if cell}
        return [kind for kind in SUREST_FIRST if kind in kinds]


def build_panels(series) -> list[Panels]:
    """Return for each indicator a panel for each party, by name. Two figures make a chart."""
    panels = []
    for indicator_series in series:
        panels.append(_build_panels_of_indicator(indicator_series))
    return panels


def _build_panels_of_indicator(series):
    periods = _list_periods(series.every)
    by_party = defaultdict(list)
    for figure in series.every:
        by_party[figure.party].append(figure)
    panels = []
    for party in sorted(by_party, key=lambda party: party.name):
        figures = by_party[party]
        cells = [_find_surest(figures, period) for period in periods]
        chart = _draw_chart(series, cells)
        panels.append(Panel(party, chart, cells))
    return Panels(series.indicator, periods, panels)


def _draw_chart(series, cells):
    """Return the chart of one party on the scale of all; None if it has too few figures."""
    figures = [cell for cell in cells if cell]
    if len(figures) < FEWEST_FIGURES:
        return None
    values = [figure.value for figure in series.every]
    return draw_figures_of_party(
        figures,
        series.targets,
        FRAME,
        steps=3,
        holding=(min(values), max(values)),
    )


def _list_periods(figures):
    """Return one figure of each period, the oldest first."""
    by_period = {}
    for figure in figures:
        period = _read_period(figure)
        by_period[period] = figure
    oldest_first = sorted(by_period)
    return [by_period[period] for period in oldest_first]


def _read_period(figure):
    return figure.period_end, figure.period_start


def _find_surest(figures, period):
    """Return the surest of `figures` for the period of another figure; None without one."""
    wanted = _read_period(period)
    own = [figure for figure in figures if _read_period(figure) == wanted]
    return min(own, key=_rank_by_kind, default=None)


def _rank_by_kind(figure):
    return SUREST_FIRST.index(figure.kind)
