"""The same matrix gives the same report twice, and says each time what it left out."""

import pytest

from commitments.models import Pledge, Source, Summit

pytestmark = pytest.mark.django_db
HEAD = "id,year,area,text,Japan,France\n"


@pytest.mark.parametrize(
    "policies",
    [
        pytest.param({}, id="usual policies"),
        pytest.param({"unknown-member": "make", "no-text": "take"}, id="taking more"),
        pytest.param({"undated-summit": "leave-out", "second-summit": "leave-out"}, id="less"),
    ],
)
def test_a_second_run_reports_the_same_but_for_what_is_made(run, sixty, summits_file, policies):
    first = run(sixty, summits=summits_file, policies=policies).as_json()
    second = run(sixty, summits=summits_file, policies=policies).as_json()
    for key in ("refused", "file", "policies", "counts", "defects", "left_out", "different"):
        assert second[key] == first[key], key
    assert second["made"] == {}
    assert {key: sorted(slugs) for key, slugs in second["unchanged"].items()} == {
        key: sorted(slugs) for key, slugs in first["made"].items()
    }


def test_a_row_that_names_no_summit_is_settled_the_same_way_twice(run):
    matrix = b"id,year,code,text,Japan\n1,2001,A,We will.,1\n2,2001,,We do.,1\n"
    policies = {"second-summit": "leave-out"}
    first, second = run(matrix, policies=policies), run(matrix, policies=policies)
    assert first.as_json()["defects"] == second.as_json()["defects"]
    assert list(Pledge.objects.values_list("slug", flat=True)) == ["g7-1"]


def test_what_was_left_out_stands_in_report_and_public_note(run, sixty, summits_file):
    report = run(sixty, summits=summits_file)
    sentence = (
        "Left out: 5 rows (matrix line 26, id 2003-05; matrix line 27, id 2003-06; matrix line 28,"
        " id 2003-07; matrix line 31, id —; matrix line 47, id 2005-06), 1 column (Japn), 2 cells"
        " (matrix line 23, id 2003-02, column uk; matrix line 30, id 2003-09, column area)."
    )
    *_lines, said, closing = report.lines()
    assert said == sentence
    assert closing.endswith("; left out: 5 rows, 1 column, 2 cells.")
    assert sentence in Source.objects.get().note
    left_out = report.as_json()["left_out"]
    assert [row["line"] for row in left_out["rows"]] == [26, 27, 28, 31, 47]


def test_a_row_without_text_is_left_out_or_taken_and_says_so(run):
    matrix = f"{HEAD}1,2001,Trade,We will.,1,1\n2,2001,Trade,,1,-1\n3,2001,, ,0,1\n".encode()
    left_out = run(matrix, dry_run=True)
    assert left_out.left_out.count() == "2 rows"
    report = run(matrix, policies={"no-text": "take"})
    pledge = Pledge.objects.get(slug="g7-2")
    assert pledge.title == "Commitment 2 (Trade): no text in the catalogue"
    assert pledge.quote == "[The catalogue gives no text for commitment 2.]"
    assert not pledge.quote_is_verbatim
    assert Pledge.objects.get(slug="g7-3").title == "Commitment 3: no text in the catalogue"
    assert report.defects.count()["no-text"] == 2
    assert report.outcome.verdicts_made == 6
    again = run(matrix, policies={"no-text": "take"})
    assert (again.outcome.different, again.outcome.made) == ({}, [])


def test_an_undated_summit_is_exact_to_its_year_and_so_are_its_pledges(run):
    run(f"{HEAD}1,2001,Trade,We will.,1,1\n".encode())
    summit, pledge = Summit.objects.get(), Pledge.objects.get()
    assert (summit.starts_on_precision, summit.ends_on_precision) == ("year", "year")
    assert (str(pledge.made_on), pledge.made_on_precision) == ("2001-01-01", "year")
