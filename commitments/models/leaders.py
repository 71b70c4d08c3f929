import re

from django.db import models
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import Line, random_suffix
from commitments.models.imprecise import DayPrecision
from commitments.models.looking_back import make_condition
from commitments.models.parties import (
    WIKIDATA,
    Party,
    TimeSpan,
    TimesQuerySet,
    require_time_span,
)
from commitments.models.roots import SLUG, Root, RootQuerySet, make_root_rules, require_published
from commitments.models.rules import limit_lengths, require_filled

KANJI_OR_KANA = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")


def written_in_japanese(name):
    """Whether a Japanese newspaper could print `name` as it stands.

    True for 高市早苗, false for 习近平, 윤석열 and Путин.
    """
    try:
        name.encode("shift_jis")
    except UnicodeEncodeError:
        return False
    return KANJI_OR_KANA.search(name) is not None


class LeaderQuerySet(RootQuerySet):
    @staticmethod
    def known(day, prefix=""):
        """A leader is there once an office of theirs has begun; if none is recorded, always."""
        tenures = Tenure.objects.values("leader")
        in_office = make_condition(prefix, pk__in=tenures.as_of(day))
        recorded = make_condition(prefix, pk__in=tenures)
        return in_office | ~recorded

    def with_offices(self):
        """Load the offices whose time had begun, each with its party."""
        tenures = Tenure.objects.published().as_of(self.day)
        tenures = tenures.select_related("party")
        return self.prefetch_related(Prefetch("tenures", tenures))


class Leader(Root):
    """A person who spoke or signed for a party at a summit."""

    name = Line(_("name"), help_text=_("As the English press writes it: “Sanae Takaichi”."))
    native_name = Line(
        _("native name"),
        blank=True,
        help_text=_("In the leader's own script: 高市早苗."),
    )
    wikidata_id = models.CharField(
        _("Wikidata id"), max_length=20, blank=True, validators=[WIKIDATA]
    )

    objects = LeaderQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            *make_root_rules("leader"),
            *limit_lengths("leader", name=200, native_name=200, wikidata_id=20),
            *require_filled("leader", "name"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("leader", args=[self.slug])

    @property
    def name_ja(self):
        """The native name where it is the Japanese one too; empty otherwise."""
        if written_in_japanese(self.native_name):
            return self.native_name
        return ""


class TenureQuerySet(TimesQuerySet):
    def published(self):
        """Keep the offices of a leader and for a party that are no hidden records."""
        return self.filter(require_published(leader=Leader, party=Party))


class Tenure(TimeSpan):
    """The time a leader held an office for a party."""

    slug = models.CharField(max_length=160, unique=True, default=random_suffix, validators=[SLUG])
    leader = models.ForeignKey(Leader, models.CASCADE, related_name="tenures")
    party = models.ForeignKey(Party, models.PROTECT, related_name="tenures")
    office = Line(_("office"), help_text=_("“Prime Minister of Japan”."))
    office_ja = Line(_("office in Japanese"), blank=True)
    starts_on = models.DateField(_("in office from"), null=True, blank=True)
    starts_on_precision = DayPrecision(_("exact to"))
    ends_on = models.DateField(
        _("in office until"),
        null=True,
        blank=True,
        help_text=_("Empty: still in office."),
    )
    ends_on_precision = DayPrecision(_("exact to"))

    objects = TenureQuerySet.as_manager()

    class Meta:
        ordering = ["leader", "starts_on"]
        constraints = [
            *limit_lengths("tenure", slug=160, office=200, office_ja=200),
            *require_filled("tenure", "slug", "office"),
            *require_time_span("tenure"),
        ]
        indexes = [models.Index(fields=["party", "office", "starts_on"], name="tenure_by_office")]

    def __str__(self):
        return f"{self.leader}, {self.office}"
