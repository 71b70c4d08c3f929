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
from commitments.verdicts.measuring import find_goal
from commitments.verdicts.targets import CEILINGS, FLOORS, SUREST_FIRST, Comparator, Kind
from commitments.verdicts.wording import COMPARATORS, KINDS_OF_FIGURE

register = template.Library()

# Comparators that set a bound, kinds that look at the period of the deadline, and kinds that look
# at all periods of a window.
BOUNDS = (Comparator.AT_LEAST, Comparator.AT_MOST)
KINDS_AT_DEADLINE = (Kind.STAND, Kind.CHANGE)
KINDS_OVER_WINDOW = (Kind.HOLD, Kind.TOTAL)
# %(what)s is the indicator. %(when)s is a day, a period or a window, and empty without any.
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
    (Kind.REACH, Comparator.BETWEEN): _(
        "Met if %(what)s is between %(value)s and %(upper)s once %(when)s"
    ),
    (Kind.STAND, Comparator.BETWEEN): _(
        "Met if %(what)s is between %(value)s and %(upper)s %(when)s"
    ),
    (Kind.HOLD, Comparator.BETWEEN): _(
        "Met if %(what)s is between %(value)s and %(upper)s in every period %(when)s"
    ),
    (Kind.TOTAL, Comparator.BETWEEN): _(
        "Met if %(what)s adds up to between %(value)s and %(upper)s %(when)s"
    ),
    (Kind.CHANGE, Comparator.BETWEEN): _(
        "Met if the change of %(what)s from %(baseline)s is between %(value)s and %(upper)s"
        " %(when)s"
    ),
    (Kind.CHANGE, Comparator.EQUAL): _(
        "Met if the change of %(what)s from %(baseline)s is exactly %(value)s %(when)s"
    ),
    (Kind.CHANGE, Comparator.BELOW_BASELINE): _("Met if %(what)s is below %(baseline)s %(when)s"),
}
RISEN_BY_AT_LEAST = _("Met if %(what)s has risen by at least %(value)s from %(baseline)s %(when)s")
RISEN_BY_AT_MOST = _(
    "Met if %(what)s has risen by no more than %(value)s from %(baseline)s %(when)s"
)
FALLEN_BY_AT_LEAST = _(
    "Met if %(what)s has fallen by at least %(value)s from %(baseline)s %(when)s"
)
FALLEN_BY_AT_MOST = _(
    "Met if %(what)s has fallen by no more than %(value)s from %(baseline)s %(when)s"
)
# A change that was entered with a sign is a rise or a fall by that sign.
CHANGES = {
    (Comparator.AT_LEAST, "rise"): RISEN_BY_AT_LEAST,
    (Comparator.AT_LEAST, "fall"): FALLEN_BY_AT_MOST,
    (Comparator.AT_MOST, "rise"): RISEN_BY_AT_MOST,
    (Comparator.AT_MOST, "fall"): FALLEN_BY_AT_LEAST,
}
# The others say it themselves.
CHANGES_IN_WORDS = {
    Comparator.FALLS_BY_AT_LEAST: FALLEN_BY_AT_LEAST,
    Comparator.FALLS_BY_AT_MOST: FALLEN_BY_AT_MOST,
    Comparator.RISES_BY_AT_LEAST: RISEN_BY_AT_LEAST,
    Comparator.RISES_BY_AT_MOST: RISEN_BY_AT_MOST,
}


@register.filter
def rule_sentence(target):
    """Return the sentence for a target, without the full stop.

    The sentence of a milestone has only its day; its label says what has to happen.
    """
    if target.kind == Kind.MILESTONE:
        return _write_milestone_sentence(target)
    name = name_in_language(target.indicator, "name")
    value_words = _write_promised_value(target, target.met_value)
    upper_words = ""
    if target.comparator == Comparator.BETWEEN:
        upper_words = _write_value_in_unit(target, target.upper_value)
    baseline_words = _write_baseline(target)
    when = _write_when(target)
    parts = {
        "what": format_html("<em>{}</em>", name),
        "value": conditional_escape(value_words),
        "upper": conditional_escape(upper_words),
        "baseline": conditional_escape(baseline_words),
        "when": conditional_escape(when),
    }
    template = _choose_sentence(target)
    sentence = gettext(template) % parts
    # Safe: the sentence is ours, and every part put into it is escaped.
    return mark_safe(sentence.strip())


@register.filter
def level_meant(target):
    """Return the level that a change leads to, “5.5 or less”; "" for what is no rise or fall, and
    where each party starts from its own figure.
    """
    rule_target = target.build_rule_target()
    level = find_goal(rule_target)
    if target.kind != Kind.CHANGE or level is None:
        return ""
    level = in_unit(level, target.indicator.unit)
    if target.comparator in FLOORS:
        return format_html(gettext("{} or more"), level)
    if target.comparator in CEILINGS - {Comparator.BELOW_BASELINE}:
        return format_html(gettext("{} or less"), level)
    return ""


@register.filter
def weaker_words(target):
    """Return the value that decides “partly met” of two; "" where there is none."""
    return _write_promised_value(target, target.weaker_value)


@register.filter
def step_words(target):
    """Return the words for an interim target: “at least 550 billion US dollars by 31 January 2029”.

    Without a value only the day, without a day only the value.
    """
    when = _write_deadline(target.due)
    if target.value is None:
        return when
    level = level_words(target)
    if not when:
        return level
    sentence = gettext("{value} {when}")
    return format_html(sentence, value=level, when=when)


@register.filter
def level_words(target):
    """Return what a target requires, without the day: “at least 550 billion US dollars”, “falls by
    at least 30%”.
    """
    value = _write_value_in_unit(target, target.met_value)
    if target.comparator == Comparator.BETWEEN:
        upper = _write_value_in_unit(target, target.upper_value)
        value = format_html(gettext("{} and {}"), value, upper)
    comparator = COMPARATORS[target.comparator]
    words = gettext(comparator.with_value)
    return format_html(words, value=value)


@register.filter
def unit_compared(target):
    """Return the unit a target is compared in: for a change not always that of its indicator. An
    event has none.
    """
    if target.kind == Kind.MILESTONE:
        return ""
    unit = target.indicator.unit
    if target.kind != Kind.CHANGE:
        return unit
    if target.per_cent:
        return "%"
    return unit_apart(unit)


@register.filter
def unit_apart(unit):
    """Return the unit of a difference: two shares differ by points, not by a share of anything."""
    if unit.startswith("%"):
        return POINTS
    return unit


@register.filter
def rounding_words(target):
    """Return the words for how values are rounded before they are compared."""
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
    """Return the kinds of figure that may close a verdict, the surest first: “actual, budget”."""
    words = []
    for kind in SUREST_FIRST:
        if kind in target.accepts:
            word = KINDS_OF_FIGURE[kind].word
            words.append(gettext(word))
    separator = gettext(", ")
    return separator.join(words)


def _write_milestone_sentence(target):
    when = _write_deadline(target.due)
    if not when:
        return gettext("Met if this has happened")
    sentence = gettext("Met if this has happened {}")
    return format_html(sentence, when)


def _is_rise_or_fall(target):
    """Whether it is a change by at least or at most a number: the sign becomes a word."""
    if target.kind != Kind.CHANGE or target.value is None:
        return False
    return target.comparator in BOUNDS


def _choose_sentence(target):
    """Return the sentence for the kind and comparator of a target, not translated yet."""
    if target.comparator in CHANGES_IN_WORDS:
        return CHANGES_IN_WORDS[target.comparator]
    if not _is_rise_or_fall(target):
        return SENTENCES[target.kind, target.comparator]
    if target.value < 0:
        return CHANGES[target.comparator, "fall"]
    return CHANGES[target.comparator, "rise"]


def _write_promised_value(target, value):
    """Return a value with its unit; of a rise or a fall without its sign, which is a word then."""
    if value is not None and _is_rise_or_fall(target):
        value = value.copy_abs()
    return _write_value_in_unit(target, value)


def _write_value_in_unit(target, value):
    if value is None:
        return ""
    unit = unit_compared(target)
    return in_unit(value, unit)


def _write_baseline(target):
    level = _write_baseline_level(target)
    period = target.baseline_period
    if not period:
        return level
    if target.reads_baseline:
        return _write_own_start(target)
    if not level:
        return gettext("its level of %(period)s") % {"period": period}
    parts = {"period": period, "value": level}
    return gettext("its level of %(period)s (%(value)s)") % parts


def _write_own_start(target):
    """Return the words for a baseline that is read from the series."""
    sentence = gettext("each party’s own figure for %(period)s")
    if target.undertaking_id or target.measured_for_id:
        sentence = gettext("its figure for %(period)s")
    return sentence % {"period": target.baseline_period}


def _write_baseline_level(target):
    level = target.baseline_value
    if level is None:
        return ""
    # If the unit is written in another size, the bare number could not be compared with the value.
    unit = target.indicator.unit
    if form_of(unit):
        return in_unit(level, unit)
    return figure(level)


def _write_when(target):
    if target.kind in KINDS_AT_DEADLINE:
        return _write_period_of_deadline(target)
    if target.kind in KINDS_OVER_WINDOW and target.window_start:
        return _write_window(target.window_start, target.due)
    return _write_deadline(target.due)


def _write_window(first, due):
    first_day = day(first)
    if not due:
        return format_html(gettext("from {} on"), first_day)
    sentence = gettext("from {} to {}")
    last_day = day(due)
    return format_html(sentence, first_day, last_day)


def _write_deadline(due):
    if not due:
        return ""
    sentence = gettext("by {}")
    return format_html(sentence, day(due))


def _write_period_of_deadline(target):
    """Return the period of the deadline: the year that ends on the day, else the one around it."""
    if not target.due:
        return ""
    year = _name_year_of_deadline(target.due, target.indicator)
    if year:
        return gettext("in %(year)s") % {"year": year}
    sentence = gettext("for the period with {}")
    return format_html(sentence, day(target.due))


def _name_year_of_deadline(due, indicator):
    """Return the name of the indicator's year that `due` decides; None without one."""
    if indicator.frequency == "fiscal_year":
        starts = indicator.fiscal_year_starts
        return fiscal_year_words(due, starts, indicator.fiscal_year_named)
    is_end_of_year = (due.month, due.day) == (12, 31)
    if indicator.frequency == "annual" and is_end_of_year:
        return year_words(due)
    return None
