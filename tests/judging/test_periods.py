"""Periods in one word."""

from datetime import date
from types import SimpleNamespace

import pytest

from commitments.judging.periods import abbreviate_period


@pytest.mark.parametrize(
    "first, last, starts, named, word",
    [
        pytest.param("2024-01-01", "2024-12-31", None, "", "2024", id="a year"),
        pytest.param("2025-04-01", "2026-03-31", 4, "", "FY2025", id="Japan's fiscal year"),
        pytest.param("2025-04-01", "2026-03-31", 4, "end", "FY2026", id="India's fiscal year"),
        pytest.param("2024-10-01", "2025-09-30", 10, "", "FY2025", id="the American one"),
        pytest.param(
            "2025-04-01",
            "2026-03-31",
            None,
            "",
            "2025-04-01/2026-03-31",
            id="no fiscal year is known",
        ),
        pytest.param("2024-07-01", "2024-09-30", None, "", "2024-Q3", id="a quarter"),
        pytest.param(
            "2024-02-01",
            "2024-04-30",
            None,
            "",
            "2024-02-01/2024-04-30",
            id="three months that are none",
        ),
        pytest.param("2022-06-25", "2022-06-25", None, "", "2022-06-25", id="a day"),
        pytest.param("2021-01-01", "2022-06-25", None, "", "2021-01-01/2022-06-25", id="a stretch"),
    ],
)
def test_a_period_is_one_word(first, last, starts, named, word):
    indicator = SimpleNamespace(fiscal_year_starts=starts, fiscal_year_named=named)
    assert abbreviate_period(date.fromisoformat(first), date.fromisoformat(last), indicator) == word
