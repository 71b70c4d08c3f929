"""What of the timeline an address names: its zoom, where it begins, the summit looked at; and the
list's filters.
"""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.filters.fields import Slug, Unfiltered, choice_filter
from commitments.filters.records import SummitFilter

# One of what a year or a month is written like; which of the two a zoom begins with is its own
# affair.
BEGINNING = re.compile(r"(19\d\d|20\d\d|21\d\d)(?:-(0[1-9]|1[0-2]))?", re.ASCII)


class BeginningField(forms.CharField):
    """A year, or a year and a month: 2014, 2014-05. Cleaned, it is the months since the year 0."""

    def clean(self, value):
        text = super().clean(value)
        if text in self.empty_values:
            return None
        found = BEGINNING.fullmatch(text)
        if not found:
            raise forms.ValidationError(
                _("Give a year from 1900 to 2199, as 2014, or a month, as 2014-05.")
            )
        year, month = found.groups(default="1")
        return int(year) * 12 + int(month) - 1


class Beginning(Unfiltered):
    field_class = BeginningField


class TimelineFilter(SummitFilter):
    view = choice_filter(
        [("timeline", _("Timeline")), ("list", _("List"))],
        _("View"),
        _("The timeline, or the list."),
        method="shown",
    )
    zoom = choice_filter(
        [("decade", _("Decades")), ("year", _("Years")), ("month", _("Months"))],
        _("Zoom"),
        _("What a step of the timeline’s scale is."),
        method="shown",
    )
    # “from” is a word of Python's, and cannot be set as the others are.
    vars()["from"] = Beginning(
        label=_("From"),
        help_text=_("Where the timeline begins: a year, as 2014, or a month, as 2014-05."),
    )
    summit = Slug(_("Summit"), _("Slug of the summit looked at."))

    def shown(self, summits, name, value):
        return summits
