"""What a reader does, in a real browser under the site's own Content-Security-Policy."""

import itertools
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from commitments import models
from commitments.freshness import head

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def record(
    japan, settle, make_party, make_summit, make_leader, make_pledge, make_assessment, make_evidence, make_topic
):
    leader = make_leader(native_name="高市早苗", tenures=[{"party": japan, "office": "Prime Minister of Japan"}])
    summit = make_summit(parties=[japan], name_ja="日米首脳会談")
    pledge = make_pledge(
        "japan-2025-defence-2pct", title="Defence spending at 2% of GDP", summit=summit, stated_by_leader=leader,
        topics=[make_topic()], quote="増額する", quote_language="ja", translation="will increase",
        translated_by="ours", deadline=date(2026, 3, 31), deadline_precision="month",
        parties=[japan, make_party("united-states")],
    )  # fmt: skip
    make_pledge("in-paris", summit=make_summit("paris-2026"), topics=pledge.topics.all())
    proof = make_evidence(pledge, excerpt="eleven trillion yen", excerpt_language="en")
    make_assessment(
        pledge.undertakings.get(party=japan), "met", caveat="On budget basis; outturn pending.", evidence=[proof]
    )
    indicator = settle(
        models.Indicator.objects.create(
            slug="share", name="Defence spending", unit="% of GDP", definition="All of it.", publisher="The Office",
            frequency="fiscal_year",
        )
    )  # fmt: skip
    # Owes nothing: the pledge shows one party's chart, the indicator a column for each.
    outsider = make_party("canada")
    for year, value in ((2025, "1.60"), (2026, "1.58")):
        release = models.Release.objects.create(
            slug=f"share-{year}", indicator=indicator, released_on=date(year, 5, 1), title=f"Tables of {year}"
        )
        for party in (japan, outsider):
            release.observations.create(
                party=party, period_start=date(2024, 4, 1), period_end=date(2025, 3, 31), value=value, decimals=2,
                kind="actual",
            )  # fmt: skip
        settle(release)
    release = models.Release.objects.create(
        slug="share-by-kind", indicator=indicator, released_on=date(2025, 12, 1), title="Tables"
    )
    for year, kind in [(2023, "actual"), (2024, "estimate"), (2025, "budget")]:
        release.observations.create(
            party=japan, period_start=date(year, 4, 1), period_end=date(year + 1, 3, 31), value="1.6", decimals=1,
            kind=kind,
        )  # fmt: skip
    settle(release)
    allies = [make_party(f"ally-{number}") for number in range(5)]
    for number, ally in enumerate(allies):
        release.observations.create(
            party=ally, period_start=date(2025, 4, 1), period_end=date(2026, 3, 31), value=number, decimals=0,
            kind="actual",
        )  # fmt: skip
    for measured in (pledge, make_pledge("together", parties=allies)):
        measured.targets.create(
            label="Share of GDP", kind="stand", indicator=indicator, value=2, due=date(2026, 3, 31),
            baseline_value=1, baseline_period="2020", accepts=["actual", "budget"],
        )  # fmt: skip
    make_pledge("unrelated", title="250 cherry trees")
    return {"pledge": pledge, "summit": summit, "leader": leader, "party": japan, "indicator": indicator}


@pytest.fixture
def complaints(page, live_server):
    """Collect what the browser has to say: errors, refused resources, requests to anybody else."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(live_server.url) else said.append(request.url))
    return said


def addresses(record):
    lists = ["/", "/summits/", "/pledges/", "/pledges/?q=defence&party=japan", "/leaders/", "/parties/", "/changes/"]
    details = [record[name].get_absolute_url() for name in ("pledge", "summit", "leader", "party")]
    pledge = record["pledge"].get_absolute_url()
    others = [f"{pledge}at/{head()}/", f"{pledge}?as_of=2025-12-01", "/topics/defence/", "/corrections/", "/ledger/"]
    newer = ["/scoreboard/", "/calendar/", "/calendar/?when=passed", "/calendar/?when=undated", "/topics/", "/data/"]
    newer += ["/compare/", "/compare/?party=japan&party=united-states", "/compare/?summit=tokyo-2025&summit=paris-2026"]
    newer += ["/pledges/?status=met&party=japan", "/indicators/", "/indicators/share/"]
    drawn = [f"{pledge}figures/", "/pledges/together/", "/pledges/together/figures/"]
    return [*lists, *details, *others, *newer, *drawn, "/methodology/", "/about/", "/about/style/"]


def test_a_reader_finds_the_pledge_and_reads_the_verdict(page, live_server, record, complaints):
    page.goto(live_server.url)
    page.get_by_role("searchbox").fill("defence")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Defence spending at 2% of GDP").click()
    row = page.locator(".verdicts").get_by_role("row").filter(has=page.get_by_role("rowheader", name="Japan"))
    assert "Met" in row.inner_text()
    assert "On budget basis; outturn pending." in row.inner_text()
    assert complaints == []


def test_the_icon_of_a_verdict_is_really_drawn(page, live_server, record):
    """The sheet is fetched by <use>, which the policy could refuse without a word."""
    with page.expect_response("**/icons.svg") as answer:
        page.goto(live_server.url + record["pledge"].get_absolute_url())
    assert answer.value.ok
    box = page.locator(".verdicts .sign use").first.bounding_box()
    assert box["width"] > 8
    assert box["height"] > 8


# What another palette or width can break; the rest of the rules read the same page, whatever it looks like.
LOOKS = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]


def test_no_page_has_an_accessibility_fault_light_or_dark_narrow_or_wide(page, live_server, record, complaints):
    """Each page is loaded once; all rules run on two opposite ways to look at it, those of colour and room on four."""
    for address in addresses(record):
        page.goto(live_server.url + address)
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        for scheme, width in itertools.product(["light", "dark"], [1280, 360]):
            # A colour on its way to another is no fault of the page.
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 800})
            rules = {} if (scheme, width) in [("light", 1280), ("dark", 360)] else {"runOnly": LOOKS}
            found = Axe().run(page, options={"resultTypes": ["violations"], **rules})
            assert found.violations_count == 0, f"{address} ({scheme}, {width})\n{found.generate_report()}"
    assert complaints == []


def test_a_missing_page_has_no_accessibility_fault(page, live_server, db):
    page.goto(live_server.url + "/pledges/nothing/")
    assert Axe().run(page).violations_count == 0


@pytest.mark.parametrize("width", [320, 768])
def test_nothing_is_wider_than_the_screen(page, live_server, record, width):
    page.set_viewport_size({"width": width, "height": 800})
    for address in addresses(record):
        page.goto(live_server.url + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_filters_fold_on_a_phone_and_stand_open_on_a_desk(page, live_server, record):
    party = page.locator(".facets").get_by_role("link", name="United States 1")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(live_server.url + "/pledges/")
    assert party.is_visible()
    assert not page.locator(".facets > details > summary").is_visible()
    page.set_viewport_size({"width": 360, "height": 800})
    assert not party.is_visible()
    page.get_by_text("Filters", exact=True).last.click()
    party.click()
    assert "party=united-states" in page.url


def test_a_chart_is_drawn_as_wide_as_the_page_with_text_that_keeps_its_size(page, live_server, record, complaints):
    sizes = set()
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(live_server.url + record["pledge"].get_absolute_url())
        chart = page.locator("svg.chart").first
        column = chart.evaluate("svg => svg.parentElement.clientWidth")
        assert chart.bounding_box()["width"] == pytest.approx(column, abs=1)
        # The marks are shared by <use>, which could fail without a word.
        assert all(mark.bounding_box()["width"] > 6 for mark in chart.locator("use").all())
        sizes.add(chart.locator("text.label").first.evaluate("text => getComputedStyle(text).fontSize"))
    # In pixels of the screen: nothing scales them.
    assert sizes <= {"12px", "12.75px"}
    assert not chart.get_attribute("viewBox")
    assert complaints == []


def test_a_chart_as_a_file_styles_itself(page, live_server, record, complaints):
    page.goto(live_server.url + record["pledge"].get_absolute_url() + "chart.svg")
    assert page.locator("line.level").first.evaluate("line => getComputedStyle(line).strokeWidth") == "1.5px"
    assert complaints == []


def test_the_first_key_press_reaches_the_skip_link(page, live_server, record):
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    assert skip.evaluate("link => link === document.activeElement")
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_everything_can_be_read_without_scripts(browser, live_server, record):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/pledges/")
    page.get_by_role("link", name="Japan 2").click()
    assert "party=japan" in page.url
    page.get_by_role("link", name="Defence spending at 2% of GDP").click()
    assert page.get_by_role("heading", name="Why this verdict").is_visible()
    context.close()
