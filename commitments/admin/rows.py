"""What all forms of the desk share, also of rows inside a record: small boxes, few icons."""

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.db.models import UniqueConstraint
from django.forms import Textarea
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet

from commitments.admin.fields import choose_box
from commitments.admin.forms import TypedForm


class Plain:
    """Offers to look up and add the record that a field refers to, and never to delete it."""

    formfield_overrides = {models.TextField: {"widget": Textarea(attrs={"rows": 2, "cols": 40})}}
    view_on_site = False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        box = choose_box(db_field)
        field = super().formfield_for_dbfield(db_field, request, **{**box, **kwargs})
        if field is None:
            return None
        widget = field.widget
        # A browser would cut off what is pasted, and say nothing.
        widget.attrs.pop("maxlength", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget.can_delete_related = False
            widget.can_view_related = False
        return field


class RowFormSet(BaseInlineFormSet):
    """Rows of which two that are the same are refused beside a field of the later one."""

    def validate_unique(self):
        """Check the rules that need the other rows or the record that they are rows of.

        Django leaves out checks with that record, puts an error of two rows above the form, and
        finds none of a rule with a condition.
        """
        for rule in self.model._meta.constraints:
            if isinstance(rule, UniqueConstraint):
                self._refuse_same(rule)
            elif self.fk.name in list_columns(rule.condition):
                self._refuse_broken(rule)

    def _refuse_broken(self, rule):
        for form in self.forms:
            if self._is_typed(form) and not matches(rule.condition, form.instance):
                form.add_error(None, rule.says(form.instance))

    def _refuse_same(self, rule):
        keys = set()
        for form in self.forms:
            if not self._counts(form, rule):
                continue
            row = form.instance
            # A new record has no key yet; all rows of this form are rows of it.
            names = [name for name in rule.fields if name != self.fk.name]
            key = tuple(getattr(row, name) for name in names)
            if None in key and not rule.condition:
                continue
            if key in keys:
                form.add_error(None, rule.says(row))
            keys.add(key)

    def _is_typed(self, form):
        """Whether `form` has a row that can be saved."""
        if not form.has_changed() and not form.instance.pk:
            return False
        if not hasattr(form, "cleaned_data") or form.errors:
            return False
        return not form.cleaned_data.get(DELETION_FIELD_NAME)

    def _counts(self, form, rule):
        if not self._is_typed(form) or not all(name in form.fields for name in rule.fields):
            return False
        return rule.condition is None or matches(rule.condition, form.instance)


class Stacked(Plain, admin.StackedInline):
    form = TypedForm
    formset = RowFormSet
    extra = 1


class Tabular(Plain, admin.TabularInline):
    form = TypedForm
    formset = RowFormSet
    extra = 1


def fold_fiscal(name, title):
    """Return a folded fieldset for the columns that only a fiscal year or a period has."""
    columns = (f"{name}_fiscal_start", f"{name}_fiscal_named", f"{name}_from")
    return (title, {"fields": [columns], "classes": ["collapse"]})


def fold_date(name, title):
    """Return a folded fieldset for all columns of an imprecise date that few records have."""
    day = (name, f"{name}_precision")
    columns = (f"{name}_fiscal_start", f"{name}_fiscal_named", f"{name}_from")
    return (title, {"fields": [day, columns], "classes": ["collapse"]})


def list_columns(condition):
    """Return the columns that a condition of a rule compares."""
    columns = set()
    for part in condition.children:
        if isinstance(part, models.Q):
            columns |= list_columns(part)
            continue
        lookup, value = part
        columns.add(lookup.split("__")[0])
        if isinstance(value, models.F):
            columns.add(value.name)
    return columns


def matches(condition, row):
    """Whether an unsaved `row` fulfils the condition of a rule of its model."""
    values = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        values[field.name] = models.Value(value, field)
    return condition.check(values)
