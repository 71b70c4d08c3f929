"""The day a reader asks about: `?as_of=2025-12-01`."""

from django import forms
from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from commitments.days import PastDayField


class NotYet(Exception):
    """A record that exists now, and did not on the day asked about."""

    def __init__(self, record):
        super().__init__(record)
        self.record = record


def read_as_of(request):
    """Return the day of `as_of`, None without one; raise for a day that cannot be asked about.

    A page that does not know the parameter refuses it too: an answer about today would mislead.
    """
    text = request.GET.get("as_of", "")
    if text and "as_of" not in request.known:
        raise BadRequest(
            _(
                "This page cannot look back: “as_of” works on the pages and lists of summits,"
                " pledges, leaders, parties, topics, indicators and sources, on the scoreboard, in"
                " comparisons and where others judge otherwise."
            )
        )
    try:
        return PastDayField(required=False).clean(text)
    except forms.ValidationError as error:
        sentence = " ".join(error.messages)
        raise BadRequest(f"“as_of”: {sentence}") from None


def find_record(rows, request, slug):
    """Return the record with this slug among `rows`, which are as of the day asked about.

    Raise for one that exists now, and did not on that day.
    """
    if not request.as_of:
        return get_object_or_404(rows, slug=slug)
    record = rows.filter(slug=slug).first()
    if record is None:
        raise NotYet(get_object_or_404(rows.model.objects.published(), slug=slug))
    return record
