"""Texts as words, the same for what is stored, what is asked and what is marked in an answer.

Every word is made here, so that both databases find the same rows: case and accents are taken off,
and Chinese, Japanese and Korean, which have no spaces to go by, are read two characters at a time
(気候変動: 気候, 候変, 変動, and 動 to end on). Per cent is one word, however it is written:
2%, ２％, 2 per cent.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

# Raise it when a record gives another entry than before: the next `migrate` then makes all entries
# anew.
FORM = 3
LONGEST_WORD = 64
PERCENT, PERCENT_JA = "percent", "パーセント"
# A whole word each time: what stands before "per" was read as one already.
ASCII_WORD = re.compile("%|per[^a-z0-9%]+cent(?![a-z0-9])|[a-z0-9]+", re.IGNORECASE)
# Letters that have no accent to take off and are typed without one.
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
# Written without spaces: kana, Han, Hangul. The middle dot (・) parts words and so is none of them.
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


def composed(text):
    """Return `text` as words are counted in it: offsets of a `Word` are offsets in this."""
    return unicodedata.normalize("NFC", text)


def words(text) -> Iterator[Word]:
    """Yield the words of `composed(text)` in order."""
    if text.isascii():  # most texts are, and then there is nothing to take off: ten times as fast
        for found in ASCII_WORD.finditer(text):
            word = found[0].lower()
            yield Word(
                word[:LONGEST_WORD] if word.isalnum() else PERCENT, found.start(), found.end()
            )
        return
    per = None
    for word in _words(text):
        if per and word.text == "cent":
            per, word = None, Word(PERCENT, per.start, word.end)
        if per:
            yield per
        per = word if word.text == "per" else None
        if not per:
            yield word
    if per:
        yield per


def _words(text):
    spelt, run, before = [], [], ""
    for folded, start, end in [*_folded(composed(text)), (" ", 0, 0)]:
        unspaced = UNSPACED.match(folded)
        if spelt and (unspaced or not folded.isalnum()):
            word = _joined(spelt)
            yield word
            spelt, before = [], word.text
        if run and not unspaced:
            if before.isnumeric() and "".join(one for one, _, _ in run).startswith(PERCENT_JA):
                yield Word(PERCENT, run[0][1], run[len(PERCENT_JA) - 1][2])
                run = run[len(PERCENT_JA) :]
            yield from _pairs(run)
            run, before = [], ""
        if folded == "%":
            yield Word(PERCENT, start, end)
            before = ""
        elif unspaced:
            run.append((folded, start, end))
        elif folded.isalnum():
            spelt.append((folded, start, end))


def _folded(text):
    """Yield each character of `text` without case and accent, with the span it was read from."""
    end = 0
    while end < len(text):
        start, end = end, end + 1
        while end < len(text) and _hangs_on(text[end]):
            end += 1
        for part in _plain(text[start:end]):
            yield part, start, end


@lru_cache(10_000)
def _plain(character):
    """Return what is left of a character and its marks without case and accents; kana keep their
    voicing.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold())
    return "".join(one if UNSPACED.match(one) else _without_accent(one) for one in folded)


def _without_accent(letter):
    parts = unicodedata.normalize("NFD", letter).translate(PLAIN)
    return "".join(part for part in parts if unicodedata.category(part) != "Mn")


def _hangs_on(character):
    return unicodedata.combining(character) > 0 or character in VOICING


def _joined(parts):
    return Word("".join(text for text, _, _ in parts)[:LONGEST_WORD], parts[0][1], parts[-1][2])


def _pairs(run):
    for (one, start, _), (other, _, end) in pairwise(run):
        yield Word(one + other, start, end)
    # The last by itself, so that a search for one character finds it wherever it stands.
    for last in run[-1:]:
        yield _joined([last])
