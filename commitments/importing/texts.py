"""How texts of a file are compared with known names, and quoted in sentences."""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches


def fold(name: str) -> str:
    """Return `name` in the form to compare: without case, and with single blanks inside only."""
    composed = unicodedata.normalize("NFKC", name)
    without_case = composed.casefold()
    words = without_case.split()
    return " ".join(words)


def suggest_names(name: str, known: Iterable[str]) -> list[str]:
    """Return up to three of the `known` names for which `name` may be a slip, the nearest first."""
    known_by_folded = {}
    for known_name in known:
        folded = fold(known_name)
        known_by_folded[folded] = known_name
    # No name is longer, and comparing very long texts takes very long.
    folded = fold(name[:100])
    matches = get_close_matches(folded, known_by_folded, n=3, cutoff=0.7)
    return [known_by_folded[match] for match in matches]


def shorten(text: str) -> str:
    """Return at most 60 characters of `text` for a sentence that quotes it."""
    if len(text) <= 60:
        return text
    return f"{text[:60]}…"


def join_words(items: Iterable) -> str:
    """Return the items as “a, b and c”."""
    words = [str(item) for item in items]
    last = words.pop()
    if not words:
        return last
    beginning = ", ".join(words)
    return f"{beginning} and {last}"
