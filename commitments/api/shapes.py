"""The schema's picture of an answer, read off the public forms: what is published is what is
described.
"""

from django.db import models
from rest_framework import serializers

from commitments.publicforms import CURRENT

TEXT, WHOLE = serializers.CharField, serializers.IntegerField


def build_shape(model, **derived):
    """Return the serializer that describes the public form of `model`, with `derived` fields after
    it.
    """
    form = CURRENT[model._meta.model_name]
    fields = {"form": WHOLE(help_text="Number of the public form: which fields a payload has.")}
    fields.update({name: build_field(form.model, name) for name in form.fields})
    for child in form.children:
        extra = derived.pop(child.key, {})
        fields[child.key] = inside(child, **extra)(many=True)
    return build_serializer(model.__name__, {**fields, **derived}, Choosable)


def inside(child, **derived):
    """Return the serializer of the rows of `child`."""
    fields = {name: build_field(child.model, name) for name in child.fields}
    for name in child.once_published:
        fields[name].allow_null = True
    # “Undertaking” is a resource of its own; here it is a part of its pledge.
    return build_serializer(f"{child.model.__name__}Inside", {**fields, **derived})


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
    """Return the serializer field that describes how `render` writes the field `name` of
    `model`.
    """
    field = model._meta.get_field(name)
    label = str(field.verbose_name)
    about = {"help_text": label[:1].upper() + label[1:]}
    if field.many_to_many:
        return serializers.ListField(child=TEXT(), help_text=f"{about['help_text']}: slugs.")
    about["allow_null"] = field.null
    if isinstance(field, models.ForeignKey):
        number = field.related_model._meta.model_name == "criteria"
        return (
            WHOLE(**about)
            if number
            else TEXT(**{**about, "help_text": f"{about['help_text']}: slug."})
        )
    if isinstance(field, models.DecimalField):
        return serializers.DecimalField(field.max_digits, field.decimal_places, **about)
    if field.choices:
        return serializers.ChoiceField(field.flatchoices, allow_blank=field.blank, **about)
    for kind, serializer in KINDS.items():
        if isinstance(field, kind):
            return serializer(**about)
    return TEXT(allow_blank=field.blank, **about)


# In this order: a date with a time is a date to Django.
KINDS = {
    models.DateTimeField: serializers.DateTimeField,
    models.DateField: serializers.DateField,
    models.BooleanField: serializers.BooleanField,
    models.IntegerField: WHOLE,
    models.JSONField: serializers.JSONField,
}
