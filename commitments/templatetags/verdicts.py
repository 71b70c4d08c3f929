"""A verdict in words, the same wherever one stands: “Met”, “Not met, done later (April 2026)”.

A verdict is a row with a `status`, and where it is ours with `late` and `done`: an undertaking, an
assessment, one that was taken back, or that of an outside assessor.
"""

from django import template
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from commitments.templatetags.dates import imprecise
from commitments.templatetags.statuses import render_sign
from commitments.verdicts.statuses import MEANINGS, choose_word

CAUSES = {
    "own_choice": _("its own choice"),
    "parliament": _("parliament"),
    "court": _("a court"),
    "other_side": _("the other side"),
    "events": _("events nobody chose"),
    "unknown": _("not known"),
}

register = template.Library()


@register.simple_tag
def verdict(row):
    """Return the sign of a verdict: icon and words in the colour of its status."""
    meaning = MEANINGS[row.status]
    return render_sign(meaning.tone, meaning.icon, _write_verdict(row))


@register.filter
def verdict_words(row):
    """Return a verdict in words, without markup."""
    return strip_tags(_write_verdict(row))


@register.filter
def late_words(row):
    """Return what follows the name of a party whose status stands above: “done later (2026)”.

    It is empty for what was not done later.
    """
    if not is_late(row):
        return ""
    return _add_day(gettext("done later"), row)


@register.filter
def cause_words(assessment):
    """Return why it was missed or reversed, to stand after a colon: “own choice”."""
    return gettext(CAUSES[assessment.cause])


@register.filter
def is_late(row):
    """Whether a verdict says that it was done after its last day."""
    return getattr(row, "late", False)


def _write_verdict(row):
    words = gettext(choose_word(row.status, is_late=is_late(row)))
    if not is_late(row):
        return words
    return _add_day(words, row)


def _add_day(words, row):
    if row.done is None or row.done.last_day is None:
        return words
    sentence = gettext("{words} ({day})")
    return format_html(sentence, words=conditional_escape(words), day=imprecise(row.done))
