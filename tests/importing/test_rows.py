"""The strict reader: what is a table comes back cell by cell; what is none is refused, with the
line.
"""

import hashlib

import pytest

from commitments.importing import rows
from commitments.importing.rows import (
    TableProblem,
    UnreadableTable,
    read_table,
)

PLAIN = b"id,value\na,1\nb,2\n"


def faults(data):
    with pytest.raises(UnreadableTable) as refusal:
        read_table(data)
    return [(problem.line, problem.sentence) for problem in refusal.value.problems]


def cells(data):
    return [row.cells for row in read_table(data).rows]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(PLAIN, id="plain"),
        pytest.param(b"\xef\xbb\xbf" + PLAIN, id="with a byte order mark"),
        pytest.param(PLAIN.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(PLAIN.replace(b"\n", b"\r"), id="CR"),
        pytest.param(PLAIN.rstrip(), id="no line end at the end"),
        pytest.param(PLAIN + b"\n\r\n\n", id="empty lines at the end"),
        pytest.param(b'"id","value"\n"a","1"\n"b","2"\n', id="all in quotation marks"),
    ],
)
def test_the_usual_ways_to_write_a_file_give_the_same_rows(data):
    assert cells(data) == [("a", "1"), ("b", "2")]


def test_cells_come_back_exactly():
    data = 'id,value\n" a ","=1+1"\n-,"@x\ty"\n+,"<b>"",\n二"\n'.encode()
    assert cells(data) == [(" a ", "=1+1"), ("-", "@x\ty"), ("+", '<b>",\n二')]


def test_rows_know_their_lines_and_the_table_its_fingerprint():
    data = b'id,value\n"a\nb",1\r\nc,2\n'
    table = read_table(data)
    assert [(row.line, row["id"]) for row in table.rows] == [(2, "a\nb"), (4, "c")]
    assert table.header == ("id", "value")
    assert table.sha256 == hashlib.sha256(data).hexdigest()


def test_a_path_is_read_and_one_that_is_not_there_is_a_sentence(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(PLAIN)
    assert cells(path) == cells(PLAIN)
    for wrong in (tmp_path / "b.csv", tmp_path):
        ((line, sentence),) = faults(wrong)
        assert line == 0 and sentence.startswith("The file cannot be read: ")


UTF_16 = "id,value\na,1\n"


@pytest.mark.parametrize(
    "data, line, words",
    [
        pytest.param(UTF_16.encode("utf-16"), 1, "UTF-16", id="UTF-16 with its mark"),
        pytest.param(UTF_16.encode("utf-16-be"), 1, "UTF-16", id="UTF-16 without a mark"),
        pytest.param(UTF_16.encode("utf-32"), 1, "UTF-16 or UTF-32", id="UTF-32"),
        pytest.param(
            "id,value\na,1\nb,Côte\n".encode("cp1252"), 3, "byte 0xf4 is not UTF-8", id="cp1252"
        ),
        pytest.param(
            b"id,value\r\n" + b"a,1\r\n" * 5000 + b"b,\xff\r\n",
            5002,
            "byte 0xff",
            id="a bad byte late",
        ),
        pytest.param(
            b"id,value\ra,1\rb,\xc3", 3, "byte 0xc3", id="a character cut off, lines ended by CR"
        ),
        pytest.param(b"id,value\na,1\nb,\x00\n", 3, "NUL", id="NUL"),
        pytest.param(
            b"PK\x03\x04\x14\x00", 0, "a spreadsheet or an archive", id="a spreadsheet's own format"
        ),
        pytest.param(b"", 0, "empty", id="empty"),
        pytest.param(b"\n\r\n  \n", 0, "empty", id="nothing but blanks"),
        pytest.param(b"\xef\xbb\xbf", 1, "The first line is empty", id="nothing but a mark"),
        pytest.param(b"\nid,value\na,1\n", 1, "The first line is empty", id="first line empty"),
        pytest.param(b"id,value\n", 1, "no row below", id="header alone"),
        pytest.param(b"id;value\na;1\n", 1, "separated by semicolons", id="semicolons"),
        pytest.param(b"id\tvalue\na\t1\n", 1, "separated by tabs", id="tabs"),
        pytest.param(
            b'id,value\na,"1\nb,2\n', 2, "quotation marks do not pair up", id="mark never closed"
        ),
        pytest.param(
            b'id,value\na,1\nb,"2"x\n',
            3,
            "quotation marks do not pair up",
            id="text after a closed cell",
        ),
        pytest.param(
            b"id,value\na,1\n\nb,2\n", 3, "The line is empty", id="empty line between rows"
        ),
        pytest.param(
            b"id,value\na,1,2\nb,2\n",
            2,
            "The row has 3 cells, and the header 2",
            id="a cell too many",
        ),
        pytest.param(
            b"id,value\na,1\nb\n", 3, "The row has 1 cells, and the header 2", id="a cell too few"
        ),
        pytest.param(
            b"id,value\na," + b"x" * 100_001 + b"\n", 2, "longer than 100,000", id="oversized cell"
        ),
        pytest.param(
            b"id,value\na," + b"x" * 5_000_000 + b"\n", 2, "longer than 100,000", id="cell of 5 MB"
        ),
        pytest.param(
            b"x," * 300_000 + b"y\n1\n", 1, "300,001 columns; at most 1,000", id="300,000 columns"
        ),
        pytest.param(
            b"id,id,value\na,b,1\n", 1, "Columns 1 and 2 have the same name", id="duplicate header"
        ),
        pytest.param(
            b"id,value,ID \na,1,b\n",
            1,
            "Columns 1 and 3 have the same name",
            id="but for case and blank",
        ),
        pytest.param(b"id,value,\na,1,\n", 1, "Column 3 has no name", id="unnamed column"),
        pytest.param(b"id,value, id\na,1,x\n", 1, "the same name", id="blank before a name"),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(data, line, words):
    found = faults(data)
    assert found[0][0] == line
    assert words in found[0][1]


def test_all_faults_are_told_at_once():
    assert faults(b"id,value\na\n\nb,2,3\n") == [
        (2, "The row has 1 cells, and the header 2."),
        (3, "The line is empty. Remove it."),
        (4, "The row has 3 cells, and the header 2."),
    ]


def test_a_file_may_be_so_large_and_no_larger(monkeypatch, tmp_path):
    path = tmp_path / "large.csv"
    path.write_bytes(PLAIN)
    monkeypatch.setattr(rows, "MAX_BYTES", len(PLAIN))
    assert len(cells(path)) == 2
    monkeypatch.setattr(rows, "MAX_BYTES", len(PLAIN) - 1)
    for source in (path, PLAIN):
        assert "larger than" in faults(source)[0][1]
    monkeypatch.undo()
    monkeypatch.setattr(rows, "MAX_ROWS", 2)
    assert len(cells(PLAIN)) == 2
    assert faults(PLAIN + b"c,3\n") == [(4, "There are more than 2 rows. Split it.")]


def test_a_problem_reads_as_a_sentence_and_is_kept_short():
    assert str(TableProblem(3, "value", "x", "Wrong.")) == "line 3, column “value”, “x”: Wrong."
    assert str(TableProblem(0, "", "", "The file is empty.")) == "The file is empty."
    assert len(str(TableProblem(3, "c" * 5000, "v" * 5000, "Wrong."))) < 200
