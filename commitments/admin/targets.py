"""The targets inside a pledge."""

import re
from copy import copy

from django import forms

from commitments.admin.forms import TypedForm
from commitments.admin.rows import RowFormSet, Stacked
from commitments.judging.baseline_periods import explain_baseline_period
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
BASELINE_COLUMNS = frozenset({"baseline_value"})
PERIOD_COLUMNS = frozenset({"baseline_period", "baseline_value", "indicator"})
DUE_COLUMNS = frozenset({"due", "no_due_day", "role"})
PARTY_OF_ROW = re.compile(r"(undertakings-[0-9]+)-party")
# A summit has more than one party.
SEVERAL = 2
# The typed texts that say which way a figure is to go.
WORDS = ("quote", "translation", "title")
HELP = {
    "value": "Without a sign where the comparator says which way: 45 for “cut by at least 45 %”.",
    "per_cent": (
        "Only for a change: the value is a percentage of the baseline. Not ticked: it is in the"
        " indicator's own unit."
    ),
    "due": "The last day that counts. “2030” is 31 December 2030.",
}
NO_COMPARATOR = "Choose how a figure is held against the value."


def list_comparators(kind):
    """Return the choices of a comparator, those of a change first.

    An older target of a change may hold a signed value against “at least”.
    """
    changes = [_build_choice(code) for code in CHANGES]
    levels = [_build_choice(code) for code in LEVELS]
    title = "A level is"
    if kind == Kind.CHANGE:
        title = "The change itself, with its sign, is"
    return [("", "---------"), ("A change", changes), (title, levels)]


def _build_choice(code):
    words = COMPARATORS[code]
    return code.value, words.label


class TargetForm(TypedForm):
    accepts = forms.MultipleChoiceField(
        label="Accepts",
        choices=FIGURE_KIND_CHOICES,
        initial=actual_only,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kinds of figure that may close it.",
    )
    # Nothing is offered first: whoever enters it says which way it goes.
    comparator = forms.ChoiceField(label="Comparator", required=False)

    def __init__(self, *args, pledge=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.pledge = pledge
        for name, field in self.fields.items():
            field.help_text = HELP.get(name, field.help_text)
            if name == "comparator":
                field.choices = list_comparators(self.instance.kind)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("comparator"):
            self._choose_comparator(cleaned)
        row = self._build_row(cleaned)
        if self._is_changed(DUE_COLUMNS):
            faults = find_due_faults(row, made_on=self.pledge.made_on)
            self._add_faults(faults)
        if self._is_changed(NUMBER_COLUMNS):
            words = self._join_words(cleaned)
            faults = find_target_faults(row, words)
            self._add_faults(faults)
        if self._is_changed(BASELINE_COLUMNS):
            faults = self._find_baseline_faults(row)
            self._add_faults(faults)
        if self._is_changed(PERIOD_COLUMNS):
            sentence = explain_baseline_period(row)
            if sentence:
                self._add_faults({"baseline_period": sentence})
        return cleaned

    def _choose_comparator(self, cleaned):
        if cleaned.get("kind") == Kind.MILESTONE:
            # An event has nothing to compare; the column is never empty.
            cleaned["comparator"] = Comparator.AT_LEAST.value
            return
        faults = {"comparator": NO_COMPARATOR}
        self._add_faults(faults)

    def _build_row(self, cleaned):
        row = copy(self.instance)
        for name, value in cleaned.items():
            if hasattr(row, name):
                setattr(row, name, value)
        return row

    def _is_changed(self, columns):
        """Whether one of `columns` was typed here. A new row has only what was."""
        if self.instance.pk is None:
            return True
        changed = columns.intersection(self.changed_data)
        return bool(changed)

    def _add_faults(self, faults):
        for column, sentence in faults.items():
            # A field that was refused already has its sentence.
            is_free = column not in self.errors
            if is_free and column in self.fields:
                self.add_error(column, sentence)

    def _join_words(self, cleaned):
        """Return the label, and the texts of the pledge as they are typed or stored."""
        label = cleaned.get("label") or ""
        texts = [label]
        for name in WORDS:
            text = self._read_of_pledge(name) or ""
            texts.append(text)
        return " ".join(texts)

    def _read_of_pledge(self, name):
        """Return a column of the pledge as it is typed in this form, or stored."""
        stored = getattr(self.pledge, name, None)
        return self.data.get(name, stored)

    def _find_baseline_faults(self, row):
        """Refuse one typed baseline for several parties that are measured by themselves."""
        if row.baseline_value is None:
            return {}
        if row.undertaking_id or row.measured_for_id:
            return {}
        parties = self._count_parties()
        borne_by = self._read_of_pledge("borne_by")
        if borne_by == BorneBy.EACH and parties > 1:
            return {"baseline_value": SHARED_BASELINE}
        return {}

    def _count_parties(self):
        """Return how many parties owe the pledge by what was typed."""
        if self.data.get("binds_participants"):
            return SEVERAL
        count = 0
        for name, value in self.data.items():
            match = PARTY_OF_ROW.fullmatch(name)
            if match is None or not value:
                continue
            row = match[1]
            if f"{row}-DELETE" not in self.data:
                count += 1
        return count


class TargetFormSet(RowFormSet):
    def get_form_kwargs(self, index):
        options = super().get_form_kwargs(index)
        options["pledge"] = self.instance
        return options


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
            {"fields": ["upper_value", "met_at"], "classes": ["collapse"]},
        ),
        (
            "How it is counted",
            {
                "fields": ["window_start", "decimals", "partly_met_share", "accepts"],
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
