"""Whatever becomes public, changes or goes takes two people; where one may do all, it says so."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from commitments import publishing
from commitments.models import Evidence, LedgerEntry, LedgerPeople, Party, Pledge, State
from commitments.publishing.authors import find_authors
from commitments.publishing.verifying import verify
from tests.fixtures.records import reopen, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(make_user):
    return make_user("una", "reviewer")


@pytest.fixture
def log_edit():
    """Log that `user` saved a change to the record, as the desk does."""

    def log(record, user, message='[{"changed": {"fields": ["Name"]}}]'):
        kind = ContentType.objects.get_for_model(record)
        LogEntry.objects.create(
            user=user,
            content_type=kind,
            object_id=str(record.pk),
            action_flag=CHANGE,
            change_message=message,
        )

    return log


def publish(records, author, by):
    party = publishing.submit(records("draft"), by=author)
    publishing.publish(party, by=by)


def amend(records, author, by):
    party = records("published")
    Party.objects.filter(pk=party.pk).update(name="Poseidonis")
    publishing.amend(party, authors=[author], by=by, note="Its other name.")


def withdraw_party(records, author, by):
    publishing.withdraw(records("published"), authors=[author], by=by, note="Sunk.")


def reopen_party(records, author, by):
    publishing.reopen(records("withdrawn"), authors=[author], by=by)


def withdraw_by_proposal(records, author, by):
    proposal = publishing.propose(records("published"), by=author, act="withdraw", note="Sunk.")
    publishing.approve(proposal, by=by, version=proposal.version)


def reopen_by_proposal(records, author, by):
    proposal = publishing.propose(records("withdrawn"), by=author, act="reopen", note="")
    publishing.approve(proposal, by=by, version=proposal.version)


ACTS = {
    "publish": publish,
    "amend": amend,
    "withdraw": withdraw_party,
    "reopen": reopen_party,
    "withdraw by a proposal": withdraw_by_proposal,
    "reopen by a proposal": reopen_by_proposal,
}
# These leave an entry in the ledger.
ENTERED = [act for act in ACTS if not act.startswith("reopen")]


@pytest.fixture
def records(make_party, reviewer):
    def make(state):
        if state != "withdrawn":
            return make_party("atlantis", state=state)
        return withdraw(make_party("atlantis"), by=reviewer, note="Sunk.")

    return make


@pytest.mark.parametrize("act", ACTS)
def test_an_author_does_not_approve_their_own_work(act, records, reviewer):
    with pytest.raises(publishing.Refused, match="somebody else must"):
        ACTS[act](records, reviewer, reviewer)


@pytest.mark.parametrize("act", ACTS)
def test_a_colleague_approves_it_and_the_entry_names_both(act, records, reviewer, colleague):
    ACTS[act](records, reviewer, colleague)
    if act in ENTERED:
        entry = LedgerEntry.objects.first()
        people = {"submitted_by": ["Victor"], "approved_by": ["Una"]}
        assert (entry.alone, entry.people.body) == (False, people)


@pytest.mark.parametrize("act", ACTS)
def test_in_a_one_person_installation_one_does_it_and_the_entry_says_alone(
    act, records, reviewer, settings
):
    settings.ONE_PERSON_INSTALLATION = True
    ACTS[act](records, reviewer, reviewer)
    if act in ENTERED:
        entry = LedgerEntry.objects.first()
        people = {"submitted_by": ["Victor"], "approved_by": ["Victor"]}
        assert (entry.alone, entry.people.body) == (True, people)


def test_one_person_confirms_and_the_entry_says_who(make_pledge, make_assessment, reviewer):
    judged = make_assessment(make_pledge().undertakings.get(), "in_progress")
    entry = publishing.confirm(judged, by=reviewer)
    assert (entry.alone, entry.people.body["approved_by"]) == (True, ["Victor"])


# What goes along


def test_a_draft_that_it_refers_to_stops_publication_and_is_named(
    make_pledge, make_source, researcher, reviewer
):
    source = make_source("memo", state="in_review")
    pledge = make_pledge(state="in_review", source=source)
    publishing.return_to_draft(source, by=researcher)
    sentence = (
        "It refers to the source “Memo (The White House)”, which is still a draft. Submit it"
        " first, or along with this."
    )
    with pytest.raises(publishing.Refused) as refusal:
        publishing.publish(pledge, by=reviewer)
    assert refusal.value.reasons == [sentence]
    assert publishing.explain_obstacles([pledge], by=reviewer) == [sentence]
    source.refresh_from_db(), pledge.refresh_from_db()
    assert (source.state, pledge.state) == ("draft", "in_review")


def test_a_draft_two_steps_away_is_named_with_what_refers_to_it(
    make_pledge, make_summit, make_party, researcher, reviewer
):
    host = make_party("mu", state="draft")
    summit = make_summit(state="in_review", parties=[host])
    pledge = make_pledge(state="in_review", summit=summit)
    with pytest.raises(publishing.Refused, match=r"The summit .* refers to the party “Mu”"):
        publishing.publish(pledge, by=reviewer)


def test_an_amendment_takes_no_draft_along(make_pledge, make_topic, reviewer, colleague):
    pledge, topic = make_pledge(), make_topic("culture", state="draft")
    pledge.topics.add(topic)
    with pytest.raises(publishing.Refused, match="the topic “Culture”, which is still a draft"):
        publishing.amend(pledge, authors=[colleague], by=reviewer, note="A topic.")
    topic.refresh_from_db()
    assert topic.state == State.DRAFT


def test_what_goes_along_has_an_entry_that_names_its_own_submitter(
    make_pledge, make_topic, reviewer, colleague
):
    topic = publishing.submit(make_topic("culture", state="draft"), by=colleague)
    publishing.publish(make_pledge(state="in_review", topics=[topic]), by=reviewer)
    submitters = {
        people.entry.record_slug: people.body["submitted_by"]
        for people in LedgerPeople.objects.select_related("entry").order_by("-pk")[:2]
    }
    assert submitters == {"culture": ["Una"], "tokyo-2025-defence": ["Rita"]}


def test_what_the_publisher_submitted_does_not_go_along(make_pledge, make_topic, reviewer):
    topic = publishing.submit(make_topic("culture", state="draft"), by=reviewer)
    pledge = make_pledge(state="in_review", topics=[topic])
    with pytest.raises(publishing.Refused, match="You submitted topic “Culture” yourself"):
        publishing.publish(pledge, by=reviewer)


def test_what_nobody_submitted_is_not_published(make_party, reviewer):
    party = make_party(state="draft")
    Party.objects.filter(pk=party.pk).update(state="in_review")
    with pytest.raises(publishing.Refused, match="Nobody submitted party “Japan”"):
        publishing.publish(party, by=reviewer)


def test_submitting_is_refused_while_a_draft_is_not_submitted_along(
    make_pledge, make_topic, researcher
):
    topic = make_topic("culture", state="draft")
    pledge = make_pledge(state="draft", topics=[topic])
    with pytest.raises(publishing.Refused, match="the topic “Culture”, which is still a draft"):
        publishing.submit(pledge, by=researcher)
    assert publishing.submit(pledge, by=researcher, along=True) == pledge
    topic.refresh_from_db()
    assert (topic.state, topic.submitted_by) == ("in_review", researcher)


def test_drafts_that_refer_to_each_other_are_submitted_together(
    make_pledge, make_topic, researcher
):
    topic = make_topic("culture", state="draft")
    pledge = make_pledge(state="draft", topics=[topic])
    publishing.submit_many([pledge, topic], by=researcher)
    assert Pledge.objects.get().state == "in_review"


def test_a_draft_along_that_breaks_a_rule_refuses_all(make_pledge, make_evidence, researcher):
    pledge = make_pledge(state="draft", parties=[])
    evidence = make_evidence(pledge, state="draft")
    with pytest.raises(publishing.Refused, match="Nobody owes it"):
        publishing.submit(evidence, by=researcher, along=True)
    assert Evidence.objects.get().state == "draft"


# Ways round


def test_whoever_edited_a_draft_does_not_publish_what_a_colleague_submitted(
    make_party, researcher, reviewer, colleague, log_edit
):
    party = make_party("atlantis", state="draft")
    log_edit(party, reviewer)
    publishing.submit(party, by=researcher)
    with pytest.raises(publishing.Refused, match="You worked on party “Atlantis” too"):
        publishing.publish(party, by=reviewer)
    publishing.publish(party, by=colleague)
    people = LedgerEntry.objects.first().people.body
    assert people == {"submitted_by": ["Rita", "Victor"], "approved_by": ["Una"]}


def test_whoever_submitted_it_before_it_was_returned_does_not_publish_it(
    make_party, researcher, reviewer, colleague
):
    party = publishing.submit(make_party("atlantis", state="draft"), by=reviewer)
    publishing.return_to_draft(party, by=colleague)
    publishing.submit(party, by=researcher)
    with pytest.raises(publishing.Refused, match="by saving a change or submitting it before"):
        publishing.publish(party, by=reviewer)
    publishing.publish(party, by=colleague)


@pytest.mark.parametrize(
    "message",
    [
        pytest.param("[]", id="a form that changed nothing"),
        pytest.param("Returned to draft. The name is wrong.", id="a return"),
        pytest.param("Published.", id="a publication"),
    ],
)
def test_what_is_no_work_on_it_makes_nobody_an_author(
    make_party, researcher, reviewer, log_edit, message
):
    party = make_party("atlantis", state="draft")
    log_edit(party, reviewer, message)
    publishing.submit(party, by=researcher)
    assert find_authors([party]) == {party: (researcher,)}
    publishing.publish(party, by=reviewer)


def test_work_on_what_was_public_since_counts_no_more(
    make_party, researcher, reviewer, colleague, log_edit
):
    party = make_party("atlantis", state="draft")
    log_edit(party, reviewer)
    publishing.publish(publishing.submit(party, by=researcher), by=colleague)
    withdraw(party, by=colleague, note="Sunk.")
    reopen(party, by=colleague)
    publishing.submit(party, by=researcher)
    publishing.publish(party, by=reviewer)


@pytest.mark.django_db(transaction=True)
def test_the_ledger_holds_after_one_person_did_it_all(records, reviewer, settings):
    settings.ONE_PERSON_INSTALLATION = True
    publish(records, reviewer, reviewer)
    party = Party.objects.get()
    withdraw_by_proposal(lambda state: party, reviewer, reviewer)
    reopen_by_proposal(lambda state: party, reviewer, reviewer)
    publish(lambda state: party, reviewer, reviewer)
    assert list(verify()) == []
