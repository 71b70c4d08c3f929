"""The made-up matrix of 60 × 12 with every defect: what is told of each, and what comes to stand in
the record.
"""

from datetime import date
from decimal import Decimal

import pytest

from commitments.importing.matrices import POLICIES
from commitments.models import (
    Assessment,
    LedgerEntry,
    OutsideReport,
    OutsideVerdict,
    Party,
    Pledge,
    Summit,
    Topic,
    Undertaking,
)
from commitments.verdicts.rollup import rollup

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(run, sixty, summits_file, japan_and_us):
    return run(sixty, summits=summits_file)


# Every defect of the two files: code, file, line, column, value.
DEFECTS = [
    ("impossible-summit-date", "summits", 4, "starts_on", "2003-06-03"),
    ("identical-summit-dates", "summits", 7, "starts_on", "2005-04-02"),
    ("unknown-member", "matrix", 1, "Japn", ""),
    ("minus-sign", "matrix", 5, "France", "−1"),
    ("duplicate-id", "matrix", 6, "id", "2001-04"),
    ("edge-blanks", "matrix", 9, "id", " 2001-08"),
    ("date-for-id", "matrix", 13, "id", "Feb-02"),
    ("lone-minus", "matrix", 16, "France", "-"),
    ("lone-plus", "matrix", 17, "US", "+"),
    ("average-differs", "matrix", 22, "average", "0.90"),
    ("unreadable-score", "matrix", 23, "uk", "x"),
    ("average-differs", "matrix", 23, "average", "0.08"),
    ("unreadable-average", "matrix", 24, "average", "good"),
    ("unreadable-year", "matrix", 26, "year", "20O3"),
    ("no-text", "matrix", 27, "text", ""),
    ("no-scores", "matrix", 28, "id", "2003-07"),
    ("edge-blanks", "matrix", 29, "Italy", " 0"),
    ("unusable-area", "matrix", 30, "area", "貿易"),
    ("unusable-id", "matrix", 31, "id", "—"),
    ("lone-minus", "matrix", 35, "France", "–"),
    ("unknown-summit", "matrix", 47, "year", "2005"),
    ("undated-summit", "matrix", 52, "year", "2006"),
]


def test_every_defect_is_told_with_its_place(report):
    told = [(defect.code, *list(vars(defect.place).values())[:4]) for defect in report.defects]
    assert told == DEFECTS
    assert report.refused == []


def test_what_was_done_is_told_too(report):
    done = {(defect.code, defect.place.line): defect for defect in report.defects}
    assert done["minus-sign", 5].done == done["lone-minus", 16].done == "taken as -1"
    assert done["lone-plus", 17].done == "taken as +1"
    assert done["duplicate-id", 6].done == "kept as g7-2001-04-2"
    assert done["duplicate-id", 6].more["lines"] == [5, 6]
    assert done["identical-summit-dates", 7].more["lines"] == [6, 7]
    near = done["unknown-member", 1]
    assert (near.more["nearest"], near.done) == (["Japan"], "left out, as it may be a slip")


def test_a_published_average_that_its_cells_do_not_give_is_told_with_both_values(report):
    differing = [defect.more for defect in report.defects if defect.code == "average-differs"]
    # Line 22: Japan 1, US 1, uk 0, France −1, DEU 1, Italy 1, saudi 0, safrica 1, eu 1, Japn 1,
    # Atlantis 0 and no score of korea: but saudi is blank there, so ten scores with the sum 6. Line
    # 23: the cell of uk cannot be read; eleven others with the sum 1.
    assert differing == [
        {"published": "0.90", "computed": "0.6000"},
        {"published": "0.08", "computed": "0.0909"},
    ]


def test_the_mean_of_each_member_is_the_one_worked_out_by_hand(report):
    # Each column is a cycle over the 60 rows. Five rows are left out (lines 26, 27, 28, 31 and 47:
    # the 25th, 26th, 27th, 30th and 46th row); what the cycle has there is taken off its sum and
    # its count.
    by_hand = {
        "japan": (15, 55),  # 1 0 −1 1, fifteen times: 15; off 1 + 0 − 1 + 0 + 0
        "united-states": (55, 55),  # 1: 60; off 5
        "united-kingdom": (0, 54),  # 0; and one cell is an x
        "france": (-55, 55),  # −1, however the sign is written: −60; off −5
        "germany": (1, 55),  # 1 −1: 0; off 1 − 1 + 1 − 1 − 1
        "italy": (28, 55),  # 1 0: 30; off 1 + 0 + 1 + 0 + 0
        "south-korea": (27, 27),  # blank 1: 30; off 1 + 1 + 1, two of the five being blank
        "saudi-arabia": (
            -18,
            37,
        ),  # −1 0 blank: −20 of 40; off −1 + 0 − 1, two of the five being blank
        "south-africa": (18, 55),  # 0 0 1: 20; off 0 + 0 + 1 + 1 + 0
        "european-union": (11, 55),  # 1 1 0 0 −1: 12; off −1 + 1 + 1 − 1 + 1
        "atlantis": (0, 55),  # 0
    }
    assert set(by_hand) == {slug for slug in report.members.values() if slug}
    for slug, (total, scored) in by_hand.items():
        verdicts = OutsideVerdict.objects.filter(undertaking__party__slug=slug).values_list(
            "status", flat=True
        )
        counted = rollup(verdicts)
        assert (counted.scored, counted.mean_score) == (scored, Decimal(total) / scored), slug


def test_rows_become_pledges_with_what_the_catalogue_says_and_no_more(report):
    pledge = Pledge.objects.get(slug="g7-2001-01")
    assert pledge.quote == "We will carry out measure number 1 together."
    assert not pledge.quote_is_verbatim
    assert (pledge.locator, pledge.made_on) == ("Commitment 2001-01", date(2001, 7, 22))
    assert pledge.summit.name == "Genoa summit"
    assert [topic.name for topic in pledge.topics.all()] == ["Trade"]
    assert (pledge.attribution, pledge.modality, pledge.stated_by.name) == (
        "joint_text",
        "agrees",
        "Leaders at G7",
    )
    assert "We have not read the summit's own documents" in pledge.explanation
    assert pledge.source.publisher == "Compliance Group"
    assert report.sha256 in pledge.source.note
    # Line 2: korea is blank, Japn is left out.
    assert set(pledge.undertakings.values_list("party__slug", flat=True)) == {
        "japan", "united-states", "united-kingdom", "france", "germany", "italy", "saudi-arabia", "south-africa",
        "european-union", "atlantis",
    }  # fmt: skip


def test_scores_are_kept_as_published_and_judged_by_the_crosswalk(report):
    def verdict(slug):
        return OutsideVerdict.objects.values_list("score", "status", "note").get(
            undertaking__slug=slug
        )

    assert verdict("g7-2001-01--united-states") == ("1", "met", "")
    assert verdict("g7-2001-02--united-states") == ("+1", "met", "")
    assert verdict("g7-2001-01--united-kingdom") == ("0", "partly_met", "")
    assert verdict("g7-2001-04--france") == ("−1", "not_met", "")
    assert verdict("g7-2002-05--france") == (
        "-",
        "not_met",
        "The cell holds a lone minus sign, taken as -1.",
    )
    assert verdict("g7-2002-06--united-states") == (
        "+",
        "met",
        "The cell holds a lone plus sign, taken as +1.",
    )


def test_summits_are_dated_by_their_file_or_by_their_year_and_say_so(report):
    days = {
        summit.slug: (summit.starts_on, summit.ends_on, bool(summit.summary))
        for summit in Summit.objects.all()
    }
    assert days == {
        "g7-2001": (date(2001, 7, 20), date(2001, 7, 22), False),
        "g7-2002": (date(2002, 6, 26), date(2002, 6, 27), False),
        "g7-2003": (date(2003, 1, 1), date(2003, 12, 31), True),
        "g7-2004": (date(2004, 6, 8), date(2004, 6, 10), False),
        "g7-2005-a": (date(2005, 4, 2), date(2005, 4, 3), False),
        "g7-2005-b": (date(2005, 4, 2), date(2005, 4, 3), False),
        "g7-2006": (date(2006, 1, 1), date(2006, 12, 31), True),
    }


def test_members_are_found_by_name_short_name_code_and_abbreviation(report):
    assert report.members == {
        "Japan": "japan", "US": "united-states", "uk": "united-kingdom", "France": "france", "DEU": "germany",
        "Italy": "italy", "korea": "south-korea", "saudi": "saudi-arabia", "safrica": "south-africa",
        "eu": "european-union", "Japn": None, "Atlantis": "atlantis",
    }  # fmt: skip
    assert Party.objects.get(slug="south-korea").iso_code == "KOR"
    assert Party.objects.get(slug="european-union").kind == "bloc"


def test_the_verdicts_are_theirs_and_nothing_is_public(report):
    assert Assessment.objects.count() == 0
    outside = OutsideReport.objects.get()
    assert (outside.assessor.name, outside.scale) == ("Compliance Group", "−1, 0, +1")
    assert outside.published_on == date(2026, 3, 1)
    assert (
        report.outcome.verdicts_made
        == OutsideVerdict.objects.count()
        == Undertaking.objects.count()
    )
    states = {
        state
        for model in (Pledge, Summit, Topic, OutsideReport)
        for state in model.objects.values("state")[0].values()
    }
    assert states == {"draft"}
    assert Pledge.objects.published().count() == OutsideVerdict.objects.published().count() == 0
    assert LedgerEntry.objects.count() == 0


@pytest.mark.parametrize("code", list(dict.fromkeys(code for code, *_place in DEFECTS)))
def test_each_defect_can_refuse_the_whole_file(code, run, sixty, summits_file, japan_and_us):
    report = run(sixty, summits=summits_file, policies={code: "refuse"})
    assert report.refused == [f"The policy refuses {code}."]
    assert {defect.code for defect in report.defects if defect.done.startswith("refused")} == {code}
    assert Pledge.objects.count() == OutsideReport.objects.count() == 0
    assert Party.objects.count() == 2


def test_all_policies_but_those_of_header_and_report_meet_their_defect_here():
    elsewhere = {
        "unknown-column",
        "ambiguous-member",
        "duplicate-member",
        "unusable-summit",
        "duplicate-summit",
        "unusable-text",
        "new-party",
        "second-summit",
    }
    assert {code for code, *_place in DEFECTS} | elsewhere | {"undated-report"} == set(POLICIES)
