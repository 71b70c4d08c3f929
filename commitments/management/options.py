"""Values of options that several commands take."""

from datetime import date

from django.core.management.base import CommandError

from commitments.verdicts.dates import parse_day, span


def parse_day_option(text: str) -> date:
    day = parse_day(text)
    if day is None:
        raise CommandError(f"{text} is not a day. Write it as 2026-03-31.")
    return day


def parse_period_option(text: str) -> str:
    if not span(text) and parse_day(text) is None:
        raise CommandError(f"{text} is not a period. Write it as 2024, FY2025, 2024-Q3 or a day.")
    return text
