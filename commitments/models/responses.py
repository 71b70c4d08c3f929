from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import Prose
from commitments.models.roots import Root, RootQuerySet, root_rules
from commitments.models.rules import limit_lengths, require_filled
from commitments.models.undertakings import Undertaking, UndertakingQuerySet
from commitments.models.urls import WebAddress


class ResponseQuerySet(RootQuerySet):
    @staticmethod
    def public(prefix=""):
        return RootQuerySet.public(prefix) & UndertakingQuerySet.public(f"{prefix}undertaking__")

    @staticmethod
    def known(day, prefix=""):
        """A reply counts from the day it was received."""
        return Q(**{f"{prefix}received_on__lte": day}) & UndertakingQuerySet.known(
            day, f"{prefix}undertaking__"
        )


class Response(Root):
    """The judged party's reply to a verdict, with our answer."""

    undertaking = models.ForeignKey(Undertaking, models.PROTECT, related_name="responses")
    received_on = models.DateField(_("received on"))
    text = Prose(_("text"), help_text=_("The party's words, unchanged."))
    url = WebAddress(_("address"), blank=True)
    answer = Prose(_("our answer"), blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "slug"]
        constraints = [
            *root_rules("response"),
            *limit_lengths("response", url=1000),
            *require_filled("response", "text"),
        ]

    def __str__(self):
        return f"{self.undertaking.party}, {self.received_on}"
