"""Lists: narrowed as the address asks, in pages of fifty."""

from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404
from django.utils.translation import gettext as _

from commitments.ledger.freshness import write_canonical_query

PAGE_SIZE = 50


class Capped(Paginator):
    """Pages of the first thousand rows, or of a list of keys: what comes after the best is not
    worth counting.
    """

    MOST = 1000

    def __init__(self, rows, size):
        # One more tells whether there are more; without an order they are counted faster.
        counted = len(rows) if isinstance(rows, list) else rows.order_by()[: self.MOST + 1].count()
        self.more = counted > self.MOST
        self.count = min(counted, self.MOST)
        super().__init__(rows, size)


def paginate(rows, request, paginator=Paginator):
    """Return the page of `rows` that the address asks for; links to its neighbours keep the other
    parameters.
    """
    try:
        page = paginator(rows, PAGE_SIZE).page(request.GET.get("page") or 1)
    except PageNotAnInteger:
        raise BadRequest(_("“page” must be a whole number, such as page=2.")) from None
    except EmptyPage:
        raise Http404 from None
    page.other_parameters = write_canonical_query(
        request.GET, [name for name in request.known if name != "page"]
    )
    return page


def leading(request, name, value):
    """Return the address of this list, from its first page, with the parameter `name` set to
    `value`; "" drops it.
    """
    query = request.GET.copy()
    query[name] = value
    query = write_canonical_query(query, [known for known in request.known if known != "page"])
    return f"{request.path}?{query}" if query else request.path


def narrow(asked):
    """Return the rows that the filters `asked` for keep; a value that cannot be one is refused in
    words.
    """
    if asked.is_valid():
        return asked.qs
    reasons = (f"“{name}”: {' '.join(errors)}" for name, errors in asked.errors.items())
    raise BadRequest(" ".join(reasons))
