from django.contrib import admin
from django.forms import CheckboxSelectMultiple

from commitments.admin.forms import RootForm, slug_under
from commitments.admin.roots import RootAdmin
from commitments.admin.sites import site
from commitments.models import Evidence, Pledge, Undertaking


class EvidenceForm(RootForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "undertakings" in self.fields:
            field = self.fields["undertakings"]
            field.queryset = Undertaking.objects.filter(pledge=self.pledge_id).select_related(
                "party", "pledge"
            )
            field.label_from_instance = lambda row: row.party.name
            if self.pledge_id is None:
                field.help_text = (
                    "Choose a pledge and save: then its parties are offered here. None chosen: all."
                )
        if "excerpt_language" in self.fields:
            self.fields[
                "excerpt_language"
            ].help_text = "Of an excerpt: “en”, “ja”. Empty: the source's."

    @property
    def pledge_id(self):
        """The pledge that is chosen now: typed, stored or given in the link."""
        if "pledge" not in self.fields:
            return self.instance.pledge_id
        given = (
            self.data.get("pledge")
            if self.is_bound
            else self.instance.pledge_id or self.initial.get("pledge")
        )
        return int(given) if str(given).isdecimal() else None

    def clean(self):
        cleaned = super().clean()
        if not self.instance.slug and cleaned.get("pledge"):
            self.instance.slug = slug_under(cleaned["pledge"])
        if (
            cleaned.get("excerpt")
            and "excerpt_language" not in self.changed_data
            and cleaned.get("source")
        ):
            cleaned["excerpt_language"] = (
                cleaned.get("excerpt_language") or cleaned["source"].language
            )
        return cleaned


@admin.register(Evidence, site=site)
class EvidenceAdmin(RootAdmin):
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
                    ("happened_on_fiscal_start", "happened_on_from"),
                ]
            },
        ),
        ("Japanese", {"fields": ["finding_ja"], "classes": ["collapse"]}),
    ]
    beside_template = "admin/commitments/evidence/beside.html"

    def get_readonly_fields(self, request, obj=None):
        # Published evidence may hold up verdicts on its pledge: it cannot move to another.
        fixed = ["pledge"] if obj and self.keeps_slug(obj) else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(
            db_field, request, **{"widget": CheckboxSelectMultiple, **kwargs}
        )

    def beside(self, request, record, form):
        pledge = (
            Pledge.objects.filter(pk=form.pledge_id).first() if hasattr(form, "pledge_id") else None
        )
        if pledge is None:
            return {}
        others = (
            Evidence.objects.filter(pledge=pledge).exclude(pk=record and record.pk).newest_first()
        )
        return {"pledge": pledge, "evidence": others, "criteria": pledge.criteria.all()}
