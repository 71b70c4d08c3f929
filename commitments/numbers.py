"""Numbers as people and files write them: read exactly, or refused with what to write."""

import re
import unicodedata
from decimal import Decimal

PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
EXCEL_DATE = re.compile(
    rf"(({MONTHS})-[0-9]{{2,4}}|[0-9]{{1,2}}-({MONTHS})(-[0-9]{{2,4}})?|[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{2,4}})\Z",
    re.IGNORECASE,
)
# Characters that are a minus sign in print, and not to a computer.
MINUS_SIGNS = "\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d"
FULL_WIDTH = {"\uff0e": ".", "\uff0c": ",", "\uff05": "%", "\uff0b": "+"}
PLAIN = FULL_WIDTH | dict.fromkeys(MINUS_SIGNS, "-")
MOST_DIGITS = 40
LONGEST = 80

# Blanks and apostrophes separate thousands and nothing else. A comma or a point may separate
# thousands or decimals; of two kinds, or of several alike, it is clear which.
THOUSANDS_BY_BLANK = re.compile(r"[0-9]{1,3}(?:([ '’])[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]+)?")
THOUSANDS_BY_COMMA = re.compile(r"[1-9][0-9]{0,2}((,[0-9]{3})+\.[0-9]+|(,[0-9]{3}){2,})")
THOUSANDS_BY_POINT = re.compile(r"[1-9][0-9]{0,2}((\.[0-9]{3})+,[0-9]+|(\.[0-9]{3}){2,})")
INDIAN_THOUSANDS = re.compile(r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?")
COMMA_THAT_MAY_BE_EITHER = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]+")
NO_NUMBER = frozenset(
    {"nan", "inf", "infinity", "n/a", "na", "null", "none", "..", "...", "…", ":", "x"}
)


def read_number(text: str) -> Decimal:
    """Return the number in `text`, with every digit written; raise `ValueError` with what is wrong
    and what to write.

    Separators of thousands, a decimal comma, a printed minus and the digits of other scripts are
    read where they mean one number only: “1,234” means two.
    """
    if len(text) > LONGEST:
        raise ValueError("This is longer than any number can be here.")
    bare = _simplify(text)
    sign, digits = _split_sign(bare)
    plain = _find_plain(digits)
    if plain is None:
        raise ValueError(_explain_number_fault(sign, digits))
    if len(plain.replace(".", "")) > MOST_DIGITS:
        raise ValueError("This is longer than any number can be here.")
    return Decimal(sign + plain)


def read_plain_number(text: str) -> Decimal:
    """Return the number of a cell that is read to the letter: only digits, a decimal point and a
    sign before them are one. Raises `ValueError` with what to write.
    """
    number = read_number(text)
    if not PLAIN_NUMBER.fullmatch(text):
        raise ValueError(f"Write only digits, a decimal point and a sign before them: {number:f}.")
    return number


def says_no_figure(text: str) -> bool:
    """Whether a cell says in a publisher's way that there is no figure: “..”, “n/a”, “null”."""
    return text.strip().casefold() in NO_NUMBER


def looks_like_excel_date(text: str) -> bool:
    """Whether `text` looks as if a spreadsheet took it for a date: “Jan-85”, “5-Mar”."""
    return bool(EXCEL_DATE.match(text.strip()))


def _simplify(text):
    """Return `text` with plain digits, separators and minus signs, and single blanks inside.

    A digit set high is left alone: in “1.60²” it is the number of a footnote.
    """
    characters = []
    for character in text:
        if character.isdecimal():
            character = str(unicodedata.digit(character))
        characters.append(PLAIN.get(character, character))
    words = "".join(characters).split()
    return " ".join(words)


def _split_sign(bare):
    """Return the sign and what follows it. A blank between them, as in “− 0.5”, means nothing."""
    if bare[:1] in ("-", "+"):
        return bare[0], bare[1:].lstrip()
    return "", bare


def _find_plain(digits):
    """Return the number with digits and a decimal point alone; None if it is none or may be two."""
    if PLAIN_NUMBER.fullmatch(digits) and digits[0] not in "+-":
        return digits
    if THOUSANDS_BY_BLANK.fullmatch(digits):
        return re.sub("[ '’]", "", digits).replace(",", ".")
    if THOUSANDS_BY_COMMA.fullmatch(digits) or INDIAN_THOUSANDS.fullmatch(digits):
        return digits.replace(",", "")
    if THOUSANDS_BY_POINT.fullmatch(digits):
        return digits.replace(".", "").replace(",", ".")
    if COMMA_THAT_MAY_BE_EITHER.fullmatch(digits):
        return None
    if DECIMAL_COMMA.fullmatch(digits):
        return digits.replace(",", ".")
    return None


def _explain_number_fault(sign, digits):
    if not digits and not sign:
        return "This is blank where a number is needed."
    if looks_like_excel_date(digits):
        return (
            "A spreadsheet has turned this into a date. Enter the number anew, in a column"
            " formatted as text."
        )
    if digits.casefold() in NO_NUMBER:
        return "This is not a number. Leave it empty, or leave the row out, where there is none."
    if digits.endswith("%"):
        return _explain_per_cent(sign, digits)
    if COMMA_THAT_MAY_BE_EITHER.fullmatch(digits):
        whole, decimal = digits.replace(",", ""), digits.replace(",", ".")
        return (
            f"The comma may separate thousands or decimals. Write {sign}{whole} or {sign}{decimal}."
        )
    if re.fullmatch(r"([0-9]+\.?|[0-9]*\.[0-9]+)[eE][+-]?[0-9]+", digits):
        return _explain_exponent(sign, digits)
    if re.fullmatch(r"\.[0-9]+", digits):
        return f"Nothing stands before the point. Write {sign}0{digits}."
    return (
        "This is not a number. Write digits, a decimal point and, if need be, a sign before them:"
        " -1.25."
    )


def _explain_per_cent(sign, digits):
    plain = _find_plain(digits.rstrip("% "))
    remedy = "Leave the percent sign out; the unit says it."
    if plain is None:
        return remedy
    return f"{remedy} Write {sign}{plain}."


def _explain_exponent(sign, digits):
    remedy = "Write the number in full, without an exponent"
    number = Decimal(sign + digits)
    if abs(number.adjusted()) > 15:
        return f"{remedy}."
    return f"{remedy}: {number:f}."
