"""Database constraints that every model needs, so that form, importer and raw SQL agree.

SQLite enforces neither `max_length` nor `choices`; PostgreSQL no `choices`. Both enforce these.
"""

from copy import copy

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import CharField, F, Q, TextField
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from commitments.verdicts.dates import Precision

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


# SQLite keeps 15 significant digits of a decimal, so PostgreSQL may keep no more either.
DIGITS, DECIMALS = 15, 6


def require_exact(record, *fields):
    """Return constraints that hold each decimal to the digits both databases keep."""
    limit = 10 ** (DIGITS - DECIMALS)
    return [
        models.CheckConstraint(
            condition=Q(**{f"{field}__isnull": True})
            | Q(**{f"{field}__gt": -limit, f"{field}__lt": limit}),
            name=f"{record}_{field}_exact",
            violation_error_message=(
                f"More than {DIGITS - DECIMALS} digits. Use a larger unit, such as billions."
            ),
        )
        for field in fields
    ]


def require_imprecise_date(record, field, *, undated):
    """Return the constraints of an imprecise date: its columns must agree with each other.

    `undated` are the precisions without a day. A fiscal year needs its first month and nothing else
    has one; a period needs its first day and nothing else has one.
    """
    precision, fiscal, first = f"{field}_precision", f"{field}_fiscal_start", f"{field}_from"
    day_says, month_says, first_says = _write_date_sentences(field)
    return [
        *require_one_of(record, **{precision: list(Precision)}),
        FieldRule(
            condition=Q(**{f"{field}__isnull": True, f"{precision}__in": undated})
            | (Q(**{f"{field}__isnull": False}) & ~Q(**{f"{precision}__in": undated})),
            name=f"{record}_{field}_day_fits_precision",
            says=day_says,
        ),
        FieldRule(
            condition=Q(
                **{
                    f"{fiscal}__isnull": False,
                    f"{precision}": "fiscal_year",
                    f"{fiscal}__range": (1, 12),
                }
            )
            | (Q(**{f"{fiscal}__isnull": True}) & ~Q(**{precision: "fiscal_year"})),
            name=f"{record}_{field}_fiscal_start_fits",
            says=month_says,
        ),
        FieldRule(
            condition=Q(
                **{
                    f"{first}__isnull": False,
                    precision: "period",
                    f"{field}__gte": F(first),
                }
            )
            | (Q(**{f"{first}__isnull": True}) & ~Q(**{precision: "period"})),
            name=f"{record}_{field}_first_day_fits",
            says=first_says,
        ),
    ]


def _write_date_sentences(field):
    """Return three functions: what each rule of an imprecise date says of a row that breaks it."""
    precision, fiscal, first = f"{field}_precision", f"{field}_fiscal_start", f"{field}_from"

    def day_or_precision(row):
        if getattr(row, field) is None:
            return {field: _("Give the day, or choose “no date known”.")}
        return {precision: _("You gave a day; say how exact it is, for example “the day”.")}

    def month_or_none(row):
        if getattr(row, precision) == Precision.FISCAL_YEAR:
            return {fiscal: _("Give the month the fiscal year starts in, from 1 to 12.")}
        return {
            fiscal: _("Only a fiscal year has this: choose “the fiscal year”, or leave it empty.")
        }

    def first_or_none(row):
        if getattr(row, precision) != Precision.PERIOD:
            return {
                first: _(
                    "Only a period has this: choose “a period with a first day”, or leave it empty."
                )
            }
        if getattr(row, first) is None:
            return {first: _("Give the first day of the period.")}
        return {first: _("The first day of the period is after its last.")}

    return day_or_precision, month_or_none, first_or_none
