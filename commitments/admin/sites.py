"""The admin site itself: the desk on its first page, and the curating manual."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.urls import path

# The order in which a summit is entered; the models' alphabet helps nobody at work.
WORKING_ORDER = (
    "Pledge",
    "Undertaking",
    "Evidence",
    "Assessment",
    "Response",
    "Source",
    "Summit",
    "SummitSeries",
    "Leader",
    "Party",
    "Topic",
    "Indicator",
    "Release",
    "OutsideReport",
    "LedgerEntry",
    "User",
)


class DeskSite(AdminSite):
    """Django's admin, with a desk in place of the bare list of models."""

    site_header = f"{settings.SITE_NAME}: curating"
    site_title = settings.SITE_NAME
    index_title = "Desk"
    index_template = "admin/desk.html"
    # The forms need the width; the desk is one click away.
    enable_nav_sidebar = False

    def index(self, request, extra_context=None):
        from commitments.admin.desk import desk
        from commitments.admin.drift import read_known_count

        own = {"desk": desk(request.user), "drifting": read_known_count(request)}
        return super().index(request, {**own, **(extra_context or {})})

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _place(model["object_name"]))
        return apps

    def get_urls(self):
        from commitments.admin.drift import make_drift_view
        from commitments.admin.manual import curating

        own = [
            path("curating/", self.admin_view(curating(self)), name="curating"),
            path("drift/", self.admin_view(make_drift_view(self)), name="drift"),
        ]
        return [*own, *super().get_urls()]


def _place(name):
    return WORKING_ORDER.index(name) if name in WORKING_ORDER else len(WORKING_ORDER)


# Named as Django's own, so that every link to the admin finds this one.
site = DeskSite(name="admin")
