"""The forms at work in a browser, under the site's own Content-Security-Policy."""

import pytest
from playwright.sync_api import expect

from commitments import publishing

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


def test_a_change_is_proposed_edited_and_approved_by_three_people_before_readers_see_it(
    page, signed_in, live_server, address, make_pledge, make_user, researcher, reviewer
):
    pledge = make_pledge(title="A promise of trees", explanation="The trees are a gift.")
    public = live_server.url + pledge.get_absolute_url()

    def become(user):
        page.context.clear_cookies()
        signed_in(user)

    # A researcher proposes.
    become(researcher)
    page.goto(live_server.url + address(pledge))
    page.fill("#id_title", "A promise of 250 trees")
    page.fill("#id_public_note", "The source names a number.")
    page.check("#id_corrects_error")
    page.click("input[name=_save]")
    page.wait_for_selector(".differences")
    assert page.inner_text(".differences ins") == "250"
    assert "so somebody else must approve it" not in page.inner_text(".proposal")
    assert page.locator("button:has-text('Approve')").count() == 0

    # A reviewer finds it on the desk and edits it.
    become(reviewer)
    page.goto(f"{live_server.url}/admin/")
    page.click(".tray >> text=A promise of trees")
    page.click("text=Edit the proposal")
    assert page.input_value("#id_title") == "A promise of 250 trees"
    page.fill("#id_explanation", "The cherry trees are a gift.")
    page.click("input[name=_save]")
    page.wait_for_selector(".differences")
    assert "somebody else must approve it" in page.inner_text(".proposal")
    page.goto(public)
    assert "250" not in page.inner_text("main")

    # A third person approves.
    become(make_user("tom", "reviewer"))
    page.goto(f"{live_server.url}/admin/")
    page.click(".tray >> text=A promise of trees")
    assert page.locator(".differences > dt").all_inner_texts() == ["Title", "Explanation"]
    page.click("button:has-text('Approve')")
    page.wait_for_selector("li.success")

    # Readers see the new words, and what they were before.
    page.goto(public)
    assert page.inner_text("h1") == "A promise of 250 trees"
    for address_of_readers in (public, f"{live_server.url}/corrections/"):
        page.goto(address_of_readers)
        changed = page.locator(".differences").first
        assert changed.locator("ins").all_inner_texts() == ["250", "cherry"]
        assert "A promise of 250 trees" in changed.inner_text()
        assert "The source names a number." in page.inner_text("main")
    assert page.complaints == []


def test_a_pledge_is_reviewed_as_a_whole_without_a_complaint_from_the_browser(
    signed_in, make_pledge, make_evidence, researcher, reviewer
):
    pledge = make_pledge("trees", title="250 cherry trees", state="draft")
    proof = make_evidence(pledge, state="draft", finding="The trees arrived.")
    publishing.submit_many([pledge, proof], by=researcher)
    page = signed_in(reviewer)
    page.click("text=Review the pledge as a whole")
    preview = page.frame_locator("iframe")
    expect(preview.locator("h1")).to_have_text("250 cherry trees")
    expect(preview.locator("body")).to_contain_text("The trees arrived.")
    page.click("text=Publish the pledge with its 1 part")
    page.wait_for_selector(".standing .state-published")
    pledge.refresh_from_db()
    assert pledge.is_published
    assert page.complaints == []
