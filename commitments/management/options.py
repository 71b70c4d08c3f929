"""Values of options that several commands take."""

from datetime import date

from django.core.management.base import CommandError

from commitments.verdicts.dates import parse_day


def parse_day_option(text: str) -> date:
    day = parse_day(text)
    if day is None:
        raise CommandError(f"{text} is not a day. Write it as 2026-03-31.")
    return day
