from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from commitments.importing.figures import FIGURE_POLICIES
from commitments.importing.file_kinds import FIGURES_FILE
from commitments.importing.observations import ObservationOptions, import_observations
from commitments.management.policies import (
    add_mapping,
    add_policies,
    add_report_file,
    read_mapping,
    read_policies,
    write_report,
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
        add_mapping(parser)
        parser.add_argument(
            "--dry-run", action="store_true", help="print the same report and write nothing"
        )
        add_report_file(parser)
        add_signers(parser)
        add_policies(parser, FIGURE_POLICIES)

    def handle(self, file, **options):
        observation_options = ObservationOptions(
            indicator=options["indicator"],
            release=options["release"],
            released_on=options["released_on"],
            url=options["url"],
            column_by_key=read_mapping(options, FIGURES_FILE.names),
            policies=read_policies(options, FIGURE_POLICIES),
            **get_signers(options),
        )
        write_report(options["json"])
        try:
            report = import_observations(
                file,
                observation_options,
                today=timezone.now().date(),
                dry_run=options["dry_run"],
            )
        except Refused as error:
            raise CommandError("\n".join(["Nothing was entered.", *error.reasons])) from None
        write_report(options["json"], report)
        *lines, closing = report.lines()
        if report.problems:
            raise CommandError("\n".join([*lines, closing]))
        for line in lines:
            self.stdout.write(line)
        if options["dry_run"]:
            self.stderr.write("Dry run: nothing was written.")
        return closing
