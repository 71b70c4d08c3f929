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

# A line between two values and a share of a value have as many decimals as one likes.
COMPUTED = 2
PLACES = Decimal(1).scaleb(-COMPUTED)


@register.filter
def actual_found(definition):
    """The figure that decided, with the decimals its publisher printed unless it was computed."""
    finding, target = definition.compared.finding, definition.target
    printed = None if target.kind in ("change", "total") else finding.decided_by.decimals
    return _told(finding.actual, target, printed)


@register.filter
def required_found(definition):
    return _told(definition.compared.finding.required, definition.target)


@register.filter
def gap_found(definition):
    """How far the figure is from what was required: “gap −0.2 percentage points”, “no gap”."""
    target, finding = definition.target, definition.compared.finding
    gap = _short(finding.gap, target)
    if not gap:
        return gettext("no gap")
    told = in_unit(
        abs(gap), unit_apart(unit_compared(target)), places_of(gap, finding.decided_by.decimals)
    )
    return format_html(gettext("gap {}"), format_html("{}{}", sign_of(gap), told))


@register.filter
def path_found(definition):
    """What a straight line asks for by now. It leads through values of the indicator, also where a
    change counts.
    """
    return in_unit(definition.compared.finding.path, definition.target.indicator.unit, COMPUTED)


@register.filter
def interval_found(definition):
    """What the printed figure may stand for: “1.5 to 2.5% of GDP”."""
    target, form = definition.target, form_of(unit_compared(definition.target))
    low, high = (_short(end, target) for end in (definition.rounding.low, definition.rounding.high))
    # What stands before the values and after them is said once.
    first = (
        _told(low, target).removesuffix(form.after)
        if form
        else f"{'−' if low < 0 else ''}{figure(abs(low))}"
    )
    last = _told(high, target).removeprefix(form.before) if form else _told(high, target)
    return format_html(gettext("{} to {}"), first, last)


def _told(value, target, decimals=None):
    short = _short(value, target)
    told = in_unit(abs(short), unit_compared(target), decimals)
    return format_html("−{}", told) if short < 0 else told


def _short(value, target):
    computed = target.kind == "change" and target.per_cent
    return value.quantize(PLACES, ROUND_HALF_UP) if computed else value


@register.filter
def unit_found(strip):
    """The unit of all figures of a strip; "" where they have several."""
    first = strip.groups[0][1][0].definitions[0].target
    return strip.unit and unit_compared(first)


@register.filter
def any_rounding(ruled):
    """Whether a bar of what a figure may stand for is drawn for one of these."""
    return any(definition.rounding for one in ruled for definition in one.definitions)
