"""Proposals at the desk: their page, who may do what with them, the list and the trays."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments import publishing
from commitments.models import LedgerEntry, Proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(make_user, at_desk):
    def sign_in(name, role="researcher"):
        return at_desk(make_user(name, role))

    return sign_in


@pytest.fixture
def una(colleague):
    return colleague("una")


@pytest.fixture
def ron(colleague):
    return colleague("ron", "reviewer")


@pytest.fixture
def proposal(propose, address, make_pledge, una):
    pledge = make_pledge(
        title="A promise of trees", explanation="The trees are a gift. They stand in the park."
    )
    changes = {"title": "A promise of 250 trees", "explanation": "The trees stand in the park."}
    return propose(una, address(pledge), modality="aims", **changes)


def test_the_page_shows_the_words_before_and_after(proposal, address, ron):
    page = ron.get(address(proposal)).html()
    assert "A promise of <ins>250</ins> trees" in page
    assert "The trees <del>are a gift. They</del> stand in the park." in page
    assert "<del>Commits</del> <ins>Aims</ins>" in page
    assert "una" in page
    assert "Plainer words." in page


def test_words_at_the_end_of_a_text_stand_apart(propose, address, make_pledge, una, ron):
    pledge = make_pledge(title="Trees for the capital of the country")
    proposal = propose(una, address(pledge), title="Trees for the capital")
    page = ron.get(address(proposal)).html()
    assert "Trees for the capital <del>of the country</del>" in page


def test_a_change_of_blanks_alone_says_so(propose, address, make_pledge, una, ron):
    pledge = make_pledge(explanation="Trees  for Washington.")
    proposal = propose(una, address(pledge), explanation="Trees for Washington.")
    assert "only the blanks between words" in ron.get(address(proposal)).html()


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        pytest.param(
            {"undertakings-0-reservation": "In peace"},
            ["Undertaking “Japan”", "<dt>Reservation</dt>", "<ins>In peace</ins>"],
            id="a row is changed",
        ),
        pytest.param(
            {"undertakings-1-party": "france", "undertakings-1-reservation": "In peace"},
            ["Undertaking “France” <b>(added)</b>", "<ins>In peace</ins>"],
            id="a row is added",
        ),
        pytest.param(
            {"undertakings-0-DELETE": "on", "undertakings-1-party": "france"},
            ["“Japan” <b>(removed)</b>", "“France” <b>(added)</b>"],
            id="a row is removed and another added",
        ),
    ],
)
def test_rows_inside_are_named_with_what_became_of_them(
    propose, address, make_pledge, make_party, una, ron, changes, shown
):
    pledge, france = make_pledge(), make_party("france")
    typed = {name: france.pk if text == "france" else text for name, text in changes.items()}
    proposal = propose(una, address(pledge), **typed)
    page = ron.get(address(proposal)).html()
    assert [words for words in shown if words not in page] == []


def test_a_record_is_named_by_its_name_and_not_its_slug(
    propose, address, make_pledge, make_summit, una, ron
):
    summit = make_summit("tokyo-2025", name="The Tokyo summit")
    proposal = propose(una, address(make_pledge()), summit=summit.pk, occasion="")
    assert f"<ins>{summit}</ins>" in ron.get(address(proposal)).html()


# role or person → the buttons on the page.
BUTTONS = {
    "una": ["drop"],
    "colleague": [],
    "reviewer": ["approve", "return", "drop"],
    "administrator": ["approve", "return", "drop"],
}


@pytest.mark.parametrize("who", BUTTONS)
def test_each_role_is_offered_what_the_table_says(proposal, address, una, colleague, who):
    roles = {"colleague": "researcher"}
    client = una if who == "una" else colleague("somebody", roles.get(who, who))
    page = client.get(address(proposal))
    assert [step.name for step in page.context["steps"]] == BUTTONS[who]
    assert page.context["edit_address"]


@pytest.mark.parametrize("who", BUTTONS)
@pytest.mark.parametrize("step", ["approve", "return", "drop"])
def test_a_forged_button_does_no_more(proposal, address, decide, una, colleague, who, step):
    roles = {"colleague": "researcher"}
    client = una if who == "una" else colleague("somebody", roles.get(who, who))
    answer = decide(client, proposal, step, note="Why?")
    allowed = step in BUTTONS[who]
    assert answer.status_code == (302 if allowed else 409)
    proposal.refresh_from_db()
    assert (proposal.stage != "open") is allowed


@pytest.mark.parametrize("role", [None, "outsider"])
def test_nobody_else_sees_a_proposal(proposal, address, at_desk, make_user, role):
    client = at_desk(role and make_user("somebody"))
    for page in (address(proposal), address(Proposal, "changelist"), address(proposal, "preview")):
        assert client.get(page).status_code in (302, 403)


def test_the_page_says_why_an_author_cannot_approve(propose, address, make_party, ron):
    proposal = propose(ron, address(make_party()), name="Nippon")
    assert "so somebody else must approve it" in ron.get(address(proposal)).html()


def test_somebody_who_works_alone_may_approve_their_own(
    propose, decide, address, make_party, ron, settings
):
    proposal = propose(ron, address(make_party()), name="Nippon")
    settings.ONE_PERSON_INSTALLATION = True
    assert decide(ron, proposal, "approve").status_code == 302
    assert LedgerEntry.objects.first().alone


def test_a_returned_proposal_shows_its_note_and_is_open_again_once_edited(
    proposal, decide, save, address, una, ron
):
    answer = decide(ron, proposal, "return", note="How many trees?")
    assert answer.status_code == 302
    proposal.refresh_from_db()
    assert (proposal.stage, proposal.review_note) == ("returned", "How many trees?")
    record = publishing.find_proposed_record(proposal)
    assert "How many trees?" in una.get(address(proposal)).html()
    assert "How many trees?" in una.get(address(record)).html()
    assert decide(ron, proposal, "approve").status_code == 409
    save(una, f"{address(record)}?proposal={proposal.pk}", title="250 trees")
    proposal.refresh_from_db()
    assert (proposal.stage, proposal.body["title"]) == ("open", "250 trees")


def test_a_return_needs_a_note(proposal, decide, ron):
    answer = decide(ron, proposal, "return", note=" ")
    assert answer.status_code == 409
    assert "Say in a note what should be done about it." in answer.html()


@pytest.mark.parametrize("step", ["approve", "return", "drop"])
def test_a_button_on_a_page_that_was_opened_before_an_edit_does_nothing(
    proposal, save, address, una, ron, step
):
    record = publishing.find_proposed_record(proposal)
    seen = ron.get(address(proposal)).context["outlook"].seen
    save(una, f"{address(record)}?proposal={proposal.pk}", title="Changed since")
    typed = {"version": "1", "seen": seen, "step": step, "note": "Why?"}
    answer = ron.post(address(proposal), typed)
    assert answer.status_code == 409
    assert "changed this proposal after you opened it" in answer.html()
    assert "Changed since" in answer.html()
    proposal.refresh_from_db()
    assert proposal.stage == "open"


def test_what_rests_on_it_since_it_was_shown_is_not_withdrawn_unseen(
    make_pledge, make_evidence, address, researcher, ron
):
    pledge = make_pledge()
    proposal = publishing.propose(
        pledge, by=researcher, act="withdraw", note="Never said.", cascade=True
    )
    seen = ron.get(address(proposal)).context["outlook"].seen
    evidence = make_evidence(pledge)
    typed = {"version": "1", "seen": seen, "step": "approve"}
    answer = ron.post(address(proposal), typed)
    assert answer.status_code == 409
    assert "Something on this page was changed after you opened it" in answer.html()
    evidence.refresh_from_db()
    assert evidence.is_published


@pytest.mark.parametrize("typed", [{}, {"version": "x"}, {"version": "1 or 1"}])
def test_a_button_without_a_version_does_nothing(proposal, address, ron, typed):
    answer = ron.post(address(proposal), {"step": "approve", **typed})
    assert answer.status_code == 409
    assert ron.post(address(proposal), {"version": "1", "step": "x"}).status_code == 404


def test_of_a_dropped_proposal_no_text_is_kept(proposal, decide, address, una, ron):
    assert decide(una, proposal, "drop").status_code == 302
    proposal.refresh_from_db()
    assert (proposal.stage, proposal.base, proposal.body) == ("dropped", None, None)
    page = ron.get(address(proposal)).html()
    assert "250" not in page
    assert "The text of a dropped proposal is not kept." in page


def test_an_approved_proposal_shows_what_it_changed(proposal, decide, address, una, ron):
    decide(ron, proposal, "approve")
    page = una.get(address(proposal)).html()
    assert "A promise of <ins>250</ins> trees" in page
    assert f"Entry {LedgerEntry.objects.first().seq}" in page
    assert "What to do with it" not in page


def test_the_preview_shows_the_public_page_with_the_proposal(proposal, address, una, client):
    record = publishing.find_proposed_record(proposal)
    answer = una.get(address(proposal, "preview"))
    assert answer.status_code == 200
    assert "A promise of 250 trees" in answer.html()
    assert "Preview: not public." in answer.html()
    assert "no-store, private" in answer["Cache-Control"]
    assert "250" not in client.get(record.get_absolute_url()).html()
    record.refresh_from_db()
    assert record.title == "A promise of trees"


def test_a_record_without_a_page_has_no_preview(propose, address, make_topic, una):
    proposal = propose(una, address(make_topic()), name="Trees")
    assert una.get(address(proposal)).context["preview_address"] == ""
    assert una.get(address(proposal, "preview")).status_code == 404


def test_the_checks_of_the_record_with_the_proposal_are_shown(
    proposal, propose, decide, address, make_pledge, una, ron
):
    earlier, later = make_pledge("earlier"), make_pledge("later")
    there = {"links-0-kind": "reaffirms", "links-0-to_pledge": later.pk}
    back = {"links-0-kind": "reaffirms", "links-0-to_pledge": earlier.pk}
    first = propose(una, address(earlier), **there)
    second = propose(una, address(later), **back)
    assert "Its links lead back to itself" not in ron.get(address(second)).html()
    decide(ron, first, "approve")
    assert "Its links lead back to itself" in ron.get(address(second)).html()


def test_what_rests_on_a_record_is_shown_before_it_is_withdrawn(
    make_pledge, make_evidence, address, decide, researcher, ron
):
    pledge = make_pledge()
    evidence = make_evidence(pledge, finding="Trees were planted.")
    proposal = publishing.propose(
        pledge, by=researcher, act="withdraw", note="Never said.", cascade=True
    )
    opened = ron.get(address(proposal))
    page = opened.html()
    assert [step.name for step in opened.context["steps"]] == ["approve", "return", "note", "drop"]
    assert (opened.context["edit_address"], opened.context["preview_address"]) == ("", "")
    assert "Rests on it" in page
    assert "Trees were planted." in page
    assert decide(ron, proposal, "approve").status_code == 302
    pledge.refresh_from_db(), evidence.refresh_from_db()
    assert (pledge.state, evidence.state) == ("withdrawn", "withdrawn")


def test_a_returned_withdrawal_is_open_again_with_another_note(
    make_party, address, decide, researcher, at_desk, ron
):
    proposal = publishing.propose(make_party(), by=researcher, act="withdraw", note="Wrong.")
    rita = at_desk(researcher)
    decide(ron, proposal, "return", note="What is wrong?")
    assert decide(rita, proposal, "note", note=" ").status_code == 409
    assert decide(rita, proposal, "note", note="It was never a state.").status_code == 302
    proposal.refresh_from_db()
    assert (proposal.stage, proposal.note, proposal.act) == (
        "open",
        "It was never a state.",
        "withdraw",
    )


def test_the_trays_hold_what_waits_for_each(propose, decide, address, make_party, una, ron):
    waiting = propose(una, address(make_party("mu")), name="Lemuria")
    returned = propose(una, address(make_party("thule")), name="Iceland")
    decide(ron, returned, "return", note="Which one?")

    def read_trays(client):
        trays = client.get("/admin/").context["desk"]["trays"]
        return {
            tray.title: [row.proposal for row in tray.rows]
            for tray in trays
            if "roposal" in tray.title
        }

    assert read_trays(una) == {
        "Proposals returned to me": [returned],
        "My open proposals": [waiting],
    }
    assert read_trays(ron) == {
        "Proposals that wait for my review": [waiting],
        "Proposals returned to me": [],
        "My open proposals": [],
    }
    page = una.get("/admin/").html()
    assert "Which one?" in page
    assert f"{address(Proposal, 'changelist')}?desk=own" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("", {"mu", "thule", "avalon"}, id="all"),
        pytest.param("stage__exact=returned", {"thule"}, id="by stage"),
        pytest.param("act__exact=correct", {"avalon"}, id="by act"),
        pytest.param("desk=own", {"mu"}, id="my open ones"),
        pytest.param("desk=returned", {"thule"}, id="returned to me"),
        pytest.param("desk=review", {"avalon"}, id="to review"),
        pytest.param("record_type__exact=pledge", set(), id="by kind"),
        pytest.param("q=thule", {"thule"}, id="by record"),
    ],
)
def test_the_list_is_narrowed(propose, decide, address, make_party, una, ron, query, found):
    propose(una, address(make_party("mu")), name="Lemuria")
    returned = propose(una, address(make_party("thule")), name="Iceland")
    decide(ron, returned, "return", note="Which one?")
    propose(ron, address(make_party("avalon")), name="Britain", corrects_error="on")
    answer = una.get(f"{address(Proposal, 'changelist')}?{query}")
    assert {row.record_slug for row in answer.context["cl"].result_list} == found


def test_a_longer_list_takes_no_more_statements(propose, address, make_party, una):
    def propose_names(start, stop):
        for number in range(start, stop):
            propose(una, address(make_party(f"party-{number}")), name=f"Other {number}")

    def count_statements():
        with CaptureQueriesContext(connection) as statements:
            assert una.get(address(Proposal, "changelist")).status_code == 200
            return len(statements)

    propose_names(0, 2)
    count_statements()
    few = count_statements()
    propose_names(2, 6)
    assert count_statements() == few
