"""The targets inside a pledge."""

import re
from copy import copy

from django import forms

from commitments.admin.forms import TypedForm
from commitments.admin.rows import RowFormSet, Stacked
from commitments.judging.entered_targets import (
    SHARED_BASELINE,
    find_due_faults,
    find_target_faults,
)
from commitments.models import FIGURE_KIND_CHOICES, BorneBy, Target, Undertaking
from commitments.models.targets import actual_only
from commitments.verdicts.targets import FALLS_AND_RISES, Comparator, Kind
from commitments.verdicts.wording import COMPARATORS

LEVELS = (
    Comparator.AT_LEAST,
    Comparator.AT_MOST,
    Comparator.EQUAL,
    Comparator.BETWEEN,
    Comparator.BELOW_BASELINE,
)
CHANGES = tuple(comparator for comparator in Comparator if comparator in FALLS_AND_RISES)
NUMBER_COLUMNS = frozenset(
    {"kind", "comparator", "value", "upper_value", "per_cent", "label", "indicator"}
)
DUE_COLUMNS = frozenset({"due", "no_due_day", "role"})
PARTY_OF_ROW = re.compile(r"(undertakings-[0-9]+)-party")
# The typed texts that say which way a figure is to go.
WORDS = ("quote", "translation", "title")
NO_COMPARATOR = "Choose how a figure is held against the value."


def list_comparators(kind):
    """Return the choices of a comparator, those of a change first.

    An older target of a change may hold a signed value against “at least”.
    """
    changes = [(code.value, COMPARATORS[code].label) for code in CHANGES]
    levels = [(code.value, COMPARATORS[code].label) for code in LEVELS]
    title = "A level is"
    if kind == Kind.CHANGE:
        title = "The change itself, with its sign, is"
    return [("", "---------"), ("A change", changes), (title, levels)]


class TargetForm(TypedForm):
    accepts = forms.MultipleChoiceField(
        label="accepts",
        choices=FIGURE_KIND_CHOICES,
        initial=actual_only,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kinds of figure that may close it.",
    )
    # Nothing is offered first: whoever enters it says which way it goes.
    comparator = forms.ChoiceField(label="comparator", required=False)

    def __init__(self, *args, pledge=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.pledge = pledge
        if "comparator" in self.fields:
            self.fields["comparator"].choices = list_comparators(self.instance.kind)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("comparator") and "comparator" not in self.errors:
            self._choose_comparator(cleaned)
        row = self._build_row(cleaned)
        if self._is_changed(DUE_COLUMNS):
            self._add_faults(find_due_faults(row))
        if self._is_changed(NUMBER_COLUMNS):
            self._add_faults(find_target_faults(row, self._join_words(cleaned)))
        if self._is_changed({"baseline_value"}) and self._shares_baseline(row):
            self._add_faults({"baseline_value": SHARED_BASELINE})
        return cleaned

    def _choose_comparator(self, cleaned):
        if cleaned.get("kind") == Kind.MILESTONE:
            # An event has nothing to compare; the column is never empty.
            cleaned["comparator"] = Comparator.AT_LEAST.value
        else:
            self.add_error("comparator", NO_COMPARATOR)

    def _build_row(self, cleaned):
        row = copy(self.instance)
        for name in self.fields:
            if hasattr(row, name) and name in cleaned:
                setattr(row, name, cleaned[name])
        return row

    def _is_changed(self, columns):
        return not self.instance.pk or not columns.isdisjoint(self.changed_data)

    def _add_faults(self, faults):
        for column, sentence in faults.items():
            if column in self.fields and column not in self.errors:
                self.add_error(column, sentence)

    def _join_words(self, cleaned):
        """Return the label, and the texts of the pledge as they are typed or stored."""
        texts = [cleaned.get("label") or ""]
        for name in WORDS:
            stored = getattr(self.pledge, name, "")
            texts.append(self.data.get(name, stored))
        return " ".join(texts)

    def _shares_baseline(self, row):
        """Whether one typed baseline would count for parties that are measured by themselves."""
        if row.baseline_value is None or row.undertaking_id or row.measured_for_id:
            return False
        borne_by = self.data.get("borne_by", getattr(self.pledge, "borne_by", BorneBy.EACH))
        return borne_by == BorneBy.EACH and self._count_parties() > 1

    def _count_parties(self):
        """Return how many parties owe the pledge by what was typed."""
        count = 0
        for name, value in self.data.items():
            row = PARTY_OF_ROW.fullmatch(name)
            if row and value and f"{row[1]}-DELETE" not in self.data:
                count += 1
        if self.data.get("binds_participants"):
            return max(count, 2)
        return count


class TargetFormSet(RowFormSet):
    def get_form_kwargs(self, index):
        return {**super().get_form_kwargs(index), "pledge": self.instance}


class TargetInline(Stacked):
    model = Target
    form = TargetForm
    formset = TargetFormSet
    autocomplete_fields = ["indicator", "measured_for", "baseline_source"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("role", "kind", "undertaking"),
                    ("label", "label_ja"),
                    ("indicator", "measured_for"),
                    ("comparator", "value", "per_cent"),
                    ("due", "no_due_day"),
                    ("baseline_period", "baseline_value", "baseline_source"),
                ]
            },
        ),
        (
            "If two values were named",
            {"fields": [("upper_value", "met_at")], "classes": ["collapse"]},
        ),
        (
            "How it is counted",
            {
                "fields": [("window_start", "decimals", "partly_met_share"), "accepts"],
                "classes": ["collapse"],
            },
        ),
    ]
    extra = 0
    classes = ["wide-rows"]
    pledge = None

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("pledge", "undertaking__party", "indicator")

    def get_formset(self, request, obj=None, **kwargs):
        self.pledge = obj
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "undertaking":
            undertakings = Undertaking.objects.none()
            if self.pledge:
                undertakings = Undertaking.objects.filter(pledge=self.pledge)
            kwargs["queryset"] = undertakings.select_related("party", "pledge")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
