"""What all forms of the desk share, also of rows inside a record: small boxes, few icons."""

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.forms import DateField, Textarea
from django.utils.translation import gettext_lazy as _


class Plain:
    """Offers to look up and add the record that a field refers to, and never to delete it."""

    formfield_overrides = {models.TextField: {"widget": Textarea(attrs={"rows": 2, "cols": 40})}}
    view_on_site = False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, DateField):
            field.error_messages["invalid"] = _("Write the day as 2026-06-30.")
        widget = field and field.widget
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget.can_delete_related = False
            widget.can_view_related = False
        return field


class Stacked(Plain, admin.StackedInline):
    extra = 1


class Tabular(Plain, admin.TabularInline):
    extra = 1
