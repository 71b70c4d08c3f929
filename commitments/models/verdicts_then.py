"""Verdicts as they stood on a day, derived from the records. Those of now stand in the table."""

from django.db.models import Case, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.query import ModelIterable

from commitments.models.roots import RootQuerySet

OURS = "ours"


def show_verdicts(undertakings, assessments, outside, *, checked_on):
    """Set the verdict that each of `undertakings` shows, in memory only.

    It is the first of `assessments` that judges the undertaking, else the first of `outside`. Both
    lists come newest first. `checked_on` has the day each assessment, by its key, was last checked.
    The verdicts that readers see now stand in the table, where `publishing` writes them, and so do
    the reasons for having none, which are of now alone.
    """
    judging = [verdict for verdict in outside if verdict.status]
    newest_of_ours = find_newest_by_undertaking(assessments)
    newest_outside = find_newest_by_undertaking(judging)
    for row in undertakings:
        row.current_assessment = None
        row.shown_status = ""
        row.shown_by = ""
        row.checked_on = None
        row.unjudged_reason = ""
        row.judged_under = None
        if row.is_exempt:
            continue
        if assessment := newest_of_ours.get(row.pk):
            row.current_assessment = assessment
            row.shown_status = assessment.status
            row.shown_by = OURS
            row.checked_on = checked_on.get(assessment.pk)
        elif verdict := newest_outside.get(row.pk):
            report = verdict.report
            row.shown_status = verdict.status
            row.shown_by = report.assessor.slug
            row.checked_on = report.published_on


def find_newest_by_undertaking(judgements):
    """Return {key of an undertaking: its first judgement}; `judgements` come newest first."""
    newest = {}
    for judgement in judgements:
        newest.setdefault(judgement.undertaking_id, judgement)
    return newest


class ShownThen(ModelIterable):
    """Yield the rows of an undertakings' queryset with the verdicts of its day.

    Four statements more, however many rows; two where none of them has a verdict of ours.
    """

    def __iter__(self):
        from commitments.models.assessments import Assessment
        from commitments.models.last_looks import find_last_looks
        from commitments.models.outside import OutsideVerdict

        rows = list(super().__iter__())
        day = self.queryset.day
        keys = [row.pk for row in rows]
        assessments = Assessment.objects.published().as_of(day)
        assessments = assessments.filter(undertaking__in=keys).newest_first()
        newest = list(find_newest_by_undertaking(assessments).values())
        outside = OutsideVerdict.objects.published().as_of(day)
        show_verdicts(
            rows,
            newest,
            outside.filter(undertaking__in=keys).newest_first(),
            checked_on=find_last_looks(newest, rows, as_of=day),
        )
        return iter(rows)


def name_column_then(field):
    """Return the name of the column that has `field` of our own assessment of the day."""
    return f"our_{field}_then"


def ours_on(day, field):
    """Return the expression for `field` of our own newest assessment as of `day`.

    The exempt have none.
    """
    from commitments.models.assessments import Assessment

    # The query of undertakings checks once that the pledge is public, and made by then. A check
    # here would run for each assessment.
    ours = Assessment.objects.filter(
        RootQuerySet.public(),
        undertaking=OuterRef("pk"),
        as_of__lte=day,
    )
    newest = ours.newest_first().values(field)[:1]
    return Case(When(exempt_reason="", then=Subquery(newest)), default=None)


def status_on(day):
    """Return the expression for the status shown on `day`, for filters.

    It has the value that `show_verdicts` sets on the rows.
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
