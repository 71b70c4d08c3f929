"""The words before and after: removed ones struck out, added ones underlined."""

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from commitments.languages import spoken

register = template.Library()

# Of longer passages that were kept, only the ends are shown where the reader wants it short.
LONGEST_KEPT = 160
SHOWN_END = 60
# Japanese and Chinese have no blanks between words.
FIRST_SIGN = "\u3000"
ELEMENTS = {"removed": "del", "added": "ins"}


@register.filter
def show_runs(change):
    """Return the whole text of a changed field, with what was removed and added marked."""
    texts = [run.text for run in change.runs]
    return _write_runs(change, texts)


@register.filter
def show_runs_briefly(change):
    """Return a changed field with long passages that were kept cut to their ends."""
    texts = []
    last = len(change.runs) - 1
    for place, run in enumerate(change.runs):
        text = run.text
        if run.edit not in ELEMENTS:
            text = _shorten(
                text,
                is_first=place == 0,
                is_last=place == last,
            )
        texts.append(text)
    return _write_runs(change, texts)


def _shorten(text, *, is_first, is_last):
    """Return a kept passage without its middle, or without the end that no change borders on."""
    if len(text) <= LONGEST_KEPT:
        return text
    # At a blank, if there is one.
    start = text[:SHOWN_END]
    start = start.rsplit(" ", 1)[0]
    end = text[-SHOWN_END:]
    end = end.split(" ", 1)[-1]
    if is_first:
        start = ""
    if is_last:
        end = ""
    return f"{start} … {end}"


def _write_runs(change, texts):
    parts = []
    last = ""
    for run, text in zip(change.runs, texts, strict=True):
        if last and _are_glued(last, text[:1]):
            parts.append(" ")
        part = _mark_run(run, text)
        parts.append(part)
        last = text[-1:]
    # Each part is escaped already.
    words = mark_safe("".join(parts))
    language = change.language
    if not language or language == spoken():
        return words
    return format_html('<span lang="{}">{}</span>', language, words)


def _are_glued(last, first):
    """Whether two runs would read as one word: the last word of a text has no blank after it."""
    if last.isspace() or first.isspace():
        return False
    return last < FIRST_SIGN and first < FIRST_SIGN


def _mark_run(run, text):
    element = ELEMENTS.get(run.edit)
    words = text.rstrip()
    if element is None or not words:
        return escape(text)
    # Blanks at the end stay outside: a line under them would look like a word.
    blanks = text[len(words) :]
    return format_html("<{0}>{1}</{0}>{2}", element, words, blanks)
