"""What no single record shows: that the records of the whole demonstration set agree with each
other.
"""

import csv
import re
from pathlib import Path

import pytest
import yaml

from commitments.demo.loading import SafeLoader
from tests.fixtures.cases import in_one_test

DEMO = Path(__file__).resolve().parents[2] / "commitments" / "demo"
# A series of meetings, and the blocs whose members come to it as more than guests.
MEETS_AS = {"nato-summits": {"nato"}, "g7-summits": {"g7", "g8"}}


def read_items():
    for path in sorted(DEMO.glob("records/*.yaml")):
        for item in yaml.load(path.read_text(encoding="utf-8"), Loader=SafeLoader):
            yield from item.items()


RECORDS = {}
for kind, record in read_items():
    if kind == "correction":
        continue
    RECORDS.setdefault(kind, {})[record["slug"]] = record
PARTIES, SUMMITS, SOURCES = RECORDS["party"], RECORDS["summit"], RECORDS["source"]
PLEDGES, EVIDENCE, RELEASES = RECORDS["pledge"], RECORDS["evidence"], RECORDS["release"]
TENURES = [
    (slug, tenure["party"], tenure)
    for slug, leader in RECORDS["leader"].items()
    for tenure in leader.get("tenures", [])
]
READ = {slug: source for slug, source in SOURCES.items() if source.get("statements")}


def each(records):
    """Return one test case a record, named by its slug."""
    return [pytest.param(fields, id=slug) for slug, fields in records.items()]


def covers(span, day):
    """Whether a span of days holds `day`; an open end is for good."""
    return span.get("starts_on", day) <= day <= span.get("ends_on", day)


def was_in_office(leader, party, day):
    return any(
        who == leader and where == party and covers(tenure, day) for who, where, tenure in TENURES
    )


def members(bloc, day):
    return {row["member"] for row in PARTIES[bloc].get("memberships", []) if covers(row, day)}


def words(text):
    """Return `text` as it can be compared: one space between words, straight quotes, small
    letters.
    """
    straight = text.translate(str.maketrans("‘’“”‐‑", "''\"\"--"))
    return " ".join(straight.lower().split()).strip(" .")


def pieces(quote):
    """Return the parts of a quote between its omissions."""
    return [piece for piece in map(words, re.split(r"…|\.\.\.", quote)) if piece]


def agrees(quote, stored):
    """Whether a quote and a stored sentence are the same words, one of them perhaps with more
    around it.
    """
    return words(stored) in words(quote) or all(piece in words(stored) for piece in pieces(quote))


def is_exact(fields, name):
    return bool(fields.get(name)) and fields.get(f"{name}_precision", "day") == "day"


@in_one_test("summit", each(SUMMITS))
def test_a_summit_ends_after_it_began_and_issues_its_documents_then_or_later(summit):
    assert summit["starts_on"] <= summit["ends_on"]
    issued = [source for source in SOURCES.values() if source.get("issued_at") == summit["slug"]]
    assert all(
        source.get("published_on", summit["starts_on"]) >= summit["starts_on"] for source in issued
    )


@in_one_test("tenure", [pytest.param(tenure, id=tenure["slug"]) for _, _, tenure in TENURES])
def test_a_term_of_office_ends_after_it_began(tenure):
    assert tenure["starts_on"] < tenure.get("ends_on", "9999-12-31")


@in_one_test("bloc", each({slug: row for slug, row in PARTIES.items() if row.get("memberships")}))
def test_a_membership_ends_after_it_began_and_is_of_a_state_that_is_entered(bloc):
    for row in bloc["memberships"]:
        assert row["starts_on"] < row.get("ends_on", "9999-12-31")
        assert PARTIES[row["member"]]["kind"] == "state"


def test_no_office_is_held_by_two_people_at_once():
    for who, party, tenure in TENURES:
        for other, same_party, later in TENURES:
            if party == same_party and tenure["office"] == later["office"] and tenure is not later:
                before = min(tenure, later, key=lambda row: row["starts_on"])
                after = later if before is tenure else tenure
                assert before.get("ends_on", "9999-12-31") <= after["starts_on"], (who, other)


@in_one_test("pledge", each(PLEDGES))
def test_the_days_of_a_pledge_are_in_order(pledge):
    summit = SUMMITS.get(pledge.get("summit"))
    assert summit is None or summit["starts_on"] <= pledge["made_on"] <= summit["ends_on"]
    assert pledge.get("deadline_from", "") <= pledge.get("deadline", "9999-12-31")
    assert all(row["fixed_on"] >= pledge["made_on"] for row in pledge.get("criteria", []))
    assert all(
        row.get("binds_from", pledge["made_on"]) >= pledge["made_on"]
        for row in pledge["undertakings"]
    )
    assert all(
        PLEDGES[link["to_pledge"]]["made_on"] <= pledge["made_on"]
        for link in pledge.get("links", [])
    )
    for target in pledge.get("targets", []):
        assert target.get("window_start", "") <= target.get("due", "9999-12-31")


@in_one_test("evidence", each(EVIDENCE))
def test_a_source_does_not_tell_of_an_exact_day_still_to_come(evidence):
    source = SOURCES[evidence["source"]]
    if is_exact(evidence, "happened_on") and source.get("published_on"):
        assert evidence["happened_on"] <= source["published_on"]


@in_one_test(
    "path", [pytest.param(path, id=path.stem) for path in sorted(DEMO.glob("series/*.csv"))]
)
def test_an_actual_figure_is_released_after_its_period(path):
    with path.open(newline="", encoding="utf-8") as file:
        actual = [row for row in csv.DictReader(file) if row["kind"] == "actual"]
    assert all(row["period_end"] <= RELEASES[path.stem]["released_on"] for row in actual)


@in_one_test("pledge", each(PLEDGES))
def test_whoever_speaks_or_binds_a_party_was_in_office_on_the_day(pledge):
    spoke = (
        [(pledge["stated_by_leader"], pledge["stated_by"])] if "stated_by_leader" in pledge else []
    )
    bound = [(row["leader"], row["party"]) for row in pledge["undertakings"] if "leader" in row]
    assert [pair for pair in [*spoke, *bound] if not was_in_office(*pair, pledge["made_on"])] == []


@in_one_test(
    "summit", each({k: row for k, row in SUMMITS.items() if row.get("series") in MEETS_AS})
)
def test_who_met_as_a_bloc_was_a_member_of_it_on_the_day(summit):
    allowed = MEETS_AS[summit["series"]]
    inside = allowed.union(*(members(bloc, summit["starts_on"]) for bloc in allowed))
    present = [row for row in summit["participations"] if row["role"] != "guest"]
    assert {row["party"] for row in present if PARTIES[row["party"]]["kind"] == "state"} <= inside


BY_A_BLOC = {
    slug: row for slug, row in PLEDGES.items() if PARTIES[row["stated_by"]].get("memberships")
}


@in_one_test("pledge", each(BY_A_BLOC))
def test_who_owes_the_pledge_of_a_bloc_was_a_member_of_it_when_it_was_bound(pledge):
    for row in pledge["undertakings"]:
        bound = row.get("binds_from", pledge["made_on"])
        assert row["party"] in {pledge["stated_by"], *members(pledge["stated_by"], bound)}


@in_one_test("pledge", each({k: row for k, row in PLEDGES.items() if row["source"] in READ}))
def test_a_quote_stands_in_the_text_of_its_source_where_that_was_read_sentence_by_sentence(pledge):
    tracked = [row["quote"] for row in READ[pledge["source"]]["statements"] if row.get("pledges")]
    assert any(agrees(pledge["quote"], sentence) for sentence in tracked)
