"""Imprecise dates: overdue only after the last day they may mean."""

from datetime import date

import pytest

from commitments.verdicts.dates import UNDATED, ImpreciseDate, Precision, last_day, parse_day, span

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
