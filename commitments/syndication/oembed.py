"""oEmbed (oembed.com): asked about the address of a pledge here, it tells how to show the pledge
elsewhere.
"""

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
        # The standard's own answer to a format that is not offered.
        return HttpResponse(
            _("Only format=json is offered.") + "\n", "text/plain; charset=utf-8", 501
        )
    place, locale = page_named(request.GET.get("url", ""))
    pledge = pledge_at(**place)
    if pledge is None:
        raise Http404
    width, height = at_most(request, "maxwidth", WIDTH), at_most(request, "maxheight", HEIGHT)
    with override(locale):
        response = JsonResponse(build_rich_answer(pledge, place, width, height))
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Content-Language"] = locale
    return response


def page_named(address):
    """Return of which pledge, and as it stood at which ledger entry, `address` is the page here,
    and its locale.

    All else is not found.
    """
    if not address:
        raise BadRequest(_("“url”: Give the address of a pledge at this site."))
    try:
        given, own = urlsplit(address), urlsplit(settings.SITE_ADDRESS)
        locale = locale_at(given.path)
        with override(locale):
            match = resolve(given.path)
    except (ValueError, Resolver404):
        raise Http404 from None
    # The authority as a whole: a name before an @, or another port, is another site.
    elsewhere = (given.scheme, given.netloc.lower()) != (own.scheme, own.netloc.lower())
    if elsewhere or match.url_name not in ("pledge", "pledge_cited"):
        raise Http404
    if QueryDict(given.query).get("as_of"):
        raise Http404
    return match.kwargs, locale


def pledge_at(slug, seq=None):
    """Return the public pledge, as it stands or as the site told it at ledger entry `seq`; None if
    there is none.
    """
    if seq is None:
        return Pledge.objects.published().filter(slug=slug).first()
    _entry, form = citing.find_published_form(slug, seq)
    return form and citing.revive_record(Pledge, form.body)


def at_most(request, name, usual):
    asked = request.GET.get(name, "")
    if not asked:
        return usual
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 6 and int(asked)):
        raise BadRequest(_("“%(name)s”: Give a whole number of pixels.") % {"name": name})
    return min(int(asked), usual)


def build_rich_answer(pledge, place, width, height):
    """Return the fields of a rich answer. The standard lets the frame be no wider than asked,
    readable or not.
    """
    is_cited, (title, _language) = "seq" in place, text_of(pledge, "title")
    frame = reverse("embed_cited" if is_cited else "embed", kwargs=place)
    # The picture of a pledge has today's verdict on it.
    picture = reverse("site_image") if is_cited else reverse("share_image", kwargs=place)
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
            *(absolute(frame), width, height, title),
        ),
    }
