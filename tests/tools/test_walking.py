"""Walking a site: what leads where, and which addresses with a query are tried."""

import json

import pytest

from commitments import filters
from tools.addresses import PAGE_QUERIES, SITE_ADDRESS
from tools.listings import Listings
from tools.walking import (
    Walk,
    choose_alike,
    links_in,
    list_addresses,
    parameter_names,
    path_of,
)

FILTERS_OF_PAGES = {
    "/pledges/": filters.PledgeFilter,
    "/pledges.csv": filters.PledgeFilter,
    "/summits/": filters.TimelineFilter,
    "/scoreboard/": filters.ScoreFilter,
    "/leaders/": filters.LeaderFilter,
    "/parties/": filters.PartyFilter,
    "/changes/": filters.NewsFilter,
    "/corrections/": filters.HistoryFilter,
}


@pytest.fixture
def listings(client):
    return Listings(json.loads(client.get("/api/v1/schema/").content))


def test_links_are_those_at_this_site_without_fragments():
    text = f"""<a href="/a/#part">A</a> <a href='?page=2&amp;q=x'>2</a> <a href="//other/">no</a>
        <img src="/static/x.svg"> <a href="/admin/">no</a> <id>{SITE_ADDRESS}/b/</id> https://c/"""
    assert links_in(text, "/here/?page=1") == {"/a/", "/here/?page=2&q=x", "/b/"}


def test_of_addresses_alike_the_first_and_the_last_are_chosen():
    alike = ["/a/?x=2", "/a/?x=1", "/a/?x=3", "/b/?x=1", "/a/?x=1&y=2"]
    assert choose_alike(alike) == ["/a/?x=1", "/a/?x=1&y=2", "/a/?x=3", "/b/?x=1"]
    assert choose_alike(["/a/?x=2", "/a/?x=1"], most=1) == ["/a/?x=1"]


def test_a_walk_follows_every_link_once_and_keeps_those_with_a_query():
    pages = {
        "/": '<a href="/a/"> <a href="/?page=2">',
        "/a/": '<a href="/"> <a href="/b/">',
        "/b/": "",
    }
    visited = []
    walk = Walk(lambda address: visited.append(address) or pages[address])
    walk.follow(["/"])
    walk.follow(["/a/"])
    assert visited == ["/", "/a/", "/b/"]
    assert walk.with_queries == {"/?page=2"}


def test_a_list_of_the_api_is_read_to_its_end():
    answers = {
        "/list/": {"next": f"{SITE_ADDRESS}/list/?cursor=x", "results": [{"slug": "a"}]},
        "/list/?cursor=x": {"next": None, "results": [{"slug": "b"}]},
    }
    walk = Walk(lambda address: json.dumps(answers[address]))
    assert walk.read_rows("/list/") == [{"slug": "a"}, {"slug": "b"}]


@pytest.mark.django_db
def test_every_parameter_of_a_list_is_tried(listings):
    names = {}
    for address in list_addresses(listings):
        names.setdefault(path_of(address), set()).update(parameter_names(address))
    for path in listings.lists:
        assert listings.parameters(path).keys() <= names[path], path
    for page, filterset in FILTERS_OF_PAGES.items():
        assert filterset.names() <= names[page], page
    assert {f"/ja{page}" for page in PAGE_QUERIES if page != "/pledges.csv"} <= names.keys()


@pytest.mark.django_db
def test_a_value_that_most_rows_have_is_tried(listings):
    rows = [
        {"slug": "a", "undertakings": [{"party": "france"}, {"party": "japan"}], "topics": ["aid"]},
        {"slug": "b", "undertakings": [{"party": "japan"}], "topics": ["aid", "defence"]},
    ]
    listings.add_rows("/api/v1/pledges/", rows)
    queries = listings.queries("/api/v1/pledges/")
    assert {"party=japan", "topic=aid", "status=met", "nonsense=1"} <= set(queries)
    assert "party=france" not in queries
    # What no row of the list has is looked for in other lists.
    assert "party=japan" in listings.queries("/api/v1/sources/")
