"""Short names of summits for drawings: the place, or what the summit is known by."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

from commitments.languages import JAPANESE, spoken
from commitments.timeline.marks import SummitMark

# The most Latin letters of a label; of Japanese ones it has room for half as many.
LETTERS = 24
MORE = "…"
# 国連気候変動会議COP21（パリ）: what it is, its number, and in brackets where it was.
IN_BRACKETS = re.compile(r"^(?P<what>.*?(?P<number>[A-Za-z]+ ?\d+)?)（(?P<place>[^（）]+)）$")


def build_label(mark: SummitMark) -> str:
    """Return the name of a summit in the language of the page, cut off if it is too long."""
    if mark.name_ja and spoken() == JAPANESE:
        name = _shorten_japanese_name(mark)
    else:
        name = _shorten_name(mark)
    if not _has_room(name):
        return f"{_cut(name)}{MORE}"
    return name


def measure_label(label: str) -> int:
    """Return how many Latin letters are as wide: a Japanese one is as wide as two."""
    widths = [east_asian_width(letter) for letter in label]
    wide_letters = widths.count("W") + widths.count("F")
    return len(label) + wide_letters


def _has_room(name: str) -> bool:
    return measure_label(name) <= LETTERS


def _shorten_name(mark: SummitMark) -> str:
    """Return the city if it is part of the name, else the place that is.

    A summit is known by the place in its name: Wales, not Newport.
    """
    before_comma, _comma, place = mark.name.rpartition(", ")
    if not mark.city:
        if _has_room(mark.name):
            return mark.name
        return before_comma or mark.name
    city, _comma, _country = mark.city.partition(",")
    if city in mark.name:
        return mark.city
    if before_comma and _has_room(place):
        return place
    return mark.city


def _shorten_japanese_name(mark: SummitMark) -> str:
    """Return the longest form of the Japanese name that there is room for, or else the name."""
    name = mark.name_ja
    what, number, place = _split_japanese_name(name)
    # Without a city it was held by video, and the brackets say so; a year is no place either.
    is_year = place[:1].isdigit()
    if not mark.city or is_year:
        place = ""
    forms = [name]
    if number and place:
        forms.append(f"{number}（{place}）")
    before_dot, _dot, _after = what.rpartition("・")
    forms += [place, what, before_dot]
    for form in forms:
        if form and _has_room(form):
            return form
    return name


def _split_japanese_name(name: str) -> tuple[str, str | None, str]:
    """Return what the summit is, its number if it has one, and the place in brackets."""
    parts = IN_BRACKETS.match(name)
    if parts is None:
        return name, None, ""
    what, number, place = parts.group("what", "number", "place")
    return what, number, place


def _cut(name: str) -> str:
    while measure_label(name) >= LETTERS:
        name = name[:-1]
    return name.rstrip()
