from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import LANGUAGE, Line, Prose
from commitments.models.imprecise import (
    make_fiscal_named_field,
    make_fiscal_start_field,
    make_precision_field,
    read_imprecise_date,
    require_imprecise_date,
)
from commitments.models.looking_back import make_condition
from commitments.models.pledges import Pledge, PledgeQuerySet, TranslatedBy
from commitments.models.roots import Root, RootQuerySet, make_root_rules
from commitments.models.rules import (
    limit_lengths,
    make_field_rule,
    require_filled,
    require_one_of,
)
from commitments.models.sources import Source
from commitments.models.undertakings import Undertaking


class Stance(models.TextChoices):
    SUPPORTS = "supports", _("Supports")
    CONTRADICTS = "contradicts", _("Contradicts")
    CONTEXT = "context", _("Context")


class EvidenceQuerySet(RootQuerySet):
    @staticmethod
    def public(prefix=""):
        """Evidence is public if it, its pledge (with its summit) and its source are."""
        published = RootQuerySet.public(prefix)
        pledge = PledgeQuerySet.public(f"{prefix}pledge__")
        source = RootQuerySet.public(f"{prefix}source__")
        return published & pledge & source

    @staticmethod
    def known(day, prefix=""):
        """Evidence counts from the day its source was published.

        If the source is undated, it counts from the day of its event, if that is undated always.
        """
        published = make_condition(prefix, source__published_on__lte=day)
        undated = make_condition(prefix, source__published_on__isnull=True)
        happened = make_condition(prefix, happened_on__lte=day)
        without_day = make_condition(prefix, happened_on__isnull=True)
        counts = published | (undated & (without_day | happened))
        pledge = PledgeQuerySet.known(day, f"{prefix}pledge__")
        return counts & pledge

    def newest_first(self):
        return self.select_related("source").order_by(
            F("happened_on").desc(nulls_last=True),
            F("source__published_on").desc(nulls_last=True),
            "slug",
        )


class Evidence(Root):
    """What a source says for, against or about a pledge being kept."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="evidence")
    undertakings = models.ManyToManyField(
        Undertaking,
        related_name="evidence",
        blank=True,
        help_text=_("Which parties it bears on; none chosen: all."),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="evidence")
    stance = models.CharField(
        _("stance"),
        max_length=12,
        choices=Stance,
        help_text=_("Does it speak for the pledge being kept, against it, or only explain?"),
    )
    finding = Line(_("finding"), max_length=400, help_text=_("What it shows, in one sentence."))
    finding_ja = Line(_("finding in Japanese"), max_length=400, blank=True)
    excerpt = Prose(_("excerpt"), blank=True, help_text=_("Word for word, as short as it can be."))
    excerpt_language = models.CharField(
        _("language of the excerpt"),
        max_length=10,
        blank=True,
        validators=[LANGUAGE],
        help_text=_("Needed with an excerpt: “en”, “ja”."),
    )
    translation = Prose(_("translation"), blank=True)
    translated_by = models.CharField(
        _("translated by"), max_length=10, choices=TranslatedBy, blank=True
    )
    locator = Line(_("locator"), blank=True)
    happened_on = models.DateField(
        _("happened on"),
        null=True,
        blank=True,
        help_text=_("When what it reports happened; not when it was printed."),
    )
    happened_on_precision = make_precision_field(_("exact to"))
    happened_on_fiscal_start = make_fiscal_start_field()
    happened_on_fiscal_named = make_fiscal_named_field()
    happened_on_from = models.DateField(_("first day of the period"), null=True, blank=True)
    is_milestone = models.BooleanField(
        _("is the promised event"),
        default=False,
        help_text=_(
            "For a target that asks for an event: it happened on that day, or (if it contradicts)"
            " it had not happened by then."
        ),
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("evidence")
        ordering = [F("happened_on").desc(nulls_last=True), "slug"]
        constraints = [
            *make_root_rules("evidence"),
            *limit_lengths(
                "evidence",
                finding=400,
                finding_ja=400,
                excerpt_language=10,
                locator=200,
            ),
            *require_filled("evidence", "finding"),
            *require_one_of(
                "evidence",
                stance=Stance.values,
                translated_by=TranslatedBy.values,
                blank={"translated_by"},
            ),
            *require_imprecise_date("evidence", "happened_on", undated=["none"]),
            make_field_rule(
                "translated_by",
                condition=Q(translation="", translated_by="")
                | (~Q(translation="") & ~Q(translated_by="")),
                name="evidence_translation_names_translator",
                sentence=_("A translation needs to say by whom, and only a translation does."),
            ),
            make_field_rule(
                "excerpt_language",
                condition=Q(excerpt="", excerpt_language="")
                | (~Q(excerpt="") & ~Q(excerpt_language="")),
                name="evidence_excerpt_names_language",
                sentence=_(
                    "An excerpt needs its language, such as “en”, and only an excerpt has one."
                ),
            ),
        ]
        indexes = [models.Index(fields=["pledge", "happened_on"], name="evidence_by_pledge")]

    def __str__(self):
        return self.finding

    def get_absolute_url(self):
        page = self.pledge.get_absolute_url()
        return f"{page}#{self.slug}"

    @property
    def happened(self):
        return read_imprecise_date(self, "happened_on")

    def is_known(self, *, on):
        """Whether it counts on the day `on`, after its pledge was made.

        The same rule as `EvidenceQuerySet.known`.
        """
        day = self.source.published_on
        if day is None:
            day = self.happened_on
        if day is None:
            return True
        return day <= on
