"""The form in which names of parties are compared, in every script.

Case, accents, punctuation, "the", "of" and "and" make no difference. Marks that make another letter
stay: か and が are two letters, and so are the vowel signs of Indian scripts and of Thai.
"""

import re
import unicodedata
from functools import lru_cache

# Marks that writers leave out, of Latin, Greek and Cyrillic letters, of Hebrew and of Arabic.
OPTIONAL_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670]"
)
# Letters that Unicode does not decompose, as people type them; the Arabic stroke only fills a line.
PLAIN = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "\u0640": None,
    }
)
UNSAID = frozenset({"the", "of", "and"})
# How statistics publishers shorten words of names that have other words too.
ABBREVIATIONS = {
    "rep": "republic",
    "dem": "democratic",
    "fed": "federal",
    "st": "saint",
    "is": "islands",
}
# In “Korea, Republic of” and “Iran (Islamic Republic of)”, the second part is said first.
INVERTED = re.compile(r"([^,()]+)[,(]([^()]+)\)?")
LONGEST = 300


def fold_name(name: str) -> str:
    """Return `name` as it is compared: “Côte d’Ivoire” and “COTE D'IVOIRE” as cotedivoire."""
    words = split_name(name)
    return "".join(words)


def make_keys(name: str) -> set[str]:
    """Return the folded `name`, also with what stands after a comma or in brackets put first."""
    short = name[:LONGEST].strip()
    spellings = [short]
    match = INVERTED.fullmatch(short)
    if match:
        first, second = match.groups()
        spellings.append(f"{second} {first}")
    keys = set()
    for spelling in spellings:
        key = fold_name(spelling)
        keys.add(key)
    keys.discard("")
    return keys


@lru_cache(20_000)
def split_name(name: str) -> tuple[str, ...]:
    """Return the folded words of `name`."""
    short = name[:LONGEST]
    text = _fold_letters(short)
    spaced = _put_spaces(text)
    words = spaced.split()
    long_words = []
    for word in words:
        if word in UNSAID:
            continue
        long_word = ABBREVIATIONS.get(word, word)
        long_words.append(long_word)
    # A name of one such word alone is taken as it is.
    if len(words) <= 1 or not long_words:
        return tuple(words)
    return tuple(long_words)


def _fold_letters(text):
    decomposed = unicodedata.normalize("NFKD", text)
    lower_case = decomposed.casefold()
    # Again, because the plain form of an unusual letter may have an accent.
    decomposed = unicodedata.normalize("NFKD", lower_case)
    without_marks = OPTIONAL_MARKS.sub("", decomposed)
    composed = unicodedata.normalize("NFC", without_marks)
    return composed.translate(PLAIN)


def _put_spaces(text):
    """Return the text with a space for each character that is no letter, mark or digit."""
    characters = []
    for character in text:
        category = unicodedata.category(character)
        is_of_word = category.startswith(("L", "M", "N"))
        characters.append(character if is_of_word else " ")
    return "".join(characters)
