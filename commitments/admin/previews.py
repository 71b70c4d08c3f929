"""Show a draft as its public page: the public view itself makes the preview."""

import re

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import path

from commitments import publishing

# Without these headers the public view returns the whole page, uncompressed, for the banner.
HEADERS_FOR_THE_PUBLIC_PAGE = (
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_ACCEPT_ENCODING",
)


class Previewing:
    """For a ModelAdmin of a root that has a public page: `public_view` makes it from the slug."""

    public_view = None

    def get_urls(self):
        opts = self.opts
        page = path(
            "<path:object_id>/preview/",
            self.admin_site.admin_view(self.preview),
            name=f"{opts.app_label}_{opts.model_name}_preview",
        )
        return [page, *super().get_urls()]

    def preview(self, request, object_id):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        address = self.address(record)
        return show_preview(request, self.public_view, record, address)


def show_preview(request, public_view, record, address, proposal=None):
    """Return what `public_view` makes of `record` as if it was published, with a banner that leads
    back to `address`. A proposal that is written into the record is named there.
    """
    for header in HEADERS_FOR_THE_PUBLIC_PAGE:
        request.META.pop(header, None)
    request.previewing = True
    with publishing.as_if_published(record):
        response = public_view(request, slug=record.slug)
    html = response.content.decode()
    context = {
        "record": record,
        "address": address,
        "proposal": proposal,
    }
    response.content = _add_banner(html, context)
    # A cache must not take this page for the public one.
    headers = response.headers
    del headers["ETag"]
    del headers["Vary"]
    headers["Cache-Control"] = "no-store, private"
    headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    headers["Referrer-Policy"] = "no-referrer"
    return response


def _add_banner(html, context):
    head = render_to_string("admin/commitments/preview_head.html")
    banner = render_to_string("admin/commitments/preview_banner.html", context)
    html = html.replace("</head>", f"{head}</head>", 1)
    return re.sub(r"<body[^>]*>", lambda body: body.group() + banner, html, count=1)
