"""The header of a matrix: which column holds which key, by its name or by --map."""

import re
from dataclasses import dataclass

from commitments.importing.matrices.defects import MATRIX, FilePlace
from commitments.importing.rows import TableProblem, UnreadableTable
from commitments.importing.texts import fold
from commitments.numbers import MINUS_SIGNS

# The names of each key in published catalogues, the surest first.
NAMES = {
    "id": ("id", "commitment id", "commitment no", "commitment number", "number", "no"),
    "year": ("year", "summit year"),
    "code": ("code", "summit code", "summit"),
    "area": ("area", "issue area", "issue", "topic", "subject"),
    "text": ("text", "commitment text", "commitment", "description"),
    "average": ("average", "average score", "mean", "mean score", "avg"),
}
NEEDED = ("id", "year", "text")
SUMMIT_NAMES = {
    "year": ("year", "summit year"),
    "code": ("code", "summit code"),
    "name": ("name", "summit name", "summit", "title"),
    "starts_on": ("starts on", "start", "start date", "first day", "from", "begins"),
    "ends_on": ("ends on", "end", "end date", "last day", "to", "until"),
    "city": ("city", "place", "location"),
}
SUMMIT_NEEDED = ("year", "starts_on")
SCORE_LIKE = re.compile(rf"\s*([-+＋{MINUS_SIGNS}]|[-+{MINUS_SIGNS}]?[01](\.0+)?)\s*\Z")


@dataclass(frozen=True)
class Columns:
    """The column of each key, and the columns that hold no key."""

    keys: dict[str, str]
    without_key: list[str]

    def cell(self, row, key) -> str:
        if key not in self.keys:
            return ""
        column = self.keys[key]
        return row[column]

    def place(self, row, key, *, file=MATRIX) -> FilePlace:
        column = self.keys.get(key, "")
        cell = self.cell(row, key)
        return FilePlace(file, row.line, column, cell)


def find_columns(table, *, names=NAMES, needed=NEEDED, column_by_key=None) -> Columns:
    """Return the columns of `table`; raise `UnreadableTable` if a `needed` key has none.

    `names` are the known names of each key, `column_by_key` the columns that --map gives.
    """
    column_by_key = column_by_key or {}
    problems = []
    keys = {}
    for key, column in column_by_key.items():
        if column in table.header:
            keys[key] = column
        else:
            sentence = f"The header has no column of this name, which --map gives to “{key}”."
            problem = TableProblem(1, column, "", sentence)
            problems.append(problem)
    columns = [column for column in table.header if column not in keys.values()]
    by_name = {_normalise(column): column for column in columns}
    for key, key_names in names.items():
        if key in column_by_key:
            continue
        column = _find_first(key_names, by_name)
        if column and column not in keys.values():
            keys[key] = column
        elif key in needed:
            known = ", ".join(key_names)
            sentence = f"No column holds this. It may be called {known}; or map it by --map."
            problem = TableProblem(1, key, "", sentence)
            problems.append(problem)
    if problems:
        raise UnreadableTable(*problems)
    without_key = [column for column in columns if column not in keys.values()]
    return Columns(keys, without_key)


def _find_first(names, columns_by_name):
    for name in names:
        if name in columns_by_name:
            return columns_by_name[name]
    return None


def holds_scores(table, column) -> bool:
    """Whether at least half of the filled cells of a column are scores, or look like them."""
    filled, scores = 0, 0
    for row in table.rows:
        cell = row[column]
        if cell.strip():
            filled += 1
        if SCORE_LIKE.match(cell):
            scores += 1
    return filled > 0 and scores * 2 >= filled


def _normalise(column):
    words = re.sub(r"[_.:\-]", " ", column)
    return fold(words)
