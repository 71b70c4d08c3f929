"""What a reader does, in a real browser under the site's own Content-Security-Policy."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test.signals import template_rendered
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_reader_finds_the_pledge_and_reads_the_verdict(page, live_server, record, complaints):
    page.goto(live_server.url)
    page.get_by_role("searchbox").fill("defence")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Defence spending at 2% of GDP").click()
    row = (
        page.locator(".verdicts")
        .get_by_role("row")
        .filter(has=page.get_by_role("rowheader", name="Japan"))
    )
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


def test_a_missing_page_has_no_accessibility_fault(page, live_server, db):
    page.goto(live_server.url + "/pledges/nothing/")
    assert Axe().run(page).violations_count == 0


PAGES = Path(settings.BASE_DIR) / "templates" / "commitments"
# Answers to a mistake: the browser itself calls a refusal an error.
REFUSALS = {"commitments/bad_value.html"}


TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# Each note that a table scrolls: whether it is seen, and whether the table is wider than its place.
NOTES = """[...document.querySelectorAll(".sideways")].map(note => {
    const place = note.closest("section").querySelector(".scrolls");
    return [getComputedStyle(note).visibility === "visible", place.scrollWidth > place.clientWidth];
})"""


@pytest.fixture
def rendered():
    """Collect the names of the templates that answers are made of."""
    used = set()

    def note(template, **arguments):
        used.add(template.name)

    template_rendered.connect(note)
    yield used
    template_rendered.disconnect(note)


@pytest.mark.parametrize("language", ["en-gb", "ja"])
def test_no_page_complains_asks_elsewhere_is_too_wide_or_keeps_anybody_out(
    page, live_server, record, addresses, complaints, rendered, hold_to_the_rules, language
):
    """In Japanese the pages are built alike: axe reads three of them."""
    prefix = "/ja" if language == "ja" else ""
    some = ["/", "/summits/", record["pledge"].get_absolute_url()]
    noted = []
    for address in addresses:
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")
        page.goto(live_server.url + prefix + address)
        assert page.evaluate("document.documentElement.lang") == language
        noted += notes_at_widths(page, (320, 768))
        if not prefix or address in some:
            hold_to_the_rules(page.url, widths=(1280, 360))
        assert complaints == [], (language, address)
    assert {*some} <= {*addresses}
    assert {(seen, is_wide) for seen, is_wide in noted} == {(True, True), (False, False)}
    assert rendered >= {f"commitments/{file.name}" for file in PAGES.glob("*.html")} - REFUSALS


def notes_at_widths(page, widths):
    """Look at a page at widths at which it may not scroll sideways; return what its notes do."""
    noted = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        needed = page.evaluate("document.documentElement.scrollWidth")
        assert needed <= width, page.url
        # The style of a note follows the scroll timeline, one frame behind the new width.
        page.evaluate(TWO_FRAMES)
        noted += page.evaluate(NOTES)
    return noted


def test_filters_fold_on_a_phone_and_stand_open_on_a_desk(page, live_server, record):
    party = page.locator(".facets").get_by_role("link", name="United States 1")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(live_server.url + "/pledges/")
    expect(party).to_be_visible()
    expect(page.locator(".facets > details > summary")).to_be_hidden()
    page.set_viewport_size({"width": 360, "height": 800})
    expect(party).to_be_hidden()
    page.get_by_text("Filters", exact=True).last.click()
    party.click()
    page.wait_for_url("**/pledges/?party=united-states")


def test_a_chart_is_drawn_as_wide_as_the_page_with_text_that_keeps_its_size(
    page, live_server, record, complaints
):
    sizes = set()
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(live_server.url + record["pledge"].get_absolute_url())
        chart = page.locator("svg.chart").first
        column = chart.evaluate("svg => svg.parentElement.clientWidth")
        assert chart.bounding_box()["width"] == pytest.approx(column, abs=1)
        # The marks are shared by <use>, which could fail without a word.
        assert all(mark.bounding_box()["width"] > 6 for mark in chart.locator("use").all())
        sizes.add(
            chart.locator("text.label").first.evaluate("text => getComputedStyle(text).fontSize")
        )
    # In pixels of the screen: nothing scales them.
    assert sizes <= {"12px", "12.75px"}
    assert not chart.get_attribute("viewBox")
    assert complaints == []


def test_a_chart_as_a_file_styles_itself(page, live_server, record, complaints):
    page.goto(live_server.url + record["pledge"].get_absolute_url() + "chart.svg")
    assert (
        page.locator("line.level").first.evaluate("line => getComputedStyle(line).strokeWidth")
        == "1.5px"
    )
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
    page.get_by_role("link", name="Japan 3").click()
    page.wait_for_url("**/pledges/?party=japan")
    page.get_by_role("link", name="Defence spending at 2% of GDP").click()
    expect(page.get_by_role("heading", name="Why this verdict")).to_be_visible()
    context.close()
