"""The header of a table: which column holds which key, by its name or by --map."""

from dataclasses import dataclass

from commitments.importing.defects import FilePlace
from commitments.importing.file_kinds import FileKind, recognise
from commitments.importing.rows import Table, TableProblem, UnreadableTable, plain_name


@dataclass(frozen=True)
class Columns:
    """The column of each key, and the columns that hold no key."""

    file: str
    keys: dict[str, str]
    without_key: list[str]

    def cell(self, row, key) -> str:
        if key not in self.keys:
            return ""
        column = self.keys[key]
        return row[column]

    def id_of(self, row) -> str:
        """Return what the file itself calls the row; blank if it has no column of ids."""
        return self.cell(row, "id").strip()

    def place(self, row, key) -> FilePlace:
        column = self.keys.get(key, "")
        cell = self.cell(row, key)
        return FilePlace(self.file, row.line, column, cell, self.id_of(row))


def find_columns(table: Table, kind: FileKind, *, column_by_key=None) -> Columns:
    """Return the columns of `table`, a file of this kind; raise `UnreadableTable` if it is none.

    `column_by_key` are the columns that --map gives, where the command has that option.
    """
    problems = _refuse_strange_mapping(table, column_by_key or {})
    keys = {} if problems else dict(column_by_key or {})
    columns = [column for column in table.header if column not in keys.values()]
    by_name = {plain_name(column): column for column in columns}
    by_name.pop("", None)
    advice = "" if column_by_key is None else "; or map it by --map"
    for key, names in kind.names.items():
        if key in (column_by_key or {}):
            continue
        column = _find_first(names, by_name)
        if column and column not in keys.values():
            keys[key] = column
        elif key in kind.needed:
            known = ", ".join(names)
            sentence = f"No column holds this. It may be called {known}{advice}."
            problems.append(TableProblem(1, key, "", sentence))
    if problems:
        _refuse_other_kind(table, kind)
        raise UnreadableTable(*problems)
    without_key = [column for column in columns if column not in keys.values()]
    return Columns(kind.file, keys, without_key)


def _refuse_strange_mapping(table, column_by_key):
    """Return a problem for each column of --map that the header lacks."""
    problems = []
    for key, column in column_by_key.items():
        if column not in table.header:
            sentence = f"The header has no column of this name, which --map gives to “{key}”."
            problems.append(TableProblem(1, column, "", sentence))
    return problems


def _refuse_other_kind(table, kind):
    """Raise `UnreadableTable` with one sentence if `table` is a file of another kind."""
    other = recognise(table)
    if other is None or other is kind:
        return
    sentence = f"This is {other.title}, where {kind.title} is needed. {other.advice}"
    raise UnreadableTable(TableProblem(1, "", "", sentence))


def _find_first(names, columns_by_name):
    for name in names:
        if name in columns_by_name:
            return columns_by_name[name]
    return None
