from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from commitments.admin.older_versions import OlderVersionFilter
from commitments.admin.sites import site
from commitments.judging.differing import evaluate_on
from commitments.models import Undertaking
from commitments.verdicts.statuses import MEANINGS


class DueFilter(admin.SimpleListFilter):
    title = "due"
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [
            ("overdue", "Overdue"),
            ("unjudged", "Not assessed"),
            ("out_of_date", "May be out of date"),
        ]

    def queryset(self, request, queryset):
        today = timezone.now().date()
        if self.value() == "overdue":
            return queryset.overdue(on=today)
        if self.value() == "out_of_date":
            aged = queryset.may_be_out_of_date(on=today)
            return aged.order_by("checked_on", "slug")
        if self.value() == "unjudged":
            return queryset.filter(shown_status="", exempt_reason="")
        return queryset


class StatusFilter(admin.SimpleListFilter):
    title = "status"
    parameter_name = "shown_status"

    def lookups(self, request, model_admin):
        return [(str(status), meaning.word) for status, meaning in MEANINGS.items()]

    def queryset(self, request, queryset):
        if self.value():
            return queryset.filter(shown_status=self.value())
        return queryset


@admin.register(Undertaking, site=site)
class UndertakingAdmin(admin.ModelAdmin):
    """A list to judge from. Undertakings are entered and edited at their pledge."""

    list_display = ["party", "pledge_link", "status_shown", "deadline", "checked_on", "assess"]
    list_display_links = ["party"]
    list_select_related = ["party", "pledge"]
    list_filter = [DueFilter, StatusFilter, OlderVersionFilter]
    search_fields = ["slug", "party__name", "party__names__name", "pledge__title"]
    ordering = ["-pledge__made_on", "slug"]
    list_per_page = 50

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("party", "pledge")

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj:
            day = timezone.now().date()
            context.update(ruled=evaluate_on(obj, day), ruled_on=day, undertaking=obj)
            context["beside_template"] = "admin/commitments/undertaking/beside.html"
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="pledge", ordering="pledge__title")
    def pledge_link(self, row):
        address = reverse("admin:commitments_pledge_change", args=[row.pledge_id])
        return format_html('<a href="{}">{}</a>', address, row.pledge.title)

    @admin.display(description="status", ordering="shown_status")
    def status_shown(self, row):
        if row.is_exempt:
            return "Exempt"
        return MEANINGS[row.status].word

    @admin.display(description="deadline", ordering="pledge__deadline")
    def deadline(self, row):
        return row.last_day

    @admin.display(description="")
    def assess(self, row):
        if row.is_exempt:
            return ""
        address = reverse("admin:commitments_assessment_add")
        return format_html('<a href="{}?undertaking={}">Assess</a>', address, row.pk)
