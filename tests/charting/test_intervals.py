from datetime import date
from decimal import Decimal

import pytest

from commitments.charting.intervals import rounding
from commitments.verdicts.rules import evaluate
from commitments.verdicts.targets import Figure, Kind, Period, RuleTarget

DAYS = {"as_of": date(2026, 1, 1), "known_on": date(2026, 1, 1)}


def judged(target, value, decimals):
    period = Period(date(2024, 1, 1), date(2024, 12, 31))
    row = Figure(period, Decimal(value), decimals, "actual", date(2025, 6, 1))
    return rounding(target, evaluate(target, [row], **DAYS))


def at(text):
    return float(text.removesuffix("%"))


@pytest.mark.parametrize(
    "value, decimals, low, high",
    [
        pytest.param("2", 0, "1.5", "2.5", id="printed without a decimal"),
        pytest.param("1.80", 2, "1.795", "1.805", id="printed with two"),
        pytest.param("-3", 0, "-3.5", "-2.5", id="negative"),
    ],
)
def test_the_bar_is_what_the_printed_figure_may_stand_for(value, decimals, low, high):
    drawn = judged(RuleTarget(Kind.STAND, date(2024, 12, 31), Decimal(2)), value, decimals)
    assert (drawn.low, drawn.high) == (Decimal(low), Decimal(high))
    assert at(drawn.x) <= at(drawn.value_x) <= at(drawn.x) + at(drawn.width)


def test_the_required_value_lies_in_the_bar_exactly_when_rounding_leaves_it_open():
    target = RuleTarget(Kind.STAND, date(2024, 12, 31), Decimal(2))
    inside, outside = judged(target, "2", 0), judged(target, "1.8", 1)
    assert at(inside.x) < at(inside.required_x) < at(inside.x) + at(inside.width)
    assert at(outside.x) + at(outside.width) < at(outside.required_x)


def test_a_change_is_drawn_as_a_change():
    target = RuleTarget(
        Kind.CHANGE, date(2024, 12, 31), Decimal(-30), comparator="at_most", baseline=Decimal(100)
    )
    drawn = judged(target, "80", 0)
    assert (drawn.low, drawn.high) == (Decimal("-20.5"), Decimal("-19.5"))


def test_a_sum_rests_on_no_single_figure():
    assert judged(RuleTarget(Kind.TOTAL, date(2024, 12, 31), Decimal(2)), "3", 0) is None


def test_without_a_figure_nothing_is_drawn():
    target = RuleTarget(Kind.STAND, date(2024, 12, 31), Decimal(2))
    assert rounding(target, evaluate(target, [], **DAYS)) is None
