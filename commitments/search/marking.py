"""Answers with the words found in them marked: safe HTML, in which nothing but the marks is a
tag.
"""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from commitments.search.words import composed, words

# Characters of an excerpt, and of it before the first word found.
LONGEST, BEFORE = 240, 60
MORE = "…"


@dataclass(frozen=True)
class Excerpt:
    """A part of a text with the words found marked, and the text's language."""

    html: SafeString
    language: str


def mark_terms(text, asked) -> SafeString:
    """Return `text` as HTML with what the terms `asked` find in it marked."""
    return _html(composed(text), _spans(text, asked))


def make_excerpt(texts, asked) -> Excerpt | None:
    """Return the part of the first of `texts`, given as (text, language), in which a term was
    found; else None.
    """
    for text, language in texts:
        if spans := _spans(text, asked):
            text = composed(text)
            first = _boundary(text, max(0, spans[0][0] - BEFORE), spans[0][0])
            last = min(len(text), max(first + LONGEST, spans[0][1]))
            within = [(start - first, end - first) for start, end in spans if end <= last]
            html = _html(text[first:last], within)
            ends = (MORE if first else "", MORE if last < len(text) else "")
            return Excerpt(mark_safe(ends[0] + html + ends[1]), language)
    return None


def _spans(text, asked):
    """Return the spans of composed `text` that `asked` finds, in order and none overlapping
    another.
    """
    spelt, merged = list(words(text)), []
    for start, end in sorted(span for term in asked for span in term.found_in(spelt)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _boundary(text, start, end):
    """Return where the first word after `start` begins, or `start` where no space parts words
    before `end`.
    """
    space = text.find(" ", start, end) if start else -1
    return space + 1 if space >= 0 else start


def _html(text, spans):
    parts, done = [], 0
    for start, end in spans:
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    return mark_safe("".join([*parts, escape(text[done:])]))
