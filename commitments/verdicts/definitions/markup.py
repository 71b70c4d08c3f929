"""Days, numbers, lists and tables, as the documents about the rules write them.

Here and in its neighbours `say` is a function that leaves an English text as it is or returns its
translation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from commitments.verdicts.definitions.forms import _
from commitments.verdicts.targets import Period

Say = Callable[[str], str]


def write_period(period: Period, say: Say) -> str:
    """Return a year where it is one, otherwise the first and last day."""
    start, end = period.start, period.end
    if start == end:
        return write_day(start, say)
    first_day = date(end.year, 1, 1)
    last_day = date(end.year, 12, 31)
    if (start, end) == (first_day, last_day):
        return say(_("{year}")).format(year=end.year)
    return say(_("{start} to {end}")).format(
        start=write_day(start, say),
        end=write_day(end, say),
    )


def write_day(day: date, say: Say) -> str:
    return say(_("{year}-{month:02}-{date:02}")).format(
        year=day.year,
        month=day.month,
        date=day.day,
    )


def write_list(words: Iterable[str], say: Say) -> str:
    comma = say(_(", "))
    return comma.join(words)


def write_clauses(clauses: Iterable[str], say: Say) -> str:
    semicolon = say(_("; "))
    return semicolon.join(clauses)


def write_number(value: Decimal) -> str:
    """Return a number with a true minus and every decimal it has."""
    digits = f"{value:f}"
    return digits.replace("-", "−")


def bracket_negative(number: str) -> str:
    """Return a written number so that it can follow a sign of arithmetic."""
    if number.startswith("−"):
        return f"({number})"
    return number


def write_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    rule = ["---"] * len(headings)
    lines = []
    for cells in [headings, rule, *rows]:
        line = " | ".join(cells)
        lines.append(f"| {line} |\n")
    return "".join(lines)
