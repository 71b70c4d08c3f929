"""What every public page does before and after its view: the cheap answer, and the headers."""

from functools import wraps

from django.conf import settings
from django.core.exceptions import BadRequest
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from commitments.freshness import canonical_query, etag, head


def conditional(*known):
    """Answer 304 at the cost of one statement while nothing changed; `known` are the page's parameters.

    All other parameters are ignored: shared links carry the trackers of others. They are left out of
    the ETag and of the canonical address, so that they cannot fill a cache with copies either.
    """

    def decorate(view):
        @wraps(view)
        def answer(request, *args, **kwargs):
            query = canonical_query(request.GET, known)
            request.known, request.today = known, timezone.now().date()
            request.canonical = settings.SITE_ADDRESS + request.path + (f"?{query}" if query else "")
            request.head = head()
            tag = etag(query, form="html", seq=request.head)
            response = get_conditional_response(request, etag=tag) or _answer(view, request, *args, **kwargs)
            if response.status_code in (200, 304):
                response.headers["ETag"] = tag
            response.headers["Cache-Control"] = "no-cache"
            return response

        return require_safe(answer)

    return decorate


def _answer(view, request, *args, **kwargs):
    try:
        return view(request, *args, **kwargs)
    except BadRequest as error:
        # Django's own answer to this would keep the reason to itself.
        return render(request, "commitments/bad_value.html", {"sentence": str(error)}, status=400)
