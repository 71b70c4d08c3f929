"""Import compliance matrices: another assessor's verdicts, a row a commitment, a column a member.

Everything is entered as a draft, or published through `publishing`; the verdicts stay the
assessor's. What is wrong with the file is reported, never repaired. docs/importing.md describes the
file, the report and each defect.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction

from commitments.importing.matrices.columns import find_columns
from commitments.importing.matrices.commitments import RowReader
from commitments.importing.matrices.defects import MATRIX, POLICIES, SUMMITS, Defects, FilePlace
from commitments.importing.matrices.drafts import ReportDetails
from commitments.importing.matrices.entering import DraftWriter
from commitments.importing.matrices.members import find_assessor, find_members
from commitments.importing.matrices.outcomes import CannotEnter, Outcome
from commitments.importing.matrices.publications import publish_outcome
from commitments.importing.matrices.reports import MatrixReport, list_unreadable
from commitments.importing.matrices.summits import Calendar, read_summits
from commitments.importing.rows import UnreadableTable, read_table
from commitments.models import SummitSeries, User
from commitments.publishing import Refused

__all__ = ["POLICIES", "MatrixOptions", "import_matrix"]


@dataclass(frozen=True)
class MatrixOptions:
    """The options of the command `import_matrix`.

    `column_by_key` is what --map gives, `party_by_column` the slugs that --party gives.
    """

    series: str
    assessor: str
    summits: Path | bytes | None = None
    column_by_key: dict[str, str] = field(default_factory=dict)
    party_by_column: dict[str, str] = field(default_factory=dict)
    policies: dict[str, str] = field(default_factory=dict)
    published_on: date | None = None
    title: str = ""
    url: str = ""
    licence: str = ""
    by: User | None = None
    reviewer: User | None = None


def import_matrix(
    matrix: Path | bytes, options: MatrixOptions, *, today: date, dry_run=False, progress=None
) -> MatrixReport:
    """Import `matrix` in one transaction and report; `dry_run` undoes it all and reports the same.

    If the options name two people, what was made is published too. A report with `refused` reasons
    means that nothing was entered.
    """
    report = MatrixReport(defects=Defects(options.policies))
    file = MATRIX
    try:
        table = read_table(matrix, optional=None)
        report.sha256 = table.sha256
        report.rows = len(table.rows)
        columns = find_columns(table, column_by_key=options.column_by_key)
        file = SUMMITS
        meetings = {}
        if options.summits is not None:
            summit_table = read_table(options.summits, optional=None)
            meetings = read_summits(summit_table, report.defects)
    except UnreadableTable as error:
        report.defects += list_unreadable(error.problems, file)
        return _refuse(report, "The file cannot be read as a table.")
    with transaction.atomic():
        try:
            # After a refused statement PostgreSQL accepts no more until this savepoint.
            with transaction.atomic():
                _enter(
                    table,
                    columns,
                    meetings,
                    options,
                    report=report,
                    today=today,
                    progress=progress or _ignore_progress,
                )
        except (CannotEnter, Refused) as error:
            _refuse(report, *error.reasons)
        if dry_run or report.refused:
            transaction.set_rollback(True)
    return report


def _enter(table, columns, meetings, options, *, report, today, progress):
    """Enter the matrix and add to the report; raise `CannotEnter` or `Refused` if that fails."""
    defects = report.defects
    series = _find_series(options.series)
    assessor = find_assessor(options.assessor)
    if assessor is None:
        raise CannotEnter(
            f"Several parties are called “{options.assessor}”. Give --assessor the slug of one."
        )
    if options.published_on is None:
        defects.note(
            "undated-report",
            FilePlace(MATRIX, 0),
            "Nothing says when the assessor published this: --published-on.",
        )
    members = _find_members(table, columns, options, report)
    calendar = Calendar(series, meetings, defects)
    reader = RowReader(table, columns, members, calendar=calendar, defects=defects)
    commitments = list(reader.read())
    if defects.refused:
        codes = sorted({defect.code for defect in defects.refused})
        raise CannotEnter(f"The policy refuses {', '.join(codes)}.")
    if not commitments:
        raise CannotEnter("There is no row that could be entered.")
    details = ReportDetails(
        sha256=table.sha256,
        published_on=options.published_on or today,
        title=options.title,
        url=options.url,
        licence=options.licence,
    )
    writer = DraftWriter(series, assessor, different=calendar.different, progress=progress)
    report.outcome = writer.enter(commitments, details)
    if options.by and options.reviewer:
        report.published = publish_outcome(
            report.outcome, by=options.by, reviewer=options.reviewer, progress=progress
        )


def _find_series(slug):
    """Return the series on record, or a new one with a name made of its slug."""
    series = SummitSeries.objects.filter(slug=slug).first()
    if series:
        return series
    name = slug.replace("-", " ").title()
    return SummitSeries(slug=slug, name=name)


def _find_members(table, columns, options, report):
    """Return the members of the matrix, and put them in the report as {column: party slug}."""
    strange = set(options.party_by_column) - set(columns.without_key)
    if strange:
        raise CannotEnter(f"--party names no column of the file: {', '.join(sorted(strange))}.")
    members = find_members(table, columns, report.defects, party_by_column=options.party_by_column)
    for member in members:
        slug = member.party.slug if member.party else None
        report.members[member.column] = slug
    return members


def _refuse(report, *reasons):
    """Return the report with the reasons, and with nothing made or published."""
    report.refused = list(reasons)
    report.outcome = Outcome()
    report.published = 0
    return report


def _ignore_progress(what, done, total):
    """Report nothing: for imports that nobody watches."""
