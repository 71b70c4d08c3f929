"""Verdicts as they stood on a day, worked out from the records; those of now stand in the table."""

from django.db.models import Case, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.query import ModelIterable

from commitments.models.roots import RootQuerySet

OURS = "ours"


def show_verdicts(undertakings, assessments, outside, *, checked_on=None):
    """Let each of `undertakings` show, in memory, the first of `assessments`, else of `outside`,
    that judges it.

    Both lists come newest first. `checked_on` gives the day an assessment, by its key, was last
    checked; without it that is not known. What readers see now stands in the table, written by
    `publishing`.
    """
    newest_of_ours = newest_by_undertaking(assessments)
    newest_outside = newest_by_undertaking(verdict for verdict in outside if verdict.status)
    for row in undertakings:
        row.current_assessment = None
        row.shown_status = ""
        row.shown_by = ""
        row.checked_on = None
        if row.is_exempt:
            continue
        if assessment := newest_of_ours.get(row.pk):
            row.current_assessment = assessment
            row.shown_status = assessment.status
            row.shown_by = OURS
            row.checked_on = (checked_on or {}).get(assessment.pk)
        elif verdict := newest_outside.get(row.pk):
            row.shown_status = verdict.status
            row.shown_by = verdict.report.assessor.slug


def newest_by_undertaking(judgements):
    """Return the first of `judgements`, which come newest first, by the key of its undertaking."""
    newest = {}
    for judgement in judgements:
        newest.setdefault(judgement.undertaking_id, judgement)
    return newest


class ShownThen(ModelIterable):
    """The rows of an undertaking's queryset with the verdicts of its day. Two statements more,
    however many rows.
    """

    def __iter__(self):
        from commitments.models.assessments import Assessment
        from commitments.models.outside import OutsideVerdict

        rows = list(super().__iter__())
        day = self.queryset.day
        keys = [row.pk for row in rows]
        assessments = Assessment.objects.published().as_of(day)
        outside = OutsideVerdict.objects.published().as_of(day)
        show_verdicts(
            rows,
            assessments.filter(undertaking__in=keys).newest_first(),
            outside.filter(undertaking__in=keys).newest_first(),
        )
        return iter(rows)


def column_then(field):
    return f"our_{field}_then"


def ours_on(day, field):
    """Return `field` of our own newest assessment as of `day`; the exempt have none."""
    from commitments.models.assessments import Assessment

    # Whether the undertaking's own pledge is public, and made by then, is not asked here: the query
    # of undertakings asks it once, instead of once for each assessment.
    ours = Assessment.objects.filter(
        RootQuerySet.public(),
        undertaking=OuterRef("pk"),
        as_of__lte=day,
    )
    newest = ours.newest_first().values(field)[:1]
    return Case(When(exempt_reason="", then=Subquery(newest)), default=None)


def status_on(day):
    """Return the status shown on `day` as the database finds it: what `show_verdicts` puts into
    rows, for filters.
    """
    from commitments.models.outside import OutsideReportQuerySet, OutsideVerdict

    public = OutsideReportQuerySet.public("report__")
    known = OutsideReportQuerySet.known(day, "report__")
    outside = OutsideVerdict.objects.filter(public & known, undertaking=OuterRef("pk"))
    outside = outside.exclude(status="").newest_first()
    newest = Coalesce(
        ours_on(day, "status"),
        Subquery(outside.values("status")[:1]),
        Value(""),
    )
    return Case(When(exempt_reason="", then=newest), default=Value(""))
