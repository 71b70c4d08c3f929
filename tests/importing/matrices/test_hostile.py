"""Files made to do harm, or damaged: refused whole with a sentence, or stored as the text they
are.
"""

import csv
import io

import pytest

from commitments.importing.matrices import POLICIES
from commitments.models import ROOTS, OutsideVerdict, Pledge, Topic

pytestmark = pytest.mark.django_db
PLAIN = "id,year,area,text,Japan\n1,2001,Trade,We will.,1\n"


def nothing_there():
    return all(model.objects.count() == 0 for model in ROOTS)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbf" + PLAIN.encode(), id="byte order mark"),
        pytest.param(PLAIN.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(PLAIN.replace("\n", "\r").encode(), id="CR"),
        pytest.param(PLAIN.rstrip().encode(), id="no line end at the end"),
    ],
)
def test_the_usual_ways_to_write_a_file_are_accepted(run, data):
    run(data)
    assert list(OutsideVerdict.objects.values_list("undertaking__slug", "score")) == [
        ("g7-1--japan", "1")
    ]


@pytest.mark.parametrize(
    "data, line",
    [
        pytest.param(PLAIN.encode("utf-16"), 1, id="UTF-16"),
        pytest.param(PLAIN.encode() + "2,2001,Café,We do.,1\n".encode("cp1252"), 3, id="cp1252"),
        pytest.param(
            PLAIN.encode() + b"2,2001,x,We do.,1\n" * 500 + b"3,2001,\xff,x,1\n",
            503,
            id="bad byte late",
        ),
        pytest.param(PLAIN.replace("area", "id").encode(), 1, id="duplicate header"),
        pytest.param(PLAIN.replace("text", "words").encode(), 1, id="missing column"),
        pytest.param(PLAIN.encode() + b"2,2001,x\n", 3, id="ragged"),
        pytest.param(PLAIN.encode() + b"2,2001,x,\x00,1\n", 3, id="NUL"),
        pytest.param(
            PLAIN.encode() + b"2,2001,x," + b"y" * 5_000_000 + b",1\n", 3, id="cell of 5 MB"
        ),
        pytest.param(b"x," * 300_000 + b"y\n", 1, id="300,000 columns"),
        pytest.param(b"x" * 20_000_001, 0, id="too large"),
        pytest.param(b"PK\x03\x04", 0, id="an archive"),
        pytest.param(b"", 0, id="empty"),
    ],
)
def test_what_is_no_table_is_refused_with_its_line_and_leaves_nothing(run, data, line):
    for where in ({"matrix": data}, {"matrix": PLAIN.encode(), "summits": data}):
        report = run(where.pop("matrix"), **where)
        assert report.refused == ["The file cannot be read as a table."]
        assert report.defects[0].place.line == line
    assert nothing_there()


def test_one_bad_row_at_the_end_takes_all_back_where_the_policy_says_so(run):
    rows = "".join(f"{n},2001,Trade,We will do {n}.,1\n" for n in range(2, 502))
    report = run(
        f"{PLAIN}{rows}x,2001,Trade,We.,7\n".encode(), policies={"unreadable-score": "refuse"}
    )
    assert [defect.place.line for defect in report.defects.refused] == [503]
    assert nothing_there()


def test_what_the_database_refuses_late_takes_all_back(run, monkeypatch):
    from django.db import IntegrityError

    from commitments.models import OutsideReport

    def refuse(*arguments, **keywords):
        raise IntegrityError("no room")

    monkeypatch.setattr(OutsideReport.objects.__class__, "bulk_create", refuse)
    report = run(PLAIN.encode())
    assert "no room" in report.refused[0]
    assert nothing_there()


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "+1", "-1", "\ttab", '<script>alert("x")</script>', "{{ 7 }}"]
)
def test_formulas_and_markup_are_text(run, text):
    file = io.StringIO()
    csv.writer(file).writerows(
        [["id", "year", "area", "text", "Japan"], ["1", "2001", f"x{text}", text, "1"]]
    )
    run(file.getvalue().encode())
    assert Pledge.objects.get().quote == text.strip()
    assert Topic.objects.get().name == f"x{text}".replace("\t", " ")


def test_no_column_sets_a_state_an_id_or_a_reviewer(run):
    run(
        b"id,year,text,Japan,state,pk,submitted_by,version,slug\n1,2001,We"
        b" will.,1,published,7,1,9,other\n"
    )
    pledge = Pledge.objects.get()
    assert (pledge.slug, pledge.state, pledge.version, pledge.submitted_by) == (
        "g7-1",
        "draft",
        1,
        None,
    )


@pytest.mark.parametrize("text", ["We\u202ewill", "We\u200bwill", "\x07"])
def test_invisible_characters_are_told_and_the_row_left_out(run, text):
    report = run(f"{PLAIN}2,2001,Trade,{text},1\n".encode())
    assert [defect.code for defect in report.defects if defect.place.line == 3] == ["unusable-text"]
    assert Pledge.objects.count() == 1


def test_a_file_without_a_usable_row_is_refused(run):
    report = run(b"id,year,text,Japan\n1,2001,We will.,\n")
    assert report.refused == ["There is no row that could be entered."]
    assert nothing_there()


@pytest.mark.parametrize("header", ["x" * 5000, "=cmd|' /C calc'!A0", "<b>bold</b>", "ja\u202epan"])
def test_a_member_of_any_name_is_made_or_refused_in_a_sentence(run, header):
    for policy in POLICIES["unknown-member"]:
        report = run(
            f"id,year,text,{header},Japan\n1,2001,We will.,1,1\n".encode(),
            policies={"unknown-member": policy},
            dry_run=True,
        )
        assert all(isinstance(reason, str) and len(reason) < 400 for reason in report.refused)
    assert nothing_there()
