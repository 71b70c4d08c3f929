"""Pages of text: how we judge, and whose site this is."""

from functools import cache

from django.conf import settings
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from markdown_it import MarkdownIt

from commitments.languages import ENGLISH, JAPANESE, spoken
from commitments.pages.conditional import conditional
from commitments.verdicts.definitions.documents import remove_marks

METHODOLOGY = {
    ENGLISH: settings.BASE_DIR / "docs" / "methodology.md",
    JAPANESE: settings.BASE_DIR / "docs" / "methodology.ja.md",
}


@conditional()
def methodology(request):
    context = {
        "text": render_methodology(spoken()),
    }
    return render(request, "commitments/methodology.html", context)


@conditional()
def about(request):
    return render(request, "commitments/about.html")


@conditional()
def data(request):
    return render(request, "commitments/data.html")


@cache
def render_methodology(language):
    """Return the methodology in `language`, the reader's, as HTML. It ships with the program, so it
    is read once.

    The rules in it are written from their definitions, not from the file.
    """
    options = {"html": False}
    markdown = MarkdownIt("commonmark", options)
    markdown.enable("table")
    source = METHODOLOGY[language].read_text(encoding="utf-8")
    text = remove_marks(source, gettext)
    html = markdown.render(text)
    # Safe: the document is ours, and markdown-it escapes any HTML in it.
    return mark_safe(html)
