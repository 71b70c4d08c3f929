import json

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.html import format_html

from commitments.admin.redacting import Redacting
from commitments.admin.sites import site
from commitments.models import LedgerEntry, LedgerHead


@admin.register(LedgerEntry, site=site)
class LedgerEntryAdmin(Redacting, admin.ModelAdmin):
    """The public ledger, to look at. Nothing here can be added, changed or deleted.

    An administrator may redact a part of an entry.
    """

    list_display = [
        "seq",
        "recorded_at",
        "action",
        "record_type",
        "record_slug",
        "people_shown",
        "note",
    ]
    list_select_related = ["people"]
    list_filter = ["action", "record_type"]
    search_fields = ["record_slug", "note"]
    ordering = ["-seq"]
    list_per_page = 50
    readonly_fields = ["payload_shown", "people_shown"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "seq",
                    "recorded_at",
                    "action",
                    "record_type",
                    "record_slug",
                    "note",
                    "redacts",
                    "redacted_part",
                ]
            },
        ),
        ("Who published it", {"fields": ["people_shown"]}),
        ("What it published", {"fields": ["payload_shown"]}),
        ("Chain", {"fields": ["payload_sha256", "previous_hash", "hash"]}),
    ]

    def changelist_view(self, request, extra_context=None):
        head = LedgerHead.objects.filter(pk=1).first()
        title = "No entries yet"
        if head and head.seq:
            title = f"The public ledger: {head.seq} entries, head {head.hash[:16]}"
        context = {"title": title, **(extra_context or {})}
        return super().changelist_view(request, context)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="people")
    def people_shown(self, entry):
        return render_to_string("admin/commitments/people.html", {"entry": entry})

    @admin.display(description="payload")
    def payload_shown(self, entry):
        if not entry.payload_sha256:
            return "This action carries none."
        if not hasattr(entry, "payload"):
            return "Redacted."
        body = json.dumps(entry.payload.body, ensure_ascii=False, indent=2)
        return format_html('<pre class="payload">{}</pre>', body)
