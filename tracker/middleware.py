"""What happens to every request before and after its view: refusals and the language."""

import logging
from urllib.parse import unquote

from django.db import InterfaceError, OperationalError
from django.utils import translation

from commitments.languages import locale_at
from tracker.errors import render_refusal, render_unavailable

logger = logging.getLogger(__name__)
METHODS = ["GET", "HEAD", "POST", "OPTIONS"]


class RefuseJunk:
    """Answer 400 to a NUL anywhere in the address or the cookies, and 405 to methods that nothing
    here understands.

    PostgreSQL refuses NUL in text, so a cookie with one would turn every page that opens the
    session into an error 500. Cookies are checked once they are decoded: `"\\000"` in quotes is a
    NUL too.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in METHODS:
            sentence = f"{request.method} does nothing here."
            answer = render_refusal(request, 405, "method_not_allowed", sentence)
            answer["Allow"] = ", ".join(METHODS)
            return answer
        if self.has_nul(request):
            sentence = "This address or cookie holds a NUL character."
            return render_refusal(request, 400, "parse_error", sentence)
        return self.get_response(request)

    def has_nul(self, request):
        query = unquote(request.META.get("QUERY_STRING", ""))
        texts = [request.path_info, query, *request.COOKIES, *request.COOKIES.values()]
        return any("\0" in text for text in texts)


class SayUnavailable:
    """Answer 503, not 500, while the database does not answer or does not grant a lock in time."""

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
        return render_unavailable(request, sentence)


class SpeakAsAddressed:
    """Answer in Japanese under `/ja/` and in English everywhere else; only the address decides.

    Django's own LocaleMiddleware also looks at the browser's languages. One address would then have
    several answers, which every cache would have to tell apart.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with translation.override(locale_at(request.path_info)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response
