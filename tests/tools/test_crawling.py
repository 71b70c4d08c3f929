"""Which pages `tools.crawling` finds for the audit, and which it misses."""

from types import SimpleNamespace

import pytest

from tools import crawling


@pytest.fixture
def site(client, settings):
    """The site of the tests, as the audit sees it."""
    settings.SITE_ADDRESS = "http://127.0.0.1:1"

    def get(path):
        response = client.get(path)
        media_type = response.headers["Content-Type"].partition(";")[0]
        return response.status_code, media_type, response.getvalue()

    return SimpleNamespace(address=settings.SITE_ADDRESS, get=get)


@pytest.mark.django_db
def test_it_finds_pages_by_their_links_in_both_languages_and_names_the_kinds_it_does_not(
    site, make_pledge, monkeypatch
):
    make_pledge("defence")
    monkeypatch.setattr(crawling, "OF_EACH_KIND", 1)
    pages, complaints = crawling.collect_pages(site)
    assert {
        "/",
        "/ja/",
        "/pledges/defence/",
        "/ja/pledges/defence/",
        "/embed/pledges/defence/",
    } <= pages.keys()
    assert {"/pledges/nothing/", "/ja/pledges/?page=two"} <= pages.keys()
    assert not [path for path in pages if path.startswith(("/admin", "/api", "/static"))]
    # There is neither a leader nor a chart, so nothing leads to their pages.
    assert "No link led to a page “leader” (ja)" in complaints
    assert "No link led to a page “embed_chart” (en)" in complaints
    assert not [complaint for complaint in complaints if "answered" in complaint]


def test_a_link_that_leads_to_an_error_is_a_complaint():
    answers = {"/": (200, "text/html", b'<a href="/about/">'), "/about/": (500, "text/html", b"")}

    def get(path):
        return answers.get(path, (200, "text/plain", b""))

    site = SimpleNamespace(address="http://127.0.0.1:1", get=get)
    _pages, complaints = crawling.collect_pages(site)
    assert "/about/ answered 500 and not 200" in complaints
    assert "/pledges/nothing/ answered 200 and not 404" in complaints
