import re
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from commitments.importing.file_kinds import MATRIX_FILE
from commitments.importing.matrices import POLICIES, MatrixOptions, import_matrix
from commitments.management.policies import (
    add_mapping,
    add_policies,
    add_report_file,
    read_mapping,
    read_pairs,
    read_policies,
    write_report,
)
from commitments.management.signing import add_signers, get_signers
from commitments.models.roots import SLUG
from commitments.verdicts.dates import parse_day


class Command(BaseCommand):
    help = (
        "Import another assessor's compliance matrix: one row a commitment, one column a member."
        " See docs/importing.md."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the matrix, a CSV file in UTF-8")
        parser.add_argument(
            "--series",
            required=True,
            help="slug of the series the summits belong to; made if missing",
        )
        parser.add_argument(
            "--assessor", required=True, help="whose verdicts these are, by name; made if missing"
        )
        parser.add_argument(
            "--summits",
            type=Path,
            help="a CSV file of the summits: year, code, name, starts_on, ends_on",
        )
        add_mapping(parser)
        parser.add_argument(
            "--party", action="append", default=[], metavar="NAME=SLUG", help="whose column NAME is"
        )
        parser.add_argument("--published-on", help="when the assessor published it, as 2026-03-31")
        parser.add_argument("--title", default="", help="title of the assessor's report")
        parser.add_argument("--url", default="", help="where it was published")
        parser.add_argument("--licence", default="", help="the licence it is under")
        parser.add_argument(
            "--dry-run", action="store_true", help="print the same report and write nothing"
        )
        add_report_file(parser)
        add_signers(parser)
        add_policies(parser, POLICIES)

    def handle(self, file, **options):
        matrix_options = _read_options(options)
        write_report(options["json"])
        report = import_matrix(
            file,
            matrix_options,
            today=timezone.now().date(),
            dry_run=options["dry_run"],
            progress=Progress(self.stderr),
        )
        write_report(options["json"], report)
        *lines, closing = report.lines()
        for line in lines:
            self.stdout.write(line)
        if report.refused:
            raise CommandError(closing)
        if options["dry_run"]:
            self.stderr.write("Dry run: nothing was written.")
        return closing


class Progress:
    """Writes how far the import has come, at most once a second and at the end of each part."""

    def __init__(self, stream):
        self.stream = stream
        self.started_at = time.monotonic()
        self.written_at = self.started_at

    def __call__(self, what, done, total):
        now = time.monotonic()
        if done != total and now - self.written_at <= 1:
            return
        self.written_at = now
        seconds = now - self.started_at
        self.stream.write(f"  {seconds:5.1f} s  {done} of {total} {what}")


def _read_options(options):
    """Return the options of the import; raise `CommandError` for one that cannot be read."""
    series = options["series"]
    if not re.fullmatch(SLUG.regex, series) or len(series) > 60:
        raise CommandError(
            f"--series {series[:60]} is no slug: lower-case letters, digits and hyphens."
        )
    if not options["assessor"].strip():
        raise CommandError("--assessor needs a name.")
    # A column's name may have a sign of equality, and a slug has none.
    party_by_column = read_pairs(options["party"], str.rpartition, "--party NAME=SLUG")
    return MatrixOptions(
        series=series,
        assessor=options["assessor"],
        summits=options["summits"],
        column_by_key=read_mapping(options, MATRIX_FILE.names),
        party_by_column=party_by_column,
        policies=read_policies(options, POLICIES),
        published_on=_parse_published_on(options["published_on"]),
        title=options["title"],
        url=options["url"],
        licence=options["licence"],
        **get_signers(options),
    )


def _parse_published_on(text):
    """Return the day that --published-on names; None without one."""
    if not text:
        return None
    day = parse_day(text)
    if day is None:
        raise CommandError(f"--published-on {text} is not a day. Write it as 2026-03-31.")
    return day
