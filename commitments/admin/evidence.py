from django.contrib import admin

from commitments.admin.rows import fold_fiscal
from commitments.admin.sites import site
from commitments.admin.under_pledges import UnderPledgeAdmin, UnderPledgeForm
from commitments.models import Evidence


class EvidenceForm(UnderPledgeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        language = self.fields.get("excerpt_language")
        if language:
            language.help_text = "Of an excerpt: “en”, “ja”. Empty: the source's."

    def clean(self):
        cleaned = super().clean()
        source = cleaned.get("source")
        if source and cleaned.get("excerpt") and "excerpt_language" not in self.changed_data:
            language = cleaned.get("excerpt_language") or source.language
            cleaned["excerpt_language"] = language
        return cleaned


@admin.register(Evidence, site=site)
class EvidenceAdmin(UnderPledgeAdmin):
    form = EvidenceForm
    carried = ("pledge", "source")
    manual = {
        "stance": "stance",
        "happened_on": "imprecise-dates",
        "excerpt": "quotes-and-locators",
    }
    list_display = ["finding", "pledge", "stance", "source", "happened_on", "state_shown", "edited"]
    list_select_related = ["pledge", "source"]
    list_filter = [*UnderPledgeAdmin.list_filter, "stance"]
    search_fields = ["finding", "finding_ja", "excerpt", "slug", "pledge__title", "source__title"]
    autocomplete_fields = ["pledge", "source"]
    fieldsets = [
        ("What it bears on", {"fields": ["pledge", "undertakings"]}),
        ("What it shows", {"fields": ["source", "stance", "finding", "locator"]}),
        (
            "In its words",
            {"fields": ["excerpt", "excerpt_language", "translation", "translated_by"]},
        ),
        (
            "When it happened",
            {
                "fields": [
                    ("happened_on", "happened_on_precision"),
                    "is_milestone",
                ]
            },
        ),
        fold_fiscal("happened_on", "If it happened in a fiscal year or a period"),
        ("Japanese", {"fields": ["finding_ja"], "classes": ["collapse"]}),
    ]
    beside_template = "admin/commitments/evidence/beside.html"

    def load_side_context(self, request, record, form):
        pledge = self.find_pledge(form)
        if pledge is None:
            return {}
        evidence = Evidence.objects.filter(pledge=pledge).exclude(pk=record and record.pk)
        return {
            "pledge": pledge,
            "evidence": evidence.newest_first(),
            "criteria": pledge.criteria.all(),
        }
