"""What a reader asks for, as terms that must all occur; nothing in it is an operator but quotation marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from commitments.search.words import Word, composed, words

QUOTATION = re.compile('["“”„«»「」『』]')
# What parts words when typed. Other signs between letters or digits hold them together: Japan-US, 2.5, U.S.
APART = re.compile(r"[\s、。，；・／/;|&+]+|,(?![0-9])")
# Beginnings shorter than this begin too many words.
SHORTEST_BEGINNING = 2


@dataclass(frozen=True)
class Term:
    """Words that must stand together; `open` if the last may be the beginning of a longer one."""

    words: tuple[str, ...]
    open: bool

    def found_in(self, text: list[Word]) -> Iterator[tuple[int, int]]:
        """Yield where in a text, given as its words, the term stands: spans in the composed text."""
        *before, last = self.words
        for index in range(len(text) - len(before)):
            end = text[index + len(before)]
            fits = end.text.startswith(last) if self.open else end.text == last
            if fits and [word.text for word in text[index : index + len(before)]] == before:
                # Of a pair found by its first character, that one alone.
                short = end.is_unspaced and len(last) < len(end.text)
                yield text[index].start, end.start + 1 if short else end.end


def terms(text) -> list[Term]:
    """Return the terms of a search, each once: phrases in quotation marks, and words."""
    found = []
    # Every second part is between two marks, unless the last mark has no partner.
    parts = QUOTATION.split(composed(text))
    for number, part in enumerate(parts):
        if number % 2 and number < len(parts) - 1:
            found.append(_term(part, quoted=True))
        else:
            found += [_term(word, quoted=False) for word in APART.split(part)]
    return [term for term in dict.fromkeys(found) if term]


def _term(text, *, quoted):
    """Return the term that `text` makes as a whole, or None where it holds no word."""
    asked = list(words(text))
    if not asked:
        return None
    last = asked[-1]
    if last.is_unspaced:
        # The lone last character says where a stored run ends; a search may end within one.
        if len(asked) > 1 and asked[-2].end == last.end:
            asked.pop()
            return Term(tuple(word.text for word in asked), open=False)
        return Term(tuple(word.text for word in asked), open=True)
    beginning = not quoted and len(last.text) >= SHORTEST_BEGINNING and not last.text.isnumeric()
    return Term(tuple(word.text for word in asked), open=beginning)
