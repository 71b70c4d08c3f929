from django import forms
from django.contrib import admin

from commitments.admin.forms import RootForm, TypedForm
from commitments.admin.roots import RootAdmin
from commitments.admin.rows import RowFormSet, Tabular
from commitments.admin.sites import site
from commitments.judging.entered_figures import explain_early_actual, explain_outside_bounds
from commitments.models import Indicator, Observation, Release, State
from commitments.verdicts.targets import count_written_decimals

# The name of the box that a figure is right although its unit hardly allows it.
ON_PURPOSE = "outside_bounds"


class ObservationForm(TypedForm):
    outside_bounds = forms.BooleanField(
        label="Outside the bounds on purpose",
        required=False,
        help_text="The figure is right, though the indicator's bounds exclude it.",
    )

    def __init__(self, *args, release=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.release = release
        if "decimals" in self.fields:
            self.fields["decimals"].required = False

    def clean(self):
        cleaned = super().clean()
        value = cleaned.get("value")
        if value is not None:
            self._check_decimals(cleaned, value)
        if value is not None and "value" in self.changed_data:
            self._ask_about_bounds(value)
        self._refuse_early_actual(cleaned)
        return cleaned

    def _check_decimals(self, cleaned, value):
        written = count_written_decimals(value)
        decimals = cleaned.get("decimals")
        if decimals is None:
            # As many as were typed: 2 for “1.60”.
            cleaned["decimals"] = written
        elif decimals < written and "value" in self.changed_data:
            sentence = f"The value has {written} decimals. Leave this empty, or correct it."
            self.add_error("decimals", sentence)

    def _refuse_early_actual(self, cleaned):
        kind = cleaned.get("kind")
        last_day = cleaned.get("period_end")
        released_on = self.release.released_on
        if not last_day or not released_on:
            return
        sentence = explain_early_actual(kind, "This period", last_day, released_on)
        if sentence and self.changed_data:
            self.add_error("kind", sentence)

    def _ask_about_bounds(self, value):
        """Refuse a figure beyond its indicator's bounds, unless it is ticked that it is right."""
        is_on_purpose = self.cleaned_data.get(ON_PURPOSE)
        if is_on_purpose or not self.release.indicator_id:
            return
        sentence = explain_outside_bounds(value, self.release.indicator)
        if sentence:
            advice = "Correct it, or tick “outside the bounds on purpose” in this row."
            self.add_error("value", f"{sentence} {advice}")


class ObservationFormSet(RowFormSet):
    def get_form_kwargs(self, index):
        options = super().get_form_kwargs(index)
        options["release"] = self.instance
        return options


class ObservationInline(Tabular):
    model = Observation
    form = ObservationForm
    formset = ObservationFormSet
    autocomplete_fields = ["party"]
    extra = 2

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("party", "release")

    def get_fields(self, request, obj=None):
        names = super().get_fields(request, obj)
        if obj is None or obj.state == State.DRAFT:
            return names
        # It is kept nowhere: there is nothing to show of it.
        return [name for name in names if name != ON_PURPOSE]


class IndicatorForm(RootForm):
    def clean(self):
        cleaned = super().clean()
        lowest, highest = cleaned.get("lowest"), cleaned.get("highest")
        if lowest is not None and highest is not None and highest < lowest:
            sentence = "The highest possible figure is below the lowest. Check both."
            self.add_error("highest", sentence)
        return cleaned


@admin.register(Indicator, site=site)
class IndicatorAdmin(RootAdmin):
    form = IndicatorForm
    list_display = ["name", "unit", "publisher", "stage", "state_shown", "edited"]
    list_filter = [*RootAdmin.list_filter, "frequency", "stage"]
    search_fields = ["name", "name_ja", "unit", "publisher", "slug"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "unit", "definition"]}),
        (
            "Published by",
            {
                "fields": [
                    "publisher",
                    "url",
                    ("frequency", "fiscal_year_starts", "fiscal_year_named"),
                ]
            },
        ),
        ("Figures that can be", {"fields": [("lowest", "highest")]}),
        ("Money", {"fields": [("stage", "currency", "price_year")]}),
        ("Japanese", {"fields": ["name_ja"], "classes": ["collapse"]}),
    ]


@admin.register(Release, site=site)
class ReleaseAdmin(RootAdmin):
    named_by = "title"
    frozen = True
    list_display = ["title", "indicator", "released_on", "state_shown", "edited"]
    list_select_related = ["indicator"]
    search_fields = ["title", "indicator__name", "slug"]
    autocomplete_fields = ["indicator"]
    fieldsets = [
        (None, {"fields": ["indicator", "title", "slug", "released_on", "url", "sha256", "note"]})
    ]
    inlines = [ObservationInline]
