"""Texts as words, in the same way for what is stored, what is searched for and what is marked.

Every word is made here, so that both databases find the same rows. Case and accents are removed.
Chinese, Japanese and Korean have no spaces between words; they are read two characters at a time
(気候変動: 気候, 候変, 変動, and 動 at the end). Per cent is one word, however it is written: 2%,
２％, 2 per cent.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

# Raise it when a record's entry changes: the next `migrate` then rebuilds all entries.
FORM = 5
LONGEST_WORD = 64
PERCENT, PERCENT_JA = "percent", "パーセント"
# Each match is a whole word: what stands before "per" has been read as a word already.
ASCII_WORD = re.compile("%|per[^a-z0-9%]+cent(?![a-z0-9])|[a-z0-9]+", re.IGNORECASE)
# Letters that Unicode does not decompose, and what readers type for them.
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
# Scripts written without spaces: kana, Han, Hangul. The middle dot (・) separates words and is not
# one of their characters.
UNSPACED = re.compile(
    "[\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]"
)
# Voicing marks of half-width kana are letters to Unicode, and still belong to the letter before.
VOICING = "\uff9e\uff9f"


@dataclass(frozen=True)
class Word:
    """A word of a text, folded, and the part of the text it was read from."""

    text: str
    start: int
    end: int

    @property
    def is_unspaced(self):
        return UNSPACED.match(self.text) is not None


def compose(text):
    """Return `text` in the form in which the offsets of a `Word` count its characters."""
    return unicodedata.normalize("NFC", text)


def split_words(text) -> Iterator[Word]:
    """Yield the words of `compose(text)` in order."""
    # Most texts are ASCII and have no accents to remove: ten times as fast.
    if text.isascii():
        return _split_ascii(text)
    return _join_per_cent(_split_composed(text))


def _split_ascii(text) -> Iterator[Word]:
    for match in ASCII_WORD.finditer(text):
        word = match[0].lower()
        start, end = match.span()
        if word.isalnum():
            yield Word(word[:LONGEST_WORD], start, end)
        else:
            # It is "%" or "per cent".
            yield Word(PERCENT, start, end)


def _join_per_cent(words: Iterator[Word]) -> Iterator[Word]:
    """Yield `words`, with PERCENT instead of each "per" before a "cent"."""
    per = None
    for word in words:
        if per and word.text == "cent":
            word = Word(PERCENT, per.start, word.end)
            per = None
        if per:
            yield per
        per = word if word.text == "per" else None
        if not per:
            yield word
    if per:
        yield per


class Letter(NamedTuple):
    """A character without case and accent, and the part of the text it was read from."""

    text: str
    start: int
    end: int


# Comes after the last letter of a text, and so ends its last word.
END = Letter(" ", 0, 0)


def _split_composed(text) -> Iterator[Word]:
    spaced: list[Letter] = []  # the letters of a word between spaces
    run: list[Letter] = []  # letters of a script without spaces
    before = ""  # the word right before the run
    for letter in [*_fold(compose(text)), END]:
        is_unspaced = UNSPACED.match(letter.text)
        is_spaced = not is_unspaced and letter.text.isalnum()
        if spaced and not is_spaced:
            word = _join_letters(spaced)
            yield word
            before = word.text
            spaced = []
        if run and not is_unspaced:
            yield from _split_run(run, before)
            before = ""
            run = []
        if letter.text == "%":
            yield Word(PERCENT, letter.start, letter.end)
            before = ""
        elif is_unspaced:
            run.append(letter)
        elif is_spaced:
            spaced.append(letter)


def _split_run(run: list[Letter], before: str) -> Iterator[Word]:
    """Yield the words of a run; after a number, PERCENT if it begins with パーセント."""
    text = "".join(letter.text for letter in run)
    if before.isnumeric() and text.startswith(PERCENT_JA):
        length = len(PERCENT_JA)
        first = run[0]
        last = run[length - 1]
        yield Word(PERCENT, first.start, last.end)
        run = run[length:]
    for first, second in pairwise(run):
        pair = first.text + second.text
        yield Word(pair, first.start, second.end)
    # The last by itself, so that a search for one character finds it wherever it stands.
    if run:
        yield _join_letters(run[-1:])


def _fold(text) -> Iterator[Letter]:
    """Yield the letters of composed `text`."""
    end = 0
    while end < len(text):
        start = end
        end += 1
        while end < len(text) and _belongs_to_letter_before(text[end]):
            end += 1
        for part in _fold_character(text[start:end]):
            yield Letter(part, start, end)


@lru_cache(10_000)
def _fold_character(character):
    """Return a character, with its marks, without case and accents; kana keep their voicing."""
    compatible = unicodedata.normalize("NFKC", character)
    lower_case = compatible.casefold()
    folded = unicodedata.normalize("NFKC", lower_case)
    letters = map(_remove_accent, folded)
    return "".join(letters)


def _remove_accent(letter):
    if UNSPACED.match(letter):
        return letter
    decomposed = unicodedata.normalize("NFD", letter)
    parts = decomposed.translate(PLAIN)
    return "".join(part for part in parts if unicodedata.category(part) != "Mn")


def _belongs_to_letter_before(character):
    if character in VOICING:
        return True
    return unicodedata.combining(character) > 0


def _join_letters(letters: list[Letter]) -> Word:
    text = "".join(letter.text for letter in letters)
    word = text[:LONGEST_WORD]
    first = letters[0]
    last = letters[-1]
    return Word(word, first.start, last.end)
