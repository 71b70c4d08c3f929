"""A proposed change of a published record becomes public when somebody else approves it."""

import pytest
from django.contrib.admin.models import LogEntry

from commitments.models import LedgerEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def una(make_user, at_desk):
    return at_desk(make_user("una", "researcher"))


@pytest.fixture
def ron(make_user, at_desk):
    return at_desk(make_user("ron", "reviewer"))


def test_an_approved_change_is_entered_with_its_note(
    propose, decide, address, make_pledge, una, ron
):
    pledge = make_pledge()
    version = pledge.version
    proposal = propose(una, address(pledge), title="Amended")
    assert decide(ron, proposal, "approve")["Location"] == address(proposal)
    pledge.refresh_from_db(), proposal.refresh_from_db()
    entry = LedgerEntry.objects.first()
    assert (pledge.title, pledge.version, pledge.state) == ("Amended", version + 1, "published")
    assert (entry.action, entry.record_slug, entry.note) == ("amend", pledge.slug, "Plainer words.")
    assert entry.payload.body["title"] == "Amended"
    assert entry.people.body == {"submitted_by": ["Una"], "approved_by": ["Ron"]}
    assert not entry.alone
    assert (proposal.stage, proposal.decided_by.username, proposal.entry_seq) == (
        "approved",
        "ron",
        entry.seq,
    )
    assert (proposal.base, proposal.body) == (None, None)
    assert LogEntry.objects.first().get_change_message() == "Approved a proposal: Plainer words."


def test_a_correction_is_entered_as_one(propose, decide, address, make_source, una, ron):
    proposal = propose(una, address(make_source()), publisher="The Diet", corrects_error="on")
    decide(ron, proposal, "approve")
    assert LedgerEntry.objects.first().action == "correct"


def test_the_slug_of_what_was_ever_published_stays(propose, decide, address, make_party, una, ron):
    party = make_party()
    proposal = propose(una, address(party), slug="nippon", name="Nippon")
    decide(ron, proposal, "approve")
    party.refresh_from_db()
    assert (party.name, party.slug) == ("Nippon", "japan")


def test_two_proposals_on_different_fields_both_count(
    propose, decide, address, make_pledge, make_party, una, ron
):
    pledge, france = make_pledge(), make_party("france")
    hers = propose(una, address(pledge), title="Hers")
    his = propose(
        una, address(pledge), explanation="His", **{"undertakings-1-party": str(france.pk)}
    )
    assert decide(ron, hers, "approve").status_code == 302
    assert decide(ron, his, "approve").status_code == 302
    pledge.refresh_from_db()
    assert (pledge.title, pledge.explanation) == ("Hers", "His")
    assert pledge.undertakings.count() == 2


@pytest.fixture
def conflicting(propose, decide, address, make_pledge, una, ron):
    """Return a pledge and a proposal on a field that somebody else changed meanwhile."""
    pledge = make_pledge()
    earlier = propose(una, address(pledge), title="Approved first")
    later = propose(una, address(pledge), title="Wanted later", explanation="Only later")
    decide(ron, earlier, "approve")
    return pledge, later


def test_what_two_changed_opens_the_page_with_both_texts(conflicting, decide, address, ron):
    pledge, later = conflicting
    answer = decide(ron, later, "approve")
    assert answer["Location"] == f"{address(pledge)}?proposal={later.pk}"
    page = ron.get(answer["Location"])
    rows = {row.label: (row.theirs, row.yours) for row in page.context["conflict"]}
    assert rows == {"Title": ("Approved first", "Wanted later")}
    assert page.context["adminform"].form["title"].value() == "Wanted later"
    assert page.context["adminform"].form["explanation"].value() == "Only later"
    later.refresh_from_db()
    assert (later.stage, later.body["title"]) == ("open", "Wanted later")


@pytest.mark.parametrize("takes_theirs", [False, True])
def test_whoever_decides_between_them_is_an_author_and_another_approves(
    conflicting, decide, filled, address, at_desk, make_user, ron, takes_theirs
):
    pledge, later = conflicting
    page = f"{address(pledge)}?proposal={later.pk}"
    ticked = {"theirs": ["title"], "theirs-title": "Approved first"} if takes_theirs else {}
    assert ron.post(page, filled(ron.get(page), **ticked)).status_code == 302
    assert decide(ron, later, "approve").status_code == 409
    tom = at_desk(make_user("tom", "reviewer"))
    assert decide(tom, later, "approve").status_code == 302
    pledge.refresh_from_db()
    title = "Approved first" if takes_theirs else "Wanted later"
    assert (pledge.title, pledge.explanation) == (title, "Only later")


def test_a_row_that_one_took_out_and_another_changed_is_asked_about(
    propose, decide, address, make_source, una, ron
):
    source = make_source()
    source.statements.create(quote="A sentence", locator="Page 1", not_tracked_reason="praise")
    out = propose(una, address(source), **{"statements-0-DELETE": "on"})
    changed = propose(una, address(source), **{"statements-0-not_tracked_reason": "Regret."})
    decide(ron, out, "approve")
    answer = decide(ron, changed, "approve")
    page = ron.get(answer["Location"])
    assert [row.yours for row in page.context["conflict"]] == ["A sentence", "Page 1", "Regret."]
    assert source.statements.count() == 0


def test_a_rule_that_is_broken_by_then_refuses_the_approval(
    propose, decide, address, make_pledge, una, ron
):
    earlier, later = make_pledge("earlier"), make_pledge("later")
    there = {"links-0-kind": "reaffirms", "links-0-to_pledge": later.pk}
    back = {"links-0-kind": "reaffirms", "links-0-to_pledge": earlier.pk}
    first = propose(una, address(earlier), **there)
    second = propose(una, address(later), **back)
    assert decide(ron, first, "approve").status_code == 302
    answer = decide(ron, second, "approve")
    assert answer.status_code == 409
    assert "Its links lead back to itself" in answer.html()
    second.refresh_from_db()
    assert second.stage == "open"
    assert later.links.count() == 0


def test_a_draft_that_a_proposal_refers_to_is_shown_whole_and_goes_along(
    propose, decide, address, make_pledge, make_topic, settle, una, ron
):
    pledge, topic = make_pledge(), make_topic("trees", state="in_review", name="Cherry trees")
    proposal = propose(una, address(pledge), topics=[str(topic.pk)])
    page = ron.get(address(proposal)).html()
    assert "Published along with it" in page
    assert "Cherry trees" in page
    assert decide(ron, proposal, "approve").status_code == 302
    topic.refresh_from_db()
    assert topic.is_published
