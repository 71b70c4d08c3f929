"""What is on record already is used as it is; what says something else is told and left alone."""

import pytest

from commitments.models import (
    OutsideReport,
    OutsideVerdict,
    Party,
    Pledge,
    Summit,
    Topic,
    Undertaking,
)

pytestmark = pytest.mark.django_db
HEAD = "id,year,area,text,average,Japan,France\n"
MATRIX = f"{HEAD}1,2001,Trade,We will.,,1,0\n2,2001,Trade,We do.,,1,1\n".encode()


def different(report):
    return {one["slug"]: one["sentence"] for one in report.as_json()["different"]}


def test_a_verdict_that_was_changed_since_is_told_and_left_alone(run):
    run(MATRIX)
    OutsideVerdict.objects.filter(undertaking__slug="g7-1--france").update(status="not_met")
    report = run(MATRIX)
    assert list(different(report).values()) == ["1 verdicts differ"]
    assert (report.outcome.verdicts_made, report.outcome.verdicts_unchanged) == (0, 3)
    assert OutsideVerdict.objects.get(undertaking__slug="g7-1--france").status == "not_met"


def test_a_pledge_of_another_summit_is_told_and_left_there(run):
    run(MATRIX)
    other = Summit.objects.create(
        slug="other",
        name="Other",
        kind="multilateral",
        starts_on="2001-03-01",
        ends_on="2001-03-01",
    )
    Pledge.objects.filter(slug="g7-1").update(summit=other)
    assert different(run(MATRIX)) == {"g7-1": "it belongs to another summit"}
    assert Pledge.objects.get(slug="g7-1").summit == other


def test_a_member_that_does_not_owe_a_pledge_on_record_gets_no_verdict_on_it(run):
    run(MATRIX)
    Undertaking.objects.get(slug="g7-2--japan").outside_verdicts.all().delete()
    Undertaking.objects.get(slug="g7-2--japan").delete()
    edition = MATRIX + b"3,2001,Trade,We can.,,1,1\n"
    report = run(edition)
    assert different(report) == {
        "g7-2": "japan owe it by the matrix and not here, so their verdicts are left out",
    }
    assert not Undertaking.objects.filter(slug="g7-2--japan").exists()
    assert report.outcome.verdicts_made == 5


def test_a_topic_and_the_party_of_the_series_own_name_are_used(run):
    topic = Topic.objects.create(slug="commerce", name="Trade")
    group = Party.objects.create(slug="group-of-seven", name="G7", kind="group")
    report = run(MATRIX)
    pledge = Pledge.objects.get(slug="g7-1")
    assert (list(pledge.topics.all()), pledge.stated_by) == ([topic], group)
    assert "topic" not in report.as_json()["made"]


@pytest.mark.parametrize(
    "header, fields",
    [
        pytest.param("rurit", {"name": "Ruritania", "short_name": "Rurit"}, id="short name"),
        pytest.param(
            "ルリタニア", {"name": "Ruritania", "name_ja": "ルリタニア"}, id="Japanese name"
        ),
        pytest.param("of-record", {"name": "Ruritania"}, id="slug"),
        pytest.param(
            "Germany",
            {"name": "Deutschland", "iso_code": "DEU"},
            id="a state's usual name, by its code",
        ),
        pytest.param(
            "uk", {"name": "Albion", "iso_code": "GBR"}, id="an abbreviation, by its code"
        ),
        pytest.param("safrica", {"name": "South Africa"}, id="an abbreviation, by its name"),
        pytest.param(
            "Korea (Rep.)", {"name": "South Korea", "iso_code": "KOR"}, id="a table's form"
        ),
        pytest.param("Turkey", {"name": "Türkiye", "iso_code": "TUR"}, id="a former name"),
        pytest.param("jpn", {"name": "Nippon", "iso_code": "JPN"}, id="a code in small letters"),
        pytest.param("eu", {"name": "European Union", "kind": "bloc"}, id="a union, by its name"),
    ],
)
def test_a_member_on_record_is_known_whatever_it_is_called(run, header, fields):
    Party.objects.create(slug="of-record", **{"kind": "state", **fields})
    report = run(HEAD.replace("Japan", header).encode() + b"1,2001,,We will.,,1,0\n")
    assert report.members == {header: "of-record", "France": "france"}


def test_an_assessor_of_whom_there_are_two_is_refused_in_a_sentence(run):
    for slug in ("group-a", "group-b"):
        Party.objects.create(slug=slug, name="Compliance Group", kind="organisation")
    assert run(MATRIX).refused == [
        "Several parties are called “Compliance Group”. Give --assessor the slug of one.",
    ]
    assert run(MATRIX, assessor="group-b").outcome.made[-1].assessor.slug == "group-b"


def test_a_summit_of_impossible_days_may_be_left_out(run):
    summits = b"year,code,name,starts_on,ends_on\n2001,,Genoa,2001-02-30,2001-03-01\n"
    assert run(MATRIX, summits=summits).refused == []
    assert Summit.objects.get().name == "Genoa"
    policies = {"impossible-summit-date": "leave-out", "undated-summit": "leave-out"}
    refused = run(
        MATRIX.replace(b"2001", b"2002"),
        summits=summits.replace(b"2001", b"2002"),
        policies=policies,
    )
    assert refused.refused == ["There is no row that could be entered."]
    assert [
        defect.done for defect in refused.defects if defect.code == "impossible-summit-date"
    ] == ["left out"]


def test_the_report_is_hung_on_a_source_with_its_address(run, make_source):
    address = "https://www.example.org/catalogue/"
    stored = make_source("catalogue", url=address, state="draft")
    report = run(MATRIX, url="http://example.org/catalogue")
    assert OutsideReport.objects.get().source == stored
    assert Pledge.objects.get(slug="g7-1").source == stored
    sentence = "it has the report's address, and its note does not name this file"
    assert different(report) == {"catalogue": sentence}
    assert different(run(MATRIX, url=address)) == {"catalogue": sentence}
