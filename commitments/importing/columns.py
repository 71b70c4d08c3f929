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
        cell = self.cell(row, "id")
        return cell.strip()

    def place(self, row, key) -> FilePlace:
        return FilePlace(
            file=self.file,
            line=row.line,
            column=self.keys.get(key, ""),
            value=self.cell(row, key),
            id=self.id_of(row),
        )


def find_columns(table: Table, kind: FileKind, *, column_by_key=None) -> Columns:
    """Return the columns of `table`, a file of this kind; raise `UnreadableTable` if it is none.

    `column_by_key` are the columns that --map gives, where the command has that option.
    """
    mapping = column_by_key or {}
    problems = list(_find_strange_columns(table, mapping))
    keys = _find_keys(table, kind, mapping)
    for key in kind.needed:
        if key in keys or key in mapping:
            continue
        known = ", ".join(kind.names[key])
        advice = "" if column_by_key is None else "; or map it by --map"
        sentence = f"No column holds this. It may be called {known}{advice}."
        problem = TableProblem(1, key, "", sentence)
        problems.append(problem)
    if problems:
        _refuse_other_kind(table, kind)
        raise UnreadableTable(*problems)
    taken = set(keys.values())
    without_key = [column for column in table.header if column not in taken]
    return Columns(kind.file, keys, without_key)


def _find_keys(table, kind, mapping):
    """Return the column of each key, {key: column}: that of the mapping, or by its name."""
    keys = dict(mapping)
    by_name = {}
    for column in table.header:
        if column not in mapping.values():
            name = plain_name(column)
            by_name[name] = column
    for key, names in kind.names.items():
        column = _find_first(names, by_name)
        taken = column in keys.values()
        if key not in keys and column and not taken:
            keys[key] = column
    return keys


def _find_strange_columns(table, mapping):
    """Yield a problem for each column of --map that the header lacks."""
    for key, column in mapping.items():
        if column in table.header:
            continue
        sentence = f"The header has no column of this name, which --map gives to “{key}”."
        yield TableProblem(1, column, "", sentence)


def _refuse_other_kind(table, kind):
    """Raise `UnreadableTable` with one sentence if `table` is a file of another kind."""
    other = recognise(table)
    if other is None or other is kind:
        return
    sentence = f"This is {other.title}, where {kind.title} is needed. {other.advice}"
    problem = TableProblem(1, "", "", sentence)
    raise UnreadableTable(problem)


def _find_first(names, columns_by_name):
    for name in names:
        if name in columns_by_name:
            return columns_by_name[name]
    return None
