"""Tell the browser which forms are saved, so that it forgets what was typed into them.

The script typing.js keeps what somebody types until the form is saved. Only the server knows
whether it was: an expired session, a stale token and a refused form all answer a save, too.
"""

import re

from django.conf import settings
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

COOKIE = "typed_saved"
TOKEN = re.compile(r"[\w-]{1,60}", re.ASCII)
# Several forms may be saved before a page with the script is opened, such as those of popups.
REMEMBERED = 10
WEEK = 7 * 24 * 60 * 60


class Clearing:
    """For a ModelAdmin of a root."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST" and _says_saved(response):
            name_saved_form(request, response)
        return response


def _says_saved(response):
    """Whether this is the answer to a form that was saved, and not the form once more."""
    if isinstance(response, HttpResponseRedirect):
        return True
    # What closes a popup and tells the form behind it what was added.
    return isinstance(response, TemplateResponse) and "popup_response_data" in response.context_data


def name_saved_form(request, response):
    """Add the token of the posted form to the cookie that the script reads and deletes."""
    token = request.POST.get("token", "")
    if not TOKEN.fullmatch(token):
        return
    earlier = request.COOKIES.get(COOKIE, "").split(".")
    tokens = [text for text in earlier if TOKEN.fullmatch(text)]
    newest = [*tokens, token][-REMEMBERED:]
    response.set_cookie(
        COOKIE,
        ".".join(newest),
        max_age=WEEK,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
