"""What is required since some records were published, and what was done after its last day."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from commitments import models, publishing
from commitments.judging import gaps, integrity, lateness
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.records import amend

pytestmark = pytest.mark.django_db
MADE, TODAY = date(2025, 10, 28), date(2026, 9, 1)
DUE, LATER = date(2026, 3, 31), date(2026, 4, 1)
DEADLINE = {"deadline": DUE, "deadline_precision": "day"}


def find_sentences(record, rule):
    problems = integrity.find_broken_rules(record, today=TODAY)
    return [problem.sentence for problem in problems if problem.rule == rule]


@pytest.fixture
def draft(make_pledge, make_assessment):
    """Make a draft of a verdict on a pledge that is due on 31 March 2026."""

    def make(status="in_progress", **fields):
        pledge = make_pledge(**DEADLINE)
        undertaking = pledge.undertakings.get()
        return make_assessment(undertaking, status, **{"as_of": LATER, "state": "draft", **fields})

    return make


def test_a_verdict_needs_an_answer(draft):
    [sentence] = find_sentences(draft(answer=""), "answer_missing")
    assert sentence.startswith("It has no answer. Write the verdict in one sentence")


@pytest.mark.parametrize("status", ["in_progress", "unverifiable"])
def test_an_open_verdict_needs_a_rationale_as_well(draft, status):
    [sentence] = find_sentences(draft(status, rationale=""), "rationale_missing")
    assert sentence == "It has no rationale. Say why this verdict, so that a reader can disagree."


@pytest.mark.parametrize(
    "fields, sentence",
    [
        pytest.param({"due": DUE}, None, id="a day"),
        pytest.param({"no_due_day": True}, None, id="a tick that there is none"),
        pytest.param(
            {},
            "The target “Signed” has no due day. Give it, or tick “no due day”.",
            id="neither",
        ),
        pytest.param({"role": "interim", "due": DUE}, None, id="interim, with a day"),
        pytest.param(
            {"role": "interim", "no_due_day": True},
            "The interim target “Signed” has no due day. Give the last day on which it is reached"
            " in time.",
            id="interim, and without a day",
        ),
    ],
)
def test_a_target_needs_a_due_day_or_a_tick(make_pledge, fields, sentence):
    pledge = make_pledge(state="draft")
    pledge.targets.create(kind="milestone", label="Signed", **fields)
    found = find_sentences(pledge, "target_without_due_day")
    assert found == ([sentence] if sentence else [])


@pytest.mark.parametrize(
    "baseline, is_sourced, sentence",
    [
        pytest.param("1.25", True, None, id="typed, with its source"),
        pytest.param(None, False, None, id="read from the series"),
        pytest.param(
            "1.25",
            False,
            "The target “Two per cent” starts from 1.25, and nothing says where that is from. Give"
            " the source of the baseline, or empty the value and name its period: it is then read"
            " from the series.",
            id="typed, from nowhere",
        ),
    ],
)
def test_a_typed_baseline_needs_its_source(
    make_pledge, make_figures, source, baseline, is_sourced, sentence
):
    pledge = make_pledge(state="draft")
    pledge.targets.create(
        kind="reach",
        label="Two per cent",
        indicator=make_figures("defence"),
        value=2,
        baseline_value=baseline,
        baseline_period="2022",
        baseline_source=source if is_sourced else None,
        due=DUE,
    )
    found = find_sentences(pledge, "baseline_without_source")
    assert found == ([sentence] if sentence else [])


def test_a_baseline_needs_a_period_that_a_figure_can_be_for(make_pledge, make_figures, japan):
    pledge = make_pledge(state="draft")
    pledge.targets.create(
        kind="change",
        label="Emissions",
        indicator=make_figures("emissions", (japan, 2024, "9.50")),
        comparator="falls_by_at_least",
        value=45,
        baseline_period="Q1 2005",
        due=DUE,
    )
    assert find_sentences(pledge, "baseline_period_of_no_figure") == [
        "The baseline period “Q1 2005” of “Emissions”: That is 1 January 2005 to 31 March 2005, and"
        " no figure of emissions is for such a time. Write it like theirs: 2024."
    ]


@pytest.mark.parametrize(
    "kind, released_on, is_broken",
    [
        pytest.param("actual", date(2025, 12, 30), True, id="a day before its end"),
        pytest.param("actual", date(2025, 12, 31), False, id="on its last day"),
        pytest.param("actual", date(2026, 1, 1), False, id="the day after"),
        pytest.param("estimate", date(2025, 12, 30), False, id="an estimate"),
    ],
)
def test_an_actual_figure_is_not_for_a_time_that_goes_on(
    make_figures, japan, kind, released_on, is_broken
):
    make_figures("share", (japan, 2025, "1.9", kind), released_on=released_on, state="draft")
    found = find_sentences(models.Release.objects.get(), "actual_figure_of_an_unfinished_time")
    if not is_broken:
        assert found == []
        return
    assert found == [
        "Japan has an actual figure for 2025-01-01 to 2025-12-31, which had not ended when it was"
        f" released ({released_on}). Enter it as an estimate or a projection, or correct the days."
    ]


def make_tenure(leader, **days):
    leader.tenures.create(office="Prime Minister", **days)
    return leader


@on_the_same_record(
    "model, fields, sentence",
    [
        pytest.param(
            models.Pledge,
            {"deadline": date(2026, 4, 30), "deadline_precision": "month"},
            None,
            id="the last day of the month",
        ),
        pytest.param(
            models.Pledge,
            {"deadline": date(2026, 4, 15), "deadline_precision": "month"},
            "“deadline”: April 2026 ends on 30 April 2026. Write 2026-04-30, or choose “the day”.",
            id="a deadline in the middle of its month",
        ),
        pytest.param(
            models.Pledge,
            {"made_on": date(2025, 10, 2), "made_on_precision": "month"},
            "“made on”: October 2025 begins on 1 October 2025. Write 2025-10-01, or choose “the"
            " day”.",
            id="a beginning that is not the first day",
        ),
        pytest.param(
            models.Undertaking,
            {
                "deadline": date(2026, 3, 31),
                "deadline_precision": "fiscal_year",
                "deadline_fiscal_start": 10,
            },
            "Japan: Record: “own deadline”: FY2026 ends on 30 September 2026. Write 2026-09-30, or"
            " choose “the day”.",
            id="a party's own deadline",
        ),
        pytest.param(
            models.Criteria,
            {"judged_from": date(2026, 6, 1), "judged_from_precision": "year"},
            "Criteria 1 of Record: “can be judged from”: 2026 ends on 31 December 2026. Write"
            " 2026-12-31, or choose “the day”.",
            id="the day of the criteria",
        ),
        pytest.param(
            models.Tenure,
            {"starts_on": date(2017, 5, 2), "starts_on_precision": "month"},
            "Sanae Takaichi, Prime Minister: “in office from”: May 2017 begins on 1 May 2017. Write"
            " 2017-05-01, or choose “the day”.",
            id="a day in a term",
        ),
    ],
)
def test_a_day_does_not_contradict_its_precision(
    make_pledge, make_leader, japan, model, fields, sentence
):
    pledge = make_pledge("record", state="draft")
    tenure = {"party": japan, "office": "Prime Minister"}
    leader = make_leader(tenures=[tenure], state="draft")
    model.objects.update(**fields)
    record = leader if model is models.Tenure else models.Pledge.objects.get(pk=pledge.pk)
    found = find_sentences(record, "day_contradicts_precision")
    assert found == ([sentence] if sentence else [])


SUPPORTS, MILESTONE = {"stance": "supports"}, {"stance": "supports", "is_milestone": True}


@pytest.mark.parametrize(
    "days, is_late",
    [
        pytest.param([(DUE, SUPPORTS)], False, id="on the last day"),
        pytest.param([(LATER, SUPPORTS)], True, id="a day later"),
        pytest.param([(DUE, SUPPORTS), (LATER, SUPPORTS)], False, id="some of it in time"),
        pytest.param([(LATER, SUPPORTS), (None, SUPPORTS)], True, id="the rest has no day"),
        pytest.param([(None, SUPPORTS)], False, id="nothing has a day"),
        pytest.param(
            [(DUE, {"stance": "contradicts"}), (LATER, SUPPORTS)], True, id="what contradicts"
        ),
        pytest.param(
            [(DUE, SUPPORTS), (LATER, MILESTONE)], True, id="a step in time, the event later"
        ),
        pytest.param(
            [(DUE, MILESTONE), (LATER, SUPPORTS)], False, id="the event in time, its effect later"
        ),
        pytest.param(
            [(date(2026, 12, 31), {**SUPPORTS, "happened_on_precision": "year"})],
            False,
            id="a year that may mean a day in time",
        ),
    ],
)
def test_what_was_done_later_was_not_met(draft, make_evidence, days, is_late):
    verdict = draft("met", as_of=TODAY)
    pledge = verdict.undertaking.pledge
    evidence = []
    for day, fields in days:
        precision = {} if day else {"happened_on_precision": "none"}
        row = make_evidence(pledge, happened_on=day, state="draft", **{**fields, **precision})
        evidence.append(row)
    verdict.evidence.set(evidence)
    found = find_sentences(verdict, "met_after_its_day")
    if not is_late:
        assert found == []
        return
    assert found == [
        "“Met”, but all dated evidence lies after the last day (2026-03-31). Judge it “not met”,"
        " tick “done later” and write when: 1 April 2026. Or cite evidence of what was done in"
        " time."
    ]


def test_a_party_with_a_later_day_of_its_own_did_it_in_time(draft, make_evidence):
    verdict = draft("met", as_of=TODAY)
    undertaking = verdict.undertaking
    verdict.evidence.set([make_evidence(undertaking.pledge, happened_on=LATER)])
    models.Undertaking.objects.update(deadline=LATER, deadline_precision="day")
    verdict = models.Assessment.objects.get(pk=verdict.pk)
    assert find_sentences(verdict, "met_after_its_day") == []


def test_a_figure_of_the_rule_may_be_dated_after_the_day(draft, make_evidence):
    finding = {"definitions": [{"finding": {"status": "met"}}]}
    verdict = draft("met", as_of=TODAY, findings=finding)
    verdict.evidence.set([make_evidence(verdict.undertaking.pledge, happened_on=LATER)])
    assert find_sentences(verdict, "met_after_its_day") == []


def test_a_party_with_a_later_day_cannot_have_missed_it_yet(draft):
    verdict = draft("not_met", as_of=LATER)
    rule = "closed_against_before_deadline"
    assert find_sentences(verdict, rule) == []
    models.Undertaking.objects.update(deadline=LATER, deadline_precision="day")
    verdict = models.Assessment.objects.get(pk=verdict.pk)
    assert find_sentences(verdict, rule) == [
        "“Not met” as of 2026-04-01, but the deadline is 2026-04-01."
    ]


# What a gap stops


def test_a_gap_refuses_submitting(draft, researcher):
    with pytest.raises(publishing.Refused, match="It has no answer"):
        publishing.submit(draft(answer=""), by=researcher)


def test_a_gap_refuses_the_first_publication(draft, make_evidence, researcher, reviewer):
    verdict = draft()
    verdict.evidence.set([make_evidence(verdict.undertaking.pledge)])
    verdict = publishing.submit(verdict, by=researcher)
    models.Assessment.objects.update(answer="")
    with pytest.raises(publishing.Refused, match="It has no answer"):
        publishing.publish(verdict, by=reviewer)


@pytest.fixture
def pledge_with_gaps(make_pledge, make_assessment):
    """A published pledge that is older than what is required of it and of its verdict now."""
    pledge = make_pledge(**DEADLINE)
    make_assessment(pledge.undertakings.get(), "in_progress", "old-verdict")
    pledge.targets.create(kind="milestone", label="Signed")
    models.Assessment.objects.update(answer="")
    return pledge


def test_a_gap_never_refuses_an_amendment(pledge_with_gaps, reviewer):
    models.Pledge.objects.update(explanation="In plain words.")
    entry = amend(pledge_with_gaps, by=reviewer, note="Say it in plain words.")
    assert entry.action == "amend"


def test_the_command_lists_gaps_by_rule_and_succeeds(pledge_with_gaps, capsys):
    call_command("check_integrity")
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "Gaps: required of what is submitted now. What was published before may stay.",
        "answer_missing: 1",
        (
            "  assessment old-verdict: It has no answer. Write the verdict in one sentence of at"
            " most 160 characters, for a reader who reads nothing else. (answer_missing)"
        ),
        "target_without_due_day: 1",
        (
            "  pledge tokyo-2025-defence: The target “Signed” has no due day. Give it, or tick “no"
            " due day”. (target_without_due_day)"
        ),
        "No rule is broken; 2 gaps, 0 warnings.",
    ]


def test_every_gap_is_tested_here():
    text = Path(__file__).read_text()
    for rule in integrity.RULES:
        if rule.predicate.__module__ in (gaps.__name__, lateness.__name__):
            assert f'"{rule.predicate.__name__}"' in text


@pytest.mark.parametrize(
    "day, is_broken",
    [
        pytest.param(MADE, False, id="the day it was made"),
        pytest.param(date(2025, 10, 27), True, id="the day before"),
    ],
)
def test_no_party_has_a_day_before_the_pledge_was_made(make_pledge, day, is_broken):
    pledge = make_pledge(state="draft", made_on=MADE)
    pledge.undertakings.update(deadline=day, deadline_precision="day")
    sentence = (
        "The own deadline of Japan: 27 October 2025 is before the pledge was made (2025-10-28)."
        " Check both days."
    )
    found = find_sentences(pledge, "due_before_it_was_made")
    assert found == ([sentence] if is_broken else [])


@pytest.mark.parametrize(
    "standing, starts_on, is_broken",
    [
        pytest.param("held", date(2026, 9, 2), True, id="held tomorrow"),
        pytest.param("held", TODAY, False, id="held, begins today"),
        pytest.param("planned", date(2026, 9, 2), False, id="planned for tomorrow"),
    ],
)
def test_a_summit_still_to_come_was_not_held(make_summit, standing, starts_on, is_broken):
    summit = make_summit(
        state="draft", standing=standing, starts_on=starts_on, ends_on=date(2026, 9, 3)
    )
    assert bool(find_sentences(summit, "held_before_its_day")) is is_broken


@pytest.mark.parametrize(
    "done_on, precision, words",
    [
        pytest.param(date(2026, 3, 31), "day", "Was it in time?", id="on the last day"),
        pytest.param(date(2026, 3, 31), "month", "Was it in time?", id="in its month"),
        pytest.param(date(2026, 4, 1), "day", None, id="the day after"),
        pytest.param(date(2026, 6, 30), "quarter", None, id="the quarter after"),
        pytest.param(date(2026, 4, 2), "day", "judged as of", id="after the judgement"),
        pytest.param(None, "none", None, id="later, nobody knows when"),
    ],
)
def test_done_later_is_after_the_last_day(draft, done_on, precision, words):
    days = {"done_on": done_on, "done_on_precision": precision}
    found = find_sentences(draft("not_met", late=True, **days), "done_in_time")
    assert bool(found) is bool(words)
    assert all(words in sentence for sentence in found)


def test_without_a_last_day_nothing_is_late(make_pledge, make_assessment):
    undertaking = make_pledge().undertakings.get()
    verdict = make_assessment(undertaking, "not_met", late=True, as_of=LATER, state="draft")
    [sentence] = find_sentences(verdict, "done_in_time")
    assert "no last day" in sentence
