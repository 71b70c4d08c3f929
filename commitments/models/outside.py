from typing import NamedTuple

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import Line, Prose
from commitments.models.looking_back import LooksBack, make_condition
from commitments.models.parties import Party
from commitments.models.roots import Root, RootQuerySet, make_root_rules, require_published
from commitments.models.rules import (
    limit_lengths,
    require_filled,
    require_once,
    require_one_of,
)
from commitments.models.sources import Source
from commitments.models.undertakings import Undertaking, UndertakingQuerySet
from commitments.verdicts.statuses import MEANINGS, Status, disagree


class OutsideReportQuerySet(RootQuerySet):
    @staticmethod
    def public(prefix=""):
        """A report is public if it and its source are published, and its assessor is not hidden."""
        published = RootQuerySet.public(prefix)
        on_source = f"{prefix}source__"
        source = RootQuerySet.public(on_source)
        assessor = require_published(prefix, assessor=Party)
        return published & source & assessor

    @staticmethod
    def known(day, prefix=""):
        """Outside verdicts count from the day their report was published."""
        return make_condition(prefix, published_on__lte=day)


class OutsideReport(Root):
    """Another assessor's report on many undertakings. Its verdicts stay theirs."""

    assessor = models.ForeignKey(Party, models.PROTECT, related_name="outside_reports")
    title = Line(_("title"), max_length=300)
    source = models.ForeignKey(Source, models.PROTECT, related_name="outside_reports")
    scale = Line(_("scale"), help_text=_("As they use it: “−1, 0, +1”."))
    licence = Line(_("licence"), blank=True)
    published_on = models.DateField(_("published on"))

    objects = OutsideReportQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "slug"]
        constraints = [
            *make_root_rules("outside_report"),
            *limit_lengths("outside_report", title=300, scale=200, licence=200),
            *require_filled("outside_report", "title", "scale"),
        ]

    def __str__(self):
        return f"{self.title} ({self.assessor})"


class Agreement(NamedTuple):
    """How many outside verdicts there are, how many differ from ours, and how many have none of
    ours to be held against.
    """

    theirs: int
    differing: int
    without_ours: int

    @property
    def agreeing(self):
        return self.theirs - self.differing - self.without_ours


class OutsideVerdictQuerySet(LooksBack):
    @staticmethod
    def public(prefix=""):
        report = OutsideReportQuerySet.public(f"{prefix}report__")
        undertaking = UndertakingQuerySet.public(f"{prefix}undertaking__")
        return report & undertaking

    def published(self):
        return self.filter(self.public())

    @staticmethod
    def known(day, prefix=""):
        report = OutsideReportQuerySet.known(day, f"{prefix}report__")
        undertaking = UndertakingQuerySet.known(day, f"{prefix}undertaking__")
        return report & undertaking

    def newest_of_each(self):
        """Keep each assessor's newest verdict on each undertaking.

        A score without a place in the crosswalk is no verdict.
        """
        judged = self.exclude(status="")
        published_on = OuterRef("report__published_on")
        later = Q(report__published_on__gt=published_on)
        same_day = Q(report__published_on=published_on, pk__gt=OuterRef("pk"))
        newer = judged.filter(
            later | same_day,
            undertaking=OuterRef("undertaking"),
            report__assessor=OuterRef("report__assessor"),
        )
        return judged.filter(~Exists(newer))

    def with_ours(self):
        """Name `ours`: the status of our own verdict on the same undertaking; NULL without one."""
        if self.day is None:
            return self.annotate(ours=F("undertaking__current_assessment__status"))
        parts = Undertaking.objects.published().as_of(self.day)
        parts = parts.filter(pk=OuterRef("undertaking"))
        statuses = parts.annotate(ours=F(parts.ours_column("status"))).values("ours")
        return self.annotate(ours=Subquery(statuses))

    def differing(self):
        """Keep those that differ from ours by `verdicts.statuses.disagree`; after `with_ours`."""
        return self.filter(self._match_differing())

    def count_agreement(self) -> Agreement:
        """Count them by whether ours agrees; after `with_ours`. One statement."""
        counts = self.order_by().aggregate(
            theirs=Count("pk"),
            differing=Count("pk", filter=self._match_differing()),
            without_ours=Count("pk", filter=Q(ours__isnull=True)),
        )
        return Agreement(**counts)

    @staticmethod
    def _match_differing():
        condition = Q(pk__in=[])
        for theirs in Status:
            otherwise = [ours for ours in Status if disagree(ours, theirs)]
            condition |= Q(status=theirs, ours__in=otherwise)
        return condition

    def by_pledge(self):
        """Order them by pledge, the newest first, then by party and assessor."""
        return self.order_by(
            "-undertaking__pledge__made_on",
            "undertaking__pledge__slug",
            "undertaking__party__name",
            "report__assessor__name",
            "pk",
        )

    def newest_first(self):
        rows = self.select_related("report__assessor", "report__source")
        return rows.order_by("-report__published_on", "-id")


class OutsideVerdict(models.Model):
    """Another assessor's judgement of an undertaking: their score, our crosswalk."""

    report = models.ForeignKey(OutsideReport, models.CASCADE, related_name="verdicts")
    undertaking = models.ForeignKey(Undertaking, models.PROTECT, related_name="outside_verdicts")
    score = Line(_("score as published"), max_length=60)
    status = models.CharField(
        _("status by the crosswalk"),
        max_length=20,
        choices=[(status.value, _(MEANINGS[status].word)) for status in Status],
        blank=True,
    )
    note = Prose(_("note"), blank=True)

    objects = OutsideVerdictQuerySet.as_manager()

    class Meta:
        ordering = ["report", "undertaking"]
        constraints = [
            *limit_lengths("outside_verdict", score=60),
            *require_filled("outside_verdict", "score"),
            *require_one_of("outside_verdict", status=list(Status), blank={"status"}),
            require_once(
                "undertaking",
                sentence="This report has a verdict on this already.",
                fields=["report", "undertaking"],
                name="outside_verdict_once",
            ),
        ]

    def __str__(self):
        return f"{self.report.assessor}: {self.score}"
