"""The schema's description of an answer, derived from the public forms that are published."""

from django.db import models
from rest_framework import serializers

from commitments.publicforms import CURRENT

TEXT, WHOLE = serializers.CharField, serializers.IntegerField
FORM_HELP = "Number of the public form: which fields a payload has."
# In this order: a date with a time is a date to Django.
KINDS = {
    models.DateTimeField: serializers.DateTimeField,
    models.DateField: serializers.DateField,
    models.BooleanField: serializers.BooleanField,
    models.IntegerField: WHOLE,
    models.JSONField: serializers.JSONField,
}


def build_shape(model, **derived):
    """Return the serializer that describes the public form of `model`, then `derived` fields.

    A derived field named like a child is a dictionary of further fields for the rows of the child.
    """
    form = CURRENT[model._meta.model_name]
    fields = {"form": WHOLE(help_text=FORM_HELP)}
    for name in form.fields:
        fields[name] = build_field(form.model, name)
    for child in form.children:
        further = derived.pop(child.key, {})
        row = build_inside(child, **further)
        fields[child.key] = row(many=True)
    return build_serializer(model.__name__, {**fields, **derived}, Choosable)


def build_inside(child, **derived):
    """Return the serializer of the rows of `child`."""
    fields = {}
    for name in child.fields:
        fields[name] = build_field(child.model, name)
    # “Undertaking” is a resource of its own; here it is a part of its pledge.
    name = f"{child.model.__name__}Inside"
    return build_serializer(name, {**fields, **derived})


class Choosable(serializers.Serializer):
    """An answer that a client may cut down with `fields=`: all of it comes unasked, `always` in any
    case.
    """

    always = frozenset({"slug"})

    def get_fields(self):
        fields = super().get_fields()
        for name, field in fields.items():
            field.required = name in self.always
        return fields


def build_serializer(name, fields, kind=serializers.Serializer):
    return type(f"{name}Serializer", (kind,), fields)


def build_field(model, name):
    """Return the serializer field that describes how `render` writes the field `name`."""
    field = model._meta.get_field(name)
    label = str(field.verbose_name)
    label = label[:1].upper() + label[1:]
    if field.many_to_many:
        return serializers.ListField(child=TEXT(), help_text=f"{label}: slugs.")
    if isinstance(field, models.ForeignKey):
        return build_reference_field(field, label)
    options = {"help_text": label, "allow_null": field.null}
    if isinstance(field, models.DecimalField):
        return serializers.DecimalField(
            field.max_digits,
            field.decimal_places,
            **options,
        )
    if field.choices:
        return serializers.ChoiceField(
            field.flatchoices,
            allow_blank=field.blank,
            **options,
        )
    for kind, serializer in KINDS.items():
        if isinstance(field, kind):
            return serializer(**options)
    return TEXT(allow_blank=field.blank, **options)


def build_reference_field(field, label):
    """Return the serializer field for a foreign key: criteria by number, all else by slug."""
    is_criteria = field.related_model._meta.model_name == "criteria"
    if is_criteria:
        return WHOLE(help_text=label, allow_null=field.null)
    return TEXT(help_text=f"{label}: slug.", allow_null=field.null)
