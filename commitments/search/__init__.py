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


def found(records: QuerySet, text, columns=COLUMNS) -> QuerySet:
    """Keep the `records` in whose `columns`, taken together, every term of `text` occurs; none if it has no term."""
    asked = terms(text)
    if not asked:
        return records.none()
    theirs = SearchEntry.objects.published().filter(record_type=records.model._meta.model_name)
    return records.filter(pk__in=theirs.filter(pk__in=_keys(asked, columns)).values("record_id"))


def ranked(pledges: QuerySet, text) -> QuerySet:
    """Order pledges that were `found` by `text`: the best first, equal ones newest first."""
    everywhere = type(pledges)(pledges.model)
    better = [found(everywhere, text, COLUMNS[:number]).values("pk") for number in range(1, len(COLUMNS))]
    return pledges.order_by(_place("pk__in", better), "-made_on", "slug")


def beside(text) -> list[SearchEntry]:
    """Return what else is found by `text`: leaders, parties, summits and topics, the best first. One statement."""
    asked = terms(text)
    if not asked:
        return []
    better = [_keys(asked, COLUMNS[:number]) for number in range(1, len(COLUMNS))]
    others = SearchEntry.objects.published().filter(record_type__in=BESIDE, pk__in=_keys(asked))
    return list(others.order_by(_place("pk__in", better), "record_type", "slug")[:MOST_BESIDE])


def _place(lookup, better):
    places = [When(**{lookup: keys, "then": Value(place)}) for place, keys in enumerate(better)]
    return Case(*places, default=Value(len(better)), output_field=IntegerField())
