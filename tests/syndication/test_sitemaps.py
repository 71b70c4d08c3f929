"""Search engines find every public page, and only those."""

import re
from xml.etree import ElementTree

import pytest

from commitments import models
from commitments.syndication import sitemaps

pytestmark = pytest.mark.django_db
XHTML = "{http://www.w3.org/1999/xhtml}"
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def pages(read):
    """Return when each listed page last changed, by its path."""

    def pages(address="/sitemap.xml"):
        found = ElementTree.fromstring(read(address))
        assert found.tag == f"{S}urlset"
        site = "https://ledger.example.org"
        assert all(url.find(f"{S}loc").text.startswith(f"{site}/") for url in found)
        return {
            url.find(f"{S}loc").text.removeprefix(site): url.findtext(f"{S}lastmod")
            for url in found
        }

    return pages


def moment(**record):
    return models.LedgerEntry.objects.filter(**record).latest("recorded_at").recorded_at.isoformat()


def test_it_lists_every_public_page_and_each_answers(
    client, pages, make_pledge, make_summit, make_leader, make_topic
):
    make_pledge(
        "defence", summit=make_summit(), topics=[make_topic()], stated_by_leader=make_leader()
    )
    make_pledge("hidden", state="draft")
    make_summit("hidden-summit", state="in_review")
    found = pages()
    assert {"/", "/pledges/defence/", "/summits/tokyo-2025/", "/leaders/sanae-takaichi/", "/parties/japan/",
            "/topics/defence/", "/methodology/"} <= found.keys()  # fmt: skip
    assert not [address for address in found if "hidden" in address]
    assert {address: client.get(address).status_code for address in found} == dict.fromkeys(
        found, 200
    )


def test_every_page_is_listed_in_each_language_with_both_addresses_as_its_head_has_them(
    client, read, pages, japan
):
    head = r'rel="alternate" hreflang="([^"]+)" href="([^"]+)"'
    urls = {url.findtext(f"{S}loc"): url for url in ElementTree.fromstring(read("/sitemap.xml"))}
    for address in ["/", "/ja/", "/parties/japan/", "/ja/parties/japan/"]:
        links = urls[f"https://ledger.example.org{address}"].findall(f"{XHTML}link")
        assert [link.get("rel") for link in links] == ["alternate"] * 3
        told = [(link.get("hreflang"), link.get("href")) for link in links]
        assert told == re.findall(
            head, client.get(address).content.decode().partition("</head>")[0]
        )


def test_every_page_without_a_parameter_is_in_it(pages):
    """Walked from the configuration: a page that is added later is found missing here."""
    from commitments.pages import urls

    plain = {f"/{one.pattern}" for one in urls.urlpatterns if "<" not in str(one.pattern)}
    assert plain - {"/healthz", "/readyz", "/ledger/entries.jsonl"} <= pages().keys()


def test_a_page_last_changed_when_the_ledger_says(
    pages, make_pledge, make_summit, make_topic, make_assessment
):
    summit = make_summit()
    pledge = make_pledge("defence", summit=summit, topics=[make_topic()])
    assert pages()["/pledges/defence/"] == moment(record_type="pledge")
    make_assessment(pledge.undertakings.get())
    make_topic("later")
    found = pages()
    judged = moment(record_type="assessment")
    for address in [
        "/pledges/defence/",
        "/summits/tokyo-2025/",
        "/parties/japan/",
        "/topics/defence/",
    ]:
        assert found[address] == judged, address
    assert found["/changes/"] == found["/topics/later/"] == moment(record_type="topic")
    assert found["/about/"] is None


def test_where_there_are_too_many_it_lists_the_files(
    client, read, pages, make_topic, make_party, monkeypatch
):
    # Twelve topics fill two files and begin a third; ten parties fill two to the last line.
    for number in range(12):
        make_topic(f"topic-{number}")
    for number in range(10):
        make_party(f"party-{number}")
    make_topic("topic-05-draft", state="draft")
    everything = pages()
    monkeypatch.setattr(sitemaps, "MOST", 10)
    index = ElementTree.fromstring(read("/sitemap.xml"))
    assert index.tag == f"{S}sitemapindex"
    files = [file.text.removeprefix("https://ledger.example.org") for file in index.iter(f"{S}loc")]
    parts = [pages(file) for file in files]
    assert [address for part in parts for address in part] == list(everything)
    fixed, parties, topics = [10, 10, 10, 6], [10, 10], [10, 10, 4]
    assert [len(part) for part in parts] == [*fixed, *parties, *topics]
    assert list(everything.items()) == [entry for part in parts for entry in part.items()]
    for number in ["0", str(len(files) + 1), "9" * 30]:
        assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_it_fits_the_most_a_file_may_hold():
    assert sitemaps.MOST == 50_000


def test_robots_are_kept_out_of_the_desk_and_shown_the_sitemap(read):
    lines = read("/robots.txt").splitlines()
    assert lines == [
        "User-agent: *",
        "Disallow: /admin/",
        "Sitemap: https://ledger.example.org/sitemap.xml",
    ]


@pytest.mark.parametrize("address", ["/sitemap.xml", "/robots.txt", "/sitemap-1.xml"])
def test_it_answers_like_every_other_address(client, statements, japan, address):
    response = client.get(address)
    tag = response.headers["ETag"]
    assert statements(address, if_none_match=tag) == 1
    assert not response.cookies
    assert client.get(address, {"as_of": "2025-12-01"}).status_code == 400
