"""Finding public records by words: one table, in which `publishing` keeps a row for each.

A record is found if every term of the question occurs in a text of it. Those in whose title all of
them stand come first, then those that need a name for it, then the quote, then the explanation: an
order that a reader can see the reason of, and the same on both databases. Pages look for the
field's synonyms of the terms as well, and put what only these find after it. Where nothing has all
the terms, `nearest` tells which pledges have most of them.
"""

from django.core.exceptions import EmptyResultSet
from django.db.models import Case, IntegerField, QuerySet, Value, When

from commitments.models import SearchEntry
from commitments.search.index import COLUMNS, matching, placed
from commitments.search.marking import Excerpt, make_excerpt, mark_terms
from commitments.search.nearest import find_nearest
from commitments.search.spelling import respelt
from commitments.search.terms import MOST_TERMS, Term, terms
from commitments.search.widening import keep_widened, list_synonyms, widen

__all__ = [
    "MOST_TERMS",
    "Excerpt",
    "Term",
    "find_best",
    "find_nearest",
    "find_related",
    "keep_matching",
    "keep_widened",
    "list_synonyms",
    "make_excerpt",
    "mark_terms",
    "respelt",
    "terms",
]

# Records named beside a list of pledges: those with a page of their own.
BESIDE, MOST_BESIDE = ("summit", "leader", "party", "topic"), 8


def keep_matching(records: QuerySet, text, *, synonyms=False) -> QuerySet:
    """Keep the `records` in whose texts every term of `text` occurs, or a synonym of it; none if it
    has no term.
    """
    asked = keep_widened(text) if synonyms else terms(text)
    if not asked:
        return records.none()
    return records.filter(pk__in=matching(asked, kinds=[records.model._meta.model_name]))


def find_best(pledges: QuerySet, text, *, most) -> list[int]:
    """Return the keys of the `pledges` that `text` finds: the best first, equal ones newest first.
    One statement.

    Those that only synonyms find come after all others.
    Of more than `most`, those that rank lowest are left out, and of equal ones those entered first.
    """
    asked = terms(text)
    wider = widen(asked)
    wider = [] if wider == asked else wider
    if not asked:
        return []
    try:
        # Pledges are the first of the kinds: the keys of their entries are their own.
        rows = placed(
            pledges.values_list("pk", "made_on", "slug"),
            "commitments_pledge.id",
            asked,
            most,
            wider=wider,
        )
    except EmptyResultSet:
        return []
    rows.sort(key=lambda row: row[3])
    rows.sort(key=lambda row: row[2], reverse=True)
    rows.sort(key=lambda row: row[0])
    return [key for _, key, *_ in rows]


def find_related(text) -> list[SearchEntry]:
    """Return what else is found by `text`: leaders, parties, summits and topics, the best first.
    One statement.
    """
    asked = terms(text)
    if not asked:
        return []
    others = SearchEntry.objects.published().filter(pk__in=matching(asked, kinds=BESIDE))
    places = [
        When(pk__in=matching(asked, COLUMNS[:end], kinds=BESIDE), then=Value(end))
        for end in (1, 2, 3)
    ]
    place = Case(*places, default=Value(len(COLUMNS)), output_field=IntegerField())
    return list(others.order_by(place, "record_type", "slug")[:MOST_BESIDE])
