from django.contrib import admin

from commitments.admin.roots import RootAdmin
from commitments.admin.rows import Tabular
from commitments.admin.sites import site
from commitments.models import Indicator, Observation, Release


class ObservationInline(Tabular):
    model = Observation
    autocomplete_fields = ["party"]
    extra = 2

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("party", "release")


@admin.register(Indicator, site=site)
class IndicatorAdmin(RootAdmin):
    list_display = ["name", "unit", "publisher", "stage", "state_shown", "edited"]
    list_filter = [*RootAdmin.list_filter, "frequency", "stage"]
    search_fields = ["name", "name_ja", "unit", "publisher", "slug"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "unit", "definition"]}),
        ("Published by", {"fields": ["publisher", "url", ("frequency", "fiscal_year_starts")]}),
        ("Money", {"fields": [("stage", "currency", "price_year")]}),
        ("Japanese", {"fields": ["name_ja"], "classes": ["collapse"]}),
    ]


@admin.register(Release, site=site)
class ReleaseAdmin(RootAdmin):
    named_by = "title"
    frozen = True
    list_display = ["title", "indicator", "released_on", "state_shown", "edited"]
    list_select_related = ["indicator"]
    search_fields = ["title", "indicator__name", "slug"]
    autocomplete_fields = ["indicator"]
    fieldsets = [
        (None, {"fields": ["indicator", "title", "slug", "released_on", "url", "sha256", "note"]})
    ]
    inlines = [ObservationInline]
