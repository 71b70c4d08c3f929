"""A summit's name beside its mark: the place, or what it is known by, in as few letters as a
drawing has room for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import east_asian_width

from commitments.languages import JAPANESE, spoken
from commitments.timeline.marks import SummitMark

# How much of a name is written; of Japanese letters half as many.
LETTERS = 24
MORE = "…"
# 国連気候変動会議COP21（パリ）: what it is, its number, and in brackets where it was.
IN_BRACKETS = re.compile(r"^(?P<what>.*?(?P<number>[A-Za-z]+ ?\d+)?)（(?P<place>[^（）]+)）$")


def build_label(mark: SummitMark) -> str:
    japanese = mark.name_ja if spoken() == JAPANESE else ""
    words = _shorter_in_japanese(japanese, mark) if japanese else iter([_known_as(mark)])
    name = next((one for one in words if one), "")
    return name if measure_label(name) <= LETTERS else f"{_cut(name)}{MORE}"


def measure_label(label: str) -> int:
    """Return how many Latin letters are as wide: a Japanese one is as wide as two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in label)


def _known_as(mark: SummitMark) -> str:
    """Return the city if the name has it; else the place in the name, by which it is known: Wales,
    not Newport.
    """
    what, _comma, place = mark.name.rpartition(", ")
    if not mark.city:
        return what if what and measure_label(mark.name) > LETTERS else mark.name
    if mark.city.partition(",")[0] in mark.name:
        return mark.city
    return place if what and measure_label(place) <= LETTERS else mark.city


def _shorter_in_japanese(name: str, mark: SummitMark) -> Iterator[str]:
    """Yield the longest of what would do that there is room for, and then the name itself."""
    parts = IN_BRACKETS.match(name)
    what, number, place = parts.group("what", "number", "place") if parts else (name, None, "")
    # Without a city it was held by video, and the brackets say so; a year is no place either.
    if not mark.city or place[:1].isdigit():
        place = ""
    shorter = [
        name,
        f"{number}（{place}）" if number and place else "",
        place,
        what,
        what.rpartition("・")[0],
    ]
    yield from (one for one in shorter if one and measure_label(one) <= LETTERS)
    yield name


def _cut(name: str) -> str:
    while measure_label(name) >= LETTERS:
        name = name[:-1]
    return name.rstrip()
