from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import Line, Prose
from commitments.models.imprecise import DayPrecision
from commitments.models.leaders import Leader, Tenure
from commitments.models.looking_back import LooksBack, make_condition
from commitments.models.parties import Party, TimeSpan, require_time_span
from commitments.models.roots import Root, RootQuerySet, make_root_rules, require_published
from commitments.models.rules import (
    limit_lengths,
    make_field_rule,
    make_quiet_rule,
    require_filled,
    require_once,
    require_one_of,
)


class SummitSeries(Root):
    """Meetings that belong together: G7 summits, NATO summits, Japan-US summits."""

    name = Line(_("name"))
    name_ja = Line(_("name in Japanese"), blank=True)

    class Meta:
        verbose_name_plural = _("summit series")
        ordering = ["name"]
        constraints = [
            *make_root_rules("series"),
            *limit_lengths("series", name=200, name_ja=200),
            *require_filled("series", "name"),
        ]

    def __str__(self):
        return self.name


class SummitKind(models.TextChoices):
    BILATERAL = "bilateral", _("Bilateral")
    MINILATERAL = "minilateral", _("Minilateral")
    MULTILATERAL = "multilateral", _("Multilateral")


class SummitStanding(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


class SummitQuerySet(RootQuerySet):
    @staticmethod
    def public(prefix=""):
        """A summit is public if it is published, and its series and country are not hidden."""
        references = require_published(prefix, series=SummitSeries, country=Party)
        return RootQuerySet.public(prefix) & references

    @staticmethod
    def known(day, prefix=""):
        """A summit is there from its first day."""
        return make_condition(prefix, starts_on__lte=day)

    def for_listing(self):
        rows = self.select_related("series")
        return rows.order_by("-starts_on", "slug")


class Summit(TimeSpan, Root):
    """A dated meeting of leaders."""

    series = models.ForeignKey(
        SummitSeries, models.PROTECT, null=True, blank=True, related_name="summits"
    )
    name = Line(_("name"), help_text=_("With the place: “Japan-US summit, Tokyo”."))
    name_ja = Line(_("name in Japanese"), blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=SummitKind)
    standing = models.CharField(
        _("standing"), max_length=10, choices=SummitStanding, default=SummitStanding.HELD
    )
    standing_reason = Line(
        _("why"),
        max_length=300,
        blank=True,
        help_text=_("Why it was postponed or cancelled, in one sentence for readers."),
    )
    standing_reason_ja = Line(_("why, in Japanese"), max_length=300, blank=True)
    starts_on = models.DateField(
        _("first day"), help_text=_("If only the month is known, the first day of it.")
    )
    starts_on_precision = DayPrecision(_("exact to"), is_required=True)
    ends_on = models.DateField(
        _("last day"), help_text=_("If only the month is known, the last day of it.")
    )
    ends_on_precision = DayPrecision(_("exact to"), is_required=True)
    city = Line(_("city"), max_length=100, blank=True)
    country = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_summits",
        help_text=_("The state where it was held; empty for a meeting by video."),
    )
    venue = Line(_("venue"), blank=True)
    summary = Prose(
        _("summary"),
        blank=True,
        help_text=_("Two or three sentences for a reader who was not there."),
    )
    summary_ja = Prose(_("summary in Japanese"), blank=True)

    objects = SummitQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "slug"]
        constraints = [
            *make_root_rules("summit"),
            *limit_lengths(
                "summit",
                name=200,
                name_ja=200,
                standing_reason=300,
                standing_reason_ja=300,
                city=100,
                venue=200,
            ),
            *require_filled("summit", "name"),
            *require_one_of("summit", kind=SummitKind.values, standing=SummitStanding.values),
            *require_time_span("summit"),
            make_field_rule(
                "standing_reason",
                condition=~Q(standing__in=[SummitStanding.POSTPONED, SummitStanding.CANCELLED])
                | ~Q(standing_reason=""),
                name="summit_standing_has_reason",
                sentence=_("Say why it was postponed or cancelled."),
            ),
        ]
        indexes = [models.Index(fields=["-starts_on", "slug"], name="summit_newest_first")]

    def __str__(self):
        return f"{self.name} ({self.starts_on:%Y})"

    def get_absolute_url(self):
        return reverse("summit", args=[self.slug])

    @property
    def is_held(self):
        return self.standing == SummitStanding.HELD


class Role(models.TextChoices):
    HOST = "host", _("Host")
    PARTICIPANT = "participant", _("Participant")
    GUEST = "guest", _("Guest")


class ParticipationQuerySet(LooksBack):
    @staticmethod
    def public(prefix=""):
        """A participation is public with its summit, if it names no hidden party or leader."""
        summit = SummitQuerySet.public(f"{prefix}summit__")
        references = require_published(
            prefix, party=Party, leader=Leader, tenure__leader=Leader, tenure__party=Party
        )
        return summit & references

    @staticmethod
    def known(day, prefix=""):
        return SummitQuerySet.known(day, f"{prefix}summit__")

    def published(self):
        return self.filter(self.public())


class Participation(models.Model):
    """A party at a summit, and the leader who came for it."""

    summit = models.ForeignKey(Summit, models.CASCADE, related_name="participations")
    party = models.ForeignKey(Party, models.PROTECT, related_name="participations")
    leader = models.ForeignKey(
        Leader, models.PROTECT, null=True, blank=True, related_name="participations"
    )
    tenure = models.ForeignKey(
        Tenure,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        help_text=_("The office the leader held that day."),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.PARTICIPANT)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["summit", "role", "party"]
        constraints = [
            *require_one_of("participation", role=Role.values),
            make_quiet_rule(
                "tenure",
                sentence="An office is a leader's: choose the leader, or take the office out.",
                condition=Q(tenure__isnull=True) | Q(leader__isnull=False),
                name="participation_tenure_has_leader",
            ),
            require_once(
                "leader",
                sentence="This leader is entered for this party already.",
                fields=["summit", "party", "leader"],
                name="participation_once",
            ),
            require_once(
                "party",
                sentence="This party is entered without a leader already.",
                fields=["summit", "party"],
                condition=Q(leader__isnull=True),
                name="participation_without_leader_once",
            ),
        ]

    def __str__(self):
        participant = self.leader or self.party
        return f"{participant} at {self.summit}"
