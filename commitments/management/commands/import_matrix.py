import json
import re
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from commitments.importing.matrices import POLICIES, MatrixOptions, import_matrix
from commitments.importing.matrices.columns import NAMES
from commitments.management.signing import add_signers, signers
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
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="KEY=COLUMN",
            help="which column holds a key",
        )
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
        parser.add_argument(
            "--json", type=Path, metavar="REPORT", help="write the report to this file too"
        )
        add_signers(parser)
        policies = parser.add_argument_group(
            "what is done about a defect (the first is the default)"
        )
        for code, choices in POLICIES.items():
            policies.add_argument(f"--{code}", choices=choices, help=f"default: {choices[0]}")

    def handle(self, file, **options):
        asked = self._asked(options)
        if options["json"]:
            _write(
                options["json"], ""
            )  # before the work: a report that cannot be written must not come too late
        started = time.monotonic()
        report = import_matrix(
            file,
            asked,
            today=timezone.now().date(),
            dry_run=options["dry_run"],
            progress=self._progress(started),
        )
        if options["json"]:
            _write(
                options["json"], json.dumps(report.as_json(), indent=2, ensure_ascii=False) + "\n"
            )
        *lines, closing = report.lines()
        for line in lines:
            self.stdout.write(line)
        if report.refused:
            raise CommandError(closing)
        if options["dry_run"]:
            self.stderr.write("Dry run: nothing was written.")
        return closing

    def _asked(self, options):
        if not re.fullmatch(SLUG.regex, options["series"]) or len(options["series"]) > 60:
            raise CommandError(
                f"--series {options['series'][:60]} is no slug: lower-case letters, digits and"
                " hyphens."
            )
        if not options["assessor"].strip():
            raise CommandError("--assessor needs a name.")
        mapped = _pairs(options["map"], "--map KEY=COLUMN")
        if strange := set(mapped) - set(NAMES):
            raise CommandError(
                f"--map {sorted(strange)[0]}: there is no such key; known are {', '.join(NAMES)}."
            )
        return MatrixOptions(
            series=options["series"],
            assessor=options["assessor"],
            summits=options["summits"],
            column_by_key=mapped,
            party_by_column=_pairs(options["party"], "--party NAME=SLUG"),
            policies={
                code: chosen for code in POLICIES if (chosen := options[code.replace("-", "_")])
            },
            published_on=_parse_published_on(options["published_on"]),
            title=options["title"],
            url=options["url"],
            licence=options["licence"],
            **signers(options),
        )

    def _progress(self, started):
        told = {"at": started}

        def tell(what, done, total):
            now = time.monotonic()
            if done == total or now - told["at"] > 1:
                told["at"] = now
                self.stderr.write(f"  {now - started:5.1f} s  {done} of {total} {what}")

        return tell


def _pairs(texts, shape):
    pairs = dict(
        text.rpartition("=")[::2] if "NAME" in shape else text.partition("=")[::2] for text in texts
    )
    if not all(pairs) or not all(pairs.values()):
        raise CommandError(f"Write {shape}.")
    return pairs


def _parse_published_on(text):
    """Return the day that --published-on names; None without one."""
    if not text:
        return None
    day = parse_day(text)
    if day is None:
        raise CommandError(f"--published-on {text} is not a day. Write it as 2026-03-31.")
    return day


def _write(path, text):
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"The report cannot be written to {path}: {error.strerror}.") from None
