"""The cells of a matrix: −1, 0, +1 or blank, as published, and the published average against
them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from commitments.importing.matrices.defects import FilePlace
from commitments.importing.numbers import MINUS_SIGNS, read_number
from commitments.verdicts.statuses import percent_from_mean

PLUS_SIGNS = "+\uff0b"
SCALE = "−1, 0, +1"


@dataclass(frozen=True)
class Score:
    """A cell with a score: the text as published, and the number it was taken for."""

    text: str
    value: int
    note: str = ""


def read_score(place: FilePlace, defects) -> Score | None:
    """Return the score in a cell, or None where it is blank, or left out for a defect that is
    noted.
    """
    text = place.value.strip()
    policies, note = [], ""
    if text != place.value:
        policies.append(defects.note("edge-blanks", place, "There are blanks around the score."))
    if not text:
        return None
    lone = _lone_sign(text)
    if lone:
        code, value, name = lone
        note = f"The cell holds a lone {name}, taken as {value:+d}."
        policies.append(
            defects.note(code, place, f"The cell holds a lone {name}.", done=f"taken as {value:+d}")
        )
    else:
        text = _with_plain_minus(text, place, defects, policies)
        value = _on_the_scale(text, place, defects)
    if value is None or {"leave-out", "refuse"} & set(policies):
        return None
    return Score(place.value, value, note)


def check_average(place: FilePlace, scores: list[Score], defects, *, decimals: int):
    """Note a published average that its cells do not give, at its own precision (at least
    `decimals`).
    """
    text = place.value.strip()
    if not text or not scores:
        return
    percent = text.endswith("%")
    policies = []
    text = _with_plain_minus(text.removesuffix("%").strip(), place, defects, policies)
    try:
        published = read_number(text)
        if not percent and abs(published) > 1:
            raise ValueError(
                "An average lies between -1 and +1; one in per cent needs its sign, as in 75%."
            )
    except ValueError as error:
        defects.note("unreadable-average", place, str(error))
        return
    total, count = sum(score.value for score in scores), len(scores)
    exact = Fraction(total, count)
    if percent:
        exact, decimals = (exact + 1) / 2 * 100, 0
    decimals = max(decimals, places(text))
    # Half a unit of the last place either way: whoever published it may have rounded a half up or
    # down.
    if abs(Fraction(published) - exact) > Fraction(1, 2 * 10**decimals):
        mean = Decimal(total) / count
        computed = f"{percent_from_mean(mean):.2f}%" if percent else f"{mean:.4f}"
        sentence = (
            f"The published average is {place.value.strip()}; the {count} scores of the row give"
            f" {computed}."
        )
        done = "nothing is computed from the published average"
        defects.note(
            "average-differs", place, sentence, done=done, published=place.value, computed=computed
        )


def places(text) -> int:
    return len(text.strip("% ").partition(".")[2])


def usual_places(averages: Iterator[str]) -> int:
    """Return to how many places, two at most, an average is meant where a spreadsheet dropped its
    last zeros.
    """
    return min(2, max((places(text) for text in averages), default=0))


def _lone_sign(text):
    if len(text) == 1 and text in f"-{MINUS_SIGNS}":
        return "lone-minus", -1, "minus sign"
    if text in PLUS_SIGNS:
        return "lone-plus", 1, "plus sign"
    return None


def _with_plain_minus(text, place, defects, policies):
    if text[:1] and text[0] in MINUS_SIGNS:
        plain = f"-{text[1:]}"
        sentence = f"The sign is U+{ord(text[0]):04X}, which is not the minus of a keyboard."
        policies.append(defects.note("minus-sign", place, sentence, done=f"taken as {plain}"))
        return plain
    return text


def _on_the_scale(text, place, defects):
    try:
        number = read_number(text)
        if number not in (-1, 0, 1):
            raise ValueError(f"A score is one of {SCALE}.")
    except ValueError as error:
        defects.note("unreadable-score", place, str(error))
        return None
    return int(number)
