"""A number is read exactly where it means one number only; anything else is refused with what would
be right.
"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.numbers import looks_like_excel_date, read_number, read_plain_number

PLAIN = ["0", "-1", "+1", "1.50", "007", "123456789.123456", "1.234", "9" * 20 + "." + "1" * 20]


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_number_is_read_exactly(text):
    for read in (read_number, read_plain_number):
        assert str(read(text)) == str(Decimal(text))


AS_PEOPLE_WRITE = {
    " 1": "1",
    "1\n": "1",
    "1,5": "1.5",
    "12,50": "12.50",
    "0,123": "0.123",
    "1234,567": "1234.567",
    "1,234.5": "1234.5",
    "1.234,5": "1234.5",
    "1,234,567": "1234567",
    "1.234.567": "1234567",
    "1.234.567,89": "1234567.89",
    "1 234,5": "1234.5",
    "1 234.5": "1234.5",
    "1 000": "1000",
    "1\u202f000": "1000",
    "1\u00a0234\u00a0567": "1234567",
    "1'000": "1000",
    "1’000.50": "1000.50",
    "12,34,567": "1234567",
    "12,34,567.8": "1234567.8",
    "\u22121": "-1",
    "\u22120.5": "-0.5",
    "− 0.5": "-0.5",
    "\u20131.5": "-1.5",
    "\uff0d1": "-1",
    "-1.234,5": "-1234.5",
    "１２.5": "12.5",
    "１，２３４．５": "1234.5",
    "١٢": "12",
}


def test_a_number_as_people_write_it_is_read_with_every_digit(subtests):
    for text, plain in AS_PEOPLE_WRITE.items():
        with subtests.test(text):
            assert str(read_number(text)) == plain
        with subtests.test(f"{text} to the letter"), pytest.raises(ValueError) as refusal:
            read_plain_number(text)
        assert plain in str(refusal.value)


@pytest.mark.parametrize(
    "text, words",
    [
        pytest.param("", "blank", id="empty"),
        pytest.param("  ", "blank", id="blanks"),
        pytest.param("1,234", "thousands or decimals. Write 1234 or 1.234.", id="either"),
        pytest.param("-12,000", "thousands or decimals. Write -12000 or -12.000.", id="negative"),
        pytest.param("45 %", "the unit says it. Write 45.", id="percent"),
        pytest.param("4,5％", "Write 4.5.", id="full-width percent"),
        pytest.param("1,234%", "Leave the percent sign out", id="percent of either"),
        pytest.param("Jan-85", "turned this into a date", id="month and year"),
        pytest.param("5-Mar", "turned this into a date", id="day and month"),
        pytest.param("01/02/2024", "turned this into a date", id="a day"),
        pytest.param("NaN", "Leave it empty", id="NaN"),
        pytest.param("-Infinity", "Leave it empty", id="infinity"),
        pytest.param("n/a", "Leave it empty", id="n/a"),
        pytest.param("1e5", "without an exponent: 100000.", id="exponent"),
        pytest.param("-1.5E-3", "without an exponent: -0.0015.", id="negative exponent"),
        pytest.param("1e999999999", "without an exponent.", id="huge exponent"),
        pytest.param("9" * 100_000, "longer than any number", id="100,000 digits"),
        pytest.param("9" * 41, "longer than any number", id="41 digits"),
        pytest.param("-", "This is not a number", id="a lone sign"),
        pytest.param("1_000", "This is not a number", id="underscore"),
        pytest.param(".5", "Write 0.5.", id="nothing before the point"),
        pytest.param("1.60²", "This is not a number", id="the number of a footnote"),
        pytest.param("½", "This is not a number", id="a fraction"),
        pytest.param("1 23", "This is not a number", id="a blank between two numbers"),
        pytest.param("1,23,45", "This is not a number", id="groups of no kind"),
        pytest.param("1.234.5", "This is not a number", id="two points"),
        pytest.param("1–2", "This is not a number", id="a range"),
        pytest.param("=1+1", "This is not a number", id="a formula"),
    ],
)
def test_what_is_no_number_or_may_be_two_is_refused_with_the_remedy(text, words):
    for read in (read_number, read_plain_number):
        with pytest.raises(ValueError) as refusal:
            read(text)
        assert words in str(refusal.value)
        assert len(str(refusal.value)) < 200


# Three decimals after a single group may be another group: those have a test above.
numbers = st.decimals(
    min_value=-(10**15), max_value=10**15, allow_nan=False, places=2, allow_infinity=False
)


@given(numbers)
def test_every_number_is_read_from_each_way_of_writing_it(number):
    english = f"{number:,}"
    german = english.translate(str.maketrans(",.", ".,"))
    french = english.translate(str.maketrans({",": "\u202f", ".": ","}))
    swiss = english.replace(",", "’").replace("-", "\u2212")
    for text in (str(number), english, german, french, swiss):
        assert read_number(text) == number


def test_dates_made_by_spreadsheets_are_known_and_fiscal_years_are_none():
    assert all(
        map(looks_like_excel_date, ["Jan-85", "5-Mar", "05-mar-2018", "1/2/2024", " Dec-1999"])
    )
    assert not any(
        map(looks_like_excel_date, ["1985-01", "2018/19", "2024-31", "may-be", "G7-85", ""])
    )
