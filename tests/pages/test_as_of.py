"""`?as_of=` shows what was true and published by a day, from what the site holds now."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from commitments import models
from tests.fixtures.cases import on_the_same_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def said_on(
    client,
    make_pledge,
    japan,
    make_evidence,
    make_source,
    make_assessment,
    settle,
    make_party,
    source,
):
    """A pledge of October 2025 whose story has steps; returns what its page says as of a day."""
    pledge = make_pledge("promise", parties=[japan], made_on=date(2025, 10, 28), deadline=date(2026, 3, 31),
                         deadline_precision="day")  # fmt: skip
    later = make_source("later-news", published_on=date(2026, 4, 20))
    early = make_source("early-news", published_on=date(2025, 12, 1))
    first = make_evidence(
        pledge, source=early, finding="The cabinet agreed.", happened_on=date(2025, 11, 28)
    )
    second = make_evidence(
        pledge, source=later, finding="The outturn fell short.", happened_on=date(2026, 4, 20)
    )
    pledge.criteria.create(
        number=2, fixed_on=date(2026, 4, 1), met="The new test.", not_met="Not so."
    )
    owed = pledge.undertakings.get()
    make_assessment(
        owed, "on_track", rationale="Half way.", as_of=date(2025, 12, 2), evidence=[first, second]
    )
    make_assessment(owed, "off_track", rationale="It fell behind.", as_of=date(2026, 4, 21))

    def said_on(day):
        return client.get("/pledges/promise/", {"as_of": str(day)})

    return said_on


@on_the_same_record(
    "day, said, unsaid",
    [
        (
            "2025-10-28",
            ["Not due yet", "No evidence is published yet."],
            ["Half way.", "The cabinet agreed.", "It fell"],
        ),
        ("2025-12-01", ["Not due yet", "The cabinet agreed."], ["Half way.", "The outturn"]),
        (
            "2025-12-02",
            [
                "On track",
                "Half way.",
                "The cabinet agreed.",
                "It is done.",
                "What was fixed only after",
            ],
            ["The outturn", "It fell behind.", "The new test."],
        ),
        ("2026-03-31", ["On track"], ["That day has passed.", "The outturn"]),
        (
            "2026-04-01",
            ["last judged on track", "That day has passed.", "Overdue", "The new test."],
            ["On track", "The outturn", "What was fixed only after"],
        ),
        ("2026-04-21", ["Off track", "It fell behind.", "The outturn fell short."], []),
    ],
)
def test_each_day_shows_what_was_known_by_then(said_on, day, said, unsaid):
    text = said_on(day).html()
    assert [words for words in said if words not in text] == []
    assert [words for words in unsaid if words in text] == []
    assert "told from what this site holds now and in its words of today." in text


def test_it_is_told_when_the_site_itself_had_published_nothing_yet(said_on):
    begun = models.LedgerEntry.objects.get(seq=1).recorded_at.date()
    text = said_on("2025-12-02").html()
    assert "The site itself had published nothing by then: its ledger begins on" in text
    assert "had published nothing" not in said_on(str(begun)).html()


def test_the_title_names_the_day_in_plain_text(said_on):
    title = re.search("<title>(.*?)</title>", said_on("2025-12-02").html())[1]
    assert "as of 2 December 2025" in title


def test_what_is_dated_later_is_left_out_until_its_day(
    client, japan, make_party, make_pledge, make_source, make_assessment
):
    """The pledge's own source, the criteria it was judged against, and the party that joined it."""
    day = date(2026, 4, 20)
    transcript, parties = make_source("transcript", published_on=day), [japan, make_party("france")]
    pledge = make_pledge("late", source=transcript, locator="Page 9", parties=parties)
    owed = pledge.undertakings.filter(party=japan)
    pledge.undertakings.exclude(party=japan).update(binds_from=day)
    pledge.criteria.create(number=2, fixed_on=day, met="The new test.", not_met="Not so.")
    pledge.criteria.create(number=3, fixed_on=day, met="The newest test.", not_met="Not so.")
    make_assessment(owed.get(), "on_track", criteria=pledge.criteria.get(number=2))
    before, then = (
        client.get("/pledges/late/", {"as_of": str(asked)}).html()
        for asked in (day - timedelta(days=1), day)
    )
    dated = [
        "transcript",
        "Transcript",
        "Page 9",
        "France",
        "Bound from",
        "version 2 of the criteria",
        "20 April 2026",
    ]
    assert [words for words in dated if words in before] == []
    assert [words for words in dated if words not in then] == []
    told = ["The source was published only after", "criteria that were fixed only later"]
    assert [words for words in told if words not in before] == []
    assert [words for words in told if words in then] == []


def test_before_it_was_made_there_is_no_pledge(said_on):
    text = said_on("2025-10-27").html()
    assert "this pledge had not been made" in text
    assert "On track" not in text


@pytest.mark.parametrize(
    "day", ["2025-13-01", "yesterday", "20251201", str(timezone.now().date() + timedelta(days=3))]
)
def test_a_day_that_cannot_be_asked_about_is_refused_in_words(said_on, day):
    response = said_on(day)
    assert response.status_code == 400
    assert "“as_of”" in response.html()


def test_each_day_has_an_etag_and_a_canonical_address_of_its_own(said_on):
    one, other = said_on("2025-12-02"), said_on("2026-04-21")
    assert one.headers["ETag"] != other.headers["ETag"]
    assert (
        'rel="canonical" href="http://127.0.0.1:8000/pledges/promise/?as_of=2025-12-02"'
        in one.html()
    )


def test_looking_back_changes_no_row(said_on):
    said_on("2025-12-02")
    assert models.Undertaking.objects.get().shown_status == "off_track"


def test_outside_verdicts_count_from_the_day_of_their_report(
    client, settle, make_pledge, make_party, source, japan
):
    owed = make_pledge("judged-outside", parties=[japan]).undertakings.get()
    report = models.OutsideReport.objects.create(
        slug="watch-1", assessor=make_party("watchers"), title="t", source=source, scale="s",
        published_on=date(2025, 12, 1),
    )  # fmt: skip
    report.verdicts.create(undertaking=owed, score="0", status="partly_met")
    settle(report)
    before, after = (
        client.get("/pledges/judged-outside/", {"as_of": day}).html()
        for day in ("2025-11-30", "2025-12-01")
    )
    assert "Watchers" not in before
    assert "The judgement of Watchers, not ours" in after


def test_it_costs_one_statement_more_than_today(said_on, statements):
    """No history is read; two find when each verdict was last checked by then."""
    today = statements("/pledges/promise/")
    assert statements("/pledges/promise/?as_of=2025-12-02") <= today + 1
