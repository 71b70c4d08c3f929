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
    ours, others = {}, {}
    for one in assessments:
        ours.setdefault(one.undertaking_id, one)
    for one in outside:
        if one.status:
            others.setdefault(one.undertaking_id, one)
    for row in undertakings:
        row.current_assessment, row.shown_status, row.shown_by, row.checked_on = None, "", "", None
        if row.is_exempt:
            continue
        if judged := ours.get(row.pk):
            row.current_assessment, row.shown_status, row.shown_by = judged, judged.status, OURS
            row.checked_on = (checked_on or {}).get(judged.pk)
        elif theirs := others.get(row.pk):
            row.shown_status, row.shown_by = theirs.status, theirs.report.assessor.slug


class ShownThen(ModelIterable):
    """The rows of an undertaking's queryset with the verdicts of its day. Two statements more,
    however many rows.
    """

    def __iter__(self):
        from commitments.models.assessments import Assessment
        from commitments.models.outside import OutsideVerdict

        rows, day = list(super().__iter__()), self.queryset.day
        judged = {"undertaking__in": [row.pk for row in rows]}
        assessments = Assessment.objects.published().as_of(day).filter(**judged).newest_first()
        outside = OutsideVerdict.objects.published().as_of(day).filter(**judged).newest_first()
        show_verdicts(rows, assessments, outside)
        return iter(rows)


def column_then(field):
    return f"our_{field}_then"


def ours_on(day, field):
    """Return `field` of our own newest assessment as of `day`; the exempt have none."""
    from commitments.models.assessments import Assessment

    # Of the undertaking's own pledge nothing is asked here: whether that is public and made is
    # asked of the undertaking, once, and not of each of its assessments.
    ours = Assessment.objects.filter(
        RootQuerySet.public(), undertaking=OuterRef("pk"), as_of__lte=day
    )
    return Case(
        When(exempt_reason="", then=Subquery(ours.newest_first().values(field)[:1])), default=None
    )


def status_on(day):
    """Return the status shown on `day` as the database finds it: what `show_verdicts` puts into
    rows, for filters.
    """
    from commitments.models.outside import OutsideReportQuerySet, OutsideVerdict

    reported = OutsideReportQuerySet.public("report__") & OutsideReportQuerySet.known(
        day, "report__"
    )
    outside = OutsideVerdict.objects.filter(reported, undertaking=OuterRef("pk")).exclude(status="")
    outside = outside.newest_first()
    newest = Coalesce(ours_on(day, "status"), Subquery(outside.values("status")[:1]), Value(""))
    return Case(When(exempt_reason="", then=newest), default=Value(""))
