"""A strict reader of CSV tables: it reports what is wrong, line by line, and repairs nothing.

`read_table` returns every cell exactly as it stands in the file, or raises `UnreadableTable` with
everything that is wrong with the file as a table. The importers decide what the cells mean.
docs/importing.md describes the format for those who prepare such files.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from commitments.importing.defects import FilePlace
from commitments.importing.file_formats import name_format
from commitments.importing.texts import fold, join_words

MAX_BYTES = 20_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 1_000
# Below the limit of the csv module, so that our own limit and sentence apply.
MAX_CELL = 100_000

LINE_END = re.compile(rb"\r\n|\r|\n")
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True)
class TableProblem:
    """What is wrong, and where: line 1 is the header; line 0 stands for the file as a whole.

    `id` is what the file itself calls the row.
    """

    line: int
    column: str
    value: str
    sentence: str
    id: str = ""

    def __str__(self):
        place = FilePlace("", self.line, self.column, self.value, self.id)
        where = str(place)
        if not where:
            return self.sentence
        return f"{where}: {self.sentence}"


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


@dataclass(frozen=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    sha256: str


def read_table(source: Path | bytes) -> Table:
    """Return the table in `source`: a path, or a file's bytes.

    The file is UTF-8 with or without a mark, and its lines end in LF, CRLF or CR. Raises
    `UnreadableTable` with all faults of the file.
    """
    data = _read_bytes(source)
    text = _decode(data)
    records = list(_read_records(text))
    header = []
    if records:
        _line, header = records.pop(0)
    header_faults = _find_header_faults(header, records)
    _refuse(header_faults)
    places = {}
    for place, name in enumerate(header):
        places[name] = place
    rows = []
    for line, cells in _check_rows(_drop_blank_end(records), header):
        row = TableRow(line, tuple(cells), places)
        rows.append(row)
    if not rows:
        _refuse_file("There is a header and no row below it.", line=1)
    sha256 = hashlib.sha256(data)
    return Table(tuple(header), tuple(rows), sha256.hexdigest())


def plain_name(column: str) -> str:
    """Return the name of a column in the form to compare: case, hyphens and dots mean nothing."""
    words = re.sub(r"[_.:\-]", " ", column)
    return fold(words)


def _refuse_file(sentence, *, line=0, value=""):
    problem = TableProblem(line, "", value, sentence)
    raise UnreadableTable(problem)


def _refuse(faults):
    faults = list(faults)
    if faults:
        raise UnreadableTable(*faults)


def _read_bytes(source):
    if isinstance(source, bytes):
        data = source[: MAX_BYTES + 1]
    else:
        try:
            with Path(source).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except OSError as error:
            sentence = f"The file cannot be read: {error.strerror}."
            _refuse_file(sentence, value=str(source))
    if len(data) > MAX_BYTES:
        megabytes = MAX_BYTES // 1_000_000
        _refuse_file(f"The file is larger than {megabytes} MB. Split it.")
    if not data.strip():
        _refuse_file("The file is empty.")
    return data


def _decode(data):
    sentence = name_format(data)
    if sentence:
        _refuse_file(sentence)
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        _refuse_file("The file is in UTF-16 or UTF-32. Save it as “CSV UTF-8”.", line=1)
    if b"\x00" in data:
        _refuse_file(
            "There is a NUL byte: the file is in UTF-16, or damaged. Save it as “CSV UTF-8”.",
            line=_line_at(data, data.index(b"\x00")),
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
    return _refuse_file(sentence, line=line)


def _line_at(data, position):
    """Return the number of the line that has the byte at `position`."""
    ends = LINE_END.findall(data, 0, position)
    return len(ends) + 1


def _read_records(text) -> Iterator[tuple[int, list[str]]]:
    """Yield (first line, cells) of each record; quotation marks may spread one over several lines.

    Raises `UnreadableTable` where the text is no CSV.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    for count in range(MAX_ROWS + 2):
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            _refuse_file(_explain_csv_error(error), line=line)
        if count == 0:
            _refuse_wide_header(cells)
        yield line, cells


def _refuse_wide_header(header):
    count = len(header)
    if count > MAX_COLUMNS:
        sentence = f"The header has {count:,} columns; at most {MAX_COLUMNS:,} are read."
        _refuse_file(sentence, line=1)


def _explain_csv_error(error):
    if "field limit" in str(error):
        return f"A cell is longer than {MAX_CELL:,} characters. Is a quotation mark missing?"
    return (
        f"The quotation marks do not pair up ({error}). Write one inside a cell twice, and close"
        " each cell."
    )


def _is_blank(cells):
    return _count_filled(cells) == 0


def _drop_blank_end(records):
    """Return the records without the last ones if nothing stands in them: they are no rows."""
    records = list(records)
    while records:
        _line, cells = records[-1]
        if not _is_blank(cells):
            break
        records.pop()
    return records


def _check_rows(records, header):
    """Yield the records below the header; raise `UnreadableTable` if any is at fault.

    A row is at fault if it has too many or too few cells, too long a cell, or none. An empty line
    between two rows may be a lost row.
    """
    faults = []
    names = [plain_name(name) for name in header]
    for count, (line, cells) in enumerate(records, start=1):
        if count > MAX_ROWS:
            sentence = f"There are more than {MAX_ROWS:,} rows. Split it."
            fault = TableProblem(line, "", "", sentence)
            faults.append(fault)
            break
        sentence = _find_fault(cells, header)
        if sentence is None:
            yield line, cells
            continue
        row_id = dict(zip(names, cells, strict=False)).get("id", "")
        value = "" if row_id else "".join(cells[:1])
        fault = TableProblem(line, "", value, sentence, row_id.strip())
        faults.append(fault)
    _refuse(faults)


def _find_fault(cells, header):
    """Return a sentence on what is wrong with the row as such, or None."""
    if _is_blank(cells):
        return "The line is empty. Remove it."
    if len(cells) != len(header):
        return f"The row has {len(cells)} cells, and the header {len(header)}."
    longest = max(cells, key=len)
    if len(longest) > MAX_CELL:
        return f"A cell is longer than {MAX_CELL:,} characters."
    return None


def _find_header_faults(header, below):
    """Return a problem for each fault of the header; a table that is none at all gets one."""
    if _is_blank(header):
        return [TableProblem(1, "", "", "The first line is empty: the header belongs there.")]
    sentence = (
        _find_separator(header) or _find_title(header, below) or _find_merged_header(header, below)
    )
    if len(header) == 1 and not sentence:
        sentence = (
            "The first line has a single cell, so this is no table with commas between cells."
        )
    if sentence:
        return [TableProblem(1, "", "", sentence)]
    return list(_find_unclear_names(header))


def _find_separator(header):
    """Return a sentence on cells that something else than commas separates, or None."""
    if fold(header[0]).startswith("sep="):
        return "This line is for Excel alone. Remove it: the header belongs in the first line."
    commas = len(header) - 1
    line = ",".join(header)
    for separator, name in SEPARATORS.items():
        if line.count(separator) > commas:
            return f"The cells are separated by {name}. Save the file with commas."
    return None


def _find_title(header, below):
    """Return a sentence on a title or notes where the header belongs, or None.

    A line with at least twice as many filled cells as the first is the likelier header.
    """
    width = _count_filled(header)
    for line, cells in below[:20]:
        if _count_filled(cells) >= 2 * width:
            return (
                f"A title or a note stands where the header belongs. It seems to be in line {line}:"
                " remove the lines above it."
            )
    return None


def _count_filled(cells):
    count = 0
    for cell in cells:
        if cell.strip():
            count += 1
    return count


def _find_merged_header(header, below):
    """Return a sentence on columns that have their name in the second line alone, or None."""
    if not below:
        return None
    line, cells = below[0]
    without_name = []
    for place, (name, cell) in enumerate(zip(header, cells, strict=False), start=1):
        if cell.strip() and not name.strip():
            without_name.append(place)
    # One column may have lost its name; it is then reported as such.
    if len(without_name) < 2 and cells[:1] != [""]:
        return None
    if not without_name:
        return None
    return (
        f"The header has merged cells or two lines: columns {join_words(without_name)} have their"
        f" name in line {line}, if any. Write one line with a name for each column."
    )


def _find_unclear_names(header):
    """Yield a problem for each column without a name, or with the name of an earlier one."""
    first_places = {}
    for place, name in enumerate(header, start=1):
        folded = fold(name)
        first = first_places.setdefault(folded, place)
        if not name.strip():
            yield TableProblem(1, "", name, f"Column {place} has no name.")
        elif first != place:
            sentence = f"Columns {first} and {place} have the same name."
            yield TableProblem(1, name, "", sentence)
