"""The cells of a row of figures: each is read, or refused with what would be right."""

import re
from datetime import date
from decimal import Decimal

from commitments.dates import read_period
from commitments.days import EARLIEST, LATEST
from commitments.judging.entered_figures import explain_early_actual, explain_outside_bounds
from commitments.models import Indicator
from commitments.models.numbers import DECIMALS, DIGITS, write_plainly
from commitments.numbers import MINUS_SIGNS, looks_like_excel_date, read_number, says_no_figure
from commitments.verdicts.dates import ImpreciseDate, parse_day
from commitments.verdicts.targets import FigureKind, count_written_decimals

# The digits that a computer's number holds exactly. What it computes has up to two more.
EXACT_DIGITS = 15
MOST_DIGITS_OF_A_SUM = 11
LONE_MINUS = frozenset(f"-{MINUS_SIGNS}")


class Wrong(Exception):
    """A cell that cannot be read: its key, and a sentence that says what would be right.

    With a `code` it is a defect that a policy decides about.
    """

    def __init__(self, key, sentence, code=""):
        self.key = key
        self.sentence = sentence
        self.code = code


def read_days(text: str, indicator: Indicator) -> ImpreciseDate:
    """Return a period as official files write it: see `dates`."""
    if looks_like_excel_date(text):
        raise Wrong(
            "period",
            "A spreadsheet has turned this into a date. Enter it anew, in a column formatted as"
            " text.",
        )
    try:
        return read_period(text, indicator.fiscal_year_starts, indicator.fiscal_year_named)
    except ValueError as error:
        raise Wrong("period", str(error))


def read_kind(text: str) -> FigureKind:
    kind = text.casefold()
    if kind not in set(FigureKind):
        raise Wrong("kind", f"Write one of {', '.join(FigureKind)}.")
    return FigureKind(kind)


def refuse_blank_value(text: str):
    """Raise `Wrong` if the cell of a value is blank, or says that there is no figure."""
    if not text:
        raise Wrong("value", "This is blank where a number is needed.", "blank-value")
    if text in LONE_MINUS:
        sentence = (
            "A minus alone may mean zero, or that there is no figure. Write 0, or leave it empty."
        )
        raise Wrong("value", sentence)
    if says_no_figure(text):
        sentence = "This is not a number: it says that there is no figure."
        raise Wrong("value", sentence, "blank-value")


def read_value(text: str) -> Decimal:
    """Return the number with all its digits."""
    try:
        value = read_number(text)
    except ValueError as error:
        raise Wrong("value", str(error))
    written = count_written_decimals(value)
    if written > DECIMALS:
        raise Wrong("value", f"It has {written} decimals; at most {DECIMALS} are kept.")
    if count_digits(value) > DIGITS:
        raise Wrong("value", f"At most {DIGITS} digits are kept, {DECIMALS} of them decimals.")
    return value


def read_decimals(text: str, value: Decimal) -> int:
    """Return how many decimals of the value the publisher printed."""
    written = count_written_decimals(value)
    if not text:
        return written
    if not re.fullmatch("[0-9]{1,2}", text) or int(text) > DECIMALS:
        raise Wrong("decimals", f"Write how many decimals the publisher printed, 0 to {DECIMALS}.")
    decimals = int(text)
    if written > decimals:
        raise Wrong("decimals", f"The value has {written} decimals. Give it as it was printed.")
    return decimals


def count_digits(value: Decimal) -> int:
    digits = format(value, "f").lstrip("-").replace(".", "")
    return len(digits)


def refuse_computed_digits(value: Decimal):
    """Raise `Wrong` for 0.30000000000000004: a computer has added 0.1 and 0.2.

    Such a number is a short one but for its 16th and 17th digit, which no publisher prints.
    """
    significant = write_plainly(value).lstrip("-0.").replace(".", "")
    if len(significant) <= EXACT_DIGITS or not count_written_decimals(value):
        return
    rounded = Decimal(f"{value:.{EXACT_DIGITS}g}")
    short = write_plainly(rounded)
    if len(short.lstrip("-0.").replace(".", "")) > MOST_DIGITS_OF_A_SUM:
        return
    sentence = f"The last digits are a computer's, not a publisher's: it printed {short}."
    raise Wrong("value", sentence, "computed-digits")


def refuse_outside_bounds(value: Decimal, indicator: Indicator):
    """Raise `Wrong` for a figure that the unit of its indicator hardly allows."""
    sentence = explain_outside_bounds(value, indicator)
    if sentence:
        raise Wrong("value", f"{sentence} Correct it, if it is a slip.", "outside-bounds")


def refuse_early_actual(kind: str, text: str, last_day: date, released_on: date):
    """Raise `Wrong` for an actual of a time that had not ended when it was released."""
    sentence = explain_early_actual(kind, text, last_day, released_on)
    if sentence:
        raise Wrong("kind", sentence)


def parse_likely_day(text: str) -> date | None:
    """Return the day, None for anything else, a day that no figure can be about included."""
    day = parse_day(text)
    if day and EARLIEST <= day <= LATEST:
        return day
    return None


def merge_option(key: str, cell: str, option: str) -> str:
    """Return what the cell or the command's option of the same name says."""
    flag = f"--{key.replace('_', '-')}"
    if cell and option and cell != option:
        raise Wrong(key, f"{flag} says “{option}”. Leave one of the two out.")
    if not cell and not option:
        raise Wrong(key, f"Say it in this column, or by {flag}.")
    return cell or option
