"""A file of another kind is named in one sentence, whichever importer it is given to."""

from datetime import date

import pytest

from commitments.importing.matrices import MatrixOptions, import_matrix
from commitments.importing.observations import ObservationOptions, import_observations

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)

MATRIX = "id,year,text,Japan,France\n1,2001,We will.,1,-1\n2,2001,We do.,0,1\n"
FIGURES = "party,period,value,kind\njapan,2025,1.60,actual\n"
SUMMITS = "year,code,name,starts_on\n2001,,Genoa,2001-07-20\n"
WIDE = "Country,2022,2023,2024\nJapan,1.0,1.1,1.2\n"
WORLD_BANK = (
    "Country Name,Country Code,2022 [YR2022],2023 [YR2023],2024 [YR2024]\nJapan,JPN,1,2,3\n"
)
PLEDGES = "title,party,deadline\nRaise spending,japan,2027-03-31\n"
OWN_FIGURES = "indicator,party,period_start,period_end,value\nshare,japan,2025-01-01,2025-12-31,1\n"
COMMITMENTS = "id,year,text\n1,2001,We will.\n"


def read_figures(data):
    report = import_observations(data, ObservationOptions(), today=TODAY)
    return [problem.sentence for problem in report.problems]


def read_matrix(data, **options):
    options = MatrixOptions(series="g7", assessor="Group", **options)
    report = import_matrix(data, options, today=TODAY)
    assert report.refused
    return [defect.sentence for defect in report.defects if defect.code == "unreadable-table"]


@pytest.mark.parametrize(
    "text, words",
    [
        pytest.param(MATRIX, "This is a compliance matrix", id="matrix"),
        pytest.param(SUMMITS, "This is a list of summits", id="summits"),
        pytest.param(WIDE, "This is a table with a column for each year", id="wide"),
        pytest.param(WORLD_BANK, "This is a table with a column for each year", id="World Bank"),
        pytest.param(PLEDGES, "This is a list of pledges", id="pledges"),
        pytest.param(COMMITMENTS, "This is a list of pledges", id="commitments without scores"),
        pytest.param(OWN_FIGURES, "as this site offers it for download", id="our own download"),
    ],
)
def test_a_table_of_another_kind_is_no_file_of_figures(text, words):
    [sentence] = read_figures(text.encode())
    assert words in sentence
    assert "where a file of figures is needed" in sentence


@pytest.mark.parametrize(
    "text, words",
    [
        pytest.param(FIGURES, "This is a file of figures", id="figures"),
        pytest.param(SUMMITS, "This is a list of summits", id="summits"),
        pytest.param(WIDE, "This is a table with a column for each year", id="wide"),
        pytest.param(PLEDGES, "This is a list of pledges", id="pledges"),
    ],
)
def test_a_table_of_another_kind_is_no_matrix(text, words):
    [sentence] = read_matrix(text.encode())
    assert words in sentence
    assert "where a compliance matrix is needed" in sentence


def test_a_matrix_given_for_the_summits_is_named():
    [sentence] = read_matrix(MATRIX.encode(), summits=MATRIX.encode())
    assert "This is a compliance matrix, where a list of summits is needed." in sentence


def test_a_list_of_commitments_without_scores_is_no_matrix():
    options = MatrixOptions(series="g7", assessor="Group")
    report = import_matrix(COMMITMENTS.encode(), options, today=TODAY)
    [reason] = report.refused
    assert "No column holds the scores of a member: this is a list of pledges" in reason


@pytest.mark.parametrize(
    "data, words",
    [
        pytest.param(b"%PDF-1.7\n", "This is a PDF.", id="PDF"),
        pytest.param(b"PK\x03\x04....xl/workbook.xml", "Excel workbook (.xlsx)", id="xlsx"),
        pytest.param(b"PK\x03\x04....word/document.xml", "Word document", id="docx"),
        pytest.param(b"PK\x03\x04....opendocument.spreadsheet", "(.ods)", id="ods"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "the old kind (.xls)", id="xls"),
        pytest.param(b"<!DOCTYPE html>\n<html>", "This is a web page.", id="web page"),
        pytest.param(b"\xef\xbb\xbf  <table><tr>", "This is a web page.", id="table of a page"),
        pytest.param(b"<?xml version='1.0'?><Workbook>", "This is XML.", id="XML"),
        pytest.param(b'[{"party": "japan"}]', "This is JSON.", id="JSON"),
        pytest.param(b"\x1f\x8b\x08\x00", "(.gz)", id="gz"),
        pytest.param(b"\x89PNG\r\n", "This is a picture", id="picture"),
        pytest.param(b"id;year;text;Japan\n1;2001;We;1\n", "by semicolons", id="semicolons"),
        pytest.param(b"party;period;a, b;kind\n", "by semicolons", id="a comma in a name"),
        pytest.param(b"sep=;\nparty;period\n", "for Excel alone", id="hint for Excel"),
        pytest.param(b"", "The file is empty.", id="empty"),
        pytest.param(b"We will do more.\nAnd more.\n", "has a single cell", id="prose"),
        pytest.param(b"party,period,value,kind\n", "no row below", id="header alone"),
        pytest.param(b"x,x\n1,2\n", "have the same name", id="doubled columns"),
        pytest.param("päivä,x\n1,2\n".encode("latin-1"), "not UTF-8", id="encoding"),
        pytest.param(
            b"Table 1: Defence,,,\nparty,period,value,kind\njapan,2025,1,actual\n",
            "A title or a note stands where the header belongs. It seems to be in line 2",
            id="title",
        ),
        pytest.param(
            b"Data Source,World Bank\n\nLast Updated,2026\n\nName,Code,2022,2023\nJapan,JPN,1,2\n",
            "It seems to be in line 5",
            id="notes of the World Bank",
        ),
        pytest.param(
            b"id,year,text,Scores,,\n,,,Japan,France,Italy\n1,2001,We will.,1,1,1\n",
            "columns 5 and 6 have their name in line 2",
            id="merged header",
        ),
    ],
)
def test_both_importers_refuse_the_shape_of_a_file_alike(data, words):
    [sentence] = read_figures(data)
    assert words in sentence
    assert read_matrix(data) == [sentence]


def test_an_id_is_named_beside_the_line_of_a_row_of_another_shape():
    data = b"id,party,period,value,kind\nJ-1,japan,2025,1\n"
    report = import_observations(data, ObservationOptions(), today=TODAY)
    sentence = "line 2 (id J-1): The row has 4 cells, and the header 5."
    assert [str(problem) for problem in report.problems] == [sentence]
    options = MatrixOptions(series="g7", assessor="Group")
    [defect] = import_matrix(data, options, today=TODAY).defects
    assert str(defect).startswith(f"matrix {sentence}")
