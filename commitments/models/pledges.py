from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import LANGUAGE, Line, Prose
from commitments.models.imprecise import (
    DayPrecision,
    make_fiscal_named_field,
    make_fiscal_start_field,
    make_precision_field,
    read_imprecise_date,
    require_day_precision,
    require_imprecise_date,
)
from commitments.models.leaders import Leader
from commitments.models.looking_back import LooksBack, make_condition
from commitments.models.parties import Party
from commitments.models.roots import Root, RootQuerySet, make_root_rules, require_published
from commitments.models.rules import (
    limit_lengths,
    make_field_rule,
    require_filled,
    require_once,
    require_one_of,
)
from commitments.models.sources import Source, SourceQuerySet
from commitments.models.summits import Summit, SummitQuerySet
from commitments.models.topics import Topic
from commitments.verdicts.dates import Precision

# Characters: longer than any paragraph of a communiqué.
LONGEST_QUOTE = 20_000


class Attribution(models.TextChoices):
    OWN_STATEMENT = "own_statement", _("Own statement")
    JOINT_TEXT = "joint_text", _("Joint text")
    REPORTED_BY_CHAIR = "reported_by_chair", _("Reported by the chair")
    CLAIMED_BY_OTHER = "claimed_by_other", _("Claimed by the other side")
    PRESS_INFERENCE = "press_inference", _("Press inference")


class Modality(models.TextChoices):
    COMMITS = "commits", _("Commits")
    AGREES = "agrees", _("Agrees")
    INTENDS = "intends", _("Intends")
    AIMS = "aims", _("Aims")
    ENCOURAGES = "encourages", _("Encourages")
    REAFFIRMS = "reaffirms", _("Reaffirms")


class PledgeKind(models.TextChoices):
    SPENDING = "spending", _("Spending")
    LEGISLATIVE = "legislative", _("Legislative")
    DIPLOMATIC = "diplomatic", _("Diplomatic")
    INSTITUTIONAL = "institutional", _("Institutional")
    SECURITY = "security", _("Security")
    TRADE = "trade", _("Trade")
    SYMBOLIC = "symbolic", _("Symbolic")


class TranslatedBy(models.TextChoices):
    OFFICIAL = "official", _("Official translation")
    OURS = "ours", _("Our translation")
    MACHINE = "machine", _("Machine translation")


class WhoseText(models.TextChoices):
    """Who answers for a text of a quote in another language."""

    AUTHENTIC = "authentic", _("Authentic text")
    OFFICIAL = "official", _("Official translation")
    OURS = "ours", _("Our translation")
    MACHINE = "machine", _("Machine translation")


class Verifiability(models.TextChoices):
    CHECKABLE = "checkable", _("Checkable from public material")
    PARTLY = "partly", _("Checkable in part")
    NOT_CHECKABLE = "not_checkable", _("Not checkable from outside")


class BorneBy(models.TextChoices):
    EACH = "each", _("Each party by itself")
    COLLECTIVELY = "collectively", _("The parties together")


class PledgeQuerySet(RootQuerySet):
    @staticmethod
    def public(prefix=""):
        """A pledge is public if it is published and so is its summit, where it has one.

        Nor may its source or whoever stated it be hidden.
        """
        published = RootQuerySet.public(prefix) & require_published(
            prefix, source=Source, stated_by=Party, stated_by_leader=Leader
        )
        no_summit = make_condition(prefix, summit__isnull=True)
        on_summit = f"{prefix}summit__"
        public_summit = SummitQuerySet.public(on_summit)
        return published & (no_summit | public_summit)

    @staticmethod
    def known(day, prefix=""):
        """A pledge is there from the day it was made."""
        return make_condition(prefix, made_on__lte=day)

    def waiting(self):
        """Keep the pledges on which a party's verdict is open or missing; see
        `Undertaking.is_waiting`.
        """
        from commitments.models.undertakings import Undertaking

        parts = Undertaking.objects.as_of(self.day)
        own = parts.waiting()
        own = own.filter(pledge=OuterRef("pk"))
        return self.filter(Exists(own))

    def overdue(self, *, on):
        """Keep the pledges that are overdue for a party; see `Undertaking.is_overdue`."""
        from commitments.models.undertakings import Undertaking

        parts = Undertaking.objects.as_of(self.day)
        own = parts.overdue(on=on)
        own = own.filter(pledge=OuterRef("pk"))
        return self.filter(Exists(own))

    def for_listing(self):
        """Shape a list of pledges: each with its undertakings and their shown verdicts."""
        undertakings = self.listed_undertakings()
        rows = self.select_related("summit", "stated_by")
        return rows.prefetch_related(undertakings)

    def listed_undertakings(self):
        """Return what reads the undertakings of listed pledges, as of the day of this query."""
        from commitments.models.undertakings import Undertaking

        undertakings = Undertaking.objects.published()
        undertakings = undertakings.as_of(self.day).for_listing()
        return Prefetch("undertakings", undertakings, to_attr="listed_undertakings")


class Pledge(Root):
    """A discrete, specific, publicly expressed statement of intent about future action."""

    title = Line(
        _("title"),
        max_length=300,
        help_text=_("In plain words, without the verdict: “Security-related spending at 2 %…”."),
    )
    title_ja = Line(_("title in Japanese"), max_length=300, blank=True)
    summit = models.ForeignKey(
        Summit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pledges",
        help_text=_(
            "Where it was made. Empty if it was made elsewhere: then say where under “occasion”."
        ),
    )
    occasion = Line(
        _("occasion"),
        blank=True,
        help_text=_("If not at a summit: “Policy speech in the Diet”."),
    )
    occasion_ja = Line(_("occasion in Japanese"), blank=True)
    quote = Prose(_("quote"), help_text=_("Word for word from the source, as short as it can be."))
    quote_is_verbatim = models.BooleanField(
        _("quote is word for word"),
        default=True,
        help_text=_("Untick for a paraphrase: the page then says so and shows no quotation marks."),
    )
    quote_language = models.CharField(
        _("language of the quote"), max_length=10, default="en", validators=[LANGUAGE]
    )
    translation = Prose(
        _("translation"),
        blank=True,
        help_text=_("Into English, if the quote is in another language."),
    )
    translated_by = models.CharField(
        _("translated by"),
        max_length=10,
        choices=TranslatedBy,
        blank=True,
        help_text=_("Needed with a translation."),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="pledges")
    locator = Line(_("locator"), blank=True, help_text=_("Where in the source the words stand."))
    made_on = models.DateField(
        _("made on"), help_text=_("If only the month is known, the first day of it.")
    )
    made_on_precision = DayPrecision(_("exact to"), is_required=True)
    stated_by = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="stated_pledges",
        help_text=_("Whose words these are."),
    )
    stated_by_leader = models.ForeignKey(
        Leader, models.PROTECT, null=True, blank=True, related_name="stated_pledges"
    )
    attribution = models.CharField(
        _("attribution"),
        max_length=20,
        choices=Attribution,
        help_text=_("Who says that it was promised."),
    )
    modality = models.CharField(
        _("modality"),
        max_length=12,
        choices=Modality,
        help_text=_("The force of the verb used, not of the wish."),
    )
    kind = models.CharField(_("kind"), max_length=15, choices=PledgeKind)
    topics = models.ManyToManyField(Topic, related_name="pledges", blank=True)
    deadline = models.DateField(
        _("deadline"),
        null=True,
        blank=True,
        help_text=_("The last day that would still be in time."),
    )
    deadline_precision = make_precision_field(_("deadline exact to"), default=Precision.NONE)
    deadline_fiscal_start = make_fiscal_start_field()
    deadline_fiscal_named = make_fiscal_named_field()
    deadline_from = models.DateField(_("first day of the period"), null=True, blank=True)
    deadline_words = Line(
        _("deadline in words"),
        max_length=300,
        blank=True,
        help_text=_("As the source says it: “by the end of the decade”."),
    )
    condition = Line(
        _("condition"),
        max_length=300,
        blank=True,
        help_text=_("What the pledge depends on, as the source says it: “if parliament agrees”."),
    )
    condition_ja = Line(_("condition in Japanese"), max_length=300, blank=True)
    explanation = Prose(
        _("explanation"),
        blank=True,
        help_text=_("What it means, in plain words. No verdict here."),
    )
    explanation_ja = Prose(_("explanation in Japanese"), blank=True)
    verifiability = models.CharField(
        _("verifiability"),
        max_length=15,
        choices=Verifiability,
        default=Verifiability.CHECKABLE,
    )
    verifiability_reason = Prose(
        _("why"), blank=True, help_text=_("Needed unless it is checkable.")
    )
    verifiability_reason_ja = Prose(_("why, in Japanese"), blank=True)
    borne_by = models.CharField(_("borne by"), max_length=15, choices=BorneBy, default=BorneBy.EACH)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "slug"]
        constraints = [
            *make_root_rules("pledge"),
            *limit_lengths(
                "pledge",
                title=300,
                title_ja=300,
                quote=LONGEST_QUOTE,
                deadline_words=300,
                condition=300,
                condition_ja=300,
                occasion=200,
                occasion_ja=200,
                quote_language=10,
                locator=200,
            ),
            *require_filled("pledge", "title", "quote", "quote_language"),
            *require_one_of(
                "pledge",
                attribution=Attribution.values,
                modality=Modality.values,
                kind=PledgeKind.values,
                translated_by=TranslatedBy.values,
                verifiability=Verifiability.values,
                borne_by=BorneBy.values,
                blank={"translated_by"},
            ),
            *require_day_precision("pledge", "made_on"),
            *require_imprecise_date("pledge", "deadline", undated=["none", "ongoing", "recurring"]),
            make_field_rule(
                "occasion",
                condition=Q(summit__isnull=False, occasion="")
                | (Q(summit__isnull=True) & ~Q(occasion="")),
                name="pledge_summit_or_occasion",
                sentence=_("Name the summit or, if there was none, the occasion; not both."),
            ),
            make_field_rule(
                "deadline",
                condition=Q(deadline__isnull=True) | Q(deadline__gte=F("made_on")),
                name="pledge_deadline_not_before_made",
                sentence=_("The deadline is before the day the pledge was made."),
            ),
            make_field_rule(
                "translated_by",
                condition=Q(translation="", translated_by="")
                | (~Q(translation="") & ~Q(translated_by="")),
                name="pledge_translation_names_translator",
                sentence=_("A translation needs to say by whom, and only a translation does."),
            ),
            make_field_rule(
                "verifiability_reason",
                condition=Q(verifiability=Verifiability.CHECKABLE) | ~Q(verifiability_reason=""),
                name="pledge_not_checkable_says_why",
                sentence=_("Say why it cannot, or only in part, be checked."),
            ),
        ]
        indexes = [
            models.Index(fields=["-made_on", "slug"], name="pledge_newest_first"),
            # The overdue list and the calendar read by deadline alone.
            models.Index(fields=["deadline"], name="pledge_by_deadline"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("pledge", args=[self.slug])

    @property
    def is_public(self):
        """Whether this pledge exists for the public; the same rule as `PledgeQuerySet.public`."""
        if self.summit is None:
            return self.is_published
        return self.is_published and self.summit.is_published

    @property
    def due(self):
        return read_imprecise_date(self, "deadline")

    @property
    def made(self):
        return read_imprecise_date(self, "made_on")


class PledgeQuoteQuerySet(LooksBack):
    @staticmethod
    def public(prefix=""):
        """A text is public if its pledge and its source are."""
        on_pledge = f"{prefix}pledge__"
        on_source = f"{prefix}source__"
        pledge = PledgeQuerySet.public(on_pledge)
        source = RootQuerySet.public(on_source)
        return pledge & source

    def published(self):
        public = self.public()
        return self.filter(public)

    @staticmethod
    def known(day, prefix=""):
        """A text is there once its pledge was made and its source published."""
        on_pledge = f"{prefix}pledge__"
        on_source = f"{prefix}source__"
        pledge = PledgeQuerySet.known(day, on_pledge)
        source = SourceQuerySet.known(day, on_source)
        return pledge & source


class PledgeQuote(models.Model):
    """The words of a pledge in another language, with the source that has them."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="quotes")
    text = Prose(_("text"), help_text=_("Word for word from this source."))
    language = models.CharField(_("language"), max_length=10, validators=[LANGUAGE])
    whose = models.CharField(_("whose text"), max_length=10, choices=WhoseText)
    source = models.ForeignKey(Source, models.PROTECT, related_name="pledge_quotes")
    locator = Line(_("locator"), blank=True, help_text=_("Where in the source the words stand."))

    objects = PledgeQuoteQuerySet.as_manager()

    class Meta:
        ordering = ["pledge", "language", "id"]
        constraints = [
            *limit_lengths("other_quote", text=LONGEST_QUOTE, language=10, locator=200),
            *require_filled("other_quote", "text", "language"),
            *require_one_of("other_quote", whose=WhoseText.values),
            require_once(
                "source",
                sentence="The text of this source in this language is entered already.",
                fields=["pledge", "language", "whose", "source"],
                name="other_quote_once",
            ),
        ]

    def __str__(self):
        return self.text[:80]
