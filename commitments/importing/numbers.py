"""Numbers as they stand in files: read exactly, or refused with what would be right."""

import re
import unicodedata
from decimal import Decimal

from commitments.importing.texts import shorten

NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?\Z")
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
EXCEL_DATE = re.compile(
    rf"(({MONTHS})-[0-9]{{2,4}}|[0-9]{{1,2}}-({MONTHS})(-[0-9]{{2,4}})?|[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{2,4}})\Z",
    re.IGNORECASE,
)
# Characters that are a minus sign in print, and not to a computer.
MINUS_SIGNS = "\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d"


def read_number(text: str) -> Decimal:
    """Return the number in `text`; raise `ValueError` with what is wrong and what would be right.

    Only digits, a decimal point and a sign before them are a number.
    """
    if len(text) <= 40 and NUMBER.match(text):
        return Decimal(text)
    raise ValueError(_explain_number_fault(text))


def looks_like_excel_date(text: str) -> bool:
    """Whether `text` looks as if a spreadsheet took it for a date: “Jan-85”, “5-Mar”."""
    return bool(EXCEL_DATE.match(text.strip()))


def _explain_number_fault(text):
    bare = text.strip()
    if not bare:
        return "The cell is blank where a number is needed."
    if bare != text:
        return f"There are blanks around the number. Write {shorten(bare)}."
    if looks_like_excel_date(text):
        return (
            "A spreadsheet has turned this into a date. Enter the number anew, in a column"
            " formatted as text."
        )
    for minus in MINUS_SIGNS:
        if minus in text:
            plain = shorten(text.replace(minus, "-"))
            return (
                f"The sign is U+{ord(minus):04X} ({unicodedata.name(minus)}), not a minus. Write"
                f" {plain}."
            )
    if bare.casefold().lstrip("+-") in {"nan", "inf", "infinity", "n/a", "na", "null", "none"}:
        return (
            "This is not a number. Leave the cell empty, or leave the row out, where there is none."
        )
    if any(character.isdigit() and not character.isascii() for character in text):
        plain = unicodedata.normalize("NFKC", _replace_digits(text))
        return f"The digits are not the plain ones 0 to 9. Write {shorten(plain)}."
    if text.endswith(("%", "％")):
        plain = text.rstrip("% ％")
        return f"Leave the percent sign out; the unit says it. Write {shorten(plain)}."
    if re.fullmatch(r"[+-]?[0-9]{1,3}([,.' \u00a0\u2009\u202f][0-9]{3})+([.,][0-9]+)?", text):
        return (
            "There are separators between thousands, or a decimal comma. Write only digits and one"
            " decimal point."
        )
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", text):
        plain = text.replace(",", ".")
        return f"There is a decimal comma. Write {shorten(plain)}."
    if re.fullmatch(r"[+-]?([0-9]+\.?|[0-9]*\.[0-9]+)[eE][+-]?[0-9]+", text):
        return "Write the number in full, without an exponent."
    if len(text) > 40:
        return "This is longer than any number can be here."
    return (
        "This is not a number. Write only digits, a decimal point and, if need be, a sign before:"
        " -1.25."
    )


def _replace_digits(text):
    """Return `text` with the digits of every script replaced by 0 to 9."""
    characters = []
    for character in text:
        if character.isdigit():
            character = str(unicodedata.digit(character))
        characters.append(character)
    return "".join(characters)
