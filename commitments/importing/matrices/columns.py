"""The header of a matrix: which column holds what, by name unless it is mapped; what is left is a
member's.
"""

import re
from dataclasses import dataclass

from commitments.importing.matrices.defects import MATRIX, FilePlace
from commitments.importing.numbers import MINUS_SIGNS
from commitments.importing.rows import TableProblem, UnreadableTable
from commitments.importing.texts import fold

# The names each key goes by in published catalogues, the surest first.
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
    """Where each key stands (`keys`), and the columns that are nobody's key (`others`)."""

    keys: dict[str, str]
    others: list[str]

    def cell(self, row, key) -> str:
        return row[self.keys[key]] if key in self.keys else ""

    def place(self, row, key, *, file=MATRIX) -> FilePlace:
        return FilePlace(file, row.line, self.keys.get(key, ""), self.cell(row, key))


def recognise(table, *, names=NAMES, needed=NEEDED, mapped=None) -> Columns:
    """Return where the keys stand in `table`; raise `UnreadableTable` for a needed one that is
    nowhere.
    """
    mapped = mapped or {}
    problems = [
        TableProblem(
            1, column, "", f"The header has no column of this name, which --map gives to “{key}”."
        )
        for key, column in mapped.items()
        if column not in table.header
    ]
    keys = {key: column for key, column in mapped.items() if column in table.header}
    by_name = {_plain(column): column for column in table.header if column not in mapped.values()}
    for key, known in names.items():
        found = next((by_name[name] for name in known if name in by_name), None)
        if key not in mapped and found and found not in keys.values():
            keys[key] = found
    problems += [
        TableProblem(
            1,
            key,
            "",
            f"No column holds this. It may be called {', '.join(names[key])}; or map it by --map.",
        )
        for key in needed
        if key not in keys and key not in mapped
    ]
    if problems:
        raise UnreadableTable(*problems)
    return Columns(keys, [column for column in table.header if column not in keys.values()])


def holds_scores(table, column) -> bool:
    """Whether a column looks like a member's: most of what stands in it is a score, or meant for
    one.
    """
    filled = [row[column] for row in table.rows if row[column].strip()]
    return bool(filled) and sum(bool(SCORE_LIKE.match(cell)) for cell in filled) * 2 >= len(filled)


def _plain(name):
    return fold(re.sub(r"[_.:\-]", " ", name))
