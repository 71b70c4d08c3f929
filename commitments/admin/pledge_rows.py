"""The rows inside a pledge: undertakings, criteria, targets and links to earlier pledges."""

from django import forms
from django.forms.models import BaseInlineFormSet
from django.utils import timezone

from commitments.admin.rows import Stacked, Tabular
from commitments.models import FIGURE_KIND_CHOICES, Criteria, PledgeLink, Target, Undertaking
from commitments.models.targets import actual_only


class UndertakingFormSet(BaseInlineFormSet):
    def save_new(self, form, commit=True):
        # The slug needs the pledge, which had no key yet when this row was checked.
        form.instance.pledge = self.instance
        form.instance.clean()
        return super().save_new(form, commit)


class UndertakingInline(Stacked):
    model = Undertaking
    formset = UndertakingFormSet
    autocomplete_fields = ["party", "leader"]
    fields = [
        ("party", "leader", "binds_from"),
        ("reservation", "exempt_reason"),
        ("missing", "missing_ja"),
    ]
    classes = ["wide-rows"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("party", "pledge", "leader")


class CriteriaFormSet(BaseInlineFormSet):
    def save_new(self, form, commit=True):
        criteria = Criteria.objects.filter(pledge=self.instance)
        numbers = criteria.values_list("number", flat=True)
        form.instance.number = max(numbers, default=0) + 1
        return super().save_new(form, commit)


class CriteriaForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk and "fixed_on" in self.fields:
            # The usual day. A row with nothing but its initial values counts as empty.
            today = timezone.now().date()
            self.initial.setdefault("fixed_on", today)


class CriteriaInline(Stacked):
    """The versions of the criteria, by number. A published version never changes: add the next."""

    model = Criteria
    form = CriteriaForm
    formset = CriteriaFormSet
    verbose_name = "version of the criteria"
    verbose_name_plural = "criteria"
    fields = [
        ("number", "fixed_on"),
        ("met", "met_ja"),
        ("partly_met", "partly_met_ja"),
        ("not_met", "not_met_ja"),
    ]
    readonly_fields = ["number"]
    classes = ["wide-rows"]

    def get_extra(self, request, obj=None, **kwargs):
        if obj and obj.criteria.exists():
            return 0
        return 1

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("pledge")

    def has_change_permission(self, request, obj=None):
        if obj and obj.is_published:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        if obj and obj.is_published:
            return False
        return super().has_delete_permission(request, obj)


class PledgeLinkInline(Tabular):
    model = PledgeLink
    fk_name = "from_pledge"
    autocomplete_fields = ["to_pledge"]
    verbose_name = "link to an earlier pledge"
    verbose_name_plural = "links to earlier pledges"
    fields = ["kind", "to_pledge"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("from_pledge", "to_pledge")


class TargetForm(forms.ModelForm):
    accepts = forms.MultipleChoiceField(
        label="accepts",
        choices=FIGURE_KIND_CHOICES,
        initial=actual_only,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kinds of figure that may close it.",
    )


class TargetInline(Stacked):
    model = Target
    form = TargetForm
    autocomplete_fields = ["indicator", "measured_for"]
    fields = [
        ("role", "kind", "undertaking"),
        ("label", "label_ja"),
        ("indicator", "comparator", "value"),
        ("window_start", "due", "decimals", "partly_met_share"),
        ("baseline_value", "baseline_period", "per_cent", "measured_for"),
        "accepts",
    ]
    extra = 0
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
