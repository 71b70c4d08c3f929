"""The kinds of files that a table may be, by its header: those that are read here, and others.

Whoever gives a file of one kind to the command for another reads in one sentence what it is.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from commitments.importing.rows import Table, plain_name
from commitments.numbers import MINUS_SIGNS

SCORE_LIKE = re.compile(rf"\s*([-+＋{MINUS_SIGNS}]|[-+{MINUS_SIGNS}]?[01](\.0+)?)\s*\Z")
YEAR_LIKE = re.compile(r"(19|20|21)[0-9]{2}(\s*\[.*\])?\Z")
FEWEST_YEARS = 3


@dataclass(frozen=True)
class FileKind:
    """A kind of file: the names of each key in its header, the surest first, and who reads it.

    `file` is its name in reports that are about several files.
    """

    title: str
    advice: str
    file: str = ""
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    needed: tuple[str, ...] = ()
    also: Callable[[Table], bool] = lambda table: True

    def fits(self, table: Table) -> bool:
        """Whether the header has all that this kind needs."""
        header = {plain_name(column) for column in table.header}
        for key in self.needed:
            names = self.names[key]
            if header.isdisjoint(names):
                return False
        return self.also(table)


def holds_scores(table: Table, column: str) -> bool:
    """Whether at least half of the filled cells of a column are scores, or look like them."""
    filled, scores = 0, 0
    for row in table.rows:
        cell = row[column]
        if cell.strip():
            filled += 1
        if SCORE_LIKE.match(cell):
            scores += 1
    return filled > 0 and scores * 2 >= filled


def _has_scores(table):
    names = MATRIX_FILE.names
    numbers = {*names["id"], *names["average"]}
    for column in table.header:
        name = plain_name(column)
        if name not in numbers and holds_scores(table, column):
            return True
    return False


def _has_years(table):
    count = 0
    for column in table.header:
        name = column.strip()
        if YEAR_LIKE.match(name):
            count += 1
    return count >= FEWEST_YEARS


MATRIX_FILE = FileKind(
    title="a compliance matrix",
    advice="import_matrix reads it: see docs/importing.md.",
    file="matrix",
    names={
        "id": ("id", "commitment id", "commitment no", "commitment number", "number", "no"),
        "year": ("year", "summit year"),
        "code": ("code", "summit code", "summit"),
        "area": ("area", "issue area", "issue", "topic", "subject"),
        "text": ("text", "commitment text", "commitment", "description"),
        "average": ("average", "average score", "mean", "mean score", "avg"),
    },
    needed=("id", "year", "text"),
    also=_has_scores,
)
SUMMITS_FILE = FileKind(
    title="a list of summits",
    advice="import_matrix reads it by its option --summits: see docs/importing.md.",
    file="summits",
    names={
        "year": ("year", "summit year"),
        "code": ("code", "summit code"),
        "name": ("name", "summit name", "summit", "title"),
        "starts_on": ("starts on", "start", "start date", "first day", "from", "begins"),
        "ends_on": ("ends on", "end", "end date", "last day", "to", "until"),
        "city": ("city", "place", "location"),
    },
    needed=("year", "starts_on"),
)
FIGURES_FILE = FileKind(
    title="a file of figures",
    advice="import_observations reads it: see docs/observations.md.",
    names={
        "id": ("id", "row id", "number", "no"),
        "party": ("party", "country", "economy", "member", "ref area"),
        "period": ("period", "time period", "year"),
        "value": ("value", "figure", "obs value"),
        "kind": ("kind", "kind of figure"),
        "decimals": ("decimals",),
        "note": ("note", "footnote"),
        "indicator": ("indicator",),
        "release": ("release",),
        "released_on": ("released on", "release date"),
        "url": ("url", "address"),
    },
    needed=("party", "period", "value", "kind"),
)
OWN_FIGURES_FILE = FileKind(
    title="a file of figures as this site offers it for download",
    advice="Give the publisher's own table, with a period such as 2024 in one column.",
    names={
        "party": ("party",),
        "start": ("period start",),
        "end": ("period end",),
        "value": ("value",),
    },
    needed=("party", "start", "end", "value"),
)
WIDE_FILE = FileKind(
    title="a table with a column for each year",
    advice=(
        "Write a row for each figure, with the columns party, period, value and kind: see"
        " docs/observations.md."
    ),
    also=_has_years,
)
PLEDGES_FILE = FileKind(
    title="a list of pledges",
    advice="Pledges are entered at the desk: see docs/curating.md.",
    names={
        "words": ("title", "quote", "text", "pledge", "promise", "commitment", "description"),
        "more": (
            *("made on", "deadline", "due", "status", "verdict", "party", "source"),
            *("id", "year", "summit", "date", "leader", "area", "topic"),
        ),
    },
    needed=("words", "more"),
)
# In the order in which a table is held against them.
KINDS = (FIGURES_FILE, OWN_FIGURES_FILE, MATRIX_FILE, SUMMITS_FILE, WIDE_FILE, PLEDGES_FILE)


def recognise(table: Table) -> FileKind | None:
    """Return the kind of file that the header fits, or None if it fits none."""
    for kind in KINDS:
        if kind.fits(table):
            return kind
    return None
