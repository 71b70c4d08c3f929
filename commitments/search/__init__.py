"""Finding public records by words: one table, in which `publishing` keeps a row for each.

A record is found if every term of the question occurs in a text of it. Those in whose title all of
them stand come first, then those that need a name for it, then the quote, then the explanation: an
order that a reader can see the reason of, and the same on both databases.
"""

from django.db.models import Case, IntegerField, QuerySet, Value, When

from commitments.models import SearchEntry
from commitments.search.index import COLUMNS
from commitments.search.index import matching as _keys
from commitments.search.marking import Excerpt, excerpt, marked
from commitments.search.spelling import respelt
from commitments.search.terms import Term, terms

__all__ = ["MOST_TERMS", "Excerpt", "Term", "beside", "excerpt", "found", "marked", "ranked", "respelt", "terms"]

# Each costs the database a look into its index, for each of the columns that rank.
MOST_TERMS = 12
# Records named beside a list of pledges: those with a page of their own.
BESIDE, MOST_BESIDE = ("leader", "party", "summit", "topic"), 8


def found(records: QuerySet, text) -> QuerySet:
    """Keep the `records` in whose texts every term of `text` occurs; none if it has no term."""
    asked = terms(text)
    if not asked:
        return records.none()
    return records.filter(pk__in=_keys(asked, kind=records.model._meta.model_name))


def ranked(pledges: QuerySet, text) -> QuerySet:
    """Order pledges that were `found` by `text`: the best first, equal ones newest first."""
    asked = terms(text)
    return pledges.order_by(_place(asked, kind="pledge"), "-made_on", "slug") if asked else pledges


def beside(text) -> list[SearchEntry]:
    """Return what else is found by `text`: leaders, parties, summits and topics, the best first. One statement."""
    asked = terms(text)
    if not asked:
        return []
    others = SearchEntry.objects.published().filter(record_type__in=BESIDE, pk__in=_keys(asked))
    return list(others.order_by(_place(asked), "record_type", "slug")[:MOST_BESIDE])


def _place(asked, *, kind=None):
    """Return by how many columns, the weightiest first, all that was `asked` is found."""
    numbers = range(1, len(COLUMNS))
    places = [When(pk__in=_keys(asked, COLUMNS[:number], kind=kind), then=Value(number)) for number in numbers]
    return Case(*places, default=Value(len(COLUMNS)), output_field=IntegerField())
