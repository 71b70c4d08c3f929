"""What whoever is refused reads."""

from functools import lru_cache

from django.http import HttpResponse
from django.template.loader import render_to_string

from commitments.admin import site
from tracker.sign_in import attempts
from tracker.sign_in.refusals import NotSignedIn


class AnswerRefusals:
    """Answers in place of the view, so that a flood costs no form that nobody fills in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        standing = getattr(request, "sign_in", None)
        if standing is not None and standing.attempt:
            # Its password was not checked, or nobody will know.
            attempts.take_back(request.axes_ip_address, standing.attempt)
        if not isinstance(exception, NotSignedIn):
            return None
        # Django's own log would get a line for every one of them: see `journal`.
        request.is_refused_sign_in = True
        headers = {"Retry-After": str(exception.wait), "Cache-Control": "no-store"}
        return HttpResponse(page(str(exception)), status=exception.status, headers=headers)


@lru_cache(maxsize=64)
def page(sentence):
    """Return the page with a sentence, which is the same for everybody."""
    context = {
        "site_header": site.site_header,
        "site_title": site.site_title,
        "title": "Not signed in",
        "sentence": sentence,
    }
    return render_to_string("admin/sign_in_refused.html", context)
