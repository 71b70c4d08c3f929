"""Scorecards: hand-counted, ours and outside apart, the exempt apart, nothing unpublished."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import OutsideVerdict, Undertaking
from commitments.scoreboard import Scorecard, build_scoreboard, build_scorecard, build_years

pytestmark = pytest.mark.django_db
EARLY, LATE = date(2026, 1, 1), date(2026, 2, 1)


@pytest.fixture
def owe(make_pledge, make_assessment, japan):
    """Make a pledge of Japan's with our verdict on it, if one is given; return the undertaking."""

    def owe(slug, status="", **fields):
        undertaking = make_pledge(slug, **{"parties": [japan], **fields}).undertakings.get(
            party=japan
        )
        if status:
            make_assessment(undertaking, status)
        return undertaking

    return owe


def test_ours_are_counted_with_what_is_not_assessed_and_the_exempt_apart(owe, japan):
    for number, status in enumerate(["met", "met", "partly_met", "not_met", "superseded", ""]):
        owe(f"pledge-{number}", status)
    Undertaking.objects.filter(pk=owe("exempt").pk).update(exempt_reason="No forces.")
    ours = build_scorecard(japan).ours
    assert ours.by_status == {
        "met": 2,
        "not_assessed": 1,
        "not_met": 1,
        "partly_met": 1,
        "superseded": 1,
    }
    assert (ours.parties, ours.exempt, ours.scored) == (7, 1, 4)
    # (1 + 1 + 0 - 1) / 4
    assert (ours.mean_score, ours.percent) == (Decimal("0.25"), Decimal("62.5"))
    assert not ours.is_enough


def test_an_outside_verdict_never_becomes_ours(owe, japan, make_outside_report):
    first, second = owe("judged-by-both", "not_met"), owe("judged-outside")
    report = make_outside_report("watch", (first, "met"), (second, "met"))
    second.refresh_from_db()
    assert second.shown_status == "met"
    card = build_scorecard(japan)
    assert card.ours.by_status == {"not_met": 1}
    assert (card.ours.parties, card.ours.others_alone.by_status) == (2, {"met": 1})
    assert {party.slug: counted.by_status for party, counted in card.outside.items()} == {
        "watch-assessor": {"met": 2}
    }
    assert report.assessor in card.outside


def test_of_an_assessor_the_newest_verdict_on_each_undertaking_counts(
    owe, japan, make_outside_report, make_party
):
    watchers, others = make_party("watchers"), make_party("others")
    first, second = owe("first"), owe("second")
    make_outside_report("new", (first, "met"), assessor=watchers, published_on=LATE)
    make_outside_report(
        "old", (first, "not_met"), (second, "not_met"), assessor=watchers, published_on=EARLY
    )
    make_outside_report("theirs", (first, "partly_met"), assessor=others, published_on=EARLY)
    outside = {
        party.slug: counted.by_status for party, counted in build_scorecard(japan).outside.items()
    }
    assert outside == {"watchers": {"met": 1, "not_met": 1}, "others": {"partly_met": 1}}


def test_of_two_reports_of_one_day_the_later_entered_counts(
    owe, japan, make_outside_report, make_party
):
    watchers, owed = make_party("watchers"), owe("first")
    make_outside_report("morning", (owed, "not_met"), assessor=watchers)
    make_outside_report("evening", (owed, "met"), assessor=watchers)
    assert build_scorecard(japan).outside[watchers].by_status == {"met": 1}


def test_a_score_without_a_place_in_the_crosswalk_replaces_none(
    owe, japan, make_outside_report, make_party
):
    watchers, owed = make_party("watchers"), owe("first")
    make_outside_report("old", (owed, "met"), assessor=watchers, published_on=EARLY)
    make_outside_report("new", (owed, ""), assessor=watchers, published_on=LATE)
    assert build_scorecard(japan).outside[watchers].by_status == {"met": 1}


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_nothing_unpublished_counts(
    owe, japan, make_outside_report, make_assessment, make_topic, make_summit, reviewer, state
):
    owed = owe("public")
    owe("hidden", state=state)
    owe("orphan", summit=make_summit("hidden-summit", state=state), state=state)
    make_assessment(owed, "met", state=state, reviewer=reviewer, published_seq=1)
    make_outside_report("hidden-report", (owed, "met"), state=state)
    owed.pledge.topics.add(make_topic("hidden-topic", state=state))
    card = build_scorecard(japan)
    assert card.ours.by_status == {"not_assessed": 1}
    assert card.outside == {}
    assert build_scoreboard().topics == []


def test_a_party_that_owes_nothing_has_an_empty_scorecard(make_party):
    assert build_scorecard(make_party("nauru")) == Scorecard()


def test_the_board_counts_each_topic_and_the_total_once(
    owe, make_topic, make_party, japan, make_outside_report
):
    defence, trade, france = make_topic("defence"), make_topic("trade"), make_party("france")
    both = owe("both", "met", topics=[defence, trade], parties=[japan, france])
    owe("none", "not_met")
    report = make_outside_report("watch", (both, "partly_met"))
    board = build_scoreboard()
    assert board.topics == [defence, trade]
    assert [row.record.slug for row in board.rows] == ["japan", "france"]
    ours, theirs = board.rows
    assert ours.total.ours.by_status == {"met": 1, "not_met": 1}
    assert [cell.ours.by_status for cell in ours.cells] == [{"met": 1}, {"met": 1}]
    assert ours.cells[0].outside[report.assessor].by_status == {"partly_met": 1}
    assert theirs.total.outside == {}
    assert theirs.total.ours.by_status == {"not_assessed": 1}


def test_the_board_can_be_of_some_undertakings_only(owe, make_topic):
    owe("spending", "met", topics=[make_topic()])
    owe("trade", "not_met", kind="trade")
    board = build_scoreboard(Undertaking.objects.published().filter(pledge__kind="trade"))
    assert board.topics == []
    assert [row.total.ours.by_status for row in board.rows] == [{"not_met": 1}]


def test_years_are_those_in_which_pledges_were_made(owe):
    owe("older", "met", made_on=date(2014, 9, 5))
    owe("newer", made_on=date(2025, 10, 28))
    owe("new-year", "met", made_on=date(2025, 1, 1))
    counted = build_years(Undertaking.objects.published())
    assert [(year, card.ours.by_status) for year, card in counted] == [
        (2025, {"met": 1, "not_assessed": 1}),
        (2014, {"met": 1}),
    ]


def test_the_statements_do_not_grow_with_the_record(
    owe, make_topic, make_party, make_outside_report, japan
):
    topics = [make_topic(f"topic-{number}") for number in range(3)]
    owed = [
        owe(f"p-{n}", topics=topics, parties=[japan, make_party(f"ally-{n}")]) for n in range(4)
    ]
    make_outside_report("watch", *((one, "met") for one in owed))
    make_outside_report("watch-2", *((one, "met") for one in owed))
    for read, most in ((lambda: build_scorecard(japan), 3), (build_scoreboard, 8)):
        with CaptureQueriesContext(connection) as captured:
            read()
        assert len(captured) == most


def test_newest_of_each_keeps_what_is_asked_for_only(owe, make_outside_report, make_party):
    """A later report that the day leaves out must not hide the earlier one."""
    watchers, owed = make_party("watchers"), owe("first")
    make_outside_report("old", (owed, "not_met"), assessor=watchers, published_on=EARLY)
    make_outside_report("new", (owed, "met"), assessor=watchers, published_on=LATE)
    known = OutsideVerdict.objects.published().as_of(EARLY).newest_of_each()
    assert [verdict.status for verdict in known] == ["not_met"]
