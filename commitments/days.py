"""Days and months in an address. Each is written in one way, and a day to look back to is not in
the future.
"""

from datetime import UTC, date, datetime

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.verdicts.dates import parse_day

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class DayField(forms.DateField):
    """A day written as 2026-03-31. Other spellings mean different days to different readers."""

    widget = forms.DateInput(attrs={"type": "date"})
    default_error_messages = {"invalid": _("Give a day from 1900 to 2199, as 2026-03-31.")}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        day = parse_day(value)
        if day is None or not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class PastDayField(DayField):
    """A day to look back to: today (UTC) or earlier."""

    def validate(self, value):
        super().validate(value)
        if value and value > timezone.now().date():
            raise forms.ValidationError(
                _("That day is still to come. Ask about today or a day before."),
                code="still_to_come",
            )


class MonthField(forms.CharField):
    """A month written as 2026-11. It is cleaned to its first day."""

    def clean(self, value):
        text = super().clean(value)
        if text in self.empty_values:
            return None
        try:
            return DayField().to_python(f"{text}-01")
        except forms.ValidationError:
            raise forms.ValidationError(_("Give a month from 1900 to 2199, as 2026-11.")) from None


class MonthFilter(django_filters.Filter):
    """Keep the rows whose moment lies in the month (UTC)."""

    field_class = MonthField

    def __init__(self, field_name, label, help_text):
        super().__init__(field_name, label=label, help_text=help_text)

    def filter(self, queryset, first):
        if first is None:
            return queryset
        # A range uses the index; a database would compute the month of every row.
        begins = datetime(first.year, first.month, 1, tzinfo=UTC)
        ends = datetime(first.year + first.month // 12, first.month % 12 + 1, 1, tzinfo=UTC)
        return queryset.filter(
            **{f"{self.field_name}__gte": begins, f"{self.field_name}__lt": ends}
        )


class DayFilter(django_filters.Filter):
    field_class = DayField

    def __init__(self, field_name, lookup, label, help_text, **extra):
        super().__init__(field_name, lookup, label=label, help_text=help_text, **extra)


class PastDayFilter(DayFilter):
    """A day to look back to."""

    field_class = PastDayField

    def __init__(self, label, help_text):
        super().__init__(None, None, label, help_text)


class AsOfFilter(PastDayFilter):
    """Read the list as of a day: see `LooksBack`."""

    def __init__(self):
        about = _(
            "Tell what was true and published on this day, from what the site holds now; today at"
            " the latest."
        )
        super().__init__(_("As of"), about)

    def filter(self, queryset, value):
        return queryset.as_of(value)
