"""The parameters of the timeline: the filters of the list, the zoom, the beginning and the summit
looked at.
"""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.filters.fields import Slug, Unfiltered, choice_filter
from commitments.filters.records import SummitFilter

# A year or a month. `starting` rounds it to a step of the zoom.
BEGINNING = re.compile(r"(19\d\d|20\d\d|21\d\d)(?:-(0[1-9]|1[0-2]))?", re.ASCII)


class BeginningField(forms.CharField):
    """A year or a month, as 2014 or 2014-05. It is cleaned to the number of months since year 0."""

    def clean(self, value):
        text = super().clean(value)
        if text in self.empty_values:
            return None
        match = BEGINNING.fullmatch(text)
        if match is None:
            raise forms.ValidationError(
                _("Give a year from 1900 to 2199, as 2014, or a month, as 2014-05.")
            )
        year, month = match.groups(default="1")
        return int(year) * 12 + int(month) - 1


class Beginning(Unfiltered):
    field_class = BeginningField


class TimelineFilter(SummitFilter):
    view = choice_filter(
        [("timeline", _("Timeline")), ("list", _("List"))],
        _("View"),
        _("The timeline, or the list."),
        method="keep_all",
    )
    zoom = choice_filter(
        [("decade", _("Decades")), ("year", _("Years")), ("month", _("Months"))],
        _("Zoom"),
        _("What a step of the timeline’s scale is."),
        method="keep_all",
    )
    # “from” is a keyword of Python, so it cannot be assigned like the other filters.
    vars()["from"] = Beginning(
        label=_("From"),
        help_text=_("Where the timeline begins: a year, as 2014, or a month, as 2014-05."),
    )
    summit = Slug(_("Summit"), _("Slug of the summit looked at."))

    def keep_all(self, summits, name, value):
        return summits
