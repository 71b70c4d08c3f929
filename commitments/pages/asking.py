"""The day a reader asks about: `?as_of=2025-12-01`."""

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _

from commitments.filterfields import DayField


def day_asked(request):
    """Return the day of `as_of`, None without one; a day that cannot be asked about is refused in words."""
    try:
        day = DayField(required=False).clean(request.GET.get("as_of", ""))
    except forms.ValidationError as error:
        raise BadRequest(f"“as_of”: {' '.join(error.messages)}") from None
    if day and day > request.today:
        raise BadRequest(_("“as_of”: That day is still to come. Ask about today or a day before."))
    return day
