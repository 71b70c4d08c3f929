"""The scoreboard and the record of a party or leader: every number beside its parts."""

import re
from datetime import date

import pytest

from commitments.models import Undertaking

pytestmark = pytest.mark.django_db


def words(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.fixture
def owed(japan, make_pledge, make_assessment, make_topic):
    """Return what makes Japan owe pledges on defence with these verdicts of ours."""
    topic = make_topic()

    def owed(*statuses, **fields):
        for status in statuses:
            pledge = make_pledge(f"p-{Undertaking.objects.count()}", topics=[topic], **fields)
            make_assessment(pledge.undertakings.get(), status)

    return owed


@pytest.mark.parametrize("address", ["/scoreboard/", "/parties/japan/"])
def test_a_mean_is_shown_from_five_scored_verdicts_on(read, owed, address):
    owed("met", "met", "met", "not_met", "superseded")
    text = words(read(address))
    assert "4 of 5" in text
    assert "too few to average" in text
    assert "of 100" not in text
    owed("met")
    text = words(read(address))
    assert "5 of 6" in text
    # (1 + 1 + 1 - 1 + 1) / 5, and that on the scale of 0 to 100
    assert "0.60 80 of 100" in text


@pytest.mark.parametrize("address", ["/scoreboard/", "/parties/japan/"])
def test_what_others_judged_stands_apart(read, make_pledge, make_outside_report, make_party, address):
    make_outside_report("watch", (make_pledge().undertakings.get(), "met"), assessor=make_party("watchers"))
    ours, theirs = read(address).split("Verdicts of others, not ours")
    record = ours[ours.index("Our verdicts, by") :]
    assert "0 of 1" in words(record)
    assert "1 of 1" not in words(record)
    assert "Watchers" in theirs
    assert "1 of 1" in words(theirs)


def test_the_board_is_narrowed_by_series_and_kind(client, read, owed):
    owed("met", kind="trade")
    assert "Japan" in read("/scoreboard/?kind=trade")
    assert "No published undertaking fits." in read("/scoreboard/?kind=spending")
    assert "No published undertaking fits." in read("/scoreboard/?series=nobody")
    assert client.get("/scoreboard/?kind=unknown").status_code == 400


def test_an_empty_board_says_so(read, db):
    assert "No published undertaking fits." in read("/scoreboard/")


def test_the_record_of_a_party_goes_year_by_year(read, owed):
    owed("met", made_on=date(2014, 9, 5))
    owed("not_met", made_on=date(2025, 10, 28))
    text = read("/parties/japan/")
    record = text[text.index('id="record"') :]
    assert re.findall(r'<th scope="row">([^<]+)</th>', record)[:3] == ["2025", "2014", "All years"]
    assert "2 of 2" in words(record)


def test_the_record_of_a_leader_is_of_what_they_bound_or_stated(read, japan, make_leader, make_pledge):
    leader = make_leader()
    make_pledge("said", stated_by_leader=leader)
    bound = make_pledge("bound")
    bound.undertakings.update(leader=leader)
    make_pledge("other")
    assert "0 of 2" in words(read(leader.get_absolute_url()))
    assert "The record over time" not in read(make_leader("nobody").get_absolute_url())
