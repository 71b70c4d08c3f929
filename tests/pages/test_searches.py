"""Searches that found nothing, on the page of a pledge."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import LedgerEntry
from tests.fixtures.records import DAY

pytestmark = pytest.mark.django_db
SEARCHED = date(2026, 3, 2)


@pytest.fixture
def make_searched(make_pledge, make_search_note):
    """A pledge of these parties with a search of 2 March 2026 for all of them."""

    def make(slug="searched", **fields):
        pledge = make_pledge(slug, **fields)
        make_search_note(
            pledge,
            f"{slug}-note",
            searched_on=SEARCHED,
            places="The register.",
            places_ja="登録簿。",
            not_found="No report.",
            not_found_ja="報告がない。",
        )
        return pledge

    return make


def read_verdicts(read, address):
    _before, _heading, after = read(address).partition('id="verdicts"')
    return after.partition("</section>")[0]


def test_where_no_verdict_is_shown_the_search_stands_in_its_place(read, make_searched):
    pledge = make_searched()
    verdicts = read_verdicts(read, pledge.get_absolute_url())
    assert 'Searched on <time datetime="2026-03-02">2 March 2026</time>: The register.' in verdicts
    assert 'Not found: <a href="#searched-note">No report.</a>' in verdicts


def test_the_address_of_a_search_leads_to_its_place_on_the_page(read, make_searched):
    note = make_searched().search_notes.get()
    page, _hash, anchor = note.get_absolute_url().partition("#")
    assert anchor == "searched-note"
    assert read(page).count('id="searched-note"') == 1


def test_a_verdict_names_the_search_it_rests_on(read, make_searched, make_assessment):
    pledge = make_searched()
    part = pledge.undertakings.get()
    note = pledge.search_notes.get()
    make_assessment(part, "unverifiable", as_of=SEARCHED, search_notes=[note])
    text = read(pledge.get_absolute_url())
    reasons = text.partition('id="reasons"')[2].partition("</section>")[0]
    assert '<a href="#searched-note">No report.</a>' in reasons
    assert "Not found: <a" not in read_verdicts(read, pledge.get_absolute_url())


def test_a_search_for_one_party_stands_with_it_alone(
    read, settle, japan, make_party, make_pledge, make_search_note
):
    pledge = make_pledge("shared", parties=[japan, make_party("france")])
    note = make_search_note(pledge, "note", state="draft")
    note.undertakings.set(pledge.undertakings.filter(party=japan))
    settle(note)
    text = read(pledge.get_absolute_url())
    assert text.count("Not found: <a") == 1
    assert "Searched for: Japan" in text


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_what_is_not_public_is_not_there(read, make_pledge, make_search_note, state):
    pledge = make_pledge()
    make_search_note(pledge, "hidden", state=state, not_found="zzhiddenzz")
    text = read(pledge.get_absolute_url())
    assert "zzhiddenzz" not in text
    assert "Searched, and not found" not in text


@pytest.mark.parametrize(
    "as_of, is_there", [("2026-03-01", False), ("2026-03-02", True), ("2026-03-03", True)]
)
def test_a_search_is_known_from_its_day(read, make_searched, as_of, is_there):
    text = read(f"{make_searched().get_absolute_url()}?as_of={as_of}")
    assert ("No report." in text) is is_there


def test_a_citation_shows_the_searches_of_then(
    read, make_searched, make_search_note, make_assessment
):
    pledge = make_searched()
    make_assessment(
        pledge.undertakings.get(),
        "not_started",
        as_of=SEARCHED,
        search_notes=[pledge.search_notes.get()],
    )
    seq = LedgerEntry.objects.order_by("-seq").first().seq
    make_search_note(pledge, "later", searched_on=DAY, not_found="Not a word.")
    text = read(f"{pledge.get_absolute_url()}at/{seq}/")
    assert text.count('<a href="#searched-note">No report.</a>') == 1
    assert "Not a word." not in text


def test_the_history_of_the_pledge_names_the_search(read, make_searched):
    history = read(make_searched().get_absolute_url()).partition('id="history"')[2]
    assert "Searched for proof on “Searched”, and not found:" in history


def test_a_search_is_read_in_japanese(read, make_searched):
    text = read(f"/ja{make_searched().get_absolute_url()}")
    assert "登録簿。" in text
    assert "報告がない。" in text


def test_a_pledge_without_a_search_costs_no_statement_for_it(client, make_pledge, make_searched):
    plain = make_pledge("plain")
    make_searched()
    with CaptureQueriesContext(connection) as statements:
        client.get(plain.get_absolute_url())
    of_searches = 'SELECT "commitments_searchnote"'
    assert [row for row in statements if row["sql"].startswith(of_searches)] == []
