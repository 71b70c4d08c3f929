"""Requests no view should ever see."""

from urllib.parse import unquote

from django.http import HttpResponse, HttpResponseNotAllowed

METHODS = ["GET", "HEAD", "POST", "OPTIONS"]


class RefuseJunk:
    """Answer 400 to a NUL anywhere in address or cookies, and 405 to verbs nothing here understands.

    PostgreSQL refuses NUL in text, so one cookie holding it would make every page that opens the
    session an error 500. Cookies are looked at after decoding: `"\\000"` in quotes is a NUL too.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if self.has_nul(request):
            return HttpResponse("This address or cookie holds a NUL character.\n", "text/plain", 400)
        return self.get_response(request)

    def has_nul(self, request):
        query = unquote(request.META.get("QUERY_STRING", ""))
        cookies = (text for pair in request.COOKIES.items() for text in pair)
        return any("\0" in text for text in (request.path_info, query, *cookies))
