"""What every public page does before and after its view: the cheap answer, and the headers."""

from functools import wraps

from django.conf import settings
from django.core.exceptions import BadRequest
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from commitments.ledger.freshness import find_first_day, make_etag, read_head, write_canonical_query
from commitments.pages.asking import NotYet, day_asked


def conditional(*known):
    """Answer 304 at the cost of one statement while nothing changed; `known` are the page's
    parameters.

    A page that can look back knows "as_of": it finds the day, or None, in `request.as_of`, and in
    `request.today` the day that deadlines are held against. All other pages refuse it.

    All other parameters are ignored: shared links carry the trackers of others. They are left out
    of the ETag and of the canonical address, so that they cannot fill a cache with copies either.

    Compressed for whoever accepts it. That gives nothing away (BREACH guesses secrets from a page's
    size), for these pages hold no secret and are the same for everybody: no cookie is read, no
    token is in them.
    """

    def decorate(view):
        @wraps(view)
        def answer(request, *args, **kwargs):
            query = write_canonical_query(request.GET, known)
            request.known, request.today = known, timezone.now().date()
            request.canonical = (
                settings.SITE_ADDRESS + request.path + (f"?{query}" if query else "")
            )
            request.head = read_head()
            # Asked by a page that looks back, and by no other.
            request.begun = find_first_day
            # Weak, because the compressed and the plain answer are alike, but not byte for byte.
            tag = "W/" + make_etag(query, form="html", seq=request.head)
            response = _answer(view, request, tag, *args, **kwargs)
            if response.status_code in (200, 304):
                response.headers["ETag"] = tag
            response.headers["Cache-Control"] = "no-cache"
            # On every answer: the compressing adds it to long ones alone, and a 304 must say what
            # its 200 said.
            patch_vary_headers(response, ["Accept-Encoding"])
            return response

        return require_safe(gzip_page(answer))

    return decorate


def _answer(view, request, tag, *args, **kwargs):
    try:
        request.as_of = day_asked(request)
        # What had passed by then is told as of then too.
        request.today = request.as_of or request.today
        return get_conditional_response(request, etag=tag) or view(request, *args, **kwargs)
    except NotYet as error:
        return render(
            request,
            "commitments/not_yet.html",
            {"record": error.record, "kind": error.record._meta.model_name},
        )
    except BadRequest as error:
        # Django's own answer to this would keep the reason to itself.
        return render(request, "commitments/bad_value.html", {"sentence": str(error)}, status=400)
