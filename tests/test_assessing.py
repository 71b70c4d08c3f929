"""Findings beside verdicts: drafts where they differ, never more than one, never published."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments import publishing
from commitments.assessing import differs, draft_assessment, find_verdict_differences
from commitments.models import Assessment, LedgerHead
from commitments.verdicts.findings import Finding, Reason
from commitments.verdicts.repeating import repeat
from commitments.verdicts.statuses import Status
from commitments.verdicts.targets import Figure, Period
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
# The last day is over, and the rule is silent still.
BEFORE_THE_FIGURES = date(2026, 1, 10)
NOW = {"as_of": DAY, "known_on": DAY}


@shared
def pledge(make_two_per_cent):
    """Japan reached it, France did not; by a wider definition neither did."""
    return make_two_per_cent()


@pytest.fixture
def part(pledge):
    return {row.party.slug: row for row in pledge.undertakings.select_related("party")}


def drafted():
    return [draft_assessment(one, as_of=DAY) for one in find_verdict_differences(**NOW)]


def sign(assessment, researcher, reviewer):
    publishing.submit(assessment, by=researcher)
    publishing.publish(assessment, by=reviewer)


def test_what_is_not_assessed_gets_a_draft_with_all_it_rests_on(pledge):
    france, japan = sorted(drafted(), key=lambda row: row.undertaking.party.slug)
    assert (japan.status, japan.method, japan.state, japan.as_of) == ("met", "rule", "draft", DAY)
    assert (france.status, france.criteria, france.rules_version) == (
        "not_met",
        pledge.criteria.get(),
        "2",
    )
    assert japan.answer == "Japan met it: 2.10% in 2025 (target: at least 2%)."
    assert france.answer == "France did not meet it: 1.90% in 2025 (target: at least 2%)."
    assert japan.rationale == (
        "The rule (“Narrow”) finds: met. The figure is what was promised. The figure that decides is"
        " 2.10% in 2025 (target: at least 2%). It is an actual figure, released on 15 January 2026."
    )
    # Another definition finds otherwise for Japan, and the same for France.
    assert (japan.confidence, france.confidence) == ("medium", "high")
    assert [one["flips"] for one in japan.findings["definitions"]] == [False, True]


def test_the_stored_findings_repeat_the_verdict_from_themselves_alone(pledge):
    for made in drafted():
        kept = Assessment.objects.get(pk=made.pk)
        for one in kept.findings["definitions"]:
            assert repeat(one["inputs"]).as_json() == one["finding"]
        assert kept.findings["definitions"][0]["finding"]["status"] == kept.status


def test_a_second_run_drafts_nothing_new_and_nothing_is_published(pledge):
    before = LedgerHead.objects.get().seq
    assert all(drafted())
    assert drafted() == [None, None]
    assert Assessment.objects.count() == 2
    assert LedgerHead.objects.get().seq == before


def test_a_verdict_that_agrees_is_left_alone_and_one_that_differs_gets_a_draft(
    part, make_assessment
):
    make_assessment(part["japan"], "met")
    make_assessment(part["france"], "in_progress")
    assert [one.undertaking.party.slug for one in find_verdict_differences(**NOW)] == ["france"]
    assert [
        one.undertaking.party.slug for one in find_verdict_differences(**NOW, pledge="other")
    ] == []


def test_a_signed_draft_agrees_and_a_revision_makes_it_drift(
    pledge, part, make_figures, japan, researcher, reviewer
):
    for made in drafted():
        sign(made, researcher, reviewer)
    assert list(find_verdict_differences(**NOW)) == []
    make_figures("narrow", (japan, 2025, "1.97"), released_on=date(2026, 6, 1))
    [drift] = find_verdict_differences(**NOW)
    told = drift.as_json()
    assert (told["party"], told["verdict"]["status"], told["finding"]["status"]) == (
        "japan",
        "met",
        "not_met",
    )
    assert (told["verdict"]["finding"]["actual"], told["finding"]["actual"]) == ("2.10", "1.97")
    # What was known before the revision still gives what was signed.
    assert list(find_verdict_differences(as_of=DAY, known_on=date(2026, 5, 31))) == []
    assert draft_assessment(drift, as_of=DAY).status == "not_met"
    assert draft_assessment(drift, as_of=DAY) is None


def test_a_later_verdict_is_not_judged_by_an_earlier_day(part, make_assessment):
    make_assessment(
        part["japan"],
        "not_met",
        as_of=date(2026, 10, 1),
        differs_because="By the wider definition.",
    )
    early = {"as_of": date(2026, 9, 30), "known_on": date(2026, 9, 30)}
    assert [one.undertaking.party.slug for one in find_verdict_differences(**early)] == ["france"]


FIGURE = Figure(Period(DAY, DAY), Decimal(1), 0, "actual", DAY)


def finding(status, reason, decided_by=FIGURE):
    return Finding(Status(status), Reason(reason), decided_by)


@pytest.mark.parametrize(
    "found, verdict, expected",
    [
        pytest.param(("met", "satisfied"), ("not_met", "judgement"), True, id="another answer"),
        pytest.param(("met", "satisfied"), ("met", "judgement"), False, id="the same answer"),
        pytest.param(("met", "satisfied"), None, True, id="no verdict yet"),
        pytest.param(("in_progress", "no_data"), None, False, id="nothing to say"),
        pytest.param(
            ("in_progress", "awaiting_data"),
            ("not_met", "judgement"),
            False,
            id="silent to a person",
        ),
        pytest.param(
            ("in_progress", "awaiting_data"),
            ("met", "rule"),
            True,
            id="the figure that met it is gone",
        ),
        pytest.param(
            ("in_progress", "under_way"), ("stalled", "judgement"), False, id="a person sees more"
        ),
        pytest.param(
            ("in_progress", "under_way"), ("met", "judgement"), True, id="a closed verdict opens"
        ),
        pytest.param(
            ("in_progress", "under_way", None),
            ("met", "judgement"),
            False,
            id="no event, and nothing to say",
        ),
        pytest.param(
            ("met", "satisfied"), ("superseded", "judgement"), False, id="set aside stays so"
        ),
    ],
)
def test_what_differs(found, verdict, expected):
    row = verdict and Assessment(status=verdict[0], method=verdict[1])
    assert differs(finding(*found), row) is expected


def test_a_provisional_or_borderline_finding_is_drafted_with_low_confidence_and_says_so(
    settle, make_pledge, make_figures, japan
):
    pledge = make_pledge("budgeted", state="draft")
    pledge.targets.create(
        label="Share", kind="stand", value=Decimal(2), due=date(2025, 12, 31), accepts=["actual", "budget"],
        indicator=make_figures("planned", (japan, 2025, "2.00", "budget")),
    )  # fmt: skip
    settle(pledge)
    [made] = drafted()
    assert (made.status, made.confidence) == ("met", "low")
    assert (
        made.caveat
        == "It rests on a budget figure, not on the outturn. The figure is so close to the target"
        " that rounding could change the verdict."
    )


def test_what_was_reached_after_the_day_is_drafted_as_done_later(
    settle, make_pledge, make_figures, japan
):
    pledge = make_pledge("late", state="draft")
    pledge.targets.create(
        label="Share", kind="stand", value=Decimal(2), due=date(2024, 12, 31),
        indicator=make_figures("share", (japan, 2024, "1.90"), (japan, 2025, "2.10")),
    )  # fmt: skip
    settle(pledge)
    [made] = drafted()
    assert (made.status, made.late) == ("not_met", True)
    assert (made.done_on, made.done_on_precision) == (date(2025, 12, 31), "year")
    assert made.answer == (
        "Japan did not meet it: 1.90% in 2024 (target: at least 2%). It was reached later, in 2025."
    )


def test_the_cost_of_a_pledge_does_not_grow_with_its_parties(
    settle, make_pledge, make_party, make_figures
):
    costs = []
    for name, size in [("few", 2), ("many", 30)]:
        parties = [make_party(f"{name}-{number}") for number in range(size)]
        pledge = make_pledge(name, parties=parties, state="draft")
        pledge.targets.create(
            kind="stand", value=Decimal(2), due=date(2025, 12, 31), label="Share",
            indicator=make_figures(name, *((party, 2025, "2.00") for party in parties)),
        )  # fmt: skip
        settle(pledge)
        with CaptureQueriesContext(connection) as captured:
            assert len(list(find_verdict_differences(**NOW, pledge=name))) == size
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 5


def printed(capsys, *arguments):
    call_command("assess_pledges", *arguments)
    return capsys.readouterr().out


def test_the_command_drafts_and_then_finds_nothing_new(pledge, capsys):
    assert "2 differ, 2 drafted." in printed(capsys, "--as-of", "2026-11-22")
    assert "2 differ, 0 drafted." in printed(capsys, "--as-of", "2026-11-22")


def test_drift_lists_old_and_new_side_by_side_and_drafts_nothing(part, make_assessment, capsys):
    make_assessment(part["japan"], "not_met", as_of=BEFORE_THE_FIGURES)
    text = printed(capsys, "--drift", "--as-of", "2026-11-22")
    assert "two-per-cent--japan\n  verdict  not_met as of 2026-01-10" in text
    assert (
        "  finding  The rule (“Narrow”) finds: met. The figure is what was promised. The figure that"
        " decides is 2.10% in 2025 (target: at least 2%)."
    ) in text
    assert "1 published verdicts drift." in text
    assert Assessment.objects.count() == 1


def test_the_json_is_what_the_documents_say(part, make_assessment, capsys):
    make_assessment(part["japan"], "not_met", "old", as_of=BEFORE_THE_FIGURES)
    body = json.loads(
        printed(capsys, "--json", "--as-of", "2026-11-22", "--known-on", "2026-11-01")
    )
    assert {name: body[name] for name in ("as_of", "known_on", "rules_version")} == {
        "as_of": "2026-11-22", "known_on": "2026-11-01", "rules_version": "2",
    }  # fmt: skip
    france, japan = body["differences"]
    assert set(japan) == {"pledge", "party", "verdict", "finding", "flips", "draft"}
    assert japan["verdict"] == {
        "assessment": "old", "status": "not_met", "as_of": "2026-01-10", "method": "judgement", "finding": None,
        "differs_because": "",
    }  # fmt: skip
    assert (japan["flips"], france["verdict"]) == (["Wide"], None)
    assert Assessment.objects.get(slug=japan["draft"]).status == "met"


def test_a_verdict_signed_otherwise_with_a_reason_drifts_and_is_drafted_only_once_the_rule_turns(
    part, make_assessment, make_figures, japan, capsys
):
    make_assessment(
        part["japan"],
        "partly_met",
        as_of=date(2026, 2, 1),
        differs_because="By the wider definition.",
    )
    assert "2 differ, 1 drafted." in printed(capsys, "--as-of", "2026-11-22")
    body = json.loads(printed(capsys, "--drift", "--json", "--as-of", "2026-11-22"))
    assert body["differences"] == []
    [verdict] = [row["verdict"] for row in body["explained"]]
    assert (verdict["differs_because"], verdict["finding"]["status"]) == (
        "By the wider definition.",
        "met",
    )
    make_figures("narrow", (japan, 2025, "1.97"), released_on=date(2026, 6, 1))
    assert "2 differ, 1 drafted." in printed(capsys, "--as-of", "2026-11-22")


def test_pledges_that_are_read_together_are_each_judged_by_their_own_target(
    pledge, settle, make_pledge, make_figures, japan
):
    dearer = make_pledge("a-three-per-cent", state="draft")
    indicator = make_figures("narrow", released_on=date(2026, 2, 1))
    dearer.targets.create(
        label="Three", kind="stand", indicator=indicator, value=3, due=date(2025, 12, 31)
    )
    settle(dearer)
    found = {
        one.undertaking.slug: (one.evaluated.primary.label, one.finding.status)
        for one in find_verdict_differences(**NOW)
    }
    assert list(found.items()) == [
        ("a-three-per-cent--japan", ("Three", "not_met")),
        ("two-per-cent--france", ("Narrow", "not_met")),
        ("two-per-cent--japan", ("Narrow", "met")),
    ]
    assert [
        one.undertaking.slug
        for one in find_verdict_differences(**NOW, parts=[dearer.undertakings.get().pk])
    ] == ["a-three-per-cent--japan"]


def test_a_day_that_is_none_is_said_in_a_sentence():
    with pytest.raises(CommandError, match="1 April is not a day"):
        call_command("assess_pledges", "--as-of", "1 April")


def test_what_was_partly_met_and_reached_later_is_drafted_without_late(
    settle, make_pledge, make_figures, japan
):
    pledge = make_pledge("partly", state="draft")
    pledge.targets.create(
        label="Share", kind="stand", value=Decimal(2), upper_value=Decimal(3), met_at="upper", due=date(2024, 12, 31),
        indicator=make_figures("share", (japan, 2024, "2.50"), (japan, 2025, "3.00")),
    )  # fmt: skip
    settle(pledge)
    [made] = drafted()
    assert (made.status, made.late) == ("partly_met", False)
