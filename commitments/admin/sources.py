from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from commitments.admin.forms import RootForm
from commitments.admin.roots import RootAdmin
from commitments.admin.rows import Stacked, Tabular, fold_fiscal
from commitments.admin.sites import site
from commitments.judging.same_addresses import ADDRESSES, find_same_sources
from commitments.models import Snapshot, Source, Statement


class SourceForm(RootForm):
    """Refuses a source that is on record already, and leads to it."""

    def clean(self):
        cleaned = super().clean()
        is_new = self.instance.pk is None
        if is_new or not set(ADDRESSES).isdisjoint(self.changed_data):
            self._refuse_same_address(cleaned)
        return cleaned

    def _refuse_same_address(self, cleaned):
        addresses = {column: cleaned.get(column) or "" for column in ADDRESSES}
        source = Source(pk=self.instance.pk, **addresses)
        for same in find_same_sources(source):
            sentence = format_html(
                'A source with this address is on record: <a href="{}">{}</a> ({}). Use that one.',
                reverse("admin:commitments_source_change", args=[same.source.pk]),
                same.source,
                same.source.get_state_display().lower(),
            )
            self.add_error(same.column if same.column in self.fields else None, sentence)
            return


class SnapshotInline(Tabular):
    """Our copies of the source: to look at, never entered by hand."""

    model = Snapshot
    fields = [
        "retrieved_at",
        "http_status",
        "media_type",
        "byte_size",
        "sha256",
        "final_url_shown",
        "archived_url",
    ]
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="address after redirects")
    def final_url_shown(self, snapshot):
        # Text, not a link, because a server chose this address and not a curator.
        return format_html("{}", snapshot.final_url)


class StatementInline(Stacked):
    model = Statement
    autocomplete_fields = ["pledges"]
    fields = ["quote", ("locator", "pledges"), "not_tracked_reason"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("source").prefetch_related("pledges")


@admin.register(Source, site=site)
class SourceAdmin(RootAdmin):
    form = SourceForm
    named_by = "title"
    save_as = True
    carried = ("kind", "publisher", "language", "tier", "issued_by", "issued_at")
    manual = {"tier": "evidence-tiers-and-own-claims", "published_on_precision": "imprecise-dates"}
    list_display = ["title", "publisher", "published_on", "tier", "state_shown", "edited"]
    list_filter = [*RootAdmin.list_filter, "tier", "kind"]
    search_fields = ["title", "title_ja", "publisher", "slug", "url"]
    autocomplete_fields = ["issued_by", "issued_at"]
    fieldsets = [
        (None, {"fields": ["title", "slug", ("kind", "tier"), "publisher", "language"]}),
        ("Where it is", {"fields": ["url", "read_at", "archived_at"]}),
        (
            "Published",
            {
                "fields": [
                    ("published_on", "published_on_precision"),
                    ("issued_by", "issued_at"),
                ]
            },
        ),
        fold_fiscal("published_on", "If it was published in a fiscal year or a period"),
        ("For the reader", {"fields": ["note", "may_show_copy", "title_ja"]}),
    ]
    inlines = [StatementInline, SnapshotInline]
    beside_template = "admin/commitments/source/beside.html"

    def load_side_context(self, request, record, form):
        statements = record.statements.prefetch_related("pledges") if record else []
        tracked = [statement for statement in statements if statement.pledges.all()]
        return {
            "found": len(statements),
            "tracked": len(tracked),
        }
