"""The same pages in Japanese under /ja/: by the address alone, and with nothing left in English
unmarked.
"""

import json
import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils.translation import override

from commitments import models
from commitments.publicforms import render
from tests.fixtures.addresses import list_public_addresses

VOID = {"meta", "link", "input", "br", "hr", "img", "use", "path", "circle", "line", "rect"}
# Codes, days, what machines read, and what says nothing of its own language.
SILENT = {"code", "time", "title", "script", "textarea"}
# Names, and what is the same in every language.
AS_THEY_ARE = "|".join([
    "Summit Ledger", r"CC BY [\d.]+", r"editors@example\.org", r"https?://\S+", r"/api/\S+", "JSON Lines", "JSON",
    "CSV", "API", "SVG", "SHA-256", "G7", "OpenAPI", r"RFC \d+", "ID", "Checking the ledger",
    r"manage\.py [\w-]+( [\w-]+)*",
    "GDP|NATO|OECD|UTC|ISO|JIS|ALFRED",
    "seq|recorded_at|action|record_type|record_slug|note|redacts|payload_sha256|previous_hash|hash|people_sha256|people_salt|people|payload|salt",
    r"[a-z0-9]+(-[a-z0-9]+)+", "Rita", "Victor", "Atom", "iCalendar", "BibTeX", "CSL-", "Cookie", "Python",
])  # fmt: skip


class Reader(HTMLParser):
    """Collect what a reader of Japanese is given: text and spoken attributes outside whatever says
    it is English.
    """

    def __init__(self, html):
        super().__init__()
        self.stack, self.heard = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        within = self.stack[-1][1] if self.stack else None
        language = attrs.get("lang", within)
        if tag not in VOID:
            self.stack.append((tag, language))
        if language == "ja" and tag != "link":
            self.heard += [
                attrs[name]
                for name in ("aria-label", "title", "placeholder", "data-label")
                if name in attrs
            ]

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        within = {tag for tag, _ in self.stack}
        # The title of a drawing is read like any other text; only that of the page is not.
        silent = SILENT - {"title"} if "svg" in within else SILENT
        if self.stack and self.stack[-1][1] == "ja" and not silent & within:
            self.heard.append(data)


def english_in(html):
    texts = (re.sub(AS_THEY_ARE, " ", text) for text in Reader(html).heard)
    return [text.strip() for text in texts if re.search(r"[A-Za-z]{2}", text)]


@pytest.fixture
def addresses(record):
    return list_public_addresses(**vars(record))


def test_every_page_answers_in_japanese_and_leads_back(client, addresses, subtests, settings):
    settings.SITE_ADDRESS = "https://ledger.example.org"
    for address in addresses:
        with subtests.test(address):
            response = client.get(f"/ja{address}")
            text = response.html()
            assert response.status_code == 200
            assert response.headers["Content-Language"] == "ja"
            assert not response.cookies
            assert "Vary" not in response.headers or "anguage" not in response.headers["Vary"]
            assert '<html lang="ja">' in text
            assert f'<a href="{address}" hreflang="en" lang="en">English</a>' in text
            for code, prefix in [("en", ""), ("ja", "/ja"), ("x-default", "")]:
                link = (
                    f'rel="alternate" hreflang="{code}"'
                    f' href="https://ledger.example.org{prefix}{address}"'
                )
                assert link in text
            assert f'rel="canonical" href="https://ledger.example.org/ja{address}"' in text


def test_no_page_says_anything_in_english_unmarked(client, addresses, subtests):
    for address in addresses:
        with subtests.test(address):
            assert english_in(client.get(f"/ja{address}").html()) == []


def test_this_test_hears_english():
    assert english_in('<html lang="ja"><p>判定 met <b lang="en">fine</b><a title="Gone">x</a>') == [
        "判定 met",
        "Gone",
    ]


def test_links_stay_in_the_language(client, addresses, subtests):
    """All but the files for programs, the API, and the link to the other language."""
    for address in addresses:
        with subtests.test(address):
            text = client.get(f"/ja{address}").html()
            anchors = re.findall(r'<(?:a|form) [^>]*?(?:href|action)="(/[^"]*)"([^>]*)>', text)
            files = re.compile(r"^/api/|\.(csv|jsonl|ics|atom|bib|json)(\?|$)|^/static/")
            inside = [
                link for link, rest in anchors if not files.search(link) and "hreflang" not in rest
            ]
            assert inside
            assert {link for link in inside if not link.startswith("/ja/")} == set()


def test_an_english_page_offers_japanese_and_keeps_the_question(client, record):
    text = client.get("/pledges/?status=met&utm_source=mail&as_of=2026-01-01").html()
    link = (
        '<a href="/ja/pledges/?as_of=2026-01-01&amp;status=met" hreflang="ja" lang="ja">日本語</a>'
    )
    assert link in text
    assert client.get("/pledges/").headers["Content-Language"] == "en-gb"


@pytest.mark.parametrize("asked", ["ja", "en", "fr, ja;q=0.9"])
def test_neither_header_nor_cookie_chooses(client, record, asked):
    for address in ("/", "/ja/"):
        plain = client.get(address)
        client.cookies["django_language"] = "ja" if address == "/" else "en"
        told = client.get(address, headers={"accept-language": asked})
        del client.cookies["django_language"]
        assert told.content == plain.content
        assert told.headers["ETag"] == plain.headers["ETag"]


def test_the_two_languages_have_tags_of_their_own(client, record):
    tag = client.get("/pledges/").headers["ETag"]
    response = client.get("/ja/pledges/", headers={"if-none-match": tag})
    assert response.status_code == 200
    assert (
        client.get("/ja/pledges/", headers={"if-none-match": response.headers["ETag"]}).status_code
        == 304
    )


def test_one_language_costs_as_many_statements_as_the_other(statements, addresses, subtests):
    for address in addresses:
        with subtests.test(address):
            assert statements(f"/ja{address}") == statements(address)


def test_nothing_is_found_in_japanese_too(client, db):
    response = client.get("/ja/nothing/here/")
    assert response.status_code == 404
    text = response.html()
    assert "このアドレスには何もありません" in text
    assert '<a href="/" hreflang="en" lang="en">English</a>' in text
    assert "hreflang" not in text.split("</head>")[0]
    assert "このアドレスには何もありません" in client.get("/ja/pledges/nothing/").html()


def test_a_forgotten_slash_is_added_and_other_prefixes_are_nothing(client, db):
    assert client.get("/ja").headers["Location"] == "/ja/"
    assert client.get("/ja/pledges").headers["Location"] == "/ja/pledges/"
    for address in (
        "/jam/",
        "/en/",
        "/en-gb/pledges/",
        "/ja/ja/",
        "/ja/admin/",
        "/ja/api/v1/pledges/",
    ):
        assert client.get(address).status_code == 404, address


def test_a_bad_value_is_refused_in_japanese(client, record):
    response = client.get("/ja/pledges/?status=perhaps")
    assert response.status_code == 400
    assert "次のいずれかを指定してください：not_started" in response.html()


def test_the_files_for_programs_have_one_address(client, record):
    for name, slug in [("summit_matrix", record.summit.slug), ("ledger_file", None)]:
        with override("ja"):
            address = reverse(name, args=[slug] if slug else [])
        assert not address.startswith("/ja/")
        assert client.get(f"/ja{address}").status_code == 404
        assert client.get(address).status_code == 200


def test_what_is_published_does_not_depend_on_the_language(record):
    for row in (record.pledge, record.summit, record.leader, models.Assessment.objects.get()):
        with override("ja"):
            japanese = json.dumps(render(row))
        assert japanese == json.dumps(render(row))


def test_texts_are_japanese_where_there_are_some_and_marked_where_not(client, record):
    models.Pledge.objects.filter(pk=record.pledge.pk).update(
        title_ja="防衛費をGDP比2%に", explanation="First.\n\nSecond.", deadline=date(2026, 3, 31),
        deadline_precision="fiscal_year", deadline_fiscal_start=4,
    )  # fmt: skip
    text = client.get(f"/ja{record.pledge.get_absolute_url()}").html()
    assert "<h1>防衛費をGDP比2%に</h1>" in text
    assert f'<span lang="en">{record.pledge.title}</span>' in text
    assert '<div lang="en"><p>First.</p><p>Second.</p></div><small class="untranslated"' in text
    assert "<b>2025年度</b>" in text
    assert "2025年10月28日" in text
    english = client.get(record.pledge.get_absolute_url()).html()
    assert f"<h1>{record.pledge.title}</h1>" in english
    assert '<span lang="ja">防衛費をGDP比2%に</span>' in english
    assert "untranslated" not in english


def test_a_search_marks_what_it_found_in_the_title_shown(client, record):
    assert (
        '<span lang="en">Tokyo 2025 <mark>Defence</mark></span>'
        in client.get("/ja/pledges/?q=defence").html()
    )
    models.Pledge.objects.update(title_ja="防衛費を2％に")
    # Renamed past publishing, so the index still knows the English title only.
    found = client.get("/ja/pledges/?q=defence").html()
    assert '<h3><a href="/ja/pledges/tokyo-2025-defence/">防衛費を2％に</a></h3>' in found
    assert '<p class="excerpt" lang="en">Tokyo 2025 <mark>Defence</mark>' in found


def test_definitions_releases_and_places_in_a_source_are_marked_where_they_are_english(
    client, make_two_per_cent
):
    pledge = make_two_per_cent()
    pledge.targets.filter(label="Narrow").update(label_ja="狭義")
    models.Release.objects.update(title="Press release")
    models.Pledge.objects.update(locator="First point")
    text = client.get(f"/ja{pledge.get_absolute_url()}").html()
    text += client.get("/ja/indicators/wide/").html()
    # The titles of drawings, and what is said once more for those who hear the page, have no room
    # for a mark.
    seen = re.sub(r"<title>.*?</title>|<span class=\"unseen\">.*?</span></span>", "", text)
    for english in ("Wide", "Press release", "First point"):
        shown = re.findall(rf'<span lang="en">{english}</span>(.{{7}})', seen)
        assert shown and set(shown) == {" <small"}, english
    assert "狭義" in text and "Narrow" not in text
