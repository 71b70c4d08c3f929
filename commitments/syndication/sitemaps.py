"""What there is to find: the sitemap of the public pages, and where robots may go."""

from math import ceil

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override

from commitments.languages import ENGLISH, JAPANESE
from commitments.ledger.following import last_changed
from commitments.models import Indicator, Leader, Party, Pledge, Summit, Topic
from commitments.syndication.answering import absolute, answers

# The most that one file may list (sitemaps.org).
MOST = 50_000
LISTS = (
    "home",
    "summits",
    "pledges",
    "leaders",
    "parties",
    "topics",
    "indicators",
    "scoreboard",
    "compare",
    "calendar",
    "changes",
    "corrections",
    "ledger",
)
# They change with the program, not with the ledger.
TEXTS = ("methodology", "data", "about", "style")
RECORDS = {
    "summit": Summit,
    "pledge": Pledge,
    "leader": Leader,
    "party": Party,
    "topic": Topic,
    "indicator": Indicator,
}
# Addresses have no prefix in this very locale of English.
LOCALES = {ENGLISH: settings.LANGUAGE_CODE, JAPANESE: JAPANESE}
XML = "application/xml; charset=utf-8"


@answers("xml", keep=True)
def sitemap(request):
    """List every page; where that is too much for one file, list the files."""
    pages = all_pages()
    if len(pages) <= MOST:
        return render(request, "commitments/feeds/sitemap.xml", {"pages": pages}, content_type=XML)
    numbers = range(1, ceil(len(pages) / MOST) + 1)
    files = [absolute(reverse("sitemap_part", args=[number])) for number in numbers]
    return render(request, "commitments/feeds/sitemaps.xml", {"files": files}, content_type=XML)


@answers("xml", keep=True)
def sitemap_part(request, number):
    pages = all_pages()[MOST * (number - 1) : MOST * number] if number else []
    if not pages:
        raise Http404
    return render(request, "commitments/feeds/sitemap.xml", {"pages": pages}, content_type=XML)


@answers("txt")
def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {absolute(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def all_pages():
    """Return (address, when it last changed or None, versions) of every public page in each
    language.

    The versions are pairs of a language and the address of the page in it, as in the head of the
    page itself. Fourteen statements.
    """
    changed = last_changed()
    newest = max(changed.values(), default=None)
    pages = in_each_language(
        [(name, (), newest) for name in LISTS] + [(name, (), None) for name in TEXTS]
    )
    for name, model in RECORDS.items():
        slugs = model.objects.published().order_by("slug").values_list("slug", flat=True)
        pages += in_each_language([(name, (slug,), changed.get((name, slug))) for slug in slugs])
    return pages


def in_each_language(routes):
    """Return each of `routes`, which are (name, arguments, when it last changed), as `all_pages`
    does.
    """
    addresses = {}
    for code, locale in LOCALES.items():
        with override(locale):
            addresses[code] = [absolute(reverse(name, args=args)) for name, args, _ in routes]
    pages = []
    for index, (_name, _args, changed) in enumerate(routes):
        versions = [(code, addresses[code][index]) for code in LOCALES]
        versions.append(("x-default", addresses[ENGLISH][index]))
        pages += [(addresses[code][index], changed, versions) for code in LOCALES]
    return pages
