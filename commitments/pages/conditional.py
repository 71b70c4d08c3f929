"""What every public page does before and after its view: the cheap answer, and the headers."""

from functools import partial, wraps

from django.conf import settings
from django.core.exceptions import BadRequest
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from commitments.ledger import freshness
from commitments.ledger.keeping import answer_from_memory
from commitments.pages.asking import NotYet, read_as_of


def conditional(*known):
    """Answer 304 at the cost of one statement while nothing changed.

    `known` are the names of the parameters that the page understands; they can be read from the
    view as `view.parameters`. All others are ignored: shared links carry the trackers of other
    sites. They are left out of the ETag and of the canonical address, so that they cannot fill a
    cache with copies either.

    A page that can look back knows "as_of". It finds the day, or None, in `request.as_of`, and in
    `request.today` the day that deadlines are judged on. All other pages refuse "as_of".

    Kept in memory, and compressed for whoever accepts it. Compressing gives nothing away (BREACH
    guesses secrets from a page's size), for these pages hold no secret and are the same for
    everybody: no cookie is read, no token is in them.
    """

    def decorate(view):
        compressed_view = gzip_page(view)

        @wraps(view)
        def answer(request, *args, **kwargs):
            query = freshness.write_canonical_query(request.GET, known)
            _prepare(request, known, query)
            # Weak, because the compressed and the plain answer are alike, but not byte for byte.
            state = freshness.make_conditional_answer(
                query,
                request.headers,
                form="html",
                seq=request.head,
                today=request.today,
                is_weak=True,
            )
            make = partial(compressed_view, request, *args, **kwargs)
            # Of the many queries that are possible, most come once.
            response = _respond(request, state, make, is_rare=bool(query))
            state.add_headers(response)
            # On every answer: compressing adds it to long ones only, and a 304 must say what its
            # 200 said.
            patch_vary_headers(response, ["Accept-Encoding"])
            return response

        answer.parameters = frozenset(known)
        return require_safe(answer)

    return decorate


def _prepare(request, known, query):
    """Give the request what views and templates read from it."""
    request.known = known
    request.today = timezone.now().date()
    request.canonical = settings.SITE_ADDRESS + request.path
    if query:
        request.canonical += f"?{query}"
    request.head = freshness.read_head()
    # Called by the templates of pages that look back, and by no other.
    request.begun = freshness.find_first_day


def _respond(request, state, make, *, is_rare):
    try:
        request.as_of = read_as_of(request)
        if request.as_of:
            # When looking back, deadlines are judged as of that day.
            request.today = request.as_of
        response = state.make_empty_response()
        if response is None:
            response = answer_from_memory(request, state, make, is_rare=is_rare)
        return response
    except NotYet as error:
        context = {"record": error.record, "kind": error.record._meta.model_name}
        return render(request, "commitments/not_yet.html", context)
    except BadRequest as error:
        # Django's own answer to this would keep the reason to itself.
        context = {"sentence": str(error)}
        return render(request, "commitments/bad_value.html", context, status=400)
