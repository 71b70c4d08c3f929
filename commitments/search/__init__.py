"""Search of public records by words: one table, in which `publishing` keeps a row for each record.

A record is found if every term of the search occurs in one of its texts. The results come in an
order whose reason a reader can see, and which is the same on both databases: first the records with
all terms in the title, then those that need the names for it, then the quote, then the explanation.
Pages also search for the field's synonyms of the terms, and put what only these find last. Where no
record has all terms, `nearest` finds the pledges with most of them.
"""

from datetime import date
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import Case, IntegerField, QuerySet, Value, When

from commitments.models import SearchEntry
from commitments.search.index import COLUMNS
from commitments.search.marking import Excerpt, make_excerpt, mark_terms
from commitments.search.nearest import find_nearest
from commitments.search.spelling import correct_spelling
from commitments.search.statements import match_entries, place_rows
from commitments.search.terms import MOST_TERMS, Term, parse_terms
from commitments.search.widening import keep_widened, list_synonyms, widen

__all__ = [
    "MOST_TERMS",
    "Excerpt",
    "Term",
    "correct_spelling",
    "find_best",
    "find_nearest",
    "find_related",
    "keep_matching",
    "keep_widened",
    "list_synonyms",
    "make_excerpt",
    "mark_terms",
    "parse_terms",
]

# The kinds of records listed next to the pledges found; of the sources those read in full.
BESIDE, MOST_BESIDE = ("summit", "leader", "party", "topic", "source"), 8


class PlacedPledge(NamedTuple):
    """A pledge that a search found, and its place: the lower, the better."""

    place: int
    key: int
    made_on: date
    slug: str


def keep_matching(records: QuerySet, text, *, synonyms=False) -> QuerySet:
    """Keep the `records` in whose texts every term of `text` occurs; none if it has no term.

    With `synonyms`, a synonym of a term will do.
    """
    terms = keep_widened(text) if synonyms else parse_terms(text)
    if not terms:
        return records.none()
    kind = records.model._meta.model_name
    matches = match_entries(terms, kinds=[kind])
    return records.filter(pk__in=matches)


def find_best(pledges: QuerySet, text, *, most) -> list[int]:
    """Return the keys of the `pledges` that `text` finds, the best first. One statement.

    Equally good ones come newest first, and those that only synonyms find come last. If there are
    more than `most`, the worst are left out; of equally bad ones, those entered first.
    """
    terms = parse_terms(text)
    if not terms:
        return []
    wider = widen(terms)
    if wider == terms:
        wider = []
    rows = pledges.values_list("pk", "made_on", "slug")
    # Pledges are the first of the kinds: the keys of their entries are their own.
    key_column = "commitments_pledge.id"
    try:
        placed = place_rows(rows, key_column, terms, most, wider=wider)
    except EmptyResultSet:
        return []
    best_first = [PlacedPledge(*row) for row in placed]
    best_first.sort(key=lambda row: row.slug)
    best_first.sort(key=lambda row: row.made_on, reverse=True)
    best_first.sort(key=lambda row: row.place)
    return [row.key for row in best_first]


def find_related(text) -> list[SearchEntry]:
    """Return the leaders, parties, summits and topics that `text` finds, the best first, and then
    the sources that were read sentence by sentence.

    One statement.
    """
    terms = parse_terms(text)
    if not terms:
        return []
    places = []
    for end in (1, 2, 3):
        columns = COLUMNS[:end]
        matches = match_entries(terms, columns, kinds=BESIDE)
        place = When(pk__in=matches, then=Value(end))
        places.append(place)
    last_place = Value(len(COLUMNS))
    place = Case(*places, default=last_place, output_field=IntegerField())
    matches = match_entries(terms, kinds=BESIDE)
    entries = SearchEntry.objects.published().filter(pk__in=matches)
    entries = entries.exclude(record_type="source", quote="")
    source_last = Case(
        When(record_type="source", then=1),
        default=0,
    )
    best_first = entries.order_by(
        source_last,
        place,
        "record_type",
        "slug",
    )
    return list(best_first[:MOST_BESIDE])
