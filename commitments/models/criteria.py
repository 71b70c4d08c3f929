from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import Prose
from commitments.models.pledges import Pledge
from commitments.models.rules import require_filled


class Criteria(models.Model):
    """What would count as met, partly met and not met: set in advance, numbered, never changed."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="criteria")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    fixed_on = models.DateField(_("fixed on"), help_text=_("The day these were written down."))
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
            models.UniqueConstraint(fields=["pledge", "number"], name="criteria_number_once"),
        ]

    def __str__(self):
        return f"Criteria {self.number} of {self.pledge}"
