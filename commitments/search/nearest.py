"""The pledges that have most of the words of a search, where none has them all."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from commitments.search.index import COLUMNS
from commitments.search.statements import Question, find_answers
from commitments.search.terms import MOST_TERMS, Alternatives, Term, loosen_terms, parse_terms
from commitments.search.widening import keep_widened, widen

# Only the first page is shown.
MOST_NEAREST = 50
TITLE = COLUMNS[:1]


@dataclass(frozen=True)
class Nearest:
    """The keys of the pledges with most of the `terms`, the nearest first.

    `most` says that each has more than half of the terms; otherwise each has half of them.
    """

    keys: list[int]
    most: bool
    terms: list[Term | Alternatives]


class PartialMatch(NamedTuple):
    """A pledge that has some of the terms.

    `bits` has one bit for each term that occurs in it, and above these one for each in its title.
    """

    bits: int
    key: int
    made_on: date
    slug: str


class Rank(NamedTuple):
    """How much the terms of a pledge weigh, and those in its title."""

    weight: float
    weight_in_title: float


def find_nearest(pledges: QuerySet, text) -> Nearest | None:
    """Return those of `pledges` that have most of the terms of `text`, or half of them.

    Return None if none has so many, or if one has them all. Every phrase in quotation marks must
    occur. The fewer pledges have a term, the more it weighs; of equal weight, those with more of it
    in the title come first, then the newest. Of those with half of the terms, only the weightiest
    are kept. A synonym counts as its term, except in the title. One statement, none if there is
    only one term.
    """
    phrases, free = loosen_terms(text)
    all_terms = [*phrases, *free]
    terms = all_terms[:MOST_TERMS]
    if not free:
        return None
    if len(terms) == 1 and terms == parse_terms(text):
        return None
    # One for one: the bits of a term and of its alternatives are the same.
    wider = widen(terms, together=False)
    questions = [Question([term]) for term in wider]
    questions += [Question([term], TITLE) for term in terms]
    all_bit = 1 << len(questions)
    has_all = Question(keep_widened(text))
    questions.append(has_all)
    rows = _read_candidates(pledges, questions)
    if any(row.bits & all_bit for row in rows):
        return None
    phrase_bits = _set_bits(len(phrases))
    candidates = [row for row in rows if row.bits & phrase_bits == phrase_bits]
    return _choose_nearest(candidates, wider)


def _read_candidates(pledges: QuerySet, questions: Sequence[Question]) -> list[PartialMatch]:
    columns = pledges.order_by().values_list("id", "made_on", "slug")
    try:
        rows = find_answers(columns, questions)
    except EmptyResultSet:
        return []
    return [PartialMatch(*row) for row in rows]


def _choose_nearest(candidates: list[PartialMatch], terms) -> Nearest | None:
    """Return those with more than half of the `terms`, else those with the weightiest half."""
    # Many pledges have the same few combinations of terms.
    counts = Counter(candidate.bits for candidate in candidates)
    weights = _weigh_terms(counts, len(terms))
    ranks = {bits: _rank(bits, weights) for bits in counts}
    term_counts = {bits: _count_terms(bits, len(terms)) for bits in counts}
    most = []
    half = []
    for candidate in candidates:
        term_count = term_counts[candidate.bits]
        if term_count * 2 > len(terms):
            most.append(candidate)
        elif term_count * 2 == len(terms):
            half.append(candidate)
    nearest = most or _keep_weightiest(half, ranks)
    if not nearest:
        return None
    nearest.sort(key=lambda row: row.slug)
    nearest.sort(key=lambda row: row.made_on, reverse=True)
    nearest.sort(key=lambda row: ranks[row.bits], reverse=True)
    first_page = nearest[:MOST_NEAREST]
    keys = [row.key for row in first_page]
    has_most = bool(most)
    return Nearest(keys, has_most, terms)


def _keep_weightiest(candidates: list[PartialMatch], ranks: dict[int, Rank]) -> list[PartialMatch]:
    """Return those of the greatest weight: half of the words, if the commoner, is too little."""
    by_weight = defaultdict(list)
    for candidate in candidates:
        rank = ranks[candidate.bits]
        by_weight[rank.weight].append(candidate)
    greatest = max(by_weight, default=0)
    return by_weight[greatest]


def _set_bits(number: int) -> int:
    """Return the lowest `number` bits, all set."""
    return (1 << number) - 1


def _count_terms(bits: int, number_of_terms: int) -> int:
    """Return how many terms occur, without those above, which are for the title."""
    term_bits = bits & _set_bits(number_of_terms)
    return term_bits.bit_count()


def _rank(bits: int, weights: list[float]) -> Rank:
    title_bits = bits >> len(weights)
    weight = _add_weights(bits, weights)
    weight_in_title = _add_weights(title_bits, weights)
    return Rank(weight, weight_in_title)


def _weigh_terms(counts: Counter, number_of_terms: int) -> list[float]:
    """Return the weight of each term: the fewer candidates have it, the more it weighs."""
    every = counts.total()
    weights = []
    for place in range(number_of_terms):
        with_term = 0
        for bits, count in counts.items():
            if _is_set(bits, place):
                with_term += count
        weight = log(1 + every / with_term) if with_term else 0
        weights.append(weight)
    return weights


def _add_weights(bits: int, weights: list[float]) -> float:
    """Return the weight of the terms whose bits are set."""
    total = 0.0
    for place, weight in enumerate(weights):
        if _is_set(bits, place):
            total += weight
    # Rounded, so that equal sums are equal in whichever order they were added up.
    return round(total, 9)


def _is_set(bits: int, place: int) -> bool:
    bit = 1 << place
    return bool(bits & bit)
