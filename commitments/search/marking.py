"""Search results with the words found in them marked.

They are safe HTML, in which nothing but the marks is a tag.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from commitments.search.words import compose, split_words

# Characters of an excerpt, and how many of them stand before the first word found.
LONGEST, BEFORE = 240, 60
MORE = "…"


@dataclass(frozen=True)
class Excerpt:
    """A part of a text with the words found marked, and the text's language."""

    html: SafeString
    language: str


class MarkedSpan(NamedTuple):
    """A part of a composed text that is marked, from character `start` to before `end`."""

    start: int
    end: int

    def move(self, characters: int) -> MarkedSpan:
        start = self.start + characters
        end = self.end + characters
        return MarkedSpan(start, end)


def mark_terms(text, terms) -> SafeString:
    """Return `text` as HTML with what the `terms` find in it marked."""
    composed = compose(text)
    spans = _find_spans(text, terms)
    return _write_html(composed, spans)


def make_excerpt(texts, terms) -> Excerpt | None:
    """Return a part of the first of `texts` in which a term stands; None if there is none.

    Each text is given as (text, language).
    """
    for text, language in texts:
        spans = _find_spans(text, terms)
        if spans:
            composed = compose(text)
            html = _cut_out(composed, spans)
            return Excerpt(html, language)
    return None


def _cut_out(text, spans) -> SafeString:
    """Return the part of `text` around the first of the `spans`, as HTML."""
    first_start, first_end = spans[0]
    earliest = max(0, first_start - BEFORE)
    start = _find_beginning(text, earliest, first_start)
    end = max(start + LONGEST, first_end)
    end = min(end, len(text))
    spans_within = [span.move(-start) for span in spans if span.end <= end]
    part = text[start:end]
    html = _write_html(part, spans_within)
    if start > 0:
        html = mark_safe(MORE + html)
    if end < len(text):
        html = mark_safe(html + MORE)
    return html


def _find_spans(text, terms) -> list[MarkedSpan]:
    """Return the spans of composed `text` that the `terms` find, in order and without overlaps."""
    words = list(split_words(text))
    found_spans = []
    for term in terms:
        found_spans += term.find_in(words)
    merged = []
    for start, end in sorted(found_spans):
        if merged and start <= merged[-1].end:
            before = merged.pop()
            start = before.start
            end = max(end, before.end)
        span = MarkedSpan(start, end)
        merged.append(span)
    return merged


def _find_beginning(text, start, end) -> int:
    """Return where the first word after `start` begins.

    Return `start` itself if it is 0, or if no space stands between it and `end`.
    """
    if start == 0:
        return start
    space = text.find(" ", start, end)
    return start if space < 0 else space + 1


def _write_html(text, spans) -> SafeString:
    parts = []
    written_to = 0
    for start, end in spans:
        before = escape(text[written_to:start])
        marked = escape(text[start:end])
        parts += [before, "<mark>", marked, "</mark>"]
        written_to = end
    after = escape(text[written_to:])
    parts.append(after)
    html = "".join(parts)
    return mark_safe(html)
