from django.contrib import admin

from commitments.admin.forms import TypedForm
from commitments.admin.roots import RootAdmin
from commitments.admin.rows import Tabular
from commitments.admin.sites import site
from commitments.models import Indicator, Observation, Release


class ObservationForm(TypedForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "decimals" in self.fields:
            self.fields["decimals"].required = False

    def clean(self):
        cleaned = super().clean()
        value = cleaned.get("value")
        if value is not None and cleaned.get("decimals") is None:
            # As many as were typed: 2 for “1.60”.
            _sign, _digits, exponent = value.as_tuple()
            cleaned["decimals"] = max(0, -exponent)
        return cleaned


class ObservationInline(Tabular):
    model = Observation
    form = ObservationForm
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
        (
            "Published by",
            {
                "fields": [
                    "publisher",
                    "url",
                    ("frequency", "fiscal_year_starts", "fiscal_year_named"),
                ]
            },
        ),
        ("Figures that can be", {"fields": [("lowest", "highest")]}),
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
