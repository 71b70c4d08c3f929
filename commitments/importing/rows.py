"""Tables as they arrive: a strict reader of CSV that says what is wrong, line by line, and repairs
nothing.

`read_table` gives every cell exactly as it stands in the file, or raises `UnreadableTable` with all
that is wrong with the file as a table. What the cells mean is the importers' to judge;
`read_number` and `nearest` are the parts of that which they share. docs/importing.md describes it
for those who prepare such files.
"""

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

MAX_BYTES = 20_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 1_000
# Below what the csv module itself allows, so that the limit is ours and the sentence too.
MAX_CELL = 100_000

LINE_END = re.compile(rb"\r\n|\r|\n")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?\Z")
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
EXCEL_DATE = re.compile(
    rf"(({MONTHS})-[0-9]{{2,4}}|[0-9]{{1,2}}-({MONTHS})(-[0-9]{{2,4}})?|[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{2,4}})\Z",
    re.IGNORECASE,
)
# What stands for a minus in print and is none to a computer.
MINUS_SIGNS = "\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d"
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
        where += [f"column “{_short(self.column)}”"] if self.column else []
        where += [f"“{_short(self.value)}”"] if self.value else []
        return f"{', '.join(where)}: {self.sentence}" if where else self.sentence


class UnreadableTable(Exception):
    """A file that is no table as asked for. `problems` name each fault with its line."""

    def __init__(self, *problems):
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: `row["value"]` is the cell's exact text. `line` is where the row begins in the
    file.
    """

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
    """Return the table in `source` (a path, or a file's bytes); raise `UnreadableTable` with all
    its faults.

    The header must have every `required` column and may have the `optional` ones, in any order;
    with `optional=None` it may have any others. UTF-8 with or without a mark, lines ended by LF,
    CRLF or CR.
    """
    data = _bytes(source)
    lines = _lines(_text(data))
    _, header = next(lines, (1, []))
    _refuse(_header_faults(header, tuple(required), None if optional is None else tuple(optional)))
    places = {name: place for place, name in enumerate(header)}
    rows = tuple(TableRow(line, tuple(cells), places) for line, cells in _rows(lines, header))
    if not rows:
        raise UnreadableTable(TableProblem(1, "", "", "There is a header and no row below it."))
    return Table(tuple(header), rows, hashlib.sha256(data).hexdigest())


def read_number(text: str) -> Decimal:
    """Return the number that `text` plainly is; raise `ValueError` with what is wrong and what
    would be right.
    """
    if len(text) <= 40 and NUMBER.match(text):
        return Decimal(text)
    raise ValueError(_what_is_wrong(text))


def looks_like_excel_date(text: str) -> bool:
    """Whether `text` has the shape that spreadsheets give to what they take for a date: “Jan-85”,
    “5-Mar”.
    """
    return bool(EXCEL_DATE.match(text.strip()))


def fold(name: str) -> str:
    """Return `name` as it is compared: composed, without regard to case or to blanks around and
    inside it.
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def suggest_names(name: str, known: Iterable[str]) -> list[str]:
    """Return up to three of the `known` names that `name` may be a slip for, the nearest first."""
    by_folded = {fold(other): other for other in known}
    # Cut, because comparing very long texts takes very long, and none of them is a name.
    return [
        by_folded[match]
        for match in get_close_matches(fold(name[:100]), by_folded, n=3, cutoff=0.7)
    ]


def _bytes(source):
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


def _text(data):
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
        line, byte = _line_at(data, error.start), data[error.start]
        sentence = (
            f"The byte {byte:#04x} is not UTF-8, as in files saved in an older encoding. Save it as"
            " “CSV UTF-8”."
        )
        raise UnreadableTable(TableProblem(line, "", "", sentence)) from None


def _line_at(data, position):
    return len(LINE_END.findall(data, 0, position)) + 1


def _lines(text) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line that it begins in: one in quotation marks may go over
    several.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableTable(TableProblem(line, "", "", _in_words(error))) from None
        yield line, cells


def _in_words(error):
    if "field limit" in str(error):
        return f"A cell is longer than {MAX_CELL:,} characters. Is a quotation mark missing?"
    return (
        f"The quotation marks do not pair up ({error}). Write one inside a cell twice, and close"
        " each cell."
    )


def _rows(lines, header):
    """Yield the rows below the header; raise with the ragged, the oversized and the empty ones."""
    faults, empty = [], []
    for count, (line, cells) in enumerate(lines, start=1):
        if count > MAX_ROWS:
            raise UnreadableTable(
                *faults,
                TableProblem(line, "", "", f"There are more than {MAX_ROWS:,} rows. Split it."),
            )
        if not cells:
            empty.append(TableProblem(line, "", "", "The line is empty. Remove it."))
            continue
        # Empty lines at the end of the file are nobody's rows; between two rows one may be a lost
        # row.
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


def _header_faults(header, required, optional):
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
    return [*_names_in_doubt(header), *_names_out_of_place(header, required, optional)]


def _names_in_doubt(header):
    seen = {}
    for place, name in enumerate(header, start=1):
        if not name.strip():
            yield TableProblem(1, "", name, f"Column {place} has no name.")
        elif fold(name) in seen:
            yield TableProblem(
                1, name, "", f"Columns {seen[fold(name)]} and {place} have the same name."
            )
        seen.setdefault(fold(name), place)


def _names_out_of_place(header, required, optional):
    for name in required:
        if name not in header:
            yield TableProblem(1, name, "", "The column is missing.")
    if optional is None:
        return
    known = [*required, *optional]
    for name in header:
        if name.strip() and name not in known:
            near = suggest_names(name, known)
            meant = f"Is “{near[0]}” meant?" if near else f"Known are {', '.join(known)}."
            yield TableProblem(1, name, "", f"There is no such column. {meant}")


def _refuse(faults):
    faults = list(faults)
    if faults:
        raise UnreadableTable(*faults)


def _what_is_wrong(text):
    bare = text.strip()
    if not bare:
        return "The cell is blank where a number is needed."
    if bare != text:
        return f"There are blanks around the number. Write {_short(bare)}."
    if looks_like_excel_date(text):
        return (
            "A spreadsheet has turned this into a date. Enter the number anew, in a column"
            " formatted as text."
        )
    for minus in MINUS_SIGNS:
        if minus in text:
            plain = _short(text.replace(minus, "-"))
            return (
                f"The sign is U+{ord(minus):04X} ({unicodedata.name(minus)}), not a minus. Write"
                f" {plain}."
            )
    if bare.casefold().lstrip("+-") in {"nan", "inf", "infinity", "n/a", "na", "null", "none"}:
        return (
            "This is not a number. Leave the cell empty, or leave the row out, where there is none."
        )
    if any(character.isdigit() and not character.isascii() for character in text):
        plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)
        return (
            "The digits are not the plain ones 0 to 9. Write"
            f" {_short(unicodedata.normalize('NFKC', plain))}."
        )
    if text.endswith(("%", "％")):
        return f"Leave the percent sign out; the unit says it. Write {_short(text.rstrip('% ％'))}."
    if re.fullmatch(r"[+-]?[0-9]{1,3}([,.' \u00a0\u2009\u202f][0-9]{3})+([.,][0-9]+)?", text):
        return (
            "There are separators between thousands, or a decimal comma. Write only digits and one"
            " decimal point."
        )
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", text):
        return f"There is a decimal comma. Write {_short(text.replace(',', '.'))}."
    if re.fullmatch(r"[+-]?([0-9]+\.?|[0-9]*\.[0-9]+)[eE][+-]?[0-9]+", text):
        return "Write the number in full, without an exponent."
    if len(text) > 40:
        return "This is longer than any number can be here."
    return (
        "This is not a number. Write only digits, a decimal point and, if need be, a sign before:"
        " -1.25."
    )


def _short(text):
    return text if len(text) <= 60 else f"{text[:60]}…"
