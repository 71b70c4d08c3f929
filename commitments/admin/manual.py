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


def curating(site):
    """Return the view that shows the manual on `site`."""

    def view(request):
        chapters, text = rendered(MANUAL.stat().st_mtime_ns)
        context = {
            **site.each_context(request),
            "title": "How to curate",
            "chapters": chapters,
            "manual": text,
        }
        return TemplateResponse(request, "admin/curating.html", context)

    return view


@lru_cache(maxsize=1)
def rendered(changed_at):
    """Return the manual's chapters (anchor, title) and its HTML; `changed_at` tells a new edition
    from the old.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(MANUAL.read_text(encoding="utf-8"))
    chapters = []
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", slugify(inline.content))
            if opening.tag == "h2":
                chapters.append((slugify(inline.content), inline.content))
    # Our own file, and html is off: what it holds comes out escaped.
    return chapters, mark_safe(parser.renderer.render(tokens, parser.options, {}))


def with_manual_link(text, anchor):
    """Return a field's help with a link to the section of the manual that explains the choice."""
    return format_html(
        '{} <a href="{}#{}">How to choose</a>', text, reverse("admin:curating"), anchor
    )
