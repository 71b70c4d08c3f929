"""Days and periods as people write them: read in one way, or refused for a reason."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.verdicts.dates import FiscalNaming, Precision, find_bounds
from commitments.verdicts.spellings import MONTHS, UnreadableDate, WrittenDate, parse_date

YEAR_2024 = ("year", "2024-01-01", "2024-12-31")
MARCH = ("month", "2024-03-01", "2024-03-31")
Q3 = ("quarter", "2024-07-01", "2024-09-30")
H1 = ("period", "2024-01-01", "2024-06-30")
H2 = ("period", "2024-07-01", "2024-12-31")
WEEK = ("week", "2025-10-27", "2025-11-02")
DAY = ("day", "2024-03-31", "2024-03-31")

READ = {
    "2024": YEAR_2024,
    "2024年": YEAR_2024,
    "令和6年": YEAR_2024,
    "２０２４": YEAR_2024,
    " 2024 ": YEAR_2024,
    "CY2024": YEAR_2024,
    "平成元年": ("year", "1989-01-01", "1989-12-31"),
    "昭和64年": ("year", "1989-01-01", "1989-12-31"),
    "2024-03": MARCH,
    "2024M03": MARCH,
    "2024-M3": MARCH,
    "March 2024": MARCH,
    "march, 2024": MARCH,
    "Mar 2024": MARCH,
    "Mar. 2024": MARCH,
    "2024 March": MARCH,
    "2024年3月": MARCH,
    "令和6年3月": MARCH,
    "Sept 2024": ("month", "2024-09-01", "2024-09-30"),
    "2024-Q3": Q3,
    "2024Q3": Q3,
    "2024 Q3": Q3,
    "Q3 2024": Q3,
    "Q3/2024": Q3,
    "3Q 2024": Q3,
    "3Q2024": Q3,
    "quarter 3 of 2024": Q3,
    "third quarter of 2024": Q3,
    "The third quarter 2024": Q3,
    "2024年第3四半期": Q3,
    "2024-H1": H1,
    "2024H1": H1,
    "H1 2024": H1,
    "1H 2024": H1,
    "2024S1": H1,
    "2024-S1": H1,
    "first half of 2024": H1,
    "2024年上半期": H1,
    "2024-H2": H2,
    "the second half of 2024": H2,
    "2024年下半期": H2,
    "2025-W44": WEEK,
    "the week to 2 November 2025": WEEK,
    "2024-03-31": DAY,
    "2024‑03‑31": DAY,
    "31 March 2024": DAY,
    "31st of March 2024": DAY,
    "31 Mar 2024": DAY,
    "31 mar. 2024": DAY,
    "March 31, 2024": DAY,
    "March 31st 2024": DAY,
    "2024年3月31日": DAY,
    "２０２４年３月３１日": DAY,
    "令和6年3月31日": DAY,
    "31/03/2024": DAY,
    "03/31/2024": DAY,
    "31.3.2024": DAY,
    "2024/03/31": DAY,
    "2024/3/31": DAY,
    "04/04/2024": ("day", "2024-04-04", "2024-04-04"),
    "2010–2014": ("period", "2010-01-01", "2014-12-31"),
    "2024 to 2025": ("period", "2024-01-01", "2025-12-31"),
    "2014～2024年": ("period", "2014-01-01", "2024-12-31"),
    "April 2023 to March 2028": ("period", "2023-04-01", "2028-03-31"),
    "May 2017 – 3 July 2021": ("period", "2017-05-01", "2021-07-03"),
    "2023年4月～2028年3月": ("period", "2023-04-01", "2028-03-31"),
}


def test_what_means_the_same_is_read_alike(subtests):
    for text, (precision, first, last) in READ.items():
        with subtests.test(text):
            days = date.fromisoformat(first), date.fromisoformat(last)
            assert parse_date(text) == WrittenDate(Precision(precision), *days)


FISCAL_YEARS = {
    "FY2024": (2024, False),
    "FY 2024": (2024, False),
    "fiscal year 2024": (2024, False),
    "2024年度": (2024, False),
    "令和6年度": (2024, False),
    "平成31年度": (2019, False),
    "2024/25": (2024, True),
    "2024-25": (2024, True),
    "2024–25": (2024, True),
    "2024/2025": (2024, True),
    "FY2024-25": (2024, True),
    "FY2024/25": (2024, True),
    "FY 2024–2025": (2024, True),
    "FY2010-11": (2010, True),
    "2010/11": (2010, True),
    "1999/00": (1999, True),
}


def test_a_fiscal_year_has_its_year_before_its_days(subtests):
    for text, expected in FISCAL_YEARS.items():
        with subtests.test(text):
            written = parse_date(text)
            assert (written.fiscal_year, written.is_split) == expected
            assert (written.precision, written.last_day) == (Precision.FISCAL_YEAR, None)


REFUSED = {
    "": "empty",
    "  ": "empty",
    "03/04/2024": "day_or_month",
    "3.4.2024": "day_or_month",
    "03/12/2024": "day_or_month",
    "12/03/2024": "day_or_month",
    "2010-11": "month_or_years",
    "2001-02": "month_or_years",
    "2011-12": "month_or_years",
    "2024-2025": "years_or_year",
    "2024–2025": "years_or_year",
    "2024/26": "not_consecutive",
    "2024-13": "not_consecutive",
    "2024/03": "not_consecutive",
    "FY2023-27": "not_consecutive",
    "24-03": "short_year",
    "FY25": "short_year",
    "24/25": "short_year",
    "31/03/26": "short_year",
    "31 Mar 26": "short_year",
    "March": "no_year",
    "31 March": "no_year",
    "March 31": "no_year",
    "Q3": "no_year",
    "3月31日": "no_year",
    "end of 2026": "vague",
    "by mid-2025": "vague",
    "early 2026": "vague",
    "the 2020s": "vague",
    "2026年末": "vague",
    "spring": "vague",
    "31 April 2026": "no_such_day",
    "2023-02-29": "no_such_day",
    "32/01/2024": "no_such_day",
    "2024-W53": "no_such_day",
    "1850": "year_out_of_range",
    "2200-01": "year_out_of_range",
    "2021 to 2019": "ends_before",
    "2024-Q5": "unknown",
    "2024-H3": "unknown",
    "2024M13": "unknown",
    "Marx 2024": "unknown",
    "week to 3 November 2025": "unknown",
    "week to June 2025": "unknown",
    "20240331": "unknown",
    "FY2025 Q1": "unknown",
    "2024²": "unknown",
    "soon" * 10_000: "unknown",
}


def test_what_is_ambiguous_vague_or_wrong_is_refused_for_its_reason(subtests):
    for text, fault in REFUSED.items():
        with subtests.test(text[:40]), pytest.raises(UnreadableDate) as refusal:
            parse_date(text)
        with subtests.test(f"{text[:40]}: reason"):
            assert refusal.value.fault == fault


def test_both_readings_are_named():
    with pytest.raises(UnreadableDate) as refusal:
        parse_date("03/04/2024")
    assert refusal.value.values == {"day": date(2024, 4, 3), "other": date(2024, 3, 4)}
    with pytest.raises(UnreadableDate) as refusal:
        parse_date("by mid-2025")
    assert refusal.value.values == {"year": 2025}


@pytest.mark.parametrize(
    "text, starts, named, first, last, year",
    [
        pytest.param("令和6年度", 4, "", "2024-04-01", "2025-03-31", 2024, id="Japan"),
        pytest.param("FY2025", 10, "", "2024-10-01", "2025-09-30", 2025, id="United States"),
        pytest.param("2024/25", 4, "", "2024-04-01", "2025-03-31", 2024, id="United Kingdom"),
        pytest.param("2024-25", 7, "", "2024-07-01", "2025-06-30", 2025, id="Australia"),
        pytest.param("FY2024-25", 4, "start", "2024-04-01", "2025-03-31", 2024, id="India"),
        pytest.param(
            "FY2024-25", 4, "end", "2024-04-01", "2025-03-31", 2025, id="India, by the end"
        ),
        pytest.param("2024/25", 10, "start", "2024-10-01", "2025-09-30", 2024, id="October"),
        pytest.param("FY2024", 1, "", "2024-01-01", "2024-12-31", 2024, id="January"),
    ],
)
def test_a_fiscal_year_has_its_days_by_its_first_month(text, starts, named, first, last, year):
    fiscal = parse_date(text).resolve(starts, named)
    assert (fiscal.first_day.isoformat(), fiscal.last_day.isoformat()) == (first, last)
    assert (fiscal.fiscal_year, fiscal.fiscal_named) == (year, named)


@pytest.mark.parametrize(
    "text, starts, fault",
    [
        ("FY2024", None, "fiscal_start_unknown"),
        ("2024/25", None, "fiscal_start_unknown"),
        ("2024/25", 1, "calendar_year"),
    ],
)
def test_a_fiscal_year_that_its_month_leaves_open_is_refused(text, starts, fault):
    with pytest.raises(UnreadableDate) as refusal:
        parse_date(text).resolve(starts)
    assert refusal.value.fault == fault


days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
SPELLINGS_OF_DAYS = [
    lambda day: day.isoformat(),
    lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}",
    lambda day: f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}/{day.month}/{day.day}",
]


@given(days, st.sampled_from(SPELLINGS_OF_DAYS))
def test_every_day_is_read_in_every_spelling(day, write):
    assert parse_date(write(day)) == WrittenDate(Precision.DAY, day, day)


SPELLINGS_OF_PERIODS = [
    (Precision.YEAR, lambda day: f"{day.year}"),
    (Precision.MONTH, lambda day: f"{day.year}M{day.month:02}"),
    (Precision.MONTH, lambda day: f"{MONTHS[day.month - 1]} {day.year}"),
    (Precision.MONTH, lambda day: f"{day.year}年{day.month}月"),
    (Precision.QUARTER, lambda day: f"{day.year}-Q{(day.month + 2) // 3}"),
    (Precision.WEEK, lambda day: f"{day:%G-W%V}"),
]


@given(st.dates(date(1901, 1, 1), date(2198, 12, 31)), st.sampled_from(SPELLINGS_OF_PERIODS))
def test_every_period_is_read_as_the_days_around_its_days(day, spelling):
    precision, write = spelling
    assert parse_date(write(day)) == WrittenDate(precision, *find_bounds(day, precision))


@given(st.integers(1901, 2197), st.integers(2, 12), st.sampled_from(FiscalNaming))
def test_a_split_year_and_its_name_are_the_same_year(year, starts, named):
    split = parse_date(f"{year}/{(year + 1) % 100:02}").resolve(starts, named)
    assert split.first_day == date(year, starts, 1)
    assert parse_date(f"FY{split.fiscal_year}").resolve(starts, named) == split


@given(st.text(max_size=30))
def test_any_other_text_is_read_or_refused_and_nothing_else(text):
    try:
        written = parse_date(text)
    except UnreadableDate:
        return
    assert written.fiscal_year or written.first_day <= written.last_day
