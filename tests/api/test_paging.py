import base64
from datetime import date

import orjson
import pytest

from tests.fixtures.cases import in_one_test, on_the_same_record
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db

DEADLINES = [
    None,
    date(2026, 3, 31),
    date(2026, 3, 31),
    date(2027, 3, 31),
    None,
    date(2026, 12, 31),
    None,
]


@shared
def pledges(make_pledge):
    """Seven pledges, with deadlines and days that repeat."""
    for number, deadline in enumerate(DEADLINES):
        precision = "day" if deadline else "none"
        make_pledge(
            f"pledge-{number}",
            title=f"{'Same' if number % 2 else 'Über'} 防衛",
            made_on=date(2025, 10, 20 + number // 3),
            deadline=deadline,
            deadline_precision=precision,
        )


@pytest.fixture
def walk(client, settings):
    """Follow `next`, then all the way back by `previous`; return the slugs met on each way."""

    def follow(address, way):
        pages = []
        while address:
            body = client.get(address.removeprefix(settings.SITE_ADDRESS)).json()
            pages.append([row["slug"] for row in body["results"]])
            assert len(pages) < 20, "it goes round in circles"
            last, address = address, body[way]
        return pages, last

    def walk(path):
        pages, last = follow(f"/api/v1/{path}", "next")
        back, _first = follow(last, "previous")
        return pages, back

    return walk


@on_the_same_record("ordering", ["made_on", "-made_on", "deadline", "-deadline", "title"])
def test_every_row_is_met_once_on_the_way_there_and_back(walk, slugs, pledges, ordering):
    whole = slugs(f"pledges/?ordering={ordering}")
    assert sorted(whole) == [f"pledge-{number}" for number in range(7)]
    for size in (1, 2, 3, 7):
        pages, back = walk(f"pledges/?ordering={ordering}&page_size={size}")
        assert [slug for page in pages for slug in page] == whole, size
        assert [len(page) for page in pages[:-1]] == [size] * (len(pages) - 1)
        assert [slug for page in reversed(back) for slug in page] == whole, size


def test_rows_without_a_deadline_come_last_either_way(slugs, pledges):
    without = ["pledge-0", "pledge-4", "pledge-6"]
    assert slugs("pledges/?ordering=deadline") == [
        "pledge-1",
        "pledge-2",
        "pledge-5",
        "pledge-3",
        *without,
    ]
    assert slugs("pledges/?ordering=-deadline") == [
        "pledge-3",
        "pledge-5",
        "pledge-1",
        "pledge-2",
        *without,
    ]


def test_a_row_published_meanwhile_neither_hides_nor_repeats_another(
    get, pledges, make_pledge, settings
):
    first = get("pledges/?ordering=made_on&page_size=3").body
    make_pledge("a-latecomer", made_on=date(2025, 1, 1))
    second = get(first["next"].removeprefix(f"{settings.SITE_ADDRESS}/api/v1/")).body
    assert [row["slug"] for row in first["results"] + second["results"]] == [
        f"pledge-{n}" for n in range(6)
    ]


def test_links_keep_the_filters(get, pledges):
    answer = get("pledges/?page_size=1&party=japan&q=")
    assert "party=japan" in answer.body["next"] and "page_size=1" in answer.body["next"]
    assert "q=" not in answer.body["next"]


def test_links_do_not_repeat_the_asking_host(client, pledges, settings):
    settings.ALLOWED_HOSTS = ["*"]
    body = client.get("/api/v1/pledges/?page_size=1", headers={"Host": "evil.example"}).json()
    assert body["next"].startswith(settings.SITE_ADDRESS)


@pytest.mark.parametrize("size", ["0", "101", "-1", "1e9", "１２", "x", "9" * 5000, "1.5", " 5"])
def test_a_page_size_that_cannot_be_one_is_refused(get, size):
    answer = get("pledges/", {"page_size": size})
    assert (answer.status, set(answer.body["error"]["fields"])) == (400, {"page_size"})


def test_a_page_has_25_rows_unless_asked_otherwise(get, make_topic):
    for number in range(26):
        make_topic(f"topic-{number}")
    assert len(get("topics/").body["results"]) == 25
    assert len(get("topics/?page_size=100").body["results"]) == 26


def forged(*parts):
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


@in_one_test(
    "cursor",
    [
        *("x", "=", "é", "AAAA", "bnVsbA", "%00", "a" * 5000, forged(), forged(1, 2, 3, 4)),
        forged("-made_on", "next", None, "slug"),
        forged("-made_on", "next", "0000-00-00", "slug"),
        forged("-made_on", "next", "10000-01-01", "slug"),
        forged("-made_on", "next", 5, "slug"),
        forged("-made_on", "sideways", "2025-10-28", "slug"),
        forged("-made_on", "next", "2025-10-28", "Not a slug"),
        forged("-made_on", "next", "2025-10-28", "nul\0"),
        forged("-made_on", "next", "2025-10-28", None),
        forged("state", "next", "draft", "slug"),
        forged("title", "next", "nul\0", "slug"),
        base64.urlsafe_b64encode(b'["-made_on","next","\\ud800","slug"]').decode(),
        base64.urlsafe_b64encode(b"[" * 1400).decode(),
    ],
)
@in_one_test("ordering", ["-made_on", "title"])
def test_a_cursor_of_no_list_is_refused(get, cursor, ordering):
    answer = get("pledges/", {"cursor": cursor, "ordering": ordering})
    assert (answer.status, set(answer.body["error"]["fields"])) == (400, {"cursor"})


def test_a_cursor_is_for_one_order(get, pledges, settings):
    cursor = get("pledges/?page_size=1").body["next"].partition("cursor=")[2]
    assert get(f"pledges/?cursor={cursor}").status == 200
    assert get(f"pledges/?cursor={cursor}&ordering=title").status == 400
