"""The timeline of summits: what is drawn is also said, every choice is an address, and it stays
small.
"""

import re
from datetime import date

import pytest

from commitments import models
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db


def words(text):
    text = re.sub(r"</?time[^>]*>", "", text[text.index("<main") :])
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.fixture
def told(read):
    return lambda address: words(read(address))


@shared
def summit(make_summit, settle, make_pledge, make_party, make_assessment, japan):
    series = settle(models.SummitSeries.objects.create(slug="g7", name="G7 summits"))
    summit = make_summit("hiroshima-2023", series=series, city="Hiroshima", kind="multilateral",
                         starts_on=date(2023, 5, 19), ends_on=date(2023, 5, 21))  # fmt: skip
    both = make_pledge("wind", summit=summit, parties=[japan, make_party("france")], made_on=date(2023, 5, 20),
                       deadline=date(2030, 12, 31), deadline_precision="year")  # fmt: skip
    make_assessment(both.undertakings.get(party=japan), "off_track", as_of=date(2025, 3, 1))
    make_pledge("visit", summit=summit, parties=[japan], made_on=date(2023, 5, 20))
    return summit


def test_a_mark_and_its_lines_say_in_words_what_they_show(told, summit):
    text = told("/summits/")
    assert "G7 summits" in text
    assert (
        "Hiroshima 2023 19–21 May 2023 · 2 pledges, by party: 1 Off track, 1 Not looked at yet,"
        " 1 Not due yet" in text
    )
    shown = "Wind due 2030 · 1 Off track, 1 Not due yet, as of 1 March 2025, may be out of date"
    assert shown.replace(", may", ", 1 may") in text
    assert "Visit Not looked at yet" in text


def test_what_is_drawn_is_said_to_nobody_twice(read, summit):
    text = read("/summits/")
    drawings = re.findall(r"<svg[^>]*>", text[text.index('id="timeline"') : text.index("</main")])
    # Bars lie within another drawing.
    assert [
        drawing
        for drawing in drawings
        if 'aria-hidden="true"' not in drawing and "bits" not in drawing
    ] == []
    assert len(drawings) > 5
    links = re.findall(r'<a class="(?:mark|line)[^>]*href="([^"]+)"', text)
    assert len(links) == len(set(links)) == 3


def test_a_line_is_the_pledge_and_has_its_colour_and_sign(read, summit):
    text = read("/summits/")
    assert 'class="line s-mixed tone-mixed" href="/pledges/wind/"' in text
    assert 'class="line s-not_looked_at tone-waiting" href="/pledges/visit/"' in text
    assert 'href="#sign-not_looked_at"' in text


def test_a_summit_of_no_series_shares_a_lane(told, make_summit):
    make_summit("one-2024", starts_on=date(2024, 1, 1), ends_on=date(2024, 1, 1))
    make_summit("two-2025", starts_on=date(2025, 1, 1), ends_on=date(2025, 1, 1))
    assert told("/summits/").count("Other summits") == 1


@on_the_same_record(
    "query, seen, span",
    [
        ("zoom=year&from=2010", True, "2010–2029"),
        ("zoom=year&from=1980", False, "1980–1999"),
        ("zoom=month&from=2023-05", True, "May 2023 – Apr 2025"),
        ("zoom=month&from=2021-05", False, "May 2021 – Apr 2023"),
        ("zoom=decade&from=2000", True, "2000–2079"),
        ("year=1975", False, "1970–1989"),
    ],
)
def test_the_stretch_of_time_is_in_the_address(told, summit, query, seen, span):
    text = told(f"/summits/?{query}")
    assert span in text
    assert ("19–21 May 2023" in text) == seen
    assert ("No summit that fits lies in these years." in text) == (
        not seen and "year=1" not in query
    )


def test_a_pledge_whose_deadline_is_in_view_brings_its_summit(told, summit):
    text = told("/summits/?from=2025")
    assert "Hiroshima 2023 19–21 May 2023" in text
    assert "Wind due 2030" in text and "Visit" not in text
    assert "Hiroshima" not in told("/summits/?from=2031")


@pytest.mark.parametrize(
    "query, reason",
    [
        ("zoom=week", "“zoom”: Give one of: decade, year, month."),
        ("view=map", "“view”: Give one of: timeline, list."),
        ("from=2014-13", "“from”: Give a year from 1900 to 2199, as 2014, or a month, as 2014-05."),
        ("from=1899", "“from”: Give a year"),
        ("from=２０１４", "“from”: Give a year"),
        ("summit=A B", "“summit”"),
        ("series=A B", "“series”"),
        ("kind=planet", "“kind”"),
        ("view=list&zoom=week", "“zoom”"),
    ],
)
def test_a_bad_value_is_refused_in_words(client, db, query, reason):
    response = client.get(f"/summits/?{query}")
    assert response.status_code == 400
    assert reason in response.html()


def test_an_unknown_parameter_is_ignored_and_leaves_the_address(read, summit):
    text = read("/summits/?zoom=month&from=2023-05&utm_source=mail")
    assert (
        'rel="canonical" href="http://127.0.0.1:8000/summits/?from=2023-05&amp;zoom=month"' in text
    )
    assert "utm_source" not in text


def test_links_keep_the_filters_and_the_day(read, summit):
    text = read("/summits/?series=g7&as_of=2026-01-01&zoom=month&from=2023-05")
    assert (
        'rel="next" href="?as_of=2026-01-01&amp;series=g7&amp;zoom=month&amp;from=2024-05#timeline"'
        in text
    )
    assert (
        'href="?as_of=2026-01-01&amp;series=g7&amp;zoom=month&amp;from=2023-05&amp;summit=hiroshima-2023#chosen"'
        in text
    )
    assert 'href="/pledges/wind/?as_of=2026-01-01"' in text
    assert "/summits/?series=g7&amp;view=list&amp;as_of=2026-01-01" in text


def test_filters_keep_what_the_list_keeps(told, summit, make_summit):
    make_summit("tokyo-2025", city="Tokyo")
    for query in ("series=g7", "kind=multilateral"):
        assert "19–21 May 2023" in told(f"/summits/?{query}")
        assert "28 October 2025" not in told(f"/summits/?{query}")
        assert "28 October 2025" not in told(f"/summits/?{query}&view=list")
    assert "28 October 2025" in told("/summits/?kind=bilateral")


def test_the_chosen_summit_tells_its_pledges(read, told, summit, make_summit):
    make_summit("old-1975", starts_on=date(1975, 6, 1), ends_on=date(1975, 6, 1))
    text = read("/summits/?summit=hiroshima-2023")
    assert 'id="chosen"' in text
    assert text.count('href="/pledges/wind/"') == 2
    assert (
        'id="at-hiroshima-2023" href="?zoom=year&amp;from=2014&amp;summit=hiroshima-2023#chosen"'
        ' aria-current="true"' in text
    )
    # A summit far away brings its own years.
    assert "1970–1989" in told("/summits/?summit=old-1975")


@pytest.mark.parametrize("slug", ["never", "secret-2025"])
def test_a_summit_that_is_not_public_cannot_be_chosen(read, summit, make_summit, slug):
    make_summit("secret-2025", state="draft")
    text = read(f"/summits/?summit={slug}")
    assert 'id="chosen"' not in text
    assert "Secret" not in text


def test_as_of_a_day_shows_the_verdicts_of_then(told, summit):
    before, after = told("/summits/?as_of=2025-02-28"), told("/summits/?as_of=2025-03-01")
    assert "Wind due 2030 · 2 Not due yet" in before and "Off track" not in before
    assert "as of 1 March" not in before
    assert "Wind due 2030 · 1 Off track, 1 Not due yet, as of 1 March 2025" in after
    assert "Hiroshima" not in told("/summits/?as_of=2023-05-18")
    # The day looked at is the one that is marked.
    assert "28 February 2025 G7 summits" in before


def test_the_list_stays_reachable_in_pages(client, told, summit):
    assert "1 summit, newest first" in told("/summits/?view=list")
    # Links to a page of it are older than the timeline.
    assert "1 summit, newest first" in told("/summits/?page=1")
    assert client.get("/summits/?view=list&page=2").status_code == 404


def test_summits_outside_the_window_are_counted(told, summit, make_summit):
    make_summit("old-1975", starts_on=date(1975, 6, 1), ends_on=date(1975, 6, 1))
    assert "Earlier 1" in told("/summits/")
    assert "Later 2" in told("/summits/?from=1940")
