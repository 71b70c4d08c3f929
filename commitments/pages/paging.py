"""Lists: narrowed by the filters in the address, in pages of fifty."""

from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404
from django.utils.translation import gettext as _

from commitments.ledger.freshness import write_canonical_query

PAGE_SIZE = 50


class Capped(Paginator):
    """Pages of the first thousand rows or keys. What comes after the best is not worth counting."""

    MOST = 1000

    def __init__(self, rows, size):
        number = self._count_rows(rows)
        self.more = number > self.MOST
        self.count = min(number, self.MOST)
        super().__init__(rows, size)

    def _count_rows(self, rows):
        """Return how many `rows` there are, and `MOST` + 1 if there are more than `MOST`."""
        if isinstance(rows, list):
            return len(rows)
        # Rows without an order are counted faster.
        first = rows.order_by()[: self.MOST + 1]
        return first.count()


def paginate(rows, request, paginator=Paginator):
    """Return the page of `rows` in the address. Links to other pages keep all other parameters."""
    number = request.GET.get("page") or 1
    try:
        pages = paginator(rows, PAGE_SIZE)
        page = pages.page(number)
    except PageNotAnInteger:
        raise BadRequest(_("“page” must be a whole number, such as page=2.")) from None
    except EmptyPage:
        raise Http404 from None
    page.other_parameters = write_query_without(request, "page")
    return page


def write_address(request, name, value):
    """Return the address of this list, at its first page, with the parameter `name` set to `value`;
    "" drops it.
    """
    parameters = request.GET.copy()
    parameters[name] = value
    query = _write_query(request, parameters, without="page")
    if not query:
        return request.path
    return f"{request.path}?{query}"


def write_query_without(request, name):
    """Return the query of this page without the parameter `name`."""
    return _write_query(request, request.GET, without=name)


def _write_query(request, parameters, *, without):
    known = set(request.known)
    known.discard(without)
    return write_canonical_query(parameters, known)


def narrow(filterset):
    """Return the rows that the filters keep. An impossible value is refused with the reason."""
    if filterset.is_valid():
        return filterset.qs
    reasons = []
    for name, errors in filterset.errors.items():
        sentences = " ".join(errors)
        reason = f"“{name}”: {sentences}"
        reasons.append(reason)
    raise BadRequest(" ".join(reasons))
