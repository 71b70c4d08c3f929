import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from commitments.templatetags.dates import (
    day_range,
    days,
    due_words,
    fiscal_year_words,
    imprecise,
    imprecise_range,
    short_period,
)
from commitments.verdicts.dates import ImpreciseDate, Precision
from commitments.verdicts.spellings import parse_date


def plain(text):
    return re.sub(r"<[^>]+>", "", text)


@pytest.mark.parametrize(
    "value, words",
    [
        pytest.param(ImpreciseDate(date(2025, 10, 28), Precision.DAY), "28 October 2025", id="day"),
        pytest.param(
            ImpreciseDate(date(2025, 11, 2), Precision.WEEK),
            "the week to 2 November 2025",
            id="week",
        ),
        pytest.param(ImpreciseDate(date(2026, 4, 30), Precision.MONTH), "April 2026", id="month"),
        pytest.param(
            ImpreciseDate(date(2026, 6, 30), Precision.QUARTER), "quarter 2 of 2026", id="quarter"
        ),
        pytest.param(ImpreciseDate(date(2030, 12, 31), Precision.YEAR), "2030", id="year"),
        pytest.param(
            ImpreciseDate(date(2028, 3, 31), Precision.FISCAL_YEAR, 4),
            "FY2027",
            id="Japan's fiscal year",
        ),
        pytest.param(
            ImpreciseDate(date(2024, 12, 31), Precision.PERIOD, None, date(2014, 1, 1)),
            "2014–2024",
            id="whole years",
        ),
        pytest.param(
            ImpreciseDate(date(2028, 3, 31), Precision.PERIOD, None, date(2023, 4, 1)),
            "April 2023 to March 2028",
            id="whole months",
        ),
        pytest.param(
            ImpreciseDate(date(9999, 12, 31), Precision.PERIOD, None, date(2023, 4, 2)),
            "2 April 2023 to 31 December 9999",
            id="to the last day there is",
        ),
        pytest.param(ImpreciseDate(None, Precision.NONE), "no date given", id="none"),
        pytest.param(ImpreciseDate(None, Precision.ONGOING), "ongoing", id="ongoing"),
        pytest.param(ImpreciseDate(None, Precision.RECURRING), "recurring", id="recurring"),
    ],
)
def test_an_imprecise_date_says_no_more_than_is_known(value, words):
    assert plain(imprecise(value)) == words


@pytest.mark.parametrize(
    "first, last, words",
    [
        pytest.param(date(2025, 10, 28), date(2025, 10, 28), "28 October 2025", id="one day"),
        pytest.param(date(2023, 5, 19), date(2023, 5, 21), "19–21 May 2023", id="in one month"),
        pytest.param(
            date(2024, 2, 28), date(2024, 3, 1), "28 February–1 March 2024", id="over a month's end"
        ),
        pytest.param(
            date(2024, 12, 31),
            date(2025, 1, 1),
            "31 December 2024–1 January 2025",
            id="over New Year",
        ),
    ],
)
def test_a_span_of_days_says_nothing_twice(first, last, words):
    assert plain(days(first, last)) == words


@pytest.mark.parametrize(
    "first, last, words",
    [
        pytest.param(date(2024, 1, 1), date(2024, 12, 31), "2024", id="a year"),
        pytest.param(date(2025, 4, 1), date(2026, 3, 31), "FY2025", id="a fiscal year from April"),
        pytest.param(date(2024, 7, 1), date(2024, 9, 30), "Q3 2024", id="a quarter"),
        pytest.param(date(2024, 2, 1), date(2024, 2, 29), "Feb 2024", id="a month"),
        pytest.param(date(2022, 6, 25), date(2022, 6, 25), "Jun 2022", id="a day"),
        pytest.param(date(2021, 1, 1), date(2022, 6, 25), "Jun 2022", id="a stretch"),
        pytest.param(date(2020, 1, 1), date(2021, 12, 31), "Dec 2021", id="two years"),
    ],
)
def test_a_period_on_a_drawing_is_short(first, last, words):
    assert short_period(SimpleNamespace(period_start=first, period_end=last)) == words


@pytest.mark.parametrize(
    "value, words",
    [
        pytest.param(ImpreciseDate(date(2025, 10, 28), Precision.DAY), "2025年10月28日", id="day"),
        pytest.param(ImpreciseDate(date(2026, 4, 30), Precision.MONTH), "2026年4月", id="month"),
        pytest.param(
            ImpreciseDate(date(2026, 6, 30), Precision.QUARTER), "2026年第2四半期", id="quarter"
        ),
        pytest.param(ImpreciseDate(date(2030, 12, 31), Precision.YEAR), "2030年", id="year"),
        pytest.param(
            ImpreciseDate(date(2026, 3, 31), Precision.FISCAL_YEAR, 4), "2025年度", id="fiscal year"
        ),
        pytest.param(
            ImpreciseDate(date(2024, 12, 31), Precision.PERIOD, None, date(2014, 1, 1)),
            "2014～2024年",
            id="whole years",
        ),
        pytest.param(
            ImpreciseDate(date(2028, 3, 31), Precision.PERIOD, None, date(2023, 4, 1)),
            "2023年4月～2028年3月",
            id="whole months",
        ),
        pytest.param(ImpreciseDate(None, Precision.ONGOING), "継続中", id="ongoing"),
    ],
)
def test_dates_have_their_japanese_form(value, words):
    with override("ja"):
        assert plain(imprecise(value)) == words


@pytest.mark.parametrize(
    "first, last, words",
    [
        pytest.param(date(2025, 10, 28), date(2025, 10, 28), "2025年10月28日", id="one day"),
        pytest.param(
            date(2023, 5, 19), date(2023, 5, 21), "2023年5月19日～21日", id="in one month"
        ),
        pytest.param(
            date(2024, 2, 28), date(2024, 3, 1), "2024年2月28日～3月1日", id="over a month's end"
        ),
        pytest.param(
            date(2024, 12, 31), date(2025, 1, 1), "2024年12月31日～2025年1月1日", id="over New Year"
        ),
    ],
)
def test_a_span_in_japanese_leaves_out_what_was_said(first, last, words):
    with override("ja"):
        assert plain(days(first, last)) == words


@pytest.mark.parametrize(
    "value, words",
    [
        pytest.param(ImpreciseDate(date(2025, 12, 31), Precision.YEAR), "due 2025", id="a year"),
        pytest.param(
            ImpreciseDate(date(2025, 11, 2), Precision.WEEK),
            "due in the week to 2 November 2025",
            id="week",
        ),
        pytest.param(
            ImpreciseDate(date(2026, 6, 13), Precision.PERIOD, None, date(2021, 6, 13)),
            "due between 13 June 2021 and 13 June 2026",
            id="between two days",
        ),
        pytest.param(
            ImpreciseDate(date(2025, 12, 31), Precision.PERIOD, None, date(2021, 1, 1)),
            "due 2021–2025",
            id="years",
        ),
    ],
)
def test_a_deadline_is_told_in_a_sentence(value, words):
    assert due_words(value) == words


def read(text):
    """Return the imprecise date that a text says; an empty one says none."""
    if not text:
        return ImpreciseDate(None, Precision.NONE)
    return parse_date(text).resolve()


RANGES = [
    pytest.param(
        "May 2017", "3 July 2021", "May 2017 – 3 July 2021", "2017年5月～2021年7月3日", id="mixed"
    ),
    pytest.param("2010", "2014", "2010–2014", "2010～2014年", id="years"),
    pytest.param("2010", "2010", "2010", "2010年", id="one year"),
    pytest.param("2010", "", "since 2010", "2010年から", id="no end"),
    pytest.param("", "May 2014", "until May 2014", "2014年5月まで", id="no beginning"),
    pytest.param("", "", "", "", id="neither"),
    pytest.param("May 2017", "May 2017", "May 2017", "2017年5月", id="a summit in one month"),
    pytest.param(
        "2017-05-26", "2017-05-27", "26–27 May 2017", "2017年5月26日～27日", id="a summit's days"
    ),
    pytest.param(
        "2009", "Q3 2010", "2009 – quarter 3 of 2010", "2009年～2010年第3四半期", id="a quarter"
    ),
    pytest.param("2021-10-04", "", "since 4 October 2021", "2021年10月4日から", id="from a day on"),
]


@pytest.mark.parametrize("begins, ends, english, japanese", RANGES)
def test_a_range_is_as_vague_as_each_of_its_ends(begins, ends, english, japanese):
    assert plain(imprecise_range(read(begins), read(ends))) == english
    with override("ja"):
        assert plain(imprecise_range(read(begins), read(ends))) == japanese


def test_a_range_marks_its_days_up_and_takes_none_for_no_date():
    assert (
        imprecise_range(read("2021-10-04"), None)
        == 'since <time datetime="2021-10-04">4 October 2021</time>'
    )


@pytest.mark.parametrize(
    "starts, named, last, words",
    [
        pytest.param(4, "", date(2028, 3, 31), "FY2027", id="usual"),
        pytest.param(4, "end", date(2028, 3, 31), "FY2028", id="by the end"),
        pytest.param(10, "start", date(2027, 9, 30), "FY2026", id="by the beginning"),
    ],
)
def test_a_fiscal_year_prints_as_it_is_named(starts, named, last, words):
    value = ImpreciseDate(last, Precision.FISCAL_YEAR, starts, fiscal_named=named)
    assert imprecise(value) == words
    assert fiscal_year_words(last, starts, named) == words
    with override("ja"):
        assert imprecise(value) == f"{words[2:]}年度"
    assert parse_date(words).resolve(starts, named) == value


@pytest.mark.parametrize(
    "period, named, words",
    [
        pytest.param("2024", "", "2024", id="a year"),
        pytest.param("2024-Q3", "", "quarter 3 of 2024", id="a quarter"),
        pytest.param("2024-02", "", "February 2024", id="a month"),
        pytest.param("2024-H1", "", "January 2024 to June 2024", id="a half"),
        pytest.param("FY2024", "", "FY2024", id="a fiscal year from April"),
        pytest.param("FY2025", "end", "FY2025", id="named after its end"),
        pytest.param("2024-02-29", "", "29 February 2024", id="a day"),
    ],
)
def test_a_figures_period_prints_by_its_name_and_reads_again(period, named, words):
    value = parse_date(period).resolve(4, named)
    row = SimpleNamespace(period_start=value.first_day, period_end=value.last_day)
    printed = plain(day_range(row, named))
    assert printed == words
    again = parse_date(printed).resolve(4, named)
    assert (again.first_day, again.last_day) == (value.first_day, value.last_day)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(
    "text",
    ["2024", "2024-03", "2024-Q3", "2024-H1", "2025-W44", "2024-03-31", "2010–2014", "FY2024"],
)
def test_every_imprecise_date_is_read_again_from_its_words(text, language):
    value = parse_date(text).resolve(4)
    with override(language):
        words = plain(imprecise(value))
    again = parse_date(words).resolve(4)
    assert again == value
