"""What the demonstration record must hold before any database sees it: the files read by
themselves.
"""

import csv
import re
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
import yaml

from commitments.demo.loading import SafeLoader
from tests.fixtures.cases import in_one_test

DEMO = Path(__file__).resolve().parents[2] / "commitments" / "demo"
CLOSED = {"met", "partly_met", "not_met"}
LONGEST_QUOTE = 60
# Each field that refers, and the type it refers to; a list refers with each of its members.
REFERENCES = {
    "topic": {"parent": "topic"},
    "summit": {"series": "summitseries", "country": "party"},
    "source": {"issued_by": "party", "issued_at": "summit"},
    "release": {"indicator": "indicator"},
    "pledge": {
        "summit": "summit",
        "source": "source",
        "stated_by": "party",
        "stated_by_leader": "leader",
        "topics": "topic",
    },
    "evidence": {"pledge": "pledge", "source": "source", "undertakings": "undertaking"},
    "assessment": {"undertaking": "undertaking", "evidence": "evidence"},
    "outsidereport": {"assessor": "party", "source": "source"},
    "response": {"undertaking": "undertaking"},
    "memberships": {"member": "party"},
    "tenures": {"party": "party"},
    "participations": {"party": "party", "leader": "leader", "tenure": "tenure"},
    "statements": {"pledges": "pledge"},
    "undertakings": {"party": "party", "leader": "leader"},
    "links": {"to_pledge": "pledge"},
    "targets": {
        "undertaking": "undertaking",
        "indicator": "indicator",
        "measured_for": "party",
        "baseline_source": "source",
    },
    "verdicts": {"undertaking": "undertaking"},
    "observations": {"party": "party"},
}


def read_items():
    for path in sorted(DEMO.glob("records/*.yaml")):
        for item in yaml.load(path.read_text(encoding="utf-8"), Loader=SafeLoader):
            ((record_type, fields),) = item.items()
            yield record_type, fields


# A correction has no slug: it is about another record.
ITEMS = [item for item in read_items() if item[0] != "correction"]


def of_type(wanted):
    return {fields["slug"]: fields for record_type, fields in ITEMS if record_type == wanted}


PLEDGES, SOURCES, EVIDENCE = of_type("pledge"), of_type("source"), of_type("evidence")
ASSESSMENTS, LEADERS = of_type("assessment"), of_type("leader")
UNDERTAKINGS = {
    f"{slug}--{row['party']}": (pledge, row)
    for slug, pledge in PLEDGES.items()
    for row in pledge["undertakings"]
}
TENURES = {
    row["slug"]: (slug, row)
    for slug, leader in LEADERS.items()
    for row in leader.get("tenures", [])
}


def series():
    for path in sorted(DEMO.glob("series/*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            yield path.stem, list(csv.DictReader(file))


def each(records):
    """Return one test case a record, named by its slug."""
    return [pytest.param(fields, id=slug) for slug, fields in records.items()]


def day(text):
    return date.fromisoformat(text) if text else None


def references():
    """Yield (who refers, the type it refers to, the slug)."""
    known = {record_type: set(of_type(record_type)) for record_type, _ in ITEMS}
    known |= {"undertaking": set(UNDERTAKINGS), "tenure": set(TENURES)}

    def inside(owner, kind, fields):
        for name, target in REFERENCES.get(kind, {}).items():
            for slug in (
                fields.get(name) if isinstance(fields.get(name), list) else [fields.get(name)]
            ):
                if slug is not None and slug not in known.get(target, set()):
                    yield f"{owner}: {name} {slug}"
        for name, rows in fields.items():
            if name in REFERENCES and isinstance(rows, list) and rows and isinstance(rows[0], dict):
                yield from chain.from_iterable(inside(owner, name, row) for row in rows)

    for record_type, fields in ITEMS:
        yield from inside(fields["slug"], record_type, fields)


def test_every_reference_leads_to_a_record():
    assert list(references()) == []


def test_no_slug_is_used_twice_within_a_type():
    slugs = [(record_type, fields["slug"]) for record_type, fields in ITEMS]
    assert sorted({pair for pair in slugs if slugs.count(pair) > 1}) == []


def test_dates_are_quoted_so_that_yaml_leaves_them_alone():
    assert [
        f["slug"] for _, f in ITEMS if any(isinstance(value, date) for value in f.values())
    ] == []


def test_every_series_belongs_to_a_release_and_names_known_parties():
    releases, parties = of_type("release"), of_type("party")
    for name, rows in series():
        assert name in releases
        assert {row["party"] for row in rows} <= set(parties)
        assert all(row["period_start"] <= row["period_end"] for row in rows)


@in_one_test("pledge", each(PLEDGES))
def test_a_pledge_is_short_placed_and_dated(pledge):
    assert len(pledge["quote"].split()) <= LONGEST_QUOTE
    assert ("summit" in pledge) != ("occasion" in pledge)
    assert pledge.get("verifiability", "checkable") == "checkable" or pledge["verifiability_reason"]
    made, deadline = day(pledge["made_on"]), day(pledge.get("deadline"))
    assert deadline is None or deadline >= made
    undated = pledge.get("deadline_precision", "none") in {"none", "ongoing", "recurring"}
    assert undated == (deadline is None)


@in_one_test("evidence", each(EVIDENCE))
def test_evidence_is_not_older_than_its_pledge_unless_it_is_context(evidence):
    happened = day(evidence.get("happened_on"))
    made = day(PLEDGES[evidence["pledge"]]["made_on"])
    assert happened is None or happened >= made or evidence["stance"] == "context"
    assert len(evidence.get("excerpt", "").split()) <= LONGEST_QUOTE
    assert bool(evidence.get("excerpt")) == bool(evidence.get("excerpt_language"))


@in_one_test("slug", [*EVIDENCE, *ASSESSMENTS])
def test_evidence_and_assessments_are_named_after_their_pledge_and_eight_random_characters(slug):
    pledge, _, suffix = slug.rpartition("-")
    assert pledge in PLEDGES
    assert re.fullmatch(r"[abcdefghjkmnpqrstuvwxyz2-9]{8}", suffix)


@in_one_test("slug", UNDERTAKINGS)
def test_an_undertaking_is_assessed_or_says_what_is_missing(slug):
    _, row = UNDERTAKINGS[slug]
    assessed = any(assessment["undertaking"] == slug for assessment in ASSESSMENTS.values())
    assert assessed or row.get("missing") or row.get("exempt_reason")


@in_one_test("assessment", each(ASSESSMENTS))
def test_an_assessment_rests_on_its_own_pledges_evidence_published_by_its_day(assessment):
    pledge, _ = UNDERTAKINGS[assessment["undertaking"]]
    as_of, cited = assessment["as_of"], [EVIDENCE[slug] for slug in assessment.get("evidence", [])]
    assert as_of >= pledge["made_on"]
    assert {row["pledge"] for row in cited} <= {pledge["slug"]}
    assert all(SOURCES[row["source"]].get("published_on", "") <= as_of for row in cited)
    assert all(
        assessment["undertaking"] in row.get("undertakings", [assessment["undertaking"]])
        for row in cited
    )
    assert assessment.get("criteria") in {
        None,
        *(row["number"] for row in pledge.get("criteria", [])),
    }


@in_one_test("assessment", each({k: a for k, a in ASSESSMENTS.items() if a["status"] in CLOSED}))
def test_a_closed_verdict_has_a_rationale_and_proof_that_is_not_only_the_partys_own_word(
    assessment,
):
    _, row = UNDERTAKINGS[assessment["undertaking"]]
    proof = [
        EVIDENCE[slug] for slug in assessment["evidence"] if EVIDENCE[slug]["stance"] != "context"
    ]
    sources = [SOURCES[evidence["source"]] for evidence in proof]
    own = [s for s in sources if s["tier"] == "party_claim" and s.get("issued_by") == row["party"]]
    assert assessment["rationale"]
    assert assessment.get("method") == "rule" or proof
    assert len(own) < len(sources) or assessment["confidence"] == "low"


@in_one_test("source", each({k: s for k, s in SOURCES.items() if s.get("statements")}))
def test_each_statement_of_a_full_reading_is_tracked_or_says_why_not(source):
    for statement in source["statements"]:
        assert bool(statement.get("pledges")) != bool(statement.get("not_tracked_reason")), (
            statement["quote"]
        )
        assert len(statement["quote"].split()) <= LONGEST_QUOTE


@in_one_test("source", each({k: s for k, s in SOURCES.items() if not s.get("url")}))
def test_a_source_without_an_address_says_where_it_was_read(source):
    assert source["note"]


@in_one_test(
    "source", each({k: s for k, s in SOURCES.items() if "description" in s.get("note", "")})
)
def test_a_title_that_is_a_description_stands_in_square_brackets(source):
    is_described = re.search(r"title (given here )?is a description", source["note"])
    assert not is_described or re.fullmatch(r"\[.+\]", source["title"])


@in_one_test("summit", each(of_type("summit")))
def test_leaders_were_in_office_on_the_day_of_the_summit(summit):
    for row in summit["participations"]:
        if "tenure" not in row:
            continue
        leader, tenure = TENURES[row["tenure"]]
        assert (leader, tenure["party"]) == (row["leader"], row["party"])
        assert tenure.get("starts_on", summit["starts_on"]) <= summit["starts_on"]
        assert tenure.get("ends_on", summit["ends_on"]) >= summit["ends_on"]


def test_the_article_the_project_began_with_is_read_in_full():
    statements = SOURCES["kyodo-seed"]["statements"]
    tracked = chain.from_iterable(row.get("pledges", []) for row in statements)
    assert len(statements) >= 20
    assert {"tokyo-2025-defence", "tokyo-2025-cherry", "tokyo-2025-taiwan"} <= set(tracked)


def tracked_by(source):
    """Return {quote: pledges} of the sentences of a full reading that lead to a pledge."""
    rows = SOURCES[source]["statements"]
    return {row["quote"]: set(row["pledges"]) for row in rows if row.get("pledges")}


def test_the_fact_sheet_of_july_2025_is_read_in_full():
    tracked = set(chain.from_iterable(tracked_by("wh-fs-july").values()))
    assert len(SOURCES["wh-fs-july"]["statements"]) >= 35
    assert {slug for slug in PLEDGES if slug.startswith("japan-us-2025-")} == tracked


def test_one_sentence_of_tokyo_leads_to_every_term_of_july_that_it_confirms():
    confirmed = tracked_by("wh-golden")[
        "confirmed their strong commitment to implementing this GREAT DEAL"
    ]
    reported = tracked_by("kyodo-seed")["reaffirmed the implementation of a July trade agreement"]
    quoting = {slug for slug, pledge in PLEDGES.items() if pledge["source"] == "wh-golden"}
    once = {slug for slug in PLEDGES if slug.startswith("japan-us-2025-")}
    repeated = {link["to_pledge"] for slug in quoting for link in PLEDGES[slug]["links"]}
    # What Japan denied on the same days is no term that Tokyo confirmed.
    assert confirmed == reported == quoting | once - repeated - {"japan-us-2025-rice-quota"}


def test_no_number_set_elsewhere_is_dated_to_the_tokyo_summit():
    assert PLEDGES["japan-2025-defence-2pct"]["made_on"] == "2025-10-24"
    assert "summit" not in PLEDGES["japan-2025-defence-2pct"]
    assert "targets" not in PLEDGES["tokyo-2025-defence"]
    assert PLEDGES["tokyo-2025-550bn"]["modality"] == "reaffirms"
    assert PLEDGES["japan-2025-claimed-doubling"]["attribution"] == "claimed_by_other"


def test_money_that_is_only_announced_closes_no_verdict():
    indicators = of_type("indicator")
    targets = chain.from_iterable(pledge.get("targets", []) for pledge in PLEDGES.values())
    roles = {
        row["role"]
        for row in targets
        if indicators.get(row.get("indicator"), {}).get("stage") == "announced"
    }
    # A step on the way is shown, and judges nothing.
    assert roles == {"interim"}
