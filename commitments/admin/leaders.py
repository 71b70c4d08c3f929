from django.contrib import admin

from commitments.admin.roots import RootAdmin
from commitments.admin.rows import Stacked
from commitments.admin.sites import site
from commitments.models import Leader, Tenure


class TenureInline(Stacked):
    model = Tenure
    verbose_name = "term of office"
    verbose_name_plural = "terms of office"
    fields = [
        ("party", "office", "office_ja"),
        ("starts_on", "starts_on_precision"),
        ("ends_on", "ends_on_precision"),
    ]
    classes = ["wide-rows"]
    autocomplete_fields = ["party"]


@admin.register(Leader, site=site)
class LeaderAdmin(RootAdmin):
    list_display = ["name", "native_name", "state_shown", "edited"]
    search_fields = ["name", "native_name", "slug", "tenures__office"]
    fieldsets = [(None, {"fields": ["name", "slug", "native_name", "wikidata_id"]})]
    inlines = [TenureInline]


@admin.register(Tenure, site=site)
class TenureAdmin(admin.ModelAdmin):
    """Only looked up, from a summit's participants; entered and edited at the leader."""

    search_fields = [
        "office",
        "leader__name",
        "leader__native_name",
        "party__name",
        "party__names__name",
    ]
    list_select_related = ["leader", "party"]
    list_display = ["leader", "office", "party", "starts_on", "ends_on"]
    ordering = ["leader__name", "starts_on"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("leader", "party")

    def has_module_permission(self, request):
        return False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
