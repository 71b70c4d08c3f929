"""Pages that are text: how we judge, and whose site this is."""

from functools import cache

from django.conf import settings
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from markdown_it import MarkdownIt

from commitments.languages import ENGLISH, JAPANESE, spoken
from commitments.pages.conditional import conditional
from commitments.verdicts.definitions.telling import unmarked

METHODOLOGY = {
    ENGLISH: settings.BASE_DIR / "docs" / "methodology.md",
    JAPANESE: settings.BASE_DIR / "docs" / "methodology.ja.md",
}


@conditional()
def methodology(request):
    return render(request, "commitments/methodology.html", {"text": methodology_text(spoken())})


@conditional()
def about(request):
    return render(request, "commitments/about.html")


@conditional()
def data(request):
    return render(request, "commitments/data.html")


@cache
def methodology_text(language):
    """Return the document in the language spoken as HTML; it comes with the program, so it is read
    once.

    The rules in it are told from their definitions, not from the file.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Safe: our own document, and markdown-it escapes any HTML in it.
    return mark_safe(
        markdown.render(unmarked(METHODOLOGY[language].read_text(encoding="utf-8"), gettext))
    )
