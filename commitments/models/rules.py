"""Database constraints that every model needs, so that form, importer and raw SQL agree.

SQLite enforces neither `max_length` nor `choices`; PostgreSQL no `choices`. Both enforce these.
"""

from copy import copy

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import CharField, F, Q, TextField
from django.db.models.functions import Length

CharField.register_lookup(Length)
TextField.register_lookup(Length)


class FieldRule(models.CheckConstraint):
    """A check whose sentence stands next to a field of the form.

    To the database and to migrations it is any other check. `says` returns {field: sentence} for a
    row that breaks it.
    """

    def __init__(self, *, says, **kwargs):
        super().__init__(**kwargs)
        self.says = says

    def deconstruct(self):
        _path, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs

    def clone(self):
        # Django clones by `deconstruct`, which leaves out the sentences.
        return copy(self)

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        try:
            super().validate(model, instance, exclude=exclude, using=using)
        except ValidationError:
            raise ValidationError(self.says(instance)) from None


def make_field_rule(field, *, sentence, **check):
    """Return a check whose `sentence` stands next to `field`."""
    return FieldRule(says=lambda row: {field: sentence}, violation_error_message=sentence, **check)


def limit_lengths(record, **limits):
    """Return a constraint for each field: `limit_lengths("party", name=200)` limits the name."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{field}__length__lte": limit}),
            name=f"{record}_{field}_length",
        )
        for field, limit in limits.items()
    ]


def require_filled(record, *fields):
    """Return constraints that refuse an empty text in each of `fields`."""
    return [
        models.CheckConstraint(condition=~Q(**{field: ""}), name=f"{record}_{field}_filled")
        for field in fields
    ]


def require_one_of(record, *, blank=(), **choices):
    """Return constraints that hold each field to its choices (and to "" if named in `blank`)."""
    constraints = []
    for field, values in choices.items():
        known = [str(value) for value in values]
        if field in blank:
            known.append("")
        constraint = models.CheckConstraint(
            condition=Q(**{f"{field}__in": known}),
            name=f"{record}_{field}_known",
        )
        constraints.append(constraint)
    return constraints


def require_order(record, first, last, *, name):
    """Return a constraint that `last` is not before `first`; either may be empty."""
    condition = (
        Q(**{f"{first}__isnull": True})
        | Q(**{f"{last}__isnull": True})
        | Q(**{f"{last}__gte": F(first)})
    )
    return models.CheckConstraint(condition=condition, name=f"{record}_{name}")
