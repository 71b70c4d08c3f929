"""Imprecise dates: overdue only after the last day they may mean."""

from datetime import date

import pytest

from commitments.verdicts.dates import UNDATED, ImpreciseDate, Precision

LAST_DAYS = [
    pytest.param("day", date(2026, 4, 30), id="a day"),
    pytest.param("month", date(2026, 4, 30), id="April 2026"),
    pytest.param("year", date(2026, 12, 31), id="2026"),
    pytest.param("fiscal_year", date(2028, 3, 31), id="FY2027"),
    pytest.param("day", date(2028, 2, 29), id="a leap day"),
]


@pytest.mark.parametrize("precision, last_day", LAST_DAYS)
def test_a_date_has_passed_the_day_after_its_last_day_and_not_on_it(precision, last_day):
    due = ImpreciseDate(last_day, Precision(precision))
    ordinal = last_day.toordinal()
    assert not due.passed(on=date.fromordinal(ordinal - 1))
    assert not due.passed(on=last_day)
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
        pytest.param(date(2027, 9, 30), 10, 2027, id="the United States' FY2027 ends in September 2027"),
        pytest.param(date(2026, 6, 30), 7, 2026, id="Australia's, half in each year, by the one it ends in"),
        pytest.param(date(2027, 12, 31), 1, 2027, id="a fiscal year that is the calendar year"),
        pytest.param(date(2028, 3, 31), None, None, id="no fiscal year"),
        pytest.param(None, 4, None, id="no last day"),
    ],
)
def test_a_fiscal_year_is_named_after_the_year_most_of_it_lies_in(last_day, fiscal_start, year):
    assert ImpreciseDate(last_day, Precision.FISCAL_YEAR, fiscal_start).fiscal_year == year


def test_a_fiscal_year_from_february_is_named_after_the_year_it_begins_in():
    assert ImpreciseDate(date(2026, 1, 31), Precision.FISCAL_YEAR, fiscal_start=2).fiscal_year == 2025
    assert ImpreciseDate(date(2026, 12, 31), Precision.FISCAL_YEAR, fiscal_start=1).fiscal_year == 2026
