"""Deadlines ahead, passed and not named: the day itself is still ahead."""

import re
from datetime import date

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def deadlines(make_pledge, make_assessment, time_machine):
    time_machine.move_to("2026-03-01 12:00+00:00", tick=False)
    make_pledge(
        "april", title="Due in April", deadline=date(2026, 4, 30), deadline_precision="month"
    )
    make_pledge("fiscal", title="Due in the fiscal year", deadline=date(2028, 3, 31), deadline_precision="fiscal_year",
                deadline_fiscal_start=4)  # fmt: skip
    make_pledge("ongoing", title="Without an end", deadline_precision="ongoing")
    make_pledge("unsaid", title="No date", deadline_precision="none")
    make_pledge(
        "draft", title="Secret", deadline=date(2026, 4, 30), deadline_precision="day", state="draft"
    )


def titles(text):
    return re.findall(r'href="/pledges/[a-z]+/">([^<]+)</a></h[34]>', text)


@pytest.mark.parametrize(
    "today, ahead, passed",
    [
        pytest.param(
            "2026-04-30", ["Due in April", "Due in the fiscal year"], [], id="on the last day"
        ),
        pytest.param(
            "2026-05-01", ["Due in the fiscal year"], ["Due in April"], id="the day after"
        ),
        pytest.param(
            "2028-04-01",
            [],
            ["Due in the fiscal year", "Due in April"],
            id="all passed, the newest first",
        ),
    ],
)
def test_a_deadline_passes_after_its_last_day(read, deadlines, time_machine, today, ahead, passed):
    time_machine.move_to(f"{today} 12:00+00:00", tick=False)
    assert titles(read("/calendar/")) == ahead
    text = read("/calendar/?when=passed")
    assert titles(text) == passed
    assert text.count("Overdue") == len(passed)


def test_dates_are_as_vague_as_their_source_with_the_last_day_beside(read, deadlines):
    text = read("/calendar/")
    assert "April 2026" in text
    assert "FY2027" in text
    assert 'datetime="2028-03-31"' in text
    assert '<h2 id="year-2028">2028</h2>' in text


def test_what_names_no_last_day_stands_apart(read, deadlines):
    text = read("/calendar/?when=undated")
    assert titles(text) == ["No date", "Without an end"]
    assert "Ongoing" in text
    assert "No date given" in text


def test_the_counts_are_of_what_is_public(read, deadlines):
    assert re.findall(r'class="count">(\d+)<', read("/calendar/")) == ["2", "0", "2"]


def test_another_time_is_refused_in_words(client, db):
    response = client.get("/calendar/?when=someday")
    assert response.status_code == 400
    assert "ahead, passed, undated" in response.html()
