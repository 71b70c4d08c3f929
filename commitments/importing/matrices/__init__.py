"""Compliance matrices: another assessor's verdicts, one row a commitment and one column a member.

Everything enters as a draft, or is published through `publishing`; the verdicts stay the
assessor's. What is wrong with the file is reported, never repaired. docs/importing.md describes the
file, the report and each defect.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction

from commitments.importing.matrices.columns import recognise
from commitments.importing.matrices.commitments import Reader
from commitments.importing.matrices.defects import MATRIX, POLICIES, SUMMITS, Defects, FilePlace
from commitments.importing.matrices.entering import CannotEnter, Entering, Reporting
from commitments.importing.matrices.members import find_assessor, find_members
from commitments.importing.matrices.publications import publish_outcome
from commitments.importing.matrices.reports import MatrixReport, unreadable
from commitments.importing.matrices.summits import Calendar, read_summits
from commitments.importing.rows import UnreadableTable, read_table
from commitments.models import SummitSeries, User
from commitments.publishing import Refused

__all__ = ["POLICIES", "MatrixOptions", "import_matrix"]


@dataclass(frozen=True)
class MatrixOptions:
    """What an import is asked to do; each field is an option of the command `import_matrix`."""

    series: str
    assessor: str
    summits: Path | bytes | None = None
    mapped: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    policies: dict[str, str] = field(default_factory=dict)
    published_on: date | None = None
    title: str = ""
    url: str = ""
    licence: str = ""
    by: User | None = None
    reviewer: User | None = None


def import_matrix(
    matrix: Path | bytes, asked: MatrixOptions, *, today: date, dry_run=False, progress=None
) -> MatrixReport:
    """Import `matrix` in one transaction and report; `dry_run` undoes it all and reports the same.

    With `asked.by` and `asked.reviewer` what was made is published too. A report with `refused`
    reasons means that nothing was entered.
    """
    report, file = MatrixReport(defects=Defects(asked.policies)), MATRIX
    try:
        table = read_table(matrix, optional=None)
        report.sha256, report.rows = table.sha256, len(table.rows)
        columns = recognise(table, mapped=asked.mapped)
        file = SUMMITS
        meetings = {}
        if asked.summits is not None:
            meetings = read_summits(read_table(asked.summits, optional=None), report.defects)
    except UnreadableTable as error:
        report.defects += unreadable(error.problems, file)
        return _refuse(report, "The file cannot be read as a table.")
    with transaction.atomic():
        try:
            # A point of its own to return to: what PostgreSQL refused ends everything up to there.
            with transaction.atomic():
                _import(
                    table,
                    columns,
                    meetings,
                    asked,
                    report=report,
                    today=today,
                    progress=progress or _silent,
                )
        except (CannotEnter, Refused) as error:
            _refuse(report, *error.reasons)
        if dry_run or report.refused:
            transaction.set_rollback(True)
    return report


def _import(table, columns, meetings, asked, *, report, today, progress):
    defects = report.defects
    series = SummitSeries.objects.filter(slug=asked.series).first() or SummitSeries(
        slug=asked.series, name=asked.series.replace("-", " ").title()
    )
    assessor = find_assessor(asked.assessor)
    if assessor is None:
        raise CannotEnter(
            f"Several parties are called “{asked.assessor}”. Give --assessor the slug of one."
        )
    if asked.published_on is None:
        defects.note(
            "undated-report",
            FilePlace(MATRIX, 0),
            "Nothing says when the assessor published this: --published-on.",
        )
    strange = set(asked.named) - set(columns.others)
    if strange:
        raise CannotEnter(f"--party names no column of the file: {', '.join(sorted(strange))}.")
    members = find_members(table, columns, defects, named=asked.named)
    report.members = {
        member.column: member.party.slug if member.party else None for member in members
    }
    calendar = Calendar(series, meetings, defects)
    commitments = list(Reader(table, columns, members, calendar=calendar, defects=defects).read())
    if defects.refused:
        codes = sorted({defect.code for defect in defects.refused})
        raise CannotEnter(f"The policy refuses {', '.join(codes)}.")
    if not commitments:
        raise CannotEnter("There is no row that could be entered.")
    reporting = Reporting(
        table.sha256, asked.published_on or today, asked.title, asked.url, asked.licence
    )
    entering = Entering(series, assessor, different=calendar.different, progress=progress)
    report.outcome = entering.enter(commitments, reporting)
    if asked.by and asked.reviewer:
        report.published = publish_outcome(
            report.outcome, by=asked.by, reviewer=asked.reviewer, progress=progress
        )


def _refuse(report, *reasons):
    report.refused = list(reasons)
    report.outcome, report.published = type(report.outcome)(), 0
    return report


def _silent(what, done, total):
    """Tell nobody how far it has got."""
