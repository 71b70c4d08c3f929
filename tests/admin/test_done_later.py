"""What was done after its last day is not met: the form says so and fills it in."""

from datetime import date

import pytest

from commitments.models import Assessment
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db
ADD = "/admin/commitments/assessment/add/?undertaking="
TYPED = {
    "status": "met",
    "answer": "It was signed in April 2026, a month late.",
    "confidence": "high",
    "rationale": "The text is public.",
    "as_of": "2026-06-01",
}


@shared
def pledge(make_pledge):
    return make_pledge(deadline=date(2026, 3, 31), deadline_precision="day")


@pytest.fixture
def proof(pledge, make_evidence):
    return make_evidence(
        pledge, happened_on=date(2026, 4, 30), happened_on_precision="month", state="draft"
    )


@pytest.fixture
def page(pledge):
    return f"{ADD}{pledge.undertakings.get().pk}"


def test_met_too_late_is_refused_beside_the_status_with_a_button(
    at_desk, save, errors, page, proof, researcher
):
    refused = save(at_desk(researcher), page, **TYPED, evidence=str(proof.pk))
    [sentence] = errors(refused)
    assert sentence.startswith(
        "“Met”, but all dated evidence lies after the last day (2026-03-31)."
    )
    button = (
        '<button type="submit" name="_continue" value="judge-late">Judge it “not met, done later”'
        " (April 2026)</button>"
    )
    assert button in refused.html()
    assert "status" in refused.context["adminform"].form.errors
    assert not Assessment.objects.exists()


def test_the_button_judges_it_not_met_and_done_later(
    at_desk, save, address, page, proof, researcher
):
    client = at_desk(researcher)
    saved = save(client, page, **TYPED, evidence=str(proof.pk), _continue="judge-late")
    verdict = Assessment.objects.get()
    assert saved["Location"].startswith(address(verdict))
    assert (verdict.status, verdict.late) == ("not_met", True)
    assert (verdict.done_on, verdict.done_on_precision) == (date(2026, 4, 30), "month")
    assert verdict.answer == TYPED["answer"]


def test_the_button_fills_in_nothing_for_what_was_done_in_time(
    at_desk, save, page, proof, researcher
):
    proof.happened_on, proof.happened_on_precision = date(2026, 3, 31), "day"
    proof.save()
    save(at_desk(researcher), page, **TYPED, evidence=str(proof.pk), _continue="judge-late")
    assert Assessment.objects.get().status == "met"


@pytest.mark.parametrize(
    "typed, field, sentence",
    [
        pytest.param({"late": "on"}, "late", "Only “not met” can be done later.", id="met, late"),
        pytest.param(
            {"done_on": "2026-04-30"}, "done_on", "Tick “done later”", id="a day and no tick"
        ),
        pytest.param(
            {"cause": "parliament"}, "cause", "Only what was missed or reversed", id="met, a cause"
        ),
        pytest.param({"answer": "x" * 161}, "answer", "160", id="too long an answer"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(
    at_desk, save, page, researcher, typed, field, sentence
):
    refused = save(at_desk(researcher), page, **{**TYPED, **typed})
    assert sentence in str(refused.context["adminform"].form.errors[field])


def test_the_answer_follows_the_status_and_says_how_long_it_may_be(at_desk, page, researcher):
    html = at_desk(researcher).get(page).html()
    assert html.index("field-status") < html.index("field-answer") < html.index("field-confidence")
    assert "At most 160 characters" in html


@pytest.mark.parametrize(
    "typed, is_refused",
    [
        pytest.param("2026-03-31", True, id="the last day"),
        pytest.param("2026-04-01", False, id="the day after"),
        pytest.param("April 2026", False, id="the month after"),
    ],
)
def test_done_later_is_after_the_last_day(
    at_desk, save, errors, page, researcher, typed, is_refused
):
    judged = {**TYPED, "status": "not_met", "late": "on", "done_on": typed}
    answer = save(at_desk(researcher), page, **judged)
    if is_refused:
        assert errors(answer) == [
            "31 March 2026 is not after the last day (2026-03-31). Was it in time?"
        ]
    assert Assessment.objects.exists() is not is_refused
