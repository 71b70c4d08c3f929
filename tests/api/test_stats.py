"""Statistics are what anyone would count from the public rows."""

from datetime import date

import pytest

pytestmark = pytest.mark.django_db
COUNTS = {
    "pledges",
    "undertakings",
    "exempt",
    "by_status",
    "late",
    "scored",
    "mean_score",
    "percent",
    *("judged_under", "unjudged", "others"),
}


def test_they_count_ours_and_apart_from_them_what_others_alone_judged(stats, recounted, world):
    assert stats() == recounted()
    counts = stats()
    assert counts["by_status"] == {"met": 1, "not_assessed": 1}
    assert counts["others"]["by_status"] == {"met": 1}
    assert stats("status=met")["undertakings"] == 2


def test_they_have_these_keys_and_no_others(get, world):
    body = get("stats/").body
    assert set(body) == {*COUNTS, "by_year", "by_series", "by_topic"}
    assert [set(group) for group in body["by_year"]] == [{"year", *COUNTS}]
    assert [group["series"] for group in body["by_series"]] == ["japan-us", None]
    assert [(group["topic"], group["pledges"]) for group in body["by_topic"]] == [("defence", 1)]


def test_years_come_newest_first_and_topics_by_slug(get, make_pledge, make_topic):
    topics = [make_topic(slug) for slug in ("trade", "climate")]
    for year in (2024, 2026, 2025):
        make_pledge(f"in-{year}", made_on=date(year, 1, 1), topics=topics)
    body = get("stats/").body
    assert [group["year"] for group in body["by_year"]] == [2026, 2025, 2024]
    assert [(group["topic"], group["pledges"]) for group in body["by_topic"]] == [
        ("climate", 3),
        ("trade", 3),
    ]


def test_nothing_unpublished_counts(get, world, drafts, make_pledge, make_topic):
    before = get("stats/").body
    make_pledge("unfinished", state="draft", topics=[make_topic("unused", state="draft")])
    assert get("stats/").body == before
    assert before["pledges"] == 2
    assert [group["topic"] for group in before["by_topic"]] == ["defence"]


def test_an_empty_site_has_statistics_too(get, db):
    body = get("stats/").body
    assert (body["pledges"], body["by_status"], body["mean_score"], body["by_year"]) == (
        0,
        {},
        None,
        [],
    )


@pytest.mark.parametrize(
    "query",
    ["colour=red", "ordering=title", "page_size=5", "fields=pledges", "status=draft", "cursor="],
)
def test_what_it_does_not_take_is_refused(get, query):
    answer = get(f"stats/?{query}")
    assert (answer.status, set(answer.body["error"]["fields"])) == (400, {query.split("=")[0]})
    assert get("stats/1/").status == 404
