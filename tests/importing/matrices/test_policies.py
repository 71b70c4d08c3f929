"""Each policy switched, on matrices of a row or two."""

from pathlib import Path

import pytest

from commitments.importing.defects import Defects
from commitments.importing.matrices.defects import POLICIES
from commitments.models import OutsideVerdict, Party, Pledge, Summit
from tests.fixtures.cases import in_one_test

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parents[3] / "docs" / "importing.md"
HEAD = "id,year,area,text,average,Japan,France\n"


def scores():
    return dict(OutsideVerdict.objects.values_list("undertaking__slug", "score"))


@pytest.mark.parametrize(
    "code, cell",
    [("lone-minus", "-"), ("lone-plus", "+"), ("minus-sign", "−1"), ("edge-blanks", " 1")],
)
def test_a_doubtful_score_is_taken_or_left_out(run, code, cell):
    matrix = f"{HEAD}1,2001,Trade,We will.,,{cell},0\n".encode()
    run(matrix, policies={code: "leave-out"}, dry_run=True)
    left_out = run(matrix, policies={code: "leave-out"})
    assert scores() == {"g7-1--france": "0"}
    assert [defect.done for defect in left_out.defects if defect.code == code] == ["left out"]


@pytest.mark.parametrize(
    "cell, status",
    [("-", "not_met"), ("+", "met"), ("−1", "not_met"), (" 1", "met"), ("-1.0", "not_met")],
)
def test_a_doubtful_score_is_taken_by_default_as_published(run, cell, status):
    run(f"{HEAD}1,2001,Trade,We will.,,{cell},0\n".encode())
    assert OutsideVerdict.objects.values_list("score", "status").get(
        undertaking__party__slug="japan"
    ) == (cell, status)


@pytest.mark.parametrize("cell", ["2", "0.5", "x", "1,0", "Jan-85", "=1", "n/a", "١", "--"])
def test_what_is_not_on_the_scale_is_never_a_score(run, cell):
    report = run(f'{HEAD}1,2001,Trade,We will.,,"{cell}",0\n2,2001,Trade,We do.,,1,0\n'.encode())
    assert [defect.code for defect in report.defects if defect.place.column == "Japan"] == [
        "unreadable-score"
    ]
    assert scores() == {"g7-1--france": "0", "g7-2--japan": "1", "g7-2--france": "0"}


def test_of_a_duplicate_id_the_second_gets_a_suffix_that_nobody_has(run):
    matrix = (
        f"{HEAD}1,2001,,First.,,1,1\n1,2001,,Second.,,1,1\n1-2,2001,,Third.,,1,1\n1"
        " ,2001,,Fourth.,,1,1\n".encode()
    )
    report = run(matrix)
    assert dict(Pledge.objects.order_by("slug").values_list("slug", "quote")) == {
        "g7-1": "First.", "g7-1-2": "Third.", "g7-1-3": "Second.", "g7-1-4": "Fourth.",
    }  # fmt: skip
    assert [defect.more["lines"] for defect in report.defects if defect.code == "duplicate-id"] == [
        [2, 3],
        [2, 5],
    ]


def test_of_a_duplicate_id_the_second_may_be_left_out(run):
    run(
        f"{HEAD}1,2001,,First.,,1,1\n1,2001,,Second.,,1,1\n".encode(),
        policies={"duplicate-id": "leave-out"},
    )
    assert list(Pledge.objects.values_list("quote", flat=True)) == ["First."]


@pytest.mark.parametrize("code, number", [("edge-blanks", " 1"), ("date-for-id", "Jan-85")])
def test_a_doubtful_id_may_be_left_out(run, code, number):
    matrix = f"{HEAD}{number},2001,,First.,,1,1\n2,2001,,Second.,,1,1\n".encode()
    run(matrix, policies={code: "leave-out"})
    assert list(Pledge.objects.values_list("quote", flat=True)) == ["Second."]


@pytest.mark.parametrize(
    "policy, party",
    [("make-unless-near", None), ("make", "frence"), ("leave-out", None)],
)
def test_a_member_that_looks_like_a_slip(run, policy, party):
    report = run(
        HEAD.replace("France", "Frence").encode() + b"1,2001,,We will.,,1,1\n",
        policies={"unknown-member": policy},
    )
    assert report.members == {"Japan": "japan", "Frence": party}
    nearest = [
        defect.more["nearest"] for defect in report.defects if defect.code == "unknown-member"
    ]
    assert nearest == ([] if party else [["France"]])
    assert Party.objects.filter(slug="frence").exists() == bool(party)


def test_a_member_is_who_the_option_says(run):
    report = run(
        HEAD.replace("France", "Frence").encode() + b"1,2001,,We will.,,1,1\n",
        party_by_column={"Frence": "france"},
    )
    assert report.members == {"Japan": "japan", "Frence": "france"}
    assert run(
        HEAD.encode() + b"1,2001,,We will.,,1,1\n", party_by_column={"Frnce": "france"}
    ).refused == ["--party names no column of the file: Frnce."]


def test_real_states_are_no_slips_of_each_other(run):
    report = run(
        b"id,year,text,Austria,Australia,Niger,Nigeria,U.K.,saudi_arabia\n1,2001,We"
        b" will.,1,1,1,1,1,1\n"
    )
    assert list(report.members.values()) == [
        "austria",
        "australia",
        "niger",
        "nigeria",
        "united-kingdom",
        "saudi-arabia",
    ]
    assert [defect.code for defect in report.defects] == ["undated-summit"]


def test_columns_that_hold_no_scores_are_left_out_and_told(run):
    report = run(b"id,year,text,state,notes,Japan\n1,2001,We will.,published,Good,1\n")
    assert [(defect.code, defect.place.column) for defect in report.defects][:2] == [
        ("unknown-column", "state"),
        ("unknown-column", "notes"),
    ]
    assert Pledge.objects.get().state == "draft"


def test_two_columns_of_one_member_and_a_name_of_two_parties(run):
    for slug in ("congo-a", "congo-b"):
        Party.objects.create(slug=slug, name="Congoland", kind="state")
    report = run(b"id,year,text,Japan,JPN,Congoland\n1,2001,We will.,1,0,1\n")
    codes = {defect.code: defect for defect in report.defects}
    assert report.members == {"Japan": "japan", "JPN": None, "Congoland": None}
    assert "“Japan” and “JPN” are both Japan" in codes["duplicate-member"].sentence
    assert codes["ambiguous-member"].more["nearest"] == ["congo-a", "congo-b"]


def test_headers_are_known_by_name_and_else_mapped(run):
    run(b"Commitment_ID,Summit Year,Commitment,Issue Area,Japan\nx,2001,We will.,Trade,1\n")
    pledge = Pledge.objects.get()
    assert (pledge.slug, pledge.quote, pledge.topics.get().name) == ("g7-x", "We will.", "Trade")
    run(b"a,b,c,Japan\ny,2001,We do.,1\n", column_by_key={"id": "a", "year": "b", "text": "c"})
    assert Pledge.objects.get(slug="g7-y").quote == "We do."
    refused = run(b"a,b,c,Japan\nz,2001,We do.,1\n", column_by_key={"id": "a", "year": "nowhere"})
    assert [defect.sentence for defect in refused.defects] == [
        "The header has no column of this name, which --map gives to “year”.",
        (
            "No column holds this. It may be called text, commitment text, commitment, description;"
            " or map it by --map."
        ),
    ]


SUMMITS = b"year,code,starts_on,ends_on\n"


@pytest.mark.parametrize(
    "rows, code",
    [
        pytest.param(b"2001,,2001-02-30,2001-03-01\n", "impossible-summit-date", id="no such day"),
        pytest.param(b"2001,,July 20,\n", "impossible-summit-date", id="not a day"),
        pytest.param(b"2001,,,\n", "impossible-summit-date", id="no day"),
        pytest.param(b"2001,,2002-07-20,2002-07-21\n", "impossible-summit-date", id="another year"),
        pytest.param(
            b"2001,,2001-07-20,2001-07-19\n", "impossible-summit-date", id="ends before it starts"
        ),
        pytest.param(
            b"2001,,2001-01-20,2001-07-19\n", "impossible-summit-date", id="lasts half a year"
        ),
        pytest.param(b"01,,2001-07-20,\n", "unusable-summit", id="no year"),
        pytest.param(b"2001,,2001-07-20,\n2001,,2001-07-22,\n", "duplicate-summit", id="twice"),
        pytest.param(
            b"2001,,2001-07-20,\n2002,,2001-07-20,\n",
            "impossible-summit-date",
            id="last year's days",
        ),
    ],
)
def test_what_is_wrong_with_the_days_of_a_summit_is_told(run, rows, code):
    report = run(HEAD.encode() + b"1,2001,,We will.,,1,1\n", summits=SUMMITS + rows)
    assert code in {defect.code for defect in report.defects}
    refused = run(
        HEAD.encode() + b"1,2001,,We will.,,1,1\n",
        summits=SUMMITS + rows,
        policies={code: "refuse"},
    )
    assert refused.refused


def test_the_rows_of_a_summit_without_days_may_be_left_out(run):
    matrix = HEAD.encode() + b"1,2001,,We will.,,1,1\n2,2002,,We do.,,1,1\n"
    report = run(
        matrix, summits=SUMMITS + b"2001,,2001-07-20,\n", policies={"undated-summit": "leave-out"}
    )
    assert list(Summit.objects.values_list("slug", flat=True)) == ["g7-2001"]
    assert [defect.code for defect in report.defects] == ["undated-summit", "unknown-summit"]


def test_summits_of_the_same_days_may_both_be_dated_to_their_year(run):
    summits = SUMMITS + b"2001,A,2001-07-20,\n2001,B,2001-07-20,\n"
    matrix = b"id,year,code,text,Japan\n1,2001,A,We will.,1\n2,2001,b,We do.,1\n"
    run(matrix, summits=summits, policies={"identical-summit-dates": "whole-year"})
    assert [str(one.starts_on) for one in Summit.objects.order_by("slug")] == [
        "2001-07-20",
        "2001-01-01",
    ]


def test_a_summit_on_record_is_used_and_not_made_anew(run, make_summit):
    run(
        HEAD.encode() + b"1,2001,,We will.,,1,1\n",
        summits=SUMMITS + b"2001,,2001-07-20,2001-07-22\n",
    )
    report = run(HEAD.encode() + b"2,2001,,We do.,,1,1\n")
    assert Summit.objects.count() == 1
    assert "summit" not in report.as_json()["made"]
    differing = run(
        HEAD.encode() + b"3,2001,,We can.,,1,1\n", summits=SUMMITS + b"2001,,2001-07-21,\n"
    )
    (different,) = differing.as_json()["different"]
    assert (different["record_type"], different["slug"]) == ("summit", "g7-2001")
    assert different["sentence"] == "by the file of summits it was from 2001-07-21 to 2001-07-21"


@pytest.mark.parametrize(
    "average, told",
    [
        ("0.67", False), ("0.66", True), ("+0.67", False), ("0.6667", False), ("0.7", True), ("83%", False),
        ("83.3%", False), ("84%", True), ("", False),
    ],
)  # fmt: skip
def test_an_average_is_held_against_the_cells_at_its_own_precision(run, average, told):
    # 1, 1 and 0: the mean is 2/3, or 83.33 per cent. The other row shows that two places are usual.
    report = run(
        f"id,year,text,average,Japan,US,uk\n1,2001,A,{average},1,1,0\n2,2001,B,1.00,1,1,1\n".encode()
    )
    assert ("average-differs" in {defect.code for defect in report.defects}) == told


def test_a_report_without_a_day_gets_that_of_the_import_and_says_so(run):
    report = run(HEAD.encode() + b"1,2001,,We will.,,1,1\n", published_on=None)
    assert report.defects[0].code == "undated-report"
    assert str(report.outcome.made[-1].published_on) == "2026-06-01"
    assert report.outcome.made[-1].source.published_on is None


@in_one_test("code", [*POLICIES, "unreadable-table"])
def test_every_defect_is_described_with_its_policies(code):
    (line,) = [line for line in DOCS.read_text().splitlines() if line.startswith(f"| `{code}` |")]
    policies = line.rsplit("|", 2)[1].strip()
    assert policies == ", ".join(POLICIES.get(code, ["always refused"]))


def test_an_unknown_policy_is_refused():
    with pytest.raises(ValueError, match="lone-minus may be take, leave-out, refuse, not repair"):
        Defects(POLICIES, {"lone-minus": "repair"})
    assert all("refuse" in choices for choices in POLICIES.values())
