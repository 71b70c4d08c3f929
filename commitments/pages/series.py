"""An indicator's figures: as they stand, and what each release revised of those before it."""

from collections import defaultdict
from dataclasses import dataclass, field

from commitments.models import Observation, Release
from commitments.verdicts.targets import FigureKind

# More are not read for one page; the file has them all.
MOST_READ = 5000
# A wide table of parties shows this many periods, the newest; one of few parties shows them all.
FEW_PARTIES, PERIODS_SHOWN = 6, 12


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


@dataclass(frozen=True)
class FiguresTable:
    """`rows` are (period or party, an observation or None for each of `columns`); `left_out` counts
    older periods.
    """

    columns: list
    rows: list
    parties_in_rows: bool
    left_out: int


def load_figures(indicator, *, as_of=None):
    """Return the public figures of `indicator`, released by `as_of` if that is given, the oldest
    release first.
    """
    rows = Observation.objects.published().as_of(as_of).filter(release__indicator=indicator)
    return rows.select_related("release", "party").order_by("release__released_on", "release", "pk")


def build_editions(releases, rows) -> list[Edition]:
    """Return what each of `releases` added and revised, the newest first. No statement."""
    told = {release.pk: Edition(release) for release in releases}
    latest = {}
    for row in rows:
        key = (row.party_id, row.period_start, row.period_end, row.kind)
        edition, old = told[row.release_id], latest.get(key)
        if old is None:
            edition.first_given += 1
        elif (old.value, old.decimals) == (row.value, row.decimals):
            edition.repeated += 1
        else:
            edition.revised.append(Revision(old, row))
        latest[key] = row
    return sorted(
        told.values(),
        key=lambda edition: (edition.release.released_on, edition.release.pk),
        reverse=True,
    )


def build_table(rows) -> FiguresTable:
    """Return the newest figure of each party and period; of two kinds in one release, the actual
    one. No statement.
    """
    newest = {}
    for row in rows:
        key = (row.party_id, row.period_start, row.period_end)
        old = newest.get(key)
        if old is None or old.release_id != row.release_id or row.kind == FigureKind.ACTUAL:
            newest[key] = row
    parties = sorted({row.party for row in newest.values()}, key=lambda party: party.name)
    by_period = defaultdict(dict)
    for row in newest.values():
        by_period[row.period_end, row.period_start][row.party_id] = row
    periods = sorted(by_period, reverse=True)
    if len(parties) <= FEW_PARTIES:
        cells = [[by_period[period].get(party.pk) for party in parties] for period in periods]
        return FiguresTable(
            parties,
            [(_any(by_period[p]), c) for p, c in zip(periods, cells, strict=True)],
            False,
            0,
        )
    shown = periods[:PERIODS_SHOWN]
    cells = [(party, [by_period[period].get(party.pk) for period in shown]) for party in parties]
    return FiguresTable(
        [_any(by_period[period]) for period in shown], cells, True, len(periods) - len(shown)
    )


def _any(cells):
    """Return one of the figures of a period: it names the period."""
    return next(iter(cells.values()))
