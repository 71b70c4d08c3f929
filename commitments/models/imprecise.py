"""The columns of a date that may be imprecise, and how the columns become one value."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.verdicts.dates import ImpreciseDate, Precision

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


def make_precision_field(label, *, default=Precision.DAY):
    return models.CharField(
        label,
        max_length=12,
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


def read_imprecise_date(record, field):
    """Return the imprecise date in the columns of `field` of `record`."""
    return ImpreciseDate(
        last_day=getattr(record, field),
        precision=Precision(getattr(record, f"{field}_precision")),
        fiscal_start=getattr(record, f"{field}_fiscal_start"),
        first_day=getattr(record, f"{field}_from"),
    )
