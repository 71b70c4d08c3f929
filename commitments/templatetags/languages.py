"""Texts and addresses in the reader's language; a text that is not in it is marked with the
language it is in.
"""

import re

from django import template
from django.conf import settings
from django.template.defaultfilters import linebreaks_filter, linebreaksbr
from django.urls import reverse, translate_url
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, override

from commitments.languages import ENGLISH, JAPANESE, spoken, text_of
from commitments.templatetags.wording import language_word

register = template.Library()

# F-35, SM-6, COVID-19. Not within an escape such as &#x27;, which has no hyphen.
DESIGNATION = re.compile(r"(?<![A-Za-z0-9])[A-Z]+-[0-9]+(?![a-z])")

# Each by its own name: who looks for a language reads it.
OWN_NAMES = {ENGLISH: "English", JAPANESE: "日本語"}


@register.filter
def in_language(record, name):
    """The text `name` of a record, such as {{ pledge|in_language:"title" }}, with a mark if it is
    not translated.
    """
    text, language = text_of(record, name)
    return format_html("{}{}", _spoken(text, language), _mark(text, language))


@register.filter
def name_in_language(record, name):
    """The same for names and short notes, which need no mark."""
    return _spoken(*text_of(record, name))


@register.filter
def plain_in_language(record, name):
    """The same for titles and attributes, where no mark can stand."""
    return text_of(record, name)[0]


@register.filter
def in_drawing(record, name):
    """The same in the title of a drawing, which has room for the language but not for more."""
    text, language = text_of(record, name)
    return (
        text if language == spoken() else format_html('<span lang="{}">{}</span>', language, text)
    )


@register.filter
def in_english(text):
    """A text that has only English, line by line, with the mark."""
    lines = linebreaksbr(text)
    if not text or spoken() == ENGLISH:
        return lines
    return format_html('<span lang="{}">{}</span>{}', ENGLISH, lines, _mark(text, ENGLISH))


@register.filter
def english_name(text):
    """A name or short note that has only English, without the mark."""
    return _spoken(text, ENGLISH)


@register.filter
def credited(name):
    """The name somebody signs with: of a name in Latin letters a Japanese page says so."""
    return _spoken(name, ENGLISH) if name.isascii() else name


@register.filter
def other_language_of(record, name):
    """Return the language of that text if it is not the reader's, else "": for an element that may
    hold no other.
    """
    language = text_of(record, name)[1]
    return "" if language == spoken() else language


@register.filter
def prose_in_language(record, name):
    """The same for a text of several paragraphs."""
    text, language = text_of(record, name)
    if not text or language == spoken():
        return linebreaks_filter(text)
    return format_html(
        '<div lang="{}">{}</div>{}', language, linebreaks_filter(text), _mark(text, language)
    )


@register.filter
def in_other_language(record, name):
    """The text in the language that `in_language` leaves out, for the line below a heading; empty
    without any.
    """
    other = getattr(record, f"{name}_ja")
    if not other:
        return ""
    language, text = (ENGLISH, getattr(record, name)) if spoken() == JAPANESE else (JAPANESE, other)
    if text == text_of(record, name)[0]:
        return ""
    return format_html('<span lang="{}">{}</span>', language, _whole(text))


@register.filter
def called(record):
    """What any record is called."""
    for name in ("title", "name", "finding"):
        if hasattr(record, f"{name}_ja") and spoken() == JAPANESE:
            return in_language(record, name)
    return _spoken(str(record), ENGLISH)


@register.simple_tag(takes_context=True)
def language_link(context, route=None):
    """Return the link to this page in the other language, or to the page `route`."""
    other = ENGLISH if spoken() == JAPANESE else JAPANESE
    if route is None:
        address = _addresses(context.request).get(other)
    else:
        with override(_locale(other)):
            address = reverse(route)
    if address is None:
        return ""
    return format_html(
        '<a href="{}" hreflang="{}" lang="{}">{}</a>', address, other, other, OWN_NAMES[other]
    )


@register.simple_tag(takes_context=True)
def alternates(context):
    """Return what tells machines where this page stands in each language."""
    addresses = _addresses(context.request)
    pairs = [*addresses.items(), *([("x-default", addresses[ENGLISH])] if addresses else [])]
    links = ((code, settings.SITE_ADDRESS, address) for code, address in pairs)
    return format_html_join("\n  ", '<link rel="alternate" hreflang="{}" href="{}{}">', links)


def _addresses(request):
    """Return the address of this page in each language, with the same query; {} where it has none
    to be found by.
    """
    canonical = getattr(request, "canonical", None)
    if canonical is None or getattr(request, "previewing", False):
        return {}
    here = canonical.removeprefix(settings.SITE_ADDRESS)
    return {code: translate_url(here, _locale(code)) for code in OWN_NAMES}


def _locale(language):
    # Addresses have no prefix in this very locale, not in English as such.
    return settings.LANGUAGE_CODE if language == ENGLISH else language


def _spoken(text, language):
    shown = _whole(text)
    return (
        shown
        if not text or language == spoken()
        else format_html('<span lang="{}">{}</span>', language, shown)
    )


def _whole(text):
    """Escape `text` so that no line ends within a name such as F-35."""
    # Safe: what is put around it is ours, and a letter, a hyphen or a digit needs no escape.
    return mark_safe(DESIGNATION.sub(r'<span class="whole">\g<0></span>', escape(text)))


def _mark(text, language):
    if not text or spoken() == ENGLISH or language == JAPANESE:
        return ""
    title = gettext("Not translated yet")
    return format_html(
        ' <small class="untranslated" title="{}">{}</small>', title, language_word(language)
    )
