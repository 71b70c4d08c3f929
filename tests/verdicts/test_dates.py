"""Imprecise dates: overdue only after the last day they may mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.verdicts.dates import (
    UNDATED,
    DayHeld,
    FiscalNaming,
    ImpreciseDate,
    Precision,
    find_bounds,
    find_right_day,
    last_day,
    parse_day,
    span,
)

LAST_DAYS = [
    pytest.param("day", date(2026, 4, 30), id="a day"),
    pytest.param("month", date(2026, 4, 30), id="April 2026"),
    pytest.param("year", date(2026, 12, 31), id="2026"),
    pytest.param("fiscal_year", date(2028, 3, 31), id="FY2027"),
    pytest.param("day", date(2028, 2, 29), id="a leap day"),
]


@pytest.mark.parametrize("precision, last", LAST_DAYS)
def test_a_date_has_passed_the_day_after_its_last_day_and_not_on_it(precision, last):
    due = ImpreciseDate(last, Precision(precision))
    ordinal = last.toordinal()
    assert not due.passed(on=date.fromordinal(ordinal - 1))
    assert not due.passed(on=last)
    assert due.passed(on=date.fromordinal(ordinal + 1))


@pytest.mark.parametrize("precision", sorted(UNDATED))
def test_what_has_no_last_day_never_passes(precision):
    assert not ImpreciseDate(None, precision).passed(on=date.max)


def test_the_undated_precisions_are_those_without_an_end():
    assert {"none", "ongoing", "recurring"} == UNDATED


@pytest.mark.parametrize(
    "last_day, fiscal_start, year",
    [
        pytest.param(date(2028, 3, 31), 4, 2027, id="Japan's FY2027 ends in March 2028"),
        pytest.param(date(2023, 3, 31), 4, 2022, id="Japan's FY2022 ends in March 2023"),
        pytest.param(
            date(2027, 9, 30), 10, 2027, id="the United States' FY2027 ends in September 2027"
        ),
        pytest.param(
            date(2026, 6, 30), 7, 2026, id="Australia's, half in each year, by the one it ends in"
        ),
        pytest.param(date(2027, 12, 31), 1, 2027, id="a fiscal year that is the calendar year"),
        pytest.param(date(2028, 3, 31), None, None, id="no fiscal year"),
        pytest.param(None, 4, None, id="no last day"),
    ],
)
def test_a_fiscal_year_is_named_after_the_year_most_of_it_lies_in(last_day, fiscal_start, year):
    assert ImpreciseDate(last_day, Precision.FISCAL_YEAR, fiscal_start).fiscal_year == year


def test_a_fiscal_year_from_february_is_named_after_the_year_it_begins_in():
    assert (
        ImpreciseDate(date(2026, 1, 31), Precision.FISCAL_YEAR, fiscal_start=2).fiscal_year == 2025
    )
    assert (
        ImpreciseDate(date(2026, 12, 31), Precision.FISCAL_YEAR, fiscal_start=1).fiscal_year == 2026
    )


@pytest.mark.parametrize(
    "period, starts, expected",
    [
        ("2020", None, date(2020, 12, 31)),
        ("FY2022", 4, date(2023, 3, 31)),
        ("FY2022", 2, date(2023, 1, 31)),
        ("FY2022", 10, date(2022, 9, 30)),
        ("FY2022", None, date(2022, 12, 31)),
        ("2010 level", None, None),
        ("", None, None),
    ],
)
def test_the_day_a_baseline_stands_for(period, starts, expected):
    assert last_day(period, starts) == expected


@pytest.mark.parametrize(
    "period, starts, first, last",
    [
        ("2024", None, date(2024, 1, 1), date(2024, 12, 31)),
        ("2024", 4, date(2024, 1, 1), date(2024, 12, 31)),
        ("FY2025", 4, date(2025, 4, 1), date(2026, 3, 31)),
        ("FY2025", 10, date(2024, 10, 1), date(2025, 9, 30)),
        ("FY2025", 1, date(2025, 1, 1), date(2025, 12, 31)),
        ("FY2023", 3, date(2023, 3, 1), date(2024, 2, 29)),
        ("FY2025", 6, date(2025, 6, 1), date(2026, 5, 31)),
        ("FY2025", 7, date(2024, 7, 1), date(2025, 6, 30)),
        ("2024-Q1", None, date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-Q4", None, date(2024, 10, 1), date(2024, 12, 31)),
    ],
)
def test_the_days_a_period_spans(period, starts, first, last):
    assert span(period, starts) == (first, last)


@pytest.mark.parametrize(
    "period", ["", "24", "2024-Q0", "2024-Q5", "2024-04", "1899", "2200", "FY25", "2024-Q1 "]
)
def test_what_is_no_period_spans_none(period):
    assert span(period) is None


DAYS_IN_TEXT = {
    "2026-03-31": date(2026, 3, 31),
    "2024-02-29": date(2024, 2, 29),
    "0001-01-01": date(1, 1, 1),
    # There never was such a day.
    "2023-02-29": None,
    "2026-04-31": None,
    "0000-01-01": None,
    # Other spellings, two of them in ISO 8601.
    "20260331": None,
    "2026-W14-2": None,
    "2026-3-31": None,
    "31/03/2026": None,
    "31 March 2026": None,
    "2026-03": None,
    "2026-03-31T00:00": None,
    " 2026-03-31": None,
    "2026-03-31\n": None,
    "２０２６-０３-３１": None,
    "": None,
}


def test_a_day_is_read_in_one_spelling(subtests):
    for text, day in DAYS_IN_TEXT.items():
        with subtests.test(text):
            assert parse_day(text) == day


# The official names of one fiscal year, by the month it starts in: Japan and India from April,
# named by the beginning (India writes 2024-25), the United Kingdom from April (2024/25), the United
# States from October and Australia from July, both named by the end.
@pytest.mark.parametrize(
    "name, starts, named, first, last",
    [
        pytest.param("FY2024", 4, "", "2024-04-01", "2025-03-31", id="Japan"),
        pytest.param("FY2024", 4, "start", "2024-04-01", "2025-03-31", id="India by the beginning"),
        pytest.param("FY2025", 4, "end", "2024-04-01", "2025-03-31", id="India by the end"),
        pytest.param("FY2025", 10, "", "2024-10-01", "2025-09-30", id="United States"),
        pytest.param("FY2024", 10, "start", "2024-10-01", "2025-09-30", id="from October, by it"),
        pytest.param("FY2025", 7, "", "2024-07-01", "2025-06-30", id="Australia"),
        pytest.param("FY2024", 7, "start", "2024-07-01", "2025-06-30", id="from July, by it"),
        pytest.param("FY2025", 1, "start", "2025-01-01", "2025-12-31", id="January by the start"),
        pytest.param("FY2025", 1, "end", "2025-01-01", "2025-12-31", id="January by the end"),
    ],
)
def test_a_fiscal_year_is_named_as_stated(name, starts, named, first, last):
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert span(name, starts, named) == days
    assert last_day(name, starts, named) == days[1]
    fiscal = ImpreciseDate(days[1], Precision.FISCAL_YEAR, fiscal_start=starts, fiscal_named=named)
    assert f"FY{fiscal.fiscal_year}" == name
    assert fiscal.first_day == days[0]


BOUNDS = [
    pytest.param("2026-04-15", "day", None, "2026-04-15", "2026-04-15", id="a day"),
    pytest.param("2025-10-28", "week", None, "2025-10-27", "2025-11-02", id="over a month's end"),
    pytest.param("2025-10-27", "week", None, "2025-10-27", "2025-11-02", id="on Monday"),
    pytest.param("2025-11-02", "week", None, "2025-10-27", "2025-11-02", id="on Sunday"),
    pytest.param("2024-02-10", "month", None, "2024-02-01", "2024-02-29", id="a leap year"),
    pytest.param("2026-06-30", "quarter", None, "2026-04-01", "2026-06-30", id="a quarter"),
    pytest.param("2026-10-01", "quarter", None, "2026-10-01", "2026-12-31", id="the last quarter"),
    pytest.param("2026-06-30", "year", None, "2026-01-01", "2026-12-31", id="a year"),
    pytest.param("2026-03-31", "fiscal_year", 4, "2025-04-01", "2026-03-31", id="Japan's last day"),
    pytest.param("2026-04-01", "fiscal_year", 4, "2026-04-01", "2027-03-31", id="Japan's first"),
    pytest.param("2026-03-31", "fiscal_year", None, "2026-01-01", "2026-12-31", id="no month"),
    pytest.param("9999-12-31", "week", None, "9999-12-27", "9999-12-31", id="the last week"),
    pytest.param("9999-12-31", "fiscal_year", 4, "9999-04-01", "9999-12-31", id="the last year"),
    pytest.param("0001-01-01", "fiscal_year", 4, "0001-01-01", "0001-03-31", id="the first year"),
]


@pytest.mark.parametrize("day, precision, starts, first, last", BOUNDS)
def test_the_days_around_a_day(day, precision, starts, first, last):
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert find_bounds(date.fromisoformat(day), Precision(precision), starts) == days


@given(st.dates(), st.sampled_from(sorted(Precision)), st.none() | st.integers(1, 12))
def test_bounds_contain_their_day_and_are_the_bounds_of_each_of_their_days(day, precision, starts):
    first, last = find_bounds(day, precision, starts)
    assert first <= day <= last
    assert find_bounds(first, precision, starts) == (first, last)
    assert find_bounds(last, precision, starts) == (first, last)


@given(st.dates(), st.sampled_from(["week", "month", "quarter", "year"]))
def test_a_beginning_and_an_end_are_the_same_date_read_from_either_side(day, name):
    precision = Precision(name)
    first, last = find_bounds(day, precision)
    assert ImpreciseDate.from_first_day(first, precision) == ImpreciseDate(last, precision)


@given(
    st.dates(date(1901, 1, 1), date(2199, 1, 1)), st.integers(1, 12), st.sampled_from(FiscalNaming)
)
def test_the_name_of_a_fiscal_year_leads_back_to_it(day, starts, named):
    first, last = find_bounds(day, Precision.FISCAL_YEAR, starts)
    fiscal = ImpreciseDate(last, Precision.FISCAL_YEAR, starts, fiscal_named=named)
    assert span(f"FY{fiscal.fiscal_year}", starts, named) == (first, last)


def test_a_date_without_a_day_has_neither_end():
    for value in (
        ImpreciseDate(None, Precision.NONE),
        ImpreciseDate.from_first_day(None, Precision.NONE),
    ):
        assert (value.first_day, value.last_day) == (None, None)


@pytest.mark.parametrize(
    "day, precision, held, right",
    [
        pytest.param("2026-04-15", "month", "last", "2026-04-30", id="a deadline within a month"),
        pytest.param("2026-04-30", "month", "last", None, id="a deadline at its end"),
        pytest.param("2026-04-30", "month", "first", "2026-04-01", id="a beginning at the end"),
        pytest.param("2026-04-01", "month", "first", None, id="a beginning at its beginning"),
        pytest.param("2026-04-15", "day", "last", None, id="a day"),
        pytest.param("2026-04-15", "period", "last", None, id="a period ends on any day"),
        pytest.param("2026-03-30", "fiscal_year", "last", "2026-03-31", id="a fiscal year"),
    ],
)
def test_a_day_that_contradicts_its_precision_has_a_right_one(day, precision, held, right):
    expected = date.fromisoformat(right) if right else None
    wrong = date.fromisoformat(day)
    offer = find_right_day(wrong, Precision(precision), held=DayHeld(held), fiscal_start=4)
    assert offer == expected
