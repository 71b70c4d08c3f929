"""The definitions of the rules: every worked example is run, every number it prints worked out
again.
"""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from commitments.verdicts.comparing import compare
from commitments.verdicts.definitions.documents import DEFINITIONS, renew_sections
from commitments.verdicts.definitions.forms import Example, PaceExample, RollupExample
from commitments.verdicts.definitions.sentences import write_example, write_finding
from commitments.verdicts.findings import Reason
from commitments.verdicts.pacing import measure_pace
from commitments.verdicts.rollup import rollup
from commitments.verdicts.rules import evaluate
from commitments.verdicts.statuses import MEANINGS, Status
from commitments.verdicts.targets import Kind
from tests.fixtures.cases import in_one_test

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "methodology.md"
EXAMPLES = [
    pytest.param(example, id=f"{rule.code} {number}")
    for rule in DEFINITIONS
    for number, example in enumerate(rule.examples, start=1)
]
# “gap 2.03 − 2 = 0.03”: a sum in signs, and what it comes to.
STEP = re.compile(r"([-(−0-9][-()−+×/.0-9 ]*) = (−?[0-9.]*[0-9])")


def run(example):
    """Return what the rules find for an example, and what it says they find."""
    if isinstance(example, RollupExample):
        return rollup(example.statuses, exempt=example.exempt), example.rollup
    known_on = example.known_on or example.as_of
    if isinstance(example, PaceExample):
        return (
            measure_pace(example.target, [*example.series], as_of=example.as_of, known_on=known_on),
            example.pace,
        )
    return (
        evaluate(example.target, [*example.series], as_of=example.as_of, known_on=known_on),
        example.finding,
    )


def steps(example):
    """Return each step of the arithmetic: what it is called, what is worked out exactly, and what
    is printed.
    """
    for step in write_finding(example).split("; "):
        if " = " in step:
            [(signs, printed)] = STEP.findall(step)
            numbers = re.sub(r"[0-9]+(?:\.[0-9]+)?", r"Fraction('\g<0>')", signs)
            worked_out = eval(numbers.replace("−", "-").replace("×", "*"))
            yield step.split(" ")[0], worked_out, printed.replace("−", "-")


@in_one_test("example", EXAMPLES)
def test_the_rules_find_what_every_example_says(example):
    finds, says = run(example)
    assert finds == says
    if isinstance(example, Example):
        # To the last decimal.
        assert finds.as_json() == says.as_json()


@in_one_test("example", EXAMPLES)
def test_every_step_of_the_arithmetic_comes_to_what_is_printed(example):
    told = list(steps(example))
    for name, exact, printed in told:
        places = len(printed.partition(".")[2])
        assert Fraction(printed) == round(exact, places), name
    if (
        isinstance(example, Example)
        and example.finding.required is not None
        and example.finding.actual is not None
    ):
        assert {"gap", "share"} <= {name for name, *_ in told}


@in_one_test("example", EXAMPLES)
def test_every_number_printed_is_of_the_target_the_figures_or_the_finding(example):
    assert not re.search("[0-9]", example.story)
    text = "\n".join(write_example(example))
    if isinstance(example, Example):
        finding, target = example.finding, example.target
        assert MEANINGS[finding.status].word.lower() in text and f"`{finding.reason}`" in text
        for number in (
            target.value,
            target.upper_value,
            target.partly_value,
            target.baseline,
            target.partly_met_share,
            finding.gap,
            finding.share,
        ):
            assert number is None or f"{number:f}".replace("-", "−") in text
        for day in (
            target.due,
            target.window_start,
            target.baseline_day,
            target.binds_from,
            example.as_of,
        ):
            assert day is None or str(day) in text
        for row in example.series:
            assert f"| {row.value:f} | {row.kind} | {row.released_on} |" in text
        assert ("provisional" in text, text.count("borderline.")) >= (
            finding.provisional,
            finding.borderline,
        )


def test_a_wrong_number_would_be_noticed_by_both_checks():
    example, *_others = next(rule.examples for rule in DEFINITIONS if rule.code == "stand")
    wrong = replace(example, finding=example.finding._replace(gap=Decimal("0.04")))
    finds, says = run(wrong)
    assert finds != says
    assert [name for name, exact, printed in steps(wrong) if exact != Fraction(printed)] == ["gap"]


def test_every_kind_of_target_has_a_definition_and_a_name_only_one():
    codes = [rule.code for rule in DEFINITIONS]
    assert len(codes) == len(set(codes))
    assert set(Kind) <= set(codes)
    assert all(
        rule.formula and rule.boundary and rule.source and rule.examples for rule in DEFINITIONS
    )


def test_the_examples_of_a_flip_flip():
    narrow, wide = next(rule.examples for rule in DEFINITIONS if rule.code == "flips")
    definitions = [
        ("narrow", narrow.target, [*narrow.series]),
        ("wide", wide.target, [*wide.series]),
    ]
    judged = compare(definitions, as_of=narrow.as_of, known_on=narrow.as_of)
    assert [one.flips for one in judged] == [False, True]


def test_the_examples_show_every_way_a_rule_closes():
    findings = [
        example.finding
        for rule in DEFINITIONS
        for example in rule.examples
        if isinstance(example, Example)
    ]
    assert {finding.status for finding in findings} >= {
        *(
            Status.MET,
            Status.PARTLY_MET,
            Status.NOT_MET,
            Status.ON_TRACK,
            Status.OFF_TRACK,
            Status.IN_PROGRESS,
        ),
    }
    assert {finding.reason for finding in findings} >= {
        *(
            Reason.SATISFIED,
            Reason.FELL_SHORT,
            Reason.PARTLY,
            Reason.FAILED_PERIOD,
            Reason.AHEAD,
            Reason.BEHIND,
        ),
        Reason.AWAITING_DATA,
    }
    assert any(finding.borderline for finding in findings) and any(
        finding.provisional for finding in findings
    )
    assert any(finding.missing for finding in findings) and any(
        finding.met_late_in for finding in findings
    )


def test_the_document_has_the_rules_as_the_program_defines_them():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert (
        "<!-- written from the program: rules -->" in text
        and "<!-- written from the program: statuses -->" in text
    )
    assert text == renew_sections(text), (
        "Run `.venv/bin/python manage.py write_methodology` and look at what changed."
    )


def test_a_day_in_an_example_is_one_a_reader_can_count_from():
    """The spans that the examples of the path and the pace call half of the days and four years."""
    assert (date(2026, 12, 31) - date(2024, 12, 31)).days == 2 * 365
    assert (date(2025, 12, 31) - date(2024, 12, 31)).days == 365
    assert (
        (date(2024, 12, 31) - date(2020, 12, 31)).days
        == (date(2028, 12, 31) - date(2024, 12, 31)).days
        == 1461
    )
