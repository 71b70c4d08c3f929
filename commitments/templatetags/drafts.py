"""What a rule found of one party, in plain sentences that a person reads, corrects and signs.

No word of them is a code: units, periods and kinds of figures are written as readers know them.
"""

from html import unescape
from typing import NamedTuple

from django import template
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from commitments.languages import JAPANESE, spoken, text_of
from commitments.templatetags.dates import day_words
from commitments.templatetags.figures import in_unit
from commitments.templatetags.findings import (
    actual_found,
    path_found,
    reason_found,
    stretch_for,
)
from commitments.templatetags.rules import level_words, unit_compared
from commitments.templatetags.units import is_foreign
from commitments.verdicts.findings import Reason
from commitments.verdicts.statuses import MEANINGS, Status
from commitments.verdicts.targets import Comparator, FigureKind, Kind
from commitments.verdicts.wording import COMPARATORS

register = template.Library()

LONGEST_ANSWER = 160
# What the party did, before what shows it.
CLAIMS = {
    Status.MET: _("%(party)s met it: %(shown)s."),
    Status.PARTLY_MET: _("%(party)s met it in part: %(shown)s."),
    Status.NOT_MET: _("%(party)s did not meet it: %(shown)s."),
    Status.ON_TRACK: _("%(party)s, on track: %(shown)s."),
    Status.OFF_TRACK: _("%(party)s, off track: %(shown)s."),
    Status.IN_PROGRESS: _("%(party)s, in progress: %(shown)s."),
}
BARE_CLAIMS = {
    Status.MET: _("%(party)s met it."),
    Status.PARTLY_MET: _("%(party)s met it in part."),
    Status.NOT_MET: _("%(party)s did not meet it."),
    Status.ON_TRACK: _("%(party)s, on track."),
    Status.OFF_TRACK: _("%(party)s, off track."),
    Status.IN_PROGRESS: _("%(party)s, in progress."),
}
# Why the rule has no figure to show.
SILENCES = {
    Reason.NO_DATA: _("no figure that counts has been published yet"),
    Reason.AWAITING_DATA: _("the last day has passed, and its figure is not published yet"),
    Reason.NO_FIGURE_SINCE_BASELINE: _(
        "no figure for a time after the baseline has been published yet"
    ),
    Reason.UNCOMPARABLE: _("there is no figure to measure a change from"),
}
EVENTS = {
    Reason.SATISFIED: _("it happened %(when)s"),
    Reason.FELL_SHORT: _("it did not happen in time"),
    Reason.UNDER_WAY: _("no published evidence shows yet that it happened"),
    Reason.AWAITING_DATA: _(
        "the last day has passed, and no published evidence says whether it happened"
    ),
}
AROUND_THE_DAY = _("it happened around the last day, and the evidence leaves open on which side")
# A change that was entered with a sign is a rise or a fall by that sign.
RISES_AND_FALLS = {
    (Comparator.AT_LEAST, "rise"): Comparator.RISES_BY_AT_LEAST,
    (Comparator.AT_LEAST, "fall"): Comparator.FALLS_BY_AT_MOST,
    (Comparator.AT_MOST, "rise"): Comparator.RISES_BY_AT_MOST,
    (Comparator.AT_MOST, "fall"): Comparator.FALLS_BY_AT_LEAST,
}
# In the name of a time that has no name of its own.
DASHES = "–～"
# Reasons of which the figure is the newest one, and not the one that decides.
WAITING = (Reason.UNDER_WAY, Reason.AWAITING_DATA)
SOURCES = {
    FigureKind.ACTUAL: _("It is an actual figure, released on %(day)s."),
    FigureKind.ESTIMATE: _("It is an estimate, released on %(day)s."),
    FigureKind.BUDGET: _("It is a budget figure, released on %(day)s."),
    FigureKind.PROJECTION: _("It is a projection, released on %(day)s."),
}
OF_AN_EVENT = _("The evidence of it was published on %(day)s.")
CAVEATS = {
    FigureKind.ESTIMATE: _("It rests on an estimate, not on a final figure."),
    FigureKind.BUDGET: _("It rests on a budget figure, not on the outturn."),
    FigureKind.PROJECTION: _("It rests on a projection, not on a final figure."),
}
# Curators enter units as short as the head of a column needs them.
UNITS_IN_WORDS = {
    "USD bn": "billion US dollars",
    "USD bn, nominal": "billion US dollars (nominal)",
    "USD bn, 2004 prices": "billion US dollars (2004 prices)",
    "USD bn, 2023 prices": "billion US dollars (2023 prices)",
    "EUR bn": "billion euros",
    "JPY tn": "trillion yen",
    "Mt CH4": "million tonnes of methane",
    "TW": "terawatts",
}


class Judged(NamedTuple):
    """A target and what the rule finds by it, as the filters of findings read them."""

    target: object
    compared: object

    @property
    def finding(self):
        return self.compared.finding


@register.simple_tag
def draft_answer(target, compared, party):
    """Return the verdict on `party` in one sentence; "" where a word of it is not translated."""
    judged = Judged(target, compared)
    name = _find_name(party)
    if not name or _lacks_words(target):
        return ""
    status = judged.finding.status
    parts = {"party": name, "shown": _show(judged)}
    claim = gettext(CLAIMS[status]) % parts
    late = _write_late(judged)
    bare = gettext(BARE_CLAIMS[status]) % parts
    shortest = MEANINGS[status].word
    for text in (_join([claim, late]), claim, bare):
        plain = _make_plain(text, target)
        if len(plain) <= LONGEST_ANSWER:
            return plain
    return gettext(shortest)


@register.simple_tag
def draft_rationale(target, compared):
    """Return why, in sentences; "" where a word of them is not translated."""
    if _lacks_words(target):
        return ""
    judged = Judged(target, compared)
    sentences = [
        _write_verdict(judged),
        reason_found(judged),
        _write_figure(judged),
        _write_path(judged),
        _write_source(judged),
        _write_late(judged),
    ]
    return _make_plain(_join(sentences), target)


@register.simple_tag
def draft_caveat(target, compared):
    """Return what must stand beside the verdict; "" if nothing must."""
    finding = compared.finding
    sentences = []
    if finding.provisional and finding.decided_by and not target.is_milestone:
        caveat = CAVEATS.get(finding.decided_by.kind)
        if caveat:
            sentences.append(gettext(caveat))
    if finding.borderline:
        sentences.append(
            gettext("The figure is so close to the target that rounding could change the verdict.")
        )
    return _join(sentences)


def _find_name(party):
    if spoken() == JAPANESE:
        return party.name_ja
    return party.name


def _lacks_words(target):
    """Whether the unit of a target has no words in the language that is spoken."""
    if target.is_milestone:
        return False
    return is_foreign(target.indicator.unit)


def _join(sentences):
    """Return the sentences that there are in a row; Japanese puts no space between them."""
    space = "" if spoken() == JAPANESE else " "
    texts = [str(text) for text in sentences if text]
    return space.join(texts)


def _make_plain(text, target):
    """Return `text` without marks, with the unit in words."""
    plain = strip_tags(text)
    plain = unescape(plain)
    plain = plain.replace("\u00a0", " ")
    if target.is_milestone:
        return plain
    unit = target.indicator.unit
    words = UNITS_IN_WORDS.get(unit, unit)
    return plain.replace(unit, words)


def _show(judged):
    """Return what shows it: the figure beside what was asked for, the event, or that none is."""
    finding = judged.finding
    if judged.target.is_milestone:
        return _show_event(judged)
    if finding.reason in SILENCES:
        silence = SILENCES[finding.reason]
        return gettext(silence)
    return _show_figure(judged)


def _show_event(judged):
    finding = judged.finding
    row = finding.decided_by
    if finding.reason == Reason.AWAITING_DATA and row:
        return gettext(AROUND_THE_DAY)
    event = EVENTS[finding.reason]
    words = gettext(event)
    if row is None:
        return words
    when = _write_when(row.period, judged.target)
    return words % {"when": when}


def _show_figure(judged):
    target = judged.target
    finding = judged.finding
    period = finding.decided_by.period
    parts = {
        "actual": actual_found(judged),
        "when": _write_when(period, target),
        "level": _write_level(target, finding),
    }
    words = gettext("%(actual)s %(when)s (target: %(level)s)")
    if target.kind == Kind.CHANGE:
        words = gettext("a change of %(actual)s %(when)s (target: %(level)s)")
    return words % parts


def _write_when(period, target):
    """Return the time of a figure or an event, with the word before it."""
    first = day_words(period.start)
    last = day_words(period.end)
    if first == last:
        return gettext("on %(day)s") % {"day": last}
    words = stretch_for(period, target)
    words = strip_tags(words)
    if not any(dash in words for dash in DASHES):
        return gettext("in %(period)s") % {"period": words}
    parts = {"first": first, "last": last}
    if target.is_milestone:
        return gettext("between %(first)s and %(last)s") % parts
    return gettext("from %(first)s to %(last)s") % parts


def _write_level(target, finding):
    """Return what was asked for.

    Of a target without a value of its own it is what the rule required; a change that was entered
    with a sign is a rise or a fall.
    """
    comparator, value = target.comparator, target.met_value
    if comparator == Comparator.BELOW_BASELINE:
        value = finding.required
    elif target.kind == Kind.CHANGE and value is not None:
        sign = "fall" if value < 0 else "rise"
        comparator = RISES_AND_FALLS.get((comparator, sign), comparator)
        value = value.copy_abs()
    if comparator == target.comparator and value == target.met_value:
        return level_words(target)
    unit = unit_compared(target)
    words = gettext(COMPARATORS[comparator].with_value)
    return words.format(value=in_unit(value, unit))


def _write_verdict(judged):
    label, language = text_of(judged.target, "label")
    meaning = MEANINGS[judged.finding.status]
    word = gettext(meaning.word)
    parts = {"label": label, "word": word.lower()}
    if language != spoken():
        return gettext("The rule finds: %(word)s.") % parts
    return gettext("The rule (“%(label)s”) finds: %(word)s.") % parts


def _write_figure(judged):
    finding = judged.finding
    has_figure = finding.decided_by and finding.actual is not None
    if not has_figure or judged.target.is_milestone:
        return ""
    if finding.reason == Reason.NO_FIGURE_SINCE_BASELINE:
        return ""
    sentence = gettext("The figure that decides is %(shown)s.")
    if finding.reason in WAITING:
        sentence = gettext("The newest figure is %(shown)s.")
    return sentence % {"shown": _show_figure(judged)}


def _write_path(judged):
    finding = judged.finding
    if finding.path is None or finding.reason in WAITING:
        return ""
    sentence = gettext("By then the straight line to the target asked for %(value)s.")
    return sentence % {"value": path_found(judged)}


def _write_source(judged):
    finding = judged.finding
    row = finding.decided_by
    if row is None or finding.reason == Reason.NO_FIGURE_SINCE_BASELINE:
        return ""
    released = day_words(row.released_on)
    sentence = SOURCES[row.kind]
    if judged.target.is_milestone:
        sentence = OF_AN_EVENT
    words = gettext(sentence)
    return words % {"day": released}


def _write_late(judged):
    period = judged.finding.met_late_in
    if period is None:
        return ""
    sentence = gettext("It was reached later, %(when)s.")
    if judged.target.is_milestone:
        sentence = gettext("It happened later, %(when)s.")
    when = _write_when(period, judged.target)
    return sentence % {"when": when}
