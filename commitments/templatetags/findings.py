"""What a rule found, in numbers with their unit: the figure, what was required, and how far they
are apart.
"""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext

from commitments.templatetags.dates import stretch
from commitments.templatetags.figures import (
    compared_value,
    figure,
    in_unit,
    places_of,
    sign_of,
)
from commitments.templatetags.rules import unit_apart, unit_compared
from commitments.templatetags.units import form_of
from commitments.templatetags.wording import event_words, reason_words
from commitments.verdicts.findings import Reason
from commitments.verdicts.precision import round_number
from commitments.verdicts.targets import count_written_decimals

register = template.Library()

# Reasons that a figure to start from might have changed.
WITHOUT_START = (Reason.UNCOMPARABLE, Reason.UNDER_WAY)


@register.filter
def actual_found(definition):
    """Return the figure that decided, with the decimals its publisher printed unless it was
    computed; of an event, whether it happened.
    """
    target = definition.target
    finding = definition.compared.finding
    if target.is_milestone:
        return gettext("it happened") if finding.actual else gettext("it had not happened")
    decimals = finding.decided_by.decimals
    if target.kind in ("change", "total"):
        decimals = None
    return _write_value(finding.actual, target, decimals)


@register.filter
def value_found(definition, unit):
    """Return the figure that decided, as short as a column of many parties needs it: of the unit
    only a per cent sign. Of an event, whether it happened.
    """
    if definition.target.is_milestone:
        return actual_found(definition)
    return compared_value(definition.compared.finding, unit)


@register.filter
def period_found(definition):
    """Return the period of the figure that decided, or the days of the event."""
    return stretch_for(definition.compared.finding.decided_by.period, definition.target)


@register.filter
def late_period_found(definition):
    """Return the period in which it was reached later."""
    return stretch_for(definition.compared.finding.met_late_in, definition.target)


@register.filter
def stretch_for(period, target):
    """Return a period of the rules, named as in the figures of `target`; of an event, its days."""
    indicator = target.indicator
    if indicator is None:
        return stretch(period)
    return stretch(period, indicator.fiscal_year_named)


@register.filter
def reason_found(definition):
    """Return why the rule found this, as a sentence."""
    target = definition.target
    finding = definition.compared.finding
    if target.is_milestone:
        return event_words(finding)
    if finding.reason in WITHOUT_START and _lacks_start(definition):
        sentence = gettext("There is no figure for %(period)s to measure from.")
        return sentence % {"period": target.baseline_period}
    return reason_words(finding.reason)


def _lacks_start(definition):
    """Whether the party's own figure to start from is not published."""
    return definition.target.reads_baseline and definition.compared.target.baseline is None


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
    gap = finding.gap
    if not gap:
        return gettext("no gap")
    unit = unit_apart(unit_compared(target))
    places = places_of(gap, finding.decided_by.decimals)
    size = in_unit(gap.copy_abs(), unit, places)
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
    return in_unit(finding.path, unit)


@register.filter
def interval_found(definition):
    """Return what the printed figure may stand for: “1.5 to 2.5% of GDP”. What the unit puts before
    and after a value is written once.
    """
    target = definition.target
    rounding = definition.rounding
    low = _shorten_end(rounding.low, definition)
    high = _shorten_end(rounding.high, definition)
    last = _write_value(high, target)
    form = form_of(unit_compared(target))
    if form:
        first = _write_value(low, target)
        first = first.removesuffix(form.after)
        last = last.removeprefix(form.before)
    else:
        minus = "−" if low < 0 else ""
        first = minus + figure(low.copy_abs())
    words = gettext("{} to {}")
    return format_html(words, first, last)


def _write_value(value, target, decimals=None):
    unit = unit_compared(target)
    words = in_unit(value.copy_abs(), unit, decimals)
    if value < 0:
        return format_html("−{}", words)
    return words


def _shorten_end(value, definition):
    """Return an end of what a figure may stand for. One in per cent of a baseline never ends."""
    target = definition.target
    if not target.per_cent:
        return value
    places = count_written_decimals(definition.compared.finding.actual)
    return round_number(value, places + 1)


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
