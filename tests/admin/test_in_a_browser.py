"""The forms at work in a browser, under the site's own Content-Security-Policy."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def signed_in(page, live_server):
    """Return a function that signs somebody in; the page remembers what the console complained
    of.
    """
    page.complaints = []
    page.on(
        "console",
        lambda message: (
            message.type in ("error", "warning") and page.complaints.append(message.text)
        ),
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))

    def sign_in(user):
        page.goto(f"{live_server.url}/admin/")
        page.fill("#id_username", user.username)
        page.fill("#id_password", "correct horse battery")
        page.click("input[type=submit]")
        return page

    return sign_in


def choose(page, field, text):
    page.locator(f".field-{field} .select2-selection").first.click()
    page.fill(".select2-dropdown .select2-search__field", text)
    page.locator(".select2-results__option", has_text=text).first.click()


def test_a_pledge_is_entered_and_submitted_without_a_complaint_from_the_browser(
    signed_in, live_server, address, make_summit, source, japan, researcher
):
    summit, page = make_summit(parties=[japan]), signed_in(researcher)
    page.goto(live_server.url + address(summit))
    page.click("text=Add a pledge made here")
    choose(page, "source", source.title)
    choose(page, "stated_by", "Japan")
    page.fill("#id_quote", "Japan will give 250 cherry trees.")
    page.fill("#id_title", "250 cherry trees")
    page.press("#id_title", "Tab")
    assert page.input_value("#id_slug") == "250-cherry-trees"
    for field, value in {
        "attribution": "own_statement",
        "modality": "commits",
        "kind": "symbolic",
    }.items():
        page.select_option(f"#id_{field}", value)
    page.check("#id_binds_participants")
    page.click("text=Add another Undertaking")
    page.click("input[name=_continue]")
    page.wait_for_selector("li.success")
    page.click(".acts >> text=Submit for review")
    page.click(".act-buttons button")
    page.wait_for_selector(".standing .state-in_review")
    assert page.complaints == []


def test_a_verdict_that_drifts_is_drafted_anew_without_a_complaint_from_the_browser(
    signed_in, live_server, settle, make_pledge, make_figures, make_assessment, japan, researcher
):
    pledge = make_pledge(state="draft")
    indicator = make_figures("share", (japan, 2024, "2.10"))
    pledge.targets.create(
        label="Share", kind="stand", indicator=indicator, value=2, due="2024-12-31"
    )
    signed = make_assessment(settle(pledge).undertakings.get(), "not_met")
    page = signed_in(researcher)
    page.click("text=Compare them now")
    page.click("text=Draft the new assessment")
    page.wait_for_selector("#assessment_form")
    assert page.input_value("#id_status") == "met"
    assert "The rule says: met, 2.1% in 2024" in page.inner_text(".beside")
    page.select_option("#id_status", "not_met")
    page.click("input[name=_continue]")
    page.wait_for_selector(".field-differs_because .errorlist")
    page.fill("#id_differs_because", "A gift is not counted.")
    page.click("input[name=_continue]")
    page.wait_for_selector("li.success")
    assert (
        signed.undertaking.assessments.get(state="draft").differs_because
        == "A gift is not counted."
    )
    assert page.complaints == []
