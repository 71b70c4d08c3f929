"""A search with the synonyms that the field has for its words, except those in quotation marks."""

from functools import cache, lru_cache

from commitments.search.english import find_other_numbers, find_other_spelling
from commitments.search.synonyms import GROUPS
from commitments.search.terms import Alternatives, Term, make_term, parse_terms
from commitments.search.words import UNSPACED


def keep_widened(text) -> list[Term | Alternatives]:
    """Return the terms of a search, with alternatives for those that have synonyms."""
    terms = parse_terms(text)
    return widen(terms)


def widen(terms, *, together=True) -> list[Term | Alternatives]:
    """Return the `terms`, with alternatives instead of those that have synonyms.

    `together`: several terms that make one word of the field are replaced together.
    """
    most = _longest_word() if together else 1
    wider = []
    start = 0
    while start < len(terms):
        end = start + most
        term, length = _widen_first(terms[start:end])
        wider.append(term)
        start += length
    return wider


def _widen_first(terms) -> tuple[Term | Alternatives, int]:
    """Return alternatives for as many of the first `terms` as possible, and for how many."""
    for length in range(len(terms), 0, -1):
        first_terms = tuple(terms[:length])
        alternatives = _find_alternatives(first_terms)
        if alternatives:
            return alternatives, length
    return terms[0], 1


def list_synonyms(terms) -> list[tuple[str, str]]:
    """Return the synonyms of all alternatives in `terms`, each once, with its language."""
    names = []
    for term in terms:
        if isinstance(term, Alternatives):
            names += term.names
    each_once = dict.fromkeys(names)
    return [(name, _find_language(name)) for name in each_once]


def _find_language(name):
    if UNSPACED.search(name):
        return "ja"
    return "en"


def _find_alternatives(terms) -> Alternatives | None:
    """Return alternatives for `terms` as one word of the field; None if they make none."""
    if any(term.quoted for term in terms):
        return None
    words = [word for term in terms for word in term.words]
    plain_form = _plain_form(words)
    names = _synonyms_by_word().get(plain_form)
    if not names:
        return None
    synonyms = tuple(map(make_term, names))
    return Alternatives(terms, synonyms, names)


@cache
def _synonyms_by_word() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the synonyms of each word of the field, by its plain form."""
    synonyms: dict[tuple[str, ...], tuple[str, ...]] = {}
    for group in GROUPS:
        for word in (*group.words, *group.broad):
            plain_form = _find_plain_form(word)
            names = list(synonyms.get(plain_form, ()))
            names += [other for other in group.words if _find_plain_form(other) != plain_form]
            each_once = dict.fromkeys(names)
            synonyms[plain_form] = tuple(each_once)
    return synonyms


def _find_plain_form(word) -> tuple[str, ...]:
    """Return the plain form of a word of the field, as it is written."""
    term = make_term(word)
    return _plain_form(term.words)


@cache
def _longest_word() -> int:
    """Return how many words the longest word of the field consists of."""
    lengths = map(len, _synonyms_by_word())
    return max(lengths)


def _plain_form(words) -> tuple[str, ...]:
    """Return the singular of `words` in one spelling: what a search takes for the same is equal."""
    plain_words = map(_choose_plain_word, words)
    return tuple(plain_words)


@lru_cache(10_000)
def _choose_plain_word(word):
    singular = word
    if word.endswith("s"):
        singular = next(iter(find_other_numbers(word)), word)
    spellings = [singular, find_other_spelling(singular)]
    return min(spellings)
