from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import Prose
from commitments.models.imprecise import (
    make_fiscal_named_field,
    make_fiscal_start_field,
    make_precision_field,
    read_imprecise_date,
    require_imprecise_date,
)
from commitments.models.pledges import Pledge
from commitments.models.rules import require_filled, require_once
from commitments.verdicts.dates import Precision


class Criteria(models.Model):
    """What would count as met, partly met and not met: set in advance, numbered, never changed."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="criteria")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    fixed_on = models.DateField(_("fixed on"), help_text=_("The day these were written down."))
    judged_from = models.DateField(
        _("can be judged from"),
        null=True,
        blank=True,
        help_text=_("The last day of the time after which these can be judged. Empty: at once."),
    )
    judged_from_precision = make_precision_field(_("exact to"), default=Precision.NONE)
    judged_from_fiscal_start = make_fiscal_start_field()
    judged_from_fiscal_named = make_fiscal_named_field()
    judged_from_from = models.DateField(_("first day of the period"), null=True, blank=True)
    met = Prose(_("met if"))
    met_ja = Prose(_("met if, in Japanese"), blank=True)
    partly_met = Prose(
        _("partly met if"), blank=True, help_text=_("Empty: there is no “partly met”.")
    )
    partly_met_ja = Prose(_("partly met if, in Japanese"), blank=True)
    not_met = Prose(_("not met if"))
    not_met_ja = Prose(_("not met if, in Japanese"), blank=True)

    class Meta:
        verbose_name_plural = _("criteria")
        ordering = ["pledge", "-number"]
        constraints = [
            *require_filled("criteria", "met", "not_met"),
            *require_imprecise_date("criteria", "judged_from", undated=["none"]),
            require_once(
                "number",
                sentence="Another version of the criteria has this number.",
                fields=["pledge", "number"],
                name="criteria_number_once",
            ),
        ]

    def __str__(self):
        return f"Criteria {self.number} of {self.pledge}"

    @property
    def judged(self):
        return read_imprecise_date(self, "judged_from")
