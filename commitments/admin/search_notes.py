from django.contrib import admin
from django.utils import timezone

from commitments.admin.sites import site
from commitments.admin.under_pledges import UnderPledgeAdmin, UnderPledgeForm
from commitments.models import SearchNote


class SearchNoteForm(UnderPledgeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            today = timezone.now().date()
            self.initial.setdefault("searched_on", today)


@admin.register(SearchNote, site=site)
class SearchNoteAdmin(UnderPledgeAdmin):
    form = SearchNoteForm
    carried = ("pledge", "searched_on", "places", "places_ja")
    manual = {"searched_on": "search-notes", "places": "search-notes", "not_found": "search-notes"}
    list_display = ["not_found", "pledge", "searched_on", "state_shown", "edited"]
    list_select_related = ["pledge"]
    search_fields = ["not_found", "not_found_ja", "places", "slug", "pledge__title"]
    autocomplete_fields = ["pledge"]
    fieldsets = [
        ("For what", {"fields": ["pledge", "undertakings"]}),
        ("The search", {"fields": ["searched_on", "places", "not_found"]}),
        ("Japanese", {"fields": ["places_ja", "not_found_ja"], "classes": ["collapse"]}),
    ]
    beside_template = "admin/commitments/searchnote/beside.html"

    def load_side_context(self, request, record, form):
        pledge = self.find_pledge(form)
        if pledge is None:
            return {}
        notes = SearchNote.objects.filter(pledge=pledge).exclude(pk=record and record.pk)
        return {
            "pledge": pledge,
            "search_notes": notes.newest_first(),
            "evidence": pledge.evidence.newest_first(),
            "criteria": pledge.criteria.all(),
        }
