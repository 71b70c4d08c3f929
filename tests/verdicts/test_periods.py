"""A target judged for any year that the figures hold."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from commitments.verdicts.periods import judge_period, list_periods, move_deadline
from commitments.verdicts.targets import Comparator, Figure, Kind, Period, RuleTarget

NOW = {"as_of": date(2026, 11, 25), "known_on": date(2026, 11, 25)}


def period(number):
    return Period(date(number, 1, 1), date(number, 12, 31))


def year(number, value, kind="actual"):
    return Figure(period(number), Decimal(value), 2, kind, date(number + 1, 6, 1))


SERIES = [
    year(2025, "2.10"),
    year(2023, "1.90"),
    year(2024, "2.00"),
    year(2026, "2.20", "estimate"),
]
STAND = RuleTarget(Kind.STAND, date(2024, 12, 31), Decimal(2), window_start=date(2023, 1, 1))


@pytest.mark.parametrize(
    "kind, answers",
    [
        # 2023: 1.90, 2024: 2.00, 2025: 2.10.
        (Kind.STAND, ["not_met", "met", "met"]),
        (Kind.REACH, ["not_met", "met", "met"]),
        (Kind.HOLD, ["not_met", "not_met", "not_met"]),
        (Kind.TOTAL, ["not_met", "met", "met"]),
    ],
)
def test_each_year_is_judged_as_if_it_were_the_one_of_the_deadline(kind, answers):
    target = replace(STAND, kind=kind)
    found = [judge_period(target, SERIES, period(number), **NOW) for number in (2023, 2024, 2025)]
    assert [one.status for one in found] == answers


def test_the_deadlines_own_year_is_judged_as_ever_and_a_year_to_come_as_before_its_deadline():
    assert judge_period(STAND, SERIES, period(2023), **NOW).met_late_in == period(2024)
    assert judge_period(STAND, SERIES, period(2026), **NOW).status == "in_progress"
    unknown = judge_period(STAND, SERIES, period(2022), **NOW)
    assert (unknown.status, unknown.reason) == ("in_progress", "awaiting_data")


def test_the_window_the_baseline_and_what_is_required_stay():
    target = RuleTarget(
        Kind.CHANGE, date(2030, 12, 31), Decimal(45), Comparator.FALLS_BY_AT_LEAST, Decimal(10), date(2020, 12, 31),
        per_cent=True,
    )  # fmt: skip
    assert move_deadline(target, period(2024)) == replace(target, due=date(2024, 12, 31))
    found = judge_period(target, [year(2024, "9.50")], period(2024), **NOW)
    assert (found.status, found.required, found.actual) == ("not_met", -45, Decimal("-5.0"))


def test_the_periods_that_can_be_asked_for_are_those_with_a_figure_that_counts():
    assert list_periods(STAND, SERIES, known_on=NOW["known_on"]) == [
        period(2023),
        period(2024),
        period(2025),
    ]
    assert list_periods(STAND, SERIES, known_on=date(2025, 5, 31)) == [period(2023)]
    any_kind = replace(STAND, accepts=frozenset({"actual", "estimate"}))
    assert list_periods(any_kind, SERIES, known_on=date(2027, 6, 1))[-1] == period(2026)
