"""What anybody saves in the form of a published record is a proposal; nothing public moves."""

import pytest
from django.contrib.admin.models import LogEntry

from commitments.models import LedgerEntry, Pledge, Proposal, Undertaking
from commitments.publicforms import render

pytestmark = pytest.mark.django_db
ROLES = ["researcher", "reviewer", "administrator"]


@pytest.fixture
def colleague(make_user, at_desk):
    """Return a client signed in as somebody with a role who made none of the records."""

    def sign_in(name, role="researcher"):
        return at_desk(make_user(name, role))

    return sign_in


def stored(record):
    """Return what is public of a record, its version and the number of ledger entries."""
    fresh = type(record)._base_manager.get(pk=record.pk)
    return render(fresh), fresh.version, LedgerEntry.objects.count()


@pytest.mark.parametrize("role", ROLES)
def test_everybody_who_may_edit_can_propose_and_nothing_public_moves(
    propose, address, make_pledge, colleague, role
):
    pledge = make_pledge()
    before = stored(pledge)
    proposal = propose(colleague("una", role), address(pledge), title="Plainer")
    assert stored(pledge) == before
    assert (proposal.record_type, proposal.record_slug) == ("pledge", pledge.slug)
    assert (proposal.act, proposal.stage, proposal.note) == ("amend", "open", "Plainer words.")
    assert (proposal.author.username, proposal.base_version) == ("una", pledge.version)
    assert proposal.base["title"] == pledge.title
    assert proposal.body["title"] == "Plainer"


def test_a_proposal_holds_the_full_form_and_never_what_was_posted(
    propose, address, make_pledge, colleague
):
    pledge = make_pledge()
    forged = {"state": "draft", "undertakings-0-shown_status": "met", "nonsense": "zz"}
    proposal = propose(colleague("una"), address(pledge), title="Plainer", **forged)
    assert set(proposal.body) == set(proposal.base) == set(render(pledge))
    changed = {name for name in proposal.body if proposal.body[name] != proposal.base[name]}
    assert changed == {"title"}


def test_rows_inside_are_proposed_as_added_changed_and_removed(
    propose, decide, address, make_source, colleague
):
    source = make_source()
    for number in range(2):
        source.statements.create(
            quote=f"Sentence {number}", locator=f"Page {number}", not_tracked_reason="praise"
        )
    rows = list(source.statements.values_list("pk", "quote"))
    changes = {
        "statements-0-DELETE": "on",
        "statements-1-not_tracked_reason": "No future action.",
        "statements-2-quote": "A third sentence",
        "statements-2-not_tracked_reason": "About others.",
    }
    proposal = propose(colleague("una"), address(source), **changes)
    assert list(source.statements.values_list("pk", "quote")) == rows
    said = {row["quote"]: row["not_tracked_reason"] for row in proposal.body["statements"]}
    assert said == {"Sentence 1": "No future action.", "A third sentence": "About others."}

    assert decide(colleague("ron", "reviewer"), proposal, "approve").status_code == 302
    said = dict(source.statements.values_list("quote", "not_tracked_reason"))
    assert said == {"Sentence 1": "No future action.", "A third sentence": "About others."}
    kept = source.statements.get(quote="Sentence 1")
    assert (kept.pk, kept.quote) == rows[1]


def test_a_note_is_needed_and_nothing_typed_is_lost(save, errors, address, make_pledge, colleague):
    pledge = make_pledge()
    answer = save(colleague("una"), address(pledge), title="Typed")
    assert answer.status_code == 200
    assert errors(answer) == ["This field is required."]
    assert answer.context["adminform"].form["title"].value() == "Typed"
    assert not Proposal.objects.exists()


def test_a_save_that_changes_nothing_says_so_and_stores_nothing(
    save, address, make_party, colleague
):
    party, client = make_party(), colleague("una")
    before = stored(party)
    answer = save(client, address(party), public_note="Nothing.")
    assert answer.status_code == 302
    assert "Nothing was changed, so nothing was proposed." in client.get(answer["Location"]).html()
    assert stored(party) == before
    assert not Proposal.objects.exists()


def test_a_refused_proposal_comes_back_with_what_was_typed(
    save, propose, decide, errors, address, make_pledge, colleague
):
    earlier, later = make_pledge("earlier"), make_pledge("later")
    una, ron = colleague("una"), colleague("ron", "reviewer")
    linked = {"links-0-kind": "reaffirms", "links-0-to_pledge": earlier.pk}
    decide(ron, propose(una, address(later), **linked), "approve")
    before, logged = stored(earlier), LogEntry.objects.count()
    # The other way round makes a circle, which only the whole of what was saved can show.
    linked = {
        "links-0-kind": "reaffirms",
        "links-0-to_pledge": later.pk,
        "undertakings-0-reservation": "Typed here",
        "public_note": "Linked.",
    }
    answer = save(una, address(earlier), title="Typed there", **linked)
    assert answer.status_code == 200
    assert "Its links lead back to itself" in errors(answer)[0]
    assert answer.context["adminform"].form["title"].value() == "Typed there"
    assert "Typed here" in answer.html()
    assert stored(earlier) == before
    assert (Proposal.objects.count(), LogEntry.objects.count()) == (1, logged)
    # And once it is mended, the same form goes through.
    mended = {"title": "Typed there", "links-0-kind": "", "links-0-to_pledge": ""}
    propose(una, address(earlier), **mended)


def test_a_rule_on_what_the_program_wrote_comes_back_as_a_sentence(
    save, errors, address, make_pledge, make_assessment, colleague
):
    pledge = make_pledge()
    make_assessment(pledge.undertakings.get(), "in_progress")
    exempt = {"undertakings-0-exempt_reason": "It has no forces.", "public_note": "Exempt."}
    answer = save(colleague("una"), address(pledge), **exempt)
    assert answer.status_code == 200
    sentence = "It has a published assessment; withdraw that before exempting the party."
    assert errors(answer) == [sentence]
    assert Undertaking.objects.get().exempt_reason == ""


def test_the_log_says_what_was_proposed(propose, address, make_party, colleague):
    propose(colleague("una"), address(make_party()), name="Nippon")
    assert LogEntry.objects.first().get_change_message() == "Proposed: Plainer words."


def test_the_form_names_what_is_proposed_already(propose, address, make_party, colleague):
    party, una = make_party(), colleague("una")
    proposal = propose(una, address(party), name="Nippon", public_note="Its own name.")
    page = una.get(address(party)).html()
    assert address(proposal) in page
    assert "Its own name." in page
    assert 'value="Japan"' in page


def test_without_naming_a_proposal_a_second_save_makes_a_second_one(
    propose, address, make_party, colleague
):
    party, una = make_party(), colleague("una")
    first = propose(una, address(party), name="Nippon")
    second = propose(una, address(party), name="Nihon")
    first.refresh_from_db()
    assert (first.body["name"], second.body["name"]) == ("Nippon", "Nihon")


def test_the_form_with_a_proposal_shows_its_values_and_stores_nothing(
    propose, filled, address, make_pledge, make_party, colleague
):
    pledge, france, una = make_pledge(), make_party("france"), colleague("una")
    proposal = propose(
        una,
        address(pledge),
        title="Plainer",
        corrects_error="on",
        **{"undertakings-1-party": str(france.pk), "undertakings-1-reservation": "Only in peace"},
    )
    before = stored(pledge)
    answer = una.get(f"{address(pledge)}?proposal={proposal.pk}")
    assert answer.status_code == 200
    form = answer.context["adminform"].form
    assert (form["title"].value(), form["public_note"].value()) == ("Plainer", "Plainer words.")
    assert form["corrects_error"].value()
    assert form.errors == {}
    assert "Only in peace" in answer.html()
    assert "errornote" not in answer.html()
    assert stored(pledge) == before
    assert Undertaking.objects.count() == 1


def test_saving_there_edits_the_proposal(
    save, propose, address, make_pledge, make_party, colleague
):
    pledge, france, una = make_pledge(), make_party("france"), colleague("una")
    added = {"undertakings-1-party": str(france.pk), "undertakings-1-reservation": "In peace"}
    proposal = propose(una, address(pledge), title="Plainer", **added)
    page = f"{address(pledge)}?proposal={proposal.pk}"
    answer = save(una, page, title="Plainest", **{"undertakings-1-reservation": "In war"})
    assert answer["Location"] == address(proposal)
    proposal.refresh_from_db()
    assert (proposal.body["title"], proposal.version) == ("Plainest", 2)
    assert [row["reservation"] for row in proposal.body["undertakings"]] == ["In war", ""]
    assert not proposal.co_authors.exists()
    assert Proposal.objects.count() == 1


def test_a_row_that_a_proposal_takes_out_stays_out_when_it_is_edited(
    save, propose, address, make_source, colleague
):
    source, una = make_source(), colleague("una")
    for number in range(3):
        source.statements.create(quote=f"Sentence {number}", not_tracked_reason="praise")
    proposal = propose(una, address(source), **{"statements-1-DELETE": "on"})
    save(una, f"{address(source)}?proposal={proposal.pk}", note="Read in full.")
    proposal.refresh_from_db()
    quotes = [row["quote"] for row in proposal.body["statements"]]
    assert (quotes, proposal.body["note"]) == (["Sentence 0", "Sentence 2"], "Read in full.")


def test_new_criteria_of_a_proposal_can_be_edited_there(
    save, propose, address, make_pledge, colleague
):
    pledge, una = make_pledge(), colleague("una")
    prefix = f"criteria-{pledge.criteria.count()}"
    texts = {
        "met": "A grant is paid.",
        "not_met": "None is.",
        "fixed_on": "2025-11-01",
        "judged_from_precision": "none",
    }
    total = {"criteria-TOTAL_FORMS": str(pledge.criteria.count() + 1)}
    added = {f"{prefix}-{name}": text for name, text in texts.items()}
    proposal = propose(una, address(pledge), **added, **total)
    page = f"{address(pledge)}?proposal={proposal.pk}"
    save(una, page, **{f"{prefix}-met": "A loan is paid."})
    proposal.refresh_from_db()
    newest = proposal.body["criteria"][-1]
    assert (newest["met"], newest["not_met"]) == ("A loan is paid.", "None is.")
    assert len(proposal.body["criteria"]) == pledge.criteria.count() + 1


def test_whoever_edits_the_proposal_of_another_becomes_an_author(
    save, propose, decide, address, make_party, colleague
):
    party, ron = make_party(), colleague("ron", "reviewer")
    proposal = propose(colleague("una"), address(party), name="Nippon")
    save(ron, f"{address(party)}?proposal={proposal.pk}", short_name="Nippon")
    assert [user.username for user in proposal.co_authors.all()] == ["ron"]
    answer = decide(ron, proposal, "approve")
    assert answer.status_code == 409
    assert "somebody else must approve it" in answer.html()
    assert decide(colleague("tom", "reviewer"), proposal, "approve").status_code == 302
    party.refresh_from_db()
    assert (party.name, party.short_name) == ("Nippon", "Nippon")


def test_of_two_who_edit_one_proposal_at_once_the_second_is_told(
    filled, propose, errors, address, make_party, colleague
):
    party, una, ron = make_party(), colleague("una"), colleague("ron")
    proposal = propose(una, address(party), name="Nippon")
    page = f"{address(party)}?proposal={proposal.pk}"
    hers, his = filled(una.get(page), name="Nihon"), filled(ron.get(page), name="Yamato")
    assert una.post(page, hers).status_code == 302
    answer = ron.post(page, his)
    assert answer.status_code == 200
    assert "Somebody changed this proposal after you opened it" in errors(answer)[0]
    assert answer.context["adminform"].form["name"].value() == "Yamato"
    proposal.refresh_from_db()
    assert proposal.body["name"] == "Nihon"


def test_an_edit_that_leaves_nothing_to_change_is_not_stored(
    save, propose, address, make_party, colleague
):
    party, una = make_party(), colleague("una")
    proposal = propose(una, address(party), name="Nippon")
    save(una, f"{address(party)}?proposal={proposal.pk}", name="Japan")
    proposal.refresh_from_db()
    assert (proposal.body["name"], proposal.version) == ("Nippon", 1)


@pytest.mark.parametrize("key", ["0", "999", "x", "9" * 30, "1 or 1", "-1"])
def test_a_proposal_that_is_not_there_is_no_page(
    propose, address, make_party, make_topic, colleague, key
):
    party, una = make_party(), colleague("una")
    propose(una, address(party), name="Nippon")
    assert una.get(f"{address(party)}?proposal={key}").status_code == 404


def test_the_proposal_of_another_record_is_no_page(propose, address, make_party, colleague):
    una = colleague("una")
    proposal = propose(una, address(make_party()), name="Nippon")
    other = f"{address(make_party('france'))}?proposal={proposal.pk}"
    assert una.get(other).status_code == 404


def test_a_decided_proposal_cannot_be_edited(propose, decide, address, make_party, colleague):
    party, una = make_party(), colleague("una")
    proposal = propose(una, address(party), name="Nippon")
    decide(una, proposal, "drop")
    answer = una.get(f"{address(party)}?proposal={proposal.pk}")
    assert (answer.status_code, answer["Location"]) == (302, address(proposal))


def test_a_save_after_somebody_else_changed_the_record_shows_both_texts(
    filled, propose, decide, errors, address, make_pledge, colleague
):
    pledge, una, ron = make_pledge(), colleague("una"), colleague("ron", "reviewer")
    page = address(pledge)
    typed = filled(una.get(page), title="Hers", public_note="Plainer.")
    decide(ron, propose(colleague("tom"), page, title="His"), "approve")
    answer = una.post(page, typed)
    assert "Somebody else saved this record" in errors(answer)[0]
    rows = {row.label: (row.theirs, row.yours) for row in answer.context["conflict"]}
    assert rows == {"Title": ("His", "Hers")}
    assert una.post(page, filled(answer)).status_code == 302
    assert Proposal.objects.latest("pk").body["title"] == "Hers"
    assert Pledge.objects.get().title == "His"


@pytest.fixture
def alone(settings):
    settings.ONE_PERSON_INSTALLATION = True


def test_somebody_who_works_alone_changes_the_record_at_once(
    alone, propose, address, make_pledge, colleague
):
    pledge, una = make_pledge(), colleague("una", "reviewer")
    proposal = propose(una, address(pledge), title="Plainer")
    pledge.refresh_from_db()
    entry = LedgerEntry.objects.first()
    assert pledge.title == "Plainer"
    assert (entry.action, entry.note, entry.alone) == ("amend", "Plainer words.", True)
    assert (proposal.stage, proposal.entry_seq, proposal.body) == ("approved", entry.seq, None)
    page = una.get(address(pledge)).html()
    assert f"Entered in the public ledger as number {entry.seq}." in page
