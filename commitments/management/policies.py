"""The options of both importers: policies, the mapping of columns, and the file of the report."""

import json
from pathlib import Path

from django.core.management.base import CommandError


def add_policies(parser, choices_by_code):
    """Add an option for each kind of defect; its first choice is the default."""
    policies = parser.add_argument_group("what is done about a defect (the first is the default)")
    for code, choices in choices_by_code.items():
        policies.add_argument(f"--{code}", choices=choices, help=f"default: {choices[0]}")


def read_policies(options, choices_by_code) -> dict[str, str]:
    """Return the policies that the command names, {code: policy}."""
    policies = {}
    for code in choices_by_code:
        policy = options[code.replace("-", "_")]
        if policy:
            policies[code] = policy
    return policies


def add_mapping(parser):
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="KEY=COLUMN",
        help="which column holds a key",
    )


def read_mapping(options, known_keys) -> dict[str, str]:
    """Return the columns that --map names, {key: column}."""
    column_by_key = read_pairs(options["map"], str.partition, "--map KEY=COLUMN")
    for key in sorted(column_by_key):
        if key not in known_keys:
            known = ", ".join(known_keys)
            raise CommandError(f"--map {key}: there is no such key; known are {known}.")
    return column_by_key


def read_pairs(texts, partition, shape) -> dict[str, str]:
    """Return the two sides of each text as {left: right}; both must be filled."""
    pairs = {}
    for text in texts:
        left, _, right = partition(text, "=")
        if not left or not right:
            raise CommandError(f"Write {shape}.")
        pairs[left] = right
    return pairs


def add_report_file(parser):
    parser.add_argument(
        "--json", type=Path, metavar="REPORT", help="write the report to this file too"
    )


def write_report(path, report=None):
    """Write the report as JSON if there is a path.

    A command tries it without a report before the work, because a file that cannot be written must
    not waste it.
    """
    if not path:
        return
    text = ""
    if report is not None:
        text = json.dumps(report.as_json(), indent=2, ensure_ascii=False) + "\n"
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"The report cannot be written to {path}: {error.strerror}.") from None
