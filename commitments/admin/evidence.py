from django.contrib import admin
from django.forms import CheckboxSelectMultiple

from commitments.admin.forms import RootForm, make_slug_under
from commitments.admin.going_back import GoingBack
from commitments.admin.roots import RootAdmin
from commitments.admin.rows import fold_fiscal
from commitments.admin.sites import site
from commitments.models import Evidence, Pledge, Undertaking


class EvidenceForm(RootForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "undertakings" in self.fields:
            self._limit_undertakings()
        language = self.fields.get("excerpt_language")
        if language:
            language.help_text = "Of an excerpt: “en”, “ja”. Empty: the source's."

    def _limit_undertakings(self):
        """Offer only the undertakings of the chosen pledge."""
        field = self.fields["undertakings"]
        undertakings = Undertaking.objects.filter(pledge=self.pledge_id)
        field.queryset = undertakings.select_related("party", "pledge")
        field.label_from_instance = lambda row: row.party.name
        if self.pledge_id is None:
            field.help_text = (
                "Choose a pledge and save: then its parties are offered here. None chosen: all."
            )

    @property
    def pledge_id(self):
        """The key of the pledge: typed, stored or named by the link."""
        if "pledge" not in self.fields:
            return self.instance.pledge_id
        if self.is_bound:
            key = self.data.get("pledge")
        else:
            key = self.instance.pledge_id or self.initial.get("pledge")
        if not str(key).isdecimal():
            return None
        return int(key)

    def clean(self):
        cleaned = super().clean()
        pledge = cleaned.get("pledge")
        if pledge and not self.instance.slug:
            self.instance.slug = make_slug_under(pledge)
        source = cleaned.get("source")
        if source and cleaned.get("excerpt") and "excerpt_language" not in self.changed_data:
            language = cleaned.get("excerpt_language") or source.language
            cleaned["excerpt_language"] = language
        return cleaned


@admin.register(Evidence, site=site)
class EvidenceAdmin(GoingBack, RootAdmin):
    form = EvidenceForm
    save_as = True
    carried = ("pledge", "source")
    manual = {
        "stance": "stance",
        "happened_on": "imprecise-dates",
        "excerpt": "quotes-and-locators",
    }
    list_display = ["finding", "pledge", "stance", "source", "happened_on", "state_shown", "edited"]
    list_select_related = ["pledge", "source"]
    list_filter = [*RootAdmin.list_filter, "stance"]
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

    def get_readonly_fields(self, request, obj=None):
        fields = list(super().get_readonly_fields(request, obj))
        # Verdicts on its pledge may rest on published evidence, so it cannot move to another one.
        if obj and self.keeps_slug(obj):
            fields.append("pledge")
        return fields

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("widget", CheckboxSelectMultiple)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def load_side_context(self, request, record, form):
        if not hasattr(form, "pledge_id"):
            return {}
        pledge = Pledge.objects.filter(pk=form.pledge_id).first()
        if pledge is None:
            return {}
        evidence = Evidence.objects.filter(pledge=pledge).exclude(pk=record and record.pk)
        return {
            "pledge": pledge,
            "evidence": evidence.newest_first(),
            "criteria": pledge.criteria.all(),
        }
