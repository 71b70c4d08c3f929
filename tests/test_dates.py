"""Sentences on days and periods: what is wrong, and what to write."""

import re
from datetime import date

import pytest

from commitments.dates import explain_wrong_day, read_date, read_period
from commitments.verdicts.dates import DayHeld, Precision
from commitments.verdicts.spellings import DateFault, UnreadableDate, parse_date


@pytest.mark.parametrize(
    "day, precision, held, sentence",
    [
        pytest.param(
            "2026-04-15",
            "month",
            "last",
            "April 2026 ends on 30 April 2026. Write 2026-04-30, or choose “the day”.",
            id="a deadline within a month",
        ),
        pytest.param(
            "2017-05-31",
            "month",
            "first",
            "May 2017 begins on 1 May 2017. Write 2017-05-01, or choose “the day”.",
            id="a beginning at the end of a month",
        ),
        pytest.param(
            "2025-10-28",
            "week",
            "last",
            "The week from Monday 27 October 2025 to Sunday 2 November 2025 ends on 2 November"
            " 2025. Write 2025-11-02, or choose “the day”.",
            id="within a week",
        ),
        pytest.param(
            "2026-06-01",
            "quarter",
            "last",
            "Quarter 2 of 2026 ends on 30 June 2026. Write 2026-06-30, or choose “the day”.",
            id="within a quarter",
        ),
        pytest.param(
            "2026-06-30",
            "year",
            "last",
            "2026 ends on 31 December 2026. Write 2026-12-31, or choose “the day”.",
            id="within a year",
        ),
        pytest.param(
            "2027-03-30",
            "fiscal_year",
            "last",
            "FY2026 ends on 31 March 2027. Write 2027-03-31, or choose “the day”.",
            id="within a fiscal year",
        ),
        pytest.param("2026-04-30", "month", "last", None, id="the end of a month"),
        pytest.param("2026-04-15", "day", "last", None, id="a day"),
        pytest.param(None, "none", "last", None, id="no day"),
    ],
)
def test_a_day_that_contradicts_its_precision_is_answered_with_the_right_one(
    day, precision, held, sentence
):
    wrong = date.fromisoformat(day) if day else None
    answer = explain_wrong_day(wrong, precision, held=DayHeld(held), fiscal_start=4)
    assert answer == sentence


def test_a_fiscal_year_is_called_in_the_sentence_as_its_record_names_it():
    answer = explain_wrong_day(
        date(2027, 3, 30), "fiscal_year", held=DayHeld.LAST, fiscal_start=4, fiscal_named="end"
    )
    assert answer.startswith("FY2027 ends on 31 March 2027.")


SENTENCES = [
    ("03/04/2024", "This may be 3 April 2024 or 4 March 2024. Write 2024-04-03 or 2024-03-04."),
    ("2010-11", "This may be November 2010 or the year 2010/11. Write 2010M11 or 2010/11."),
    (
        "2024-2025",
        "This may be both years or one fiscal year. Write 2024 to 2025, or 2024/25.",
    ),
    (
        "by mid-2025",
        (
            "This leaves open which days are meant. Write the day, month, quarter, half or year"
            " that the source says: 2025-12-31, December 2025, Q4 2025, H2 2025 or 2025."
        ),
    ),
    ("FY25", "Write the year in four digits: 2026, FY2026, 2026-03, 31 March 2026."),
    ("31 March", "The year is missing. Write it in four digits: March 2026, 31 March 2026."),
    ("31 April 2026", "There is no such day in the calendar. Check the day and the month."),
    ("1850", "Write a year from 1900 to 2199."),
]


@pytest.mark.parametrize("text, sentence", SENTENCES)
def test_what_is_refused_is_answered_with_what_to_write(text, sentence):
    with pytest.raises(ValueError) as refusal:
        read_date(text)
    assert str(refusal.value) == sentence


def test_every_fault_has_a_sentence_and_what_it_says_to_write_is_read(subtests):
    texts = {
        "x": DateFault.UNKNOWN,
        "": DateFault.EMPTY,
        "soon": DateFault.VAGUE,
        "March": DateFault.NO_YEAR,
        "24-03": DateFault.SHORT_YEAR,
        "1850": DateFault.YEAR_OUT_OF_RANGE,
        "2026-02-30": DateFault.NO_SUCH_DAY,
        "3/4/2024": DateFault.DAY_OR_MONTH,
        "2010-11": DateFault.MONTH_OR_YEARS,
        "2024-2025": DateFault.YEARS_OR_YEAR,
        "2024/26": DateFault.NOT_CONSECUTIVE,
        "2021 to 2019": DateFault.ENDS_BEFORE,
        "FY2024": DateFault.FISCAL_START_UNKNOWN,
        "2024/25": DateFault.CALENDAR_YEAR,
    }
    assert set(texts.values()) == set(DateFault)
    for text, fault in texts.items():
        start = 1 if fault == DateFault.CALENDAR_YEAR else None
        with subtests.test(fault.value), pytest.raises(ValueError) as refusal:
            read_period(text, start)
        sentence = str(refusal.value)
        for example in re.findall(r"\b(?:FY|[QH][1-4] )?[0-9]{4}(?:[-/M][0-9-]+)?\b", sentence):
            with subtests.test(f"{fault}: {example}"):
                parse_date(example)


def test_a_period_of_a_fiscal_year_needs_its_month():
    assert read_period("FY2025", 10).last_day == date(2025, 9, 30)
    assert read_date("FY2025").precision == Precision.FISCAL_YEAR
    with pytest.raises(ValueError, match="in which month this fiscal year starts"):
        read_period("FY2025", None)


def test_a_sentence_takes_the_place_of_the_fault():
    with pytest.raises(ValueError) as refusal:
        read_date("2024-13")
    assert not isinstance(refusal.value, UnreadableDate)
