"""The list of pledges as CSV, and what leads to it and to the same selection as JSON."""

import csv
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments import models
from tests.fixtures.cases import on_the_same_record

pytestmark = pytest.mark.django_db
MADE = date(2025, 10, 28)


@pytest.fixture
def pledges(make_pledge, make_summit, make_party, make_assessment, japan, settings):
    settings.SITE_ADDRESS = "https://ledger.example.org"
    both = make_pledge(
        "both", title="=SUM(both)", summit=make_summit(), parties=[japan, make_party("france")]
    )
    make_pledge(
        "other", parties=[models.Party.objects.get(slug="france")], made_on=MADE - timedelta(days=9)
    )
    make_pledge("hidden", state="draft", parties=[japan])
    make_assessment(both.undertakings.get(party=japan), "met", as_of=date(2026, 3, 1))


@pytest.fixture
def rows(client):
    def rows(query=""):
        response = client.get(f"/pledges.csv{query}")
        assert (response.status_code, response.headers["Content-Type"]) == (
            200,
            "text/csv; charset=utf-8",
        )
        return list(csv.DictReader(b"".join(response).decode().splitlines()))

    return rows


def data_links(html):
    return [unescape(link) for link in re.findall(r'href="([^"]+)">(?:CSV|JSON)</a>', html)]


def test_it_has_a_row_for_each_part_that_the_filters_keep(rows, pledges):
    parts = [
        ("both", "france", "not_assessed"),
        ("both", "japan", "met"),
        ("other", "france", "not_assessed"),
    ]

    def told(query=""):
        return [(row["pledge"], row["party"], row["status"]) for row in rows(query)]

    assert told() == parts
    assert told("?party=japan") == told("?status=met&utm_source=mail") == [parts[1]]
    assert told("?ordering=made_on") == [parts[2], *parts[:2]]
    assert told("?q=nothing") == told("?party=nobody") == []
    assert told("?as_of=2026-02-28&party=japan") == [("both", "japan", "not_assessed")]
    (row,) = rows("?party=japan")
    assert (row["title"], row["summit"], row["as_of"]) == (
        "'=SUM(both)",
        "tokyo-2025",
        "2026-03-01",
    )
    assert row["address"] == "https://ledger.example.org/pledges/both/#both--japan"


def test_what_only_a_synonym_finds_is_in_it_and_not_in_the_api(read, rows, make_pledge, japan):
    make_pledge("arms", title="Defence expenditure", parties=[japan])
    assert [row["pledge"] for row in rows("?q=military+spending")] == ["arms"]
    text = read("/pledges/?q=military+spending")
    api = "/api/v1/pledges/?q=military+spending&page_size=100"
    assert data_links(text) == ["/pledges.csv?q=military+spending", api]
    assert '"results":[]' in read(api)
    said = "(found by your own words alone, so perhaps fewer)"
    assert said in text and said not in read("/pledges/?q=arms")


def test_it_is_read_and_sent_a_few_pledges_at_a_time(client, pledges, monkeypatch):
    # Compressing would gather the lines in parts of its own.
    plain = {"accept-encoding": "identity"}
    whole = list(client.get("/pledges.csv", headers=plain))
    monkeypatch.setattr("commitments.pages.pledges.BATCH_SIZE", 1)
    lines = iter(client.get("/pledges.csv", headers=plain))
    begun = [next(lines), next(lines)]
    with CaptureQueriesContext(connection) as captured:
        assert begun + list(lines) == whole and len(whole) == 4
    # The second pledge alone and the parts of it; the first was read before.
    assert len(captured) == 2


def test_what_the_list_refuses_it_refuses(client, db):
    assert client.get("/pledges.csv?status=perhaps").status_code == 400


@on_the_same_record(
    "address, query",
    [
        ("/pledges/", ""),
        ("/pledges/?party=france&party=japan&status=met&status=stalled&page=1&utm_source=mail",
         "?party=japan&status=met&status=stalled"),
        ("/ja/pledges/?status=not_assessed&as_of=2026-02-28", "?as_of=2026-02-28&status=not_assessed"),
        ("/parties/japan/", "?party=japan"),
        ("/ja/parties/japan/?as_of=2026-02-28", "?party=japan&as_of=2026-02-28"),
    ],
)  # fmt: skip
def test_a_page_leads_to_the_same_selection(client, read, pledges, address, query):
    links = data_links(read(address))
    assert [link.partition("?")[0] for link in links] == ["/pledges.csv", "/api/v1/pledges/"]
    asked = query.removeprefix("?").split("&") if query else []
    for link, beside in zip(links, ([], ["page_size=100"]), strict=True):
        assert sorted(filter(None, link.partition("?")[2].split("&"))) == sorted([*asked, *beside])
        response = client.get(link)
        assert response.status_code == 200
        # Sent to its end: an answer that nobody reads would keep its place among the downloads.
        b"".join(response)


def test_an_empty_list_leads_to_none(read, pledges):
    assert "/pledges.csv" not in read("/pledges/?q=nothing") and "/pledges.csv" not in read(
        "/pledges/?party=nobody"
    )
