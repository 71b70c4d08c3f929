"""oEmbed (oembed.com): other sites send the address of a pledge and learn how to embed it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override

from commitments.languages import locale_at, text_of
from commitments.ledger import citing
from commitments.models import Pledge
from commitments.syndication.answering import absolute, answers

WIDTH, HEIGHT = 600, 320


@answers("json", "url", "maxwidth", "maxheight", "format")
def oembed(request):
    if request.GET.get("format", "json") != "json":
        # The standard's own answer to another format.
        return HttpResponse(
            _("Only format=json is offered.") + "\n", "text/plain; charset=utf-8", 501
        )
    address = request.GET.get("url", "")
    place, locale = find_pledge_page(address)
    pledge = find_pledge(**place)
    if pledge is None:
        raise Http404
    width = read_limit(request, "maxwidth", WIDTH)
    height = read_limit(request, "maxheight", HEIGHT)
    with override(locale):
        answer = build_rich_answer(pledge, place, width, height)
        response = JsonResponse(answer)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Content-Language"] = locale
    return response


def find_pledge_page(address):
    """Return the pledge that `address` is a page of, and the locale of the page.

    The pledge is given as its slug, and the ledger entry if the page is a cited one. Raise Http404
    if it is not the address of a pledge at this site.
    """
    if not address:
        raise BadRequest(_("“url”: Give the address of a pledge at this site."))
    try:
        page = urlsplit(address)
        site = urlsplit(settings.SITE_ADDRESS)
        locale = locale_at(page.path)
        with override(locale):
            match = resolve(page.path)
    except (ValueError, Resolver404):
        raise Http404 from None
    # The authority as a whole: a name before an @, or another port, is another site.
    has_other_authority = page.netloc.lower() != site.netloc.lower()
    if has_other_authority or page.scheme != site.scheme:
        raise Http404
    if match.url_name not in ("pledge", "pledge_cited"):
        raise Http404
    if QueryDict(page.query).get("as_of"):
        raise Http404
    return match.kwargs, locale


def find_pledge(slug, seq=None):
    """Return the public pledge as it is now, or as the site showed it at ledger entry `seq`.

    Return None if it is not public, or was not then.
    """
    if seq is None:
        return Pledge.objects.published().filter(slug=slug).first()
    _entry, form = citing.find_published_form(slug, seq)
    return form and citing.revive_record(Pledge, form.body)


def read_limit(request, name, usual):
    """Return the `usual` number of pixels, or a smaller one from the query."""
    text = request.GET.get(name, "")
    if not text:
        return usual
    is_number = text.isascii() and text.isdigit() and len(text) <= 6
    pixels = int(text) if is_number else 0
    if not pixels:
        raise BadRequest(_("“%(name)s”: Give a whole number of pixels.") % {"name": name})
    return min(pixels, usual)


def build_rich_answer(pledge, place, width, height):
    """Return the fields of an answer of type "rich".

    By the standard the frame must not be wider than requested, even if that is too narrow to read.
    """
    title, _language = text_of(pledge, "title")
    if "seq" in place:
        frame = reverse("embed_cited", kwargs=place)
        # The picture of the pledge would show today's verdict.
        picture = reverse("site_image")
    else:
        frame = reverse("embed", kwargs=place)
        picture = reverse("share_image", kwargs=place)
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": settings.SITE_NAME,
        "provider_url": absolute(reverse("home")),
        "cache_age": 3600,
        "thumbnail_url": absolute(picture),
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
        "width": width,
        "height": height,
        "html": format_html(
            '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"'
            ' frameborder="0"></iframe>',
            absolute(frame),
            width,
            height,
            title,
        ),
    }
