"""What somebody typed at the desk is kept in the browser, offered once, and gone when it is saved."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from commitments.models import ROOTS, Assessment, Evidence, Proposal, Source

pytestmark = pytest.mark.django_db(transaction=True)

KEPT = "Object.keys(localStorage).filter(key => key.startsWith('typed:'))"
SENTENCE = re.compile(r"You typed here on \d+ \w+ \d{4} at \d\d:\d\d and did not save\.")


@pytest.fixture
def desk(page, live_server):
    """The page, with functions to sign in, open a form and leave it."""
    page.complaints = []
    # Django's own script for light and dark fails without a store.
    page.on(
        "pageerror",
        lambda error: "theme.js" in error.stack or page.complaints.append(error.stack),
    )
    page.warnings = []

    def leave(dialog):
        page.warnings.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)

    def sign_in(user):
        page.goto(f"{live_server.url}/admin/login/")
        fill_in(user)

    def fill_in(user):
        page.fill("#id_username", user.username)
        page.fill("#id_password", "correct horse battery")
        page.click("#login-form input[type=submit]")

    def reopen(path):
        page.goto(live_server.url + path)

    page.sign_in, page.fill_in, page.reopen = sign_in, fill_in, reopen
    yield page
    assert page.complaints == []


@pytest.fixture
def add_source(desk, address, researcher):
    """Sign in and begin to add a source; nothing is saved."""
    desk.sign_in(researcher)
    path = address(Source, "add")
    desk.reopen(path)
    desk.fill("#id_title", "Fact sheet")
    desk.select_option("#id_kind", "fact_sheet")
    desk.check("#id_may_show_copy")
    wait_until_kept(desk)
    return path


def banner(page):
    return page.locator("#typed-before")


def wait_until_kept(page):
    """Wait for the moment after the last key when the form is stored."""
    for _ in range(40):
        if page.evaluate(KEPT):
            return
        page.wait_for_timeout(100)
    pytest.fail("Nothing was kept.")


def save(page):
    page.click("input[name=_continue]")


def complete(page):
    """Fill in what a source still lacks, and save it."""
    page.select_option("#id_tier", "primary_official")
    page.fill("#id_publisher", "The White House")
    page.fill("#id_url", "https://example.org/fact-sheet")
    save(page)
    page.wait_for_selector("li.success")


def test_a_form_in_a_closed_tab_is_offered_and_put_back(desk, add_source, context, live_server):
    context.new_page().goto(f"{live_server.url}/admin/")
    desk.reopen(add_source)
    expect(banner(desk)).to_contain_text(SENTENCE)
    assert desk.input_value("#id_title") == ""
    desk.click("text=Put it back")
    assert desk.input_value("#id_title") == "Fact sheet"
    assert desk.input_value("#id_kind") == "fact_sheet"
    assert desk.is_checked("#id_may_show_copy")
    expect(banner(desk)).to_contain_text("in the form again, and not saved yet")


def test_a_tab_closed_at_once_has_its_text_offered_in_the_next(
    desk, address, researcher, context, live_server
):
    desk.sign_in(researcher)
    path = address(Source, "add")
    desk.reopen(path)
    desk.fill("#id_title", "Fact sheet")
    desk.close(run_before_unload=False)
    later = context.new_page()
    later.goto(live_server.url + path)
    expect(banner(later)).to_contain_text(SENTENCE)


def test_leaving_a_form_warns_and_going_back_offers_what_was_typed(desk, add_source):
    desk.click("#site-name a")
    desk.wait_for_selector(".desk")
    assert desk.warnings == ["beforeunload"]
    desk.go_back()
    expect(banner(desk)).to_contain_text(SENTENCE)
    assert desk.input_value("#id_title") == ""
    desk.click("text=Throw it away")
    expect(banner(desk)).to_be_hidden()
    desk.reload()
    expect(desk.locator("#id_title")).to_have_value("")
    expect(banner(desk)).to_be_hidden()
    assert desk.warnings == ["beforeunload"]


def test_a_form_saved_after_the_session_expired_is_offered_after_signing_in(
    desk, add_source, researcher
):
    Session.objects.all().delete()
    save(desk)
    desk.wait_for_selector("#login-form")
    desk.fill_in(researcher)
    expect(banner(desk)).to_contain_text(SENTENCE)
    desk.click("text=Put it back")
    complete(desk)
    assert Source.objects.get().title == "Fact sheet"
    assert desk.evaluate(KEPT) == []
    assert desk.warnings == []


def test_somebody_else_who_signs_in_is_not_offered_it(desk, add_source, researcher, reviewer):
    Session.objects.all().delete()
    save(desk)
    desk.wait_for_selector("#login-form")
    assert "Fact sheet" not in desk.content()
    desk.fill_in(reviewer)
    desk.wait_for_selector("#id_title")
    expect(banner(desk)).to_be_hidden()
    assert len(desk.evaluate(KEPT)) == 1


def test_a_form_refused_for_its_stale_token_is_offered_again(desk, add_source, context):
    [cookie] = [one for one in context.cookies() if one["name"] == "csrftoken"]
    context.add_cookies([{**cookie, "value": "x" * 32}])
    save(desk)
    desk.wait_for_selector("text=Not saved: this page was too old")
    desk.click("text=open the page again")
    expect(banner(desk)).to_contain_text(SENTENCE)
    desk.click("text=Put it back")
    complete(desk)
    assert desk.evaluate(KEPT) == []


def test_a_form_that_came_back_with_errors_is_still_unsaved(desk, add_source):
    save(desk)
    desk.wait_for_selector(".errornote")
    expect(banner(desk)).to_be_hidden()
    desk.reopen(add_source)
    assert desk.warnings == ["beforeunload"]
    expect(banner(desk)).to_contain_text(SENTENCE)
    desk.click("text=Put it back")
    assert desk.input_value("#id_title") == "Fact sheet"
    save(desk)
    desk.wait_for_selector(".errornote")
    complete(desk)
    desk.reopen(add_source)
    expect(banner(desk)).to_be_hidden()
    assert desk.warnings == ["beforeunload"]


def test_rows_and_what_was_looked_up_in_them_come_back(
    desk, address, researcher, make_source, make_pledge, japan
):
    stored = make_source("stored", state="draft")
    stored.statements.create(quote="We welcome.", not_tracked_reason="Praise.")
    pledge = make_pledge("cherry-trees", title="250 cherry trees", state="draft", source=stored)
    desk.sign_in(researcher)
    desk.reopen(address(stored))
    desk.fill("#id_statements-0-not_tracked_reason", "A courtesy.")
    desk.click("text=Add another Statement")
    desk.fill("#id_statements-2-quote", "We will give trees.")
    desk.locator("#statements-2 .field-pledges .select2-selection").click()
    desk.locator("#statements-2 .select2-search__field").fill("cherry")
    desk.locator(".select2-results__option", has_text="250 cherry trees").click()
    desk.locator(".fieldBox.field-issued_by .select2-selection").click()
    desk.locator(".select2-dropdown .select2-search__field").fill("Japan")
    desk.locator(".select2-results__option", has_text="Japan").click()
    desk.wait_for_timeout(400)
    desk.reopen(address(stored))
    desk.click("text=Put it back")
    assert "Japan" in desk.inner_text(".fieldBox.field-issued_by .select2-selection")
    assert "250 cherry trees" in desk.inner_text("#statements-2 .field-pledges .select2-selection")
    assert desk.input_value("#id_statements-0-not_tracked_reason") == "A courtesy."
    desk.click("input[name=_continue]")
    desk.wait_for_selector("li.success")
    assert stored.statements.get(quote="We will give trees.").pledges.get() == pledge
    stored.refresh_from_db()
    assert stored.issued_by == japan
    assert desk.evaluate(KEPT) == []


def test_what_somebody_else_saved_meanwhile_is_said_and_not_overwritten(
    desk, address, researcher, make_source
):
    stored = make_source("stored", state="draft")
    desk.sign_in(researcher)
    desk.reopen(address(stored))
    desk.fill("#id_title", "Mine")
    wait_until_kept(desk)
    Source.objects.update(publisher="Theirs", version=stored.version + 1)
    desk.reopen(address(stored))
    expect(banner(desk)).to_contain_text("The record was changed after that")
    desk.click("text=Put it back")
    assert desk.input_value("#id_title") == "Mine"
    assert desk.input_value("#id_publisher") == "Theirs"


def test_signing_out_leaves_nothing(desk, add_source):
    desk.click("#logout-form button")
    desk.wait_for_selector("text=You are signed out")
    assert desk.evaluate(KEPT) == []


def test_another_tab_of_who_signed_out_keeps_nothing_more(desk, add_source, context, live_server):
    other = context.new_page()
    other.goto(f"{live_server.url}/admin/")
    other.click("#logout-form button")
    other.wait_for_selector("text=You are signed out")
    desk.fill("#id_title", "Fact sheet of the other tab")
    desk.wait_for_timeout(500)
    assert other.evaluate(KEPT) == []


@pytest.mark.parametrize(
    "age, is_offered",
    [
        pytest.param(timedelta(days=6, hours=23), True, id="within 7 days"),
        pytest.param(timedelta(days=7, minutes=1), False, id="after 7 days"),
    ],
)
def test_it_is_kept_for_seven_days(desk, add_source, live_server, age, is_offered):
    desk.reopen("/admin/")
    at = (datetime.now(UTC) - age).isoformat()
    desk.evaluate(
        """at => { for (const key of Object.keys(localStorage).filter(key => key !== "theme")) {
            const entry = JSON.parse(localStorage[key]);
            localStorage[key] = JSON.stringify({...entry, at});
        } }""",
        at,
    )
    desk.reopen(add_source)
    desk.wait_for_selector("#id_title")
    expect(banner(desk)).to_be_visible(visible=is_offered)
    assert bool(desk.evaluate(KEPT)) == is_offered


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(
            "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})",
            id="forbidden",
        ),
        pytest.param("Storage.prototype.setItem = () => { throw new Error('full'); }", id="full"),
    ],
)
def test_without_a_store_the_form_works_and_still_warns(desk, address, researcher, script):
    desk.add_init_script(script)
    desk.sign_in(researcher)
    desk.reopen(address(Source, "add"))
    desk.fill("#id_title", "Fact sheet")
    desk.wait_for_timeout(400)
    desk.reopen("/admin/")
    assert desk.warnings == ["beforeunload"]
    desk.reopen(address(Source, "add"))
    desk.fill("#id_title", "Fact sheet")
    desk.select_option("#id_kind", "fact_sheet")
    complete(desk)
    assert desk.warnings == ["beforeunload"]


def test_a_form_that_was_only_looked_at_keeps_nothing(
    desk, address, researcher, make_pledge, make_evidence, make_summit
):
    summit, pledge = make_summit(state="draft"), make_pledge(state="draft")
    desk.sign_in(researcher)
    pages = [address(record) for record in (summit, pledge, make_evidence(pledge, state="draft"))]
    pages += [address(model, "add") for model in ROOTS if model is not Assessment]
    undertaking = pledge.undertakings.get()
    pages.append(f"{address(Assessment, 'add')}?undertaking={undertaking.pk}")
    kept = {}
    for path in pages:
        desk.reopen(path)
        desk.reopen("/admin/")
        kept[path] = desk.evaluate(KEPT)
    assert {path: keys for path, keys in kept.items() if keys} == {}
    assert desk.warnings == []


def test_a_proposal_is_kept_by_itself(desk, address, researcher, source):
    path = address(source)
    desk.sign_in(researcher)
    desk.reopen(path)
    desk.click("text=Add another Statement")
    desk.fill("#id_statements-1-quote", "We will give trees.")
    desk.fill("#id_public_note", "One more sentence.")
    desk.click("input[name=_save]")
    desk.wait_for_selector("text=Nothing public has changed")
    assert desk.evaluate(KEPT) == []
    proposal = f"{path}?proposal={Proposal.objects.get().pk}"
    desk.reopen(proposal)
    desk.reopen("/admin/")
    assert desk.warnings == []
    desk.reopen(proposal)
    desk.fill("#id_title", "Fact sheet")
    wait_until_kept(desk)
    desk.reopen(path)
    expect(banner(desk)).to_be_hidden()
    desk.reopen(proposal)
    desk.click("text=Put it back")
    assert desk.input_value("#id_title") == "Fact sheet"
    desk.click("input[name=_save]")
    desk.wait_for_selector("#content-main .act-buttons, li.success")
    assert desk.evaluate(KEPT) == []


def test_the_record_of_what_was_typed_holds_no_token_and_no_key(desk, add_source):
    desk.wait_for_timeout(400)
    entry = desk.evaluate(f"JSON.parse(localStorage[{KEPT}[0]])")
    assert set(entry) == {"at", "version", "typed", "base"}
    assert set(entry["typed"]) == {"title", "slug", "kind", "may_show_copy"}


def test_evidence_for_one_pledge_is_not_offered_for_another(desk, address, researcher, make_pledge):
    pledge, other = make_pledge("one", state="draft"), make_pledge("two", state="draft")
    desk.sign_in(researcher)
    path = address(Evidence, "add")
    desk.reopen(f"{path}?pledge={pledge.pk}&_from=pledge")
    desk.fill("#id_finding", "The trees arrived.")
    wait_until_kept(desk)
    desk.reopen(f"{path}?pledge={other.pk}")
    expect(banner(desk)).to_be_hidden()
    desk.reopen(f"{path}?pledge={pledge.pk}")
    expect(banner(desk)).to_contain_text(SENTENCE)
