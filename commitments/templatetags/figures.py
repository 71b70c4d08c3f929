"""Numbers as published: every decimal that was printed, none that was not."""

from decimal import Decimal
from typing import NamedTuple

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext

from commitments.languages import ENGLISH, JAPANESE, spoken
from commitments.templatetags.units import form_of, in_ten_thousands, per_cent, with_unit
from commitments.verdicts.precision import round_number
from commitments.verdicts.targets import EXACT

register = template.Library()


class Size(NamedTuple):
    """A number that is too long for an axis from `least` on, and how to write one."""

    least: Decimal
    words: str


PLAIN = Size(Decimal(1), "%(value)s")
# The largest first. Not translated word by word: Japanese counts in ten thousands.
LARGE = {
    ENGLISH: [
        Size(Decimal(10) ** 12, "%(value)s trillion"),
        Size(Decimal(10) ** 9, "%(value)s billion"),
        Size(Decimal(10) ** 6, "%(value)s million"),
    ],
    JAPANESE: [
        Size(Decimal(10) ** 12, "%(value)s兆"),
        Size(Decimal(10) ** 8, "%(value)s億"),
        Size(Decimal(10) ** 4, "%(value)s万"),
    ],
}


@register.filter
def figure(value, decimals=None):
    """Return a decimal with `decimals` places, or with those it needs. Thousands are grouped from
    10 000 on.
    """
    if value is None:
        return ""
    if decimals is None:
        number = shortest(value)
    else:
        number = round_number(value, decimals)
    is_long = number.copy_abs() >= 10_000
    return number_format(number, use_l10n=True, force_grouping=is_long)


@register.filter
def in_unit(value, unit, decimals=None):
    """Return a value and its unit, in the reader's form of it."""
    form = form_of(unit)
    if form:
        return in_unit_form(value, form, decimals)
    return with_unit(figure(value, decimals), unit)


@register.filter
def shorten_figure(value, unit):
    """Return a value as short as a drawing needs it: large numbers in words, and of the unit only a
    per cent sign.
    """
    size = _find_size(value)
    number = EXACT.divide(value, size.least)
    words = size.words % {"value": figure(number)}
    return words + per_cent(unit)


def _find_size(value):
    for size in LARGE[spoken()]:
        if value.copy_abs() >= size.least:
            return size
    return PLAIN


@register.filter
def with_sign(value, decimals):
    """Return a difference with its sign, a true minus, and no fewer decimals than the figure had:
    +0.30, −1.15; or “none”.
    """
    if not value:
        return gettext("none")
    places = places_of(value, decimals)
    number = figure(value.copy_abs(), places)
    return sign_of(value) + number


def sign_of(value):
    if value < 0:
        return "−"
    return "+"


def places_of(value, decimals):
    """Return the decimals that a difference needs, no fewer than its figure had."""
    number = shortest(value)
    exponent = number.as_tuple().exponent
    return max(-exponent, decimals)


@register.filter
def compared_value(finding, unit):
    """Return what a finding compared, with the decimals its publisher printed; of the unit only a
    per cent sign.
    """
    decimals = finding.decided_by.decimals
    number = figure(finding.actual, decimals)
    return number + per_cent(unit)


@register.filter
def observation_in_unit(row, unit):
    """Return an observation's value and its unit, with the decimals its publisher printed."""
    return in_unit(row.value, unit, row.decimals)


@register.filter
def observation_value(row):
    """Return an observation's value, with the decimals its publisher printed."""
    return figure(row.value, row.decimals)


def in_unit_form(value, form, decimals=None):
    """Return `value` in a form of its unit, with the places of its `decimals` or those it needs."""
    places = None
    if decimals is not None:
        places = max(decimals - form.tens, 0)
    *larger, least = in_ten_thousands(value, form)
    number = ""
    for part in larger:
        number += figure(part.number)
        number += part.word
    number += figure(least.number, places)
    number += least.word
    return form.before + number + form.after


def shortest(value):
    """Return `value` without trailing zeros and never in powers of ten: 43, not 4.3E+1."""
    number = value.normalize(EXACT)
    if number.as_tuple().exponent > 0:
        number = number.quantize(Decimal(1), context=EXACT)
    return number or number.copy_abs()
