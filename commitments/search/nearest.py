"""The pledges that have most of the words asked for, where none has them all."""

from collections import Counter
from dataclasses import dataclass
from math import log

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from commitments.search.index import COLUMNS, holding
from commitments.search.terms import MOST_TERMS, Term, loosened, terms

# The first page will do.
MOST_NEAREST = 50


@dataclass(frozen=True)
class Nearest:
    """The keys of the pledges, the nearest first; `most` if each has more than half of the terms `asked`, else half."""

    keys: list[int]
    most: bool
    asked: list[Term]


def nearest(pledges: QuerySet, text) -> Nearest | None:
    """Return those of `pledges` that have most of the terms of `text`, or half, if none has all; None if none has.

    Every phrase in quotation marks must be there. A term weighs more the fewer pledges have it; of equal weight, those
    with more of it in the title come first, then the newest. Of those with half, only the weightiest are kept. One
    statement, none where one term is all there is.
    """
    phrases, free = loosened(text)
    asked = [*phrases, *free][:MOST_TERMS]
    if not free or (asked == terms(text) and len(asked) == 1):
        return None
    questions = [([term], columns) for columns in (COLUMNS, COLUMNS[:1]) for term in asked]
    try:
        rows = holding(pledges.order_by().values_list("id", "made_on", "slug"), [*questions, (terms(text), COLUMNS)])
    except EmptyResultSet:
        return None
    if any(bits >> len(questions) for bits, *_ in rows):
        return None
    near = [(_positions(bits, len(questions)), *row) for bits, *row in rows]
    return _ranked([row for row in near if row[0].issuperset(range(len(phrases)))], asked)


def _positions(bits, most):
    return {position for position in range(most) if bits >> position & 1}


def _ranked(rows, asked):
    """Rank `rows`, each the places in `asked` of its terms, and past the end of those in its title; key, day, slug."""
    count = len(asked)
    held = Counter(place for has, *_ in rows for place in has)
    weights = [log(1 + len(rows) / held[place]) if held[place] else 0 for place in range(count)]

    def weight(has, among):
        return sum(weights[place % count] for place in among if place in has)

    def number(has):
        return len(has.intersection(range(count)))

    rows.sort(key=lambda row: row[3])
    rows.sort(key=lambda row: row[2], reverse=True)
    rows.sort(key=lambda row: (weight(row[0], range(count)), weight(row[0], range(count, 2 * count))), reverse=True)
    most = [row for row in rows if number(row[0]) * 2 > count]
    half = [row for row in rows if number(row[0]) * 2 == count]
    # Half of the words, and the commoner half, is too little.
    near = most or [row for row in half if weight(row[0], range(count)) == weight(half[0][0], range(count))]
    return Nearest([row[1] for row in near[:MOST_NEAREST]], bool(most), asked) if near else None
