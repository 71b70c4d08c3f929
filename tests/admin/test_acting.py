"""Changing a record's state by its page: what will happen is shown first, and refusals are
sentences.
"""

import pytest
from django.urls import reverse

from commitments import publishing
from commitments.models import LedgerEntry, Proposal, State
from tests.fixtures.records import withdraw

pytestmark = pytest.mark.django_db


def test_the_page_shows_what_goes_along_and_what_deserves_a_second_look(
    act_address, make_topic, make_pledge, at_desk, researcher, reviewer
):
    topic = make_topic("culture", state="draft")
    pledge = make_pledge(state="draft", topics=[topic], criteria=False)
    publishing.submit(pledge, by=researcher, along=True)
    page = at_desk(reviewer).get(act_address(pledge, "publish")).html()
    assert "Culture" in page
    assert "It has no criteria" in page
    assert "Note (public; may stay empty)" in page


def test_a_broken_rule_comes_back_as_a_sentence(
    act, make_party, make_pledge, make_user, at_desk, researcher
):
    pledge = make_pledge(state="draft", parties=[])
    answer = act(at_desk(researcher), pledge, "submit")
    assert answer.status_code == 409
    assert "Nobody owes it. Add an undertaking for each party it binds." in answer.html()
    pledge.refresh_from_db()
    assert pledge.state == State.DRAFT


def test_withdrawing_needs_a_note_and_names_what_rests_on_it(
    act, act_address, make_pledge, make_evidence, at_desk, reviewer, make_user
):
    pledge, victor = make_pledge(), at_desk(reviewer)
    evidence = make_evidence(pledge, finding="The keel was laid.")
    assert "The keel was laid." in victor.get(act_address(pledge, "withdraw")).html()
    refused = act(victor, pledge, "withdraw", cascade="yes")
    assert (refused.status_code, "the note is public" in refused.html()) == (409, True)
    refused = act(victor, pledge, "withdraw", note="A mistake of ours.")
    assert (refused.status_code, "rest on it" in refused.html()) == (409, True)
    # What was typed is not lost by the refusal.
    assert "A mistake of ours." in refused.html()
    sent = {"note": "A mistake of ours.", "cascade": "yes"}
    assert act(victor, pledge, "withdraw", **sent).status_code == 302
    pledge.refresh_from_db(), evidence.refresh_from_db()
    assert (pledge.state, evidence.state) == ("published", "published")
    proposal = Proposal.objects.get()
    assert (proposal.act, proposal.author, proposal.cascade) == ("withdraw", reviewer, True)
    with pytest.raises(publishing.Refused, match="somebody else must approve"):
        publishing.approve(proposal, by=reviewer, version=1)
    publishing.approve(proposal, by=make_user("una", "reviewer"), version=1)
    pledge.refresh_from_db(), evidence.refresh_from_db()
    assert (pledge.state, evidence.state) == ("withdrawn", "withdrawn")


@pytest.mark.parametrize("name, state", [("withdraw", "published"), ("reopen", "withdrawn")])
def test_it_is_proposed_once_and_a_researcher_may(
    act, act_address, make_party, at_desk, researcher, reviewer, name, state
):
    party = make_party("atlantis")
    if state == "withdrawn":
        withdraw(party, by=reviewer, note="Sunk.")
    client = at_desk(researcher)
    page = client.get(act_address(party, name)).html()
    assert "Nothing changes until somebody else has approved it." in page
    assert act(client, party, name, note="Why.").status_code == 302
    proposal = Proposal.objects.get()
    assert (proposal.act, proposal.note, proposal.author) == (name, "Why.", researcher)
    again = act(at_desk(reviewer), party, name, note="Why too.")
    assert (again.status_code, "proposed already" in again.html()) == (409, True)
    party.refresh_from_db()
    assert party.state == state


def test_in_a_one_person_installation_it_is_done_at_once_and_the_entry_says_alone(
    act, make_party, at_desk, reviewer, settings
):
    settings.ONE_PERSON_INSTALLATION = True
    party, victor = make_party("atlantis"), at_desk(reviewer)
    assert act(victor, party, "withdraw", note="Sunk.").status_code == 302
    party.refresh_from_db()
    entry, proposal = LedgerEntry.objects.first(), Proposal.objects.get()
    assert (party.state, entry.action, entry.alone) == ("withdrawn", "withdraw", True)
    assert (proposal.stage, proposal.alone) == ("approved", True)
    assert act(victor, party, "reopen").status_code == 302
    party.refresh_from_db()
    assert party.state == "draft"
    assert act(victor, party, "submit").status_code == 302
    assert act(victor, party, "publish").status_code == 302
    assert LedgerEntry.objects.first().alone


def test_a_second_click_on_publish_has_no_second_effect(
    act_address, make_party, at_desk, researcher, reviewer
):
    party = publishing.submit(make_party(state="draft"), by=researcher)
    client, page = at_desk(reviewer), act_address(party, "publish")
    sent = {"seen": client.get(page).context["ahead"].seen}
    assert client.post(page, sent).status_code == 302
    again = client.post(page, sent, follow=True)
    assert "It is published already" in again.html()
    assert LedgerEntry.objects.count() == 1


def test_what_changed_after_it_was_shown_is_not_published_unseen(
    act_address, save, address, make_topic, make_pledge, at_desk, researcher, reviewer
):
    topic = make_topic("culture", state="draft")
    pledge = make_pledge(state="draft", topics=[topic])
    publishing.submit(pledge, by=researcher, along=True)
    victor, page = at_desk(reviewer), act_address(pledge, "publish")
    sent = {"seen": victor.get(page).context["ahead"].seen, "note": "Typed"}
    publishing.return_to_draft(topic, by=researcher)
    assert save(at_desk(researcher), address(topic), name="Not culture").status_code == 302
    publishing.submit(topic, by=researcher)
    answer = victor.post(page, sent)
    assert answer.status_code == 409
    assert "changed after you opened it" in answer.html()
    assert "Typed" in answer.html()
    pledge.refresh_from_db()
    assert pledge.state == State.IN_REVIEW


def test_a_researcher_takes_their_own_record_back(act, make_party, at_desk, researcher):
    party = publishing.submit(make_party(state="draft"), by=researcher)
    assert act(at_desk(researcher), party, "return").status_code == 302
    party.refresh_from_db()
    assert party.state == State.DRAFT


def test_a_returned_record_says_why_on_its_page_and_nowhere_in_public(
    act, address, make_party, at_desk, researcher, reviewer
):
    party = publishing.submit(make_party(state="draft"), by=researcher)
    assert (
        act(at_desk(reviewer), party, "return", note="The ISO code is missing.").status_code == 302
    )
    assert "The ISO code is missing." in at_desk(researcher).get(address(party)).html()
    assert not LedgerEntry.objects.exists()


def test_the_shown_verdict_can_be_confirmed_and_an_older_one_cannot(
    act, act_address, make_pledge, make_assessment, at_desk, reviewer
):
    undertaking, victor = make_pledge().undertakings.get(), at_desk(reviewer)
    older, newer = (make_assessment(undertaking, "in_progress") for _time in range(2))
    assert act(victor, newer, "confirm", note="Looked again.").status_code == 302
    assert LedgerEntry.objects.first().action == "confirm"
    assert act(victor, older, "confirm").status_code == 403


def test_a_withdrawn_assessment_is_not_reopened(
    act, make_pledge, make_assessment, at_desk, reviewer
):
    judged = make_assessment(make_pledge().undertakings.get(), "in_progress")
    withdraw(judged, by=reviewer, note="Misread.")
    assert act(at_desk(reviewer), judged, "reopen").status_code == 403


def test_list_actions_submit_and_publish_each_record_by_itself(
    make_topic, make_pledge, at_desk, researcher, reviewer
):
    sound, broken = (
        make_pledge("sound", state="draft"),
        make_pledge("broken", state="draft", parties=[]),
    )
    listing = reverse("admin:commitments_pledge_changelist")
    chosen = {"_selected_action": [sound.pk, broken.pk]}
    sent = {"action": "submit_selected", **chosen}
    page = at_desk(researcher).post(listing, sent)
    assert "Nobody owes it." in page.html()
    sent |= {"post": "yes", "seen": page.context["seen"]}
    answer = at_desk(researcher).post(listing, sent, follow=True)
    assert "Submitted for review: 1 of 2." in answer.html()
    assert "Nobody owes it." in answer.html()

    victor = at_desk(reviewer)
    page = victor.post(listing, {"action": "publish_selected", **chosen})
    assert "Note (public; may stay empty)" in page.html()
    sent = {
        "action": "publish_selected",
        "post": "yes",
        "seen": page.context["seen"],
        "note": "First.",
        **chosen,
    }
    answer = victor.post(listing, sent, follow=True)
    assert "Published: 1 of 2." in answer.html()
    sound.refresh_from_db(), broken.refresh_from_db()
    assert (sound.state, broken.state) == ("published", "draft")
    assert LedgerEntry.objects.first().note == "First."


def test_publishing_from_the_list_is_not_offered_to_a_researcher(
    make_party, at_desk, researcher, make_user
):
    party = publishing.submit(make_party(state="draft"), by=make_user("una", "researcher"))
    listing = reverse("admin:commitments_party_changelist")
    forged = {"action": "publish_selected", "_selected_action": [party.pk], "post": "yes"}
    at_desk(researcher).post(listing, forged)
    party.refresh_from_db()
    assert party.state == State.IN_REVIEW


def test_bulk_deletion_spares_what_was_ever_published(make_party, at_desk, reviewer):
    draft, public = make_party("mu", state="draft"), make_party("japan")
    listing = reverse("admin:commitments_party_changelist")
    sent = {"action": "delete_selected", "_selected_action": [draft.pk, public.pk], "post": "yes"}
    answer = at_desk(reviewer).post(listing, sent, follow=True)
    assert "Withdraw it instead" in answer.html()
    draft.refresh_from_db(), public.refresh_from_db()
    at_desk(reviewer).post(listing, {**sent, "_selected_action": [draft.pk]})
    assert list(type(draft).objects.values_list("slug", flat=True)) == ["japan"]


def test_a_draft_pledge_is_deleted_with_its_rows(address, make_pledge, at_desk, researcher):
    pledge = make_pledge(state="draft")
    answer = at_desk(researcher).post(address(pledge, "delete"), {"post": "yes"})
    assert answer.status_code == 302
    assert not type(pledge).objects.exists()


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_markup_in_records_is_shown_as_text(
    act_address, address, make_pledge, make_evidence, at_desk, researcher, reviewer, text
):
    pledge = make_pledge(state="draft", title=text, quote=text, parties=[])
    make_evidence(make_pledge("other"), finding=text)
    client = at_desk(reviewer)
    client.post(act_address(pledge, "submit"), {"seen": ""})
    pages = [
        "/admin/",
        address(pledge),
        address(pledge, "history"),
        act_address(pledge, "submit"),
        address(pledge, "preview"),
    ]
    for page in [*pages, "/admin/commitments/evidence/", "/admin/commitments/pledge/"]:
        assert text not in client.get(page).html(), page
