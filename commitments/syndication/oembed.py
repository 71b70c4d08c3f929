"""oEmbed (oembed.com): asked about the address of a pledge here, it tells how to show the pledge elsewhere."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from commitments.models import Pledge
from commitments.syndication.answering import absolute, answers

WIDTH, HEIGHT = 600, 320


@answers("json", "url", "maxwidth", "maxheight", "format")
def oembed(request):
    if request.GET.get("format", "json") != "json":
        # The standard's own answer to a format that is not offered.
        return HttpResponse(_("Only format=json is offered.") + "\n", "text/plain; charset=utf-8", 501)
    pledge = get_object_or_404(Pledge.objects.published(), slug=pledge_named(request.GET.get("url", "")))
    width, height = at_most(request, "maxwidth", WIDTH), at_most(request, "maxheight", HEIGHT)
    response = JsonResponse(described(pledge, width, height))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def pledge_named(address):
    """Return the slug of the pledge whose page at this site `address` is; any other address is not found."""
    if not address:
        raise BadRequest(_("“url”: Give the address of a pledge at this site."))
    try:
        given, own = urlsplit(address), urlsplit(settings.SITE_ADDRESS)
        # In either language: the page of a pledge in Japanese names its own address too.
        match = resolve(given.path.removeprefix("/ja"))
    except (ValueError, Resolver404):
        raise Http404 from None
    # The authority as a whole: a name before an @, or another port, is another site.
    if (given.scheme, given.netloc.lower()) != (own.scheme, own.netloc.lower()) or match.url_name != "pledge":
        raise Http404
    if QueryDict(given.query).get("as_of"):
        raise Http404
    return match.kwargs["slug"]


def at_most(request, name, usual):
    asked = request.GET.get(name, "")
    if not asked:
        return usual
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 6 and int(asked)):
        raise BadRequest(_("“%(name)s”: Give a whole number of pixels.") % {"name": name})
    return min(int(asked), usual)


def described(pledge, width, height):
    """Return the fields of a rich answer. The standard lets the frame be no wider than asked, readable or not."""
    frame = reverse("embed", args=[pledge.slug])
    return {
        "version": "1.0",
        "type": "rich",
        "title": pledge.title,
        "provider_name": settings.SITE_NAME,
        "provider_url": absolute("/"),
        "cache_age": 3600,
        "thumbnail_url": absolute(reverse("share_image", args=[pledge.slug])),
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
        "width": width,
        "height": height,
        "html": format_html(
            '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" frameborder="0"></iframe>',
            *(absolute(frame), width, height, pledge.title),
        ),
    }
