from decimal import Decimal

import pytest
from django.utils.translation import override

from commitments.templatetags.figures import figure, in_unit, shorten_figure, with_sign


@pytest.mark.parametrize(
    "value, decimals, shown",
    [
        pytest.param("0.69850000", 2, "0.70", id="aid of 0.6985 % is published as 0.70"),
        pytest.param("1.60000000", 2, "1.60", id="a printed zero stays"),
        pytest.param("2.00000000", 0, "2", id="no decimals were printed"),
        pytest.param("2.5", 0, "3", id="half away from zero"),
        pytest.param("43000.00000000", None, "43,000", id="thousands are grouped"),
        pytest.param("43.00000000", None, "43", id="not in powers of ten"),
        pytest.param("-30.50000000", None, "-30.5", id="no trailing zeros"),
        pytest.param("0E-8", None, "0", id="nothing at all"),
    ],
)
def test_a_figure_shows_every_decimal_printed_and_no_other(value, decimals, shown):
    assert figure(Decimal(value), decimals) == shown


def test_only_the_per_cent_sign_stands_close():
    assert in_unit(Decimal("2.00"), "% of GDP") == "2% of GDP"
    assert in_unit(Decimal(550), "USD bn") == "550\u00a0USD bn"


@pytest.mark.parametrize(
    "value, unit, shown",
    [
        ("2.50", "% of GDP", "2.5%"),
        ("303.5", "USD bn", "303.5"),
        ("43000000000000", "JPY", "43 trillion"),
        ("-1500000", "people", "-1.5 million"),
        ("0", "% of GDP", "0%"),
    ],
)
def test_on_a_drawing_large_numbers_are_words(value, unit, shown):
    assert shorten_figure(Decimal(value), unit) == shown


@pytest.mark.parametrize(
    "value, decimals, shown",
    [
        ("0.2", 2, "+0.20"),
        ("-0.01", 2, "−0.01"),
        ("0", 1, "none"),
        ("-0.125", 1, "−0.125"),
        ("159", 0, "+159"),
    ],
)
def test_a_gap_has_its_sign_and_the_decimals_of_its_figure(value, decimals, shown):
    assert with_sign(Decimal(value), decimals) == shown


@pytest.mark.parametrize(
    "value, words",
    [
        pytest.param("5500000000000", "5.5兆", id="trillions"),
        pytest.param("1500000000", "15億", id="billions are tens of 億"),
        pytest.param("43000", "4.3万", id="ten thousands"),
        pytest.param("9999", "9999", id="no word"),
    ],
)
def test_japanese_counts_in_ten_thousands(value, words):
    with override("ja"):
        assert shorten_figure(Decimal(value), "¥") == words


def test_thousands_are_grouped_in_japanese_too():
    with override("ja"):
        assert figure(Decimal("1234567.8")) == "1,234,567.8"
