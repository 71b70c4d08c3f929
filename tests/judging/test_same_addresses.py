"""Addresses that lead to the same document, and the sources that have one."""

import pytest

from commitments.judging.same_addresses import find_same_sources, fold_address
from commitments.models import Source

PAGE = "https://example.org/a/b?page=2"


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("http://example.org/a/b?page=2", id="without encryption"),
        pytest.param("https://www.example.org/a/b?page=2", id="www"),
        pytest.param("https://EXAMPLE.org/a/b?page=2", id="case of the host"),
        pytest.param("https://example.org./a/b?page=2", id="final dot of the host"),
        pytest.param("https://example.org:443/a/b?page=2", id="port of https"),
        pytest.param("http://example.org:80/a/b?page=2", id="port of http"),
        pytest.param("https://example.org/a/b/?page=2", id="final slash"),
        pytest.param("https://example.org/a/b?page=2#section-3", id="place in the page"),
        pytest.param("https://example.org/a/b?utm_source=x&page=2&fbclid=1", id="tracking"),
        pytest.param("https://example.org/%61/b?p%61ge=2", id="letters with per cent signs"),
    ],
)
def test_these_addresses_are_the_same(address):
    assert fold_address(address) == fold_address(PAGE)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("https://data.example.org/a/b?page=2", id="another host"),
        pytest.param("https://example.org:8443/a/b?page=2", id="another port"),
        pytest.param("https://example.org/A/b?page=2", id="case of the path"),
        pytest.param("https://example.org/a%2Fb?page=2", id="a slash that parts nothing"),
        pytest.param("https://example.org/a/b", id="without the parameter"),
        pytest.param("https://example.org/a/b?page=3", id="another parameter"),
        pytest.param("https://example.org/a/b?page=2#/law/7", id="a page drawn by a script"),
    ],
)
def test_these_addresses_are_others(address):
    assert fold_address(address) != fold_address(PAGE)


@pytest.mark.parametrize(
    "one, two",
    [
        pytest.param("https://example.org/?b=2&a=1", "https://example.org?a=1&b=2", id="order"),
        pytest.param("https://example.org/é", "https://example.org/%C3%A9", id="accent"),
        pytest.param("https://example.org/~x", "https://example.org/%7ex", id="tilde"),
        pytest.param("https://例え.jp/a", "https://xn--r8jz45g.jp/a", id="a host in Japanese"),
        pytest.param("https://example.org/?q=a+b", "https://example.org/?q=a%20b", id="blank"),
    ],
)
def test_two_spellings_of_an_address_are_the_same(one, two):
    assert fold_address(one) == fold_address(two)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "one, two",
    [
        pytest.param("https://例え.jp/", "https://xn--r8jz45g.jp", id="a host in Japanese"),
        pytest.param("https://a.org/étatsunis", "https://a.org/%C3%A9tatsunis", id="accent"),
        pytest.param("https://a.org/人権/Law", "https://a.org/%E4%BA%BA%E6%A8%A9/Law", id="kanji"),
        pytest.param("https://a.org", "http://www.a.org/?utm_medium=mail", id="a short address"),
    ],
)
def test_a_source_is_found_by_another_spelling_of_its_address(make_source, one, two):
    stored = make_source("stored", url=one, state="draft")
    make_source("other", url="https://b.org/Law", state="draft")
    assert [row.source for row in find_same_sources(Source(url=two))] == [stored]


@pytest.mark.parametrize("address", ["", "https://[", "https://example.org:x/", "no address"])
def test_what_is_no_address_is_left_as_it_is(address):
    assert fold_address(address) in (address, address.replace(" ", "%20"))


ORIGINAL, COPY, ARCHIVE = (
    f"https://{host}/fact-sheet" for host in ("example.org", "copies.org", "archive.org")
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "stored, entered, column",
    [
        pytest.param({"url": ORIGINAL}, {"url": ORIGINAL}, "url", id="the same original"),
        pytest.param(
            {"url": ORIGINAL, "read_at": COPY}, {"url": COPY}, "url", id="the copy as an original"
        ),
        pytest.param(
            {"url": COPY}, {"url": ORIGINAL, "read_at": COPY}, "read_at", id="read in an original"
        ),
        pytest.param({"read_at": COPY}, {"read_at": COPY}, "read_at", id="copies without original"),
        pytest.param(
            {"url": ORIGINAL, "archived_at": ARCHIVE}, {"url": ARCHIVE}, "url", id="the archive's"
        ),
        pytest.param(
            {"url": ORIGINAL, "archived_at": ARCHIVE},
            {"url": COPY, "archived_at": ARCHIVE},
            "archived_at",
            id="one page of an archive",
        ),
        pytest.param(
            {"url": ORIGINAL, "read_at": COPY},
            {"url": "https://example.org/law", "read_at": COPY},
            None,
            id="two originals read in one copy",
        ),
        pytest.param({"url": ORIGINAL}, {}, None, id="without an address"),
    ],
)
def test_sources_are_the_same_by_the_address_that_leads_to_them(
    make_source, stored, entered, column
):
    kept = make_source("stored", state="draft", **{"url": "", **stored})
    same = find_same_sources(Source(**entered))
    assert [(row.source, row.column) for row in same] == ([(kept, column)] if column else [])
