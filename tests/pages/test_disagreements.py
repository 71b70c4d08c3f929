"""Where others judge otherwise than we do: both verdicts stand beside each other with their reasons."""

import html
import re
from datetime import date

import pytest

from commitments import models
from commitments.verdicts.statuses import Status, disagree
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.records import withdraw
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db

ADDRESS = "/disagreements/"


@shared
def watchers(make_party):
    return make_party("watchers", name="The Watchers", kind="organisation")


@shared
def counters(make_party):
    return make_party("counters", name="The Counters", kind="organisation")


@shared
def pledge(
    make_pledge, make_party, make_assessment, make_outside_report, settle, japan, watchers, counters
):
    """Five parties: of two others judge otherwise, of one alike, of one we say nothing, one is
    judged by nobody else.
    """
    names = ("chile", "france", "italy", "spain")
    parties = [japan, *(make_party(name) for name in names)]
    pledge = make_pledge("aid", title="Give more aid", parties=parties)
    parts = {part.party.slug: part for part in pledge.undertakings.all()}
    ours = {"japan": "met", "france": "in_progress", "italy": "not_met", "spain": "met"}
    for slug, status in ours.items():
        verdict = {"answer": f"{slug.title()} gave so much.", "rationale": f"We counted {slug}."}
        make_assessment(parts[slug], status, as_of=date(2026, 1, 1), **verdict)
    make_outside_report(
        "old",
        (parts["japan"], "met"),
        (parts["spain"], "not_met"),
        assessor=watchers,
        published_on=date(2025, 12, 1),
    )
    report = make_outside_report(
        "watch",
        (parts["japan"], "not_met"),
        (parts["france"], "partly_met"),
        (parts["italy"], "met"),
        (parts["chile"], "met"),
        (parts["spain"], ""),
        assessor=watchers,
        published_on=date(2026, 2, 1),
        state="draft",
    )
    report.verdicts.filter(undertaking=parts["japan"]).update(score="−1", note="Loans count half.")
    settle(report)
    make_outside_report("count", (parts["japan"], "met"), assessor=counters)
    return pledge


@pytest.fixture
def rows(read, pledge):
    """Return [party, theirs, ours] of each row of the page, in words."""

    def rows(query=""):
        text = read(ADDRESS + query)
        found = []
        for row in re.findall(r"<tr>(.*?)</tr>", text, re.S):
            cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
            found.append([words(cell) for cell in cells])
        return [cells for cells in found if cells[0] != "Party"]

    return rows


def words(text):
    return " ".join(html.unescape(re.sub(r"<[^>]+>|\u2060", " ", text)).split())


def test_both_verdicts_stand_beside_each_other_with_both_reasons(rows):
    italy, japan, spain = rows()
    assert japan == [
        "Japan",
        "Their verdict Not met The Watchers: “−1” Loans count half. watch · 1 February 2026",
        "Our verdict Met Japan gave so much. We counted japan. As of 1 January 2026 · Why this verdict",
    ]
    assert italy[0] == "Italy"
    assert "No reason of theirs is recorded here." in italy[1]
    # Their newer report says of Spain nothing that the crosswalk has a word for.
    assert spain[1].startswith("Their verdict Not met The Watchers: “not_met”")


def test_the_scale_of_each_report_stands_once_above_the_rows(read, pledge):
    text = words(read(ADDRESS))
    # Two reports of the same assessor; that of the other assessor agrees with us.
    assert text.count("Scale (The Watchers): words") == 2
    assert "Scale (The Counters)" not in text


def test_it_counts_those_that_agree_and_those_without_a_verdict_of_ours(read, pledge):
    text = words(read(ADDRESS))
    assert (
        "6 verdicts of others. They differ from ours: 3. They agree with ours: 2. We have no verdict"
        " of our own: 1." in text
    )


def test_it_says_so_if_nobody_else_has_judged(read, make_pledge):
    text = words(read(ADDRESS))
    assert "No verdict of others is published here." in text
    assert "<select" not in text


@on_the_same_record(
    "query, parties",
    [
        pytest.param("?assessor=watchers", ["Italy", "Japan", "Spain"], id="by assessor"),
        pytest.param("?assessor=counters", [], id="an assessor who agrees"),
        pytest.param("?party=japan", ["Japan"], id="by party"),
        pytest.param("?pledge=aid&party=italy", ["Italy"], id="by pledge and party"),
        pytest.param("?pledge=other", [], id="another pledge"),
        pytest.param("?as_of=2026-01-15", ["Spain"], id="before the newer report"),
        pytest.param("?as_of=2025-12-31", [], id="before our verdicts"),
    ],
)
def test_it_can_be_narrowed(rows, query, parties):
    assert [row[0] for row in rows(query)] == parties


def test_the_verdicts_of_a_past_day_are_held_against_those_of_that_day(
    read, rows, pledge, make_assessment
):
    spain = pledge.undertakings.get(party__slug="spain")
    make_assessment(
        spain, "not_met", as_of=date(2026, 3, 1), answer="Spain did not.", rationale="Recounted."
    )
    assert [row[0] for row in rows()] == ["Italy", "Japan"]
    (row,) = rows("?as_of=2026-01-15")
    assert "Spain gave so much." in row[2]
    text = words(read(f"{ADDRESS}?as_of=2026-01-15"))
    assert "3 verdicts of others. They differ from ours: 1. They agree with ours: 2." in text


def test_a_draft_and_what_was_withdrawn_show_nothing(rows, pledge, make_outside_report, reviewer):
    france = pledge.undertakings.get(party__slug="france")
    make_outside_report("draft", (france, "not_met"), state="draft")
    assert "France" not in [row[0] for row in rows()]
    withdraw(models.OutsideReport.objects.get(slug="watch"), by=reviewer, note="Misread.")
    assert [row[0] for row in rows()] == ["Spain"]


def test_a_long_reason_of_ours_is_cut_short_and_leads_to_all_of_it(
    read, make_pledge, make_assessment, make_outside_report
):
    part = make_pledge().undertakings.get()
    verdict = make_assessment(part, "met", rationale="A long reason. " * 40)
    make_outside_report("watch", (part, "not_met"))
    text = read(ADDRESS)
    assert text.count("A long reason.") < 25
    # It ends with a whole word.
    assert re.search(r"\b(A|long|reason\.)…", text)
    assert f'href="/pledges/{part.pledge.slug}/#{verdict.slug}"' in text


def test_the_pledge_and_the_scoreboard_lead_there(read, pledge):
    assert 'href="/disagreements/?pledge=aid"' in read("/pledges/aid/")
    past = read("/pledges/aid/?as_of=2026-03-01")
    assert 'href="/disagreements/?pledge=aid&amp;as_of=2026-03-01"' in past
    assert "Where theirs differ from ours" in read("/scoreboard/")


def test_it_costs_the_same_with_many_rows(
    statements, make_pledge, make_assessment, make_party, make_outside_report
):
    def judge(slug, number):
        parties = [make_party(f"{slug}-{one}") for one in range(number)]
        pledge = make_pledge(slug, parties=parties)
        parts = list(pledge.undertakings.all())
        for part in parts:
            make_assessment(part, "met")
        make_outside_report(f"report-{slug}", *((part, "not_met") for part in parts))

    judge("few", 2)
    few, few_then = statements(ADDRESS), statements(f"{ADDRESS}?as_of=2026-03-01")
    judge("many", 9)
    assert statements(ADDRESS) == few <= 8
    assert statements(f"{ADDRESS}?as_of=2026-03-01") == few_then <= 12


def test_the_database_finds_the_same_disagreements_as_the_rule(
    make_pledge, make_party, make_assessment, make_outside_report
):
    """Each status of ours against each of theirs."""
    parties = [make_party(f"party-{number}") for number in range(len(Status))]
    pledge = make_pledge(parties=parties)
    parts = list(pledge.undertakings.order_by("pk"))
    for part, status in zip(parts, Status, strict=True):
        make_assessment(part, status)
    for theirs in Status:
        make_outside_report(f"says-{theirs}".replace("_", "-"), *((part, theirs) for part in parts))
    for day in (None, date(2026, 6, 1)):
        verdicts = models.OutsideVerdict.objects.published().as_of(day).with_ours()
        found = set(verdicts.differing().values_list("ours", "status"))
        assert found == {(a, b) for a in Status for b in Status if disagree(a, b)}
        assert verdicts.count_agreement().differing == len(found)
