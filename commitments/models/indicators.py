from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import Line, Prose, build_choices
from commitments.models.imprecise import NAMED, make_fiscal_named_field
from commitments.models.looking_back import LooksBack, make_condition
from commitments.models.numbers import DECIMALS, ExactNumber
from commitments.models.parties import Party
from commitments.models.roots import Root, RootQuerySet, make_root_rules, require_published
from commitments.models.rules import (
    limit_lengths,
    make_quiet_rule,
    require_filled,
    require_once,
    require_one_of,
    require_order,
)
from commitments.models.urls import WebAddress
from commitments.verdicts.spellings import UnreadableDate, parse_date
from commitments.verdicts.targets import Figure, FigureKind, Period
from commitments.verdicts.wording import KINDS_OF_FIGURE


class Stage(models.TextChoices):
    ANNOUNCED = "announced", _("Announced")
    COMMITTED = "committed", _("Committed")
    ALLOCATED = "allocated", _("Allocated")
    DISBURSED = "disbursed", _("Disbursed")


class Frequency(models.TextChoices):
    ANNUAL = "annual", _("Annual")
    FISCAL_YEAR = "fiscal_year", _("Each fiscal year")
    QUARTERLY = "quarterly", _("Quarterly")
    MONTHLY = "monthly", _("Monthly")
    IRREGULAR = "irregular", _("Irregular")


class Indicator(Root):
    """A statistic with one definition.

    Another definition or stage is another indicator; stages are never summed.
    """

    name = Line(_("name"))
    name_ja = Line(_("name in Japanese"), blank=True)
    unit = Line(_("unit"), max_length=60, help_text=_("“% of FY2022 GDP”, “USD bn”."))
    definition = Prose(
        _("definition"),
        help_text=_("What is counted, what is not, over which denominator."),
    )
    publisher = Line(_("publisher"))
    url = WebAddress(_("address"), blank=True)
    frequency = models.CharField(_("frequency"), max_length=15, choices=Frequency)
    fiscal_year_starts = models.PositiveSmallIntegerField(
        _("fiscal year starts in month"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    fiscal_year_named = make_fiscal_named_field()
    lowest = ExactNumber(
        _("lowest possible figure"),
        null=True,
        blank=True,
        help_text=_("0 for a share or an amount. A figure below it is asked about."),
    )
    highest = ExactNumber(
        _("highest possible figure"),
        null=True,
        blank=True,
        help_text=_("100 for a share in per cent. A figure above it is asked about."),
    )
    stage = models.CharField(_("stage of the money"), max_length=12, choices=Stage, blank=True)
    currency = models.CharField(
        _("currency"), max_length=3, blank=True, help_text=_("ISO 4217: JPY, USD.")
    )
    price_year = models.PositiveSmallIntegerField(_("prices of"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            *make_root_rules("indicator"),
            *limit_lengths(
                "indicator",
                name=200,
                name_ja=200,
                unit=60,
                publisher=200,
                url=1000,
                currency=3,
            ),
            *require_filled("indicator", "name", "unit", "definition", "publisher"),
            *require_one_of(
                "indicator",
                frequency=Frequency.values,
                stage=Stage.values,
                fiscal_year_named=NAMED,
                blank={"stage", "fiscal_year_named"},
            ),
            make_quiet_rule(
                "fiscal_year_starts",
                sentence="A month is a number from 1 to 12.",
                condition=Q(fiscal_year_starts__isnull=True) | Q(fiscal_year_starts__range=(1, 12)),
                name="indicator_fiscal_month",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.unit})"

    def find_period(self, name):
        """Return the days of “2024”, “FY2025”, “2024-Q3” in its figures; None for what is no
        period.
        """
        return find_named_period(name, self.fiscal_year_starts, self.fiscal_year_named)


def find_named_period(name, fiscal_year_starts=None, fiscal_year_named=""):
    """Return the days of a period by its name; None for what is none.

    Without the month in which it starts, a fiscal year is a calendar year.
    """
    starts = fiscal_year_starts or 1
    try:
        date = parse_date(name).resolve(starts, fiscal_year_named)
    except UnreadableDate:
        return None
    return Period(date.first_day, date.last_day)


class ReleaseQuerySet(RootQuerySet):
    @staticmethod
    def public(prefix=""):
        """A release is public if it and its indicator are published."""
        published = RootQuerySet.public(prefix)
        indicator = RootQuerySet.public(f"{prefix}indicator__")
        return published & indicator

    @staticmethod
    def known(day, prefix=""):
        """Figures count from the day they were released."""
        return make_condition(prefix, released_on__lte=day)


class Release(Root):
    """One publication of an indicator's figures. Never changed: a revision is another release."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="releases")
    released_on = models.DateField(_("released on"))
    title = Line(_("title"), max_length=300)
    url = WebAddress(_("address"), blank=True)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    note = Prose(
        _("note"),
        blank=True,
        help_text=_("How the figures were read, and what is not in them. Public."),
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "-released_on"]
        constraints = [
            *make_root_rules("release"),
            *limit_lengths("release", title=300, url=1000),
            *require_filled("release", "title"),
            make_quiet_rule(
                "sha256",
                sentence="A SHA-256 has 64 characters: check it, or leave it empty.",
                condition=Q(sha256="") | Q(sha256__length=64),
                name="release_sha256_whole",
            ),
        ]
        indexes = [models.Index(fields=["indicator", "released_on"], name="release_by_day")]

    def __str__(self):
        return f"{self.title} ({self.released_on})"


FIGURE_KIND_CHOICES = build_choices(KINDS_OF_FIGURE)
# What identifies a figure: several releases may give it, each with its own value.
FIGURE = ("release__indicator", "party", "period_start", "period_end", "kind")


class ObservationQuerySet(LooksBack):
    def published(self):
        """Keep the figures of public releases, for parties that are not hidden."""
        public = ReleaseQuerySet.public("release__")
        return self.filter(public & require_published(party=Party))

    @staticmethod
    def known(day, prefix=""):
        return ReleaseQuerySet.known(day, f"{prefix}release__")

    def known_on(self, day):
        """Keep what was known on `day`: of each figure the newest public release by then.

        A figure is one indicator's for one party, period and kind. Of two releases of one day the
        last by slug counts, as for the rules.
        """
        released_on = OuterRef("release__released_on")
        later = Q(release__released_on__gt=released_on)
        same_day = Q(
            release__released_on=released_on,
            release__slug__gt=OuterRef("release__slug"),
        )
        same_figure = {}
        for name in FIGURE:
            same_figure[name] = OuterRef(name)
        newer = Observation.objects.published().as_of(day)
        newer = newer.filter(later | same_day, **same_figure)
        return self.as_of(day).filter(~Exists(newer))


class Observation(models.Model):
    """An indicator's value for a party and period, as one release gave it."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="observations")
    party = models.ForeignKey(Party, models.PROTECT, related_name="observations")
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("period to"))
    value = ExactNumber(_("value"))
    decimals = models.PositiveSmallIntegerField(
        _("decimals"),
        help_text=_("As published: 2 for “1.60”."),
        validators=[MaxValueValidator(DECIMALS)],
    )
    kind = models.CharField(_("kind"), max_length=12, choices=FIGURE_KIND_CHOICES)
    note = Line(_("note"), blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["release", "party", "period_start", "kind"]
        constraints = [
            *require_one_of("observation", kind=list(FigureKind)),
            *limit_lengths("observation", note=200),
            require_order("observation", "period_start", "period_end", name="period_in_order"),
            make_quiet_rule(
                "decimals",
                sentence=f"At most {DECIMALS} digits after the point are kept.",
                condition=Q(decimals__lte=DECIMALS),
                name="observation_decimals_kept",
            ),
            require_once(
                "party",
                sentence="This release has a figure for this party, period and kind already.",
                fields=["release", "party", "period_start", "period_end", "kind"],
                name="observation_once",
            ),
        ]
        indexes = [models.Index(fields=["party", "period_end"], name="observation_by_period")]

    def __str__(self):
        return f"{self.party} {self.period_end}: {self.value}"

    def build_figure(self):
        """Return this observation, which was read with its release, as the rules see it."""
        release = self.release
        return Figure(
            period=Period(self.period_start, self.period_end),
            value=self.value,
            decimals=self.decimals,
            kind=self.kind,
            released_on=release.released_on,
            release=release.slug,
            url=release.url,
        )
