"""Import compliance matrices: another assessor's verdicts, a row a commitment, a column a member.

Everything is entered as a draft, or published through `publishing`; the verdicts stay the
assessor's. What is wrong with the file is reported, never repaired. docs/importing.md describes the
file, the report and each defect.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction

from commitments.importing.columns import find_columns
from commitments.importing.confirming import ask_for_parties, list_new_parties
from commitments.importing.defects import Defects, FilePlace
from commitments.importing.file_kinds import MATRIX_FILE, PLEDGES_FILE
from commitments.importing.left_out import LeftOut
from commitments.importing.matrices.commitments import RowReader
from commitments.importing.matrices.defects import CONFIRMED_FIRST, MATRIX, POLICIES, SUMMITS
from commitments.importing.matrices.drafts import ReportDetails, find_speaker
from commitments.importing.matrices.entering import DraftWriter
from commitments.importing.matrices.members import find_assessor, find_members
from commitments.importing.matrices.outcomes import CannotEnter, Outcome
from commitments.importing.matrices.publications import publish_outcome
from commitments.importing.matrices.reports import MatrixReport, list_unreadable
from commitments.importing.matrices.summits import Calendar, read_summits, read_year
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
    report = MatrixReport(defects=Defects(POLICIES, options.policies))
    file = MATRIX
    try:
        table = read_table(matrix)
        report.sha256 = table.sha256
        report.rows = len(table.rows)
        columns = find_columns(table, MATRIX_FILE, column_by_key=options.column_by_key)
        file = SUMMITS
        meetings = {}
        if options.summits is not None:
            summit_table = read_table(options.summits)
            meetings = read_summits(summit_table, report.defects, report.left_out)
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
    years_with_codes = _find_years_with_codes(table, columns)
    calendar = Calendar(series, meetings, defects, years_with_codes)
    reader = RowReader(
        table,
        columns,
        members,
        calendar=calendar,
        defects=defects,
        left_out=report.left_out,
    )
    commitments = list(reader.read())
    speaker = find_speaker(series)
    parties = _list_parties(assessor, speaker, commitments)
    _refuse_unconfirmed(parties, report)
    if not commitments:
        raise CannotEnter("There is no row that could be entered.")
    details = ReportDetails(
        sha256=table.sha256,
        published_on=options.published_on or today,
        title=options.title,
        url=options.url,
        licence=options.licence,
        left_out=report.left_out.write_sentence(),
    )
    writer = DraftWriter(series, assessor, different=calendar.different, progress=progress)
    report.outcome = writer.enter(commitments, details)
    if options.by and options.reviewer:
        report.published = publish_outcome(
            report.outcome, by=options.by, reviewer=options.reviewer, progress=progress
        )


def _list_parties(assessor, speaker, commitments):
    parties = [assessor, speaker]
    for commitment in commitments:
        parties += [score.party for score in commitment.scores]
    return parties


def _refuse_unconfirmed(parties, report):
    """Raise `CannotEnter` for defects that are refused, and for what nobody has confirmed."""
    defects = report.defects
    codes = sorted({defect.code for defect in defects.refused})
    refused = [code for code in codes if code not in CONFIRMED_FIRST]
    reasons = []
    if refused:
        reasons.append(f"The policy refuses {', '.join(refused)}.")
    for defect in defects.refused:
        if defect.code == "second-summit":
            confirmation = "If not, confirm it by --second-summit make."
            reasons.append(f"{defect.sentence} {confirmation}")
    new_parties = list_new_parties(parties)
    if new_parties and defects.policies["new-party"] == "refuse":
        reasons.append(ask_for_parties(new_parties))
        columns = {slug: column for column, slug in report.members.items()}
        for party in new_parties:
            place = FilePlace(MATRIX, 0)
            if party.slug in columns:
                place = FilePlace(MATRIX, 1, columns[party.slug])
            sentence = f"{party.name} ({party.slug}) is not on record and would be made."
            defects.note("new-party", place, sentence, slug=party.slug)
    if reasons:
        raise CannotEnter(*reasons)


def _find_years_with_codes(table, columns):
    """Return the years in which at least one row says by a code which summit it means."""
    years = set()
    for row in table.rows:
        year = read_year(columns.cell(row, "year"))
        if year and columns.cell(row, "code").strip():
            years.add(year)
    return years


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
    if not members:
        raise CannotEnter(
            "No column holds the scores of a member: this is a list of pledges, and not a"
            f" compliance matrix. {PLEDGES_FILE.advice}"
        )
    for column in columns.without_key:
        if report.members.get(column) is None:
            report.left_out.columns.append(column)
    return members


def _refuse(report, *reasons):
    """Return the report with the reasons, and with nothing made or published."""
    report.refused = list(reasons)
    report.outcome = Outcome()
    report.left_out = LeftOut()
    report.published = 0
    return report


def _ignore_progress(what, done, total):
    """Report nothing: for imports that nobody watches."""
