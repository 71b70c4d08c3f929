"""Boxes of the desk's forms for days and numbers as people write them."""

from datetime import date

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.db import models

from commitments.dates import read_date
from commitments.models.numbers import ExactNumber, write_plainly
from commitments.numbers import read_number
from commitments.verdicts.dates import DayHeld, Precision, parse_day

# Columns without a precision of their own that may hold the end of a written month or year.
HELD_BY_COLUMN = {
    "due": DayHeld.LAST,
    "window_start": DayHeld.FIRST,
    "period_start": DayHeld.FIRST,
    "period_end": DayHeld.LAST,
}
FIRST_OF_PERIOD = "_from"


class TypedDate(forms.DateField):
    """A day that may be imprecise: it is cleaned to a `WrittenDate`, which the form makes a day and
    a precision of.
    """

    hint = "May 2017, 2010"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if isinstance(self.widget, forms.TextInput):
            self.widget.attrs["placeholder"] = self.hint
            self.widget.attrs["class"] = f"{self.widget.attrs.get('class', '')} words".strip()

    def to_python(self, value):
        if value in self.empty_values:
            return None
        return _read_written(value)

    def has_changed(self, initial, data):
        try:
            written = self.to_python(data)
        except forms.ValidationError:
            return True
        before = _read_initial(initial)
        if written is None or before is None:
            return written is not before
        return written.precision != Precision.DAY or written.last_day != before


class TypedFiscalDate(TypedDate):
    """The same, where the date may be a fiscal year or a period as well."""

    hint = "Q3 2026, FY2027"


class TypedDay(forms.DateField):
    """One day. `held` says which day of a written month or year it is; None: only a day is read."""

    held = None

    def to_python(self, value):
        if value in self.empty_values:
            return None
        written = _read_written(value)
        if written.precision == Precision.DAY:
            return written.last_day
        if written.fiscal_year is not None:
            raise _refuse("Which days a fiscal year has is not known here. Write the day itself.")
        if self.held == DayHeld.FIRST:
            return written.first_day
        if self.held == DayHeld.LAST:
            return written.last_day
        raise _refuse(f"This needs one day. Write it as {written.last_day}.")


class FirstTypedDay(TypedDay):
    held = DayHeld.FIRST


class LastTypedDay(TypedDay):
    held = DayHeld.LAST


class TypedNumber(forms.DecimalField):
    """A number with every digit that was typed."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "number"})

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            return read_number(str(value))
        except ValueError as unreadable:
            raise _refuse(str(unreadable)) from None

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return write_plainly(value)


def choose_box(column):
    """Return what a form field for `column` is made with: {"form_class": …}, or nothing special."""
    if isinstance(column, ExactNumber | models.DecimalField):
        return {"form_class": TypedNumber}
    if type(column) is not models.DateField:
        return {}
    box = _choose_day_box(column)
    return {"form_class": box, "widget": AdminDateWidget}


def _choose_day_box(column):
    columns = {field.name for field in column.model._meta.get_fields()}
    if f"{column.name}_fiscal_start" in columns:
        return TypedFiscalDate
    if f"{column.name}_precision" in columns:
        return TypedDate
    held = HELD_BY_COLUMN.get(column.name)
    if held == DayHeld.FIRST or column.name.endswith(FIRST_OF_PERIOD):
        return FirstTypedDay
    if held == DayHeld.LAST:
        return LastTypedDay
    return TypedDay


def _read_written(value):
    text = value.isoformat() if isinstance(value, date) else str(value)
    try:
        return read_date(text)
    except ValueError as unreadable:
        raise _refuse(str(unreadable)) from None


def _read_initial(initial):
    """Return the day in a field before anybody typed: a day, or a text from the link."""
    if isinstance(initial, str):
        return parse_day(initial)
    return initial


def _refuse(sentence):
    return forms.ValidationError(sentence, code="invalid")
