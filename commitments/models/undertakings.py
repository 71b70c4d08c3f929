from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import Prose
from commitments.models.leaders import Leader
from commitments.models.looking_back import LooksBack
from commitments.models.parties import Party
from commitments.models.pledges import Pledge, PledgeQuerySet
from commitments.models.rules import limit_lengths, require_filled, require_one_of
from commitments.models.verdicts_then import ShownThen, column_then, ours_on, status_on
from commitments.verdicts.dates import has_passed
from commitments.verdicts.statuses import NOT_ASSESSED, OPEN, Status


class UndertakingQuerySet(LooksBack):
    @staticmethod
    def public(prefix=""):
        return PledgeQuerySet.public(f"{prefix}pledge__")

    def published(self):
        return self.filter(self.public())

    @staticmethod
    def known(day, prefix=""):
        """A party that joined later has no part in the pledge before the day that binds it."""
        from_the_start = Q(**{f"{prefix}binds_from__isnull": True})
        joined = Q(**{f"{prefix}binds_from__lte": day})
        made = PledgeQuerySet.known(day, f"{prefix}pledge__")
        return made & (from_the_start | joined)

    def bound(self, *, on):
        """Keep the parts that are owed on the day `on`; without a day, all of them. Their verdicts
        stay those of now.
        """
        if on is None:
            return self
        return self.filter(self.known(on))

    def as_of(self, day):
        """Read the parts in pledges made by `day`, each with the verdict that its records of that
        day give.

        The rows show it like those of now; to ask the database for it, use `status_column`.
        """
        rows = super().as_of(day)
        if rows.day == self.day:
            return rows
        ours = {column_then(field): ours_on(day, field) for field in ("status", "confidence")}
        rows = rows.alias(status_then=status_on(day), **ours)
        rows._iterable_class = ShownThen
        return rows

    @property
    def status_column(self):
        """The name under which the shown status can be filtered and counted; "" is none."""
        if self.day is None:
            return "shown_status"
        return "status_then"

    def ours_column(self, field):
        """The name under which `field` of our own shown assessment can be filtered and counted."""
        if self.day is None:
            return f"current_assessment__{field}"
        return column_then(field)

    def waiting(self):
        """Keep those that `Undertaking.is_waiting` describes."""
        column = self.status_column
        not_assessed = Q(**{column: ""})
        still_open = Q(**{f"{column}__in": OPEN})
        return self.filter(not_assessed | still_open, exempt_reason="")

    def overdue(self, *, on):
        """Keep those that are overdue on `on`; see `Undertaking.is_overdue`."""
        return self.waiting().filter(PledgeQuerySet.past(on, "pledge__"))

    def for_listing(self):
        rows = self.select_related("party", "current_assessment")
        return rows.order_by("party__name", "slug")


class Undertaking(models.Model):
    """One party's part in a pledge: who owes it. Judged separately from the others' parts."""

    slug = models.CharField(
        _("slug"),
        max_length=330,
        unique=True,
        editable=False,
        help_text=_("Made of the pledge's and the party's: <pledge>--<party>."),
    )
    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="undertakings")
    party = models.ForeignKey(Party, models.PROTECT, related_name="undertakings")
    leader = models.ForeignKey(
        Leader,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="undertakings",
        help_text=_("Who bound the party, if one person did."),
    )
    binds_from = models.DateField(
        _("binds from"),
        null=True,
        blank=True,
        help_text=_("If later than the pledge: a party that joined afterwards."),
    )
    reservation = Prose(
        _("reservation"),
        blank=True,
        help_text=_("What this party excepted, in its own words."),
    )
    exempt_reason = Prose(
        _("why it is exempt"),
        blank=True,
        help_text=_("Filled: exempt. It is never assessed and is counted apart."),
    )
    missing = Prose(
        _("what is missing for a verdict"),
        blank=True,
        help_text=_("Shown while it is not assessed: which proof we would need and do not have."),
    )
    missing_ja = Prose(_("what is missing, in Japanese"), blank=True)

    # Written by `publishing` only, so that every list reads its verdicts from one row.
    current_assessment = models.ForeignKey(
        "commitments.Assessment",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    shown_status = models.CharField(max_length=20, blank=True, editable=False)
    shown_by = models.CharField(
        max_length=160,
        blank=True,
        editable=False,
        help_text=_("“ours”, or the slug of the assessing party."),
    )
    checked_on = models.DateField(null=True, blank=True, editable=False)

    objects = UndertakingQuerySet.as_manager()

    class Meta:
        ordering = ["pledge", "party"]
        constraints = [
            *limit_lengths("undertaking", slug=330, shown_by=160),
            *require_filled("undertaking", "slug"),
            *require_one_of("undertaking", shown_status=list(Status), blank={"shown_status"}),
            models.UniqueConstraint(fields=["pledge", "party"], name="undertaking_once"),
            models.CheckConstraint(
                condition=Q(shown_status="", shown_by="") | (~Q(shown_status="") & ~Q(shown_by="")),
                name="undertaking_verdict_names_its_author",
            ),
            models.CheckConstraint(
                condition=Q(exempt_reason="") | Q(current_assessment__isnull=True),
                name="undertaking_exempt_is_not_assessed",
                violation_error_message=_(
                    "It has a published assessment; withdraw that before exempting the party."
                ),
            ),
        ]
        indexes = [models.Index(fields=["party", "shown_status"], name="undertaking_by_verdict")]

    def __str__(self):
        return f"{self.party}: {self.pledge}"

    def get_absolute_url(self):
        page = self.pledge.get_absolute_url()
        return f"{page}#{self.slug}"

    def clean(self):
        # The slug is not the curator's to choose; set it where every form and importer passes.
        if self.pledge_id and self.party_id:
            self.slug = f"{self.pledge.slug}--{self.party.slug}"

    @property
    def status(self):
        """The status a reader sees: the verdict's, or `not_assessed`."""
        return self.shown_status or NOT_ASSESSED

    @property
    def is_exempt(self):
        return self.exempt_reason != ""

    @property
    def last_day(self):
        """The last day on which it can still be kept in time; None without one."""
        return self.pledge.deadline

    def is_bound(self, *, on):
        """Whether the party owes it on the day `on`: one that joined later does not before."""
        return self.binds_from is None or self.binds_from <= on

    @property
    def is_waiting(self):
        """Whether its verdict is open or missing. The same rule as `UndertakingQuerySet.waiting`.

        An exempt party is never judged, so it never waits.
        """
        if self.is_exempt:
            return False
        return self.status == NOT_ASSESSED or self.status in OPEN

    def is_overdue(self, *, on):
        """Whether its last day has passed on `on` with the verdict open or missing. The same rule
        as `UndertakingQuerySet.overdue`.
        """
        return self.is_waiting and has_passed(self.last_day, on=on)
