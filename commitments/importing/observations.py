"""Enter the figures of a CSV file into releases: all rows or none.

Each fault is reported with its line, and none is repaired. A release is one publication of an
indicator's figures and never changes: entering the same file again changes nothing, and another
file under the same release is refused with the cells that differ. docs/observations.md describes
the file for those who prepare one.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from commitments.importing.columns import Columns, find_columns
from commitments.importing.confirming import ask_for_parties, list_new_parties
from commitments.importing.defects import Defects, FilePlace
from commitments.importing.figures import FIGURE_POLICIES, FigureLine, FigureLines
from commitments.importing.file_kinds import FIGURES_FILE
from commitments.importing.observation_reports import ObservationReport
from commitments.importing.publications import publish_waiting
from commitments.importing.rows import TableProblem, UnreadableTable, read_table
from commitments.importing.texts import suggest_names
from commitments.models import Indicator, Observation, Release, User
from commitments.models.numbers import write_plainly

NOTE = "Entered from a file of figures."


@dataclass(frozen=True)
class ObservationOptions:
    """The options of the command: the indicator and the release, where the file has no column.

    `column_by_key` is what --map gives.
    """

    indicator: str = ""
    release: str = ""
    released_on: str = ""
    url: str = ""
    column_by_key: dict[str, str] = field(default_factory=dict)
    policies: dict[str, str] = field(default_factory=dict)
    by: User | None = None
    reviewer: User | None = None


def import_observations(
    source: Path | bytes, options: ObservationOptions, *, today: date, dry_run=False
) -> ObservationReport:
    """Enter the figures of `source` as drafts, and publish them if the options name two people.

    `dry_run` only reports.
    """
    report = ObservationReport(defects=Defects(FIGURE_POLICIES, options.policies))
    try:
        table = read_table(source)
        report.sha256 = table.sha256
        report.rows = len(table.rows)
        columns = find_columns(table, FIGURES_FILE, column_by_key=options.column_by_key)
    except UnreadableTable as error:
        report.problems = error.problems
        return report
    report.problems += _settle_unknown_columns(columns, report)
    figure_lines = FigureLines(options, today, columns, report.defects)
    figure_lines.read(table)
    report.problems += figure_lines.problems
    report.left_out.rows = figure_lines.left_out.rows
    with transaction.atomic():
        _enter(figure_lines.lines, report, options)
        if report.problems:
            report.made, report.unchanged, report.parties = {}, {}, []
        if report.problems or dry_run:
            transaction.set_rollback(True)
    return report


def _settle_unknown_columns(columns: Columns, report):
    """Note the columns that hold no key; yield a problem for each if the policy refuses them."""
    defects = report.defects
    for column in columns.without_key:
        advice = _suggest_column(column)
        sentence = f"There is no such column. {advice}"
        if defects.policies["unknown-column"] == "refuse":
            choices = defects.write_choices("unknown-column")
            yield TableProblem(1, column, "", f"{sentence} {choices}")
            continue
        defects.note("unknown-column", FilePlace("", 1, column), sentence)
        report.left_out.columns.append(column)


def _suggest_column(column):
    near = suggest_names(column, FIGURES_FILE.names)
    if near:
        return f"Is “{near[0]}” meant?"
    known = ", ".join(FIGURES_FILE.names)
    return f"Known are {known}."


def _enter(lines: list[FigureLine], report, options):
    """Make the parties and releases of the lines, and publish what was made, if asked to."""
    parties = [line.party for line in lines]
    report.parties = list_new_parties(parties)
    report.problems += _make_parties(report.parties, report.defects)
    if not lines and not report.problems:
        sentence = "There is no row that could be entered."
        problem = TableProblem(0, "", "", sentence)
        report.problems.append(problem)
    _enter_releases(lines, report)
    is_signed = options.by and options.reviewer
    if is_signed and not report.problems:
        records = list(report.parties)
        records += report.made
        records += report.unchanged
        report.published = publish_waiting(
            records, by=options.by, reviewer=options.reviewer, note=NOTE
        )


def _make_parties(parties, defects):
    """Save the new parties; yield a problem for what the policy or the tables refuse."""
    policy = defects.policies["new-party"]
    if parties and policy == "refuse":
        sentence = ask_for_parties(parties)
        yield TableProblem(0, "", "", sentence)
        return
    for party in parties:
        try:
            party.full_clean()
            party.save()
        except ValidationError as error:
            sentence = " ".join(error.messages)
            yield TableProblem(0, "party", party.name, sentence)


def _enter_releases(lines: list[FigureLine], report: ObservationReport):
    """Make or compare the release of each group of lines; add to the report what came of it.

    Once there is a problem no more releases are made, but the ones on record are still compared.
    """
    lines_by_release = defaultdict(list)
    for line in lines:
        release_key = (line.indicator, line.title, line.released_on)
        lines_by_release[release_key].append(line)
    for (indicator, title, released_on), group in lines_by_release.items():
        fields = {
            "indicator": indicator,
            "title": title,
            "released_on": released_on,
        }
        release = Release.objects.filter(**fields).first()
        if release:
            report.problems += _find_differences(release, group)
            report.unchanged[release] = len(group)
            continue
        if report.problems:
            continue
        note = report.left_out.write_sentence()
        release = Release(**fields, sha256=report.sha256, note=note)
        report.problems += _make_release(release, group)
        if not report.problems:
            report.made[release] = len(group)


def _make_release(release: Release, lines: list[FigureLine]):
    """Save a release with its figures; yield a problem for what the tables refuse."""
    release.slug = _free_slug(release.indicator, release.released_on)
    release.url = lines[0].url
    try:
        release.full_clean()
        release.save()
    except ValidationError as error:
        sentence = " ".join(error.messages)
        first_line = lines[0]
        yield first_line.problem("release", release.title, sentence)
        return
    rows = []
    for line in lines:
        row = Observation(release=release, **line.observation_fields())
        try:
            row.clean_fields(exclude=["release", "party"])
        except ValidationError as error:
            sentence = " ".join(error.messages)
            value = str(line.value)
            yield line.problem("", value, sentence)
        rows.append(row)
    Observation.objects.bulk_create(rows, batch_size=1000)


def _free_slug(indicator: Indicator, day: date):
    """Return a slug for a release of this day that no other release has."""
    beginning = indicator.slug[:140]
    stem = f"{beginning}-{day}"
    releases = Release.objects.filter(slug__startswith=stem)
    taken = set(releases.values_list("slug", flat=True))
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _find_differences(release: Release, lines: list[FigureLine]):
    """Yield a problem for each cell in which the file differs from the release on record."""
    observations = {}
    for row in release.observations.select_related("party"):
        key = (row.party.slug, row.period_start, row.period_end, row.kind)
        observations[key] = row
    rule = (
        f"The release {release.slug} is there and never changes: give a revision a title or a day"
        " of its own."
    )
    for line in lines:
        observation = observations.pop(line.key, None)
        if observation is None:
            sentence = f"The release has no such figure. {rule}"
            yield line.problem("period", line.period, sentence)
            continue
        for name, value in line.observation_fields().items():
            before = getattr(observation, name)
            if before == value:
                continue
            sentence = f"The release says “{_format_plainly(before)}”. {rule}"
            yield line.problem(name, str(value), sentence)
    for row in observations.values():
        period = f"{row.period_start} to {row.period_end}"
        figure = f"{row.party.slug}, {period}, {row.kind}"
        sentence = f"The file lacks the figure of {figure}. {rule}"
        value = write_plainly(row.value)
        yield TableProblem(0, "value", value, sentence)


def _format_plainly(value):
    """Return the text of a value; a number is written out, without an exponent."""
    if isinstance(value, Decimal):
        return write_plainly(value)
    return str(value)
