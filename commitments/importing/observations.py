"""Figures from a CSV file into releases: all rows or none, each fault with its line, nothing
repaired.

A release is one publication of an indicator's figures and never changes: the same file again
changes nothing, another one under the same release is refused with the cells that differ.
docs/observations.md describes the file for those who prepare one.
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

SHOWN = 20
NOTE = "Entered from a file of figures."


@dataclass(frozen=True)
class ObservationOptions:
    """What the command was told: the indicator and the release, where the file does not say them
    itself.
    """

    indicator: str = ""
    release: str = ""
    released_on: str = ""
    url: str = ""
    by: User | None = None
    reviewer: User | None = None


@dataclass
class ObservationReport:
    """What came of a file: its releases, made or found the same, or every problem and nothing
    entered.
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
        new = f"{len(self.made)} releases made with {sum(self.made.values())} figures"
        return f"{new}, {len(self.unchanged)} unchanged, {self.published} published."

    def as_json(self):
        return {
            "sha256": self.sha256,
            "rows": self.rows,
            "made": [_told(release, count) for release, count in self.made.items()],
            "unchanged": [_told(release, count) for release, count in self.unchanged.items()],
            "published": self.published,
            "problems": [vars(problem) for problem in self.problems],
        }


def _told(release, count):
    return {
        "release": release.slug,
        "indicator": release.indicator.slug,
        "title": release.title,
        "released_on": release.released_on.isoformat(),
        "observations": count,
    }


def import_observations(
    source: Path | bytes, asked: ObservationOptions, *, today: date, dry_run=False
) -> ObservationReport:
    """Enter the figures of `source` as drafts, or published by two people; `dry_run` only reports.

    A report with problems means that nothing was entered.
    """
    report = ObservationReport()
    try:
        table = read_table(source, required=NEEDED, optional=OPTIONAL)
    except UnreadableTable as error:
        report.problems = error.problems
        return report
    report.sha256, report.rows = table.sha256, len(table.rows)
    lines = FigureLines(asked, today)
    lines.read(table)
    report.problems = lines.problems
    with transaction.atomic():
        groups = defaultdict(list)
        for line in lines.good:
            groups[line.indicator, line.title, line.released_on].append(line)
        for (indicator, title, released_on), found in groups.items():
            release = Release.objects.filter(
                indicator=indicator, title=title, released_on=released_on
            ).first()
            if release:
                report.problems += _differences(release, found)
                report.unchanged[release] = len(found)
            elif not report.problems:
                release = Release(
                    indicator=indicator, title=title, released_on=released_on, sha256=table.sha256
                )
                report.problems += _make(release, found)
                if not report.problems:
                    report.made[release] = len(found)
        if not report.problems and asked.by and asked.reviewer:
            report.published = _publish([*report.made, *report.unchanged], asked)
        if report.problems:
            report.made, report.unchanged = {}, {}
        if report.problems or dry_run:
            transaction.set_rollback(True)
    return report


def _make(release: Release, lines: list[FigureLine]):
    """Save a release with its figures; yield what the tables refuse."""
    release.slug = _free_slug(release.indicator, release.released_on)
    release.url = lines[0].url
    try:
        release.full_clean()
        release.save()
    except ValidationError as error:
        yield TableProblem(lines[0].at, "release", release.title, " ".join(error.messages))
        return
    rows = []
    for line in lines:
        row = Observation(release=release, **line.says())
        try:
            row.clean_fields(exclude=["release"])
        except ValidationError as error:
            yield TableProblem(line.at, "", str(line.value), " ".join(error.messages))
        rows.append(row)
    Observation.objects.bulk_create(rows, batch_size=1000)


def _free_slug(indicator: Indicator, day: date):
    stem = f"{indicator.slug[:140]}-{day.isoformat()}"
    taken = set(Release.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(
        slug for slug in [stem, *(f"{stem}-{n}" for n in range(2, 1000))] if slug not in taken
    )


def _differences(release: Release, lines: list[FigureLine]):
    """Yield each cell in which the file differs from the release that is there."""
    there = {
        (row.party_id, row.period_start, row.period_end, row.kind): row
        for row in release.observations.select_related("party")
    }
    rule = (
        f"The release {release.slug} is there and never changes: give a revision a title or a day"
        " of its own."
    )
    for line in lines:
        row = there.pop(line.key, None)
        if row is None:
            yield TableProblem(
                line.at, "period", line.period, f"The release has no such figure. {rule}"
            )
            continue
        for name, value in line.says().items():
            before = getattr(row, name)
            if before != value:
                yield TableProblem(
                    line.at, name, str(value), f"The release says “{_plain(before)}”. {rule}"
                )
    for row in there.values():
        named = f"{row.party.slug}, {row.period_start} to {row.period_end}, {row.kind}"
        yield TableProblem(
            0, "value", _plain(row.value), f"The file lacks the figure of {named}. {rule}"
        )


def _plain(value):
    return format(value.normalize(), "f") if hasattr(value, "normalize") else str(value)


def _publish(releases, asked):
    """Hand in the drafts and publish what is in review; return how many that are."""
    if asked.by == asked.reviewer:
        raise publishing.Refused(
            "Name two different people by --by and --reviewer: nobody publishes what they"
            " submitted."
        )
    waiting = [release for release in releases if release.state in (State.DRAFT, State.IN_REVIEW)]
    publishing.submit_many(
        [release for release in waiting if release.state == State.DRAFT], by=asked.by
    )
    if waiting:
        publishing.publish_many(waiting, by=asked.reviewer, note=NOTE)
    return len(waiting)
