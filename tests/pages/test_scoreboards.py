"""The scoreboard and the record of a party or leader: every number beside its parts."""

import re
from datetime import date

import pytest

from commitments.models import Undertaking
from tests.fixtures.shared import shared

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
    assert "0.60 (80 of 100)" in text


@pytest.mark.parametrize("address", ["/scoreboard/", "/parties/japan/"])
def test_what_others_judged_stands_apart(
    read, make_pledge, make_outside_report, make_party, address
):
    make_outside_report(
        "watch", (make_pledge().undertakings.get(), "met"), assessor=make_party("watchers")
    )
    ours, theirs = read(address).split("Verdicts of others, not ours")
    record = ours[ours.index("Our verdicts, by") :]
    assert "+1 by others alone" in words(record)
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


def test_the_record_of_a_leader_is_of_what_they_bound_or_stated(
    read, japan, make_leader, make_pledge
):
    leader = make_leader()
    make_pledge("said", stated_by_leader=leader)
    bound = make_pledge("bound")
    bound.undertakings.update(leader=leader)
    make_pledge("other")
    assert "0 of 2" in words(read(leader.get_absolute_url()))
    assert "The record over time" not in read(make_leader("nobody").get_absolute_url())


def parties_in(text):
    board = text[text.index('class="matrix board"') :]
    return re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a>', board[: board.index("</table>")])


@shared
def three(make_party, make_pledge, make_assessment):
    """Ana: six, all met; Zoe: five, one not met; Mid: seven, too few of them scored for a mean."""
    for slug, *statuses in [
        ("ana", *["met"] * 6), ("zoe", *["met"] * 4, "not_met"), ("mid", *["met"] * 4, *["superseded"] * 3)
    ]:  # fmt: skip
        party = make_party(slug)
        for number, status in enumerate(statuses):
            pledge = make_pledge(f"{slug}-{number}", parties=[party], stated_by=party, kind="trade")
            make_assessment(pledge.undertakings.get(), status)


# A mean that is not shown sorts nothing: Mid is last by the score, either way.
ORDERS = {
    "": "Mid Ana Zoe", "-pledges": "Mid Ana Zoe", "pledges": "Zoe Ana Mid", "party": "Ana Mid Zoe",
    "-party": "Zoe Mid Ana", "-score": "Ana Zoe Mid", "score": "Zoe Ana Mid",
}  # fmt: skip


def test_the_board_is_sorted_by_a_column(read, three, subtests):
    for sort, order in ORDERS.items():
        with subtests.test(sort):
            assert parties_in(read(f"/scoreboard/?sort={sort}")) == order.split()


def test_the_head_says_how_it_is_sorted_and_leads_to_the_other_way_round(read, three):
    def heads(query):
        text = read(f"/scoreboard/{query}").replace("&amp;", "&")
        return re.findall(r'<th scope="col"(?: aria-sort="(\w+)")?><a href="\?([^"]+)">', text)

    assert heads("") == [("", "sort=party"), ("descending", "sort=pledges"), ("", "sort=-score")]
    assert heads("?sort=pledges") == [
        ("", "sort=party"),
        ("ascending", "sort=-pledges"),
        ("", "sort=-score"),
    ]
    assert heads("?sort=party")[0] == ("ascending", "sort=-party")
    assert heads("?sort=-score")[2] == ("descending", "sort=score")


def test_sorting_keeps_the_filters_and_the_day_and_filtering_the_order(read, three):
    text = read("/scoreboard/?kind=trade&as_of=2026-01-01&sort=party&utm_source=mail").replace(
        "&amp;", "&"
    )
    assert '<a href="?as_of=2026-01-01&kind=trade&sort=-party">' in text
    assert '<input type="hidden" name="sort" value="party">' in text


def test_an_order_there_is_not_is_refused_in_words(client, db):
    response = client.get("/scoreboard/?sort=size")
    assert response.status_code == 400
    assert (
        "“sort”: Give one of: -pledges, pledges, party, -party, -score, score." in response.html()
    )


def test_each_cell_has_a_small_bar_of_its_own(read, owed):
    owed("met", "not_met")
    board = read("/scoreboard/")
    board = board[board.index('class="matrix board"') :]
    # All topics, and defence.
    assert board[: board.index("</table>")].count('<svg class="bar" viewBox="0 0 2 1"') == 2
