from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import LANGUAGE, Prose
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
        """A reply counts from the day it was said or received."""
        received = make_condition(prefix, received_on__lte=day)
        undertaking = UndertakingQuerySet.known(day, f"{prefix}undertaking__")
        return received & undertaking


class Response(Root):
    """What the judged party says of its part, sent to us or said in public, with our answer."""

    undertaking = models.ForeignKey(Undertaking, models.PROTECT, related_name="responses")
    received_on = models.DateField(
        _("said or received on"),
        help_text=_("The day it reached us or, if it was not sent to us, was said in public."),
    )
    text = Prose(_("text"), help_text=_("The party's words, unchanged."))
    language = models.CharField(
        _("language"),
        max_length=10,
        default="en",
        validators=[LANGUAGE],
        help_text=_("The language of these words: “en”, “ja”, “es”."),
    )
    url = WebAddress(_("address"), blank=True)
    answer = Prose(_("our answer"), blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "slug"]
        constraints = [
            *make_root_rules("response"),
            *limit_lengths("response", url=1000, language=10),
            *require_filled("response", "text", "language"),
        ]

    def __str__(self):
        return f"{self.undertaking.party}, {self.received_on}"
