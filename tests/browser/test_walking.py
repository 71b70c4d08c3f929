"""A page by the keyboard alone: every link and control in turn, in the order seen, each where one
sees it.
"""

import itertools

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)

# What can be reached now: what a closed <details> hides cannot, nor what arrow keys lead to.
REACHABLE = """() => {
    window.stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
        .filter(one => one.tabIndex >= 0 && one.type !== "hidden" && !one.disabled
            && one.checkVisibility({visibilityProperty: true}));
    return window.stops.map(one => one.outerHTML.slice(0, 120));
}"""
# What is focused now: its number, where it is on the page, and what is wrong with how it is shown.
FOCUSED = """() => {
    const one = document.activeElement, faults = [];
    const outlined = [one, ...one.querySelectorAll("*")].some(part => {
        const style = getComputedStyle(part);
        return style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2
            && part.checkVisibility({opacityProperty: true});
    });
    if (!outlined) faults.push("without an outline");
    const seen = one.querySelector("circle, line") || one;
    const box = [...seen.getClientRects()].find(box => box.width) || seen.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (!top || !(one.contains(top) || top.contains(one) && top.tagName === "LABEL"))
        faults.push("covered by " + (top ? top.outerHTML.slice(0, 80) : "nothing: off the screen"));
    return {number: window.stops.indexOf(one), faults, isContents: Boolean(one.closest(".contents")),
        left: box.left + scrollX, right: box.right + scrollX, top: box.top + scrollY, bottom: box.bottom + scrollY};
}"""


def goes_back(stop, last):
    """Tell whether the eye must go back to find it: to the left on the same line, or up but not to
    the next column.
    """
    # Links in a paragraph reach into the line above and below, so that a finger can hit them.
    shared = min(stop["bottom"], last["bottom"]) - max(stop["top"], last["top"])
    on_the_line = shared > min(stop["bottom"] - stop["top"], last["bottom"] - last["top"]) / 2
    above = stop["bottom"] <= last["top"] + 2
    return (on_the_line and stop["right"] <= last["left"] + 2) or (
        above and stop["left"] < last["right"] - 2
    )


def walk(page, names):
    """Press Tab until the keyboard leaves the page; return where it stopped."""
    walked = []
    # A field for a date is a stop for its day, month, year and calendar.
    for _ in range(len(names) + 3 * sum('type="date"' in name for name in names) + 1):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if walked and stop["number"] in (-1, 0):
            return walked
        if not walked or stop["number"] != walked[-1]["number"]:
            assert stop["faults"] == [], names[stop["number"]]
            walked.append(stop)
    pytest.fail(f"The keyboard never leaves: {names[walked[-1]['number']]}")


def test_tab_leads_through_everything_in_the_order_seen(page, live_server, record, complaints):
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 1280, "height": 900})
    for address in ("/", record["pledge"].get_absolute_url(), "/pledges/"):
        page.goto(live_server.url + address)
        names = page.evaluate(REACHABLE)
        walked = walk(page, names)
        assert [names[stop["number"]] for stop in walked] == names
        assert len(names) > 30 and "Skip to the content" in names[0]
        # The skip link stands over the page's first line; contents stand beside what they list, and
        # are read before it.
        for last, stop in itertools.pairwise(walked[1:]):
            assert last["isContents"] or not goes_back(stop, last), (
                address,
                names[last["number"]],
                names[stop["number"]],
            )
    assert complaints == []


def tab_to(page, selector, **options):
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus", **options).count():
            return
    pytest.fail(f"Tab does not lead to {selector}")


def test_enter_sends_the_search_and_opens_and_closes_what_is_folded(page, live_server, record):
    page.goto(live_server.url + record["pledge"].get_absolute_url())
    tab_to(page, "summary", has_text="As of today")
    day = page.get_by_label("Day", exact=True)
    expect(day).to_be_hidden()
    page.keyboard.press("Enter")
    expect(day).to_be_visible()
    page.keyboard.press("Tab")
    assert day.evaluate("field => field === document.activeElement")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(day).to_be_hidden()
    page.reload()
    tab_to(page, "#search")
    page.keyboard.type("defence")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pledges/?q=defence")
    expect(page.get_by_role("link", name="Defence spending at 2% of GDP")).to_be_visible()
