from django.contrib import admin

from commitments.admin.roots import RootAdmin
from commitments.admin.rows import Tabular
from commitments.admin.sites import site
from commitments.models import OutsideReport, OutsideVerdict


class OutsideVerdictInline(Tabular):
    model = OutsideVerdict
    autocomplete_fields = ["undertaking"]
    extra = 2

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related(
            "undertaking__party",
            "undertaking__pledge",
            "report__assessor",
        )


@admin.register(OutsideReport, site=site)
class OutsideReportAdmin(RootAdmin):
    named_by = "title"
    list_display = ["title", "assessor", "published_on", "state_shown", "edited"]
    list_select_related = ["assessor"]
    search_fields = ["title", "assessor__name", "slug"]
    autocomplete_fields = ["assessor", "source"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "assessor", "source", "published_on"]}),
        ("How they judge", {"fields": ["scale", "licence"]}),
    ]
    inlines = [OutsideVerdictInline]
