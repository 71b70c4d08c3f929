from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.models.looking_back import LooksBack
from commitments.models.pledges import Pledge, PledgeQuerySet
from commitments.models.rules import make_quiet_rule, require_once, require_one_of


class LinkKind(models.TextChoices):
    # Japanese has another word for what a verb of the pledge itself does.
    REAFFIRMS = "reaffirms", pgettext_lazy("a pledge, an earlier one", "Reaffirms")
    QUANTIFIES = "quantifies", _("Quantifies")
    STRENGTHENS = "strengthens", _("Strengthens")
    WEAKENS = "weakens", _("Weakens")
    EXTENDS_DEADLINE = "extends_deadline", _("Extends the deadline of")
    IMPLEMENTS = "implements", _("Implements")
    SUPERSEDES = "supersedes", _("Supersedes")
    WITHDRAWS = "withdraws", _("Withdraws")
    PART_OF = "part_of", _("Is part of")


class PledgeLinkQuerySet(LooksBack):
    def published(self):
        """Keep the links between two public pledges."""
        return self.filter(
            PledgeQuerySet.public("from_pledge__"),
            PledgeQuerySet.public("to_pledge__"),
        )

    @staticmethod
    def known(day, prefix=""):
        """A link is there once both its pledges are."""
        later = PledgeQuerySet.known(day, f"{prefix}from_pledge__")
        earlier = PledgeQuerySet.known(day, f"{prefix}to_pledge__")
        return later & earlier


class PledgeLink(models.Model):
    """How a later pledge bears on an earlier one."""

    from_pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="links")
    to_pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="linked_from")
    kind = models.CharField(_("kind"), max_length=20, choices=LinkKind)

    objects = PledgeLinkQuerySet.as_manager()

    class Meta:
        ordering = ["from_pledge", "to_pledge", "kind"]
        constraints = [
            *require_one_of("link", kind=LinkKind.values),
            make_quiet_rule(
                "to_pledge",
                sentence="A pledge does not bear on itself. Choose an earlier one.",
                condition=~Q(from_pledge=F("to_pledge")),
                name="link_not_to_itself",
            ),
            require_once(
                "to_pledge",
                sentence="This link is entered already.",
                fields=["from_pledge", "to_pledge", "kind"],
                name="link_once",
            ),
        ]

    def __str__(self):
        kind = self.get_kind_display()
        return f"{self.from_pledge} {kind} {self.to_pledge}"
