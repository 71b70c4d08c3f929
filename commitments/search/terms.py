"""What a reader asks for, as terms that must all occur; nothing in it is an operator but quotation
marks.

Whole questions are read as well: the words that only make one, English as they are, ask for nothing
beside others.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from commitments.search.english import other_numbers, other_spelling
from commitments.search.words import PERCENT, UNSPACED, Word, composed, words

QUOTATION = re.compile('["“”„«»「」『』]')
# What parts words when typed. Other signs between letters or digits hold them together: Japan-US,
# 2.5, U.S.
APART = re.compile(r"[\s、。，；・／/;|&+]+|,(?![0-9])|['’]s(?!\w)")
# Typed with a space or without, it stays with its number: 2 %, 2 per cent, 2パーセント.
PER_CENT = re.compile(
    r"(?<=\d)\s*(?:[%％]|per[\s-]?cent(?![a-z])|パーセント)|(?<!\w)per\s+cent(?![a-z])",
    re.IGNORECASE,
)
# Each costs the database a look into its index, for each of the columns that rank.
MOST_TERMS = 12
# Beginnings shorter than this begin too many words.
SHORTEST_BEGINNING = 2
# The words that make an English question. "May" is a month; "WHO", in capitals, a name.
OF_A_QUESTION = frozenset(
    [
        *(
            "a",
            "an",
            "the",
            "and",
            "or",
            "of",
            "in",
            "on",
            "at",
            "by",
            "for",
            "from",
            "to",
            "with",
            "about",
            "into",
        ),
        *(
            "than",
            "as",
            "if",
            "not",
            "any",
            "there",
            "this",
            "that",
            "these",
            "those",
            "it",
            "its",
            "they",
            "their",
        ),
        *(
            "we",
            "our",
            "you",
            "your",
            "is",
            "are",
            "was",
            "were",
            "be",
            "been",
            "do",
            "does",
            "did",
            "doing",
            "done",
        ),
        *(
            "has",
            "have",
            "had",
            "will",
            "would",
            "shall",
            "should",
            "can",
            "could",
            "who",
            "whom",
            "whose",
            "which",
        ),
        *("what", "when", "where", "why", "how", "many", "much"),
    ]
)
# What such a question begins with; or it ends with its mark.
BEGINS = frozenset(
    [
        "did",
        "does",
        "do",
        "has",
        "have",
        "is",
        "are",
        "was",
        "were",
        "will",
        "who",
        "which",
        "what",
        "when",
        "how",
    ]
)
# What is asked of every record, in the words of whoever asks: left out of questions, and once
# nothing has them.
OF_EVERY_RECORD = frozenset(
    [
        *(
            "promise",
            "promises",
            "promised",
            "pledge",
            "pledges",
            "pledged",
            "commitment",
            "commitments",
            "committed",
        ),
        *(
            "keep",
            "kept",
            "break",
            "broke",
            "broken",
            "meet",
            "met",
            "fulfil",
            "fulfill",
            "fulfilled",
            "happened",
        ),
        *(
            "reach",
            "reached",
            "achieve",
            "achieved",
            "hit",
            "honour",
            "honoured",
            "honor",
            "honored",
            "deliver",
        ),
        *("delivered", "target", "targets", "goal", "goals"),
    ]
)
# What a Japanese question is made of, but for the hiragana between.
PIECES = re.compile(
    r"[\u30a1-\u30fa\u30fc]+|[\u3005-\u3007\u3400-\u9fff\U00020000-\U0003ffff]+|[^\u3005-\u9fff]+"
)


@dataclass(frozen=True)
class Term:
    """Words that must stand together; `open` if the last may be the beginning of a longer one."""

    words: tuple[str, ...]
    open: bool
    quoted: bool = field(default=False, compare=False)

    @cached_property
    def spellings(self) -> list[tuple[tuple[str, ...], bool]]:
        """The words and whether they are open; of an open English term, then its other spelling and
        other numbers.
        """
        if not self.open or not self.words[-1].isascii():
            return [(self.words, self.open)]
        written = list(dict.fromkeys([self.words, tuple(map(other_spelling, self.words))]))
        numbers = [
            ((*before, other), False) for *before, last in written for other in other_numbers(last)
        ]
        return [*((words, True) for words in written), *numbers]

    def found_in(self, text: list[Word]) -> Iterator[tuple[int, int]]:
        """Yield where in a text, given as its words, the term stands: spans in the composed
        text.
        """
        spellings = [(list(words[:-1]), words[-1], is_open) for words, is_open in self.spellings]
        for index in range(len(text) - len(self.words) + 1):
            end = text[index + len(self.words) - 1]
            for before, last, is_open in spellings:
                fits = end.text.startswith(last) if is_open else end.text == last
                if fits and [word.text for word in text[index : index + len(before)]] == before:
                    # Of a pair found by its first character, that one alone.
                    short = end.is_unspaced and len(last) < len(end.text)
                    yield text[index].start, end.start + 1 if short else end.end
                    break


@dataclass(frozen=True)
class Alternatives:
    """Terms that must all occur, or one of those that mean the same, which are written as
    `said`.
    """

    asked: tuple[Term, ...]
    others: tuple[Term, ...]
    said: tuple[str, ...]

    def found_in(self, text: list[Word]) -> Iterator[tuple[int, int]]:
        """Yield where in a text, given as its words, any of the terms stands."""
        for term in (*self.asked, *self.others):
            yield from term.found_in(text)


def terms(text) -> list[Term]:
    """Return the terms of a search, each once: phrases in quotation marks, and words."""
    asking = OF_A_QUESTION | OF_EVERY_RECORD if _is_a_question(text) else OF_A_QUESTION
    found = []
    for part, quoted in _parts(text):
        found += [
            (term_of(one, quoted=quoted), not quoted and _asks(one, asking))
            for one in ([part] if quoted else _apart(part))
        ]
    return _each_once(found)


def loosened(text) -> tuple[list[Term], list[Term]]:
    """Return the phrases in quotation marks of a search, and its other words, as few and as apart
    as may be.
    """
    phrases, free = [], []
    for part, quoted in _parts(text):
        if quoted:
            phrases.append((term_of(part, quoted=True), False))
        else:
            asking = OF_A_QUESTION | OF_EVERY_RECORD
            free += [
                (term_of(piece), _asks(one, asking))
                for one in _apart(part)
                for piece in _pieces(one)
            ]
    return _each_once(phrases), _each_once(free)


def _parts(text):
    """Yield the parts of a search, and whether each stands in quotation marks."""
    parts = QUOTATION.split(composed(text))
    for number, part in enumerate(parts):
        # Every second part is between two marks, unless the last mark has no partner.
        yield part, number % 2 == 1 and number < len(parts) - 1


def _apart(text):
    return APART.split(PER_CENT.sub("%", text))


def _pieces(text):
    if not UNSPACED.search(text):
        return [text]
    pieces = PIECES.findall(text)
    # A lone character between others is the end of a word more often than one.
    return [
        piece for piece in pieces if len(piece) > 1 or not UNSPACED.match(piece) or pieces == [text]
    ]


def _is_a_question(text):
    begun, *others = str(text).split() or [""]
    return bool(others) and (_asks(begun, BEGINS) or others[-1].endswith("?"))


def _asks(text, asking):
    """Whether the word only makes a question of the others. In capitals it is a name."""
    return text.strip("?!.,:;()").lower() in asking and not (len(text) > 1 and text.isupper())


def _each_once(found):
    """Return the terms of (term, whether it only asks), each once; those that only ask if there are
    no others.
    """
    there = [(term, asks) for term, asks in found if term]
    said = [term for term, asks in there if not asks] or [term for term, _ in there]
    return list(dict.fromkeys(said))


def term_of(text, *, quoted=False):
    """Return the term that `text` makes as a whole, or None where it holds no word."""
    asked = list(words(text))
    if not asked:
        return None
    last = asked[-1]
    if last.is_unspaced:
        # The lone last character says where a stored run ends; a search may end within one.
        if len(asked) > 1 and asked[-2].end == last.end:
            asked.pop()
            return Term(tuple(word.text for word in asked), open=False, quoted=quoted)
        return Term(tuple(word.text for word in asked), open=True, quoted=quoted)
    whole = (
        quoted
        or len(last.text) < SHORTEST_BEGINNING
        or last.text.isnumeric()
        or last.text == PERCENT
    )
    return Term(tuple(word.text for word in asked), open=not whole, quoted=quoted)
