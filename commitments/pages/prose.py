"""Pages that are text: how we judge, and whose site this is."""

from functools import cache

from django.conf import settings
from django.shortcuts import render
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

from commitments.languages import ENGLISH, spoken
from commitments.pages.conditional import conditional
from commitments.verdicts.definitions.telling import unmarked

METHODOLOGY = settings.BASE_DIR / "docs" / "methodology.md"


@conditional()
def methodology(request):
    return render(
        request, "commitments/methodology.html", {"text": methodology_text(), "in_own_language": spoken() == ENGLISH}
    )


@conditional()
def about(request):
    return render(request, "commitments/about.html")


@conditional()
def data(request):
    return render(request, "commitments/data.html")


@cache
def methodology_text():
    """Return the document as HTML; it comes with the program, so it is read once.

    The rules in it are told from their definitions, not from the file.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Safe: our own document, and markdown-it escapes any HTML in it.
    return mark_safe(markdown.render(unmarked(METHODOLOGY.read_text(encoding="utf-8"))))
