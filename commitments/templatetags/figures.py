"""Numbers as published: every decimal that was printed, none that was not."""

from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext

from commitments.languages import ENGLISH, JAPANESE, spoken
from commitments.templatetags.units import form_of, in_ten_thousands, per_cent, with_unit

register = template.Library()

# Too long for an axis, the largest first. Not translated word by word: Japanese counts in ten
# thousands.
LARGE = {
    ENGLISH: [
        (Decimal(10) ** 12, "%(value)s trillion"),
        (Decimal(10) ** 9, "%(value)s billion"),
        (Decimal(10) ** 6, "%(value)s million"),
    ],
    JAPANESE: [
        (Decimal(10) ** 12, "%(value)s兆"),
        (Decimal(10) ** 8, "%(value)s億"),
        (Decimal(10) ** 4, "%(value)s万"),
    ],
}


@register.filter
def figure(value, decimals=None):
    """A decimal with `decimals` places, or with those it needs; thousands are grouped from 10 000
    on.
    """
    if value is None:
        return ""
    shown = (
        shortest(value)
        if decimals is None
        else value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    )
    return number_format(shown, use_l10n=True, force_grouping=abs(shown) >= 10_000)


@register.filter
def in_unit(value, unit, decimals=None):
    """A value and its unit, in the reader's form of it."""
    form = form_of(unit)
    return in_unit_form(value, form, decimals) if form else with_unit(figure(value, decimals), unit)


@register.filter
def shorten_figure(value, unit):
    """A value as short as a drawing needs it: large numbers in words, of the unit only a per cent
    sign.
    """
    size, word = next(
        ((size, word) for size, word in LARGE[spoken()] if abs(value) >= size), (1, "%(value)s")
    )
    return word % {"value": figure((value / size).normalize())} + per_cent(unit)


@register.filter
def gained(value, decimals):
    """A difference with its sign, a true minus, and no fewer decimals than the figure had: +0.30,
    −1.15; or none.
    """
    return (
        f"{sign_of(value)}{figure(abs(value), places_of(value, decimals))}"
        if value
        else gettext("none")
    )


def sign_of(value):
    return "−" if value < 0 else "+"


def places_of(value, decimals):
    """Return the decimals that a difference needs, no fewer than its figure had."""
    return max(-shortest(value).as_tuple().exponent, decimals)


@register.filter
def compared(finding, unit):
    """What a finding compared, with the decimals its publisher printed; of the unit only a per cent
    sign.
    """
    return figure(finding.actual, finding.decided_by.decimals) + per_cent(unit)


@register.filter
def observed_in(row, unit):
    """The same with its unit."""
    return in_unit(row.value, unit, row.decimals)


@register.filter
def observed(row):
    """An observation's value, with the decimals its publisher printed."""
    return figure(row.value, row.decimals)


def in_unit_form(value, form, decimals=None):
    """Return `value` in a form of its unit, with the places of its `decimals` or those it needs."""
    places = None if decimals is None else max(decimals - form.tens, 0)
    *larger, (least, word) = in_ten_thousands(value, form)
    number = "".join(f"{figure(many)}{step}" for many, step in larger)
    return f"{form.before}{number}{figure(least, places)}{word}{form.after}"


def shortest(value):
    """Return `value` without trailing zeros and never in powers of ten: 43, not 4.3E+1."""
    plain = value.normalize()
    return plain.quantize(Decimal(1)) if plain.as_tuple().exponent > 0 else plain
