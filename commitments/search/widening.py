"""A search, and what else it may mean: the field's synonyms of its words, but for those in
quotation marks.
"""

from functools import cache, lru_cache

from commitments.search.english import other_numbers, other_spelling
from commitments.search.synonyms import GROUPS
from commitments.search.terms import Alternatives, Term, term_of, terms
from commitments.search.words import UNSPACED


def keep_widened(text) -> list[Term | Alternatives]:
    """Return the terms of a search, and choices for those that the field has other words for."""
    return widen(terms(text))


def widen(asked, *, together=True) -> list[Term | Alternatives]:
    """Return the terms `asked`, those with synonyms as choices: of several that make one word only
    if `together`.
    """
    wider, start = [], 0
    while start < len(asked):
        ends = range(min(len(asked), start + _longest() if together else start + 1), start, -1)
        choice, start = next(
            ((choice, end) for end in ends if (choice := _choice(tuple(asked[start:end])))),
            (asked[start], start + 1),
        )
        wider.append(choice)
    return wider


def list_synonyms(asked) -> list[tuple[str, str]]:
    """Return the synonyms in the terms and choices `asked`, each once, as the field writes them,
    with its language.
    """
    words = dict.fromkeys(
        word for one in asked if isinstance(one, Alternatives) for word in one.said
    )
    return [(word, "ja" if UNSPACED.search(word) else "en") for word in words]


def _choice(asked):
    """Return the choice that the terms `asked` make as one word of the field, None if they make
    none.
    """
    if any(term.quoted for term in asked):
        return None
    key = _alike(word for term in asked for word in term.words)
    others = _synonyms().get(key)
    return Alternatives(asked, tuple(map(term_of, others)), others) if others else None


@cache
def _synonyms():
    """Return the others of its groups for each word of the field, as `_alike` gives it."""
    found = {}
    for group in GROUPS:
        for word in (*group.words, *group.broad):
            key = _alike(term_of(word).words)
            others = [other for other in group.words if _alike(term_of(other).words) != key]
            found[key] = tuple(dict.fromkeys([*found.get(key, ()), *others]))
    return found


@cache
def _longest():
    return max(map(len, _synonyms()))


def _alike(words):
    """Return `words`, singular and in one of their spellings: the same for all that a search takes
    for the same.
    """
    return tuple(map(_plainest, words))


@lru_cache(10_000)
def _plainest(word):
    singular = next(iter(other_numbers(word)), word) if word.endswith("s") else word
    return min(singular, other_spelling(singular))
