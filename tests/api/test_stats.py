"""Statistics are what anyone would count from the public rows."""

from collections import Counter, defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.core.management import call_command

from commitments.verdicts.statuses import SCORES

pytestmark = pytest.mark.django_db
COUNTS = {"pledges", "undertakings", "exempt", "by_status", "scored", "mean_score", "percent"}


@pytest.fixture
def rows(get, settings):
    def rows(path):
        found = []
        while path:
            body = get(path).body
            found += body["results"]
            path = body["next"] and body["next"].removeprefix(f"{settings.SITE_ADDRESS}/api/v1/")
        return found

    return rows


def counted(pledges, undertakings):
    statuses = Counter(row["verdict"]["status"] for row in undertakings)
    exempt = statuses.pop(None, 0)
    scores = [SCORES[status] for status, number in statuses.items() if status in SCORES for _ in range(number)]
    mean = Decimal(sum(scores)) / len(scores) if scores else None
    return {
        "pledges": len(pledges),
        "undertakings": len(undertakings),
        "exempt": exempt,
        "by_status": dict(statuses),
        "scored": len(scores),
        "mean_score": rounded(mean),
        "percent": None if mean is None else rounded((mean + 1) / 2 * 100),
    }


def rounded(number):
    if number is None:
        return None
    text = format(number.quantize(Decimal("0.0001"), ROUND_HALF_UP).normalize(), "f")
    return "0" if text == "-0" else text


@pytest.fixture
def recounted(rows):
    """Return the statistics as counted from the rows that the API lists."""

    def recounted(query=""):
        series_of = {row["slug"]: row["series"] for row in rows("summits/?page_size=100")}
        pledges = rows(f"pledges/?page_size=100&{query}")
        # Of the pledges listed, the parts that the filters on one party's part keep too.
        theirs = "&".join(
            part for part in query.split("&") if part.split("=")[0] in ("party", "status", "leader", "overdue")
        )
        kept = {row["slug"]: row for row in rows(f"undertakings/?page_size=100&{theirs}")}
        groups = {"year": defaultdict(list), "series": defaultdict(list), "topic": defaultdict(list)}
        for pledge in pledges:
            groups["year"][int(pledge["made_on"][:4])].append(pledge)
            groups["series"][series_of.get(pledge["summit"])].append(pledge)
            for topic in pledge["topics"]:
                groups["topic"][topic].append(pledge)

        def total(some):
            return counted(
                some, [kept[row["slug"]] for one in some for row in one["undertakings"] if row["slug"] in kept]
            )

        return {
            **total(pledges),
            **{f"by_{name}": {key: total(some) for key, some in group.items()} for name, group in groups.items()},
        }

    return recounted


@pytest.fixture
def stats(get):
    def stats(query=""):
        body = get(f"stats/?{query}").body
        for name in ("year", "series", "topic"):
            body[f"by_{name}"] = {group.pop(name): group for group in body[f"by_{name}"]}
        return body

    return stats


def test_they_are_what_the_rows_of_the_demonstration_record_add_up_to(stats, recounted):
    call_command("load_demo")
    for query in (
        *("", "party=japan", "status=met&status=not_met", "series=nato-summits", "overdue=true", "overdue=false"),
        *("kind=spending", "party=united-states&made_from=2020-01-01"),
    ):
        assert stats(query) == recounted(query), query
    assert stats()["pledges"] > 20


def test_they_count_what_readers_see_ours_or_else_an_outside_verdict(stats, recounted, world):
    assert stats() == recounted()
    assert stats()["by_status"] == {"met": 2, "not_assessed": 1}
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
    assert [(group["topic"], group["pledges"]) for group in body["by_topic"]] == [("climate", 3), ("trade", 3)]


def test_nothing_unpublished_counts(get, world, drafts, make_pledge, make_topic):
    before = get("stats/").body
    make_pledge("unfinished", state="draft", topics=[make_topic("unused", state="draft")])
    assert get("stats/").body == before
    assert before["pledges"] == 2
    assert [group["topic"] for group in before["by_topic"]] == ["defence"]


def test_an_empty_site_has_statistics_too(get, db):
    body = get("stats/").body
    assert (body["pledges"], body["by_status"], body["mean_score"], body["by_year"]) == (0, {}, None, [])


@pytest.mark.parametrize(
    "query", ["colour=red", "ordering=title", "page_size=5", "fields=pledges", "status=draft", "cursor="]
)
def test_what_it_does_not_take_is_refused(get, query):
    answer = get(f"stats/?{query}")
    assert (answer.status, set(answer.body["error"]["fields"])) == (400, {query.split("=")[0]})
    assert get("stats/1/").status == 404
