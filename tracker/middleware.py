"""Requests no view should ever see."""

import logging
from urllib.parse import unquote

from django.db import InterfaceError, OperationalError
from django.utils import translation

from commitments.languages import locale_at
from tracker.errors import refusal, unavailable

logger = logging.getLogger(__name__)
METHODS = ["GET", "HEAD", "POST", "OPTIONS"]


class RefuseJunk:
    """Answer 400 to a NUL anywhere in address or cookies, and 405 to verbs nothing here
    understands.

    PostgreSQL refuses NUL in text, so one cookie holding it would make every page that opens the
    session an error 500. Cookies are looked at after decoding: `"\\000"` in quotes is a NUL too.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in METHODS:
            answer = refusal(
                request, 405, "method_not_allowed", f"{request.method} does nothing here."
            )
            answer["Allow"] = ", ".join(METHODS)
            return answer
        if self.has_nul(request):
            return refusal(
                request, 400, "parse_error", "This address or cookie holds a NUL character."
            )
        return self.get_response(request)

    def has_nul(self, request):
        query = unquote(request.META.get("QUERY_STRING", ""))
        cookies = (text for pair in request.COOKIES.items() for text in pair)
        return any("\0" in text for text in (request.path_info, query, *cookies))


class SayUnavailable:
    """Answer 503, not 500, while the database does not answer or a lock is not to be had in
    time.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("The database did not answer at %s", request.path, exc_info=exception)
        sentence = (
            "The database does not answer just now. Nothing was changed; please try again in a"
            " moment."
        )
        return unavailable(request, sentence)


class SpeakAsAddressed:
    """Answer in Japanese under `/ja/` and in English everywhere else, by the address alone.

    Django's own LocaleMiddleware would negotiate: its answers depend on the browser's languages, so
    that one address would have several, and caches would have to tell them apart.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with translation.override(locale_at(request.path_info)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response
