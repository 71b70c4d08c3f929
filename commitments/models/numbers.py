"""Numbers that keep every digit a publisher printed."""

from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

# All digits of a number, and those after the point. The longest figures in official files have
# some twenty.
DIGITS, DECIMALS = 40, 20
# A sign and a point.
LENGTH = DIGITS + 2


class ExactNumber(models.Field):
    """A number as published, with at most `DIGITS` digits.

    It is stored as text, because SQLite keeps only 15 digits of a number. Nothing compares or adds
    such numbers in SQL: the rules do that.
    """

    description = _("Exact number")

    def get_internal_type(self):
        return "CharField"

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = LENGTH
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return None if value is None else strip_zeros(Decimal(value))

    def to_python(self, value):
        """Return a `Decimal`. Raises `ValidationError` for anything else, and for a float: it has
        lost its digits already.
        """
        if value is None or value == "":
            return None
        if isinstance(value, float):
            raise ValidationError(
                _("Write %(value)s in quotation marks, so that it stays exact."),
                params={"value": repr(value)},
            )
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite():
            raise ValidationError(
                _("“%(value)s” is not a number. Write it like 1234.5 or −0.75."),
                params={"value": value},
            )
        return number

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if value is None:
            return
        refuse_long_number(value)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        number = self.to_python(value)
        if number is None:
            return None
        refuse_long_number(number)
        return write_plainly(number)

    def formfield(self, **kwargs):
        from django import forms

        kwargs.setdefault("form_class", forms.DecimalField)
        return super().formfield(**kwargs)


def refuse_long_number(number):
    """Raise `ValidationError` if `number` has more digits than are kept."""
    digits = write_plainly(number).lstrip("-")
    whole, _point, decimals = digits.partition(".")
    if len(decimals) > DECIMALS or len(whole) + len(decimals) > DIGITS:
        raise ValidationError(
            _("At most %(digits)d digits are kept, %(decimals)d of them after the point."),
            params={"digits": DIGITS, "decimals": DECIMALS},
        )


def write_plainly(number: Decimal) -> str:
    """Return `number` without an exponent and without zeros at its end."""
    if not number:
        return "0"
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text


def strip_zeros(number: Decimal | None) -> Decimal | None:
    """Return `number` without the zeros at its end; None stays None."""
    if number is None:
        return None
    text = write_plainly(number)
    return Decimal(text)
