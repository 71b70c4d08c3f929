"""How people and official files write days and periods: read, or a fault that says why not.

What may mean two things is never guessed at. 03/04/2024 is in March or in April, and 2010-11 is a
month or a year of two calendar years.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from commitments.verdicts.dates import (
    FiscalNaming,
    ImpreciseDate,
    Precision,
    find_bounds,
    find_fiscal_year,
    find_months,
    is_named_after_its_start,
)

FIRST_YEAR, LAST_YEAR = 1900, 2199
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# The year before the first of each Japanese era.
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
LONGEST_DATE = 80
SUNDAY = 7


class DateFault(StrEnum):
    """Why a text is not read as a date, with the values that the sentence about it needs."""

    UNKNOWN = "unknown"
    EMPTY = "empty"
    VAGUE = "vague"  # year: the one it says, or None
    NO_YEAR = "no_year"
    SHORT_YEAR = "short_year"
    YEAR_OUT_OF_RANGE = "year_out_of_range"
    NO_SUCH_DAY = "no_such_day"
    DAY_OR_MONTH = "day_or_month"  # day, other: both readings
    MONTH_OR_YEARS = "month_or_years"  # year, month
    YEARS_OR_YEAR = "years_or_year"  # year: the first of both
    NOT_CONSECUTIVE = "not_consecutive"
    ENDS_BEFORE = "ends_before"
    FISCAL_START_UNKNOWN = "fiscal_start_unknown"
    CALENDAR_YEAR = "calendar_year"  # year: the first of both


class UnreadableDate(ValueError):
    """A text that is not read as a date: the fault, and the values that its sentence needs."""

    def __init__(self, fault: DateFault, **values: object) -> None:
        super().__init__(fault)
        self.fault = fault
        self.values = values


@dataclass(frozen=True)
class WrittenDate:
    """A date as written. The days of a fiscal year are known once its first month is.

    `fiscal_year` is the year in its name; of a split year, as 2024/25, the one it begins in.
    """

    precision: Precision
    first_day: date | None = None
    last_day: date | None = None
    fiscal_year: int | None = None
    is_split: bool = False

    def resolve(
        self, fiscal_start: int | None = None, fiscal_named: str = FiscalNaming.USUAL
    ) -> ImpreciseDate:
        """Return the date with its days. Raises `UnreadableDate` for a fiscal year whose first
        month is unknown, and for a split year that starts in January.
        """
        if self.fiscal_year is None:
            return ImpreciseDate(self.last_day, self.precision, first_day=self.first_day)
        if fiscal_start is None:
            raise UnreadableDate(DateFault.FISCAL_START_UNKNOWN)
        year = self.fiscal_year
        if self.is_split:
            if fiscal_start == 1:
                raise UnreadableDate(DateFault.CALENDAR_YEAR, year=year)
            # Both years are written, so the naming decides nothing but how it prints.
            if not is_named_after_its_start(fiscal_start, fiscal_named):
                year += 1
        first, last = find_fiscal_year(year, fiscal_start, fiscal_named)
        return ImpreciseDate(last, self.precision, fiscal_start, first, fiscal_named)


def parse_date(text: str) -> WrittenDate:
    """Return what `text` says; raise `UnreadableDate` for what is no date, or may be another."""
    if len(text) > LONGEST_DATE:
        raise UnreadableDate(DateFault.UNKNOWN)
    words = _simplify(text)
    if not words:
        raise UnreadableDate(DateFault.EMPTY)
    written = _parse_form(words) or _parse_stretch(words)
    if written is None:
        raise _explain(words)
    return written


def _simplify(text: str) -> str:
    """Return `text` in lower case, with plain digits and hyphens, single blanks, and years of the
    common era.
    """
    composed = unicodedata.normalize("NFKC", text)
    plain = re.sub("[\u2010\u2011\u2212]", "-", composed)
    words = " ".join(plain.casefold().split())
    return re.sub("(令和|平成|昭和)(元|[0-9]{1,2})年", _replace_era, words)


def _replace_era(match: re.Match[str]) -> str:
    number = match[2].replace("元", "1")
    year = ERAS[match[1]] + int(number)
    return f"{year}年"


def _parse_form(words: str) -> WrittenDate | None:
    for pattern, read in FORMS:
        if match := pattern.fullmatch(words):
            written = read(match)
            if written:
                return written
    return None


def _parse_stretch(words: str) -> WrittenDate | None:
    """Return the period of “May 2017 to 3 July 2021” or “2010–2014”."""
    match = re.fullmatch("(?P<first>.+?)(?: to | ?[–~〜] ?)(?P<last>.+)", words)
    if match is None:
        return None
    begins = _parse_form(match["first"])
    finishes = _parse_form(match["last"])
    if begins is None or finishes is None:
        return None
    first = begins.first_day
    last = finishes.last_day
    if first is None or last is None:
        return None
    if last < first:
        raise UnreadableDate(DateFault.ENDS_BEFORE)
    return WrittenDate(Precision.PERIOD, first, last)


def _find_month(name: str) -> int | None:
    """Return the number of a month by its name, or by the three letters and more it begins with."""
    for number, month in enumerate(MONTHS, start=1):
        folded = month.casefold()
        if folded.startswith(name):
            return number
    return None


def _make_day(year: int, month: int, day: int) -> WrittenDate:
    try:
        written = date(year, month, day)
    except ValueError:
        raise UnreadableDate(DateFault.NO_SUCH_DAY) from None
    return WrittenDate(Precision.DAY, written, written)


def _make_months(precision: Precision, year: int, first_month: int, count: int) -> WrittenDate:
    first, last = find_months(year, first_month, count)
    return WrittenDate(precision, first, last)


class Parts:
    """The parts of a match, as numbers."""

    def __init__(self, match: re.Match[str]) -> None:
        self.match = match

    def read(self, name: str) -> int:
        text = self.match[name]
        return int(text)

    @property
    def year(self) -> int:
        year = self.read("year")
        if FIRST_YEAR <= year <= LAST_YEAR:
            return year
        raise UnreadableDate(DateFault.YEAR_OUT_OF_RANGE)

    @property
    def month(self) -> int | None:
        """The month by its name; None if no month is called so."""
        name = self.match["name"]
        return _find_month(name)

    @property
    def number(self) -> int:
        """Which week, quarter or half of the year it is."""
        text = self.match["number"]
        if text in ORDINALS:
            return ORDINALS[text]
        return int(text)


def _read_year(match: re.Match[str]) -> WrittenDate:
    year = Parts(match).year
    return _make_months(Precision.YEAR, year, 1, 12)


def _read_fiscal_year(match: re.Match[str]) -> WrittenDate:
    year = Parts(match).year
    return WrittenDate(Precision.FISCAL_YEAR, fiscal_year=year)


def _read_split_year(match: re.Match[str]) -> WrittenDate:
    """Read FY2024-25, 2024/25 and 2024/2025, which nothing else is written like."""
    year = Parts(match).year
    if not _names_next_year(match):
        raise UnreadableDate(DateFault.NOT_CONSECUTIVE)
    return WrittenDate(Precision.FISCAL_YEAR, fiscal_year=year, is_split=True)


def _read_month_or_split_year(match: re.Match[str]) -> WrittenDate:
    """Read 2024-03 and 2024-25; refuse 2010-11, which is a month and a split year."""
    parts = Parts(match)
    year = parts.year
    month = parts.read("second")
    if not 1 <= month <= 12:
        return _read_split_year(match)
    if _names_next_year(match):
        raise UnreadableDate(DateFault.MONTH_OR_YEARS, year=year, month=month)
    return _make_months(Precision.MONTH, year, month, 1)


def _refuse_two_years(match: re.Match[str]) -> None:
    """Refuse 2024-2025, which may be both years or a split one; more years are a period."""
    if _names_next_year(match):
        year = Parts(match).year
        raise UnreadableDate(DateFault.YEARS_OR_YEAR, year=year)


def _names_next_year(match: re.Match[str]) -> bool:
    following = Parts(match).year + 1
    second = match["second"]
    return str(following).endswith(second)


def _read_half(match: re.Match[str]) -> WrittenDate:
    parts = Parts(match)
    first_month = 6 * parts.number - 5
    return _make_months(Precision.PERIOD, parts.year, first_month, 6)


def _read_quarter(match: re.Match[str]) -> WrittenDate:
    parts = Parts(match)
    first_month = 3 * parts.number - 2
    return _make_months(Precision.QUARTER, parts.year, first_month, 3)


def _read_week(match: re.Match[str]) -> WrittenDate:
    parts = Parts(match)
    year = parts.year
    try:
        monday = date.fromisocalendar(year, parts.number, 1)
    except ValueError:
        raise UnreadableDate(DateFault.NO_SUCH_DAY) from None
    first, last = find_bounds(monday, Precision.WEEK)
    return WrittenDate(Precision.WEEK, first, last)


def _read_week_to_day(match: re.Match[str]) -> WrittenDate | None:
    words = match["day"]
    written = _parse_form(words)
    if written is None or written.precision != Precision.DAY:
        return None
    day = written.last_day
    if day is None or day.isoweekday() != SUNDAY:
        return None
    first, last = find_bounds(day, Precision.WEEK)
    return WrittenDate(Precision.WEEK, first, last)


def _read_month(match: re.Match[str]) -> WrittenDate | None:
    parts = Parts(match)
    month = parts.read("month")
    if not 1 <= month <= 12:
        return None
    return _make_months(Precision.MONTH, parts.year, month, 1)


def _read_month_by_name(match: re.Match[str]) -> WrittenDate | None:
    parts = Parts(match)
    month = parts.month
    if month is None:
        return None
    return _make_months(Precision.MONTH, parts.year, month, 1)


def _read_day(match: re.Match[str]) -> WrittenDate:
    parts = Parts(match)
    month = parts.read("month")
    day = parts.read("day")
    return _make_day(parts.year, month, day)


def _read_day_by_name(match: re.Match[str]) -> WrittenDate | None:
    parts = Parts(match)
    month = parts.month
    if month is None:
        return None
    day = parts.read("day")
    return _make_day(parts.year, month, day)


def _read_numeric_day(match: re.Match[str]) -> WrittenDate:
    """Read 31/03/2026 and 03/31/2026; refuse 03/04/2026, which means two days."""
    parts = Parts(match)
    year = parts.year
    first = parts.read("first")
    second = parts.read("second")
    if first > 12:
        return _make_day(year, second, first)
    if second > 12 or first == second:
        return _make_day(year, first, second)
    day = _make_day(year, second, first)
    other = _make_day(year, first, second)
    raise UnreadableDate(DateFault.DAY_OR_MONTH, day=day.first_day, other=other.first_day)


ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "上": 1, "下": 2}
YEAR = "(?P<year>[0-9]{4})"
FISCAL = "(?:fy|fiscal year|financial year)"
MONTH_NAME = r"(?P<name>[a-z]{3,9})\.?"
MONTH = "(?P<month>[0-9]{1,2})"
DAY = "(?P<day>[0-9]{1,2})"
NTH_DAY = f"{DAY}(?:st|nd|rd|th)?"
SHORT = "(?P<second>[0-9]{2})"
SHORT_OR_FULL = "(?P<second>[0-9]{2}|[0-9]{4})"
QUARTER = "(?P<number>[1-4])"
HALF = "(?P<number>[12])"

Reader = Callable[[re.Match[str]], WrittenDate | None]
READERS: list[tuple[str, Reader]] = [
    (f"(?:cy ?)?{YEAR}", _read_year),
    (f"{YEAR}年", _read_year),
    (f"{FISCAL} ?{YEAR}", _read_fiscal_year),
    (f"{YEAR}年度", _read_fiscal_year),
    (f"{FISCAL} ?{YEAR}[-/–]{SHORT_OR_FULL}", _read_split_year),
    (f"{YEAR}/{SHORT_OR_FULL}", _read_split_year),
    (f"{YEAR}–{SHORT}", _read_split_year),
    (f"{YEAR}-{SHORT}", _read_month_or_split_year),
    (f"{YEAR}[-–](?P<second>[0-9]{{4}})", _refuse_two_years),
    (f"{YEAR}[- ]?q{QUARTER}", _read_quarter),
    (f"q{QUARTER}[- /]{YEAR}", _read_quarter),
    (f"{QUARTER}q[- /]?{YEAR}", _read_quarter),
    (f"quarter {QUARTER} of {YEAR}", _read_quarter),
    (f"(?:the )?(?P<number>first|second|third|fourth) quarter (?:of )?{YEAR}", _read_quarter),
    (f"{YEAR}年第?{QUARTER}四半期", _read_quarter),
    (f"{YEAR}[- ]?[hs]{HALF}", _read_half),
    (f"[hs]{HALF}[- /]{YEAR}", _read_half),
    (f"{HALF}h[- /]?{YEAR}", _read_half),
    (f"(?:the )?(?P<number>first|second) half (?:of )?{YEAR}", _read_half),
    (f"{YEAR}年(?P<number>[上下])半期", _read_half),
    (f"{YEAR}[- ]?w(?P<number>[0-9]{{2}})", _read_week),
    ("(?:the )?week to (?P<day>.+)", _read_week_to_day),
    ("(?P<day>.+)までの1?週間?", _read_week_to_day),
    (f"{YEAR}[- ]?m{MONTH}", _read_month),
    (f"{YEAR}年{MONTH}月", _read_month),
    (f"{MONTH_NAME},? (?:of )?{YEAR}", _read_month_by_name),
    (f"{YEAR} {MONTH_NAME}", _read_month_by_name),
    (f"{YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})", _read_day),
    (f"{YEAR}(?P<mark>[/.]){MONTH}(?P=mark){DAY}", _read_day),
    (f"{YEAR}年{MONTH}月{DAY}日", _read_day),
    (f"{NTH_DAY} (?:of )?{MONTH_NAME},? {YEAR}", _read_day_by_name),
    (f"{MONTH_NAME} {NTH_DAY},? {YEAR}", _read_day_by_name),
    (
        f"(?P<first>[0-9]{{1,2}})(?P<mark>[-/.])(?P<second>[0-9]{{1,2}})(?P=mark){YEAR}",
        _read_numeric_day,
    ),
]
FORMS = [(re.compile(pattern), read) for pattern, read in READERS]

# Words that leave open which days are meant. A pledge keeps them beside its day.
VAGUE = re.compile(
    r"\b(mid|early|late|end|start|beginning|middle|around|about|by|before|after|until|since|from"
    r"|within|circa|spring|summer|autumn|fall|winter|decade|soon)\b|[0-9]{4}s\b"
    r"|上旬|中旬|下旬|初め|末|まで|頃|ごろ|以降|以内|前半|後半|年代|[春夏秋冬]"
)
YEAR_IN_WORDS = re.compile("(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])")
SHORT_YEAR = re.compile(
    f"(?:{FISCAL} ?)?[0-9]{{2}}([-/–][0-9]{{2}})?"
    r"|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}"
    f"|(?:{DAY}[ -])?{MONTH_NAME}[ -][’']?[0-9]{{2}}"
)
WITHOUT_YEAR = [
    re.compile(f"(?:{NTH_DAY} )?{MONTH_NAME}"),
    re.compile(f"{MONTH_NAME} {NTH_DAY}"),
    re.compile("[0-9]{1,2}月([0-9]{1,2}日)?|q[1-4]|[1-4]q|h[12]|[12]h"),
]


def _explain(words: str) -> UnreadableDate:
    """Return the fault of a text that has none of the forms."""
    if VAGUE.search(words):
        match = YEAR_IN_WORDS.search(words)
        year = match and int(match[0])
        return UnreadableDate(DateFault.VAGUE, year=year)
    fault = DateFault.UNKNOWN
    if _lacks_year(words):
        fault = DateFault.NO_YEAR
    elif SHORT_YEAR.fullmatch(words):
        fault = DateFault.SHORT_YEAR
    return UnreadableDate(fault)


def _lacks_year(words: str) -> bool:
    for pattern in WITHOUT_YEAR:
        match = pattern.fullmatch(words)
        if match is None:
            continue
        name = match.groupdict().get("name")
        if name is None or _find_month(name):
            return True
    return False
