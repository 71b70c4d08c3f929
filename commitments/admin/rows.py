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
from commitments.admin.imprecise import PARTS


class Plain:
    """Offers to look up and add the record that a field refers to, and never to delete it."""

    formfield_overrides = {models.TextField: {"widget": Textarea(attrs={"rows": 2, "cols": 40})}}
    view_on_site = False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        options = choose_box(db_field)
        options.update(kwargs)
        field = super().formfield_for_dbfield(db_field, request, **options)
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
                continue
            columns = list_compared_columns(rule.condition)
            if self.fk.name in columns:
                self._refuse_broken(rule)

    def _refuse_broken(self, rule):
        for form in self.list_typed():
            row = form.instance
            if not matches(rule.condition, row):
                sentences = rule.says(row)
                form.add_error(None, sentences)

    def _refuse_same(self, rule):
        # A new record has no key yet; all rows of this form are rows of it.
        names = set(rule.fields)
        names.discard(self.fk.name)
        keys = set()
        for form in self.list_typed():
            row = form.instance
            key = tuple(getattr(row, name) for name in names)
            # A form without one of the columns cannot tell.
            if not names.issubset(form.fields):
                continue
            if rule.condition is None:
                is_meant = None not in key
            else:
                is_meant = matches(rule.condition, row)
            if is_meant and key in keys:
                sentences = rule.says(row)
                form.add_error(None, sentences)
            elif is_meant:
                keys.add(key)

    def list_typed(self):
        """Yield the forms with a row that can be saved."""
        for form in self.forms:
            is_empty = not form.has_changed() and form.instance.pk is None
            if is_empty or form.errors:
                continue
            if not form.cleaned_data.get(DELETION_FIELD_NAME):
                yield form


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
    # One a line: Django unfolds what has an error only then.
    columns = [f"{name}_fiscal_start", f"{name}_fiscal_named", f"{name}_from"]
    return (title, {"fields": columns, "classes": ["collapse"]})


def fold_date(name, title):
    """Return a folded fieldset for all columns of an imprecise date that few records have."""
    columns = [f"{name}{part}" for part in PARTS]
    return (title, {"fields": columns, "classes": ["collapse"]})


def list_compared_columns(condition):
    """Return the columns that a condition of a rule compares."""
    columns = set()
    for part in condition.children:
        if isinstance(part, models.Q):
            below = list_compared_columns(part)
            columns.update(below)
            continue
        lookup, value = part
        column, *_lookups = lookup.split("__")
        columns.add(column)
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
