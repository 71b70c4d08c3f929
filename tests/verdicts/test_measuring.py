"""What of a figure is compared, the line it is held against and the window it must lie in, by
hand.
"""

from datetime import date
from decimal import Decimal

import pytest

from commitments.verdicts.cases import Case
from commitments.verdicts.measuring import (
    can_change,
    compute_path,
    find_deadline_figure,
    find_gaps,
    find_goal,
    list_corners,
    measure,
    measure_share,
    select_in_window,
)
from commitments.verdicts.targets import Comparator, Figure, Kind, Period, RuleTarget


def day(text):
    return text and date.fromisoformat(text)


def number(text):
    return None if text is None else Decimal(text)


def figure(start, end, value="1", kind="actual"):
    return Figure(Period(day(start), day(end)), Decimal(value), 2, kind, date(2030, 1, 1))


def year(number, value="1", **fields):
    return figure(f"{number}-01-01", f"{number}-12-31", value, **fields)


def change(value, baseline, *, per_cent=False, comparator=Comparator.AT_LEAST, due="2024-12-31"):
    return RuleTarget(
        Kind.CHANGE,
        day(due),
        number(value),
        comparator,
        number(baseline),
        date(2020, 12, 31),
        per_cent=per_cent,
    )


CHANGES = [
    pytest.param("5", "10", False, "12", "2", "15", id="by five, from ten"),
    pytest.param("-5", "10", False, "12", "2", "5", id="down by five"),
    pytest.param("50", "10", True, "12", "20", "15", id="up by half"),
    pytest.param("-30", "200", True, "140", "-30", "140", id="down by 30 per cent"),
    # Per cent of the size of a baseline below zero: up is up.
    pytest.param("50", "-10", True, "-5", "50", "-5", id="up by half, from below zero"),
    pytest.param("5", "0", False, "5", "5", "5", id="from zero"),
]


@pytest.mark.parametrize("value, baseline, per_cent, actual, measured, reached", CHANGES)
def test_a_change_is_measured_from_its_baseline(
    value, baseline, per_cent, actual, measured, reached
):
    target = change(value, baseline, per_cent=per_cent)
    assert measure(target, Decimal(actual)) == Decimal(measured)
    assert find_goal(target) == Decimal(reached)
    # A change is the share of the whole way that it says.
    assert measure_share(target, Decimal(value)) == 1
    assert measure_share(target, Decimal(value) / 2) == Decimal("0.5")


def test_what_is_no_change_is_measured_as_it_is():
    assert measure(RuleTarget(Kind.STAND, baseline=Decimal(1), per_cent=True), Decimal(3)) == 3
    assert find_goal(RuleTarget(Kind.STAND, None, Decimal(2), baseline=Decimal(1))) == 2
    below = change("5", "10", comparator=Comparator.BELOW_BASELINE)
    assert (measure(below, Decimal(12)), find_goal(below)) == (12, 10)
    assert measure(RuleTarget(Kind.CHANGE, None, Decimal(5)), Decimal(12)) == 12


def test_a_change_without_a_baseline_or_a_value_leads_nowhere():
    assert find_goal(change("5", None)) is None
    assert find_goal(change(None, "10")) is None


@pytest.mark.parametrize(
    "baseline, per_cent, can",
    [
        (None, False, False),
        ("0", False, True),
        ("0", True, False),
        ("1", True, True),
        ("-1", True, True),
    ],
)
def test_a_change_in_per_cent_needs_a_baseline_that_is_not_zero(baseline, per_cent, can):
    assert can_change(change("5", baseline, per_cent=per_cent)) is can


@pytest.mark.parametrize(
    "kind, value, baseline, actual, expected",
    [
        pytest.param("stand", "2", "1", "1.5", "0.5", id="half way from the baseline"),
        pytest.param("stand", "2", None, "1.5", "0.75", id="from zero without one"),
        pytest.param("stand", "1", "2", "1.5", "0.5", id="a falling one"),
        pytest.param("stand", "2", "1", "0.5", "-0.5", id="the wrong way"),
        pytest.param("stand", "2", "2", "3", None, id="no way to go"),
        pytest.param("stand", "0", None, "3", None, id="no way from zero to zero"),
        pytest.param("total", "100", "40", "50", "0.5", id="a sum starts from nothing"),
        pytest.param("stand", None, "1", "1", None, id="no value"),
    ],
)
def test_the_share_of_the_way(kind, value, baseline, actual, expected):
    assert measure_share(
        RuleTarget(Kind(kind), None, number(value), baseline=number(baseline)), Decimal(actual)
    ) == number(expected)


def test_the_share_of_the_way_is_of_the_rounded_figure_and_there_is_none_below_the_baseline():
    assert measure_share(RuleTarget(Kind.STAND, None, Decimal(2), decimals=0), Decimal("1.5")) == 1
    below = RuleTarget(Kind.STAND, None, Decimal(2), Comparator.BELOW_BASELINE, Decimal(4))
    assert measure_share(below, Decimal(3)) is None


STEP, LATER = (date(2022, 12, 31), Decimal("1.2")), (date(2023, 12, 31), Decimal("1.6"))
WAY = {"baseline": Decimal(1), "baseline_day": date(2020, 12, 31)}
DUE = (date(2024, 12, 31), Decimal(2))


@pytest.mark.parametrize(
    "fields, expected",
    [
        pytest.param(WAY, [(date(2020, 12, 31), 1), DUE], id="from the baseline to the target"),
        pytest.param({**WAY, "steps": (LATER, STEP)}, [(date(2020, 12, 31), 1), STEP, LATER, DUE], id="through steps"),
        pytest.param({"steps": (STEP,)}, [STEP, DUE], id="from the first step without a baseline"),
        pytest.param({"steps": (DUE,)}, [], id="a step on the deadline is none"),
        pytest.param({}, [], id="no way"),
        pytest.param({"baseline": Decimal(1)}, [], id="a baseline without a day"),
        pytest.param({"baseline_day": date(2020, 12, 31)}, [], id="a day without a baseline"),
        pytest.param({**WAY, "baseline_day": STEP[0], "steps": (STEP,)}, [(STEP[0], 1), DUE],
                     id="a step on the baseline's day is none"),
        pytest.param({**WAY, "baseline_day": DUE[0]}, [], id="a baseline on the deadline"),
        pytest.param({**WAY, "due": None}, [], id="no deadline"),
        pytest.param({**WAY, "value": None}, [], id="no value"),
        pytest.param({"due": None, "value": None}, [], id="neither"),
    ],
)  # fmt: skip
def test_the_corners_of_the_way(fields, expected):
    assert (
        list_corners(RuleTarget(**{"kind": Kind.REACH, "due": DUE[0], "value": DUE[1], **fields}))
        == expected
    )


# 1 at the end of 2020, 1.2 at the end of 2022, 1.6 at the end of 2023, 2 at the end of 2024.
@pytest.mark.parametrize(
    "on, expected",
    [
        pytest.param("2020-01-01", "1", id="before it begins"),
        pytest.param("2020-12-31", "1", id="the first day"),
        pytest.param("2021-12-31", "1.1", id="half way to the first step"),
        pytest.param("2022-12-31", "1.2", id="the first step"),
        # 73 of the 365 days from 1.2 to 1.6.
        pytest.param("2023-03-14", "1.28", id="a fifth of the way to the second"),
        pytest.param("2023-12-31", "1.6", id="the second step"),
        # 183 of the 366 days from 1.6 to 2.
        pytest.param("2024-07-01", "1.8", id="half way to the target"),
        pytest.param("2024-12-31", "2", id="the deadline"),
        pytest.param("2026-01-01", "2", id="after it"),
    ],
)
def test_the_line_from_corner_to_corner(on, expected):
    assert compute_path(
        RuleTarget(Kind.REACH, *DUE, **WAY, steps=(STEP, LATER)), day(on)
    ) == Decimal(expected)


def test_without_a_baseline_the_line_begins_on_the_day_of_the_first_step():
    target = RuleTarget(Kind.REACH, *DUE, steps=(STEP,))
    assert compute_path(target, date(2022, 12, 30)) is None
    assert compute_path(target, date(2022, 12, 31)) == Decimal("1.2")
    assert compute_path(RuleTarget(Kind.REACH, *DUE), date(2022, 12, 31)) is None


def test_the_day_of_a_baseline_that_has_no_value_begins_no_line_and_two_steps_on_one_day_break_none():
    twice = RuleTarget(
        Kind.REACH, *DUE, baseline_day=date(2020, 12, 31), steps=(STEP, (STEP[0], Decimal("1.4")))
    )
    assert compute_path(twice, date(2022, 12, 30)) is None
    # The line goes on from the larger of the two.
    assert compute_path(twice, date(2022, 12, 31)) == Decimal("1.4")
    assert compute_path(twice, date(2024, 12, 31)) == 2


@pytest.mark.parametrize(
    "kind, kept",
    [
        # What touches the window counts; of a sum only what ends within it.
        ("hold", ["2021-07-01", "2022-01-01", "2024-07-01"]),
        ("total", ["2021-07-01", "2022-01-01"]),
    ],
)
def test_the_figures_inside_the_window(kind, kept):
    rows = [
        figure("2020-07-01", "2021-12-31"),
        figure("2021-07-01", "2022-01-01"),
        figure("2022-01-01", "2024-12-30"),
        figure("2024-07-01", "2025-06-30"),
        figure("2025-01-01", "2025-12-31"),
    ]
    target = RuleTarget(Kind(kind), date(2024, 12, 31), window_start=date(2022, 1, 1))
    assert [row.period.start.isoformat() for row in select_in_window(target, rows)] == kept


@pytest.mark.parametrize("kind", ["hold", "total"])
def test_the_days_of_deadline_and_opening_belong_to_the_window_and_without_them_it_has_no_end(kind):
    first, last = figure("2021-12-31", "2022-01-01"), figure("2024-12-31", "2024-12-31")
    target = RuleTarget(Kind(kind), date(2024, 12, 31), window_start=date(2022, 1, 1))
    assert select_in_window(target, [first, last]) == [first, last]
    assert select_in_window(RuleTarget(Kind(kind)), [first, last]) == [first, last]


@pytest.mark.parametrize(
    "periods, own",
    [
        ([("2024-01-01", "2024-12-30"), ("2025-01-01", "2025-12-31")], None),
        ([("2024-01-01", "2024-12-31")], 0),
        ([("2024-12-31", "2025-12-30")], 0),
        (
            [
                ("2024-12-01", "2024-12-31"),
                ("2024-01-01", "2024-12-31"),
                ("2024-10-01", "2024-12-31"),
            ],
            1,
        ),
        # As long as each other: the one that ends later.
        (
            [
                ("2024-04-01", "2025-03-31"),
                ("2024-12-31", "2025-12-30"),
                ("2024-03-01", "2025-02-28"),
            ],
            1,
        ),
        ([("2020-01-01", "2024-12-31"), ("2024-12-31", "2025-12-30")], 0),
        ([("2024-12-01", "2024-12-31"), ("2024-01-01", "2024-12-31")], 1),
    ],
)
def test_the_deadlines_own_figure(periods, own):
    rows = [figure(*period) for period in periods]
    assert find_deadline_figure(date(2024, 12, 31), rows) is (None if own is None else rows[own])
    assert find_deadline_figure(None, rows) is None


@pytest.mark.parametrize(
    "window_start, periods, missing",
    [
        pytest.param("2022-01-01", [2022, 2023, 2024], [], id="complete"),
        pytest.param("2022-01-01", [2022, 2024], [("2023-01-01", "2023-12-31")], id="a hole"),
        pytest.param(
            "2022-01-01",
            [2023],
            [("2022-01-01", "2022-12-31"), ("2024-01-01", "2024-12-31")],
            id="two",
        ),
        pytest.param(None, [2023, 2024], [], id="from the first figure on"),
        pytest.param(None, [], [], id="nothing known, nothing missing"),
        pytest.param("2024-12-31", [], [("2024-12-31", "2024-12-31")], id="a window of one day"),
        pytest.param("2025-01-01", [], [], id="a window that opens too late"),
    ],
)
def test_the_stretches_that_no_figure_covers(window_start, periods, missing):
    target = RuleTarget(Kind.HOLD, date(2024, 12, 31), window_start=day(window_start))
    assert find_gaps(target, [year(one) for one in periods]) == tuple(
        Period(day(a), day(b)) for a, b in missing
    )


def test_periods_that_overlap_cover_what_each_of_them_covers():
    target = RuleTarget(Kind.HOLD, date(2024, 12, 31), window_start=date(2022, 1, 1))
    within = [figure("2022-02-01", "2022-02-28"), figure("2022-01-01", "2024-12-30")]
    assert find_gaps(target, within) == (Period(date(2024, 12, 31), date(2024, 12, 31)),)
    day_by_day = [figure("2022-01-01", "2022-01-01"), figure("2022-01-02", "2024-12-31")]
    assert find_gaps(target, day_by_day) == ()
    around_the_window = [figure("2021-04-01", "2022-03-31"), figure("2022-04-01", "2025-03-31")]
    assert find_gaps(target, around_the_window) == ()
    assert find_gaps(RuleTarget(Kind.HOLD, window_start=date(2022, 1, 1)), []) == ()


@pytest.mark.parametrize(
    "as_of, over", [("2024-12-30", False), ("2024-12-31", False), ("2025-01-01", True)]
)
def test_a_case_is_over_the_day_after_its_deadline(as_of, over):
    assert Case(RuleTarget(Kind.STAND, date(2024, 12, 31)), [], day(as_of)).over is over
    assert Case(RuleTarget(Kind.STAND), [], day(as_of)).over is False


def test_what_comes_after_begins_after_the_deadline_day():
    on_the_day, next_day = figure("2024-12-31", "2025-12-30"), figure("2025-01-01", "2025-12-31")
    rows = [year(2024), on_the_day, next_day]
    assert Case(RuleTarget(Kind.STAND, date(2024, 12, 31)), rows, date(2026, 1, 1)).later_rows == [
        next_day
    ]
    assert Case(RuleTarget(Kind.STAND), rows, date(2026, 1, 1)).later_rows == []


def test_a_case_is_provisional_if_any_figure_of_the_window_is_not_actual():
    target = RuleTarget(Kind.HOLD, date(2024, 12, 31), window_start=date(2023, 1, 1))
    later = year(2025, kind="estimate")
    assert Case(target, [year(2023), year(2024), later], date(2026, 1, 1)).any_provisional is False
    assert (
        Case(target, [year(2023, kind="estimate"), year(2024)], date(2026, 1, 1)).any_provisional
        is True
    )
