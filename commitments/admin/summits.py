from django.contrib import admin

from commitments.admin.previews import Previewing
from commitments.admin.roots import RootAdmin
from commitments.admin.rows import Tabular
from commitments.admin.sites import site
from commitments.models import Participation, Pledge, Summit, SummitSeries
from commitments.pages.summits import summit_detail

LISTED_PLEDGES = 60


class ParticipationInline(Tabular):
    model = Participation
    autocomplete_fields = ["party", "leader", "tenure"]
    extra = 2


@admin.register(SummitSeries, site=site)
class SummitSeriesAdmin(RootAdmin):
    list_display = ["name", "state_shown", "edited"]
    search_fields = ["name", "name_ja", "slug"]
    fieldsets = [(None, {"fields": ["name", "slug", "name_ja"]})]


@admin.register(Summit, site=site)
class SummitAdmin(Previewing, RootAdmin):
    list_display = ["name", "starts_on", "kind", "series", "state_shown", "edited"]
    list_select_related = ["series"]
    list_filter = [*RootAdmin.list_filter, "kind", "series"]
    search_fields = ["name", "name_ja", "city", "slug"]
    autocomplete_fields = ["series", "country"]
    fieldsets = [
        (None, {"fields": ["name", "slug", ("series", "kind")]}),
        ("When and where", {"fields": [("starts_on", "ends_on"), ("city", "country"), "venue"]}),
        ("For the reader", {"fields": ["summary"]}),
        ("Japanese", {"fields": ["name_ja", "summary_ja"], "classes": ["collapse"]}),
    ]
    inlines = [ParticipationInline]
    public_view = staticmethod(summit_detail)
    beside_template = "admin/commitments/summit/beside.html"

    def load_side_context(self, request, record, form):
        if record is None:
            return {}
        pledges = Pledge.objects.filter(summit=record).order_by("-edited_at")
        return {
            "pledges": pledges[:LISTED_PLEDGES],
            "many_pledges": pledges.count(),
        }
