"""Rows as of a day: of what the site holds now, the rows that were there by then."""

from django.db import models
from django.db.models import Q


def make_condition(prefix, **lookups):
    """Return the condition `lookups` on rows seen through `prefix`, such as "summit__".

    `make_condition("summit__", starts_on__lte=day)` is `Q(summit__starts_on__lte=day)`.
    """
    prefixed = {}
    for lookup, value in lookups.items():
        prefixed[f"{prefix}{lookup}"] = value
    return Q(**prefixed)


class LooksBack(models.QuerySet):
    """Reads what is there now or, after `as_of`, what was there on `day`."""

    day = None

    @staticmethod
    def known(day, prefix=""):
        """Return the condition under which a row was there on `day`, seen through `prefix`.

        A model whose rows begin on some day overrides it; all others were always there.
        """
        return Q()

    def as_of(self, day):
        """Read what was there on `day`, and all that is derived from it; None changes nothing."""
        if day == self.day or day is None:
            return self
        rows = self.filter(self.known(day))
        rows.day = day
        return rows

    def _clone(self):
        # Every filter and slice makes a copy; the day has to go along.
        clone = super()._clone()
        clone.day = self.day
        return clone
