"""Deadlines and summits that a calendar program can subscribe to, read back by the library and by
hand.
"""

from datetime import UTC, date

import pytest
from icalendar import Calendar

from commitments import models

pytestmark = pytest.mark.django_db


@pytest.fixture
def events(read):
    def events(address="/calendar.ics"):
        return {
            str(event["UID"]): event for event in Calendar.from_ical(read(address)).walk("VEVENT")
        }

    return events


@pytest.fixture
def dated(make_pledge):
    def dated(slug="defence", day=date(2027, 3, 31), precision="day", **fields):
        return make_pledge(slug, deadline=day, deadline_precision=precision, **fields)

    return dated


def test_a_deadline_is_an_event_of_one_day(events, dated):
    dated(title="Two per cent")
    event = events()["pledge-defence@ledger.example.org"]
    assert event["DTSTART"].dt == date(2027, 3, 31)
    assert event["DTEND"].dt == date(2027, 4, 1)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["SUMMARY"] == "Due: Two per cent"
    assert event["URL"] == "https://ledger.example.org/pledges/defence/"
    assert "No day is named" not in event["DESCRIPTION"]


@pytest.mark.parametrize(
    "fields, words",
    [
        pytest.param({"precision": "quarter"}, "quarter 1 of 2027", id="a quarter"),
        pytest.param(
            {"precision": "fiscal_year", "deadline_fiscal_start": 4}, "FY2026", id="a fiscal year"
        ),
        pytest.param({"precision": "month"}, "March 2027", id="a month"),
        pytest.param(
            {"precision": "period", "deadline_from": date(2027, 2, 1)},
            "February 2027 to March 2027",
            id="a period",
        ),
    ],
)
def test_one_that_names_no_day_stands_on_its_last_and_says_so(events, dated, fields, words):
    dated(title="Two per cent", **fields)
    event = events()["pledge-defence@ledger.example.org"]
    assert event["DTSTART"].dt == date(2027, 3, 31)
    assert event["SUMMARY"] == f"Due {words}: Two per cent"
    assert (
        f"No day is named, only “{words}”: 31 March 2027 is the last day that this can mean."
        in event["DESCRIPTION"]
    )


def test_what_has_no_last_day_is_in_no_calendar(events, make_pledge):
    make_pledge("ongoing", deadline_precision="ongoing")
    assert events() == {}


def test_a_summit_is_an_event_of_its_days(events, make_summit, japan):
    make_summit("hague", name="The Hague", starts_on=date(2025, 6, 24), ends_on=date(2025, 6, 25), venue="Forum",
                city="Den Haag", country=japan, summary="Allies met.")  # fmt: skip
    event = events()["summit-hague@ledger.example.org"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2025, 6, 24), date(2025, 6, 26))
    assert event["LOCATION"] == "Forum, Den Haag, Japan"
    assert event["SUMMARY"] == "The Hague" and event["DESCRIPTION"] == "Allies met."


def test_its_stamp_is_the_records_so_that_the_file_stays_the_same(
    client, read, dated, events, make_topic
):
    dated()
    before = read("/calendar.ics")
    make_topic("later")
    assert read("/calendar.ics") == before
    recorded = models.LedgerEntry.objects.get(record_type="pledge").recorded_at.astimezone(UTC)
    assert events()["pledge-defence@ledger.example.org"]["DTSTAMP"].dt == recorded.replace(
        microsecond=0
    )


def test_of_a_party_only_what_it_has_to_keep_and_where_it_was(
    events, dated, make_party, make_summit, japan
):
    france = make_party("france")
    dated("ours", parties=[japan, france])
    dated("theirs", parties=[france])
    make_summit("where-japan-was", parties=[japan, france])
    make_summit("where-it-was-not", parties=[france])
    assert events("/parties/japan/calendar.ics").keys() == {
        "pledge-ours@ledger.example.org",
        "summit-where-japan-was@ledger.example.org",
    }
    models.Undertaking.objects.filter(party=japan).update(exempt_reason="No army.")
    assert "pledge-ours@ledger.example.org" not in events("/parties/japan/calendar.ics")


def test_every_line_is_as_the_standard_wants_it(client, dated, make_summit):
    """RFC 5545 section 3.1: lines end in CRLF and hold 75 octets at most, folded between whole
    characters.
    """
    nasty = "安全保障; a, b \\ " * 11
    dated(title=nasty[:190], occasion="防衛費を増やすと国会で述べた" * 10)
    make_summit("long", summary="First line.\nBEGIN:VEVENT\n" + "長い" * 300)
    body = client.get("/calendar.ics").content
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"") and b"\r" not in body.replace(b"\r\n", b"")
    lines = body.split(b"\r\n")
    assert max(map(len, lines)) <= 75 and any(line.startswith(b" ") for line in lines)
    assert all(line.decode() is not None for line in lines)
    assert lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VEVENT") == 2
    event = Calendar.from_ical(body).walk("VEVENT")[0]
    assert event["SUMMARY"] == f"Due: {nasty[:190]}"


def test_it_has_what_the_standard_requires(read, dated, make_summit):
    dated()
    make_summit()
    calendar = Calendar.from_ical(read("/calendar.ics"))
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    events = calendar.walk("VEVENT")
    assert len(events) == 2
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART"} <= event.keys()
        assert event.errors == []


@pytest.mark.parametrize("address", ["/calendar.ics", "/parties/japan/calendar.ics"])
def test_it_answers_like_every_other_address(client, statements, japan, address):
    response = client.get(address)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert not response.cookies
    tag = response.headers["ETag"]
    assert statements(address, if_none_match=tag) == 1
    assert client.get(address, {"as_of": "2025-12-01"}).status_code == 400
    assert client.post(address).status_code == 405


def test_a_party_that_is_not_public_has_none(client, make_party):
    make_party("hidden", state="draft")
    assert client.get("/parties/hidden/calendar.ics").status_code == 404
