"""A pledge with everything under it: submitted in one act, approved or returned as a whole."""

import pytest
from django.contrib.admin.models import LogEntry

from commitments import publishing
from commitments.models import Evidence, LedgerEntry, Pledge, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def pledge(make_pledge):
    return make_pledge("trees", title="250 cherry trees", state="draft")


@pytest.fixture
def parts(pledge, make_evidence, make_assessment):
    """The pledge with evidence and a verdict that rests on it, all drafts."""
    proof = make_evidence(pledge, state="draft", finding="The trees arrived.")
    verdict = make_assessment(pledge.undertakings.get(), "met", state="draft", evidence=[proof])
    return [pledge, proof, verdict]


@pytest.fixture
def in_review(parts, researcher):
    return publishing.submit_many(parts, by=researcher)


@pytest.fixture
def at_review(at_desk, address, reviewer, pledge):
    """Open the review as a reviewer; return a function that presses a button there."""
    client = at_desk(reviewer)
    page = address(pledge, "review")

    def press(**typed):
        review = client.get(page).context["review"]
        return client.post(page, {"seen": review.seen, **typed})

    press.client, press.page, press.pledge = client, page, pledge
    return press


def list_states(records):
    for record in records:
        record.refresh_from_db()
    return [record.state for record in records]


def test_a_pledge_and_its_parts_are_published_together(at_review, in_review, address, reviewer):
    page = at_review.client.get(at_review.page).html()
    assert "Publish the pledge with its 2 parts" in page
    assert "The trees arrived." in page
    answer = at_review(approve="yes", note="Checked.")
    assert answer.url == address(in_review[0])
    assert list_states(in_review) == [State.PUBLISHED] * 3
    notes = LedgerEntry.objects.order_by("-seq").values_list("record_type", "note")[:3]
    assert list(notes) == [(kind, "Checked.") for kind in ("assessment", "evidence", "pledge")]
    logged = LogEntry.objects.filter(user=reviewer, change_message="Published. Checked.")
    assert logged.count() == 3


def test_they_are_returned_together_with_one_note(at_review, in_review):
    answer = at_review(**{"return": "yes"}, review_note=" ")
    assert answer.status_code == 409
    assert "Say in the note what is wrong" in answer.html()
    assert list_states(in_review) == [State.IN_REVIEW] * 3
    at_review(**{"return": "yes"}, review_note="No locator.")
    assert list_states(in_review) == [State.DRAFT] * 3
    assert {record.review_note for record in in_review} == {"No locator."}


def test_what_the_reviewer_submitted_is_named_and_left_out(
    at_review, parts, researcher, reviewer, make_evidence
):
    own = make_evidence(parts[0], state="draft", finding="Others arrived.")
    publishing.submit_many(parts, by=researcher)
    publishing.submit(own, by=reviewer)
    page = at_review.client.get(at_review.page).html()
    left_out = page.partition("Left out")[2].partition("</section>")[0]
    assert "Others arrived." in left_out
    assert "You submitted evidence “Others arrived.” yourself" in left_out
    at_review(approve="yes")
    assert list_states([*parts, own]) == [State.PUBLISHED] * 3 + [State.IN_REVIEW]


def test_what_rests_on_the_reviewers_own_part_is_left_out_too(
    at_review, parts, researcher, reviewer
):
    pledge, proof, verdict = parts
    publishing.submit_many([pledge], by=researcher)
    publishing.submit_many([proof], by=reviewer)
    publishing.submit_many([verdict], by=researcher)
    review = at_review.client.get(at_review.page).context["review"]
    assert review.approved == [pledge]
    assert [left.part.record for left in review.left_out] == [proof, verdict]
    at_review(approve="yes")
    assert list_states(parts) == [State.PUBLISHED, State.IN_REVIEW, State.IN_REVIEW]
    at_review(**{"return": "yes"}, review_note="Cite something else.")
    assert list_states(parts) == [State.PUBLISHED, State.IN_REVIEW, State.DRAFT]


def test_drafts_are_named_and_stay_drafts(at_review, parts, researcher):
    pledge, *_under_it = parts
    publishing.submit(pledge, by=researcher)
    page = at_review.client.get(at_review.page).html()
    assert "Nobody submitted these" in page
    at_review(approve="yes")
    assert list_states(parts) == [State.PUBLISHED, State.DRAFT, State.DRAFT]


def test_what_goes_along_is_shown_whole(at_review, pledge, make_source, researcher, make_evidence):
    source = make_source("leaflet", state="draft", publisher="The Embassy", url="")
    make_evidence(pledge, state="draft", source=source)
    publishing.submit(source, by=researcher)
    drafts = [pledge, Evidence.objects.get()]
    publishing.submit_many(drafts, by=researcher)
    page = at_review.client.get(at_review.page)
    along = page.html().partition("What goes along")[2]
    assert "The Embassy" in along
    assert "It has neither an address nor a note" in page.html()
    at_review(approve="yes")
    source.refresh_from_db()
    assert source.state == State.PUBLISHED


def test_what_was_public_before_shows_its_words_before_and_after(
    at_review, make_pledge, researcher
):
    pledge = make_pledge("trees-once", title="250 cherry trees")
    Pledge.objects.filter(pk=pledge.pk).update(state="draft", title="260 cherry trees")
    pledge.refresh_from_db()
    publishing.submit(pledge, by=researcher)
    page = at_review.page.replace(str(at_review.pledge.pk), str(pledge.pk))
    changed = at_review.client.get(page).html().partition("What changed since")[2]
    changed = changed.partition("</section>")[0]
    assert "<del>250</del>" in changed
    assert "<ins>260</ins>" in changed


def test_what_is_new_is_said_to_be(at_review, in_review):
    assert "Nothing here was public before" in at_review.client.get(at_review.page).html()


def test_a_page_that_is_older_than_a_change_decides_nothing(
    at_review, in_review, researcher, make_evidence
):
    seen = at_review.client.get(at_review.page).context["review"].seen
    later = make_evidence(in_review[0], state="draft", finding="Later.")
    publishing.submit(later, by=researcher)
    answer = at_review.client.post(at_review.page, {"seen": seen, "approve": "yes"})
    assert "was changed after you opened it" in answer.html()
    assert list_states(in_review) == [State.IN_REVIEW] * 3


def test_a_broken_rule_publishes_nothing(at_review, in_review):
    Evidence.objects.update(happened_on="2999-01-01")
    answer = at_review(approve="yes")
    assert answer.status_code == 409
    assert "which is still to come" in answer.html()
    assert list_states(in_review) == [State.IN_REVIEW] * 3


def test_only_reviewers_review(at_desk, address, in_review, researcher, client):
    page = address(in_review[0], "review")
    assert at_desk(researcher).get(page).status_code == 403
    assert at_desk(researcher).post(page, {"approve": "yes"}).status_code == 403
    assert client.get(page).status_code == 302


def test_the_desk_leads_to_the_review_of_each_pledge_once(at_review, in_review):
    page = at_review.client.get("/admin/").html()
    assert page.count(f'href="{at_review.page}"') == 1
    form = at_review.client.get(at_review.page.replace("review", "change")).html()
    assert f'href="{at_review.page}"' in form


def test_the_preview_is_shown_in_a_frame_of_the_review_and_nowhere_else(
    at_review, in_review, address
):
    preview = address(in_review[0], "preview")
    answer = at_review.client.get(at_review.page)
    assert f'<iframe src="{preview}?framed"' in answer.html()
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]
    framed = at_review.client.get(f"{preview}?framed")
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]
    assert '<base target="_blank">' in framed.html()


@pytest.fixture
def at_submission(at_desk, address, researcher, pledge):
    """Open the page that submits all drafts; return a function that presses its button."""
    client = at_desk(researcher)
    page = address(pledge, "submit_all")

    def press(*ticked):
        opened = client.get(page).context
        keys = [key for key, reading in opened["readings"] if reading.record in ticked]
        return client.post(page, {"seen": opened["seen"], "part": keys})

    press.client, press.page = client, page
    return press


def test_a_pledge_is_submitted_with_everything_drafted_under_it(
    at_submission, parts, address, researcher
):
    form = at_submission.client.get(address(parts[0])).html()
    assert "Submit the pledge with its 2 drafts" in form
    answer = at_submission(*parts)
    assert answer.url == address(parts[0])
    assert list_states(parts) == [State.IN_REVIEW] * 3
    assert {record.submitted_by for record in parts} == {researcher}


def test_what_is_not_ticked_stays_a_draft_unless_another_part_rests_on_it(at_submission, parts):
    pledge, _proof, verdict = parts
    at_submission(pledge)
    assert list_states(parts) == [State.IN_REVIEW, State.DRAFT, State.DRAFT]
    at_submission(verdict)
    assert list_states(parts) == [State.IN_REVIEW] * 3


def test_drafts_that_they_refer_to_go_along(at_submission, parts, make_topic):
    topic = make_topic("trees", state="draft")
    parts[0].topics.add(topic)
    page = at_submission.client.get(at_submission.page).html()
    assert "Drafts that they refer to" in page
    at_submission(*parts)
    assert list_states([*parts, topic]) == [State.IN_REVIEW] * 4


def test_a_draft_with_a_broken_rule_submits_none(at_submission, parts):
    Evidence.objects.update(happened_on="2999-01-01")
    answer = at_submission(*parts)
    assert answer.status_code == 409
    assert "which is still to come" in answer.html()
    assert list_states(parts) == [State.DRAFT] * 3
