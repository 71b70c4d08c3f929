"""What a rule found, in numbers with their unit: the figure, what was required, and how far they
are apart.
"""

from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext

from commitments.templatetags.figures import figure, in_unit, places_of, sign_of
from commitments.templatetags.rules import unit_apart, unit_compared
from commitments.templatetags.units import form_of

register = template.Library()

# A point of a line and a share of a value have no decimals of their own: they are shown with these.
COMPUTED_DECIMALS = 2
LAST_PLACE = Decimal(1).scaleb(-COMPUTED_DECIMALS)


@register.filter
def actual_found(definition):
    """Return the figure that decided, with the decimals its publisher printed unless it was
    computed.
    """
    target = definition.target
    finding = definition.compared.finding
    decimals = finding.decided_by.decimals
    if target.kind in ("change", "total"):
        decimals = None
    return _write_value(finding.actual, target, decimals)


@register.filter
def required_found(definition):
    finding = definition.compared.finding
    return _write_value(finding.required, definition.target)


@register.filter
def gap_found(definition):
    """Return how far the figure is from what was required: “gap −0.2 percentage points”,
    “no gap”.
    """
    target = definition.target
    finding = definition.compared.finding
    gap = _round_computed(finding.gap, target)
    if not gap:
        return gettext("no gap")
    unit = unit_apart(unit_compared(target))
    places = places_of(gap, finding.decided_by.decimals)
    size = in_unit(abs(gap), unit, places)
    signed = format_html("{}{}", sign_of(gap), size)
    sentence = gettext("gap {}")
    return format_html(sentence, signed)


@register.filter
def path_found(definition):
    """Return what a straight line asks for at the end of the figure's period. It leads through
    values of the indicator, also where a change counts.
    """
    finding = definition.compared.finding
    unit = definition.target.indicator.unit
    return in_unit(finding.path, unit, COMPUTED_DECIMALS)


@register.filter
def interval_found(definition):
    """Return what the printed figure may stand for: “1.5 to 2.5% of GDP”. What the unit puts before
    and after a value is written once.
    """
    target = definition.target
    rounding = definition.rounding
    low = _round_computed(rounding.low, target)
    high = _round_computed(rounding.high, target)
    last = _write_value(high, target)
    form = form_of(unit_compared(target))
    if form:
        first = _write_value(low, target)
        first = first.removesuffix(form.after)
        last = last.removeprefix(form.before)
    else:
        minus = "−" if low < 0 else ""
        first = minus + figure(abs(low))
    words = gettext("{} to {}")
    return format_html(words, first, last)


def _write_value(value, target, decimals=None):
    rounded = _round_computed(value, target)
    unit = unit_compared(target)
    words = in_unit(abs(rounded), unit, decimals)
    if rounded < 0:
        return format_html("−{}", words)
    return words


def _round_computed(value, target):
    if target.kind == "change" and target.per_cent:
        return value.quantize(LAST_PLACE, ROUND_HALF_UP)
    return value


@register.filter
def unit_found(strip):
    """Return the unit of all figures of a strip; "" where they have several."""
    if not strip.unit:
        return strip.unit
    _status, judged = strip.groups[0]
    primary = judged[0].definitions[0]
    return unit_compared(primary.target)


@register.filter
def any_rounding(ruled):
    """Whether one of these has a bar of what a figure may stand for."""
    for part in ruled:
        for definition in part.definitions:
            if definition.rounding:
                return True
    return False
