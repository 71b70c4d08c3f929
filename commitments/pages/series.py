"""An indicator's figures: the newest ones, and what each release revised."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from commitments.models import Observation, Party, Release
from commitments.verdicts.targets import FigureKind

# A page reads no more figures than this; the file has them all.
MOST_READ = 5000
# With more parties than this they stand in the rows, and the newest periods in the columns. A table
# of fewer parties shows all periods.
FEW_PARTIES = 6
PERIODS_SHOWN = 12


@dataclass(frozen=True)
class Revision:
    """One figure that a release gave anew: the row before it and the new one."""

    old: Observation
    new: Observation


@dataclass
class Edition:
    """A release: how many figures were new in it, how many repeated, and which it revised."""

    release: Release
    first_given: int = 0
    repeated: int = 0
    revised: list[Revision] = field(default_factory=list)


class FiguresRow(NamedTuple):
    """A party, or a figure that stands for its period, and the figure for each column, or None."""

    heading: Party | Observation
    figures: list[Observation | None]


@dataclass(frozen=True)
class FiguresTable:
    """The columns are parties, or figures that stand for their periods if the parties stand in the
    rows. `left_out` counts older periods.
    """

    columns: list
    rows: list[FiguresRow]
    parties_in_rows: bool
    left_out: int


def load_figures(indicator, *, as_of=None):
    """Return the public figures of `indicator` that were released by `as_of`, the oldest release
    first; all without a day.
    """
    return (
        Observation.objects.published()
        .as_of(as_of)
        .filter(release__indicator=indicator)
        .select_related("release", "party")
        .order_by("release__released_on", "release", "pk")
    )


def build_editions(releases, rows) -> list[Edition]:
    """Return what each of `releases` added and revised, the newest first. No statement."""
    editions = {release.pk: Edition(release) for release in releases}
    latest = {}
    for row in rows:
        key = (
            row.party_id,
            row.period_start,
            row.period_end,
            row.kind,
        )
        edition = editions[row.release_id]
        old = latest.get(key)
        if old is None:
            edition.first_given += 1
        elif (old.value, old.decimals) == (row.value, row.decimals):
            edition.repeated += 1
        else:
            revision = Revision(old, row)
            edition.revised.append(revision)
        latest[key] = row
    return sorted(editions.values(), key=_date_edition, reverse=True)


def _date_edition(edition):
    release = edition.release
    return release.released_on, release.pk


def build_table(rows) -> FiguresTable:
    """Return the newest figure of each party and period, the newest period first. No statement."""
    newest = keep_newest(rows)
    parties = {figure.party for figure in newest}
    in_order = sorted(parties, key=lambda party: party.name)
    periods = group_by_period(newest)
    if len(in_order) > FEW_PARTIES:
        return _build_table_by_party(in_order, periods)
    return _build_table_by_period(in_order, periods)


def group_by_period(figures):
    """Return {party: figure} of each period, the newest period first."""
    by_period = defaultdict(dict)
    for figure in figures:
        period = (figure.period_end, figure.period_start)
        by_period[period][figure.party_id] = figure
    newest_first = sorted(by_period, reverse=True)
    return [by_period[period] for period in newest_first]


def _build_table_by_period(parties, periods):
    rows = []
    for period in periods:
        figures = [period.get(party.pk) for party in parties]
        rows.append(FiguresRow(_name_period(period), figures))
    return FiguresTable(parties, rows, parties_in_rows=False, left_out=0)


def _build_table_by_party(parties, periods):
    newest = periods[:PERIODS_SHOWN]
    left_out = len(periods) - len(newest)
    columns = [_name_period(period) for period in newest]
    rows = []
    for party in parties:
        figures = [period.get(party.pk) for period in newest]
        rows.append(FiguresRow(party, figures))
    return FiguresTable(columns, rows, parties_in_rows=True, left_out=left_out)


def _name_period(figures):
    """Return one of the figures of a period, which stands for it."""
    return next(iter(figures.values()))


def keep_newest(rows):
    """Return the newest figure of each party and period; of two kinds in one release, the actual
    one. The oldest release comes first in `rows`.
    """
    newest = {}
    for row in rows:
        key = (row.party_id, row.period_start, row.period_end)
        old = newest.get(key)
        if old is None or old.release_id != row.release_id or row.kind == FigureKind.ACTUAL:
            newest[key] = row
    return newest.values()
