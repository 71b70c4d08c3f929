"""One number rules freshness: public content changes only when the ledger grows.

Every public answer is named by the ledger's head, the build, the UTC date (deadlines pass at
midnight), the language, the format and the query. So an ETag is never stale, and nothing needs
invalidating.
"""

import hashlib
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language

from commitments.models import LedgerEntry, LedgerHead


def read_head() -> int:
    """Return the number of the newest ledger entry, 0 for an empty ledger. One statement."""
    return LedgerHead.objects.filter(pk=1).values_list("seq", flat=True).first() or 0


def find_first_day() -> date | None:
    """Return the day of the ledger's first entry, before which the site had published nothing. One
    statement.
    """
    first = LedgerEntry.objects.filter(seq=1).values_list("recorded_at", flat=True).first()
    return first and first.date()


def write_canonical_query(query: QueryDict, known: Iterable[str]) -> str:
    """Return the part of `query` that matters, in one spelling: known names only, sorted, empties
    dropped.
    """
    pairs = sorted((name, value) for name in known for value in query.getlist(name) if value != "")
    canonical = QueryDict(mutable=True)
    for name, value in pairs:
        canonical.appendlist(name, value)
    return canonical.urlencode()


def make_etag(query: str, *, form: str, seq: int | None = None) -> str:
    """Return the ETag of a public answer in `form` ("html", "json") to the canonical `query`.

    `seq` is the number of the newest ledger entry, if the caller has read it already.
    """
    seq = read_head() if seq is None else seq
    digest = hashlib.sha256(query.encode()).hexdigest()[:12] if query else "0"
    day = timezone.now().date().isoformat()
    return f'"{seq}.{settings.BUILD}.{day}.{get_language()}.{form}.{digest}"'
