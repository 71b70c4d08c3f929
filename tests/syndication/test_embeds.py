"""Cards that other sites may frame, and how a program finds out about them."""

import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import quote

import pytest
import time_machine
from csp.constants import NONE
from django.utils import timezone

from commitments import models
from commitments.ledger.freshness import read_head
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.records import withdraw
from tests.fixtures.shared import shared
from tests.pages.test_languages import english_in

pytestmark = pytest.mark.django_db
SITE = "https://ledger.example.org"
# A card as wide as the column it stands in, up to what it needs.
FLUID = 'style="width: 100%; max-width: 600px"'


@shared
def pledge(make_pledge, make_summit, make_assessment, japan):
    pledge = make_pledge("defence", title="Two per cent & <more>", summit=make_summit())
    make_assessment(pledge.undertakings.get(), "met", as_of=date(2026, 3, 1))
    return pledge


@shared
def charted(pledge, japan, make_figures):
    figures = make_figures("share", (japan, 2024, "1.8"), (japan, 2025, "1.9"))
    pledge.targets.create(label="Share", kind="reach", indicator=figures, value=2)
    return pledge


@pytest.fixture
def ask(client):
    def ask(address=f"{SITE}/pledges/defence/", **more):
        return client.get("/oembed", {"url": address, **more})

    return ask


def policy(response):
    pairs = (
        part.split(maxsplit=1) for part in response.headers["Content-Security-Policy"].split(";")
    )
    return dict(pairs)


def test_a_card_says_the_verdict_and_of_which_day(read, pledge):
    text = read("/embed/pledges/defence/")
    assert "Two per cent &amp; &lt;more&gt;" in text
    assert "<span>Met</span>" in text
    assert 'Judged as of <time datetime="2026-03-01">' in text
    assert f"ledger at entry {models.LedgerHead.objects.get().seq}" in text
    assert f'href="{SITE}/pledges/defence/" target="_blank" rel="noopener"' in text
    assert '<meta name="robots" content="noindex">' in text
    assert not any(word in text for word in ("<form", "<script", "<style", " style=", "/admin"))


def test_a_card_bears_the_caveat_of_its_verdict(read, make_pledge, make_assessment):
    pledge = make_pledge("caveat")
    make_assessment(pledge.undertakings.get(), "met", caveat="By the budget alone.")
    assert "By the budget alone." in read("/embed/pledges/caveat/")


def test_of_many_parties_it_counts_the_verdicts(read, make_pledge, make_party, make_assessment):
    many = make_pledge("many", parties=[make_party(f"ally-{number}") for number in range(6)])
    make_assessment(many.undertakings.first(), "not_met")
    text = read("/embed/pledges/many/")
    assert "<b>1</b>" in text and "<b>5</b>" in text and "Not looked at yet" in text


def test_a_late_open_verdict_is_overdue_and_one_of_others_is_labelled(
    read, make_pledge, make_outside_report, make_party, japan
):
    france = make_party("france")
    late = make_pledge(
        "late", parties=[japan, france], deadline=date(2025, 12, 31), deadline_precision="day"
    )
    make_outside_report("report", (late.undertakings.get(party=france), "met"))
    text = read("/embed/pledges/late/")
    assert "Overdue" in text and "by an outside assessor" in text


def test_the_chart_comes_with_the_card(client, read, charted):
    text = read("/embed/pledges/defence/chart/")
    assert 'class="chart"' in text and "<span>Met</span>" in text and "ledger at entry" in text
    models.Target.objects.all().delete()
    assert client.get("/embed/pledges/defence/chart/").status_code == 404


def test_the_card_of_a_ledger_entry_never_changes(read, client, pledge, make_assessment, reviewer):
    seq = read_head()
    address = f"/embed/pledges/defence/at/{seq}/"
    before = read(address)
    on = models.LedgerEntry.objects.get(seq=seq).recorded_at.date()
    assert (
        "<span>Met</span>" in before and f'as the record stood on <time datetime="{on}">' in before
    )
    assert f'<h1><a href="{SITE}/pledges/defence/at/{seq}/"' in before
    current = f'<a href="{SITE}/pledges/defence/"'
    assert current in before and policy(client.get(address))["frame-ancestors"] == "*"
    make_assessment(pledge.undertakings.get(), "not_met", as_of=date(2026, 6, 1))
    assert read(address) == before
    assert "<span>Not met</span>" in read(f"/embed/pledges/defence/at/{read_head()}/")
    withdraw(pledge, by=reviewer, note="Never said.", cascade=True)
    kept = read(address)
    assert (
        "<span>Met</span>" in kept
        and "withdrawn from the record since" in kept
        and current not in kept
    )
    for gone in (0, read_head(), read_head() + 1):
        assert client.get(f"/embed/pledges/defence/at/{gone}/").status_code == 404, gone


def test_a_deadline_that_passed_later_is_not_told_by_the_card_of_an_entry(read, make_pledge):
    tomorrow = timezone.now().date() + timedelta(days=1)
    make_pledge("late", deadline=tomorrow, deadline_precision="day")
    with time_machine.travel(tomorrow + timedelta(days=9)):
        assert "Overdue" in read("/embed/pledges/late/")
        assert "Overdue" not in read(f"/embed/pledges/late/at/{read_head()}/")


def test_of_many_parties_the_chart_is_one_scale(read, make_pledge, make_party, make_figures):
    parties = [make_party(f"ally-{number}") for number in range(6)]
    many = make_pledge("many", parties=parties)
    figures = make_figures("share", *((party, 2024, "1.8") for party in parties))
    many.targets.create(
        label="Share", kind="stand", indicator=figures, value=2, due=date(2024, 12, 31)
    )
    text = read("/embed/pledges/many/chart/")
    assert text.count('class="dot') == 6
    # The scale is lower than a chart, and so is the frame that is offered.
    assert 'many/chart/" style="width: 100%; max-width: 600px" height="494"' in unescape(
        read("/pledges/many/")
    )


@pytest.mark.parametrize(
    "address",
    ["/embed/pledges/defence/", "/embed/pledges/defence/chart/", "/ja/embed/pledges/defence/"],
)
def test_it_may_be_framed_and_does_nothing_else(client, charted, address):
    response = client.get(address)
    unchanged = client.get(address, headers={"if-none-match": response.headers["ETag"]})
    assert unchanged.status_code == 304
    for answer in (response, unchanged):
        assert "X-Frame-Options" not in answer.headers
        assert policy(answer) == {"default-src": NONE, "style-src": "'self'", "img-src": "'self'", "base-uri": NONE,
                                  "form-action": NONE, "frame-ancestors": "*"}  # fmt: skip
    assert not response.cookies and "Cookie" not in response.headers.get("Vary", "")


def test_nothing_else_may_be_framed(client, charted):
    addresses = ["/", "/pledges/defence/", "/calendar/", "/admin/login/", "/embed/pledges/nothing/",
                 "/embed/pledges/nothing/chart/", "/ja/embed/pledges/nothing/", "/oembed", "/feeds/changes.atom",
                 "/pledges/defence/share.png",
                 "/api/v1/pledges/", "/embed/pledges/defence/?as_of=2025-12-01"]  # fmt: skip
    for address in addresses:
        response = client.get(address)
        assert response.headers["X-Frame-Options"] == "DENY", address
        assert policy(response)["frame-ancestors"] == NONE, address


def test_a_program_is_told_how_to_show_it(ask, pledge):
    answer = ask().json()
    html = answer.pop("html")
    assert answer == {
        "version": "1.0",
        "type": "rich",
        "title": "Two per cent & <more>",
        "provider_name": "Summit Ledger",
        "provider_url": f"{SITE}/",
        "cache_age": 3600,
        "thumbnail_url": f"{SITE}/pledges/defence/share.png",
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
        "width": 600,
        "height": 320,
    }
    assert (
        html == f'<iframe src="{SITE}/embed/pledges/defence/" width="600" height="320" '
        'title="Two per cent &amp; &lt;more&gt;" loading="lazy" frameborder="0"></iframe>'
    )


def test_the_page_in_japanese_leads_to_the_card_in_japanese(ask, read, pledge, client):
    models.Pledge.objects.update(title_ja="防衛費を2％に")
    text = read("/ja/pledges/defence/")
    found = re.search(rf'application/json\+oembed"[^>]* href="{SITE}(/oembed[^"]+)"', text)[1]
    answer = client.get(found).json()
    assert (answer["title"], answer["provider_url"]) == ("防衛費を2％に", f"{SITE}/ja/")
    for html, size in ((answer["html"], 'width="600"'), (unescape(text), FLUID)):
        assert (
            f'<iframe src="{SITE}/ja/embed/pledges/defence/" {size} height="320" title="防衛費を2％に"'
            in html
        )
    assert ask(f"{SITE}/ja/ja/pledges/defence/").status_code == 404


def test_in_japanese_it_says_nothing_in_english_unmarked(read, charted):
    for address in ("", "chart/", f"at/{read_head()}/"):
        text = read(f"/ja/embed/pledges/defence/{address}")
        assert '<html lang="ja" class="embed">' in text and "達成" in text
        assert (
            f'href="{SITE}/ja/pledges/defence/" target="_blank"' in text
            and f'href="{SITE}/ja/"' in text
        )
        assert english_in(text) == []


def test_an_address_that_never_changes_is_answered_with_the_card_that_never_does(
    ask, read, client, pledge, make_pledge, reviewer
):
    seq = read_head()
    make_pledge("later")
    withdraw(pledge, by=reviewer, note="Never said.", cascade=True)
    for prefix in ("", "/ja"):
        address = f"{prefix}/pledges/defence/at/{seq}/"
        found = f"/oembed?url={quote(SITE + address, safe='')}"
        assert (
            f'application/json+oembed" title="Two per cent &amp; &lt;more&gt;" href="{SITE}{found}"'
            in read(address)
        )
        answer = client.get(found).json()
        assert (
            f'<iframe src="{SITE}{prefix}/embed/pledges/defence/at/{seq}/" width="600"'
            in answer["html"]
        )
        assert (answer["title"], answer["thumbnail_url"]) == (pledge.title, f"{SITE}/share.png")
    for gone in (f"defence/at/{read_head()}", f"later/at/{seq}", f"defence/at/{10**20}"):
        assert ask(f"{SITE}/pledges/{gone}/").status_code == 404, gone


def test_it_is_no_larger_than_asked(ask, pledge):
    small = ask(maxwidth="300", maxheight="200").json()
    assert (small["width"], small["height"]) == (300, 200)
    assert 'width="300" height="200"' in small["html"]
    assert ask(maxwidth="9999").json()["width"] == 600


@on_the_same_record("wrong", ["0", "-1", "1.5", "many", "١٢", "9999999"])
def test_a_size_that_is_none_is_refused_in_words(ask, pledge, wrong):
    response = ask(maxwidth=wrong)
    assert response.status_code == 400
    assert "“maxwidth”" in response.content.decode()


@on_the_same_record(
    "address",
    [
        pytest.param("https://elsewhere.example.org/pledges/defence/", id="another host"),
        pytest.param(
            "https://ledger.example.org.evil.example.net/pledges/defence/",
            id="a host that begins alike",
        ),
        pytest.param(
            "https://ledger.example.org@evil.example.net/pledges/defence/", id="a user name"
        ),
        pytest.param(
            "https://x@ledger.example.org/pledges/defence/", id="a user name before our host"
        ),
        pytest.param(
            "https://ledger.example.org\\@evil.example.net/pledges/defence/", id="a backslash"
        ),
        pytest.param("https://ledger.example.org:8443/pledges/defence/", id="another port"),
        pytest.param("http://ledger.example.org/pledges/defence/", id="another scheme"),
        pytest.param("//ledger.example.org/pledges/defence/", id="no scheme"),
        pytest.param("/pledges/defence/", id="a path"),
        pytest.param("javascript:alert(1)", id="a script"),
        pytest.param("https://ledger.example.org/", id="another page"),
        pytest.param("https://ledger.example.org/summits/tokyo-2025/", id="a summit"),
        pytest.param(
            "https://ledger.example.org/pledges/defence/?as_of=2025-12-01", id="a look back"
        ),
        pytest.param("https://ledger.example.org/pledges/nothing/", id="no pledge"),
        pytest.param("https://ledger.example.org/pledges/hidden/", id="a draft"),
        pytest.param("https://[::1/pledges/defence/", id="no address at all"),
    ],
)
def test_any_other_address_is_not_found(ask, pledge, make_pledge, address):
    make_pledge("hidden", state="draft")
    assert ask(address).status_code == 404


def test_the_trackers_of_others_do_not_matter(ask, pledge):
    assert ask(f"{SITE}/pledges/defence/?utm_source=mail#verdicts").json()["title"] == pledge.title


def test_another_format_is_not_offered_and_no_address_is_refused(ask, client, pledge):
    assert ask(format="json").status_code == 200
    assert ask(format="xml").status_code == 501
    assert client.get("/oembed").status_code == 400


def test_the_page_of_a_pledge_leads_to_all_of_it(read, charted, client):
    text = read("/pledges/defence/")
    found = f"{SITE}/oembed?url={quote(f'{SITE}/pledges/defence/', safe='')}"
    assert (
        f'type="application/json+oembed" title="Two per cent &amp; &lt;more&gt;" href="{found}">'
        in text
    )
    assert client.get(found.removeprefix(SITE)).json()["title"] == charted.title
    assert f'&lt;iframe src="{SITE}/embed/pledges/defence/"' in text
    assert f'&lt;iframe src="{SITE}/embed/pledges/defence/at/{read_head()}/"' in text
    assert f'&lt;iframe src="{SITE}/embed/pledges/defence/chart/"' in text
    models.Target.objects.all().delete()
    models.LedgerHead.objects.update(seq=1)
    assert "/chart/" not in read("/pledges/defence/")


def test_what_is_copied_from_the_page_holds_no_markup_of_the_title(read, make_pledge):
    make_pledge("nasty", title='"><script>alert(1)</script>')
    copied = re.search(r"<textarea[^>]*>(.*?)</textarea>", read("/pledges/nasty/"))[1]
    assert (
        unescape(copied) == f'<iframe src="{SITE}/embed/pledges/nasty/" {FLUID} height="320"'
        ' title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" loading="lazy"'
        ' frameborder="0"></iframe>'
    )


def test_a_look_back_offers_nothing_that_shows_today(read, pledge):
    text = read("/pledges/defence/?as_of=2026-06-01")
    assert (
        "iframe" not in text and "/share.png" in text and "/pledges/defence/share.png" not in text
    )


@pytest.mark.parametrize("address", ["/embed/pledges/defence/", "/embed/pledges/defence/chart/"])
def test_it_costs_one_statement_unchanged_and_cannot_look_back(
    client, statements, charted, make_topic, address
):
    tag = client.get(address).headers["ETag"]
    assert statements(address, if_none_match=tag) == 1
    assert client.get(address, {"as_of": "2025-12-01"}).status_code == 400
    assert client.post(address).status_code == 405
    make_topic("later")
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200
