"""Entering a search that found nothing, and resting a verdict on it."""

import pytest

from commitments.models import Assessment, SearchNote

pytestmark = pytest.mark.django_db
SEARCH = {"places": "The register.", "not_found": "No report.", "searched_on": "2026-03-02"}


def test_a_search_is_entered_under_its_pledge(save, address, make_pledge, at_desk, researcher):
    pledge = make_pledge("searched")
    part = pledge.undertakings.get()
    page = f"{address(SearchNote, 'add')}?pledge={pledge.pk}"
    answer = save(at_desk(researcher), page, **SEARCH, undertakings=[part.pk])
    assert answer.status_code == 302
    note = SearchNote.objects.get()
    assert note.slug.startswith("searched-")
    assert list(note.undertakings.all()) == [part]


def test_a_search_takes_no_undertaking_of_another_pledge(
    save, errors, address, make_pledge, at_desk, researcher
):
    pledge, other = make_pledge("one"), make_pledge("another")
    page = f"{address(SearchNote, 'add')}?pledge={pledge.pk}"
    foreign = [other.undertakings.get().pk]
    answer = save(at_desk(researcher), page, **SEARCH, undertakings=foreign)
    assert "Select a valid choice" in errors(answer)[0]


def test_the_pledge_and_the_form_of_a_verdict_list_its_searches(
    address, make_pledge, make_search_note, at_desk, researcher
):
    pledge = make_pledge()
    make_search_note(pledge, "note", not_found="No report.")
    client = at_desk(researcher)
    beside = client.get(address(pledge)).html()
    assert "No report." in beside
    assert f"/admin/commitments/searchnote/add/?pledge={pledge.pk}" in beside
    form = f"{address(Assessment, 'add')}?undertaking={pledge.undertakings.get().pk}"
    assert "No report." in client.get(form).html()


def test_a_verdict_rests_on_the_searches_of_its_own_pledge_alone(
    save, errors, address, make_pledge, make_search_note, at_desk, researcher
):
    pledge, other = make_pledge("one"), make_pledge("another")
    own = make_search_note(pledge, "own-note")
    foreign = make_search_note(other, "foreign-note")
    gone = make_search_note(pledge, "gone-note", state="withdrawn")
    page = f"{address(Assessment, 'add')}?undertaking={pledge.undertakings.get().pk}"
    typed = {"status": "unverifiable", "confidence": "low", "rationale": "Nobody can know."}
    client = at_desk(researcher)
    for wrong in (foreign, gone):
        answer = save(client, page, **typed, search_notes=[wrong.pk])
        assert "Select a valid choice" in errors(answer)[0]
    assert save(client, page, **typed, search_notes=[own.pk]).status_code == 302
    assert list(Assessment.objects.get().search_notes.all()) == [own]
