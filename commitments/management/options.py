"""Values of options that several commands take."""

from datetime import date

from django.core.management.base import CommandError

from commitments.dates import read_date
from commitments.verdicts.dates import parse_day


def parse_day_option(text: str) -> date:
    day = parse_day(text)
    if day is None:
        raise CommandError(f"{text} is not a day. Write it as 2026-03-31.")
    return day


def parse_period_option(text: str) -> str:
    try:
        read_date(text)
    except ValueError as unreadable:
        raise CommandError(f"“{text}”: {unreadable}") from None
    return text
