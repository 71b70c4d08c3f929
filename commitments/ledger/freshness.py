"""One number rules freshness: public content changes only when the ledger grows.

Every public answer is named by the ledger's head, the build, the UTC date (deadlines pass at
midnight), the language, the format and the query. So an ETag is never stale, and nothing needs
invalidating.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified, QueryDict
from django.utils import timezone
from django.utils.http import parse_etags, parse_http_date_safe
from django.utils.translation import get_language

from commitments.models import LedgerEntry, LedgerHead

# Statuses of the answers that an ETag names. An error is never kept.
NAMED_STATUSES = (200, 304)
PRECONDITION_FAILED = 412


@dataclass(frozen=True)
class ConditionalAnswer:
    """What is known of a public answer before its body is made: its name, and who has it already.

    `is_unchanged`: the client holds this very answer (304). `is_refused`: the client insists on
    another one than there is (412).
    """

    etag: str
    is_unchanged: bool
    is_refused: bool

    @property
    def headers(self) -> dict[str, str]:
        # Kept by anybody, but used only after asking whether it is still the newest.
        return {"ETag": self.etag, "Cache-Control": "no-cache"}

    def make_empty_response(self) -> HttpResponse | None:
        """Return the response without a body; None where the body must be made."""
        if self.is_refused:
            return HttpResponse(status=PRECONDITION_FAILED)
        if self.is_unchanged:
            return HttpResponseNotModified()
        return None

    def add_headers(self, response: HttpResponse) -> None:
        """Write the headers into `response`; an error gets no ETag."""
        for name, value in self.headers.items():
            if name != "ETag" or response.status_code in NAMED_STATUSES:
                response.headers[name] = value


def read_head() -> int:
    """Return the number of the newest ledger entry, 0 for an empty ledger. One statement."""
    heads = LedgerHead.objects.filter(pk=1)
    seq = heads.values_list("seq", flat=True).first()
    return seq or 0


def find_first_day() -> date | None:
    """Return the day of the ledger's first entry, before which the site had published nothing. One
    statement.
    """
    entries = LedgerEntry.objects.filter(seq=1)
    moment = entries.values_list("recorded_at", flat=True).first()
    if moment is None:
        return None
    return moment.date()


def write_canonical_query(query: QueryDict, known: Iterable[str]) -> str:
    """Return the part of `query` that matters, in one spelling: known names only, sorted, empties
    dropped.
    """
    canonical = QueryDict(mutable=True)
    for name in sorted(set(known)):
        values = [value for value in query.getlist(name) if value != ""]
        canonical.setlist(name, sorted(values))
    return canonical.urlencode()


def make_etag(query: str, *, form: str, seq: int | None = None, today: date | None = None) -> str:
    """Return the ETag of a public answer in `form` ("html", "json") to the canonical `query`.

    `seq` is the number of the newest ledger entry and `today` the UTC date, if the caller has read
    them already.
    """
    parts = [
        read_head() if seq is None else seq,
        settings.BUILD,
        today or timezone.now().date(),
        get_language(),
        form,
        digest_query(query),
    ]
    name = ".".join(map(str, parts))
    return f'"{name}"'


def digest_query(query: str) -> str:
    if not query:
        return "0"
    return hashlib.sha256(query.encode()).hexdigest()[:12]


def make_conditional_answer(
    query: str,
    request_headers: Mapping[str, str],
    *,
    form: str,
    seq: int | None = None,
    today: date | None = None,
    is_weak: bool = False,
) -> ConditionalAnswer:
    """Return how to answer the canonical `query` in `form` to whoever sends these headers.

    If-None-Match is what clients send; If-Match and If-Unmodified-Since are read as well (RFC 9110,
    section 13.2.2). `is_weak`: the bytes may differ where the content is the same, as they do
    when some answers are compressed. `seq` and `today` are as for `make_etag`.
    """
    etag = make_etag(query, form=form, seq=seq, today=today)
    if is_weak:
        etag = f"W/{etag}"
    if_none_match = request_headers.get("If-None-Match", "")
    is_refused = fails_precondition(etag, request_headers)
    is_unchanged = not is_refused and is_named_in(etag, if_none_match)
    return ConditionalAnswer(etag, is_unchanged, is_refused)


def fails_precondition(etag: str, request_headers: Mapping[str, str]) -> bool:
    """Whether the client asks for another answer than the one that `etag` names."""
    wanted = parse_etags(request_headers.get("If-Match", ""))
    if wanted == ["*"]:
        return False
    if wanted:
        # Compared strongly: a weak name promises nothing about the bytes.
        return etag.startswith("W/") or etag not in wanted
    # We keep no moment of the last change, so nothing is known to be that old.
    return bool(parse_http_date_safe(request_headers.get("If-Unmodified-Since", "")))


def is_named_in(etag: str, if_none_match: str) -> bool:
    """Whether an If-None-Match names this answer. Compared weakly: the content is what counts."""
    held = parse_etags(if_none_match)
    if held == ["*"]:
        return True
    weak_names = {name.removeprefix("W/") for name in held}
    return etag.removeprefix("W/") in weak_names
