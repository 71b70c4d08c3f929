"""The curating manual, as a page of the admin, with an anchor at each heading."""

from functools import lru_cache
from itertools import pairwise

from django.conf import settings
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt

MANUAL = settings.BASE_DIR / "docs" / "curating.md"


def make_manual_view(site):
    """Return the view that shows the manual on `site`."""

    def view(request):
        chapters, text = render_manual(MANUAL.stat().st_mtime_ns)
        context = {
            **site.each_context(request),
            "title": "How to curate",
            "chapters": chapters,
            "manual": text,
        }
        return TemplateResponse(request, "admin/curating.html", context)

    return view


@lru_cache(maxsize=1)
def render_manual(changed_at):
    """Return the manual's chapters as (anchor, title), and its HTML.

    A new edition has another `changed_at`, so the cache does not return the old one.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(MANUAL.read_text(encoding="utf-8"))
    chapters = []
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            title = inline.content
            anchor = slugify(title)
            opening.attrSet("id", anchor)
            if opening.tag == "h2":
                chapters.append((anchor, title))
    # Safe, because it is our own file, and with html off the parser escapes its content.
    return chapters, mark_safe(parser.renderer.render(tokens, parser.options, {}))


def add_manual_link(text, anchor):
    """Return a field's help with a link to the section of the manual that explains the choice."""
    return format_html(
        '{} <a href="{}#{}">How to choose</a>', text, reverse("admin:curating"), anchor
    )
