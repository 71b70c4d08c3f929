"""The day a reader asks about: `?as_of=2025-12-01`."""

from django import forms
from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from commitments.days import PastDayField


class NotYet(Exception):
    """A record that is there now and was not yet on the day asked about."""

    def __init__(self, record):
        super().__init__(record)
        self.record = record


def day_asked(request):
    """Return the day of `as_of`, None without one; a day that cannot be asked about is refused in
    words.

    A page that does not know the parameter refuses it too: to tell of now in silence would mislead.
    """
    asked = request.GET.get("as_of", "")
    if asked and "as_of" not in request.known:
        raise BadRequest(
            _(
                "This page cannot look back: “as_of” works on the pages and lists of summits,"
                " pledges, leaders, parties, topics and indicators, on the scoreboard and in"
                " comparisons."
            )
        )
    try:
        return PastDayField(required=False).clean(asked)
    except forms.ValidationError as error:
        raise BadRequest(f"“as_of”: {' '.join(error.messages)}") from None


def record_asked(rows, request, slug):
    """Return the record of `rows`, read as of the day asked about, with this slug."""
    record = rows.filter(slug=slug).first() if request.as_of else get_object_or_404(rows, slug=slug)
    if record is None:
        raise NotYet(get_object_or_404(rows.model.objects.published(), slug=slug))
    return record
