"""The words before and after each amendment, from the ledger's own texts."""

import pytest

from commitments import publishing
from commitments.ledger.amendments import add_differences, describe_amendments
from commitments.ledger.history import join_records
from commitments.models import LedgerEntry, Pledge
from tests.fixtures.records import amend, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(reviewer):
    """Change fields of a published record, and enter it."""

    def change(record, note="Plainer words.", **fields):
        type(record).objects.filter(pk=record.pk).update(**fields)
        return amend(record, by=reviewer, note=note)

    return change


def write_differences(differences):
    """Return {label: text before} and {label: text after} of the changed fields."""
    before, after = {}, {}
    for field in differences.fields:
        before[field.label] = "".join(run.text for run in field.runs if run.edit != "added")
        after[field.label] = "".join(run.text for run in field.runs if run.edit != "removed")
    return before, after


def test_an_amendment_is_held_against_the_entry_before_it(make_pledge, change):
    pledge = make_pledge(title="Trees")
    first = change(pledge, title="250 trees")
    second = change(pledge, title="250 cherry trees", modality="aims")
    differences = describe_amendments([second, first])
    assert write_differences(differences[first.seq]) == ({"title": "Trees"}, {"title": "250 trees"})
    assert write_differences(differences[second.seq]) == (
        {"title": "250 trees", "modality": "Commits"},
        {"title": "250 cherry trees", "modality": "Aims"},
    )


def test_only_amendments_have_words_before_and_after(make_pledge, reviewer):
    make_pledge()
    assert describe_amendments(LedgerEntry.objects.all()) == {}


def test_of_a_removed_text_nothing_is_shown(make_pledge, change, administrator):
    pledge = make_pledge()
    entry = change(pledge, title="Another title")
    published = LedgerEntry.objects.get(record_type="pledge", action="publish")
    publishing.redact(published.seq, by=administrator, note="A court said so.")
    assert describe_amendments([entry]) == {}


def test_of_a_record_that_is_not_public_nothing_is_shown(make_party, change, reviewer):
    party = make_party("atlantis")
    change(party, name="Poseidonis")
    withdraw(party, by=reviewer, note="Sunk.")
    changes = add_differences(join_records(LedgerEntry.objects.all()))
    assert [change.differences for change in changes] == [None] * 3


def test_a_record_is_named_in_public_only_if_it_is_public(
    make_pledge, make_source, change, reviewer
):
    pledge = make_pledge(title="Trees")
    other = make_source("gazette", title="The Gazette")
    change(pledge, source=other)
    Pledge.objects.update(source=make_source("third", title="A third"))
    amend(pledge, by=reviewer, note="Its own source.")
    withdraw(other, by=reviewer, note="A forgery.")
    changes = add_differences(join_records(LedgerEntry.objects.filter(record_type="pledge")))
    newest = next(change for change in changes if change.entry.note == "Its own source.")
    before, after = write_differences(newest.differences)
    assert "The Gazette" not in before["source"]
    assert before["source"] == "gazette"
    assert "A third" in after["source"]


@pytest.mark.parametrize("page", ["/corrections/", "/changes/", "the pledge's own page"])
def test_the_public_pages_show_them(client, make_pledge, change, page):
    pledge = make_pledge(title="A promise of trees")
    change(pledge, title="A promise of 250 trees")
    address = page if page.startswith("/") else pledge.get_absolute_url()
    assert "A promise of <ins>250</ins> trees" in client.get(address).html()


def test_what_was_long_and_kept_is_cut(client, make_pledge, change):
    long = "The trees stand in the park. " * 20
    pledge = make_pledge(explanation=f"{long}One is a cherry. {long}")
    change(pledge, explanation=f"{long}One is a plum. {long}")
    page = client.get("/corrections/").html()
    shown = "the park. One is a <del>cherry.</del> <ins>plum.</ins> The trees"
    assert shown in page
    assert long.strip() not in page


def test_text_of_a_record_is_escaped(client, make_pledge, change):
    pledge = make_pledge(title="Trees <b>here</b>")
    change(pledge, title="Trees <script>alert(1)</script>")
    page = client.get("/corrections/").content.decode()
    assert "<script>alert(1)" not in page


def test_more_amendments_on_a_page_take_no_more_statements_for_their_texts(
    make_party, change, django_assert_max_num_queries
):
    entries = []
    for number in range(4):
        party = make_party(f"party-{number}")
        entries.append(change(party, short_name="Other"))
    with django_assert_max_num_queries(2):
        assert len(describe_amendments(entries)) == 4
