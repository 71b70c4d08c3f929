from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import Line, Prose
from commitments.models.looking_back import make_condition
from commitments.models.pledges import Pledge, PledgeQuerySet
from commitments.models.roots import Root, RootQuerySet, make_root_rules
from commitments.models.rules import limit_lengths, require_filled
from commitments.models.undertakings import Undertaking


class SearchNoteQuerySet(RootQuerySet):
    @staticmethod
    def public(prefix=""):
        """A search note is public if it and its pledge are."""
        published = RootQuerySet.public(prefix)
        under = f"{prefix}pledge__"
        pledge = PledgeQuerySet.public(under)
        return published & pledge

    @staticmethod
    def known(day, prefix=""):
        """A search note counts from the day of the search."""
        searched = make_condition(prefix, searched_on__lte=day)
        under = f"{prefix}pledge__"
        pledge = PledgeQuerySet.known(day, under)
        return searched & pledge

    def newest_first(self):
        return self.order_by("-searched_on", "slug")


class SearchNote(Root):
    """Where somebody looked for proof, on which day, and what was not found."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="search_notes")
    undertakings = models.ManyToManyField(
        Undertaking,
        related_name="search_notes",
        blank=True,
        help_text=_("For which parties it was searched; none chosen: all."),
    )
    searched_on = models.DateField(_("searched on"))
    places = Prose(
        _("where was looked"),
        help_text=_(
            "Sites, registers, archives and words searched for, so that others can repeat it."
        ),
    )
    places_ja = Prose(_("where was looked, in Japanese"), blank=True)
    not_found = Line(
        _("what was not found"),
        max_length=400,
        help_text=_("In one sentence: “No budget, law or report says what was paid after 2023.”"),
    )
    not_found_ja = Line(_("what was not found, in Japanese"), max_length=400, blank=True)

    objects = SearchNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("search note")
        ordering = ["-searched_on", "slug"]
        constraints = [
            *make_root_rules("search_note"),
            *limit_lengths("search_note", not_found=400, not_found_ja=400),
            *require_filled("search_note", "places", "not_found"),
        ]

    def __str__(self):
        return self.not_found

    def get_absolute_url(self):
        pledge = self.pledge
        page = pledge.get_absolute_url()
        return f"{page}#{self.slug}"
