from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import Line, build_choices
from commitments.models.indicators import Indicator
from commitments.models.looking_back import LooksBack
from commitments.models.numbers import DECIMALS, ExactNumber
from commitments.models.parties import Party
from commitments.models.pledges import Pledge
from commitments.models.roots import require_published
from commitments.models.rules import (
    FieldRule,
    limit_lengths,
    make_field_rule,
    make_quiet_rule,
    require_filled,
    require_once,
    require_one_of,
    require_order,
)
from commitments.models.sources import Source
from commitments.models.undertakings import Undertaking
from commitments.verdicts.targets import (
    Comparator,
    FigureKind,
    Kind,
    RuleTarget,
    choose_figures,
)
from commitments.verdicts.wording import COMPARATORS, KINDS_OF_TARGET


class MetAt(models.TextChoices):
    """Which of the two values of a target decides “met”."""

    LOWER = "lower", _("the first value")
    UPPER = "upper", _("the second value")


class TargetRole(models.TextChoices):
    PRIMARY = "primary", _("Primary")
    ALTERNATIVE = "alternative", _("Alternative definition")
    INTERIM = "interim", _("Interim")


# The least share of the way that a target can ask for. It stands for any progress at all.
LEAST_SHARE = Decimal("0.001")
# Kinds that are a number: they need an indicator; all but “below the baseline” a value too.
MEASURED = [kind for kind in Kind if kind is not Kind.MILESTONE]


def actual_only():
    return [FigureKind.ACTUAL.value]


def refuse_unknown_kinds(kinds):
    if not isinstance(kinds, list) or not kinds or set(kinds) - set(FigureKind):
        raise ValidationError(
            _("Give a list of kinds of observation: %(known)s."),
            params={"known": ", ".join(FigureKind)},
        )


# Only curators see it, so it is in English alone.
NUMBER_NEEDS_INDICATOR = (
    "A number needs an indicator and a value; a milestone has neither. "
    "A number without a usable indicator stays in the text."
)


def explain_number_without_indicator(row):
    """Return {field: sentence} for a target whose kind, indicator and value do not fit together."""
    field = "indicator"
    if row.kind == Kind.MILESTONE:
        if row.indicator_id is None:
            field = "value"
    elif row.indicator_id is not None:
        field = "value"
    return {field: NUMBER_NEEDS_INDICATOR}


class TargetQuerySet(LooksBack):
    def published(self):
        """Keep the targets that name no hidden record: they are public with their pledge."""
        return self.filter(
            require_published(
                indicator=Indicator,
                measured_for=Party,
                baseline_source=Source,
                undertaking__pledge=Pledge,
                undertaking__party=Party,
            )
        )


class Target(models.Model):
    """A pledge in numbers, under one definition."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="targets")
    undertaking = models.ForeignKey(
        Undertaking,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="targets",
        help_text=_("Only for a party's own target; empty: the same for all."),
    )
    role = models.CharField(
        _("role"), max_length=12, choices=TargetRole, default=TargetRole.PRIMARY
    )
    label = Line(
        _("label"),
        help_text=_("What this definition is: “Share of FY2022 GDP, all budgets”."),
    )
    label_ja = Line(_("label in Japanese"), blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=build_choices(KINDS_OF_TARGET))
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="targets"
    )
    measured_for = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Whose figures are read; empty: the undertaking party's."),
    )
    comparator = models.CharField(
        _("comparator"),
        max_length=20,
        choices=build_choices(COMPARATORS),
        default=Comparator.AT_LEAST.value,
    )
    value = ExactNumber(_("value"), null=True, blank=True)
    upper_value = ExactNumber(
        _("second value"),
        null=True,
        blank=True,
        help_text=_("If two were named, the larger: “between 2 and 3 %”, “by 26 to 28 %”."),
    )
    met_at = models.CharField(
        _("met at"),
        max_length=5,
        choices=MetAt,
        blank=True,
        help_text=_(
            "Of two values, the one that decides “met”; the other decides “partly met”. Empty for"
            " “between”."
        ),
    )
    baseline_value = ExactNumber(
        _("baseline value"),
        null=True,
        blank=True,
        help_text=_(
            "As its source gives it. Empty: read from each party's own figures for the baseline"
            " period."
        ),
    )
    baseline_source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Where the baseline value was read."),
    )
    baseline_period = Line(
        _("baseline period"),
        max_length=20,
        blank=True,
        help_text=_("“2020”, “FY2022”."),
    )
    per_cent = models.BooleanField(
        _("in per cent of the baseline"),
        default=False,
        help_text=_(
            "For a change only: the value is a percentage of the baseline, −30 for “30 % less than"
            " in 2020”. Not ticked: it is in the indicator's own unit."
        ),
    )
    window_start = models.DateField(_("window from"), null=True, blank=True)
    due = models.DateField(
        _("due"), null=True, blank=True, help_text=_("The last day that counts.")
    )
    no_due_day = models.BooleanField(
        _("no due day"),
        default=False,
        help_text=_("Tick it if the pledge names no day: nothing of it can then fall due."),
    )
    decimals = models.PositiveSmallIntegerField(
        _("compared to decimals"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(DECIMALS)],
        help_text=_("Rounded half away from zero before it is compared; empty: as published."),
    )
    partly_met_share = models.DecimalField(
        _("partly met from share"),
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=_("Share of the way, 0 to 1; empty: there is no “partly met”."),
    )
    accepts = models.JSONField(
        _("accepts"),
        default=actual_only,
        validators=[refuse_unknown_kinds],
        help_text=_("Kinds that may close it."),
    )

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["pledge", "role", "id"]
        constraints = [
            *limit_lengths("target", label=200, label_ja=200, baseline_period=20),
            *require_filled("target", "label"),
            *require_one_of(
                "target",
                role=TargetRole.values,
                kind=list(Kind),
                comparator=list(Comparator),
                met_at=MetAt.values,
                blank={"met_at"},
            ),
            make_field_rule(
                "no_due_day",
                condition=Q(no_due_day=False) | Q(due__isnull=True),
                name="target_due_day_or_none",
                sentence=_("It has a due day: take that out, or untick “no due day”."),
            ),
            make_field_rule(
                "upper_value",
                condition=~Q(comparator=Comparator.BETWEEN) | Q(upper_value__isnull=False),
                name="target_between_two_values",
                sentence=_("“Between” needs two values: the smaller one, and here the larger."),
            ),
            make_field_rule(
                "met_at",
                condition=Q(met_at="", upper_value__isnull=True)
                | Q(met_at="", comparator=Comparator.BETWEEN)
                | (
                    ~Q(met_at="") & Q(upper_value__isnull=False) & ~Q(comparator=Comparator.BETWEEN)
                ),
                name="target_two_values_say_which_decides",
                sentence=_(
                    "Say which of two values decides “met”; leave it empty with one value and with"
                    " “between”."
                ),
            ),
            make_field_rule(
                "baseline_source",
                condition=Q(baseline_source__isnull=True) | Q(baseline_value__isnull=False),
                name="target_baseline_source_of_a_value",
                sentence=_("Give the baseline value that this source has, or take the source out."),
            ),
            require_order("target", "window_start", "due", name="due_after_window_starts"),
            FieldRule(
                says=explain_number_without_indicator,
                condition=Q(
                    kind=Kind.MILESTONE,
                    indicator__isnull=True,
                    value__isnull=True,
                )
                | Q(kind__in=MEASURED, indicator__isnull=False, value__isnull=False)
                | Q(
                    kind__in=MEASURED,
                    indicator__isnull=False,
                    comparator=Comparator.BELOW_BASELINE,
                ),
                name="target_number_has_indicator",
                violation_error_message=NUMBER_NEEDS_INDICATOR,
            ),
            make_field_rule(
                "baseline_value",
                condition=~Q(comparator=Comparator.BELOW_BASELINE)
                | Q(baseline_value__isnull=False)
                | ~Q(baseline_period=""),
                name="target_baseline_named",
                sentence=_("“Below the baseline” needs a baseline value or period."),
            ),
            make_field_rule(
                "per_cent",
                condition=Q(per_cent=False) | Q(kind=Kind.CHANGE),
                name="target_per_cent_of_a_change",
                sentence=_(
                    "Only a change is in per cent of its baseline. A share that is measured in per"
                    " cent has its unit from the indicator."
                ),
            ),
            make_quiet_rule(
                "partly_met_share",
                sentence="A share lies between 0 and 1, such as 0.5 for half of the way.",
                condition=Q(partly_met_share__isnull=True)
                | Q(partly_met_share__gt=0, partly_met_share__lt=1),
                name="target_partly_share_inside",
            ),
            make_quiet_rule(
                "decimals",
                sentence=f"At most {DECIMALS} digits after the point are kept.",
                condition=Q(decimals__isnull=True) | Q(decimals__lte=DECIMALS),
                name="target_decimals_kept",
            ),
            require_once(
                "role",
                sentence="The pledge has a primary target already. Choose another role.",
                fields=["pledge"],
                condition=Q(role=TargetRole.PRIMARY, undertaking__isnull=True),
                name="target_one_primary_for_pledge",
            ),
            require_once(
                "role",
                sentence="This party has a primary target already. Choose another role.",
                fields=["undertaking"],
                condition=Q(role=TargetRole.PRIMARY, undertaking__isnull=False),
                name="target_one_primary_for_undertaking",
            ),
        ]

    def __str__(self):
        return self.label

    def clean(self):
        if self.undertaking_id and self.undertaking.pledge_id != self.pledge_id:
            raise ValidationError({"undertaking": _("This undertaking belongs to another pledge.")})

    @property
    def is_milestone(self):
        return self.kind == Kind.MILESTONE

    @property
    def is_judged_by_rule(self):
        """Whether a rule can judge it: an event, or a number with a published indicator."""
        return self.is_milestone or self.indicator.is_published

    @property
    def baseline_days(self):
        """The period that the baseline is for; None without one, or where its name is no period."""
        if self.indicator is None:
            return None
        return self.indicator.find_period(self.baseline_period)

    @property
    def reads_baseline(self):
        """Whether the baseline is each measured party's own figure of the baseline period."""
        return self.baseline_value is None and self.baseline_days is not None

    @property
    def counts_any_progress(self):
        """Whether it is partly met as soon as something of the way is done."""
        return self.partly_met_share == LEAST_SHARE

    @property
    def met_value(self):
        """The value that decides “met”; of *between*, the lower bound."""
        return self.upper_value if self.met_at == MetAt.UPPER else self.value

    @property
    def weaker_value(self):
        """Of two values, the one that decides “partly met”; None with one, and for *between*."""
        if not self.met_at:
            return None
        return self.value if self.met_at == MetAt.UPPER else self.upper_value

    def measured_party(self, undertaking):
        """Return the key of the party whose figures decide for `undertaking`."""
        return self.measured_for_id or undertaking.party_id

    def measured_parties(self, owing):
        """Return the keys of the parties whose figures decide: the target's own, else all that are
        `owing` it.
        """
        if self.measured_for_id:
            return {self.measured_for_id}
        if self.undertaking:
            return {self.undertaking.party_id}
        return owing

    def find_baseline(self, figures, *, known_on, release=""):
        """Return which of one party's `figures` this target starts from, as it was known.

        It is the newest one for exactly the baseline's period, of a kind that the target accepts;
        of `release`, a slug, if that has one. None where the baseline was typed, and where there
        is no such figure.
        """
        if not self.reads_baseline:
            return None
        accepts = frozenset(self.accepts)
        days = self.baseline_days
        own = [row for row in figures if row.period == days]
        of_release = [row for row in own if row.release == release]
        for rows in (of_release, own):
            counting = choose_figures(rows, accepts, known_on)
            if counting:
                return counting[0]
        return None

    def build_rule_target(self, undertaking=None, *, steps=(), baseline=None):
        """Return this target as the rules read it, for the party of `undertaking`.

        `baseline` is that party's own figure, where the target names only the period of one.
        """
        if self.baseline_value is not None:
            baseline = self.baseline_value
        days = self.baseline_days
        return RuleTarget(
            kind=Kind(self.kind),
            due=self.due,
            value=self.met_value,
            comparator=Comparator(self.comparator),
            baseline=baseline,
            baseline_day=days and days.end,
            window_start=self.window_start,
            decimals=self.decimals,
            partly_met_share=self.partly_met_share,
            accepts=frozenset(self.accepts),
            per_cent=self.per_cent,
            binds_from=undertaking and undertaking.binds_from,
            steps=steps,
            upper_value=None if self.met_at else self.upper_value,
            partly_value=self.weaker_value,
        )
