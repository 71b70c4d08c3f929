"""What every answer for other programs has in common: the cheap 304, the refusals in words,
absolute addresses.
"""

import re
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.ledger.freshness import make_etag, read_head, write_canonical_query

# What XML 1.0 cannot hold, and no calendar or bibliography should.
UNSAYABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def answers(form, *known, keep=False):
    """Answer in `form` ("atom", "ics"), and 304 at the cost of one statement while the ledger
    stands still.

    `known` are the parameters understood; others are ignored, as on the pages. Only `as_of` is
    refused: nothing here can look back, and to tell of now in silence would mislead. What is costly
    to make is kept (`keep`) in memory under its tag, and so never used a moment too long.
    """

    def decorate(view):
        @wraps(view)
        def answer(request, *args, **kwargs):
            request.today, request.head = timezone.now().date(), read_head()
            # The path is in it, so that a tag seen on one address is not taken for another's.
            tag = make_etag(
                f"{request.path}?{write_canonical_query(request.GET, known)}",
                form=form,
                seq=request.head,
            )
            try:
                if request.GET.get("as_of"):
                    raise BadRequest(_("This address cannot look back: leave out “as_of”."))
                response = get_conditional_response(request, etag=tag) or (keep and cache.get(tag))
                response = response or _made(view, request, tag, keep, *args, **kwargs)
            except BadRequest as error:
                return HttpResponse(f"{error}\n", "text/plain; charset=utf-8", 400)
            if response.status_code in (200, 304):
                response.headers["ETag"] = tag
            response.headers["Cache-Control"] = "no-cache"
            return response

        return require_safe(answer)

    return decorate


def _made(view, request, tag, keep, *args, **kwargs):
    response = view(request, *args, **kwargs)
    # What was published while it was made may be in it or not: then it belongs to no one head.
    if keep and response.status_code == 200 and read_head() == request.head:
        cache.set(tag, response)
    return response


def absolute(path):
    """Return `path` as an address at this site: by its settings, never by what a request calls
    it.
    """
    return settings.SITE_ADDRESS + path


def site_host():
    return urlsplit(settings.SITE_ADDRESS).hostname


def sayable(text):
    """Return `text` without the characters that the formats here cannot carry."""
    return UNSAYABLE.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))
