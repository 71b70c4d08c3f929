"""Signing as the rule finds: drafted, corrected and submitted on one page, all or none."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from commitments import publishing
from commitments.models import Assessment, Criteria, State
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 1)


@shared
def pledge(make_two_per_cent):
    """Japan at 2.10, France at 1.90; by a wider definition both fell short."""
    return make_two_per_cent()


@pytest.fixture
def part(pledge):
    return {row.party.slug: row for row in pledge.undertakings.select_related("party", "pledge")}


def address(pledge, **query):
    text = "&".join(f"{name}={value}" for name, value in {"as_of": DAY, **query}.items())
    return reverse("admin:signing", args=[pledge.pk]) + f"?{text}"


def read(client, pledge, **query):
    answer = client.get(address(pledge, **query))
    assert answer.status_code == 200
    return answer


def fill(answer, **typed):
    """Return what a browser posts from the page, with `typed` in the fields of each party."""
    data = {"as_of": answer.context["signing"].day.isoformat()}
    for row in answer.context["rows"]:
        slug = row.undertaking.party.slug
        for bound in row.form:
            value = bound.value()
            if bound.name == "ticked":
                value = "on" if value else None
            value = typed.get(slug, {}).get(bound.name, value)
            if value is not None:
                data[bound.html_name] = value
    return data


def sign(client, pledge, **typed):
    page = read(client, pledge)
    return client.post(address(pledge), fill(page, **typed), follow=True)


def find_row(answer, slug):
    return next(row for row in answer.context["rows"] if row.undertaking.party.slug == slug)


def test_each_party_is_drafted_in_plain_words_and_ticked(at_desk, pledge, researcher):
    answer = read(at_desk(researcher), pledge)
    texts = [row.form["answer"].value() for row in answer.context["rows"]]
    assert texts == [
        "France did not meet it: 1.90% in 2025 (target: at least 2%).",
        "Japan met it: 2.10% in 2025 (target: at least 2%).",
    ]
    assert [row.is_ticked for row in answer.context["rows"]] == [True, True]
    assert not Assessment.objects.exists()


def test_one_click_submits_all_and_somebody_else_publishes(at_desk, pledge, researcher, reviewer):
    Criteria.objects.create(
        pledge=pledge, number=2, fixed_on=date(2025, 11, 1), met="Two.", not_met="Less."
    )
    answer = sign(at_desk(researcher), pledge)
    assert "Submitted for review: 2." in answer.html()
    rows = Assessment.objects.order_by("undertaking__slug")
    assert [(row.status, row.method, row.state) for row in rows] == [
        ("not_met", "rule", "in_review"),
        ("met", "rule", "in_review"),
    ]
    for row in rows:
        assert row.criteria.number == 2
        assert row.rule_agrees
        assert row.as_of == DAY
        assert (row.assessor, row.submitted_by) == (researcher, researcher)
    with pytest.raises(publishing.Refused):
        publishing.publish_many(list(rows), by=researcher)
    # Met by the rule asks for no other evidence.
    published = publishing.publish_many(list(rows), by=reviewer)
    assert {row.state for row in published} == {State.PUBLISHED}


def test_what_is_corrected_is_submitted_as_corrected(at_desk, pledge, researcher):
    sign(
        at_desk(researcher),
        pledge,
        japan={"answer": "Japan kept it.", "answer_ja": "日本は守った。", "confidence": "low"},
        france={"ticked": None},
    )
    verdict = Assessment.objects.get()
    texts = (verdict.answer, verdict.answer_ja, verdict.confidence)
    assert texts == ("Japan kept it.", "日本は守った。", "low")
    assert verdict.method == "rule"


def test_one_party_alone_is_signed(at_desk, pledge, part, researcher):
    client = at_desk(researcher)
    page = read(client, pledge, undertaking=part["japan"].pk)
    assert [row.undertaking for row in page.context["rows"]] == [part["japan"]]
    client.post(address(pledge, undertaking=part["japan"].pk), fill(page))
    assert Assessment.objects.get().undertaking == part["japan"]


def test_what_is_wrong_with_one_stops_all_and_stands_beside_it(at_desk, pledge, researcher):
    answer = sign(at_desk(researcher), pledge, japan={"answer": " "}, france={"answer": "No."})
    assert not Assessment.objects.exists()
    assert find_row(answer, "japan").form.errors == {"answer": ["This field is required."]}
    assert find_row(answer, "france").form["answer"].value() == "No."
    assert "Nothing was submitted" in answer.html()


def test_what_publishing_refuses_stands_beside_its_party(at_desk, pledge, researcher):
    answer = sign(at_desk(researcher), pledge, japan={"rationale": "The rule: not_met."})
    assert not Assessment.objects.exists()
    [reason] = find_row(answer, "japan").reasons
    assert "not_met" in reason
    assert find_row(answer, "france").reasons == []


def test_a_finding_that_changed_meanwhile_is_not_signed_unread(
    at_desk, pledge, make_figures, japan, researcher
):
    client = at_desk(researcher)
    data = fill(read(client, pledge))
    make_figures("narrow", (japan, 2025, "1.97"), released_on=date(2026, 1, 31))
    answer = client.post(address(pledge), data)
    assert not Assessment.objects.exists()
    assert "The rule finds something else by now." in answer.html()


def test_who_is_judged_so_already_is_marked_and_not_ticked(
    at_desk, pledge, part, make_assessment, researcher, reviewer
):
    make_assessment(part["japan"], "met", as_of=DAY)
    client = at_desk(researcher)
    page = read(client, pledge)
    assert not find_row(page, "japan").is_ticked
    assert "Judged so already, by a person." in page.html()
    client.post(address(pledge), fill(page, japan={"ticked": "on"}))
    waiting = read(client, pledge)
    assert [row.is_ticked for row in waiting.context["rows"]] == [False, False]
    publishing.publish_many(list(Assessment.objects.filter(state="in_review")), by=reviewer)
    assert "Signed already as the rule finds." in read(client, pledge).html()


def test_who_was_signed_otherwise_with_a_reason_is_not_ticked(
    at_desk, pledge, part, make_assessment, researcher
):
    make_assessment(part["japan"], "not_met", as_of=DAY, differs_because="By its words.")
    page = read(at_desk(researcher), pledge)
    assert not find_row(page, "japan").is_ticked
    assert "Signed otherwise with this reason" in page.html()


def test_before_a_later_verdict_nothing_is_ticked(
    at_desk, pledge, part, make_assessment, researcher
):
    make_assessment(part["japan"], "on_track", as_of=date(2026, 3, 1), differs_because="So far.")
    page = read(at_desk(researcher), pledge)
    assert not find_row(page, "japan").is_ticked
    assert "It is as of a later day" in page.html()


def test_a_rule_that_does_not_know_is_not_ticked(at_desk, pledge, researcher):
    page = read(at_desk(researcher), pledge, as_of="2026-01-02")
    assert not any(row.is_ticked for row in page.context["rows"])
    assert "The rule does not know." in page.html()


@pytest.mark.parametrize("as_of", ["2999-01-01", "soon", ""])
def test_no_day_to_come_is_judged(at_desk, pledge, researcher, as_of):
    page = read(at_desk(researcher), pledge, as_of=as_of)
    assert page.context["signing"].day == timezone.now().date()


def test_a_pledge_without_a_target_says_so(at_desk, make_pledge, researcher):
    page = read(at_desk(researcher), make_pledge("words"))
    assert "No rule can judge a party of this pledge" in page.html()


def test_who_may_not_judge_may_not_sign(at_desk, pledge, make_user):
    client = at_desk(make_user("guest"))
    assert client.get(address(pledge)).status_code == 403
    assert client.post(address(pledge), {}).status_code == 403


def test_the_page_costs_no_more_with_more_parties(
    at_desk, pledge, part, make_pledge, make_party, make_figures, researcher
):
    def count(pledge):
        with CaptureQueriesContext(connection) as statements:
            assert len(read(client, pledge).context["rows"]) > 1
        return len(statements)

    client = at_desk(researcher)
    read(client, pledge)
    parties = [make_party(f"party-{number}") for number in range(10)]
    many = make_pledge("many", parties=parties)
    figures = [(party, 2025, "2.5") for party in parties]
    many.targets.create(
        label="Share", kind="stand", indicator=make_figures("share", *figures), value=2,
        due=date(2025, 12, 31),
    )  # fmt: skip
    assert count(many) <= count(pledge)
