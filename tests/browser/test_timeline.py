"""The timeline in a browser: what is pointed at or focused is told, arrows lead on, time moves
without a new page.
"""

import itertools
import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from commitments import models
from tests.fixtures.kept import keep

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESSES = ["/", *(f"/summits/{query}" for query in ("", "?zoom=decade", "?zoom=month", "?summit=hiroshima-2023",
                                                   "?view=list", "?from=1950"))]  # fmt: skip
SCRIPT = Path(settings.BASE_DIR) / "commitments" / "static" / "commitments" / "timeline.js"


@keep
def record(japan, settle, make_summit, make_pledge, make_party, make_assessment):
    series = {
        slug: settle(models.SummitSeries.objects.create(slug=slug, name=name))
        for slug, name in (("g7", "G7 summits"), ("japan-us", "Japan-US summits"))
    }
    days = {"tokyo-2025": ("japan-us", date(2025, 10, 28)), "carbis-2021": ("g7", date(2021, 6, 11)),
            "hiroshima-2023": ("g7", date(2023, 5, 19)), "old-1975": ("g7", date(1975, 11, 15))}  # fmt: skip
    summits = {
        slug: make_summit(
            slug,
            series=series[one],
            city=slug.partition("-")[0].title(),
            starts_on=day,
            ends_on=day,
        )
        for slug, (one, day) in days.items()
    }
    parties = [japan, make_party("france")]
    for slug, due in (("wind", date(2030, 12, 31)), ("coal", date(2024, 12, 31))):
        pledge = make_pledge(slug, summit=summits["hiroshima-2023"], parties=parties, made_on=date(2023, 5, 20),
                             deadline=due, deadline_precision="year")  # fmt: skip
        make_assessment(pledge.undertakings.get(party=japan), "on_track", as_of=date(2025, 3, 1))
    make_pledge("visit", summit=summits["tokyo-2025"], parties=parties, made_on=date(2025, 10, 28))
    return summits


def at(page, slug):
    return page.locator(f"#at-{slug}")


def focused(page):
    return page.evaluate(
        "document.activeElement.querySelector('b')?.textContent ||"
        " document.activeElement.textContent"
    )


def visible(fact):
    return fact.evaluate("fact => getComputedStyle(fact).opacity") == "1"


def test_no_view_of_it_has_an_accessibility_fault(
    live_server, record, complaints, hold_to_the_rules
):
    for address in ADDRESSES:
        hold_to_the_rules(live_server.url + address, widths=(1280, 360))
    assert complaints == []


def test_pointing_and_focus_show_the_same_facts_beside_the_mark(page, live_server, record):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(live_server.url + "/summits/")
    line = page.locator("a.line[href='/pledges/wind/']")
    fact, sign = line.locator(".fact"), line.locator("> svg > :last-child")
    assert not visible(fact)
    sign.hover()
    page.wait_for_timeout(50)
    assert visible(fact)
    pointed = fact.inner_text()
    assert pointed.split("\n")[0] == "Wind" and "1 On track, 1 Not due yet" in pointed
    page.mouse.move(0, 0)
    assert not visible(fact)
    line.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    assert focused(page) in ("Coal", "Wind")
    shown = page.locator("a.line:focus .fact")
    assert visible(shown)
    box, mark = (
        shown.bounding_box(),
        page.locator("a.line:focus > svg > :last-child").bounding_box(),
    )
    assert abs(box["y"] - mark["y"]) < 90
    assert box["x"] <= mark["x"] <= box["x"] + box["width"]
    # The outline says where the keyboard is.
    assert shown.evaluate("fact => getComputedStyle(fact).outlineStyle") == "solid"
    page.keyboard.press("Escape")
    assert not visible(shown)


def test_arrow_keys_walk_from_mark_to_mark_and_down_their_lines(
    page, live_server, record, complaints
):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(live_server.url + "/summits/")
    # One stop for the tabulator, wherever the keyboard comes from.
    assert page.locator("#timeline .lanes a:not([tabindex='-1'])").count() == 1
    at(page, "carbis-2021").focus()
    walk = [("ArrowRight", "Hiroshima 2023"), ("ArrowDown", "Coal"), ("ArrowDown", "Wind"), ("ArrowUp", "Coal"),
            ("ArrowLeft", "Hiroshima 2023"), ("ArrowDown", "Coal"), ("ArrowDown", "Wind"), ("ArrowDown", "Tokyo 2025"),
            ("ArrowUp", "Hiroshima 2023"), ("Home", "Carbis 2021"), ("End", "Hiroshima 2023")]  # fmt: skip
    for key, name in walk:
        page.keyboard.press(key)
        assert focused(page) == name, key
    page.keyboard.press("Home")
    # Where the lane ends, time goes on: ten years back.
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**from=2004**")
    page.wait_for_function("document.activeElement.matches('a.mark')")
    assert complaints == []


def test_moving_in_time_needs_no_new_page_and_can_be_taken_back(
    page, live_server, record, complaints
):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(live_server.url + "/summits/")
    page.evaluate("window.same = true")
    page.get_by_role("link", name="Months").click()
    page.wait_for_url("**zoom=month**")
    assert page.get_by_role("link", name="Months").evaluate(
        "link => link === document.activeElement"
    )
    page.get_by_role("link", name="Earlier").click()
    page.wait_for_url(
        "**from=2024-08**" if date.today().isoformat()[:7] == "2026-11" else "**from=**"
    )
    page.go_back()
    page.go_back()
    page.wait_for_function("!location.search")
    page.locator(".zooms [aria-current]", has_text="Years").wait_for()
    assert page.evaluate("window.same")
    assert complaints == []


def test_dragging_moves_in_time(page, live_server, record, complaints):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(live_server.url + "/summits/?from=2014")
    # An answer may come after the mark was let go.
    page.evaluate("""() => {
        const ask = window.fetch;
        window.fetch = (...what) => new Promise((done) => setTimeout(done, 500)).then(() => ask(...what));
        window.same = true;
    }""")
    field = page.locator(".lanes").bounding_box()
    x, y = field["x"] + field["width"] / 2, field["y"] + field["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(x - 20 * step, y)
    page.mouse.up()
    page.wait_for_url(re.compile("from=2018$"))
    page.wait_for_function("!document.querySelector('.dragging')")
    assert page.evaluate("window.same")
    assert complaints == []


def test_choosing_a_summit_tells_its_pledges(page, live_server, record, complaints):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(live_server.url + "/summits/")
    at(page, "hiroshima-2023").locator("circle").click()
    page.wait_for_url("**summit=hiroshima-2023**")
    page.locator("#chosen").get_by_role("link", name="Wind").wait_for()
    assert focused(page) == "Hiroshima 2023"
    page.get_by_role("link", name="Close").click()
    page.locator("#chosen").wait_for(state="detached")
    assert complaints == []


def test_who_wants_no_motion_gets_none(page, live_server, record):
    page.set_viewport_size({"width": 1280, "height": 900})
    for motion, moves in (("reduce", False), ("no-preference", True)):
        page.emulate_media(reduced_motion=motion)
        page.goto(live_server.url + "/summits/")
        page.evaluate("""() => {
            const animate = Element.prototype.animate;
            Element.prototype.animate = function (...how) { window.moved = true; return animate.apply(this, how) }
        }""")
        page.get_by_role("link", name="Decades").click()
        page.locator(".zooms [aria-current]", has_text="Decades").wait_for()
        assert bool(page.evaluate("window.moved")) == moves


def test_without_scripts_every_summit_and_pledge_is_reached(browser, live_server, record):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    page.goto(live_server.url + "/summits/?zoom=month&from=2023-01")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator("a.line[href='/pledges/wind/']:focus").count():
            break
    assert visible(page.locator("a.line[href='/pledges/wind/'] .fact"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/pledges/wind/")
    page.goto(live_server.url + "/summits/")
    page.get_by_role("link", name="Earlier").click()
    page.get_by_role("link", name="Decades").click()
    at(page, "old-1975").locator("circle").click()
    expect(page.locator("#chosen").get_by_role("link", name="Old 1975")).to_be_visible()
    context.close()


def test_on_a_telephone_the_same_items_are_a_list(page, live_server, record):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(live_server.url + "/summits/")
    expect(page.locator(".axis")).to_be_hidden()
    assert page.locator("a.mark svg >> visible=true").count() == 0
    facts = page.locator(".lanes .fact")
    assert facts.count() == page.locator(".lanes a").count() == 6
    boxes = [fact.bounding_box() for fact in facts.all()]
    assert all(
        below["y"] >= above["y"] + above["height"] - 1 for above, below in itertools.pairwise(boxes)
    )
    # Every item is a stop of its own.
    assert page.locator(".lanes a[tabindex='-1']").count() == 0


def test_print_has_the_drawing_and_no_controls(page, live_server, record):
    page.set_viewport_size({"width": 700, "height": 900})
    page.goto(live_server.url + "/summits/")
    page.emulate_media(media="print")
    expect(page.locator(".axis")).to_be_visible()
    expect(at(page, "hiroshima-2023").locator("circle")).to_be_visible()
    expect(page.get_by_role("link", name="Months")).to_be_hidden()
    assert page.locator(".fact >> visible=true").count() == 0


def test_the_script_is_small_and_of_the_site():
    assert len(SCRIPT.read_bytes()) <= 15_000
    assert not re.search(r"https?://|eval\(|innerHTML", SCRIPT.read_text())
