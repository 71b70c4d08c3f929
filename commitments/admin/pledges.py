from django import forms
from django.contrib import admin
from django.utils import timezone

from commitments.admin.forms import RootForm
from commitments.admin.pledge_rows import (
    CriteriaInline,
    PledgeLinkInline,
    PledgeQuoteInline,
    UndertakingInline,
)
from commitments.admin.previews import Previewing
from commitments.admin.roots import RootAdmin
from commitments.admin.rows import fold_fiscal
from commitments.admin.sites import site
from commitments.admin.targets import TargetInline
from commitments.judging.evaluating import evaluate_parts
from commitments.models import Assessment, Evidence, Participation, Pledge, Undertaking
from commitments.pages.pledges import pledge_detail


class PledgeForm(RootForm):
    binds_participants = forms.BooleanField(
        label="Binds every party at the summit",
        required=False,
        help_text="Adds an undertaking for each participant of the summit that has none below.",
    )


@admin.register(Pledge, site=site)
class PledgeAdmin(Previewing, RootAdmin):
    form = PledgeForm
    named_by = "title"
    save_as = True
    carried = (
        "summit",
        "occasion",
        "source",
        "made_on",
        "made_on_precision",
        "stated_by",
        "stated_by_leader",
        "attribution",
        "quote_language",
    )
    manual = {
        "attribution": "attribution",
        "modality": "modality",
        "kind": "kind",
        "borne_by": "borne-by",
        "verifiability": "verifiability",
        "deadline": "imprecise-dates",
        "deadline_words": "the-deadlines-words-and-a-condition",
        "condition": "the-deadlines-words-and-a-condition",
        "quote": "quotes-and-locators",
    }
    list_display = ["title", "summit", "stated_by", "made_on", "deadline", "state_shown", "edited"]
    list_select_related = ["summit", "stated_by"]
    list_filter = [*RootAdmin.list_filter, "attribution", "kind", "summit"]
    search_fields = ["title", "title_ja", "quote", "slug"]
    autocomplete_fields = ["summit", "source", "stated_by", "stated_by_leader", "topics"]
    fieldsets = [
        (
            "The words",
            {"fields": ["source", "locator", "quote", ("quote_is_verbatim", "quote_language")]},
        ),
        ("Translation", {"fields": ["translation", "translated_by"], "classes": ["collapse"]}),
        (
            "Who, where, when",
            {
                "fields": [
                    "summit",
                    "occasion",
                    ("made_on", "made_on_precision"),
                    ("stated_by", "stated_by_leader"),
                ]
            },
        ),
        (
            "What it is",
            {
                "fields": [
                    "title",
                    "slug",
                    ("attribution", "modality", "kind"),
                    "topics",
                    "explanation",
                ]
            },
        ),
        (
            "By when",
            {
                "fields": [
                    ("deadline", "deadline_precision"),
                    "deadline_words",
                    "condition",
                ]
            },
        ),
        fold_fiscal("deadline", "If the deadline is a fiscal year or a period"),
        ("Can it be checked", {"fields": ["verifiability", "verifiability_reason", "borne_by"]}),
        (
            "Japanese",
            {
                "fields": ["title_ja", "occasion_ja", "condition_ja", "explanation_ja"],
                "classes": ["collapse"],
            },
        ),
    ]
    inlines = [
        UndertakingInline,
        CriteriaInline,
        TargetInline,
        PledgeQuoteInline,
        PledgeLinkInline,
    ]
    public_view = staticmethod(pledge_detail)
    beside_template = "admin/commitments/pledge/beside.html"

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            fieldsets.append(("Who owes it", {"fields": ["binds_participants"]}))
        return fieldsets

    def complete(self, form, *, change):
        pledge = form.instance
        for row in pledge.undertakings.select_related("party", "pledge"):
            slug = row.slug
            row.clean()
            if row.slug != slug:
                row.save(update_fields=["slug"])
        if form.cleaned_data.get("binds_participants") and not change:
            bind_participants(pledge)

    def load_side_context(self, request, record, form):
        if record is None:
            return {}
        assessments = Assessment.objects.filter(undertaking__pledge=record)
        assessments = assessments.select_related("undertaking__party")
        undertakings = list(record.undertakings.select_related("party"))
        today = timezone.now().date()
        return {
            "undertakings": undertakings,
            "ruled": evaluate_parts(undertakings, as_of=today, known_on=today),
            "evidence": Evidence.objects.filter(pledge=record).newest_first(),
            "assessments": assessments.newest_first(),
        }


def bind_participants(pledge):
    """Add an undertaking for each party at the pledge's summit that has none."""
    parties = set(pledge.undertakings.values_list("party", flat=True))
    participations = Participation.objects.filter(summit=pledge.summit).select_related("party")
    for participation in participations.order_by("party__name", "pk"):
        if participation.party_id in parties:
            continue
        parties.add(participation.party_id)
        undertaking = Undertaking(pledge=pledge, party=participation.party)
        undertaking.clean()
        undertaking.save()
