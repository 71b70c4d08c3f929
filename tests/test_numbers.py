"""A plain number is read exactly; anything else is refused with what would be right."""

from decimal import Decimal

import pytest

from commitments.numbers import looks_like_excel_date, read_number


@pytest.mark.parametrize("text", ["0", "-1", "+1", "1.50", "007", "123456789.123456"])
def test_a_plain_number_is_read_exactly(text):
    assert read_number(text) == Decimal(text)
    assert str(read_number("1.50")) == "1.50"


@pytest.mark.parametrize(
    "text, words",
    [
        pytest.param("", "blank", id="empty"),
        pytest.param("  ", "blank", id="blanks"),
        pytest.param(" 1", "Write 1.", id="blank before"),
        pytest.param("1\n", "Write 1.", id="line end behind"),
        pytest.param("1,5", "decimal comma. Write 1.5.", id="decimal comma"),
        pytest.param("1.000,5", "separators between thousands", id="thousands and decimal comma"),
        pytest.param("1,000", "separators between thousands, or a decimal comma", id="either"),
        pytest.param("1 000", "separators between thousands", id="blank between thousands"),
        pytest.param(
            "1\u202f000", "separators between thousands", id="narrow blank between thousands"
        ),
        pytest.param("1'000", "separators between thousands", id="apostrophe between thousands"),
        pytest.param(
            "\u22121", "U+2212 (MINUS SIGN), not a minus. Write -1.", id="minus sign of print"
        ),
        pytest.param("\u20131.5", "U+2013 (EN DASH), not a minus. Write -1.5.", id="en dash"),
        pytest.param("\uff0d1", "U+FF0D (FULLWIDTH HYPHEN-MINUS)", id="full-width minus"),
        pytest.param("12%", "Write 12.", id="percent"),
        pytest.param("Jan-85", "turned this into a date", id="month and year"),
        pytest.param("5-Mar", "turned this into a date", id="day and month"),
        pytest.param("01/02/2024", "turned this into a date", id="a day"),
        pytest.param("NaN", "Leave the cell empty", id="NaN"),
        pytest.param("-Infinity", "Leave the cell empty", id="infinity"),
        pytest.param("n/a", "Leave the cell empty", id="n/a"),
        pytest.param("１２.5", "Write 12.5.", id="full-width digits"),
        pytest.param("١٢", "Write 12.", id="Arabic digits"),
        pytest.param("1e5", "without an exponent", id="exponent"),
        pytest.param("9" * 100_000, "longer than any number", id="100,000 digits"),
        pytest.param("-", "This is not a number", id="a lone sign"),
        pytest.param("1_000", "This is not a number", id="underscore"),
        pytest.param(".5", "This is not a number", id="nothing before the point"),
        pytest.param("=1+1", "This is not a number", id="a formula"),
    ],
)
def test_what_is_no_plain_number_is_refused_with_the_remedy(text, words):
    with pytest.raises(ValueError) as refusal:
        read_number(text)
    assert words in str(refusal.value)
    assert len(str(refusal.value)) < 200


def test_dates_made_by_spreadsheets_are_known_and_fiscal_years_are_none():
    assert all(
        map(looks_like_excel_date, ["Jan-85", "5-Mar", "05-mar-2018", "1/2/2024", " Dec-1999"])
    )
    assert not any(
        map(looks_like_excel_date, ["1985-01", "2018/19", "2024-31", "may-be", "G7-85", ""])
    )
