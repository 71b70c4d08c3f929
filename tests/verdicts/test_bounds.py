"""Changes in words, two bounds, limits, and what was reached after the day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.verdicts.measuring import find_goal, is_ahead, is_limit, list_corners
from commitments.verdicts.rules import evaluate
from commitments.verdicts.targets import (
    FALLS,
    FALLS_AND_RISES,
    Comparator,
    Figure,
    Kind,
    Period,
    RuleTarget,
)

LATER = date(2040, 1, 1)
END = date(2024, 12, 31)
START = date(2020, 12, 31)
FALLS_AT_LEAST, FALLS_AT_MOST = Comparator.FALLS_BY_AT_LEAST, Comparator.FALLS_BY_AT_MOST
RISES_AT_LEAST, RISES_AT_MOST = Comparator.RISES_BY_AT_LEAST, Comparator.RISES_BY_AT_MOST


def year(number, value, decimals=None):
    value = str(value)
    if decimals is None:
        decimals = len(value.partition(".")[2])
    period = Period(date(number, 1, 1), date(number, 12, 31))
    return Figure(period, Decimal(value), decimals, "actual", date(number + 1, 6, 1))


def judged(target, *values, as_of="2030-01-01", first=2024):
    rows = [year(first + place, value) for place, value in enumerate(values)]
    return evaluate(target, rows, as_of=date.fromisoformat(as_of), known_on=LATER)


def change(comparator, value, baseline="10", **fields):
    return RuleTarget(
        Kind.CHANGE, END, Decimal(value), comparator, Decimal(baseline), START, **fields
    )


@pytest.mark.parametrize(
    "comparator, value, figure, status",
    [
        # “Cut by at least 45 per cent” of 10: to 5.5.
        pytest.param(FALLS_AT_LEAST, "45", "9.5", "not_met", id="fell by 5 per cent of 45"),
        pytest.param(FALLS_AT_LEAST, "45", "5.6", "not_met", id="fell by 44"),
        pytest.param(FALLS_AT_LEAST, "45", "5.5", "met", id="fell by 45"),
        pytest.param(FALLS_AT_LEAST, "45", "5.4", "met", id="fell by 46"),
        pytest.param(FALLS_AT_LEAST, "45", "14.5", "not_met", id="rose by 45"),
        pytest.param(FALLS_AT_MOST, "5", "9.4", "not_met", id="fell by 6, at most 5"),
        pytest.param(FALLS_AT_MOST, "5", "9.5", "met", id="fell by 5, at most 5"),
        pytest.param(FALLS_AT_MOST, "5", "10", "met", id="stayed"),
        pytest.param(FALLS_AT_MOST, "5", "20", "met", id="rose, which is a fall by less"),
        pytest.param(RISES_AT_LEAST, "45", "14.4", "not_met", id="rose by 44"),
        pytest.param(RISES_AT_LEAST, "45", "14.5", "met", id="rose by 45"),
        pytest.param(RISES_AT_LEAST, "45", "5.5", "not_met", id="fell by 45 instead"),
        pytest.param(RISES_AT_MOST, "5", "10.6", "not_met", id="rose by 6, at most 5"),
        pytest.param(RISES_AT_MOST, "5", "10.5", "met", id="rose by 5, at most 5"),
        pytest.param(RISES_AT_MOST, "5", "1", "met", id="fell, which is a rise by less"),
    ],
)
@pytest.mark.parametrize("per_cent", [True, False])
def test_a_change_in_words(comparator, value, figure, status, per_cent):
    # Of ten, a per cent is a tenth.
    amount = value if per_cent else str(Decimal(value) / 10)
    found = judged(change(comparator, amount, per_cent=per_cent), figure)
    assert found.status == status
    sign = -1 if comparator in FALLS else 1
    assert found.required == sign * Decimal(amount)
    assert found.gap == found.actual - found.required


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CHANGE])
def test_what_is_no_change_neither_falls_nor_rises(kind):
    target = replace(change(FALLS_AT_LEAST, "45"), kind=kind)
    if kind is not Kind.MILESTONE:
        assert judged(target, "5").reason == "uncomparable"


@pytest.mark.parametrize(
    "comparator, goal, status, share",
    [
        # Half way in time; the path asks for 7.75 or 12.25.
        pytest.param(FALLS_AT_LEAST, "5.5", {"7.7": "on_track", "7.8": "off_track"}, "0.489", id="falls"),
        pytest.param(RISES_AT_LEAST, "14.5", {"12.3": "on_track", "12.2": "off_track"}, "0.489", id="rises"),
    ],
)  # fmt: skip
def test_a_change_in_words_has_a_goal_a_path_and_a_share(comparator, goal, status, share):
    target = change(comparator, "45", per_cent=True)
    assert find_goal(target) == Decimal(goal)
    for value, expected in status.items():
        found = judged(target, value, as_of="2024-06-30", first=2022)
        assert found.status == expected
    assert str(found.share) == share


changes_in_words = st.sampled_from(sorted(FALLS_AND_RISES))
amounts = st.decimals("0", "60", places=2)
levels = st.decimals("0.01", "90", places=2)
shares = st.none() | st.decimals("0.1", "0.9", places=1)
periods = st.integers(2021, 2026)
SIGNED = {
    FALLS_AT_LEAST: Comparator.AT_MOST,
    FALLS_AT_MOST: Comparator.AT_LEAST,
    RISES_AT_LEAST: Comparator.AT_LEAST,
    RISES_AT_MOST: Comparator.AT_MOST,
}


@st.composite
def worded(draw):
    """A change in words with up to four figures, and a day."""
    target = RuleTarget(
        Kind.CHANGE,
        END,
        draw(amounts),
        draw(changes_in_words),
        draw(levels),
        START,
        per_cent=draw(st.booleans()),
        decimals=draw(st.none() | st.integers(0, 2)),
        partly_met_share=draw(shares),
        partly_value=draw(st.none() | amounts),
    )
    numbers = draw(st.lists(periods, unique=True, max_size=4))
    rows = [year(number, draw(levels), 2) for number in numbers]
    day = draw(st.dates(date(2021, 1, 1), date(2027, 12, 31)))
    return target, rows, day


@given(worded())
def test_a_change_in_words_is_the_signed_change_it_means(case):
    target, rows, day = case
    sign = -1 if target.comparator in FALLS else 1
    partly = target.partly_value
    signed = replace(
        target,
        comparator=SIGNED[target.comparator],
        value=sign * target.value,
        partly_value=None if partly is None else sign * partly,
    )
    days = {"as_of": day, "known_on": LATER}
    assert evaluate(target, rows, **days) == evaluate(signed, rows, **days)


MIRRORED = {
    FALLS_AT_LEAST: RISES_AT_LEAST,
    FALLS_AT_MOST: RISES_AT_MOST,
    RISES_AT_LEAST: FALLS_AT_LEAST,
    RISES_AT_MOST: FALLS_AT_MOST,
}


def negate(value):
    return value and -value


@given(worded())
def test_a_rise_is_a_fall_in_the_mirror(case):
    """With every value below zero for above: the same status for the same reason, at the same share
    of the way.
    """
    target, rows, day = case
    mirror = replace(
        target, comparator=MIRRORED[target.comparator], baseline=negate(target.baseline)
    )
    mirrored_rows = [replace(row, value=negate(row.value)) for row in rows]
    days = {"as_of": day, "known_on": LATER}
    here, there = evaluate(target, rows, **days), evaluate(mirror, mirrored_rows, **days)
    assert there._replace(decided_by=here.decided_by) == here._replace(
        required=negate(here.required),
        actual=negate(here.actual),
        gap=negate(here.gap),
        path=negate(here.path),
    )


@given(worded())
def test_per_cent_of_a_hundred_is_the_amount_itself(case):
    target, rows, day = case
    of_hundred = replace(target, baseline=Decimal(100))
    days = {"as_of": day, "known_on": LATER}
    by_per_cent = evaluate(replace(of_hundred, per_cent=True), rows, **days)
    by_amount = evaluate(replace(of_hundred, per_cent=False), rows, **days)
    assert by_per_cent._replace(path=None) == by_amount._replace(path=None)


TWO = RuleTarget(Kind.STAND, END, Decimal(2), Comparator.BETWEEN, upper_value=Decimal(3))


@pytest.mark.parametrize(
    "value, status, required, gap",
    [
        ("1.99", "not_met", 2, "-0.01"),
        ("2.00", "met", 2, "0.00"),
        ("2.50", "met", 2, "0.50"),
        ("3.00", "met", 2, "1.00"),
        ("3.01", "not_met", 3, "0.01"),
    ],
)
def test_between_two_values_both_are_within(value, status, required, gap):
    found = judged(TWO, value)
    assert (found.status, found.required, str(found.gap)) == (status, required, gap)


@pytest.mark.parametrize(
    "value, required",
    [("1.99", 2), ("2.00", 3), ("2.50", 3), ("3.00", 3), ("3.01", 3)],
)
def test_what_a_value_from_above_is_held_against(value, required):
    """The bound it lies beyond, and within them the one that faced it."""
    assert judged(replace(TWO, baseline=Decimal(5)), value).required == required


@pytest.mark.parametrize(
    "baseline, goal, on_track, off_track",
    [
        # Half way in time.
        pytest.param("1", "2", ["1.50", "2.50", "3.00"], ["1.49", "3.01"], id="from below"),
        pytest.param("5", "3", ["4.00", "2.50", "2.00"], ["4.01", "1.99"], id="from above"),
        pytest.param("2.5", "2", ["2.00", "3.00"], ["1.99", "3.01"], id="from between"),
        pytest.param(
            "3", "2", ["2.00", "2.50", "3.00"], ["1.99", "3.01"], id="from the upper one itself"
        ),
    ],
)
def test_the_way_to_two_values_is_to_the_one_that_faces_it(baseline, goal, on_track, off_track):
    target = replace(TWO, baseline=Decimal(baseline), baseline_day=START)
    assert find_goal(target) == Decimal(goal)
    for status, values in [("on_track", on_track), ("off_track", off_track)]:
        for value in values:
            found = judged(target, value, as_of="2024-06-30", first=2022)
            assert (value, found.status) == (value, status)


@pytest.mark.parametrize("baseline, line", [("1", "1.5"), ("5", "4")])
def test_being_on_the_line_to_two_values_is_being_ahead(baseline, line):
    target = replace(TWO, baseline=Decimal(baseline))
    assert is_ahead(target, Decimal(line), Decimal(line))


@pytest.mark.parametrize(
    "kind, values, status",
    [
        pytest.param(Kind.HOLD, ["2.00", "3.00"], "met", id="held"),
        pytest.param(Kind.HOLD, ["2.00", "3.01"], "not_met", id="not held"),
        pytest.param(Kind.REACH, ["3.01", "2.99"], "met", id="reached from above"),
        pytest.param(Kind.TOTAL, ["1.00", "1.00"], "met", id="a sum"),
        pytest.param(Kind.TOTAL, ["1.00", "0.99"], "not_met", id="a sum that is short"),
        pytest.param(Kind.TOTAL, ["1.00", "2.01"], "not_met", id="a sum that is beyond"),
        pytest.param(Kind.CHANGE, ["0", "7.00"], "met", id="a change from five"),
        pytest.param(Kind.CHANGE, ["0", "8.01"], "not_met", id="a change from five beyond"),
    ],
)
def test_every_kind_may_be_between_two_values(kind, values, status):
    target = replace(TWO, kind=kind, window_start=date(2023, 1, 1))
    if kind is Kind.CHANGE:
        target = replace(target, baseline=Decimal(5))
    assert judged(target, *values, first=2023).status == status


def test_a_sum_between_two_values_fails_as_soon_as_it_is_beyond_and_is_met_only_in_the_end():
    target = replace(TWO, kind=Kind.TOTAL, window_start=date(2023, 1, 1))
    answers = [
        (judged(target, value, first=2023, as_of=day).status, judged(target, value, first=2023, as_of=day).reason)
        for value, day in [("3.01", "2024-12-31"), ("2.50", "2024-12-31"), ("2.50", "2025-01-01")]
    ]  # fmt: skip
    assert answers == [
        ("off_track", "exceeded"),
        ("in_progress", "under_way"),
        ("in_progress", "awaiting_data"),
    ]


@pytest.mark.parametrize(
    "value, decimals, borderline",
    [
        ("2.00", 2, True),
        ("2.01", 2, False),
        ("3.00", 2, True),
        ("1.99", 2, False),
        # 0 to 5, and 2 to 3 lies in it.
        ("5", 0, False),
        ("3", 0, True),
    ],
)
def test_between_two_values_borderline_is_a_matter_of_both(value, decimals, borderline):
    assert judged(TWO, value).borderline is borderline


def test_a_figure_too_rough_for_the_space_between_is_borderline():
    """0.5 to under 1.5 is printed as 1, and what is asked for lies within it."""
    narrow = replace(TWO, value=Decimal("1.2"), upper_value=Decimal("1.3"))
    found = judged(narrow, "1")
    assert (found.status, found.borderline) == ("not_met", True)


def test_one_bound_of_two_is_nothing_to_compare_with():
    assert judged(replace(TWO, upper_value=None), "2").reason == "uncomparable"
    assert judged(replace(TWO, value=None), "2").reason == "uncomparable"


BOTH = RuleTarget(Kind.STAND, END, Decimal(2), partly_value=Decimal("1.5"))


@pytest.mark.parametrize(
    "target, values, answer",
    [
        pytest.param(BOTH, ["2.00"], "met satisfied", id="the bound that decides met"),
        pytest.param(BOTH, ["1.99"], "partly_met partly", id="a hair less"),
        pytest.param(BOTH, ["1.50"], "partly_met partly", id="the weaker bound"),
        pytest.param(BOTH, ["1.49"], "not_met fell_short", id="a hair less than that"),
        pytest.param(replace(BOTH, comparator=Comparator.AT_MOST, partly_value=Decimal(3)), ["3.00"],
                     "partly_met partly", id="at most"),
        pytest.param(replace(BOTH, comparator=Comparator.AT_MOST, partly_value=Decimal(3)), ["3.01"],
                     "not_met fell_short", id="more than at most"),
        pytest.param(change(FALLS_AT_LEAST, "45", per_cent=True, partly_value=Decimal(40)), ["6.0"],
                     "partly_met partly", id="a fall by 40 of 45 per cent"),
        pytest.param(change(FALLS_AT_LEAST, "45", per_cent=True, partly_value=Decimal(40)), ["6.1"],
                     "not_met fell_short", id="a fall by 39 of 45 per cent"),
        pytest.param(change(RISES_AT_MOST, "1", partly_value=Decimal(2)), ["12.0"],
                     "partly_met partly", id="a rise by more than the limit, within the other"),
        pytest.param(replace(BOTH, decimals=1), ["1.45"], "partly_met partly", id="at the target's decimals"),
    ],
)  # fmt: skip
def test_the_weaker_of_two_bounds_decides_partly_met(target, values, answer):
    found = judged(target, *values)
    assert f"{found.status} {found.reason}" == answer
    # Before the deadline has passed nothing is partly met.
    open_still = judged(target, *values, as_of="2024-12-31")
    assert open_still.status == (found.status if answer.startswith("met") else "in_progress") or (
        open_still.status in ("on_track", "off_track")
    )


WINDOW = {"window_start": date(2023, 1, 1)}


@pytest.mark.parametrize(
    "fields, values, answer",
    [
        pytest.param({"kind": Kind.REACH}, ["1.60", "1.40"], "partly_met partly 2023", id="reached by a year before"),
        pytest.param({"kind": Kind.REACH}, ["1.40", "1.40"], "not_met fell_short 2024", id="reached by none"),
        pytest.param({"kind": Kind.REACH}, ["1.60"], "in_progress awaiting_data 2023", id="the deadline's own is missing"),
        pytest.param({"kind": Kind.HOLD}, ["2.00", "1.50"], "partly_met partly 2024", id="held at the weaker bound"),
        pytest.param({"kind": Kind.HOLD}, ["1.60", "1.40"], "not_met failed_period 2023", id="not held at it either"),
        pytest.param({"kind": Kind.HOLD}, ["1.60"], "in_progress awaiting_data 2023", id="so far, and a year is missing"),
        pytest.param({"kind": Kind.TOTAL}, ["1.00", "0.50"], "partly_met partly 2024", id="a sum"),
        pytest.param({"kind": Kind.TOTAL}, ["1.00", "0.49"], "not_met fell_short 2024", id="a sum that is less"),
        pytest.param({"kind": Kind.TOTAL, "comparator": Comparator.AT_MOST, "partly_value": Decimal(3)},
                     ["2.00", "1.00"], "partly_met partly 2024", id="a ceiling exceeded within the other"),
        pytest.param({"kind": Kind.TOTAL, "comparator": Comparator.AT_MOST, "partly_value": Decimal(3)},
                     ["2.00", "1.01"], "not_met exceeded 2024", id="a ceiling exceeded beyond it"),
        pytest.param({"kind": Kind.TOTAL, "comparator": Comparator.AT_MOST, "partly_value": Decimal(3)},
                     ["2.50"], "in_progress awaiting_data 2023", id="a ceiling exceeded, and a year is missing"),
    ],
)  # fmt: skip
def test_two_bounds_of_every_kind(fields, values, answer):
    found = judged(replace(BOTH, **WINDOW, **fields), *values, first=2023)
    assert f"{found.status} {found.reason} {found.decided_by.period.start.year}" == answer


@pytest.mark.parametrize(
    "target, expected",
    [
        pytest.param(change(FALLS_AT_LEAST, "45"), False, id="a fall has a way to go"),
        pytest.param(change(FALLS_AT_MOST, "5"), True, id="a limit to a fall"),
        pytest.param(change(RISES_AT_MOST, "5"), True, id="a limit to a rise"),
        pytest.param(change(RISES_AT_LEAST, "0"), True, id="a rise by nothing"),
        pytest.param(RuleTarget(Kind.STAND, END, Decimal(2)), False, id="from zero"),
        pytest.param(RuleTarget(Kind.STAND, END, Decimal(2), baseline=Decimal(2)), True, id="from the goal"),
        pytest.param(RuleTarget(Kind.STAND, END, Decimal(2), Comparator.AT_MOST), True, id="at most, from zero"),
        pytest.param(RuleTarget(Kind.STAND, END, Decimal(2), Comparator.AT_MOST, Decimal(3)), False,
                     id="at most, from more"),
        pytest.param(RuleTarget(Kind.TOTAL, END, Decimal(2), Comparator.AT_MOST, Decimal(3)), True,
                     id="the ceiling of a sum, which begins at nothing"),
        pytest.param(RuleTarget(Kind.STAND, END, None, Comparator.BELOW_BASELINE, Decimal(3)), False,
                     id="below the baseline"),
        pytest.param(RuleTarget(Kind.CHANGE, END, None, Comparator.BELOW_BASELINE, Decimal(3)), False,
                     id="below the baseline, as a change"),
    ],
)  # fmt: skip
def test_a_limit_holds_where_it_starts(target, expected):
    assert is_limit(target) is expected


def test_a_limit_is_asked_for_on_every_day_alike_and_no_share_of_it_is_partly_met():
    target = change(FALLS_AT_MOST, "5", per_cent=True, partly_met_share=Decimal("0.5"))
    assert list_corners(target) == [(START, Decimal("9.5")), (END, Decimal("9.5"))]
    for value, status in [("9.5", "on_track"), ("9.4", "off_track")]:
        found = judged(target, value, as_of="2024-06-30", first=2022)
        assert (found.status, found.path, found.share) == (status, Decimal("9.5"), None)
    exceeded = judged(target, "5.0")
    assert (exceeded.status, exceeded.share) == ("not_met", None)


def test_a_limit_with_steps_begins_at_the_first_of_them():
    step = (date(2022, 12, 31), Decimal(4))
    target = RuleTarget(
        Kind.STAND, END, Decimal(3), Comparator.AT_MOST, Decimal(1), START, steps=(step,)
    )
    assert list_corners(target) == [(START, 4), step, (END, 3)]
    assert is_ahead(target, Decimal(4), Decimal(4))


def test_what_went_beyond_an_exact_value_is_no_part_of_the_way_to_it():
    target = RuleTarget(
        Kind.STAND, END, Decimal(2), Comparator.EQUAL, partly_met_share=Decimal("0.5")
    )
    assert [judged(target, value).status for value in ("0.99", "1.00", "2.00", "2.01")] == [
        "not_met",
        "partly_met",
        "met",
        "not_met",
    ]


ANNUAL = RuleTarget(Kind.HOLD, END, Decimal(2), **WINDOW)
SUM = RuleTarget(Kind.TOTAL, END, Decimal(10), **WINDOW)


@pytest.mark.parametrize(
    "target, values, late",
    [
        pytest.param(ANNUAL, ["1.90", "1.90", "1.95", "2.00"], 2026, id="held from two years later"),
        pytest.param(ANNUAL, ["1.90", "2.00", "2.10"], None, id="failed once and held in the end"),
        pytest.param(ANNUAL, ["2.00", "1.90", "2.10"], 2025, id="failed in the end"),
        pytest.param(SUM, ["4", "5", "1"], 2025, id="a sum that was there a year later"),
        pytest.param(SUM, ["4", "3", "1", "2"], 2026, id="two years later"),
        pytest.param(SUM, ["4", "3", "1"], None, id="not yet"),
        pytest.param(replace(SUM, comparator=Comparator.AT_MOST), ["4", "7", "1"], None,
                     id="what is too much never gets less"),
        pytest.param(replace(SUM, partly_met_share=Decimal("0.8")), ["4", "5", "1"], 2025, id="partly met, and later in full"),
        pytest.param(replace(ANNUAL, partly_value=Decimal("1.5")), ["1.90", "1.90", "2.00"], 2025,
                     id="held at the weaker bound, and later in full"),
        pytest.param(replace(ANNUAL, kind=Kind.REACH), ["1.90", "1.90", "2.00"], 2025, id="reached"),
        pytest.param(replace(BOTH, **WINDOW), ["0", "1.90", "2.00"], 2025, id="stood at the weaker bound"),
        pytest.param(change(FALLS_AT_LEAST, "45", per_cent=True), ["0", "6.0", "5.5"], 2025, id="fell"),
    ],
)  # fmt: skip
def test_every_kind_says_when_it_was_reached_after_the_day(target, values, late):
    found = judged(target, *values, first=2023)
    assert found.status in ("not_met", "partly_met")
    assert (found.met_late_in and found.met_late_in.start.year) == late


def test_before_the_deadline_has_passed_nothing_is_late():
    assert (
        judged(ANNUAL, "1.90", "1.90", "2.00", first=2023, as_of="2024-12-31").met_late_in is None
    )


@pytest.mark.parametrize(
    "first, last",
    [
        pytest.param("2024-07-01", "2025-06-30", id="half of the last year added"),
        pytest.param("2024-12-31", "2025-12-30", id="its last day"),
        pytest.param("2025-07-01", "2026-06-30", id="half of a later year that was added"),
        pytest.param("2025-12-31", "2026-12-30", id="the last day of that"),
    ],
)
def test_a_later_period_that_overlaps_is_not_added_again(first, last):
    days = Period(date.fromisoformat(first), date.fromisoformat(last))
    overlapping = Figure(days, Decimal(9), 0, "actual", END)
    rows = [year(2023, "4"), year(2024, "3"), year(2025, "1"), overlapping, year(2027, "2")]
    if days.end < date(2025, 12, 31):
        # It ends first, so it would be added first.
        rows = [row for row in rows if row.period.end.year != 2025 or row is overlapping]
        rows.append(year(2026, "1"))
    found = evaluate(SUM, rows, as_of=date(2030, 1, 1), known_on=LATER)
    assert found.met_late_in == Period(date(2027, 1, 1), date(2027, 12, 31))
