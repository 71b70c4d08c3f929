"""Texts and addresses in the reader's language. A text that is not in it is marked with its own
language.
"""

import re

from django import template
from django.conf import settings
from django.template.defaultfilters import linebreaks_filter, linebreaksbr
from django.urls import reverse, translate_url
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext, override

from commitments.languages import ENGLISH, JAPANESE, find_direction, spoken, text_of
from commitments.templatetags.wording import language_word

register = template.Library()

# F-35, SM-6, COVID-19. Never inside an escape such as &#x27;, which has no hyphen.
DESIGNATION = re.compile(r"(?<![A-Za-z0-9])[A-Z]+-[0-9]+(?![a-z])")

# Where a text was cut off.
PART_OF_A_WORD = re.compile(r"\s+\S*…\Z")
# Of a long text that a link beside it leads to; in characters.
LONGEST_BEGINNING = 300

# Each language by its own name, for readers who look for it.
OWN_NAMES = {ENGLISH: "English", JAPANESE: "日本語"}


@register.filter
def in_language(record, name):
    """Return the text `name` of a record, such as {{ pledge|in_language:"title" }}, with a mark if
    it is not translated.
    """
    text, language = text_of(record, name)
    words = _write_words(text, language)
    return format_html("{}{}", words, _mark(text, language))


@register.filter
def name_in_language(record, name):
    """Return a name or a short note of a record, which needs no mark."""
    text, language = text_of(record, name)
    return _write_words(text, language)


@register.filter
def begin_in_language(record, name):
    """Return the beginning of a long text of a record. A link beside it leads to all of it."""
    text, language = text_of(record, name)
    beginning = Truncator(text).chars(LONGEST_BEGINNING)
    if beginning != text:
        beginning = PART_OF_A_WORD.sub("…", beginning)
    words = _write_words(beginning, language)
    return format_html("{}{}", words, _mark(text, language))


@register.filter
def plain_in_language(record, name):
    """Return a text of a record for titles and attributes, where no mark can stand."""
    text, _language = text_of(record, name)
    return text


@register.filter
def in_drawing(record, name):
    """Return a text of a record for the title of a drawing, which has room for its language but
    not for more.
    """
    text, language = text_of(record, name)
    if language == spoken():
        return text
    return _mark_language(text, language)


@register.filter
def in_english(text):
    """Return a text that has only English, line by line, with the mark."""
    lines = linebreaksbr(text)
    if not text or spoken() == ENGLISH:
        return lines
    words = _mark_language(lines, ENGLISH)
    return format_html("{}{}", words, _mark(text, ENGLISH))


@register.filter
def english_name(text):
    """Return a name or short note that has only English, without the mark."""
    return _write_words(text, ENGLISH)


@register.filter
def signer(name):
    """Return the name somebody signs with. A Japanese page marks one in Latin letters."""
    if name.isascii():
        return _write_words(name, ENGLISH)
    return name


@register.filter
def other_language_of(record, name):
    """Return the language of a text of a record if it is not the reader's, else "". For elements
    that cannot hold another element.
    """
    _text, language = text_of(record, name)
    if language == spoken():
        return ""
    return language


@register.filter
def prose_in_language(record, name):
    """Return a text of several paragraphs, with a mark if it is not translated."""
    text, language = text_of(record, name)
    paragraphs = linebreaks_filter(text)
    if not text or language == spoken():
        return paragraphs
    mark = _mark(text, language)
    return format_html("<div {}>{}</div>{}", mark_text(language), paragraphs, mark)


@register.filter
def in_other_language(record, name):
    """Return the text in the language that `in_language` leaves out, for the line below a heading;
    "" if there is none.
    """
    english = getattr(record, name)
    japanese = getattr(record, f"{name}_ja")
    if not japanese or japanese == english:
        return ""
    if spoken() == JAPANESE:
        return _mark_language(_keep_whole(english), ENGLISH)
    return _mark_language(_keep_whole(japanese), JAPANESE)


@register.filter
def record_name(record):
    """Return the name of any record: its title, its name, its finding or what was not found."""
    if spoken() == JAPANESE:
        for name in ("title", "name", "finding", "not_found"):
            if hasattr(record, f"{name}_ja"):
                return in_language(record, name)
    return _write_words(str(record), ENGLISH)


@register.simple_tag(takes_context=True)
def language_link(context, route=None):
    """Return the link to this page in the other language, or to the page `route`."""
    other = ENGLISH if spoken() == JAPANESE else JAPANESE
    if route is None:
        addresses = _find_addresses(context.request)
        address = addresses.get(other)
    else:
        with override(_find_locale(other)):
            address = reverse(route)
    if address is None:
        return ""
    return format_html(
        '<a href="{}" hreflang="{}" lang="{}">{}</a>',
        address,
        other,
        other,
        OWN_NAMES[other],
    )


@register.simple_tag(takes_context=True)
def alternates(context):
    """Return the links that tell machines where this page is in each language."""
    addresses = _find_addresses(context.request)
    if addresses:
        addresses["x-default"] = addresses[ENGLISH]
    links = [(code, settings.SITE_ADDRESS, address) for code, address in addresses.items()]
    return format_html_join("\n  ", '<link rel="alternate" hreflang="{}" href="{}{}">', links)


def _find_addresses(request):
    """Return {language: address} of this page with the same query; {} for a page that search
    engines must not find.
    """
    canonical = getattr(request, "canonical", None)
    if canonical is None or getattr(request, "previewing", False):
        return {}
    here = canonical.removeprefix(settings.SITE_ADDRESS)
    addresses = {}
    for code in OWN_NAMES:
        addresses[code] = translate_url(here, _find_locale(code))
    return addresses


def _find_locale(language):
    # Addresses have no prefix in this locale, and English in general is another one.
    return settings.LANGUAGE_CODE if language == ENGLISH else language


def _write_words(text, language):
    words = _keep_whole(text)
    if not text or language == spoken():
        return words
    return _mark_language(words, language)


def _mark_language(words, language):
    return format_html("<span {}>{}</span>", mark_text(language), words)


@register.simple_tag
def mark_text(language):
    """Return the attributes of an element with a text in `language`: lang, and dir where it runs
    from right to left.
    """
    if find_direction(language) == "rtl":
        return format_html('lang="{}" dir="rtl"', language)
    return format_html('lang="{}"', language)


def _keep_whole(text):
    """Escape `text`, and keep a name such as F-35 on one line."""
    escaped = escape(text)
    markup = DESIGNATION.sub(r'<span class="whole">\g<0></span>', escaped)
    # Safe: the markup is ours, and letters, hyphens and digits need no escape.
    return mark_safe(markup)


def _mark(text, language):
    """Return the sign that a text is not translated, on Japanese pages."""
    if not text or spoken() == ENGLISH or language == JAPANESE:
        return ""
    title = gettext("Not translated yet")
    word = language_word(language)
    return format_html(' <small class="untranslated" title="{}">{}</small>', title, word)
