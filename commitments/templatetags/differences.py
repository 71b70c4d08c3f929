"""The words before and after: removed ones struck out, added ones underlined."""

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

register = template.Library()

# Of longer passages that were kept, only the ends are shown where the reader wants it short.
LONGEST_KEPT = 160
SHOWN_END = 60
ELEMENTS = {"removed": "del", "added": "ins"}


@register.filter
def show_runs(change):
    """Return the whole text of a changed field, with what was removed and added marked."""
    return _join_runs(change, shorten=False)


@register.filter
def show_runs_briefly(change):
    """Return a changed field with long passages that were kept cut to their ends."""
    return _join_runs(change, shorten=True)


def _join_runs(change, *, shorten):
    parts = []
    last = len(change.runs) - 1
    for place, run in enumerate(change.runs):
        text = run.text
        if run.is_kept and shorten:
            text = _cut_kept(text, is_first=place == 0, is_last=place == last)
        parts.append(_mark_run(run, text))
    # Each part is escaped already.
    return mark_safe("".join(parts))


def _mark_run(run, text):
    element = ELEMENTS.get(run.edit)
    if element is None:
        return escape(text)
    # Blanks at the end stay outside: a line under them would look like a word.
    words = text.rstrip()
    blanks = text[len(words) :]
    return format_html("<{0}>{1}</{0}>{2}", element, words or text, blanks if words else "")


def _cut_kept(text, *, is_first, is_last):
    """Return a kept passage with its middle, or the end that no change borders on, left out."""
    if len(text) <= LONGEST_KEPT:
        return text
    start = "" if is_first else text[:SHOWN_END]
    end = "" if is_last else text[-SHOWN_END:]
    return f"{start} … {end}"
