"""What there is to find: the sitemap of the public pages, and where robots may go."""

from functools import cached_property

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Page, Paginator
from django.db.models import Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override

from commitments.addresses import find_public_pages
from commitments.languages import ENGLISH, JAPANESE
from commitments.ledger.following import load_change_times
from commitments.syndication.answering import absolute, answers

# The most addresses that one file may list (sitemaps.org).
MOST = 50_000
# English addresses have no prefix in this very locale of English.
LOCALES = {ENGLISH: settings.LANGUAGE_CODE, JAPANESE: JAPANESE}
XML = "application/xml; charset=utf-8"


class KeyPaginator(Paginator):
    """The slugs of `rows`, in pages that begin at a slug and are not counted off (OFFSET)."""

    def __init__(self, rows, per_page):
        super().__init__(rows, per_page)
        self.slugs = rows.order_by("slug").values_list("slug", flat=True)

    @cached_property
    def beginning(self):
        """The slugs of the first page, and one more if there is one. One statement."""
        limit = self.per_page + 1
        return list(self.slugs[:limit])

    @cached_property
    def keys(self):
        """The slug that each page begins with. One statement if there are several."""
        if len(self.beginning) <= self.per_page:
            return self.beginning[:1]
        number = Window(RowNumber(), order_by="slug")
        place_on_page = (number - 1) % self.per_page
        numbered = self.slugs.annotate(place=place_on_page)
        return list(numbered.filter(place=0))

    @cached_property
    def count(self):
        """The number of rows; where there are several pages, just more than one page holds."""
        return len(self.beginning)

    @cached_property
    def num_pages(self):
        return len(self.keys)

    def page(self, number):
        number = self.validate_number(number)
        slugs = self.beginning
        if number > 1:
            key = self.keys[number - 1]
            slugs = self.slugs.filter(slug__gte=key)
        slugs = list(slugs[: self.per_page])
        return Page(slugs, number, self)


class PageSitemap(Sitemap):
    """Public pages with their address in each language, as in the head of the page itself."""

    @property
    def limit(self):
        return MOST // len(LOCALES)

    def get_urls(self, page=1, site=None, protocol=None):
        """Return what the template lists of one page of items: each of them in each language.

        As Django's own, but an address is made once, and not once for each that names it; and it
        is made of our settings, never of what a request calls this site.
        """
        items = self.paginator.page(page).object_list
        addresses = {language: self.make_addresses(items, language) for language in LOCALES}
        urls = []
        for index, item in enumerate(items):
            versions = {language: addresses[language][index] for language in LOCALES}
            alternates = {**versions, "x-default": versions[ENGLISH]}
            lastmod = self.lastmod(item)
            for address in versions.values():
                url = {
                    "location": address,
                    "lastmod": lastmod,
                    "alternates": alternates,
                }
                urls.append(url)
        return urls

    def make_addresses(self, items, language):
        with override(LOCALES[language]):
            return [absolute(self.location(item)) for item in items]


class FixedSitemap(PageSitemap):
    """The pages without a slug. Lists change whenever the ledger grows, texts with the program."""

    def __init__(self, pages, newest):
        self.pages = pages
        self.newest = newest

    def items(self):
        return self.pages

    def location(self, page):
        return page.make_address()

    def lastmod(self, page):
        if page.is_text:
            return None
        return self.newest


class RecordSitemap(PageSitemap):
    """The pages of the records of one kind; an item is a slug."""

    def __init__(self, page, moments):
        self.page = page
        self.moments = moments

    @cached_property
    def paginator(self):
        rows = self.page.model.objects.published()
        return KeyPaginator(rows, self.limit)

    def location(self, slug):
        return self.page.make_address(slug)

    def lastmod(self, slug):
        record_type = self.page.model._meta.model_name
        key = (record_type, slug)
        return self.moments.get(key)


@answers("xml")
def sitemap(request):
    """List every page; where that is too much for one file, list the files."""
    files = list_files()
    if len(files) == 1:
        return render_urls(request, files[0])
    addresses = []
    for number, _file in enumerate(files, start=1):
        path = reverse("sitemap_part", args=[number])
        addresses.append(absolute(path))
    context = {"files": addresses}
    return render(request, "commitments/feeds/sitemaps.xml", context, content_type=XML)


@answers("xml")
def sitemap_part(request, number):
    if number == 0:
        raise Http404
    files = list_files()
    if number > len(files):
        raise Http404
    parts = files[number - 1]
    return render_urls(request, parts)


@answers("txt")
def robots(request):
    address = absolute(reverse("sitemap"))
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {address}", ""]
    text = "\n".join(lines)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def list_files():
    """Return the files of the sitemap, each as its parts: (sitemap, number of a page of it).

    One file if everything fits into it, else at least one for each kind of record. Fifteen
    statements for one file.
    """
    parts = []
    page_count = 0
    for section in make_sections():
        page_count += section.paginator.count
        parts += [(section, number) for number in section.paginator.page_range]
    if page_count * len(LOCALES) <= MOST:
        return [parts]
    return [[part] for part in parts]


def make_sections():
    """Return the sitemaps of the pages without a slug, then of the records of each kind."""
    moments = load_change_times()
    newest = max(moments.values(), default=None)
    pages = find_public_pages()
    fixed = [page for page in pages if page.model is None]
    yield FixedSitemap(fixed, newest)
    for page in pages:
        if page.model is not None:
            yield RecordSitemap(page, moments)


def render_urls(request, parts):
    urls = []
    for section, number in parts:
        urls += section.get_urls(number)
    context = {"urls": urls}
    return render(request, "commitments/feeds/sitemap.xml", context, content_type=XML)
