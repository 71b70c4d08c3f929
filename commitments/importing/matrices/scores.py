"""The scores in a matrix: −1, 0, +1 or blank as published, and the check of their average."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from commitments.importing.defects import LEAVING_OUT, FilePlace
from commitments.numbers import MINUS_SIGNS, read_plain_number
from commitments.verdicts.statuses import percent_from_mean

PLUS_SIGNS = "+\uff0b"
SCALE = "−1, 0, +1"


@dataclass(frozen=True)
class Score:
    """A cell with a score: the text as published, and the number it was read as."""

    text: str
    value: int
    note: str = ""


def read_score(place: FilePlace, defects) -> Score | None:
    """Return the score in a cell; None where it is blank, or left out for a defect it notes."""
    text = place.value.strip()
    policies, note = [], ""
    if text != place.value:
        policy = defects.note("edge-blanks", place, "There are blanks around the score.")
        policies.append(policy)
    if not text:
        return None
    sign = _find_lone_sign(text)
    if sign:
        sentence = f"The cell holds a lone {sign.name}"
        done = f"taken as {sign.value:+d}"
        policy = defects.note(sign.code, place, f"{sentence}.", done=done)
        policies.append(policy)
        value = sign.value
        note = f"{sentence}, {done}."
    else:
        text = _replace_minus(text, place, defects, policies)
        value = _read_value(text, place, defects)
    if value is None or not LEAVING_OUT.isdisjoint(policies):
        return None
    return Score(place.value, value, note)


def check_average(place: FilePlace, scores: list[Score], defects, *, decimals: int):
    """Note a published average that the row's scores do not give.

    They are compared at the precision of the average, which is at least `decimals`.
    """
    text = place.value.strip()
    if not text or not scores:
        return
    percent = text.endswith("%")
    number = text.removesuffix("%").strip()
    # The policy for the sign changes nothing here: an average is only compared, never entered.
    number = _replace_minus(number, place, defects, policies=[])
    published = _read_average(number, percent, place, defects)
    if published is None:
        return
    total = sum(score.value for score in scores)
    count = len(scores)
    exact = Fraction(total, count)
    if percent:
        exact = (exact + 1) / 2 * 100
        decimals = 0
    decimals = max(decimals, count_decimals(number))
    # Half a unit of the last decimal, because a publisher may round a half up or down.
    tolerance = Fraction(1, 2 * 10**decimals)
    if abs(Fraction(published) - exact) <= tolerance:
        return
    mean = Decimal(total) / count
    computed = f"{percent_from_mean(mean):.2f}%" if percent else f"{mean:.4f}"
    defects.note(
        "average-differs",
        place,
        f"The published average is {text}; the {count} scores of the row give {computed}.",
        done="nothing is computed from the published average",
        published=place.value,
        computed=computed,
    )


def _read_average(number, percent, place, defects):
    """Return the published average, or None where it is none, which is noted."""
    try:
        published = read_plain_number(number)
        if not percent and abs(published) > 1:
            raise ValueError(
                "An average lies between -1 and +1; one in per cent needs its sign, as in 75%."
            )
    except ValueError as error:
        defects.note("unreadable-average", place, str(error))
        return None
    return published


def count_decimals(text) -> int:
    number = text.strip("% ")
    _, _, decimals = number.partition(".")
    return len(decimals)


def usual_decimals(averages: Iterator[str]) -> int:
    """Return to how many decimals, two at most, the `averages` are given.

    A spreadsheet drops the last zeros of some, so the longest counts.
    """
    counts = [count_decimals(text) for text in averages]
    longest = max(counts, default=0)
    return min(2, longest)


class LoneSign(NamedTuple):
    """A sign that stands in a cell without a number, and the score that it is read as."""

    code: str
    value: int
    name: str


LONE_MINUS = LoneSign("lone-minus", -1, "minus sign")
LONE_PLUS = LoneSign("lone-plus", 1, "plus sign")


def _find_lone_sign(text):
    if len(text) == 1 and text in f"-{MINUS_SIGNS}":
        return LONE_MINUS
    if text in PLUS_SIGNS:
        return LONE_PLUS
    return None


def _replace_minus(text, place, defects, policies):
    """Return `text` with the minus of a keyboard in place of another one, and note the other.

    The policy for it is added to `policies`.
    """
    sign = text[:1]
    if not sign or sign not in MINUS_SIGNS:
        return text
    plain = f"-{text[1:]}"
    sentence = f"The sign is U+{ord(sign):04X}, which is not the minus of a keyboard."
    policy = defects.note("minus-sign", place, sentence, done=f"taken as {plain}")
    policies.append(policy)
    return plain


def _read_value(text, place, defects):
    try:
        number = read_plain_number(text)
        if number not in (-1, 0, 1):
            raise ValueError(f"A score is one of {SCALE}.")
    except ValueError as error:
        defects.note("unreadable-score", place, str(error))
        return None
    return int(number)
