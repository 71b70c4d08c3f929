"""The admin site itself: the desk on its first page, and the curating manual."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.urls import path

# The order in which a summit is entered, which helps more at work than the alphabet.
WORKING_ORDER = (
    "Pledge",
    "Undertaking",
    "Evidence",
    "SearchNote",
    "Assessment",
    "Response",
    "Proposal",
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
    """Django's admin, with a desk instead of its list of models."""

    site_header = f"{settings.SITE_NAME}: curating"
    site_title = settings.SITE_NAME
    index_title = "Desk"
    index_template = "admin/desk.html"
    # The forms need the width; the desk is one click away.
    enable_nav_sidebar = False

    def index(self, request, extra_context=None):
        from commitments.admin.desk import load_desk
        from commitments.admin.drift import read_known_count
        from commitments.admin.proposal_trays import load_proposal_trays

        desk = load_desk(request.user)
        desk["trays"] += load_proposal_trays(request.user)
        context = {
            "desk": desk,
            "drifting": read_known_count(request),
            **(extra_context or {}),
        }
        return super().index(request, context)

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=_find_place)
        return apps

    def get_urls(self):
        from commitments.admin.drift import make_drift_view
        from commitments.admin.manual import make_manual_view
        from commitments.admin.signing import make_signing_view

        own = [
            path("curating/", self.admin_view(make_manual_view(self)), name="curating"),
            path("drift/", self.admin_view(make_drift_view(self)), name="drift"),
            path("sign/<int:key>/", self.admin_view(make_signing_view(self)), name="signing"),
        ]
        return [*own, *super().get_urls()]


def _find_place(model):
    """Return the place of an entry of the list of models in the working order."""
    name = model["object_name"]
    if name in WORKING_ORDER:
        return WORKING_ORDER.index(name)
    return len(WORKING_ORDER)


# Named as Django's own, so that every link to the admin finds this one.
site = DeskSite(name="admin")
