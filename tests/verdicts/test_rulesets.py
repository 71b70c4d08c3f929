"""What was found by an earlier version of the rules is found again by it, to the last digit."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from commitments.verdicts.findings import Finding, Reason
from commitments.verdicts.repeating import record_inputs, repeat
from commitments.verdicts.rules import evaluate
from commitments.verdicts.rulesets import CURRENT, RULESETS, VERSION_1
from commitments.verdicts.targets import Comparator, Figure, Kind, Period, RuleTarget
from commitments.verdicts.version import RULES_VERSION
from tests.fixtures.cases import in_one_test

# Made by the program when version 1 was its own: what it stored with signed assessments then.
KEPT = json.loads(Path(__file__).with_name("version_1.json").read_text(encoding="utf-8"))
NOW = {"as_of": date(2026, 11, 25), "known_on": date(2026, 11, 25)}
END = date(2024, 12, 31)


@in_one_test("kept", [pytest.param(case, id=case["case"]) for case in KEPT])
def test_a_finding_of_version_1_repeats_exactly(kept):
    found = repeat(kept["inputs"])
    assert found.as_json() == kept["finding"]
    assert Finding.from_json(kept["finding"]) == found


def test_the_kept_findings_are_many_kinds_of_answers_and_none_says_its_version():
    findings = [case["finding"] for case in KEPT]
    assert not any("rules_version" in case["inputs"] for case in KEPT)
    assert {finding["rules_version"] for finding in findings} == {"1"}
    assert {case["inputs"]["target"]["kind"] for case in KEPT} == set(Kind)
    never_then = {Reason.NO_FIGURE_SINCE_BASELINE}
    open_then = {Reason.UNDER_WAY, Reason.HOLDING}
    assert {finding["reason"] for finding in findings} == set(Reason) - never_then - open_then
    assert any(len(finding["path"] or "") > 50 for finding in findings)
    assert any(finding["share"] == "-0.000" for finding in findings)


def test_new_inputs_say_by_which_version_they_were_judged():
    row = Figure(Period(date(2024, 1, 1), END), Decimal(2), 0, "actual", END)
    target = RuleTarget(Kind.STAND, END, Decimal(2))
    body = record_inputs(target, [row], **NOW)
    assert body["rules_version"] == RULES_VERSION == CURRENT.version
    assert repeat(body).rules_version == RULES_VERSION
    with pytest.raises(KeyError):
        repeat({**body, "rules_version": "3"})


def test_every_version_has_a_name_of_its_own_and_the_newest_is_current():
    assert {name: rules.version for name, rules in RULESETS.items()} == {"1": "1", "2": "2"}
    assert RULESETS[RULES_VERSION] is CURRENT
    differences = [name for name in CURRENT._fields if name != "version"]
    assert all(getattr(CURRENT, name) != getattr(VERSION_1, name) for name in differences)


WAY = {"baseline": Decimal(1), "baseline_day": date(2020, 12, 31)}
STAND = RuleTarget(Kind.STAND, END, Decimal(2))


def year(number, value):
    period = Period(date(number, 1, 1), date(number, 12, 31))
    return Figure(period, Decimal(value), 2, "actual", date(number + 1, 6, 1))


@pytest.mark.parametrize(
    "target, rows, as_of, before, after",
    [
        pytest.param(
            replace(STAND, **WAY), [year(2021, "1.25")], "2024-06-30", "off_track behind", "on_track ahead",
            id="a figure against the path at its own period",
        ),
        pytest.param(
            replace(STAND, **WAY), [year(2020, "1.00")], "2024-06-30", "off_track behind",
            "in_progress no_figure_since_baseline", id="the baseline's own figure",
        ),
        pytest.param(
            replace(STAND, **WAY), [year(2023, "2.10")], "2025-01-01", "on_track awaiting_data",
            "in_progress awaiting_data", id="after the deadline",
        ),
        pytest.param(
            replace(STAND, comparator=Comparator.AT_MOST, partly_met_share=Decimal("0.5")), [year(2024, "9.00")],
            "2025-07-01", "partly_met partly", "not_met fell_short", id="four times the limit",
        ),
        pytest.param(
            replace(STAND, baseline=Decimal(3), baseline_day=WAY["baseline_day"]), [year(2022, "2.20")], "2023-07-01",
            "off_track behind", "on_track ahead", id="less than at the start, and still enough",
        ),
    ],
)  # fmt: skip
def test_what_version_2_finds_otherwise(target, rows, as_of, before, after):
    day = date.fromisoformat(as_of)
    found = [
        evaluate(target, rows, as_of=day, known_on=date(2030, 1, 1), rules=rules)
        for rules in (VERSION_1, CURRENT)
    ]
    assert [f"{one.status} {one.reason}" for one in found] == [before, after]
