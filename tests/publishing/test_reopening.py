"""A pledge that is reopened brings back what was withdrawn with it, and never a verdict itself."""

import pytest

from commitments import publishing
from commitments.models import Assessment, SearchNote
from commitments.publicforms import prefetch_public_form, render
from tests.fixtures.records import reopen, withdraw

pytestmark = pytest.mark.django_db

SIGNED = ("slug", "assessor_credit", "reviewer_credit", "signed_alone")


@pytest.fixture
def pledge(make_pledge, make_evidence, make_search_note, make_assessment):
    """A pledge with proof, a search note and a verdict that rests on both."""
    pledge = make_pledge("promise")
    proof = make_evidence(pledge, "proof")
    search = make_search_note(pledge, "search")
    make_assessment(
        pledge.undertakings.get(), "met", "verdict", evidence=[proof], search_notes=[search]
    )
    return pledge


def read_public_form(assessment):
    rows = Assessment.objects.filter(pk=assessment.pk)
    payload = render(prefetch_public_form(rows).get())
    return {name: value for name, value in payload.items() if name not in SIGNED}


def list_states(rows):
    return dict(rows.order_by("slug").values_list("slug", "state"))


def test_evidence_and_search_notes_come_back_as_drafts(pledge, reviewer):
    withdraw(pledge, by=reviewer, note="Entered twice.", cascade=True)
    reopen(pledge, by=reviewer)
    pledge.refresh_from_db()
    assert pledge.state == "draft"
    assert list_states(pledge.evidence) == {"proof": "draft"}
    assert list_states(SearchNote.objects) == {"search": "draft"}


def test_a_withdrawn_verdict_stays_so_and_an_unsigned_copy_says_the_same(
    pledge, reviewer, researcher
):
    withdraw(pledge, by=reviewer, note="Entered twice.", cascade=True)
    reopen(pledge, by=reviewer)
    verdict = Assessment.objects.get(slug="verdict")
    (copy,) = Assessment.objects.exclude(slug="verdict")
    assert (verdict.state, copy.state, copy.version) == ("withdrawn", "draft", 1)
    assert read_public_form(copy) == read_public_form(verdict)
    assert (copy.assessor, copy.reviewer, copy.submitted_by) == (researcher, None, None)
    assert (copy.reviewer_credit, copy.assessor_credit, copy.published_seq) == ("", "", None)
    assert copy.slug.startswith("promise-")
    assert verdict.reviewer == reviewer


def test_all_of_it_is_submitted_along_and_published_again(pledge, researcher, reviewer):
    withdraw(pledge, by=reviewer, note="Entered twice.", cascade=True)
    reopen(pledge, by=reviewer)
    copy = Assessment.objects.get(state="draft")
    publishing.submit(copy, by=researcher, along=True)
    publishing.publish(copy, by=reviewer)
    undertaking = pledge.undertakings.get()
    assert (undertaking.shown_status, undertaking.current_assessment) == ("met", copy)
    assert list_states(pledge.evidence) == {"proof": "published"}


def test_what_was_withdrawn_by_itself_before_stays_withdrawn(
    pledge, make_evidence, make_assessment, reviewer
):
    mistake = make_evidence(pledge, "mistake")
    proof = pledge.evidence.get(slug="proof")
    undertaking = pledge.undertakings.get()
    misread = make_assessment(undertaking, "in_progress", "misread", evidence=[proof])
    withdraw(mistake, by=reviewer, note="About another pledge.")
    withdraw(misread, by=reviewer, note="Misread.")
    withdraw(pledge, by=reviewer, note="Entered twice.", cascade=True)
    reopen(pledge, by=reviewer)
    assert list_states(pledge.evidence) == {"mistake": "withdrawn", "proof": "draft"}
    (copy,) = Assessment.objects.filter(state="draft")
    assert copy.status == "met"


def test_what_is_reopened_with_its_summit_comes_back_pledge_by_pledge(
    make_summit, make_pledge, make_evidence, reviewer
):
    summit = make_summit()
    pledge = make_pledge("promise", summit=summit)
    make_evidence(pledge, "proof")
    withdraw(summit, by=reviewer, note="It did not take place.", cascade=True)
    reopen(pledge, by=reviewer)
    assert list_states(pledge.evidence) == {"proof": "draft"}
    summit.refresh_from_db()
    assert summit.state == "withdrawn"
