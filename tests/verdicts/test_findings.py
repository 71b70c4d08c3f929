"""What a finding says of itself: its numbers, and that it comes back from JSON as it went."""

import json
from dataclasses import FrozenInstanceError, fields, replace
from datetime import date
from decimal import Decimal

import pytest

from commitments.verdicts.comparing import Comparison, compare
from commitments.verdicts.dates import ImpreciseDate
from commitments.verdicts.findings import Finding, Reason
from commitments.verdicts.pacing import Pace
from commitments.verdicts.repeating import record_inputs, repeat
from commitments.verdicts.rollup import Rollup
from commitments.verdicts.rules import evaluate
from commitments.verdicts.statuses import Meaning, Status
from commitments.verdicts.targets import Comparator, Figure, Kind, Period, RuleTarget
from commitments.verdicts.version import RULES_VERSION

NOW = {"as_of": date(2026, 11, 25), "known_on": date(2026, 11, 25)}
YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
ROW = Figure(
    YEAR, Decimal("1.90"), 2, "budget", date(2025, 6, 1), "table-3", "https://example.org/3"
)
WHOLE = Finding(
    status=Status.PARTLY_MET, reason=Reason.PARTLY, decided_by=ROW, required=Decimal("2.00"), actual=Decimal("1.90"),
    gap=Decimal("-0.10"), share=Decimal("0.950"), path=Decimal("1.80"), met_late_in=YEAR, missing=(YEAR,),
    provisional=True, borderline=True,
)  # fmt: skip


def test_every_field_of_a_finding_is_in_its_json_and_comes_back():
    body = json.loads(json.dumps(WHOLE.as_json()))
    assert body == {
        "status": "partly_met", "reason": "partly", "required": "2.00", "actual": "1.90", "gap": "-0.10",
        "share": "0.950", "path": "1.80", "provisional": True, "borderline": True, "rules_version": RULES_VERSION,
        "met_late_in": {"start": "2024-01-01", "end": "2024-12-31"},
        "missing": [{"start": "2024-01-01", "end": "2024-12-31"}],
        "decided_by": {
            "period": {"start": "2024-01-01", "end": "2024-12-31"}, "value": "1.90", "decimals": 2, "kind": "budget",
            "released_on": "2025-06-01", "release": "table-3", "url": "https://example.org/3",
        },
    }  # fmt: skip
    back = Finding.from_json(body)
    assert back == WHOLE
    assert list(map(type, back)) == list(map(type, WHOLE))


def test_an_empty_finding_comes_back_and_claims_nothing():
    finding = evaluate(RuleTarget(Kind.STAND, YEAR.end), [ROW], **NOW)
    assert finding == Finding(Status.IN_PROGRESS, Reason.UNCOMPARABLE)
    assert (finding.provisional, finding.borderline, finding.missing) == (False, False, ())
    assert Finding.from_json(json.loads(json.dumps(finding.as_json()))) == finding


@pytest.mark.parametrize(
    "broken", [{"status": "kept"}, {"reason": "because"}, {"met_late_in": {"start": "2024"}}]
)
def test_what_is_no_finding_is_refused(broken):
    with pytest.raises((KeyError, ValueError)):
        Finding.from_json({**WHOLE.as_json(), **broken})


FULL = RuleTarget(
    Kind.REACH, date(2026, 12, 31), Decimal("2.00"), Comparator.AT_LEAST, Decimal("1.00"), date(2020, 12, 31),
    date(2021, 1, 1), 2, Decimal("0.8"), frozenset({"actual", "budget"}), True, date(2021, 6, 1),
    ((date(2023, 12, 31), Decimal("1.50")),), Decimal("3.00"), Decimal("1.20"),
)  # fmt: skip


def test_the_stored_inputs_hold_the_days_the_target_and_the_figures_that_counted():
    projection = replace(ROW, kind="projection")
    later = replace(ROW, released_on=date(2026, 11, 26))
    body = json.loads(json.dumps(record_inputs(FULL, [projection, later, ROW], **NOW)))
    assert body == {
        "rules_version": "2",
        "as_of": "2026-11-25",
        "known_on": "2026-11-25",
        "target": {
            "kind": "reach", "due": "2026-12-31", "value": "2.00", "comparator": "at_least", "baseline": "1.00",
            "baseline_day": "2020-12-31", "window_start": "2021-01-01", "decimals": 2, "partly_met_share": "0.8",
            "accepts": ["actual", "budget"], "per_cent": True, "binds_from": "2021-06-01",
            "steps": [["2023-12-31", "1.50"]], "upper_value": "3.00", "partly_value": "1.20",
        },
        "series": [WHOLE.as_json()["decided_by"]],
    }  # fmt: skip
    assert repeat(body) == evaluate(FULL, [ROW], **NOW)
    assert repeat(body).decided_by == ROW


def test_the_deciding_figure_the_gap_and_the_share_are_those_at_the_targets_decimals():
    target = RuleTarget(Kind.STAND, YEAR.end, Decimal(2), baseline=Decimal(1), decimals=1)
    finding = evaluate(target, [replace(ROW, value=Decimal("1.86"), kind="actual")], **NOW)
    assert (finding.actual, finding.gap, finding.share) == (
        Decimal("1.86"),
        Decimal("-0.1"),
        Decimal("0.900"),
    )
    assert str(finding.share) == "0.900"


def test_comparing_tells_each_definition_apart_with_what_it_judged():
    met, missed = (
        RuleTarget(Kind.STAND, YEAR.end, Decimal("1.9")),
        RuleTarget(Kind.STAND, YEAR.end, Decimal(2)),
    )
    row = replace(ROW, kind="actual")
    found = compare(
        [("Two", missed, [row]), ("Nearly two", met, [row]), ("Two again", missed, [])], **NOW
    )
    assert [(one.label, str(one.finding.status), one.flips) for one in found] == [
        ("Two", "not_met", False), ("Nearly two", "met", True), ("Two again", "in_progress", True),
    ]  # fmt: skip
    assert [(one.target, one.series) for one in found] == [
        (missed, [row]),
        (met, [row]),
        (missed, []),
    ]


FULL_ROW = replace(ROW, value=Decimal(2), kind="actual")
LOW_ROW = replace(ROW, value=Decimal(1), kind="actual")


@pytest.mark.parametrize(
    "primary, other, flips, on_figures",
    [
        pytest.param([FULL_ROW], [LOW_ROW], True, True, id="a figure against a figure"),
        pytest.param([FULL_ROW], [FULL_ROW], False, False, id="the same figure"),
        pytest.param([FULL_ROW], [], True, False, id="the other waits for a figure"),
        pytest.param([], [FULL_ROW], True, False, id="the primary one waits for a figure"),
        pytest.param([], [], False, False, id="both wait"),
    ],
)
def test_a_flip_is_told_where_both_definitions_rest_on_a_figure(primary, other, flips, on_figures):
    target = RuleTarget(Kind.STAND, YEAR.end, Decimal(2))
    first, second = compare([("One", target, primary), ("Another", target, other)], **NOW)
    assert (second.flips, second.flips_on_figures) == (flips, on_figures)
    assert (first.flips, first.flips_on_figures) == (False, False)


@pytest.mark.parametrize(
    "kind",
    [Comparison, ImpreciseDate, Meaning, Figure, Pace, Period, Rollup, RuleTarget],
    ids=lambda k: k.__name__,
)
def test_nobody_changes_a_value_that_others_hold_too(kind):
    value = object.__new__(kind)
    with pytest.raises(FrozenInstanceError):
        setattr(value, fields(kind)[0].name, None)
