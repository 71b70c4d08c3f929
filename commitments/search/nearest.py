"""The pledges that have most of the words asked for, where none has them all."""

from collections import Counter
from dataclasses import dataclass
from math import log

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from commitments.search.index import COLUMNS, holding
from commitments.search.terms import MOST_TERMS, Alternatives, Term, loosened, terms
from commitments.search.widening import keep_widened, widen

# The first page will do.
MOST_NEAREST = 50


@dataclass(frozen=True)
class Nearest:
    """The keys of the pledges, the nearest first; `most` if each has more than half of the terms
    `asked`, else half.
    """

    keys: list[int]
    most: bool
    asked: list[Term | Alternatives]


def find_nearest(pledges: QuerySet, text) -> Nearest | None:
    """Return those of `pledges` that have most of the terms of `text`, or half, if none has all;
    None if none has.

    Every phrase in quotation marks must be there. A term weighs more the fewer pledges have it; of
    equal weight, those with more of it in the title come first, then the newest. Of those with
    half, only the weightiest are kept. But for the title, a synonym is as good as its term. One
    statement, none where one term is all there is.
    """
    phrases, free = loosened(text)
    asked = [*phrases, *free][:MOST_TERMS]
    if not free or (asked == terms(text) and len(asked) == 1):
        return None
    # One for one: the bits of a term and of its choice are the same.
    wider = widen(asked, together=False)
    questions = [*(([one], COLUMNS) for one in wider), *(([term], COLUMNS[:1]) for term in asked)]
    try:
        rows = holding(
            pledges.order_by().values_list("id", "made_on", "slug"),
            [*questions, (keep_widened(text), COLUMNS)],
        )
    except EmptyResultSet:
        return None
    if any(bits >> len(questions) for bits, *_ in rows):
        return None
    needed = (1 << len(phrases)) - 1
    return _ranked([row for row in rows if row[0] & needed == needed], wider)


def _ranked(rows, asked):
    """Rank `rows`, each the bits of the terms that occur, and above them of those in the title;
    then key, day, slug.
    """
    alike, every = Counter(bits for bits, *_ in rows), (1 << len(asked)) - 1
    held = [
        sum(number for bits, number in alike.items() if bits >> place & 1)
        for place in range(len(asked))
    ]
    weights = [log(1 + len(rows) / number) if number else 0 for number in held]

    def weight(bits):
        # Rounded, so that equal sums are equal in whichever order they were added up.
        return round(sum(each for place, each in enumerate(weights) if bits >> place & 1), 9)

    # There are few different ones among many rows.
    numbers = {bits: (bits & every).bit_count() for bits in alike}
    ranks = {bits: (weight(bits), weight(bits >> len(asked))) for bits in alike}
    near = most = [row for row in rows if numbers[row[0]] * 2 > len(asked)]
    if not most:
        half = [row for row in rows if numbers[row[0]] * 2 == len(asked)]
        # Half of the words, and the commoner half, is too little.
        weightiest = max((ranks[row[0]][0] for row in half), default=0)
        near = [row for row in half if ranks[row[0]][0] == weightiest]
    near.sort(key=lambda row: row[3])
    near.sort(key=lambda row: row[2], reverse=True)
    near.sort(key=lambda row: ranks[row[0]], reverse=True)
    return Nearest([row[1] for row in near[:MOST_NEAREST]], bool(most), asked) if near else None
