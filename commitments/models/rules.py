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


class SaysWhere:
    """For a constraint whose sentence stands next to a field of the form.

    To the database and to migrations it is any other constraint. `says` returns {field: sentence}
    for a row that breaks it; `sentence` is the one where no row is known.
    """

    def __init__(self, *args, says, sentence="", **kwargs):
        super().__init__(*args, **kwargs)
        self.says = says
        self.sentence = sentence

    def get_violation_error_message(self):
        return self.sentence or super().get_violation_error_message()

    def deconstruct(self):
        _path, args, kwargs = super().deconstruct()
        return self.plain_path, args, kwargs

    def clone(self):
        # Django clones by `deconstruct`, which leaves out the sentences.
        return copy(self)

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        if exclude and instance.pk:
            # A form leaves out the columns that it has no box for, and with them whole rules. What
            # the program wrote into a stored row is never wrong.
            exclude = {name for name in exclude if _is_typed(model, name)}
        try:
            super().validate(model, instance, exclude=exclude, using=using)
        except ValidationError:
            raise ValidationError(self.says(instance)) from None


def _is_typed(model, name):
    field = model._meta.get_field(name)
    return field.editable and not field.primary_key


class FieldRule(SaysWhere, models.CheckConstraint):
    """A check whose sentence stands next to a field of the form."""

    plain_path = "django.db.models.CheckConstraint"


class OnceRule(SaysWhere, models.UniqueConstraint):
    """Uniqueness whose sentence stands next to a field of the form."""

    plain_path = "django.db.models.UniqueConstraint"


def make_field_rule(field, *, sentence, **check):
    """Return a check whose `sentence` stands next to `field`."""
    return FieldRule(says=lambda row: {field: sentence}, violation_error_message=sentence, **check)


def make_quiet_rule(field, *, sentence, **check):
    """Return the same with a sentence that migrations do not know, for a check that is in them
    without one.
    """
    return FieldRule(says=lambda row: {field: sentence}, sentence=sentence, **check)


def require_once(field, *, sentence, **unique):
    """Return a uniqueness whose `sentence` stands next to `field`."""
    return OnceRule(says=lambda row: {field: sentence}, sentence=sentence, **unique)


def limit_lengths(record, **limits):
    """Return a constraint for each field: `limit_lengths("party", name=200)` limits the name."""
    return [_limit_length(record, field, limit) for field, limit in limits.items()]


def _limit_length(record, field, limit):
    # Only curators see these, so they are in English alone.
    sentence = f"At most {limit} characters fit here. Shorten it."
    return make_quiet_rule(
        field,
        sentence=sentence,
        condition=Q(**{f"{field}__length__lte": limit}),
        name=f"{record}_{field}_length",
    )


def require_filled(record, *fields):
    """Return constraints that refuse an empty text in each of `fields`."""
    return [
        make_quiet_rule(
            field,
            sentence="This is empty. Fill it in.",
            condition=~Q(**{field: ""}),
            name=f"{record}_{field}_filled",
        )
        for field in fields
    ]


def require_one_of(record, *, blank=(), **choices):
    """Return constraints that hold each field to its choices (and to "" if named in `blank`)."""
    constraints = []
    for field, values in choices.items():
        known = [str(value) for value in values]
        if field in blank:
            known.append("")
        constraint = make_quiet_rule(
            field,
            sentence="This is none of the choices. Choose one of them.",
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
    return make_quiet_rule(
        last,
        sentence="The last day is before the first. Check both.",
        condition=condition,
        name=f"{record}_{name}",
    )
