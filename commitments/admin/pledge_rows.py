"""The rows inside a pledge: undertakings, criteria, other texts of the quote, links to earlier
pledges. Targets have a file of their own.
"""

from django.utils import timezone

from commitments.admin.forms import TypedForm
from commitments.admin.rows import RowFormSet, Stacked, Tabular, fold_date
from commitments.judging.gaps import explain_due_too_early
from commitments.models import Criteria, PledgeLink, PledgeQuote, Undertaking


class UndertakingFormSet(RowFormSet):
    def clean(self):
        super().clean()
        for form in self.list_typed():
            if "deadline" in form.changed_data:
                self._refuse_too_early(form)

    def _refuse_too_early(self, form):
        deadline = form.cleaned_data.get("deadline")
        made_on = self.instance.made_on
        if deadline is None or made_on is None:
            return
        if deadline < made_on:
            sentence = explain_due_too_early(deadline, made_on)
            form.add_error("deadline", sentence)

    def save_new(self, form, commit=True):
        # The slug needs the pledge, which had no key yet when this row was checked.
        form.instance.pledge = self.instance
        form.instance.clean()
        return super().save_new(form, commit)


class UndertakingInline(Stacked):
    model = Undertaking
    formset = UndertakingFormSet
    autocomplete_fields = ["party", "leader"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("party", "leader", "binds_from"),
                    ("reservation", "exempt_reason"),
                    ("missing", "missing_ja"),
                ]
            },
        ),
        fold_date("deadline", "If this party has a deadline of its own"),
    ]
    classes = ["wide-rows"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("party", "pledge", "leader")


class CriteriaFormSet(RowFormSet):
    def save_new(self, form, commit=True):
        criteria = Criteria.objects.filter(pledge=self.instance)
        numbers = criteria.values_list("number", flat=True)
        form.instance.number = max(numbers, default=0) + 1
        return super().save_new(form, commit)


class CriteriaForm(TypedForm):
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
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("number", "fixed_on"),
                    ("met", "met_ja"),
                    ("partly_met", "partly_met_ja"),
                    ("not_met", "not_met_ja"),
                ]
            },
        ),
        fold_date("judged_from", "If they can be judged only from a day on"),
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


class PledgeQuoteInline(Stacked):
    model = PledgeQuote
    autocomplete_fields = ["source"]
    verbose_name = "text of the quote in another language"
    verbose_name_plural = "other texts of the quote"
    fields = [("language", "whose"), "text", ("source", "locator")]
    extra = 0

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("pledge", "source")


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
