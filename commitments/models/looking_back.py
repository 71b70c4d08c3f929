"""Rows as of a day: those that were there by then, of what the site holds now."""

from django.db import models
from django.db.models import Q


class LooksBack(models.QuerySet):
    """Reads what is there now or, after `as_of`, what was there on a day; `day` is that day or
    None.
    """

    day = None

    @staticmethod
    def known(day, prefix=""):
        """Return the condition under which a row was there on `day`, seen through `prefix`.

        A model whose rows begin on some day overrides it; all others were always there.
        """
        return Q()

    def as_of(self, day):
        """Read what was there on `day`, and all that is derived from it as of then; None reads on
        as now.
        """
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
