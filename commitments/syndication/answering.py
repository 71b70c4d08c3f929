"""What every answer for other programs has in common: the cheap 304, the refusals in words,
absolute addresses.
"""

import re
from functools import partial, wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.ledger import freshness
from commitments.ledger.keeping import answer_from_memory

# What XML 1.0 cannot hold, and no calendar or bibliography should.
UNSAYABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def answers(form, *known):
    """Answer in `form` ("atom", "ics"), and 304 at the cost of one statement while the ledger
    stands still.

    `known` are the parameters understood; others are ignored, as on the pages. Only `as_of` is
    refused: nothing here can look back, and an answer about today would mislead. What is answered
    is kept in memory.
    """

    def decorate(view):
        @wraps(view)
        def answer(request, *args, **kwargs):
            request.today = timezone.now().date()
            request.head = freshness.read_head()
            query = freshness.write_canonical_query(request.GET, known)
            state = _look_up(request, form, query)
            try:
                _refuse_looking_back(request)
                response = state.make_empty_response()
                if response is None:
                    make = partial(view, request, *args, **kwargs)
                    # Anybody can make up queries, so one alone takes no room.
                    response = answer_from_memory(request, state, make, is_rare=bool(query))
            except BadRequest as error:
                return HttpResponse(f"{error}\n", "text/plain; charset=utf-8", 400)
            state.add_headers(response)
            return response

        return require_safe(answer)

    return decorate


def _look_up(request, form, query):
    # With the path, so that the ETag of one address is not taken for another's.
    question = f"{request.path}?{query}"
    return freshness.make_conditional_answer(
        question,
        request.headers,
        form=form,
        seq=request.head,
        today=request.today,
    )


def _refuse_looking_back(request):
    if request.GET.get("as_of"):
        raise BadRequest(_("This address cannot look back: leave out “as_of”."))


def absolute(path):
    """Return `path` as an address at this site: by its settings, never by what a request calls
    it.
    """
    return settings.SITE_ADDRESS + path


def site_host():
    return urlsplit(settings.SITE_ADDRESS).hostname


def write_vaguely(value, ends=None):
    """Return an imprecise date in words, as vague as its source, or the time between two."""
    context = {"due": value, "ends": ends}
    return render_to_string("commitments/feeds/due.txt", context).strip()


def sayable(text):
    """Return `text` without the characters that the formats here cannot carry."""
    return UNSAYABLE.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))
