"""One small chart for each party, all on the same scale, and the same figures as a table."""

from dataclasses import dataclass

from commitments.charting.figures import draw_figures_of_party
from commitments.charting.frames import Frame
from commitments.charting.series import Chart
from commitments.models import Indicator, Observation, Party
from commitments.verdicts.targets import SUREST_FIRST

# Two beside each other on a telephone.
FRAME = Frame(room=136, height=112, top=12, foot=20)


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
        told = {cell.kind for panel in self.panels for cell in panel.cells if cell}
        return [kind for kind in SUREST_FIRST if kind in told]


def panels(series) -> list[Panels]:
    """Return for each indicator a panel for each party, in the order of their names; a chart from
    two figures on.
    """
    return [_panels(one) for one in series]


def _panels(one):
    by_party = {}
    for row in one.every:
        by_party.setdefault(row.party, []).append(row)
    periods = {(row.period_end, row.period_start): row for row in one.every}
    ordered = [periods[key] for key in sorted(periods)]
    values = [row.value for row in one.every]
    panels = []
    for party in sorted(by_party, key=lambda party: party.name):
        cells = [_surest(by_party[party], period) for period in ordered]
        told = [cell for cell in cells if cell]
        small = draw_figures_of_party(
            told, one.targets, FRAME, steps=3, holding=(min(values), max(values))
        )
        panels.append(Panel(party, small if len(told) > 1 else None, cells))
    return Panels(one.indicator, ordered, panels)


def _surest(rows, period):
    """Return the surest figure of `rows` for that period."""
    own = [
        row
        for row in rows
        if (row.period_start, row.period_end) == (period.period_start, period.period_end)
    ]
    return min(own, key=lambda row: SUREST_FIRST.index(row.kind), default=None)
