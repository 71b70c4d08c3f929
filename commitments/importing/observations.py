"""Enter the figures of a CSV file into releases: all rows or none.

Each fault is reported with its line, and none is repaired. A release is one publication of an
indicator's figures and never changes: entering the same file again changes nothing, and another
file under the same release is refused with the cells that differ. docs/observations.md describes
the file for those who prepare one.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from commitments import publishing
from commitments.importing.figures import NEEDED, OPTIONAL, FigureLine, FigureLines
from commitments.importing.rows import TableProblem, UnreadableTable, read_table
from commitments.models import Indicator, Observation, Release, State, User

LISTED_PROBLEMS = 20
NOTE = "Entered from a file of figures."


@dataclass(frozen=True)
class ObservationOptions:
    """The options of the command: the indicator and the release, where the file has no column."""

    indicator: str = ""
    release: str = ""
    released_on: str = ""
    url: str = ""
    by: User | None = None
    reviewer: User | None = None


@dataclass
class ObservationReport:
    """What came of a file: releases made or unchanged with their number of figures, or problems.

    A report with problems means that nothing was entered.
    """

    sha256: str = ""
    rows: int = 0
    made: dict[Release, int] = field(default_factory=dict)
    unchanged: dict[Release, int] = field(default_factory=dict)
    published: int = 0
    problems: list[TableProblem] = field(default_factory=list)

    def __str__(self):
        if self.problems:
            return f"Nothing was entered: {len(self.problems)} problems in {self.rows} rows."
        counts = [
            f"{len(self.made)} releases made with {sum(self.made.values())} figures",
            f"{len(self.unchanged)} unchanged",
            f"{self.published} published",
        ]
        return f"{', '.join(counts)}."

    def as_json(self):
        made = [_describe_release(*item) for item in self.made.items()]
        unchanged = [_describe_release(*item) for item in self.unchanged.items()]
        return {
            "sha256": self.sha256,
            "rows": self.rows,
            "made": made,
            "unchanged": unchanged,
            "published": self.published,
            "problems": [vars(problem) for problem in self.problems],
        }


def _describe_release(release, count):
    return {
        "release": release.slug,
        "indicator": release.indicator.slug,
        "title": release.title,
        "released_on": release.released_on.isoformat(),
        "observations": count,
    }


def import_observations(
    source: Path | bytes, options: ObservationOptions, *, today: date, dry_run=False
) -> ObservationReport:
    """Enter the figures of `source` as drafts, and publish them if the options name two people.

    `dry_run` only reports.
    """
    report = ObservationReport()
    try:
        table = read_table(source, required=NEEDED, optional=OPTIONAL)
    except UnreadableTable as error:
        report.problems = error.problems
        return report
    report.sha256 = table.sha256
    report.rows = len(table.rows)
    figure_lines = FigureLines(options, today)
    figure_lines.read(table)
    report.problems = figure_lines.problems
    with transaction.atomic():
        _enter_releases(figure_lines.lines, report)
        if not report.problems and options.by and options.reviewer:
            report.published = _publish([*report.made, *report.unchanged], options)
        if report.problems:
            report.made, report.unchanged = {}, {}
        if report.problems or dry_run:
            transaction.set_rollback(True)
    return report


def _enter_releases(lines: list[FigureLine], report: ObservationReport):
    """Make or compare the release of each group of lines; add to the report what came of it.

    Once there is a problem no more releases are made, but the ones on record are still compared.
    """
    lines_by_release = defaultdict(list)
    for line in lines:
        lines_by_release[line.indicator, line.title, line.released_on].append(line)
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
        release = Release(**fields, sha256=report.sha256)
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
        yield TableProblem(lines[0].line_number, "release", release.title, sentence)
        return
    rows = []
    for line in lines:
        row = Observation(release=release, **line.observation_fields())
        try:
            row.clean_fields(exclude=["release"])
        except ValidationError as error:
            sentence = " ".join(error.messages)
            yield TableProblem(line.line_number, "", str(line.value), sentence)
        rows.append(row)
    Observation.objects.bulk_create(rows, batch_size=1000)


def _free_slug(indicator: Indicator, day: date):
    """Return a slug for a release of this day that no other release has."""
    stem = f"{indicator.slug[:140]}-{day.isoformat()}"
    releases = Release.objects.filter(slug__startswith=stem)
    taken = set(releases.values_list("slug", flat=True))
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _find_differences(release: Release, lines: list[FigureLine]):
    """Yield a problem for each cell in which the file differs from the release on record."""
    observations = {
        (row.party_id, row.period_start, row.period_end, row.kind): row
        for row in release.observations.select_related("party")
    }
    rule = (
        f"The release {release.slug} is there and never changes: give a revision a title or a day"
        " of its own."
    )
    for line in lines:
        observation = observations.pop(line.key, None)
        if observation is None:
            sentence = f"The release has no such figure. {rule}"
            yield TableProblem(line.line_number, "period", line.period, sentence)
            continue
        for name, value in line.observation_fields().items():
            before = getattr(observation, name)
            if before == value:
                continue
            sentence = f"The release says “{_format_plainly(before)}”. {rule}"
            yield TableProblem(line.line_number, name, str(value), sentence)
    for row in observations.values():
        period = f"{row.period_start} to {row.period_end}"
        sentence = f"The file lacks the figure of {row.party.slug}, {period}, {row.kind}. {rule}"
        value = _format_plainly(row.value)
        yield TableProblem(0, "value", value, sentence)


def _format_plainly(value):
    """Return the text of a value; a number is written out, without an exponent."""
    if hasattr(value, "normalize"):
        return format(value.normalize(), "f")
    return str(value)


def _publish(releases, options):
    """Submit the drafts, publish what is in review, and return how many releases that are."""
    if options.by == options.reviewer:
        raise publishing.Refused(
            "Name two different people by --by and --reviewer: nobody publishes what they"
            " submitted."
        )
    waiting = [release for release in releases if release.state in (State.DRAFT, State.IN_REVIEW)]
    drafts = [release for release in waiting if release.state == State.DRAFT]
    publishing.submit_many(drafts, by=options.by)
    if waiting:
        publishing.publish_many(waiting, by=options.reviewer, note=NOTE)
    return len(waiting)
