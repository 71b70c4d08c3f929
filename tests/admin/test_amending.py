"""A published record is changed by a reviewer, with a public note, or not at all."""

import pytest
from django.contrib.admin.models import LogEntry

from commitments.models import LedgerEntry, Pledge, Undertaking

pytestmark = pytest.mark.django_db


def test_an_amendment_is_saved_and_entered_with_its_note(
    save, address, make_pledge, at_desk, reviewer
):
    pledge = make_pledge()
    version = pledge.version
    answer = save(at_desk(reviewer), address(pledge), title="Amended", public_note="Plainer words.")
    assert answer.status_code == 302
    pledge.refresh_from_db()
    entry = LedgerEntry.objects.first()
    assert (pledge.title, pledge.version, pledge.state) == ("Amended", version + 1, "published")
    assert (entry.action, entry.record_slug, entry.note) == ("amend", pledge.slug, "Plainer words.")
    assert entry.payload.body["title"] == "Amended"


def test_a_correction_is_entered_as_one(save, address, make_source, at_desk, reviewer):
    answer = save(
        at_desk(reviewer),
        address(make_source()),
        publisher="The Diet",
        public_note="Wrong name.",
        corrects_error="on",
    )
    assert answer.status_code == 302
    assert LedgerEntry.objects.first().action == "correct"


def test_without_a_note_nothing_is_saved_and_nothing_typed_is_lost(
    save, errors, address, make_pledge, at_desk, reviewer
):
    pledge = make_pledge()
    answer = save(at_desk(reviewer), address(pledge), title="Typed")
    assert answer.status_code == 200
    assert errors(answer) == ["This field is required."]
    assert answer.context["adminform"].form["title"].value() == "Typed"
    assert Pledge.objects.get().title != "Typed"


def test_a_refused_amendment_saves_nothing_and_keeps_what_was_typed(
    save, errors, address, make_pledge, make_party, at_desk, reviewer
):
    earlier, later = make_pledge("earlier"), make_pledge("later")
    client, note = at_desk(reviewer), {"public_note": "Linked."}
    linked = {"links-0-kind": "reaffirms", "links-0-to_pledge": earlier.pk}
    assert save(client, address(later), **note, **linked).status_code == 302
    entries, logged = LedgerEntry.objects.count(), LogEntry.objects.count()
    # The other way round makes a circle, which only the whole of what was saved can show.
    linked = {
        "links-0-kind": "reaffirms",
        "links-0-to_pledge": later.pk,
        "undertakings-0-reservation": "Typed here",
    }
    answer = save(client, address(earlier), title="Typed there", **note, **linked)
    assert answer.status_code == 200
    assert "Its links lead back to itself" in errors(answer)[0]
    assert answer.context["adminform"].form["title"].value() == "Typed there"
    assert "Typed here" in answer.html()
    earlier.refresh_from_db()
    assert (earlier.title, earlier.links.count(), earlier.version) == ("Earlier", 0, 3)
    assert (LedgerEntry.objects.count(), LogEntry.objects.count()) == (entries, logged)
    # And once it is mended, the same form goes through.
    mended = {"title": "Typed there", "links-0-kind": "", "links-0-to_pledge": "", **note}
    assert save(client, address(earlier), **mended).status_code == 302


def test_a_rule_on_what_the_program_wrote_comes_back_as_a_sentence(
    save, errors, address, make_pledge, make_assessment, at_desk, reviewer
):
    pledge = make_pledge()
    make_assessment(pledge.undertakings.get(), "in_progress")
    exempt = {"undertakings-0-exempt_reason": "It has no forces.", "public_note": "Exempt."}
    answer = save(at_desk(reviewer), address(pledge), **exempt)
    assert answer.status_code == 200
    sentence = "It has a published assessment; withdraw that before exempting the party."
    assert errors(answer) == [sentence]
    assert Undertaking.objects.get().exempt_reason == ""


def test_a_save_that_changes_nothing_public_enters_nothing(
    save, address, make_party, at_desk, reviewer
):
    party = make_party()
    answer = save(at_desk(reviewer), address(party), public_note="Nothing.")
    assert answer.status_code == 302
    assert LedgerEntry.objects.count() == 1
    party.refresh_from_db()
    assert party.version == 4


def test_the_slug_of_what_was_ever_published_stays(save, address, make_party, at_desk, reviewer):
    party = make_party()
    save(
        at_desk(reviewer), address(party), slug="nippon", name="Nippon", public_note="Its own name."
    )
    party.refresh_from_db()
    assert (party.name, party.slug) == ("Nippon", "japan")
