"""A party's own last day, on every page, in every file and by every filter."""

import csv
import json
import re
from datetime import date
from io import StringIO

import pytest

from commitments import models
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db
# What tells how parts stand: named or counted in a list, in a table, on a timeline.
STANDING = (
    '<ul class="signs">.*?</ul>|<table class="(?:stacked answers|matrix).*?</table>'
    '|<div class="tally">.*?</ul>|<span class="fact">.*?</span>'
)
TODAY = "2026-07-15 12:00+00:00"
# Everything that shows the part of a party in a list, a page, a frame or a file.
PLACES = [
    "/pledges/",
    "/pledges/promise/",
    "/calendar/?when=passed",
    "/parties/japan/",
    "/topics/defence/",
    "/summits/tokyo-2025/",
    "/summits/?view=list",
    "/summits/?zoom=year",
    "/embed/pledges/promise/",
    "/",
]


def make_promise(make_pledge, make_summit, make_topic, settle, japan, **own):
    summit = make_summit(parties=[japan])
    pledge = make_pledge(
        "promise",
        summit=summit,
        topics=[make_topic()],
        deadline=date(2026, 6, 30),
        deadline_precision="day",
        state="draft",
    )
    pledge.undertakings.update(**own)
    return settle(pledge)


@shared
def judged_on_track(make_pledge, make_summit, make_topic, make_assessment, settle, japan):
    pledge = make_promise(make_pledge, make_summit, make_topic, settle, japan)
    make_assessment(pledge.undertakings.get(), "on_track", as_of=date(2026, 5, 3))


@on_the_same_record("address", PLACES)
def test_nothing_shows_on_track_as_standing_after_the_day(
    client, judged_on_track, time_machine, address
):
    time_machine.move_to(TODAY, tick=False)
    page = client.get(address).html()
    # Not the filters, the history and the news, which tell verdicts of a day.
    standing = "".join(re.findall(STANDING, page, re.DOTALL))
    assert "Overdue" in standing
    assert "On track" not in standing


@on_the_same_record("address", ["/pledges/", "/pledges/promise/", "/calendar/?when=passed", "/"])
def test_what_it_was_last_judged_is_told_as_that(client, judged_on_track, time_machine, address):
    time_machine.move_to(TODAY, tick=False)
    words = 'last judged on track, <time datetime="2026-05-03">3 May 2026</time>'
    assert words in client.get(address).html()


def test_the_answers_for_programs_keep_the_status(client, judged_on_track, time_machine):
    time_machine.move_to(TODAY, tick=False)
    answer = client.get("/api/v1/undertakings/promise--japan/").json()
    assert answer["verdict"]["status"] == "on_track"
    assert answer["verdict"]["overdue"] is True
    file = b"".join(client.get("/pledges.csv").streaming_content).decode()
    (row,) = csv.DictReader(StringIO(file))
    assert (row["status"], row["due_on"], row["overdue"]) == ("on_track", "2026-06-30", "yes")


@pytest.mark.parametrize(
    "own_day, overdue",
    [
        pytest.param(date(2026, 12, 31), False, id="a later day"),
        pytest.param(date(2026, 7, 15), False, id="today"),
        pytest.param(date(2026, 7, 14), True, id="yesterday"),
    ],
)
def test_a_part_is_overdue_by_its_own_day_and_nowhere_else(
    client, make_pledge, make_summit, make_topic, settle, japan, time_machine, own_day, overdue
):
    make_promise(
        make_pledge, make_summit, make_topic, settle, japan, deadline=own_day, deadline_precision="day"
    )  # fmt: skip
    time_machine.move_to(TODAY, tick=False)
    for address in PLACES:
        page = client.get(address).html()
        standing = "".join(re.findall(STANDING, page, re.DOTALL))
        assert ("Overdue" in standing) is overdue, address
    answer = client.get("/api/v1/pledges/promise/").json()
    assert answer["overdue"] is overdue
    assert answer["undertakings"][0]["due_on"] == own_day.isoformat()
    assert bool(client.get("/api/v1/pledges/?overdue=true").json()["results"]) is overdue


@pytest.mark.parametrize(
    "query, number",
    [
        pytest.param("deadline_from=2026-12-01", 1, id="from before its own day"),
        pytest.param("deadline_to=2026-12-31", 1, id="to its own day"),
        pytest.param("deadline_to=2026-12-30", 0, id="to the day before"),
        pytest.param("deadline_from=2026-06-30&deadline_to=2026-07-31", 0, id="about the pledge's"),
        pytest.param("deadline_from=2026-12-01&party=united-states", 0, id="of another party"),
    ],
)
def test_lists_are_filtered_by_the_day_of_the_part(
    client, make_pledge, make_summit, make_topic, settle, japan, query, number
):
    make_promise(
        make_pledge, make_summit, make_topic, settle, japan,
        deadline=date(2026, 12, 31), deadline_precision="day",
    )  # fmt: skip
    for address in ("/api/v1/pledges/", "/api/v1/undertakings/"):
        answer = json.loads(client.get(f"{address}?{query}").content)
        assert len(answer["results"]) == number, address


def test_the_page_has_the_words_and_the_condition_of_the_source(client, make_pledge):
    make_pledge(
        "promise",
        deadline=date(2030, 12, 31),
        deadline_precision="year",
        deadline_words="by the end of the decade",
        condition="if parliament agrees",
    )
    text = client.get("/pledges/promise/").html()
    assert "“by the end of the decade”" in text
    assert 'datetime="2030-12-31"' in text
    assert "if parliament agrees" in text
    answer = client.get("/api/v1/pledges/promise/").json()
    assert answer["deadline_words"] == "by the end of the decade"
    assert answer["condition"] == "if parliament agrees"


def test_the_calendar_has_each_day_under_its_own_name(
    client, make_pledge, make_party, japan, settle, time_machine
):
    france = make_party("france")
    pledge = make_pledge(
        "promise", parties=[japan, france], deadline=date(2028, 12, 31), deadline_precision="year",
        state="draft",
    )  # fmt: skip
    pledge.undertakings.filter(party=france).update(
        deadline=date(2029, 3, 31), deadline_precision="day"
    )
    models.Target.objects.create(
        pledge=pledge, role="interim", label="Half of it", kind="milestone", due=date(2026, 1, 31)
    )
    settle(pledge)
    time_machine.move_to("2026-02-01 12:00+00:00", tick=False)
    ahead = client.get("/calendar/").html()
    assert "own deadline of France" in ahead and "Half of it" not in ahead
    assert ahead.count('href="/pledges/promise/"') == 1
    passed = client.get("/calendar/?when=passed").html()
    assert "interim target: Half of it" in passed and "own deadline" not in passed
    assert "#clock" in passed
    file = client.get("/calendar.ics").content.decode()
    for words in ("Due 2028: Promise", "Own deadline of France: Promise", "half of it"):
        assert words.lower() in file.lower()
    assert "UID:undertaking-promise--france@" in file
    own = client.get("/parties/france/calendar.ics").content.decode()
    assert "UID:undertaking-promise--france@" in own and "UID:pledge-promise@" not in own
    other = client.get("/parties/japan/calendar.ics").content.decode()
    assert "UID:pledge-promise@" in other and "UID:undertaking-" not in other
