"""The pace by hand: so much in so many days, so much to go."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from commitments.verdicts.measuring import DAY
from commitments.verdicts.pacing import measure_pace
from commitments.verdicts.targets import Comparator, Figure, Kind, Period, RuleTarget

NOW = {"as_of": date(2025, 6, 30), "known_on": date(2040, 1, 1)}
# 0.5 in the 1461 days of 2021 to 2024 is 0.125 a year; 0.5 is to go.
REACH = RuleTarget(
    Kind.REACH, date(2028, 12, 31), Decimal(2), baseline=Decimal(1), baseline_day=date(2020, 12, 31)
)


def year(number, value, kind="actual"):
    return Figure(
        Period(date(number, 1, 1), date(number, 12, 31)),
        Decimal(value),
        2,
        kind,
        date(number + 1, 6, 1),
    )


def test_the_present_pace_and_when_it_arrives():
    found = measure_pace(REACH, [year(2024, "1.50"), year(2022, "1.40")], **NOW)
    assert (found.since, found.begun, found.latest_on, found.latest) == (
        date(2020, 12, 31), 1, date(2024, 12, 31), Decimal("1.50"),
    )  # fmt: skip
    assert (found.per_year, found.needed_per_year) == (Decimal("0.125"), Decimal("0.125"))
    assert (found.arrives_on, found.arrives_in, found.reached) == (date(2028, 12, 31), 2028, False)
    # On the day of the latest figure, half way: the two can be compared.
    assert found.required == Decimal("1.5")
    assert found.corners == ((date(2020, 12, 31), 1), (date(2028, 12, 31), 2))
    assert found.basis == "arithmetic"


@pytest.mark.parametrize(
    "value, arrives",
    [
        pytest.param("1.51", 2028, id="a little faster"),
        pytest.param("1.49", 2029, id="a little slower"),
        pytest.param("1.00", None, id="not from the spot"),
        pytest.param("0.90", None, id="the other way"),
        pytest.param("2.00", 2024, id="there already"),
        pytest.param("1.0000001", None, id="not before the calendar ends"),
    ],
)
def test_arrival(value, arrives):
    assert measure_pace(REACH, [year(2024, value)], **NOW).arrives_in == arrives


def test_without_a_baseline_the_first_figure_begins_and_there_is_no_path():
    target = RuleTarget(Kind.STAND, date(2028, 12, 31), Decimal(2))
    found = measure_pace(target, [year(2022, "1.00"), year(2024, "1.51")], **NOW)
    assert (found.since, found.required, found.corners, found.arrives_in) == (
        date(2022, 12, 31),
        None,
        (),
        2026,
    )
    assert measure_pace(target, [year(2024, "1.50")], **NOW) is None


def test_a_fall_in_per_cent_goes_to_its_level():
    methane = RuleTarget(
        Kind.CHANGE, date(2030, 12, 31), Decimal(-30), Comparator.AT_MOST, Decimal(200), date(2020, 12, 31),
        per_cent=True,
    )  # fmt: skip
    found = measure_pace(methane, [year(2024, "190")], **NOW)
    assert (found.goal, found.per_year, found.arrives_in) == (140, Decimal("-2.5"), 2044)
    assert measure_pace(methane, [year(2024, "139")], **NOW).reached


def test_a_sum_begins_with_its_window():
    total = RuleTarget(Kind.TOTAL, date(2027, 12, 31), Decimal(100), window_start=date(2023, 1, 1))
    found = measure_pace(total, [year(2022, 90), year(2023, 20), year(2024, 21)], **NOW)
    assert (found.since, found.latest, round(found.per_year), found.arrives_in) == (
        date(2022, 12, 31),
        41,
        20,
        2027,
    )


def test_past_the_deadline_no_pace_is_needed_any_more():
    late = RuleTarget(
        Kind.REACH,
        date(2023, 12, 31),
        Decimal(2),
        baseline=Decimal(1),
        baseline_day=date(2020, 12, 31),
    )
    found = measure_pace(late, [year(2024, "1.50")], **NOW)
    assert (found.needed_per_year, found.required, found.arrives_in) == (None, 2, 2028)


def test_figures_count_as_they_do_for_the_verdict():
    assert measure_pace(REACH, [year(2024, "1.50", "budget")], **NOW) is None
    assert (
        measure_pace(
            REACH, [year(2024, "1.50")], as_of=date(2025, 6, 30), known_on=date(2025, 5, 31)
        )
        is None
    )


@pytest.mark.parametrize(
    "opens, since",
    [
        pytest.param(
            "2022-12-31", "2022-12-31", id="the year that ends on the day it opens counts"
        ),
        pytest.param("2023-01-01", "2023-12-31", id="the year that ended the day before does not"),
    ],
)
def test_the_way_begins_with_the_first_figure_that_touches_the_window(opens, since):
    target = RuleTarget(
        Kind.STAND, date(2028, 12, 31), Decimal(2), window_start=date.fromisoformat(opens)
    )
    rows = [year(2022, "1.00"), year(2023, "1.20"), year(2024, "1.51")]
    assert measure_pace(target, rows, **NOW).since == date.fromisoformat(since)


@pytest.mark.parametrize(
    "due, needed",
    [
        pytest.param(None, None, id="no deadline"),
        pytest.param("2024-12-31", None, id="the latest figure ends with the deadline"),
        # 0.5 in half a year of 181 days.
        pytest.param("2025-06-29", None, id="it passed yesterday"),
        pytest.param("2025-06-30", "1.00898", id="it is today"),
        pytest.param("2026-12-31", "0.25017", id="two years are left"),
    ],
)
def test_the_pace_needed_is_from_the_latest_figure_to_the_deadline(due, needed):
    target = RuleTarget(
        Kind.STAND,
        due and date.fromisoformat(due),
        Decimal(2),
        baseline=Decimal(1),
        baseline_day=REACH.baseline_day,
    )
    found = measure_pace(target, [year(2024, "1.50")], **NOW).needed_per_year
    assert (found and round(found, 5)) == (needed and Decimal(needed))


@pytest.mark.parametrize(
    "due, needed",
    [("2024-12-31", None), ("2025-01-01", "182.625")],
)
def test_before_the_deadline_a_day_has_to_be_left_after_the_latest_figure(due, needed):
    """0.5 in one day; a budget of the deadline's own year leaves none."""
    target = replace(REACH, due=date.fromisoformat(due))
    days = {"as_of": date(2024, 6, 30), "known_on": NOW["known_on"]}
    found = measure_pace(target, [year(2024, "1.50")], **days).needed_per_year
    assert found == (needed and Decimal(needed))


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="no figure"),
        pytest.param([year(2020, "1.10")], id="a figure for the baseline's own day"),
        pytest.param([year(2019, "1.10")], id="a figure from before the baseline"),
    ],
)
def test_there_is_no_pace_without_a_day_between_beginning_and_latest_figure(rows):
    assert measure_pace(REACH, rows, **NOW) is None


def test_a_pace_needs_a_day_and_not_more():
    day = Period(date(2021, 1, 1), date(2021, 1, 1))
    found = measure_pace(REACH, [Figure(day, Decimal("1.5"), 1, "actual", date(2021, 1, 2))], **NOW)
    assert (found.per_year, found.arrives_on) == (Decimal("182.625"), date(2021, 1, 2))


def test_a_target_reached_at_its_decimals_is_reached_on_the_day_of_the_latest_figure():
    target = RuleTarget(
        Kind.STAND,
        date(2028, 12, 31),
        Decimal(2),
        baseline=Decimal(1),
        baseline_day=REACH.baseline_day,
        decimals=1,
    )
    found = measure_pace(target, [year(2024, "1.95")], **NOW)
    assert (found.reached, found.arrives_on) == (True, date(2024, 12, 31))


def test_a_baseline_without_a_day_begins_no_way():
    target = RuleTarget(Kind.STAND, date(2028, 12, 31), Decimal(2), baseline=Decimal(1))
    found = measure_pace(target, [year(2022, "1.40"), year(2024, "1.50")], **NOW)
    assert (found.since, found.begun) == (date(2022, 12, 31), Decimal("1.40"))


def test_a_sum_without_a_window_begins_the_day_before_its_first_period():
    found = measure_pace(
        RuleTarget(Kind.TOTAL, date(2027, 12, 31), Decimal(100)),
        [year(2023, 20), year(2024, 21)],
        **NOW,
    )
    assert (found.since, found.begun, found.latest) == (date(2022, 12, 31), 0, 41)


def test_arriving_on_the_last_day_of_the_calendar_is_arriving():
    """From 0 to 1 in a day, and one day to go: the calendar ends there. For 1.1 it would take
    two.
    """
    latest = date.max - timedelta(days=1)
    begin = Figure(Period(latest - DAY, latest - DAY), Decimal(0), 0, "actual", date(2025, 1, 1))
    row = Figure(Period(latest, latest), Decimal(1), 0, "actual", date(2025, 1, 1))
    assert (
        measure_pace(RuleTarget(Kind.STAND, None, Decimal(2)), [begin, row], **NOW).arrives_on
        == date.max
    )
    assert (
        measure_pace(RuleTarget(Kind.STAND, None, Decimal("2.1")), [begin, row], **NOW).arrives_on
        is None
    )


@pytest.mark.parametrize(
    "target",
    [
        pytest.param(RuleTarget(Kind.HOLD, date(2028, 12, 31), Decimal(2)), id="held"),
        pytest.param(RuleTarget(Kind.MILESTONE, date(2028, 12, 31)), id="dated"),
        pytest.param(
            RuleTarget(Kind.TOTAL, date(2028, 12, 31), Decimal(2), Comparator.AT_MOST),
            id="a ceiling",
        ),
        pytest.param(
            RuleTarget(Kind.STAND, date(2028, 12, 31), None, Comparator.BELOW_BASELINE, Decimal(3)),
            id="below the baseline",
        ),
        pytest.param(
            RuleTarget(Kind.STAND, date(2028, 12, 31), Decimal(2), baseline=Decimal(3)),
            id="at least less than the baseline",
        ),
        pytest.param(
            RuleTarget(
                Kind.CHANGE, date(2028, 12, 31), Decimal(2), Comparator.RISES_BY_AT_MOST, Decimal(1)
            ),
            id="a limit to a rise",
        ),
        pytest.param(
            RuleTarget(
                Kind.STAND, date(2028, 12, 31), Decimal(2), Comparator.RISES_BY_AT_LEAST, Decimal(1)
            ),
            id="a rise of what is no change",
        ),
        pytest.param(
            RuleTarget(Kind.STAND, date(2028, 12, 31), Decimal(2), Comparator.BETWEEN),
            id="one bound of two",
        ),
    ],
)
def test_what_has_no_pace(target):
    assert measure_pace(target, [year(2022, "1.00"), year(2024, "1.50")], **NOW) is None


def test_it_goes_into_json():
    body = measure_pace(REACH, [year(2024, "1.50")], **NOW).as_json()
    assert json.loads(json.dumps(body)) == body
    assert (body["basis"], body["arrives_in"], Decimal(body["per_year"])) == (
        "arithmetic",
        2028,
        Decimal("0.125"),
    )


def test_in_json_no_number_has_more_decimals_than_its_figures_and_one():
    """A third of a per cent of 303.5 is printed for ever."""
    target = RuleTarget(
        Kind.CHANGE, date(2030, 12, 31), Decimal("33.3"), Comparator.FALLS_BY_AT_LEAST, Decimal("303.5"), date(2020, 12, 31),
        per_cent=True,
    )  # fmt: skip
    found = measure_pace(target, [replace(year(2024, "290.25"), decimals=2)], **NOW)
    body = found.as_json()
    numbers = {name: body[name] for name in ("begun", "latest", "goal", "required", "per_year")}
    assert numbers == {
        "begun": "303.5", "latest": "290.25", "goal": "202.435", "required": "263.068", "per_year": "-3.313",
    }  # fmt: skip
    assert body["needed_per_year"] == "-14.639"
    assert body["corners"] == [["2020-12-31", "303.5"], ["2030-12-31", "202.435"]]
    # As it is computed, not one digit is lost.
    assert found.goal == Decimal("202.4345") and len(str(found.required)) > 100


def test_a_fall_in_words_goes_to_the_same_level_as_a_change_below_zero():
    signed = RuleTarget(
        Kind.CHANGE, date(2030, 12, 31), Decimal(-30), Comparator.AT_MOST, Decimal(200), date(2020, 12, 31),
        per_cent=True,
    )  # fmt: skip
    worded = replace(signed, value=Decimal(30), comparator=Comparator.FALLS_BY_AT_LEAST)
    rows = [year(2024, "190")]
    assert measure_pace(worded, rows, **NOW) == measure_pace(signed, rows, **NOW)


def test_the_way_to_two_values_leads_to_the_one_that_faces_it():
    def goal(baseline):
        target = RuleTarget(
            Kind.STAND, date(2028, 12, 31), Decimal(2), Comparator.BETWEEN, Decimal(baseline), REACH.baseline_day,
            upper_value=Decimal(3),
        )  # fmt: skip
        found = measure_pace(target, [year(2024, "1.50")], **NOW)
        return found and found.goal

    assert [goal(baseline) for baseline in (1, 2, 3, 4)] == [2, None, None, 3]


values = st.decimals("-50", "50", places=2)


@given(values, values, values)
def test_who_is_as_fast_as_needed_arrives_in_time_and_nobody_else(base, goal, value):
    assume(goal > base)
    target = RuleTarget(Kind.STAND, REACH.due, goal, baseline=base, baseline_day=REACH.baseline_day)
    found = measure_pace(target, [year(2024, value)], **NOW)
    in_time = found.arrives_on is not None and found.arrives_on <= target.due
    assert in_time is (found.reached or found.per_year >= found.needed_per_year)
