"""Two people edit the same record: one save is accepted, the other told, and nothing typed is
lost.
"""

import threading
from functools import partial

import pytest
from django.db import connection, connections

from commitments.models import LedgerEntry, Party, Pledge, Proposal, Source, Undertaking
from tests.fixtures.clients import GzipClient

RACERS = 16


@pytest.mark.django_db
def test_a_stale_save_is_refused_and_shows_both_texts(
    filled, address, errors, make_pledge, make_user, at_desk
):
    pledge = make_pledge(state="draft")
    una, ron = (at_desk(make_user(name, "researcher")) for name in ("una", "ron"))
    page = address(pledge)
    first, second = (
        filled(una.get(page), title="Hers"),
        filled(ron.get(page), title="His", explanation="Mine too"),
    )
    assert una.post(page, first).status_code == 302
    answer = ron.post(page, second)
    assert answer.status_code == 200
    assert "Somebody else saved this record" in errors(answer)[0]
    shown = {row.label: (row.theirs, row.yours) for row in answer.context["conflict"]}
    assert shown["Title"] == ("Hers", "His")
    assert shown["Explanation"] == ("(empty)", "Mine too")
    pledge.refresh_from_db()
    assert (pledge.title, pledge.explanation, pledge.version) == ("Hers", "", 2)

    # What was typed is still in the form, and can now be saved in knowledge of hers, or with hers
    # taken.
    assert (
        ron.post(page, filled(answer, theirs=["title"], **{"theirs-title": "Hers"})).status_code
        == 302
    )
    pledge.refresh_from_db()
    assert (pledge.title, pledge.explanation, pledge.version) == ("Hers", "Mine too", 3)


@pytest.mark.django_db
def test_the_version_of_the_pledge_guards_its_rows(
    filled, address, make_pledge, make_party, make_user, at_desk
):
    pledge, france = make_pledge(state="draft"), make_party("france")
    una, ron = (at_desk(make_user(name, "researcher")) for name in ("una", "ron"))
    page = address(pledge)
    theirs = filled(una.get(page), **{"undertakings-1-party": str(france.pk)})
    yours = filled(ron.get(page), **{"undertakings-0-reservation": "Only in peace"})
    assert una.post(page, theirs).status_code == 302
    answer = ron.post(page, yours)
    assert answer.status_code == 200
    rows = {(row.where, row.label): (row.theirs, row.yours) for row in answer.context["conflict"]}
    assert any(
        label == "Reservation" and texts == ("(empty)", "Only in peace")
        for (_w, label), texts in rows.items()
    )
    assert any("France" in where and texts[0] == "added" for (where, _l), texts in rows.items())
    assert set(Undertaking.objects.values_list("reservation", flat=True)) == {""}


@pytest.mark.django_db
def test_what_you_did_not_touch_is_offered_as_theirs(
    filled, address, make_pledge, make_user, at_desk
):
    pledge = make_pledge(state="draft", explanation="One.\nTwo.")
    una, ron = (at_desk(make_user(name, "researcher")) for name in ("una", "ron"))
    page = address(pledge)
    hers = filled(una.get(page), **{"undertakings-0-reservation": "Hers", "explanation": "Three."})
    his = filled(ron.get(page), title="His", **{"explanation": "One.\r\nTwo."})
    assert una.post(page, hers).status_code == 302
    answer = ron.post(page, his)
    rows = {row.name: row for row in answer.context["conflict"]}
    untouched = {name for name, row in rows.items() if row.untouched}
    assert untouched == {"undertakings-0-reservation", "explanation"}
    assert set(rows) - untouched == {"title"}
    ticked = {f"theirs-{name}": list(rows[name].stored) for name in untouched}
    assert ron.post(page, filled(answer, theirs=list(untouched), **ticked)).status_code == 302
    pledge.refresh_from_db()
    assert (pledge.title, pledge.explanation) == ("His", "Three.")
    assert pledge.undertakings.get().reservation == "Hers"


@pytest.mark.django_db
@pytest.mark.parametrize("forged", ["", "[1]", "{", "null"])
def test_a_stale_form_without_its_opening_values_is_still_answered(
    filled, address, make_party, researcher, at_desk, forged
):
    party, client = make_party(state="draft"), at_desk(researcher)
    answer = client.post(
        address(party), filled(client.get(address(party)), name="Mine", version="0", opened=forged)
    )
    assert [(row.label, row.yours) for row in answer.context["conflict"]] == [("Name", "Mine")]


@pytest.mark.django_db
def test_a_browsers_newlines_are_not_stored(save, address, make_source, researcher, at_desk):
    source = make_source(state="draft")
    assert save(at_desk(researcher), address(source), note="One.\r\n\r\nTwo.").status_code == 302
    source.refresh_from_db()
    assert source.note == "One.\n\nTwo."


@pytest.mark.django_db
def test_a_row_that_somebody_deleted_meanwhile_can_be_saved_as_a_new_one(
    filled, address, make_source, make_user, at_desk
):
    source = make_source(state="draft")
    for n in range(2):
        source.statements.create(quote=f"Sentence {n}", not_tracked_reason="praise")
    una, ron = (at_desk(make_user(name, "researcher")) for name in ("una", "ron"))
    page = address(source)
    deleting = filled(una.get(page), **{"statements-0-DELETE": "on"})
    typed = filled(
        ron.get(page), **{"statements-0-locator": "Page 2", "statements-1-locator": "Page 3"}
    )
    assert una.post(page, deleting).status_code == 302
    answer = ron.post(page, typed)
    assert answer.status_code == 200
    assert any("Page 2" in row.yours for row in answer.context["conflict"])
    assert ron.post(page, filled(answer)).status_code == 302
    assert dict(source.statements.values_list("quote", "locator")) == {
        "Sentence 0": "Page 2",
        "Sentence 1": "Page 3",
    }


@pytest.mark.django_db
def test_a_save_after_somebody_deleted_the_record_shows_what_was_typed(
    filled, address, make_party, researcher, at_desk
):
    party, client = make_party(state="draft"), at_desk(researcher)
    typed = filled(client.get(address(party)), name="Typed at eleven")
    Party.objects.all().delete()
    answer = client.post(address(party), typed)
    assert answer.status_code == 409
    assert "Typed at eleven" in answer.html()


@pytest.mark.django_db
def test_a_save_after_somebody_published_the_record_shows_what_was_typed(
    filled, errors, address, make_party, settle, researcher, at_desk
):
    party, client = make_party(state="draft"), at_desk(researcher)
    typed = filled(client.get(address(party)), name="Typed at eleven")
    settle(party)
    answer = client.post(address(party), typed)
    assert answer.status_code == 200
    assert any("Somebody else saved this record" in sentence for sentence in errors(answer))
    assert "Typed at eleven" in answer.html()
    party.refresh_from_db()
    assert party.name == "Japan"


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["", "0", "999", "x", "1 or 1"])
def test_no_version_but_the_one_that_was_opened_is_accepted(
    filled, address, make_party, researcher, at_desk, version
):
    party, client = make_party(state="draft"), at_desk(researcher)
    answer = client.post(
        address(party), filled(client.get(address(party)), name="Other", version=version)
    )
    assert answer.status_code == 200
    assert Party.objects.get().name == "Japan"


@pytest.mark.django_db
def test_a_second_click_on_save_adds_nothing(filled, address, researcher, at_desk):
    client, page = at_desk(researcher), address(Party, "add")
    # Without a slug, which would have been refused as taken.
    typed = filled(client.get(page), name="Japan", kind="state")
    assert client.post(page, typed).status_code == 302
    again = client.post(page, typed)
    assert again["Location"] == address(Party.objects.get())


@pytest.mark.django_db
def test_save_as_new_copies_a_pledge_with_its_rows_once(
    filled, address, make_pledge, researcher, at_desk
):
    pledge, client = make_pledge(state="draft"), at_desk(researcher)
    words = {"title": "The copy", "quote": "We will do another.", "slug": ""}
    typed = filled(client.get(address(pledge)), **words, _saveasnew="1")
    for _click in range(2):
        assert client.post(address(pledge), typed).status_code == 302
    copy = Pledge.objects.get(title="The copy")
    assert Pledge.objects.count() == 2
    assert (copy.slug, copy.version, copy.state) == ("the-copy", 1, "draft")
    assert copy.undertakings.get().slug == "the-copy--japan"
    assert copy.criteria.get().number == 1
    assert pledge.undertakings.count() == 1


@pytest.mark.django_db
def test_save_as_new_is_refused_where_it_is_not_offered(
    filled, address, make_party, researcher, at_desk
):
    party, client = make_party(), at_desk(researcher)
    assert (
        client.post(
            address(party), {"name": "Copy", "kind": "state", "_saveasnew": "1"}
        ).status_code
        == 403
    )
    assert Party.objects.count() == 1


def in_threads(jobs):
    """Run all jobs at once, each with a connection of its own; return what they returned."""
    answers, start = [], threading.Barrier(len(jobs))

    def run(job):
        try:
            start.wait(timeout=30)
            answers.append(job())
        except Exception as failure:
            answers.append(failure)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return answers


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_saves_of_the_same_version_one_is_accepted(
    filled, address, make_source, make_user, at_desk
):
    source = make_source(state="draft")
    clients = [at_desk(make_user(f"racer-{n}", "researcher")) for n in range(RACERS)]
    page = address(source)
    typed = [filled(client.get(page), title=f"Title {n}") for n, client in enumerate(clients)]
    connection.close()
    answers = in_threads(
        [partial(client.post, page, data) for client, data in zip(clients, typed, strict=True)]
    )
    assert sorted(answer.status_code for answer in answers) == [200] * (RACERS - 1) + [302]
    winner = next(n for n in range(RACERS) if Source.objects.get().title == f"Title {n}")
    assert Source.objects.get().version == 2
    for answer in answers:
        if answer.status_code == 200:
            assert f"Title {winner}" in answer.html()


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_proposals_on_one_record_none_is_lost(
    filled, address, make_source, make_user, at_desk
):
    source = make_source()
    before = LedgerEntry.objects.count(), source.version
    clients = [at_desk(make_user(f"racer-{n}", "researcher")) for n in range(RACERS)]
    page = address(source)
    typed = [
        filled(client.get(page), note=f"Note {n}", public_note="A note.")
        for n, client in enumerate(clients)
    ]
    connection.close()
    answers = in_threads(
        [partial(client.post, page, data) for client, data in zip(clients, typed, strict=True)]
    )
    assert [answer.status_code for answer in answers] == [302] * RACERS
    wanted = {
        proposal.author.username: proposal.body["note"] for proposal in Proposal.objects.all()
    }
    assert wanted == {f"racer-{n}": f"Note {n}" for n in range(RACERS)}
    source.refresh_from_db()
    assert (LedgerEntry.objects.count(), source.version) == before


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_who_edit_one_proposal_one_is_accepted(
    filled, propose, address, make_source, make_user, at_desk
):
    source = make_source()
    proposal = propose(at_desk(make_user("una", "researcher")), address(source), note="First")
    clients = [at_desk(make_user(f"racer-{n}", "researcher")) for n in range(RACERS)]
    page = f"{address(source)}?proposal={proposal.pk}"
    typed = [filled(client.get(page), note=f"Note {n}") for n, client in enumerate(clients)]
    connection.close()
    answers = in_threads(
        [partial(client.post, page, data) for client, data in zip(clients, typed, strict=True)]
    )
    assert sorted(answer.status_code for answer in answers) == [200] * (RACERS - 1) + [302]
    proposal.refresh_from_db()
    winner = proposal.co_authors.get().username.removeprefix("racer-")
    assert (proposal.body["note"], proposal.version) == (f"Note {winner}", 2)


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_on_save_at_once_add_one_record(filled, address, researcher, at_desk):
    client, page = at_desk(researcher), address(Party, "add")
    typed = filled(client.get(page), name="Japan", kind="state")
    twins = []
    for _n in range(8):
        twin = GzipClient()
        twin.cookies = client.cookies.copy()
        twins.append(twin)
    connection.close()
    answers = in_threads([partial(twin.post, page, typed) for twin in twins])
    assert [answer.status_code for answer in answers] == [302] * 8
    assert Party.objects.count() == 1
