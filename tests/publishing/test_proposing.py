"""What is public changes by a proposal that somebody else approves, and by nothing else."""

from contextlib import nullcontext
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from commitments import models, publishing
from commitments.models import Action, LedgerEntry, Proposal
from commitments.publicforms import prefetch_public_form, render_fully
from commitments.publishing.proposing import clear_proposals
from commitments.publishing.verifying import verify
from tests.fixtures.records import withdraw
from tests.publishing.test_racing import in_threads

pytestmark = pytest.mark.django_db


def read_fully(record):
    """Return the full form of `record` as it is stored."""
    rows = type(record).objects.filter(pk=record.pk)
    return render_fully(prefetch_public_form(rows).get())


@pytest.fixture
def propose(researcher):
    """Propose fields of a record as the desk does: the full form with these changed."""

    def propose(record, *, by=researcher, act="amend", note="A misprint.", **fields):
        base = read_fully(record)
        return publishing.propose(
            record,
            by=by,
            act=act,
            note=note,
            base=base,
            body={**base, **fields},
            base_version=record.version,
        )

    return propose


@pytest.fixture
def approve(reviewer):
    def approve(proposal, *, by=reviewer):
        proposal.refresh_from_db()
        return publishing.approve(proposal, by=by, version=proposal.version)

    return approve


def test_a_proposal_changes_nothing_that_is_public(make_pledge, propose):
    pledge = make_pledge()
    version, entries = pledge.version, LedgerEntry.objects.count()
    propose(pledge, title="Something else")
    pledge.refresh_from_db()
    assert (pledge.title, pledge.version) == ("Tokyo 2025 Defence", version)
    assert LedgerEntry.objects.count() == entries


@pytest.mark.django_db(transaction=True)
def test_an_approved_proposal_is_public_with_its_note_and_its_people(make_pledge, propose, approve):
    pledge = make_pledge()
    entry = approve(propose(pledge, act="correct", title="Something else"))
    pledge.refresh_from_db()
    assert pledge.title == "Something else"
    assert (entry.action, entry.note, entry.alone) == (Action.CORRECT, "A misprint.", False)
    assert entry.people.body == {"submitted_by": ["Rita"], "approved_by": ["Victor"]}
    assert list(verify()) == []


def test_a_decided_proposal_keeps_no_text(make_pledge, propose, approve, reviewer):
    approved = propose(make_pledge(), title="Something else")
    entry = approve(approved)
    dropped = propose(make_pledge("other"), title="Something else")
    publishing.drop_proposal(dropped, by=reviewer, version=dropped.version)
    for proposal in (approved, dropped):
        proposal.refresh_from_db()
        assert (proposal.base, proposal.body) == (None, None)
    assert (approved.stage, approved.entry_seq) == ("approved", entry.seq)


@pytest.mark.django_db(transaction=True)
def test_rows_inside_change_with_their_record_and_stay_the_same_rows(
    make_leader, japan, propose, approve
):
    leader = make_leader(tenures=[{"party": japan, "office": "PM", "slug": "pm"}])
    key = leader.tenures.get().pk
    [tenure] = read_fully(leader)["tenures"]
    changed = {**tenure, "office": "Prime Minister", "ends_on": "2026-01-01"}
    new = {**tenure, "slug": "fm", "office": "Foreign Minister"}
    approve(propose(leader, tenures=[{**changed, "ends_on_precision": "day"}, new]))
    assert list(leader.tenures.order_by("slug").values_list("slug", "office", "ends_on")) == [
        ("fm", "Foreign Minister", None),
        ("pm", "Prime Minister", date(2026, 1, 1)),
    ]
    assert leader.tenures.get(slug="pm").pk == key
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
def test_two_proposals_on_different_fields_both_count(make_pledge, propose, approve, make_user):
    pledge = make_pledge()
    other = make_user("otto", "researcher")
    proposals = [propose(pledge, title="New"), propose(pledge, by=other, explanation="Why.")]
    for proposal in proposals:
        approve(proposal)
    pledge.refresh_from_db()
    assert (pledge.title, pledge.explanation) == ("New", "Why.")
    assert list(verify()) == []


def test_two_proposals_on_one_field_clash_and_nothing_is_lost(
    make_pledge, propose, approve, make_user
):
    pledge = make_pledge()
    first, second = propose(pledge, title="One"), propose(pledge, title="Two", explanation="Why.")
    approve(first)
    with pytest.raises(publishing.Conflicting) as refusal:
        approve(second)
    [clash] = refusal.value.clashes
    assert clash == (("title",), "Tokyo 2025 Defence", "Two", "One")
    second.refresh_from_db()
    assert (second.stage, second.body["title"]) == ("open", "Two")
    pledge.refresh_from_db()
    assert (pledge.title, pledge.explanation) == ("One", "")


PEOPLE = [
    pytest.param("author", "proposed this yourself", id="its author"),
    pytest.param("co_author", "proposed this yourself", id="who edited it"),
    pytest.param("researcher", "may not amend", id="a researcher"),
    pytest.param("reviewer", None, id="another reviewer"),
]


@pytest.mark.parametrize(("who", "refusal"), PEOPLE)
def test_somebody_else_with_the_right_approves(
    make_pledge, propose, approve, make_user, who, refusal
):
    pledge = make_pledge()
    people = {
        "author": make_user("anna", "reviewer"),
        "co_author": make_user("carl", "reviewer"),
        "researcher": make_user("otto", "researcher"),
        "reviewer": make_user("rosa", "reviewer"),
    }
    proposal = propose(pledge, by=people["author"], title="New")
    publishing.edit_proposal(
        proposal,
        by=people["co_author"],
        version=proposal.version,
        note="Better.",
        act="amend",
        base=proposal.base,
        body={**proposal.body, "title": "Newer"},
    )
    expected = pytest.raises(publishing.Refused, match=refusal) if refusal else nullcontext()
    with expected:
        approve(proposal, by=people[who])
    pledge.refresh_from_db()
    assert pledge.title == ("Tokyo 2025 Defence" if refusal else "Newer")


def test_somebody_who_works_alone_approves_and_the_entry_says_so(
    make_pledge, propose, approve, reviewer, settings
):
    settings.ONE_PERSON_INSTALLATION = True
    proposal = propose(make_pledge(), by=reviewer, title="New")
    assert approve(proposal).alone
    proposal.refresh_from_db()
    assert proposal.alone


def test_the_database_refuses_an_author_who_approves(make_pledge, propose):
    proposal = propose(make_pledge(), title="New")
    rows = Proposal.objects.filter(pk=proposal.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(
            stage="approved",
            decided_by=proposal.author,
            decided_at=proposal.made_at,
            base=None,
            body=None,
        )


@pytest.mark.parametrize(
    ("act", "note", "fields", "sentence"),
    [
        pytest.param("amend", " ", {"title": "New"}, "Say in a note", id="no note"),
        pytest.param("amend", "Why.", {}, "Nothing was changed", id="nothing changed"),
    ],
)
def test_a_proposal_says_what_and_why(make_pledge, propose, act, note, fields, sentence):
    with pytest.raises(publishing.Refused, match=sentence):
        propose(make_pledge(), act=act, note=note, **fields)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_only_what_is_published_is_amended(make_pledge, propose, state):
    with pytest.raises(publishing.Refused, match="can be amended"):
        propose(make_pledge(state=state), title="New")


def test_a_published_assessment_is_never_edited(make_pledge, make_assessment, propose):
    verdict = make_assessment(make_pledge().undertakings.get())
    with pytest.raises(publishing.Refused, match="never edited"):
        propose(verdict, rationale="Better.")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        pytest.param({"title": ""}, "title: ", id="an empty title"),
        pytest.param({"source": "nowhere"}, "“nowhere”, which is not there", id="no such source"),
        pytest.param({"made_on": "yesterday"}, "is not a day", id="no day"),
        pytest.param({"undertakings": []}, "rows that others rest on", id="a judged part"),
        pytest.param({"occasion": ""}, "occasion: ", id="against a rule of the database"),
    ],
)
def test_what_cannot_be_entered_is_refused_in_a_sentence_and_nothing_changes(
    make_pledge, make_assessment, propose, approve, fields, sentence
):
    pledge = make_pledge()
    make_assessment(pledge.undertakings.get())
    proposal = propose(pledge, **fields)
    with pytest.raises(publishing.Refused, match=sentence):
        approve(proposal)
    proposal.refresh_from_db()
    assert proposal.stage == "open"
    assert read_fully(pledge) == proposal.base


def test_what_breaks_a_rule_of_a_verdict_by_now_is_refused(
    make_pledge, make_assessment, propose, approve
):
    pledge = make_pledge()
    proposal = propose(pledge, made_on="2025-12-24", made_on_precision="day")
    make_assessment(pledge.undertakings.get())
    with pytest.raises(publishing.Refused, match="before the pledge was made"):
        approve(proposal)


def test_a_withdrawal_is_proposed_and_approved(make_pledge, researcher, reviewer, approve):
    pledge = make_pledge()
    proposal = publishing.propose(pledge, by=researcher, act="withdraw", note="Entered twice.")
    pledge.refresh_from_db()
    assert pledge.is_published
    entry = approve(proposal)
    pledge.refresh_from_db()
    assert (pledge.state, entry.action, entry.note) == ("withdrawn", "withdraw", "Entered twice.")
    assert entry.people.body == {"submitted_by": ["Rita"], "approved_by": ["Victor"]}


def test_reopening_is_proposed_and_approved(make_pledge, researcher, reviewer, approve):
    pledge = make_pledge()
    withdraw(pledge, by=reviewer, note="Entered twice.")
    pledge.refresh_from_db()
    proposal = publishing.propose(pledge, by=researcher, act="reopen", note="")
    assert approve(proposal) is None
    pledge.refresh_from_db()
    assert pledge.state == "draft"


def test_a_returned_proposal_is_open_again_once_it_is_edited(
    make_pledge, propose, approve, researcher, reviewer
):
    proposal = propose(make_pledge(), title="New")
    returned = publishing.return_proposal(
        proposal, by=reviewer, note="Which page?", version=proposal.version
    )
    assert (returned.stage, returned.review_note) == ("returned", "Which page?")
    with pytest.raises(publishing.Refused, match="not open for approval"):
        approve(returned)
    publishing.edit_proposal(
        returned,
        by=researcher,
        version=returned.version,
        note="Page 2.",
        act="amend",
        base=returned.base,
        body=returned.body,
    )
    assert approve(returned).note == "Page 2."


def test_whoever_is_second_on_a_proposal_is_told(make_pledge, propose, reviewer):
    proposal = propose(make_pledge(), title="New")
    publishing.return_proposal(proposal, by=reviewer, note="Why?", version=proposal.version)
    with pytest.raises(publishing.Refused, match="Somebody changed this proposal"):
        publishing.approve(proposal, by=reviewer, version=proposal.version)


def test_a_hidden_reference_is_proposed_too(make_pledge, source, propose, approve):
    """A statement may name a pledge that is a draft still: the public does not see that."""
    pledge = make_pledge(state="draft")
    statement = source.statements.create(quote="We will.")
    source.refresh_from_db()
    publishing.record(source)
    [row] = read_fully(source)["statements"]
    entries = LedgerEntry.objects.count()
    assert approve(propose(source, statements=[{**row, "pledges": [pledge.slug]}])) is None
    assert list(statement.pledges.all()) == [pledge]
    assert LedgerEntry.objects.count() == entries


def test_a_proposal_in_an_old_form_is_approved_in_the_newest(
    make_summit, propose, approve, in_old_form
):
    summit = make_summit()
    proposal = propose(summit, name="Tokyo")
    for name in ("base", "body"):
        body = getattr(proposal, name)
        for key in ("standing", "standing_reason", "standing_reason_ja"):
            del body[key]
        for key in ("starts_on_precision", "ends_on_precision"):
            del body[key]
        body["form"] = 1
    proposal.save()
    approve(proposal)
    summit.refresh_from_db()
    assert (summit.name, summit.standing) == ("Tokyo", "held")


def test_a_redaction_clears_the_proposals_of_its_record(make_pledge, propose, administrator):
    pledge = make_pledge()
    proposal = propose(pledge, title="A private name", note="About a private name")
    clear_proposals("pledge", pledge.slug, by=administrator)
    proposal.refresh_from_db()
    assert (proposal.stage, proposal.base, proposal.body, proposal.note) == (
        "dropped",
        None,
        None,
        "",
    )


@pytest.mark.django_db(transaction=True)
def test_of_64_people_who_propose_on_one_record_nothing_is_lost(make_pledge, make_user, reviewer):
    pledge = make_pledge()
    people = [make_user(f"person-{number}", "researcher") for number in range(64)]
    base = read_fully(pledge)

    def write(number):
        """The title is everybody's; an occasion, a name in Japanese, is some people's alone."""
        publishing.propose(
            pledge,
            by=people[number],
            act="amend",
            note=f"Note {number}",
            base=base,
            body={**base, "title": f"Title {number}"},
            base_version=pledge.version,
        )

    failures = in_threads([lambda number=number: write(number) for number in range(64)])
    assert failures == []
    titles = {proposal.body["title"] for proposal in Proposal.objects.all()}
    assert titles == {f"Title {number}" for number in range(64)}
    conflicts = []
    for proposal in Proposal.objects.order_by("pk"):
        try:
            publishing.approve(proposal, by=reviewer, version=proposal.version)
        except publishing.Conflicting:
            conflicts.append(proposal.body["title"])
    assert len(conflicts) == 63
    assert models.Proposal.objects.undecided().count() == 63
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
def test_of_reviewers_who_approve_at_once_one_wins(make_pledge, propose, make_user):
    proposal = propose(make_pledge(), title="New")
    reviewers = [make_user(f"reviewer-{number}", "reviewer") for number in range(4)]

    def approve(user):
        publishing.approve(proposal, by=user, version=proposal.version)

    failures = in_threads([lambda user=user: approve(user) for user in reviewers])
    assert [type(failure) for failure in failures] == [publishing.Refused] * 3
    assert LedgerEntry.objects.filter(action="amend").count() == 1
    assert list(verify()) == []
