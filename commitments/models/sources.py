from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import LANGUAGE, Line, Prose
from commitments.models.imprecise import (
    make_fiscal_named_field,
    make_fiscal_start_field,
    make_precision_field,
    require_imprecise_date,
)
from commitments.models.looking_back import make_condition
from commitments.models.parties import Party
from commitments.models.roots import Root, RootQuerySet, make_root_rules, require_published
from commitments.models.rules import (
    limit_lengths,
    make_quiet_rule,
    require_filled,
    require_once,
    require_one_of,
)
from commitments.models.summits import Summit
from commitments.models.urls import WebAddress


class SourceKind(models.TextChoices):
    JOINT_STATEMENT = "joint_statement", _("Joint statement")
    COMMUNIQUE = "communique", _("Communiqué")
    AGREEMENT = "agreement", _("Agreement or memorandum")
    FACT_SHEET = "fact_sheet", _("Fact sheet")
    READOUT = "readout", _("Readout")
    LAW = "law", _("Law or order")
    BUDGET = "budget", _("Budget")
    STRATEGY = "strategy", _("Strategy or plan")
    STATISTICS = "statistics", _("Statistics")
    SPEECH = "speech", _("Speech or interview")
    NEWS = "news", _("News report")
    ANALYSIS = "analysis", _("Analysis")
    OTHER = "other", _("Other")


class Tier(models.TextChoices):
    PRIMARY_OFFICIAL = "primary_official", _("Primary, official")
    STATISTICS = "statistics", _("Statistics")
    INDEPENDENT = "independent", _("Independent")
    PRESS = "press", _("Press")
    PARTY_CLAIM = "party_claim", _("The party’s own claim")


class SourceQuerySet(RootQuerySet):
    @staticmethod
    def public(prefix=""):
        """A source is public if it is published, and who and what issued it are not hidden."""
        references = require_published(prefix, issued_by=Party, issued_at=Summit)
        return RootQuerySet.public(prefix) & references

    @staticmethod
    def known(day, prefix=""):
        """A source counts from the last day it may have been published; an undated one always."""
        undated = make_condition(prefix, published_on__isnull=True)
        published = make_condition(prefix, published_on__lte=day)
        return undated | published


class Source(Root):
    """A publication that a pledge or a piece of evidence rests on."""

    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind)
    title = Line(_("title"), max_length=400, help_text=_("As published, in its own language."))
    title_ja = Line(_("title in Japanese"), max_length=400, blank=True)
    publisher = Line(_("publisher"), help_text=_("Who is responsible for it: “The White House”."))
    published_on = models.DateField(
        _("published on"),
        null=True,
        blank=True,
        help_text=_("The day, or the last day it may mean (31 March for “March”). Empty: undated."),
    )
    published_on_precision = make_precision_field(_("exact to"))
    published_on_fiscal_start = make_fiscal_start_field()
    published_on_fiscal_named = make_fiscal_named_field()
    published_on_from = models.DateField(_("first day of the period"), null=True, blank=True)
    language = models.CharField(
        _("language"),
        max_length=10,
        default="en",
        validators=[LANGUAGE],
        help_text=_("Its language: “en”, “ja”, “fr”."),
    )
    url = WebAddress(
        _("address"),
        blank=True,
        help_text=_("Where a reader finds the original. Empty only if it is not online."),
    )
    read_at = WebAddress(
        _("read at"),
        blank=True,
        help_text=_("The address of the copy, if it was read in one and not in the original."),
    )
    archived_at = WebAddress(
        _("archived at"),
        blank=True,
        help_text=_("Its address in a web archive, if it is kept in one."),
    )
    tier = models.CharField(
        _("tier"),
        max_length=20,
        choices=Tier,
        help_text=_(
            "How near it is to the fact. “The party’s own claim” alone lowers a verdict's"
            " confidence."
        ),
    )
    issued_by = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="issued_sources",
        help_text=_(
            "The party that speaks in it, if one does: needed to know whose own claim it is."
        ),
    )
    issued_at = models.ForeignKey(
        Summit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("issued at"),
    )
    note = Prose(
        _("note"),
        blank=True,
        help_text=_(
            "What a reader should know of it: a copy, a translation, only the first part seen."
            " Public."
        ),
    )
    may_show_copy = models.BooleanField(
        _("may show our copy"),
        default=False,
        help_text=_("Only where its licence allows it."),
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = [F("published_on").desc(nulls_last=True), "slug"]
        constraints = [
            *make_root_rules("source"),
            *limit_lengths(
                "source",
                title=400,
                title_ja=400,
                publisher=200,
                language=10,
                url=1000,
                read_at=1000,
                archived_at=1000,
            ),
            *require_filled("source", "title", "publisher", "language"),
            *require_one_of("source", kind=SourceKind.values, tier=Tier.values),
            *require_imprecise_date("source", "published_on", undated=["none"]),
        ]
        indexes = [models.Index(fields=["published_on", "slug"], name="source_by_day")]

    def __str__(self):
        return f"{self.title} ({self.publisher})"

    def get_absolute_url(self):
        return reverse("source", args=[self.slug])

    @property
    def address(self):
        """Where its title leads: to the original, else to the copy it was read in."""
        return self.url or self.read_at

    @property
    def is_press(self):
        return self.tier == Tier.PRESS


class Snapshot(models.Model):
    """What we have kept of a source at one moment. Added, never edited."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="snapshots")
    retrieved_at = models.DateTimeField(_("retrieved at"))
    final_url = WebAddress(_("address after redirects"), blank=True)
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    media_type = models.CharField(_("media type"), max_length=100)
    byte_size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    file = models.FileField(_("file"), upload_to="snapshots/", blank=True)
    archived_url = WebAddress(_("copy at an archive"), blank=True)
    text = Prose(_("text found in it"), blank=True)

    class Meta:
        ordering = ["source", "-retrieved_at"]
        constraints = [
            *limit_lengths("snapshot", media_type=100, final_url=1000, archived_url=1000),
            *require_filled("snapshot", "media_type"),
            make_quiet_rule(
                "sha256",
                sentence="A SHA-256 has 64 characters.",
                condition=Q(sha256__length=64),
                name="snapshot_sha256_whole",
            ),
        ]

    def __str__(self):
        return f"{self.source} at {self.retrieved_at:%Y-%m-%d %H:%M}"


class Statement(models.Model):
    """A sentence that a full reading of the source found: tracked as a pledge, or not and why."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="statements")
    quote = Prose(_("quote"), help_text=_("Word for word, as short as it can be."))
    locator = Line(
        _("locator"),
        blank=True,
        help_text=_("Where in the source: “Section I, paragraph 2(b)”."),
    )
    pledges = models.ManyToManyField(
        "commitments.Pledge",
        blank=True,
        related_name="statements",
        help_text=_(
            "The pledges that track it. The public sees each link once that pledge is published."
        ),
    )
    not_tracked_reason = Prose(
        _("why it is not tracked"),
        blank=True,
        help_text=_("“No future action”, “praise”, “repeats paragraph 4”…"),
    )

    class Meta:
        ordering = ["source", "id"]
        constraints = [
            *limit_lengths("statement", locator=200),
            *require_filled("statement", "quote"),
            require_once(
                "quote",
                sentence="This sentence of the source is entered already.",
                fields=["source", "quote"],
                name="statement_once",
            ),
        ]

    def __str__(self):
        return self.quote[:80]
