"""A strict reader of CSV tables: it reports what is wrong, line by line, and repairs nothing.

`read_table` returns every cell exactly as it stands in the file, or raises `UnreadableTable` with
everything that is wrong with the file as a table. The importers decide what the cells mean.
docs/importing.md describes the format for those who prepare such files.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from commitments.importing.texts import fold, shorten, suggest_names

MAX_BYTES = 20_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 1_000
# Below the limit of the csv module, so that our own limit and sentence apply.
MAX_CELL = 100_000

LINE_END = re.compile(rb"\r\n|\r|\n")
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True)
class TableProblem:
    """What is wrong, and where: line 1 is the header; line 0 stands for the file as a whole."""

    line: int
    column: str
    value: str
    sentence: str

    def __str__(self):
        where = [f"line {self.line}"] if self.line else []
        where += [f"column “{shorten(self.column)}”"] if self.column else []
        where += [f"“{shorten(self.value)}”"] if self.value else []
        return f"{', '.join(where)}: {self.sentence}" if where else self.sentence


class UnreadableTable(Exception):
    """A file that is not the required table; `problems` names each fault with its line."""

    def __init__(self, *problems):
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: `row["value"]` is the cell's exact text; `line` is the row's first in the file."""

    line: int
    cells: tuple[str, ...]
    places: Mapping[str, int]

    def __getitem__(self, column: str) -> str:
        return self.cells[self.places[column]]

    def get(self, column: str, default: str = "") -> str:
        """Return the cell of an optional column, or `default` if the table has no such column."""
        return self[column] if column in self.places else default

    def problem(self, column: str, sentence: str) -> TableProblem:
        return TableProblem(self.line, column, self.get(column), sentence)


@dataclass(frozen=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    sha256: str


def read_table(
    source: Path | bytes, *, required: Iterable[str] = (), optional: Iterable[str] | None = ()
) -> Table:
    """Return the table in `source`: a path, or a file's bytes.

    The header must have every `required` column and may have the `optional` ones, in any order;
    with `optional=None` it may have any further ones. The file is UTF-8 with or without a mark, and
    its lines end in LF, CRLF or CR. Raises `UnreadableTable` with all faults of the file.
    """
    data = _read_bytes(source)
    records = _read_records(_decode(data))
    _, header = next(records, (1, []))
    if optional is not None:
        optional = tuple(optional)
    _refuse(_find_header_faults(header, tuple(required), optional))
    places = {name: place for place, name in enumerate(header)}
    rows = []
    for line, cells in _check_rows(records, header):
        rows.append(TableRow(line, tuple(cells), places))
    if not rows:
        raise UnreadableTable(TableProblem(1, "", "", "There is a header and no row below it."))
    sha256 = hashlib.sha256(data).hexdigest()
    return Table(tuple(header), tuple(rows), sha256)


def _read_bytes(source):
    if isinstance(source, bytes):
        data = source[: MAX_BYTES + 1]
    else:
        try:
            with Path(source).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise UnreadableTable(
                TableProblem(0, "", str(source), f"The file cannot be read: {error.strerror}.")
            ) from None
    if len(data) > MAX_BYTES:
        raise UnreadableTable(
            TableProblem(
                0, "", "", f"The file is larger than {MAX_BYTES // 1_000_000} MB. Split it."
            )
        )
    if not data.strip():
        raise UnreadableTable(TableProblem(0, "", "", "The file is empty."))
    return data


def _decode(data):
    if data.startswith(b"PK\x03\x04"):
        raise UnreadableTable(
            TableProblem(
                0, "", "", "This is a spreadsheet or an archive. Save the sheet as “CSV UTF-8”."
            )
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        raise UnreadableTable(
            TableProblem(1, "", "", "The file is in UTF-16 or UTF-32. Save it as “CSV UTF-8”.")
        )
    if b"\x00" in data:
        line = _line_at(data, data.index(b"\x00"))
        raise UnreadableTable(
            TableProblem(
                line,
                "",
                "",
                "There is a NUL byte: the file is in UTF-16, or damaged. Save it as “CSV UTF-8”.",
            )
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line_at(data, error.start)
        byte = data[error.start]
        sentence = (
            f"The byte {byte:#04x} is not UTF-8, as in files saved in an older encoding. Save it as"
            " “CSV UTF-8”."
        )
        raise UnreadableTable(TableProblem(line, "", "", sentence)) from None


def _line_at(data, position):
    """Return the number of the line that has the byte at `position`."""
    return len(LINE_END.findall(data, 0, position)) + 1


def _read_records(text) -> Iterator[tuple[int, list[str]]]:
    """Yield (first line, cells) of each record; quotation marks may spread one over several lines.

    Raises `UnreadableTable` where the text is no CSV.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            sentence = _explain_csv_error(error)
            raise UnreadableTable(TableProblem(line, "", "", sentence)) from None
        yield line, cells


def _explain_csv_error(error):
    if "field limit" in str(error):
        return f"A cell is longer than {MAX_CELL:,} characters. Is a quotation mark missing?"
    return (
        f"The quotation marks do not pair up ({error}). Write one inside a cell twice, and close"
        " each cell."
    )


def _check_rows(records, header):
    """Yield the records below the header; raise `UnreadableTable` if any is at fault.

    A row is at fault if it has too many or too few cells, too long a cell, or none.
    """
    faults, empty = [], []
    for count, (line, cells) in enumerate(records, start=1):
        if count > MAX_ROWS:
            raise UnreadableTable(
                *faults,
                TableProblem(line, "", "", f"There are more than {MAX_ROWS:,} rows. Split it."),
            )
        if not cells:
            empty.append(TableProblem(line, "", "", "The line is empty. Remove it."))
            continue
        # An empty line between two rows may be a lost row; at the end of the file it is none.
        faults += empty
        empty = []
        if len(cells) != len(header):
            sentence = f"The row has {len(cells)} cells, and the header {len(header)}."
            faults.append(TableProblem(line, "", cells[0], sentence))
        elif max(map(len, cells)) > MAX_CELL:
            faults.append(
                TableProblem(line, "", cells[0], f"A cell is longer than {MAX_CELL:,} characters.")
            )
        yield line, cells
    _refuse(faults)


def _find_header_faults(header, required, optional):
    if not header:
        return [TableProblem(1, "", "", "The first line is empty: the header belongs there.")]
    if len(header) > MAX_COLUMNS:
        return [
            TableProblem(
                1,
                "",
                "",
                f"The header has {len(header):,} columns; at most {MAX_COLUMNS:,} are read.",
            )
        ]
    if len(header) == 1:
        for separator, name in SEPARATORS.items():
            if separator in header[0]:
                return [
                    TableProblem(
                        1, "", "", f"The cells are separated by {name}. Save the file with commas."
                    )
                ]
    return [
        *_find_unclear_names(header),
        *_find_unexpected_names(header, required, optional),
    ]


def _find_unclear_names(header):
    """Yield a problem for each column without a name, or with the name of an earlier one."""
    first_places = {}
    for place, name in enumerate(header, start=1):
        first = first_places.setdefault(fold(name), place)
        if not name.strip():
            yield TableProblem(1, "", name, f"Column {place} has no name.")
        elif first != place:
            sentence = f"Columns {first} and {place} have the same name."
            yield TableProblem(1, name, "", sentence)


def _find_unexpected_names(header, required, optional):
    """Yield a problem for each required column that is missing, and each column of no known name.

    With `optional=None` all further names are allowed.
    """
    for name in required:
        if name not in header:
            yield TableProblem(1, name, "", "The column is missing.")
    if optional is None:
        return
    known = [*required, *optional]
    for name in header:
        if not name.strip() or name in known:
            continue
        near = suggest_names(name, known)
        advice = f"Is “{near[0]}” meant?" if near else f"Known are {', '.join(known)}."
        yield TableProblem(1, name, "", f"There is no such column. {advice}")


def _refuse(faults):
    faults = list(faults)
    if faults:
        raise UnreadableTable(*faults)
