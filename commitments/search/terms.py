"""What a reader searches for, as terms that must all occur.

Nothing in a search is an operator but quotation marks. Readers may ask whole questions: words that
only make an English sentence a question are left out, as long as another word remains.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from commitments.search.english import find_other_numbers, find_other_spelling
from commitments.search.questions import (
    OF_A_QUESTION,
    OF_EVERY_RECORD,
    is_question,
    is_question_word,
)
from commitments.search.words import PERCENT, UNSPACED, Word, compose, split_words

QUOTATION = re.compile('["“”„«»「」『』]')
# What separates words when typed. Other signs between letters or digits hold them together:
# Japan-US, 2.5, U.S.
APART = re.compile(r"[\s、。，；・／/;|&+]+|,(?![0-9])|['’]s(?!\w)")
# A per cent sign, typed with a space or without, stays with its number: 2 %, 2 per cent,
# 2パーセント.
PER_CENT = re.compile(
    r"(?<=\d)\s*(?:[%％]|per[\s-]?cent(?![a-z])|パーセント)|(?<!\w)per\s+cent(?![a-z])",
    re.IGNORECASE,
)
# Each term costs the database a look into its index, for each of the columns that rank.
MOST_TERMS = 12
# Shorter beginnings begin too many words.
SHORTEST_BEGINNING = 2
# The pieces of a Japanese question, without the hiragana between them.
PIECES = re.compile(
    r"[\u30a1-\u30fa\u30fc]+|[\u3005-\u3007\u3400-\u9fff\U00020000-\U0003ffff]+|[^\u3005-\u9fff]+"
)


class Spelling(NamedTuple):
    """Words, and whether the last may be the beginning of a longer one."""

    words: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True)
class Term:
    """Words that must stand together; `open` if the last may be the beginning of a longer one."""

    words: tuple[str, ...]
    open: bool
    quoted: bool = field(default=False, compare=False)

    @cached_property
    def spellings(self) -> list[Spelling]:
        """The term as written; if it is open and English, also its other spelling and numbers."""
        if not self.open or not self.words[-1].isascii():
            return [Spelling(self.words, self.open)]
        other_words = tuple(map(find_other_spelling, self.words))
        written = dict.fromkeys([self.words, other_words])
        spellings = [Spelling(words, is_open=True) for words in written]
        for *before, last in written:
            for other in find_other_numbers(last):
                other_words = (*before, other)
                spelling = Spelling(other_words, is_open=False)
                spellings.append(spelling)
        return spellings

    def find_in(self, text: list[Word]) -> Iterator[tuple[int, int]]:
        """Yield where the term stands in a text, given as its words: spans of the composed text."""
        before_last = len(self.words) - 1
        for first, last in enumerate(text[before_last:]):
            for words, is_open in self.spellings:
                ending = words[-1]
                fits = last.text.startswith(ending) if is_open else last.text == ending
                if fits and _list_texts(text[first : first + before_last]) == list(words[:-1]):
                    start = text[first].start
                    yield start, _find_end(last, ending)
                    break


def _find_end(word: Word, ending: str) -> int:
    """Return where in the text a term ends whose last word, `ending`, was found in `word`.

    A pair of characters may be found by the first one; then only that one is part of the term.
    """
    if word.is_unspaced and len(ending) < len(word.text):
        return word.start + 1
    return word.end


@dataclass(frozen=True)
class Alternatives:
    """Terms that must all occur, or one of their `synonyms`, which readers see as `names`."""

    terms: tuple[Term, ...]
    synonyms: tuple[Term, ...]
    names: tuple[str, ...]

    def find_in(self, text: list[Word]) -> Iterator[tuple[int, int]]:
        """Yield where any of the terms stands in `text`, the words of a text."""
        for term in (*self.terms, *self.synonyms):
            yield from term.find_in(text)


class ParsedTerm(NamedTuple):
    """A term, None for a part without a word, and whether it only makes a question of others."""

    term: Term | None
    only_asks: bool


def parse_terms(text) -> list[Term]:
    """Return the terms of a search, each once: phrases in quotation marks, and words."""
    question_words = OF_A_QUESTION
    if is_question(text):
        question_words = OF_A_QUESTION | OF_EVERY_RECORD
    candidates = []
    for part, quoted in _split_quotations(text):
        if quoted:
            candidate = _quote_phrase(part)
            candidates.append(candidate)
            continue
        for word in _split_parts(part):
            candidate = _consider_word(word, question_words)
            candidates.append(candidate)
    return _choose_terms(candidates)


def loosen_terms(text) -> tuple[list[Term], list[Term]]:
    """Return the phrases in quotation marks of a search, and its other words.

    Of the other words, as few as possible are used, and Japanese ones are split into pieces.
    """
    question_words = OF_A_QUESTION | OF_EVERY_RECORD
    phrases = []
    free = []
    for part, quoted in _split_quotations(text):
        if quoted:
            phrase = _quote_phrase(part)
            phrases.append(phrase)
            continue
        for word in _split_parts(part):
            only_asks = is_question_word(word, question_words)
            for piece in _split_pieces(word):
                term = make_term(piece)
                free.append(ParsedTerm(term, only_asks))
    return _choose_terms(phrases), _choose_terms(free)


def _quote_phrase(phrase) -> ParsedTerm:
    term = make_term(phrase, quoted=True)
    return ParsedTerm(term, only_asks=False)


def _consider_word(word, question_words) -> ParsedTerm:
    term = make_term(word)
    only_asks = is_question_word(word, question_words)
    return ParsedTerm(term, only_asks)


def _list_texts(text: list[Word]) -> list[str]:
    return [word.text for word in text]


def _split_quotations(text):
    """Yield the parts of a search, and whether each stands in quotation marks."""
    parts = QUOTATION.split(compose(text))
    last = len(parts) - 1
    for number, part in enumerate(parts):
        # Every second part is between two marks, unless the last mark has no partner.
        quoted = number % 2 == 1 and number < last
        yield part, quoted


def _split_parts(text):
    with_signs = PER_CENT.sub("%", text)
    return APART.split(with_signs)


def _split_pieces(text):
    if not UNSPACED.search(text):
        return [text]
    pieces = PIECES.findall(text)
    if pieces == [text]:
        return pieces
    # A single character between others is the end of a word more often than a word.
    return [piece for piece in pieces if len(piece) > 1 or not UNSPACED.match(piece)]


def _choose_terms(candidates: list[ParsedTerm]) -> list[Term]:
    """Return the terms, each once; those that only ask are used if there are no others."""
    all_terms = []
    terms = []
    for term, only_asks in candidates:
        if term is None:
            continue
        all_terms.append(term)
        if not only_asks:
            terms.append(term)
    if not terms:
        terms = all_terms
    return list(dict.fromkeys(terms))


def make_term(text, *, quoted=False) -> Term | None:
    """Return the term that `text` makes as a whole, or None where it holds no word."""
    words = list(split_words(text))
    if not words:
        return None
    last = words[-1]
    is_open = not quoted and not _is_whole(last.text)
    if last.is_unspaced:
        # The last character by itself marks the end of a stored run, and a search may end earlier.
        *before, last = words
        is_end_of_pair = bool(before) and before[-1].end == last.end
        if is_end_of_pair:
            words = before
        is_open = not is_end_of_pair
    texts = _list_texts(words)
    return Term(tuple(texts), open=is_open, quoted=quoted)


def _is_whole(word):
    """Whether a search for a word finds no longer words that begin with it."""
    if word == PERCENT or word.isnumeric():
        return True
    return len(word) < SHORTEST_BEGINNING
