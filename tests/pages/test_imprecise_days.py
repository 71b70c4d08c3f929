"""Days that are known by month or year alone are printed so, and a summit says if it was held."""

from datetime import date

import pytest
from icalendar import Calendar

pytestmark = pytest.mark.django_db
MAY = {
    "starts_on": date(2027, 5, 1),
    "starts_on_precision": "month",
    "ends_on": date(2027, 5, 31),
    "ends_on_precision": "month",
}


@pytest.mark.parametrize(
    "tenure, words",
    [
        pytest.param(
            {"starts_on": date(2010, 1, 1), "starts_on_precision": "year"}, ", since 2010", id="since"
        ),
        pytest.param(
            {"starts_on": date(2017, 5, 1), "starts_on_precision": "month",
             "ends_on": date(2019, 12, 31), "ends_on_precision": "year"},
            ", May 2017 – 2019",
            id="from a month to a year",
        ),
        pytest.param(
            {"ends_on": date(2019, 12, 31), "ends_on_precision": "year"}, ", until 2019", id="until"
        ),
    ],
)  # fmt: skip
def test_a_term_is_printed_as_exactly_as_it_is_known(read, make_leader, japan, tenure, words):
    leader = make_leader(tenures=[{"party": japan, "office": "Prime Minister", **tenure}])
    for address in (leader.get_absolute_url(), "/leaders/", japan.get_absolute_url()):
        assert f"Prime Minister{words}" in read(address), address


@pytest.mark.parametrize(
    "as_of, words",
    [
        pytest.param("2019-12-30", "since 2010", id="within the year of its end"),
        pytest.param("2019-12-31", "2010–2019", id="on its last possible day"),
    ],
)
def test_looking_back_an_imprecise_end_is_not_known_before_its_last_day(
    read, make_leader, japan, time_machine, as_of, words
):
    tenure = {"starts_on": date(2010, 1, 1), "starts_on_precision": "year",
              "ends_on": date(2019, 12, 31), "ends_on_precision": "year"}  # fmt: skip
    leader = make_leader(tenures=[{"party": japan, "office": "Prime Minister", **tenure}])
    text = read(f"{leader.get_absolute_url()}?as_of={as_of}")
    assert f"Prime Minister, {words}" in text


def test_the_month_a_pledge_was_made_is_no_day(read, make_pledge):
    pledge = make_pledge(made_on=date(2017, 5, 1), made_on_precision="month")
    for address in (pledge.get_absolute_url(), "/pledges/", "/embed/pledges/tokyo-2025-defence/"):
        text = read(address)
        assert "May 2017" in text, address
        assert "1 May 2017" not in text, address
    assert '"dateCreated": "2017-05"' in read(pledge.get_absolute_url())


@pytest.mark.parametrize(
    "standing, said, expected",
    [
        pytest.param("planned", "Planned", "Who is expected", id="planned"),
        pytest.param("postponed", "Postponed", "Who is expected", id="postponed"),
        pytest.param("cancelled", "Cancelled", "Who was expected", id="cancelled"),
    ],
)
def test_a_summit_that_was_not_held_says_so_and_why(
    read, make_summit, japan, standing, said, expected
):
    summit = make_summit(
        "paris", parties=[japan], standing=standing, standing_reason="The host fell ill.", **MAY
    )
    text = read(summit.get_absolute_url())
    assert expected in text and "Who was there" not in text
    for address in (summit.get_absolute_url(), "/summits/?view=list", "/"):
        text = read(address)
        assert "May 2027" in text and said in text, address
        assert "The host fell ill." in text or address == "/", address
    assert said in read("/summits/?zoom=year")
    assert f"{said}" in read("/feeds/changes.atom")
    assert '"attendee"' not in read(summit.get_absolute_url())
    (event,) = Calendar.from_ical(read("/calendar.ics")).walk("VEVENT")
    assert event["SUMMARY"] == f"{said}: Paris"
    assert "May 2027" in event["DESCRIPTION"]
    assert event["STATUS"] == ("CANCELLED" if standing == "cancelled" else "TENTATIVE")


def test_of_a_planned_summit_nobody_is_asked_for(read, make_summit):
    text = read(make_summit("paris", standing="planned", **MAY).get_absolute_url())
    for words in ("Who was there", "Who took part is not recorded", "What was pledged, and"):
        assert words not in text.partition("<main")[2]


def test_a_summit_that_was_held_is_told_as_ever(read, make_summit, japan):
    text = read(make_summit("paris", parties=[japan]).get_absolute_url())
    assert "Who was there" in text and "Held" not in text
    assert '"attendee"' in text
