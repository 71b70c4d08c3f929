"""What goes along is shown whole before it is submitted or published, singly and in bulk."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from commitments import publishing
from commitments.admin.readings import load_readings
from commitments.models import LedgerEntry
from commitments.publicforms import prefetch_public_form, render

pytestmark = pytest.mark.django_db

LONG = "What the memo says in its first paragraph, to the end. " * 20


@pytest.fixture
def draft_source(make_source):
    return make_source("memo", state="draft", note=LONG, title_ja="覚書")


@pytest.fixture
def draft(make_pledge, draft_source):
    return make_pledge(state="draft", source=draft_source)


def test_the_page_to_submit_shows_drafts_whole_and_says_who_publishes(
    act_address, draft, at_desk, researcher
):
    page = at_desk(researcher).get(act_address(draft, "submit")).html()
    for text in (LONG.strip(), "覚書", "https://example.org/memo", "The White House"):
        assert text in page
    assert "Submit this draft with it" in page
    assert "somebody else has to publish it" in page


def test_without_the_tick_nothing_is_submitted_and_the_draft_is_named(
    act, draft, draft_source, at_desk, researcher
):
    answer = act(at_desk(researcher), draft, "submit")
    assert answer.status_code == 409
    assert "refers to the source “Memo (The White House)”, which is still a draft" in answer.html()
    draft.refresh_from_db(), draft_source.refresh_from_db()
    assert (draft.state, draft_source.state) == ("draft", "draft")


def test_with_the_tick_both_are_submitted_and_logged(act, draft, draft_source, at_desk, researcher):
    answer = act(at_desk(researcher), draft, "submit", along="yes")
    assert answer.status_code == 302
    for record in (draft, draft_source):
        record.refresh_from_db()
        assert (record.state, record.submitted_by) == ("in_review", researcher)
        logged = LogEntry.objects.get(
            object_id=record.pk, content_type__model=record._meta.model_name
        )
        assert (logged.user, logged.change_message) == (researcher, "Submitted for review.")


def test_it_says_which_rules_a_draft_along_breaks(
    act_address, make_pledge, make_evidence, at_desk, researcher
):
    pledge = make_pledge(state="draft", parties=[])
    evidence = make_evidence(pledge, state="draft")
    page = at_desk(researcher).get(act_address(evidence, "submit")).html()
    assert "Stops publication" in page
    assert "Nobody owes it." in page


def test_the_page_to_publish_shows_whole_what_goes_along(
    act_address, draft, at_desk, researcher, reviewer
):
    publishing.submit(draft, by=researcher, along=True)
    page = at_desk(reviewer).get(act_address(draft, "publish")).html()
    assert LONG.strip() in page
    assert "submitted or edited by rita" in page


def test_the_page_to_publish_names_what_the_publisher_submitted(
    act_address, act, draft, draft_source, at_desk, researcher, reviewer
):
    publishing.submit(draft_source, by=reviewer)
    publishing.submit(draft, by=researcher)
    page = at_desk(reviewer).get(act_address(draft, "publish")).html()
    assert "You submitted source “Memo (The White House)” yourself" in page
    assert act(at_desk(reviewer), draft, "publish").status_code == 409


def test_an_editor_is_not_offered_to_publish_and_reads_why(
    act, save, address, make_party, at_desk, researcher, reviewer
):
    party = make_party("atlantis", state="draft")
    victor = at_desk(reviewer)
    assert save(victor, address(party), name="Poseidonis").status_code == 302
    publishing.submit(party, by=researcher)
    page = victor.get(address(party)).html()
    assert "You worked on party “Poseidonis” too" in page
    assert "Publish</a>" not in page
    assert act(victor, party, "publish").status_code == 409
    assert "Poseidonis" not in victor.get("/admin/commitments/party/?desk=review").html()


# In bulk


@pytest.fixture
def in_bulk():
    """Open the page of a list action, tick and send it; return the page and the answer."""

    def do(client, action, *records, **typed):
        opts = records[0]._meta
        listing = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        chosen = {"action": action, "_selected_action": [record.pk for record in records]}
        page = client.post(listing, chosen)
        sent = {**chosen, "post": "yes", "seen": page.context["seen"], **typed}
        return page.html(), client.post(listing, sent, follow=True).html()

    return do


def test_in_bulk_drafts_are_shown_whole_and_submitted_with_a_tick(
    in_bulk, draft, draft_source, at_desk, researcher
):
    page, answer = in_bulk(at_desk(researcher), "submit_selected", draft)
    assert LONG.strip() in page
    assert draft.quote in page
    assert "which is still a draft" in answer
    _page, answer = in_bulk(at_desk(researcher), "submit_selected", draft, along="yes")
    assert "Submitted for review: 1 of 1." in answer
    draft_source.refresh_from_db()
    assert draft_source.state == "in_review"


def test_what_is_selected_itself_needs_no_tick(in_bulk, make_topic, at_desk, researcher):
    whole = make_topic("culture", state="draft")
    part = make_topic("film", state="draft", parent=whole)
    _page, answer = in_bulk(at_desk(researcher), "submit_selected", part, whole)
    assert "Submitted for review: 2 of 2." in answer


def test_in_bulk_what_is_published_along_is_shown_whole(
    in_bulk, draft, draft_source, at_desk, researcher, reviewer
):
    publishing.submit(draft, by=researcher, along=True)
    page, answer = in_bulk(at_desk(reviewer), "publish_selected", draft)
    assert LONG.strip() in page
    assert "Published: 1 of 1." in answer
    draft_source.refresh_from_db()
    assert draft_source.is_published


def test_in_bulk_own_work_is_named_before_and_refused(in_bulk, make_topic, at_desk, reviewer):
    topic = publishing.submit(make_topic("culture", state="draft"), by=reviewer)
    page, answer = in_bulk(at_desk(reviewer), "publish_selected", topic)
    assert "You submitted topic “Culture” yourself" in page
    assert "You submitted topic “Culture” yourself" in answer
    assert not LedgerEntry.objects.exists()


# A record in full


def list_texts(value):
    """Yield every text in a payload, rows inside included."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from list_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from list_texts(inner)
    elif isinstance(value, str) and value:
        yield value


def test_a_reading_has_every_typed_text_of_the_public_form(
    make_pledge, make_source, at_desk, act_address, researcher
):
    pledge = make_pledge(
        state="draft",
        explanation=LONG,
        deadline_words="by the end of the decade",
        condition="if funded",
    )
    pledge.quotes.create(
        text="防衛を強化する。",
        language="ja",
        whose="authentic",
        source=pledge.source,
        locator="p. 2",
    )
    page = at_desk(researcher).get(act_address(pledge, "submit")).html()
    rows = type(pledge).objects.filter(pk=pledge.pk)
    payload = render(prefetch_public_form(rows).get())
    typed = [text for text in list_texts(payload) if " " in text or not text.isascii()]
    assert len(typed) > 8
    for text in typed:
        assert text.strip() in page, text


def test_a_reading_names_the_fields_that_are_empty(make_party):
    (reading,) = load_readings([make_party("atlantis")])
    assert "name in Japanese" in reading.blank
    assert [line.text for line in reading.lines if line.label == "name"] == ["Atlantis"]


def test_readings_of_many_records_cost_as_many_statements_as_of_one(
    make_pledge, make_evidence, make_party, django_assert_num_queries
):
    parties = [make_party(name) for name in ("france", "mu", "peru")]
    pledge = make_pledge(parties=parties, state="draft")
    rows = [make_evidence(pledge, state="draft") for _number in range(3)]
    for row in rows:
        row.undertakings.set(pledge.undertakings.all())
    load_readings(rows)  # so that Django knows the types
    with django_assert_num_queries(5):
        assert len(load_readings(rows[:1])) == 1
    with django_assert_num_queries(5):
        assert len(load_readings(rows)) == 3
