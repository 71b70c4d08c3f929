"""`.ci/audit` itself: which pages it finds, and that it says what is wrong. What it runs is tested
by running it.
"""

import shutil
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

AUDIT = Path(__file__).parents[1] / ".ci" / "audit"


@pytest.fixture
def audit():
    module = ModuleType("audit")
    module.__file__ = str(AUDIT)
    exec(compile(AUDIT.read_text(), ".ci/audit", "exec"), module.__dict__)
    return module


@pytest.fixture
def site(client, settings):
    """The site of the tests, as the audit asks it."""
    settings.SITE_ADDRESS = "http://127.0.0.1:1"

    def get(path):
        response = client.get(path)
        return (
            response.status_code,
            response.headers["Content-Type"].partition(";")[0],
            response.getvalue(),
        )

    return SimpleNamespace(address=settings.SITE_ADDRESS, get=get)


@pytest.mark.django_db
def test_it_finds_pages_by_their_links_in_both_languages_and_names_the_kinds_it_does_not(
    audit, site, make_pledge
):
    make_pledge("defence")
    audit.OF_EACH_KIND = 1
    pages, complaints = audit.collect(site)
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
    assert not [said for said in complaints if "answered" in said]


def test_a_link_that_leads_to_an_error_is_a_complaint(audit):
    answers = {"/": (200, "text/html", b'<a href="/about/">'), "/about/": (500, "text/html", b"")}
    site = SimpleNamespace(
        address="http://127.0.0.1:1", get=lambda path: answers.get(path, (200, "text/plain", b""))
    )
    complaints = audit.collect(site)[1]
    assert "/about/ answered 500 and not 200" in complaints
    assert "/pledges/nothing/ answered 200 and not 404" in complaints


def test_it_says_which_programs_it_lacks(audit, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "java" else f"/bin/{name}")
    with pytest.raises(
        audit.CannotAudit, match=r"needs java \(.*: apt install default-jre-headless\)"
    ):
        audit.require_programs()
