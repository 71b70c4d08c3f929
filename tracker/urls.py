from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path

from commitments.admin import site
from commitments.api.base import Nowhere
from commitments.pages.urls import files
from commitments.syndication.urls import frames

handler500 = "tracker.errors.render_server_error"

urlpatterns = [
    path("admin/", site.urls),
    path("api/v1/", include("commitments.api.urls")),
    # Programs that mistype an address get JSON too. Only with a final slash, so that one that is
    # merely missing is still added by a redirect. A dot would not match the line breaks that an
    # address may hold.
    re_path(r"^api/(?:[\s\S]*/)?$", Nowhere.as_view()),
    path("", include(files)),
    path("", include("commitments.syndication.urls")),
    # English pages and frames have no prefix, Japanese ones are under /ja/.
    *i18n_patterns(
        path("", include(frames)),
        path("", include("commitments.pages.urls")),
        prefix_default_language=False,
    ),
]
