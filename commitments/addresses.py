"""The public pages, each declared once, with its address: `public_page` in pages/urls.py.

The sitemap lists what is declared there, and the tests that hold for every page read it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse


@dataclass(frozen=True)
class PublicPage:
    """A page for readers, in every language, that stands in the sitemap.

    `model` is the table of the records that have such a page each: their slug is in its address.
    `is_text` means that it changes with the program, and not with the ledger.
    """

    name: str
    view: Callable
    model: type[Model] | None
    is_text: bool

    @property
    def parameters(self) -> frozenset[str]:
        """The names of the parameters that it understands."""
        return self.view.parameters

    def make_address(self, slug: str | None = None) -> str:
        """Return its address in the language that is active now."""
        arguments = []
        if slug is not None:
            arguments.append(slug)
        return reverse(self.name, args=arguments)


def public_page(route, view, name, *, model=None, is_text=False) -> URLPattern:
    """Return a URL pattern, as `path` does, of a page that readers and search engines find."""
    has_slug = "<" in route
    has_model = model is not None
    if has_slug != has_model:
        raise ImproperlyConfigured(f"{name}: say whose slug is in “{route}”, if one is.")
    page = PublicPage(name, view, model, is_text)
    pattern = path(route, view, name=name)
    pattern.public_page = page
    return pattern


def find_public_pages() -> list[PublicPage]:
    """Return the public pages as the sitemap has them: lists, texts, then records of each kind."""
    pages = _walk(get_resolver().url_patterns)
    # Pages of one kind keep the order of the addresses: sorting is stable.
    return sorted(pages, key=_kind)


def _kind(page):
    has_slug = page.model is not None
    return has_slug, page.is_text


def _walk(patterns) -> Iterator[PublicPage]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns)
        elif hasattr(pattern, "public_page"):
            yield pattern.public_page
