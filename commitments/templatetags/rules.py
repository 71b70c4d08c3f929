"""A target as one sentence: “Met if … reaches 2% of GDP in FY2025, to the published decimal.”"""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from commitments.templatetags.dates import day, fiscal_year_words, year_words
from commitments.templatetags.figures import figure, in_unit
from commitments.templatetags.languages import name_in_language
from commitments.templatetags.units import POINTS, form_of
from commitments.verdicts.targets import SUREST_FIRST, Comparator, Kind
from commitments.verdicts.wording import COMPARATORS, KINDS_OF_FIGURE

register = template.Library()

# %(what)s is the indicator, %(when)s a day, period or window, and empty where the target states
# none.
SENTENCES = {
    (Kind.REACH, Comparator.AT_LEAST): _("Met if %(what)s reaches %(value)s %(when)s"),
    (Kind.REACH, Comparator.AT_MOST): _("Met if %(what)s comes down to %(value)s or less %(when)s"),
    (Kind.REACH, Comparator.EQUAL): _("Met if %(what)s is exactly %(value)s once %(when)s"),
    (Kind.REACH, Comparator.BELOW_BASELINE): _("Met if %(what)s falls below %(baseline)s %(when)s"),
    (Kind.STAND, Comparator.AT_LEAST): _("Met if %(what)s is at least %(value)s %(when)s"),
    (Kind.STAND, Comparator.AT_MOST): _("Met if %(what)s is at most %(value)s %(when)s"),
    (Kind.STAND, Comparator.EQUAL): _("Met if %(what)s is exactly %(value)s %(when)s"),
    (Kind.STAND, Comparator.BELOW_BASELINE): _("Met if %(what)s is below %(baseline)s %(when)s"),
    (Kind.HOLD, Comparator.AT_LEAST): _(
        "Met if %(what)s is at least %(value)s in every period %(when)s"
    ),
    (Kind.HOLD, Comparator.AT_MOST): _(
        "Met if %(what)s is at most %(value)s in every period %(when)s"
    ),
    (Kind.HOLD, Comparator.EQUAL): _(
        "Met if %(what)s is exactly %(value)s in every period %(when)s"
    ),
    (Kind.HOLD, Comparator.BELOW_BASELINE): _(
        "Met if %(what)s is below %(baseline)s in every period %(when)s"
    ),
    (Kind.TOTAL, Comparator.AT_LEAST): _("Met if %(what)s adds up to at least %(value)s %(when)s"),
    (Kind.TOTAL, Comparator.AT_MOST): _("Met if %(what)s adds up to at most %(value)s %(when)s"),
    (Kind.TOTAL, Comparator.EQUAL): _("Met if %(what)s adds up to exactly %(value)s %(when)s"),
    (Kind.TOTAL, Comparator.BELOW_BASELINE): _(
        "Met if %(what)s adds up to less than %(baseline)s %(when)s"
    ),
    (Kind.CHANGE, Comparator.EQUAL): _(
        "Met if the change of %(what)s from %(baseline)s is exactly %(value)s %(when)s"
    ),
    (Kind.CHANGE, Comparator.BELOW_BASELINE): _("Met if %(what)s is below %(baseline)s %(when)s"),
}
# A change is described as a rise or a fall, whichever the promised number is.
CHANGES = {
    (Comparator.AT_LEAST, "rise"): _(
        "Met if %(what)s has risen by at least %(value)s from %(baseline)s %(when)s"
    ),
    (Comparator.AT_LEAST, "fall"): _(
        "Met if %(what)s has fallen by no more than %(value)s from %(baseline)s %(when)s"
    ),
    (Comparator.AT_MOST, "rise"): _(
        "Met if %(what)s has risen by no more than %(value)s from %(baseline)s %(when)s"
    ),
    (Comparator.AT_MOST, "fall"): _(
        "Met if %(what)s has fallen by at least %(value)s from %(baseline)s %(when)s"
    ),
}


@register.filter
def rule_sentence(target):
    """Return what a target asks for, without the full stop. A milestone has only its label and its
    day.
    """
    if target.kind == Kind.MILESTONE:
        return _milestone_sentence(target)
    value = target.value
    if _is_rise_or_fall(target):
        value = abs(value)
    parts = {
        "what": format_html("<em>{}</em>", name_in_language(target.indicator, "name")),
        "value": conditional_escape(_value_in_unit(target, value)),
        "baseline": conditional_escape(_baseline_words(target)),
        "when": conditional_escape(_when(target)),
    }
    sentence = gettext(_sentence_for(target)) % parts
    # Safe: the sentence is ours, and every part put into it is escaped.
    return mark_safe(sentence.strip())


@register.filter
def step_words(target):
    """Return what an interim target asks for: “at least 550 billion US dollars by 31 January
    2029”.
    """
    when = _by(target.due)
    if target.value is None:
        return when
    words = gettext(COMPARATORS[target.comparator].with_value)
    level = format_html(words, value=_value_in_unit(target, target.value))
    if not when:
        return level
    return format_html(gettext("{value} {when}"), value=level, when=when)


@register.filter
def unit_compared(target):
    """Return the unit of what a target compares: for a change not always that of its indicator."""
    unit = target.indicator.unit
    if target.kind != Kind.CHANGE:
        return unit
    return "%" if target.per_cent else unit_apart(unit)


@register.filter
def unit_apart(unit):
    """Return the unit of a difference: between two shares it is counted in points, not as a share
    of anything.
    """
    return POINTS if unit.startswith("%") else unit


@register.filter
def rounding_words(target):
    """Return how exactly it is compared."""
    if target.decimals is None:
        return gettext("to the published decimal")
    if target.decimals == 0:
        return gettext("rounded to a whole number")
    sentence = ngettext(
        "rounded to %(count)s decimal",
        "rounded to %(count)s decimals",
        target.decimals,
    )
    return sentence % {"count": target.decimals}


@register.filter
def accepted_words(target):
    """Return which kinds of figure may close it: “actual, budget”, the surest first."""
    kinds = [kind for kind in SUREST_FIRST if kind in target.accepts]
    words = [gettext(KINDS_OF_FIGURE[kind].word) for kind in kinds]
    return gettext(", ").join(words)


def _milestone_sentence(target):
    when = _by(target.due)
    if not when:
        return gettext("Met if this has happened")
    return format_html(gettext("Met if this has happened {}"), when)


def _is_rise_or_fall(target):
    """Whether it asks for a change by a number at least or at most: its sign becomes a word."""
    if target.kind != Kind.CHANGE or target.value is None:
        return False
    return target.comparator in (Comparator.AT_LEAST, Comparator.AT_MOST)


def _sentence_for(target):
    if _is_rise_or_fall(target):
        direction = "fall" if target.value < 0 else "rise"
        return CHANGES[target.comparator, direction]
    return SENTENCES[target.kind, target.comparator]


def _value_in_unit(target, value):
    return "" if value is None else in_unit(value, unit_compared(target))


def _baseline_words(target):
    level = "" if target.baseline_value is None else _baseline_level(target)
    if not target.baseline_period:
        return level
    if not level:
        return gettext("its level of %(period)s") % {"period": target.baseline_period}
    parts = {"period": target.baseline_period, "value": level}
    return gettext("its level of %(period)s (%(value)s)") % parts


def _baseline_level(target):
    # Where its unit has a form with another size, the bare number would not compare with the value.
    unit = target.indicator.unit
    if form_of(unit):
        return in_unit(target.baseline_value, unit)
    return figure(target.baseline_value)


def _when(target):
    if target.kind in (Kind.STAND, Kind.CHANGE):
        return _in_period(target) if target.due else ""
    if target.kind in (Kind.HOLD, Kind.TOTAL) and target.window_start:
        return _over_window(target.window_start, target.due)
    return _by(target.due)


def _over_window(first, due):
    if due:
        return format_html(gettext("from {} to {}"), day(first), day(due))
    return format_html(gettext("from {} on"), day(first))


def _by(due):
    return format_html(gettext("by {}"), day(due)) if due else ""


def _in_period(target):
    """Return the deadline's own period: the year that ends on the day, otherwise the one that holds
    it.
    """
    year = _year_of_deadline(target.due, target.indicator)
    if year:
        return gettext("in %(year)s") % {"year": year}
    return format_html(gettext("for the period with {}"), day(target.due))


def _year_of_deadline(due, indicator):
    """Return the name of the indicator's year that `due` decides; None without one."""
    if indicator.frequency == "annual" and (due.month, due.day) == (12, 31):
        return year_words(due)
    if indicator.frequency == "fiscal_year":
        return fiscal_year_words(due, indicator.fiscal_year_starts)
    return None
