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
from commitments.verdicts.definitions.telling import COMPARED, KINDS_OF_FIGURE

register = template.Library()

# %(what)s is the indicator, %(when)s a day, period or window, and empty where the target states
# none.
SENTENCES = {
    ("reach", "at_least"): _("Met if %(what)s reaches %(value)s %(when)s"),
    ("reach", "at_most"): _("Met if %(what)s comes down to %(value)s or less %(when)s"),
    ("reach", "equal"): _("Met if %(what)s is exactly %(value)s once %(when)s"),
    ("reach", "below_baseline"): _("Met if %(what)s falls below %(baseline)s %(when)s"),
    ("stand", "at_least"): _("Met if %(what)s is at least %(value)s %(when)s"),
    ("stand", "at_most"): _("Met if %(what)s is at most %(value)s %(when)s"),
    ("stand", "equal"): _("Met if %(what)s is exactly %(value)s %(when)s"),
    ("stand", "below_baseline"): _("Met if %(what)s is below %(baseline)s %(when)s"),
    ("hold", "at_least"): _("Met if %(what)s is at least %(value)s in every period %(when)s"),
    ("hold", "at_most"): _("Met if %(what)s is at most %(value)s in every period %(when)s"),
    ("hold", "equal"): _("Met if %(what)s is exactly %(value)s in every period %(when)s"),
    ("hold", "below_baseline"): _("Met if %(what)s is below %(baseline)s in every period %(when)s"),
    ("total", "at_least"): _("Met if %(what)s adds up to at least %(value)s %(when)s"),
    ("total", "at_most"): _("Met if %(what)s adds up to at most %(value)s %(when)s"),
    ("total", "equal"): _("Met if %(what)s adds up to exactly %(value)s %(when)s"),
    ("total", "below_baseline"): _("Met if %(what)s adds up to less than %(baseline)s %(when)s"),
    ("change", "equal"): _(
        "Met if the change of %(what)s from %(baseline)s is exactly %(value)s %(when)s"
    ),
    ("change", "below_baseline"): _("Met if %(what)s is below %(baseline)s %(when)s"),
}
# A change is told as a rise or a fall, whichever the promised number is.
CHANGES = {
    ("at_least", "rise"): _(
        "Met if %(what)s has risen by at least %(value)s from %(baseline)s %(when)s"
    ),
    ("at_least", "fall"): _(
        "Met if %(what)s has fallen by no more than %(value)s from %(baseline)s %(when)s"
    ),
    ("at_most", "rise"): _(
        "Met if %(what)s has risen by no more than %(value)s from %(baseline)s %(when)s"
    ),
    ("at_most", "fall"): _(
        "Met if %(what)s has fallen by at least %(value)s from %(baseline)s %(when)s"
    ),
}


@register.filter
def rule_sentence(target):
    """What a target asks for, without the full stop; a milestone has only its label and its day."""
    if target.kind == "milestone":
        when = _by(target.due)
        return (
            format_html(gettext("Met if this has happened {}"), when)
            if when
            else gettext("Met if this has happened")
        )
    words, value = _words_of(target), target.value
    if target.kind == "change" and value is not None:
        value = abs(value) if target.comparator != "equal" else value
    parts = {
        "what": format_html("<em>{}</em>", name_in_language(target.indicator, "name")),
        "value": conditional_escape(_value(target, value)),
        "baseline": conditional_escape(_baseline(target)),
        "when": conditional_escape(_when(target)),
    }
    # Safe: the sentence is ours, and every part put into it is escaped.
    return mark_safe((gettext(words) % parts).strip())


@register.filter
def step_words(target):
    """What an interim target asks for: “at least 550 billion US dollars by 31 January 2029”."""
    value, when = target.value, _by(target.due)
    if value is None:
        return when
    asked = format_html(gettext(COMPARED[target.comparator]), value=_value(target, value))
    return format_html(gettext("{value} {when}"), value=asked, when=when) if when else asked


@register.filter
def unit_compared(target):
    """The unit of what a target compares: of a change not always that of its indicator."""
    unit = target.indicator.unit
    if target.kind != "change":
        return unit
    return "%" if target.per_cent else unit_apart(unit)


@register.filter
def unit_apart(unit):
    """The unit of a difference: between two shares it is counted in points, not as a share of
    anything.
    """
    return POINTS if unit.startswith("%") else unit


@register.filter
def rounding_words(target):
    """How exactly it is compared."""
    if target.decimals is None:
        return gettext("to the published decimal")
    if target.decimals == 0:
        return gettext("rounded to a whole number")
    sentence = ngettext(
        "rounded to %(count)s decimal", "rounded to %(count)s decimals", target.decimals
    )
    return sentence % {"count": target.decimals}


@register.filter
def accepted_words(target):
    """Which kinds of figure may close it: “actual, budget”, the surest first."""
    return gettext(", ").join(
        gettext(word) for kind, word in KINDS_OF_FIGURE.items() if kind in target.accepts
    )


def _words_of(target):
    if target.kind == "change" and target.comparator in ("at_least", "at_most"):
        return CHANGES[target.comparator, "fall" if target.value < 0 else "rise"]
    return SENTENCES[target.kind, target.comparator]


def _value(target, value):
    return "" if value is None else in_unit(value, unit_compared(target))


def _baseline(target):
    if not target.baseline_period:
        return "" if target.baseline_value is None else _level(target)
    if target.baseline_value is None:
        return gettext("its level of %(period)s") % {"period": target.baseline_period}
    told = {"period": target.baseline_period, "value": _level(target)}
    return gettext("its level of %(period)s (%(value)s)") % told


def _level(target):
    # Where its unit has a form with another size, the bare number would not compare with the value.
    unit = target.indicator.unit
    return in_unit(target.baseline_value, unit) if form_of(unit) else figure(target.baseline_value)


def _when(target):
    first, due = target.window_start, target.due
    if target.kind in ("stand", "change"):
        return _in_period(target) if due else ""
    if target.kind in ("hold", "total") and first:
        if due:
            return format_html(gettext("from {} to {}"), day(first), day(due))
        return format_html(gettext("from {} on"), day(first))
    return _by(due)


def _by(due):
    return format_html(gettext("by {}"), day(due)) if due else ""


def _in_period(target):
    """Return the deadline's own period: the year that ends on the day, otherwise the one that holds
    it.
    """
    due, indicator = target.due, target.indicator
    if indicator.frequency == "annual" and (due.month, due.day) == (12, 31):
        return gettext("in %(year)s") % {"year": year_words(due)}
    year = (
        fiscal_year_words(due, indicator.fiscal_year_starts)
        if indicator.frequency == "fiscal_year"
        else None
    )
    if year:
        return gettext("in %(year)s") % {"year": year}
    return format_html(gettext("for the period with {}"), day(due))
