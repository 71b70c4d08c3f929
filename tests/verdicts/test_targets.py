"""Targets and figures as the rules see them: what is compared with what, and which figure of
several counts.
"""

from datetime import date
from decimal import Decimal

import pytest

from commitments.verdicts.measuring import is_ahead
from commitments.verdicts.targets import (
    EXACT,
    Comparator,
    Figure,
    Kind,
    Period,
    RuleTarget,
    choose_figures,
)

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
EVERY_KIND = frozenset({"actual", "estimate", "budget", "projection"})


def figure(value, *, kind="actual", released="2025-06-01", release="", period=YEAR, decimals=2):
    return Figure(period, Decimal(value), decimals, kind, date.fromisoformat(released), release)


@pytest.mark.parametrize(
    "day, held",
    [("2023-12-31", False), ("2024-01-01", True), ("2024-12-31", True), ("2025-01-01", False)],
)
def test_a_period_holds_its_first_and_its_last_day(day, held):
    assert YEAR.holds(date.fromisoformat(day)) is held


@pytest.mark.parametrize(
    "value, decimals, low, high",
    [
        pytest.param("2.00", 2, "1.995", "2.005", id="two decimals"),
        pytest.param("2.0", 1, "1.95", "2.05", id="one decimal"),
        pytest.param("830", 0, "829.5", "830.5", id="none"),
        pytest.param("-2.00", 2, "-2.005", "-1.995", id="below zero"),
        pytest.param("0.00", 2, "-0.005", "0.005", id="zero"),
    ],
)
def test_the_interval_behind_a_printed_figure(value, decimals, low, high):
    row = figure(value, decimals=decimals)
    hair = Decimal("1e-20")
    assert abs(row.low - Decimal(low)) < hair and abs(row.high - Decimal(high)) < hair


@pytest.mark.parametrize("value", ["2.00", "-2.00", "0.00", "0.01", "-0.01"])
def test_both_ends_of_the_interval_are_printed_as_the_figure_and_a_hair_beyond_is_not(value):
    """Half away from zero: 1.995 is printed as 2.00, 2.005 as 2.01, and so below zero; 0.005 is no
    zero.
    """
    two_places, row = RuleTarget(Kind.STAND, decimals=2), figure(value)
    hair = Decimal("1e-31")
    assert [two_places.rounded(end) for end in (row.low, row.high)] == [row.value] * 2
    assert two_places.rounded(EXACT.subtract(row.low, hair)) < row.value
    assert two_places.rounded(EXACT.add(row.high, hair)) > row.value


@pytest.mark.parametrize(
    "value, low, high",
    [
        pytest.param("0.01", "0.005", None, id="just above zero"),
        pytest.param("2.00", "1.995", None, id="above zero"),
        pytest.param("-0.01", None, "-0.005", id="just below zero"),
        pytest.param("-2.00", None, "-1.995", id="below zero"),
        pytest.param("0.00", None, None, id="zero"),
    ],
)
def test_only_the_end_towards_zero_is_within_the_interval_itself(value, low, high):
    row, half = figure(value), Decimal("0.005")
    ends = [(row.low, Decimal(value) - half), (row.high, Decimal(value) + half)]
    assert [end for end, printed in ends if end == printed] == [
        Decimal(end) for end in (low, high) if end
    ]


@pytest.mark.parametrize(
    "value, decimals, expected",
    [
        ("0.6985", 2, "0.70"),
        ("0.695", 2, "0.70"),
        ("0.685", 2, "0.69"),
        ("-0.695", 2, "-0.70"),
        ("0.6949", 2, "0.69"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("0.6985", None, "0.6985"),
    ],
)
def test_rounding_is_half_away_from_zero(value, decimals, expected):
    found = RuleTarget(Kind.STAND, decimals=decimals).rounded(Decimal(value))
    assert (found, found.as_tuple().exponent) == (
        Decimal(expected),
        Decimal(expected).as_tuple().exponent,
    )


@pytest.mark.parametrize(
    "comparator, below, at, above",
    [
        (Comparator.AT_LEAST, False, True, True),
        (Comparator.AT_MOST, True, True, False),
        (Comparator.EQUAL, False, True, False),
        (Comparator.BELOW_BASELINE, True, False, False),
    ],
)
@pytest.mark.parametrize(
    "decimals, printed", [(None, ("1.99", "2.00", "2.01")), (1, ("1.949", "1.95", "2.05"))]
)
def test_what_satisfies(comparator, below, at, above, decimals, printed):
    target = RuleTarget(Kind.STAND, None, Decimal(2), comparator, Decimal(2), decimals=decimals)
    assert [target.satisfied(Decimal(value)) for value in printed] == [below, at, above]


def test_without_a_value_nothing_satisfies():
    assert not RuleTarget(Kind.STAND).satisfied(Decimal(0))
    assert not RuleTarget(Kind.STAND).partly_satisfied(Decimal(0))
    between = RuleTarget(Kind.STAND, None, Decimal(2), Comparator.BETWEEN)
    assert not between.satisfied(Decimal(2))
    assert not RuleTarget(
        Kind.STAND, comparator=Comparator.BELOW_BASELINE, value=Decimal(9)
    ).satisfied(Decimal(0))


@pytest.mark.parametrize(
    "value, baseline, ahead_below, ahead_above",
    [
        pytest.param(2, 1, False, True, id="rising to 2"),
        pytest.param(1, 2, True, False, id="falling to 1"),
        pytest.param(2, 2, False, True, id="staying at 2"),
        pytest.param(2, None, False, True, id="no baseline"),
    ],
)
def test_ahead_of_a_target_to_be_hit_exactly_depends_on_where_it_starts(
    value, baseline, ahead_below, ahead_above
):
    target = RuleTarget(
        Kind.STAND, None, Decimal(value), Comparator.EQUAL, baseline and Decimal(baseline)
    )
    line = Decimal("1.5")
    assert is_ahead(target, line, line)
    assert (is_ahead(target, Decimal("1.4"), line), is_ahead(target, Decimal("1.6"), line)) == (
        ahead_below,
        ahead_above,
    )


@pytest.mark.parametrize(
    "value, ahead_below, ahead_above",
    [pytest.param(5, False, True, id="up by 5"), pytest.param(-5, True, False, id="down by 5")],
)
@pytest.mark.parametrize("per_cent", [True, False])
def test_whether_a_change_to_be_hit_exactly_rises_is_a_matter_of_its_level(
    value, ahead_below, ahead_above, per_cent
):
    """From 200, by 5 or 5 per cent: the change is smaller than where it starts, and may rise all
    the same.
    """
    target = RuleTarget(
        Kind.CHANGE, None, Decimal(value), Comparator.EQUAL, Decimal(200), per_cent=per_cent
    )
    found = [is_ahead(target, Decimal(reading), Decimal(202)) for reading in (201, 202, 203)]
    assert found == [ahead_below, True, ahead_above]


@pytest.mark.parametrize(
    "decimals, figure, expected",
    [
        # Half the way to 46 per cent less than 1.4 is 23 per cent less: 1.078.
        (0, "1.078", True),
        (0, "1.084", True),  # 22.57 per cent less, rounded 23
        (0, "1.086", False),  # 22.43 per cent less, rounded 22
        (1, "1.078", True),
        (1, "1.079", False),  # 22.93 per cent less, rounded 22.9
        (None, "1.078", True),
        (None, "1.0781", False),
    ],
)
def test_on_the_way_a_percentage_is_rounded_and_not_the_figure_behind_it(
    decimals, figure, expected
):
    target = RuleTarget(
        Kind.CHANGE, None, Decimal(-46), Comparator.AT_MOST, Decimal("1.4"), per_cent=True, decimals=decimals
    )  # fmt: skip
    assert is_ahead(target, Decimal(figure), Decimal("1.078")) is expected


@pytest.mark.parametrize(
    "window_start, binds_from, opens",
    [
        (None, None, None),
        ("2020-01-01", None, "2020-01-01"),
        (None, "2023-04-04", "2023-04-04"),
        ("2020-01-01", "2023-04-04", "2023-04-04"),
        ("2024-01-01", "2023-04-04", "2024-01-01"),
    ],
)
def test_a_party_is_judged_from_the_later_of_window_and_joining(window_start, binds_from, opens):
    def day(text):
        return text and date.fromisoformat(text)

    assert RuleTarget(
        Kind.HOLD, window_start=day(window_start), binds_from=day(binds_from)
    ).opens == day(opens)


@pytest.mark.parametrize(
    "first, second",
    [
        pytest.param({"released": "2025-06-01"}, {"released": "2025-06-02"}, id="the newer release"),
        pytest.param({"kind": "estimate"}, {"kind": "actual"}, id="actual before estimate"),
        pytest.param({"kind": "budget"}, {"kind": "estimate"}, id="estimate before budget"),
        pytest.param({"kind": "projection"}, {"kind": "budget"}, id="budget before projection"),
        pytest.param({"released": "2025-06-01", "kind": "actual"}, {"released": "2025-06-02", "kind": "projection"},
                     id="the newer release before the surer kind"),
        pytest.param({"kind": "guess"}, {"kind": "projection"}, id="an unknown kind comes last"),
        pytest.param({"release": "a"}, {"release": "b"}, id="the later name of two releases of one day"),
        pytest.param({"value": "1"}, {"value": "2"}, id="the larger value where nothing else differs"),
    ],
)  # fmt: skip
def test_of_two_figures_for_one_period_this_one_counts(first, second):
    lesser, better = figure(**{"value": "2", **first}), figure(**{"value": "1", **second})
    kinds = EVERY_KIND | {"guess"}
    assert choose_figures([lesser, better], kinds, date(2030, 1, 1)) == [better]
    assert choose_figures([better, lesser], kinds, date(2030, 1, 1)) == [better]


def test_a_figure_counts_from_the_day_it_is_released_and_if_its_kind_is_accepted():
    row = figure("2.00", kind="estimate")
    assert choose_figures([row], frozenset({"estimate"}), date(2025, 5, 31)) == []
    assert choose_figures([row], frozenset({"estimate"}), date(2025, 6, 1)) == [row]
    assert choose_figures([row], frozenset({"actual"}), date(2025, 6, 1)) == []


def test_figures_come_by_the_end_of_their_period_and_then_by_its_start():
    short = figure("1", period=Period(date(2024, 7, 1), date(2024, 12, 31)))
    early = figure("3", period=Period(date(2023, 12, 1), date(2024, 11, 30)))
    whole = figure("2")
    assert choose_figures([short, whole, early], EVERY_KIND, date(2030, 1, 1)) == [
        early,
        whole,
        short,
    ]


def test_periods_that_begin_on_the_same_day_are_two_periods():
    half = figure("1", period=Period(date(2024, 1, 1), date(2024, 6, 30)))
    whole = figure("2")
    assert choose_figures([whole, half], EVERY_KIND, date(2030, 1, 1)) == [half, whole]


def test_a_target_asks_for_actual_figures_and_at_least_unless_it_says_otherwise():
    target = RuleTarget(Kind.STAND)
    assert (target.accepts, target.comparator, target.per_cent) == (
        frozenset({"actual"}),
        "at_least",
        False,
    )
