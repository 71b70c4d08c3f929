from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import Prose
from commitments.models.looking_back import make_condition
from commitments.models.roots import Root, RootQuerySet, make_root_rules
from commitments.models.rules import limit_lengths, require_filled
from commitments.models.undertakings import Undertaking, UndertakingQuerySet
from commitments.models.urls import WebAddress


class ResponseQuerySet(RootQuerySet):
    @staticmethod
    def public(prefix=""):
        """A reply is public if it is published and its undertaking is public."""
        published = RootQuerySet.public(prefix)
        undertaking = UndertakingQuerySet.public(f"{prefix}undertaking__")
        return published & undertaking

    @staticmethod
    def known(day, prefix=""):
        """A reply counts from the day it was received."""
        received = make_condition(prefix, received_on__lte=day)
        undertaking = UndertakingQuerySet.known(day, f"{prefix}undertaking__")
        return received & undertaking


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
            *make_root_rules("response"),
            *limit_lengths("response", url=1000),
            *require_filled("response", "text"),
        ]

    def __str__(self):
        return f"{self.undertaking.party}, {self.received_on}"
