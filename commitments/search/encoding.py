"""How the search table stores words: in letters that no tokenizer or query can misread."""

from collections.abc import Iterable
from functools import lru_cache

# Stands between two texts of a column, so that no phrase is found across them. No word is encoded
# like it.
GAP = "z"
# PostgreSQL counts positions only up to 16,383. With this limit for each of the four columns, both
# databases store the same words.
MOST_WORDS = 4000
HEXADECIMAL_AS_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


@lru_cache(50_000)
def encode_word(word) -> str:
    """Return `word` in the letters a-z alone; the letters a-y stay as they are.

    Each character keeps its place, so the beginning of a word stays a beginning.
    """
    letters = map(_encode_letter, word)
    return "".join(letters)


def _encode_letter(letter):
    if "a" <= letter <= "y":
        return letter
    number = ord(letter)
    code = f"{number:06x}".translate(HEXADECIMAL_AS_LETTERS)
    return f"z{code}"


def write_column(texts: Iterable[list[str]]) -> str:
    """Return `texts`, each a list of words, as a column of the table holds them."""
    parts = []
    for text in texts:
        parts += map(encode_word, text)
        parts.append(GAP)
    stored = parts[:MOST_WORDS]
    return " ".join(stored)
