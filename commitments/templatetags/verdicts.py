"""A verdict in words, the same wherever one stands: “Met”, “Not met, done later (April 2026)”.

A verdict is a row with a `status`, and where it is ours with `late` and `done`: an undertaking, an
assessment, one that was taken back, or that of an outside assessor.
"""

from django import template
from django.utils.html import format_html, strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from commitments.templatetags.dates import imprecise
from commitments.templatetags.statuses import icon, render_sign, status
from commitments.verdicts.statuses import MEANINGS, choose_word

CAUSES = {
    "own_choice": _("its own choice"),
    "parliament": _("parliament"),
    "court": _("a court"),
    "other_side": _("the other side"),
    "events": _("events nobody chose"),
}

register = template.Library()


@register.simple_tag
def verdict(row):
    """Return the sign of a verdict: icon and words in the colour of its status."""
    meaning = MEANINGS[row.status]
    words = _write_verdict(row)
    return render_sign(meaning.tone, meaning.icon, words, wraps=is_late(row))


@register.simple_tag
def standing_sign(row, standing):
    """Return the sign of how an undertaking stands: of its verdict, unless it is overdue or has
    none.
    """
    if standing == row.status:
        return verdict(row)
    return status(standing)


@register.simple_tag(takes_context=True)
def age_mark(context, undertaking):
    """Return the mark beside our verdict if it may be out of date on the day of the page."""
    if not undertaking.may_be_out_of_date(on=context.request.today):
        return ""
    markup = ' <span class="note aged">{} {}</span>'
    drawing = icon("history")
    words = gettext("may be out of date")
    return format_html(markup, drawing, words)


@register.simple_tag(takes_context=True)
def age_words(context, undertaking):
    """Return the same mark in words, to stand after the verdict in a sentence."""
    if not undertaking.may_be_out_of_date(on=context.request.today):
        return ""
    return gettext(", ") + gettext("may be out of date")


@register.filter
def verdict_words(row):
    """Return a verdict in words, without markup."""
    words = _write_verdict(row)
    return strip_tags(words)


@register.filter
def late_words(row):
    """Return what follows the name of a party whose status stands above: “done later (2026)”.

    It is empty for what was not done later.
    """
    if not is_late(row):
        return ""
    words = gettext("done later")
    return _add_day(words, row)


@register.filter
def late_count_words(verdicts):
    """Return how many of those counted in a roll-up as not met were done after their last day."""
    sentence = gettext("%(count)s of those not met done later")
    return sentence % {"count": verdicts.late}


@register.filter
def cause_words(assessment):
    """Return why it was missed or reversed, to stand after a colon: “its own choice”.

    A cause that nobody knows has no words.
    """
    words = CAUSES[assessment.cause]
    return gettext(words)


@register.filter
def is_late(row):
    """Whether a verdict says that it was done after its last day."""
    return getattr(row, "late", False)


def _write_verdict(row):
    late = is_late(row)
    word = choose_word(row.status, is_late=late)
    words = gettext(word)
    if not late:
        return words
    return _add_day(words, row)


def _add_day(words, row):
    """Add to `words` the day on which it was done, if it is known."""
    done = row.done
    if done is None or done.last_day is None:
        return words
    sentence = gettext("{words} ({day})")
    day = imprecise(done)
    return format_html(sentence, words=words, day=day)
