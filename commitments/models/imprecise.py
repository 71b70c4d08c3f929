"""The columns of a date that may be imprecise, and how the columns become one value.

A full imprecise date has five columns: `deadline`, the last day that it may mean, how exact it is,
the first month of a fiscal year and the year that this is named after, and the first day of a
period. A day in a life (a term, a membership, a summit) has two: the day, and how exact it is.
There a beginning holds the first day that it may mean, and an end the last.
"""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.models.rules import FieldRule, require_one_of
from commitments.verdicts.dates import FiscalNaming, ImpreciseDate, Precision

LABELS = {
    Precision.DAY: _("the day"),
    Precision.WEEK: _("the week"),
    Precision.MONTH: _("the month"),
    Precision.QUARTER: _("the quarter"),
    Precision.YEAR: _("the year"),
    Precision.FISCAL_YEAR: _("the fiscal year"),
    Precision.PERIOD: _("a period with a first day"),
    Precision.NONE: _("no date known"),
    Precision.ONGOING: _("ongoing, without an end"),
    Precision.RECURRING: _("recurring"),
}
DAY_WITHOUT_PRECISION = _("You gave a day; say how exact it is, for example “the day”.")
PRECISION_LENGTH = 12
# How exact a day in a life may be.
CALENDAR_PRECISIONS = (
    Precision.DAY,
    Precision.WEEK,
    Precision.MONTH,
    Precision.QUARTER,
    Precision.YEAR,
)
# These columns hold the first day that they may mean; all others hold the last.
BEGINNINGS = frozenset({"starts_on", "made_on"})


NAMED = (FiscalNaming.START, FiscalNaming.END)
FISCAL_NAMING_CHOICES = [
    (FiscalNaming.START.value, _("the year it begins in")),
    (FiscalNaming.END.value, _("the year it ends in")),
]


def make_precision_field(label, *, default=Precision.DAY):
    return models.CharField(
        label,
        max_length=PRECISION_LENGTH,
        choices=[(value.value, LABELS[value]) for value in Precision],
        default=default.value,
        help_text=_(
            "“The month” with 30 April prints as “April 2026”; nothing is overdue before its last"
            " day."
        ),
    )


def make_fiscal_start_field():
    return models.PositiveSmallIntegerField(
        _("fiscal year starts in month"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("Only for a fiscal year: 4 for Japan, 10 for the United States."),
    )


def make_fiscal_named_field():
    return models.CharField(
        _("fiscal year named after"),
        max_length=5,
        choices=FISCAL_NAMING_CHOICES,
        blank=True,
        help_text=_(
            "Empty: after the year most of its months lie in, FY2027 from April 2027 and from"
            " October 2026."
        ),
    )


class DayPrecision(models.CharField):
    """How exact the day in the column beside it is: “none” exactly where there is no day."""

    def __init__(self, *args, is_required=False, **kwargs):
        self.is_required = is_required
        precisions = [*CALENDAR_PRECISIONS]
        if not is_required:
            precisions.append(Precision.NONE)
        kwargs["max_length"] = PRECISION_LENGTH
        kwargs["choices"] = [(value.value, LABELS[value]) for value in precisions]
        kwargs["default"] = Precision.DAY.value
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        # To migrations it is any other column with choices.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        is_named = value not in (Precision.DAY, Precision.NONE)
        if is_named and self._read_day(model_instance) is None:
            raise ValidationError(
                _(
                    "You chose “%(precision)s” and gave no day. Give the day, or leave this at"
                    " “%(day)s”."
                ),
                params={
                    "precision": LABELS[Precision(value)],
                    "day": LABELS[Precision.DAY],
                },
            )
        return self._fit(value, model_instance)

    def pre_save(self, model_instance, add):
        # Programs that save without full_clean() must store the same as a form does.
        value = getattr(model_instance, self.attname)
        value = self._fit(value, model_instance)
        setattr(model_instance, self.attname, value)
        return value

    def _read_day(self, row):
        return getattr(row, self.name.removesuffix("_precision"))

    def _fit(self, value, row):
        """Return the precision that fits: none without a day, and the day where nothing is said."""
        if self._read_day(row) is None:
            return Precision.NONE.value
        if value == Precision.NONE:
            return Precision.DAY.value
        return value


def require_day_precision(record, field):
    """Return the constraints of a day in a life: a precision that is known, and none without a
    day.
    """
    precision = f"{field}_precision"
    known = [*CALENDAR_PRECISIONS, Precision.NONE]
    without_day = Q(**{f"{field}__isnull": True, precision: Precision.NONE})
    with_day = Q(**{f"{field}__isnull": False}) & ~Q(**{precision: Precision.NONE})
    return [
        *require_one_of(record, **{precision: known}),
        FieldRule(
            condition=without_day | with_day,
            name=f"{record}_{field}_day_fits_precision",
            says=lambda row: {precision: _("Say how exact the day is, and only with a day.")},
        ),
    ]


def require_imprecise_date(record, field, *, undated):
    """Return the constraints of an imprecise date: its columns must agree with each other.

    `undated` are the precisions without a day. A fiscal year needs its first month and nothing else
    has one; a period needs its first day and nothing else has one.
    """
    precision, fiscal, first = f"{field}_precision", f"{field}_fiscal_start", f"{field}_from"
    naming = f"{field}_fiscal_named"
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
            condition=Q(**{naming: ""})
            | Q(
                **{
                    f"{naming}__in": [FiscalNaming.START, FiscalNaming.END],
                    precision: Precision.FISCAL_YEAR,
                }
            ),
            name=f"{record}_{field}_fiscal_named_fits",
            says=lambda row: {naming: _("Only a fiscal year has this: leave it empty.")},
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
        return {precision: DAY_WITHOUT_PRECISION}

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


def read_imprecise_date(record, field):
    """Return the imprecise date in the columns of `field` of `record`."""
    day = getattr(record, field)
    precision = Precision(getattr(record, f"{field}_precision"))
    if field in BEGINNINGS:
        return ImpreciseDate.from_first_day(day, precision)
    # A day in a life has no more columns than these two.
    return ImpreciseDate(
        last_day=day,
        precision=precision,
        fiscal_start=getattr(record, f"{field}_fiscal_start", None),
        first_day=getattr(record, f"{field}_from", None),
        fiscal_named=getattr(record, f"{field}_fiscal_named", FiscalNaming.USUAL),
    )
