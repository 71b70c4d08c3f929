import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from commitments.importing.observations import (
    LISTED_PROBLEMS,
    ObservationOptions,
    import_observations,
)
from commitments.management.signing import add_signers, get_signers
from commitments.publishing import Refused


class Command(BaseCommand):
    help = (
        "Enter the figures of a CSV file as releases, all rows or none. See docs/observations.md."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "file", type=Path, help="a CSV file in UTF-8: party, period, value, kind, …"
        )
        parser.add_argument(
            "--indicator",
            default="",
            help="slug of the indicator, unless the file has a column for it",
        )
        parser.add_argument(
            "--release",
            default="",
            metavar="TITLE",
            help="title of the release, unless a column has it",
        )
        parser.add_argument(
            "--released-on", default="", metavar="DAY", help="when it was published, as 2026-03-31"
        )
        parser.add_argument("--url", default="", help="where it was published")
        parser.add_argument(
            "--dry-run", action="store_true", help="print the same report and write nothing"
        )
        parser.add_argument(
            "--json", type=Path, metavar="REPORT", help="write the report to this file too"
        )
        add_signers(parser)

    def handle(self, file, **options):
        observation_options = ObservationOptions(
            indicator=options["indicator"],
            release=options["release"],
            released_on=options["released_on"],
            url=options["url"],
            **get_signers(options),
        )
        try:
            report = import_observations(
                file,
                observation_options,
                today=timezone.now().date(),
                dry_run=options["dry_run"],
            )
        except Refused as error:
            raise CommandError("\n".join(["Nothing was entered.", *error.reasons])) from None
        if options["json"]:
            _write_json(report, options["json"])
        if report.problems:
            raise CommandError("\n".join(_list_problems(report)))
        if options["dry_run"]:
            self.stderr.write("Dry run: nothing was written.")
        return str(report)


def _write_json(report, path):
    text = json.dumps(report.as_json(), indent=2, ensure_ascii=False)
    try:
        path.write_text(text + "\n")
    except OSError as error:
        raise CommandError(f"The report cannot be written to {path}: {error.strerror}.") from None


def _list_problems(report):
    """Yield a line for each of the first problems, for the number of further ones, and the sum."""
    for problem in report.problems[:LISTED_PROBLEMS]:
        yield str(problem)
    further = len(report.problems) - LISTED_PROBLEMS
    if further > 0:
        yield f"… and {further} more; --json REPORT has them all."
    yield str(report)
