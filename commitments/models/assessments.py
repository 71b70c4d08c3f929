from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.models.criteria import Criteria
from commitments.models.evidence import Evidence
from commitments.models.fields import Line, Prose
from commitments.models.imprecise import (
    make_fiscal_named_field,
    make_fiscal_start_field,
    make_precision_field,
    read_imprecise_date,
    require_imprecise_date,
)
from commitments.models.looking_back import make_condition
from commitments.models.roots import Root, RootQuerySet, State, make_root_rules
from commitments.models.rules import limit_lengths, make_field_rule, require_one_of
from commitments.models.search_notes import SearchNote
from commitments.models.undertakings import Undertaking, UndertakingQuerySet
from commitments.verdicts.dates import Precision
from commitments.verdicts.statuses import CLOSED, MEANINGS, Status
from commitments.verdicts.version import METHODOLOGY_VERSION, RULES_VERSION

STATUS_CHOICES = [(status.value, _(MEANINGS[status].word)) for status in Status]


class Confidence(models.TextChoices):
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class Method(models.TextChoices):
    RULE = "rule", _("By rule")
    JUDGEMENT = "judgement", _("By judgement")


class Cause(models.TextChoices):
    """Why a pledge was missed or reversed."""

    OWN_CHOICE = "own_choice", _("Own choice")
    PARLIAMENT = "parliament", _("Parliament")
    COURT = "court", _("Court")
    OTHER_SIDE = "other_side", _("The other side")
    EVENTS = "events", _("Events")
    UNKNOWN = "unknown", _("Not known")


# Only what was missed or reversed has a cause.
WITH_CAUSE = (Status.NOT_MET, Status.PARTLY_MET, Status.REVERSED)


class AssessmentQuerySet(RootQuerySet):
    @staticmethod
    def public(prefix=""):
        """A judgement is public if it is published and its undertaking is public."""
        published = RootQuerySet.public(prefix)
        undertaking = UndertakingQuerySet.public(f"{prefix}undertaking__")
        return published & undertaking

    @staticmethod
    def known(day, prefix=""):
        """A judgement counts from the day it is as of."""
        judged = make_condition(prefix, as_of__lte=day)
        undertaking = UndertakingQuerySet.known(day, f"{prefix}undertaking__")
        return judged & undertaking

    def newest_first(self):
        """Order so that the first judgement of an undertaking is the one that counts."""
        return self.order_by("-as_of", "-published_seq", "-id")


class Assessment(Root):
    """One dated, reasoned judgement of one undertaking: added, never edited once published."""

    undertaking = models.ForeignKey(Undertaking, models.PROTECT, related_name="assessments")
    status = models.CharField(_("status"), max_length=20, choices=STATUS_CHOICES)
    late = models.BooleanField(
        _("done later"),
        default=False,
        help_text=_("Only with “not met”: what was promised was done after its last day."),
    )
    done_on = models.DateField(
        _("done on"),
        null=True,
        blank=True,
        help_text=_("When it was done after all, or the last day that it may have been."),
    )
    done_on_precision = make_precision_field(_("exact to"), default=Precision.NONE)
    done_on_fiscal_start = make_fiscal_start_field()
    done_on_fiscal_named = make_fiscal_named_field()
    done_on_from = models.DateField(_("first day of the period"), null=True, blank=True)
    cause = models.CharField(
        _("cause"),
        max_length=12,
        choices=Cause,
        blank=True,
        help_text=_("Why it was missed or reversed, where the proof says so."),
    )
    answer = Line(
        _("answer"),
        max_length=160,
        blank=True,
        help_text=_(
            "The verdict in one sentence, for a reader who reads nothing else: “Japan budgeted 2 %"
            " of FY2022 GDP two years early.”"
        ),
    )
    answer_ja = Line(_("answer in Japanese"), max_length=160, blank=True)
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence)
    rationale = Prose(
        _("rationale"),
        blank=True,
        help_text=_("Why this verdict, so that a reader can disagree. Needed to close one."),
    )
    rationale_ja = Prose(_("rationale in Japanese"), blank=True)
    caveat = Line(
        _("caveat"),
        max_length=300,
        blank=True,
        help_text=_(
            "One sentence that must stand beside the verdict: “On budget basis; outturn pending.”"
        ),
    )
    caveat_ja = Line(_("caveat in Japanese"), max_length=300, blank=True)
    differs_because = Prose(
        _("why it differs from the rule"),
        blank=True,
        help_text=_(
            "Needed where the rule finds another status as of that day, and only there. Readers"
            " see it."
        ),
    )
    differs_because_ja = Prose(_("why it differs from the rule, in Japanese"), blank=True)
    evidence = models.ManyToManyField(
        Evidence,
        related_name="assessments",
        blank=True,
        help_text=_("The evidence it rests on."),
    )
    search_notes = models.ManyToManyField(
        SearchNote,
        related_name="assessments",
        blank=True,
        help_text=_("Where nothing can be shown: where it was looked for."),
    )
    as_of = models.DateField(
        _("as of"), help_text=_("Judged from what was true and published by that day.")
    )
    method = models.CharField(_("method"), max_length=10, choices=Method, default=Method.JUDGEMENT)
    criteria = models.ForeignKey(
        Criteria,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments",
        help_text=_("The version of the criteria judged against."),
    )
    methodology = models.CharField(max_length=20, default=METHODOLOGY_VERSION, editable=False)
    rules_version = models.CharField(max_length=20, default=RULES_VERSION, editable=False)
    findings = models.JSONField(default=dict, blank=True, editable=False)
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="assessments",
        editable=False,
        null=True,
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        null=True,
        blank=True,
    )
    # As signed: a later change of somebody's credit name must not change a published verdict.
    assessor_credit = Line(max_length=120, blank=True, editable=False)
    reviewer_credit = Line(max_length=120, blank=True, editable=False)
    signed_alone = models.BooleanField(default=False, editable=False)
    # Of two judgements as of the same day, the one published later counts.
    published_seq = models.PositiveBigIntegerField(null=True, blank=True, editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["undertaking", "-as_of", "-published_seq"]
        constraints = [
            *make_root_rules("assessment"),
            *limit_lengths(
                "assessment",
                answer=160,
                answer_ja=160,
                caveat=300,
                caveat_ja=300,
                methodology=20,
                rules_version=20,
                assessor_credit=120,
                reviewer_credit=120,
            ),
            *require_one_of(
                "assessment",
                status=list(Status),
                confidence=Confidence.values,
                method=Method.values,
                cause=Cause.values,
                blank={"cause"},
            ),
            *require_imprecise_date("assessment", "done_on", undated=["none"]),
            make_field_rule(
                "late",
                condition=Q(late=False) | Q(status=Status.NOT_MET),
                name="assessment_late_is_not_met",
                sentence=_("Only “not met” can be done later. What was done in time is “met”."),
            ),
            make_field_rule(
                "done_on",
                condition=Q(done_on__isnull=True) | Q(late=True),
                name="assessment_done_on_of_late",
                sentence=_("Tick “done later”, or take this day out."),
            ),
            make_field_rule(
                "cause",
                condition=Q(cause="") | Q(status__in=WITH_CAUSE),
                name="assessment_cause_of_missed",
                sentence=_("Only what was missed or reversed has a cause."),
            ),
            make_field_rule(
                "rationale",
                condition=~Q(status__in=sorted(CLOSED)) | ~Q(rationale=""),
                name="assessment_closed_has_rationale",
                sentence=_("A closed status needs a rationale."),
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True)
                | ~Q(reviewer=F("assessor"))
                | Q(signed_alone=True),
                name="assessment_two_pairs_of_eyes",
                violation_error_message=_("The reviewer must be somebody else than the assessor."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.PUBLISHED, State.WITHDRAWN])
                | Q(
                    reviewer__isnull=False,
                    assessor__isnull=False,
                    published_seq__isnull=False,
                ),
                name="assessment_published_is_signed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["undertaking", "-as_of", "-published_seq"],
                name="assessment_newest",
            )
        ]

    def __str__(self):
        status = self.get_status_display()
        return f"{status} as of {self.as_of}: {self.undertaking}"

    def get_absolute_url(self):
        pledge = self.undertaking.pledge
        return f"{pledge.get_absolute_url()}#{self.slug}"

    @property
    def done(self):
        return read_imprecise_date(self, "done_on")

    @property
    def rule_found(self) -> dict | None:
        """The finding stored with it, by the primary definition, as the rules wrote it, if any."""
        if not isinstance(self.findings, dict):
            return None
        definitions = self.findings.get("definitions")
        if not definitions:
            return None
        primary = definitions[0]
        return primary["finding"]

    @property
    def rule_agrees(self) -> bool:
        """Whether the finding stored with it has the same status."""
        finding = self.rule_found
        if finding is None:
            return False
        return finding["status"] == self.status
