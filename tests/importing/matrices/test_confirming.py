"""A new party and a second summit of a year are made only once somebody has confirmed them."""

import pytest

from commitments.models import Party, Pledge, Summit, SummitSeries

pytestmark = pytest.mark.django_db
MATRIX = b"id,year,code,text,Japan,Atlantis\n1,2001,,We will.,1,0\n"
TWO = b"id,year,code,text,Japan\n1,2001,A,We will.,1\n2,2001,B,We do.,1\n"
ASKING = {"new-party": "refuse", "second-summit": "refuse"}


@pytest.fixture
def on_record(db):
    series = SummitSeries.objects.create(slug="g7", name="G7")
    Summit.objects.create(
        slug="genoa",
        series=series,
        name="Genoa",
        kind="multilateral",
        starts_on="2001-07-20",
        ends_on="2001-07-22",
    )


def test_new_parties_are_named_and_refused(run):
    report = run(MATRIX, policies=ASKING)
    [reason] = report.refused
    names = "Compliance Group (compliance-group), Leaders at G7 (g7-leaders), Japan (japan)"
    assert f"{names}, Atlantis (atlantis)" in reason
    assert "confirm the others by --new-party make" in reason
    columns = {defect.place.column for defect in report.defects if defect.code == "new-party"}
    assert columns == {"", "Japan", "Atlantis"}
    assert Party.objects.count() == 0


def test_a_member_without_a_score_is_no_new_party(run):
    report = run(MATRIX.replace(b"1,0\n", b"1,\n"), policies=ASKING)
    assert "atlantis" not in report.refused[0]


def test_confirmed_parties_are_named_as_new(run):
    assert list(run(MATRIX).lines())[-2] == (
        "New parties: Compliance Group (compliance-group), Leaders at G7 (g7-leaders), Japan"
        " (japan), Atlantis (atlantis)."
    )


def test_parties_on_record_need_no_confirmation(run):
    run(MATRIX)
    report = run(MATRIX, policies=ASKING)
    assert (report.refused, report.outcome.made) == ([], [])


def test_a_second_summit_of_two_new_ones_is_asked_about(run):
    report = run(TWO, policies={"second-summit": "refuse"})
    [reason] = report.refused
    assert "g7-2001-b (2001-01-01 to 2001-12-31) would be another summit of the series" in reason
    assert "beside g7-2001-a (2001-01-01 to 2001-12-31)" in reason
    assert "--second-summit make" in reason
    assert Summit.objects.count() == 0


def test_a_summit_beside_the_one_on_record_is_asked_about(run, on_record):
    summits = b"year,starts_on,ends_on\n2001,2001-07-20,2001-07-23\n"
    report = run(MATRIX, summits=summits, policies={"second-summit": "refuse"})
    assert "beside genoa (2001-07-20 to 2001-07-22)" in report.refused[0]
    left_out = run(MATRIX, summits=summits, policies={"second-summit": "leave-out"})
    assert left_out.refused == ["There is no row that could be entered."]
    run(MATRIX, summits=summits)
    assert set(Summit.objects.values_list("slug", flat=True)) == {"genoa", "g7-2001"}


def test_the_summit_on_record_is_used_without_asking(run, on_record):
    run(MATRIX, policies={"second-summit": "refuse"})
    assert Pledge.objects.get().summit.slug == "genoa"


def test_the_rows_of_a_second_summit_may_be_left_out(run):
    report = run(TWO, policies={"second-summit": "leave-out"})
    assert list(Pledge.objects.values_list("slug", flat=True)) == ["g7-1"]
    assert report.left_out.count() == "1 row"
