"""Days and periods as people and official files write them: read, or refused with what to write.

The sentences are for whoever enters or imports a record, and say the same in forms, importers and
the rules of integrity.
"""

from datetime import date

from commitments.verdicts.dates import (
    DayHeld,
    FiscalNaming,
    ImpreciseDate,
    Precision,
    find_bounds,
    find_right_day,
)
from commitments.verdicts.spellings import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS,
    DateFault,
    UnreadableDate,
    WrittenDate,
    parse_date,
)

DATE_FORMS = (
    "a day (2026-03-31 or 31 March 2026), a month (March 2026), a quarter (Q1 2026), a half"
    " (H1 2026), a year (2026) or a fiscal year (FY2026)"
)


def read_date(text: str) -> WrittenDate:
    """Return what `text` says; raise `ValueError` with what is wrong and what to write."""
    try:
        return parse_date(text)
    except UnreadableDate as unreadable:
        raise ValueError(_explain_fault(unreadable)) from None


def read_period(
    text: str, fiscal_start: int | None, fiscal_named: str = FiscalNaming.USUAL
) -> ImpreciseDate:
    """Return the same with its days. A fiscal year needs `fiscal_start`, the month it starts in."""
    try:
        return parse_date(text).resolve(fiscal_start, fiscal_named)
    except UnreadableDate as unreadable:
        raise ValueError(_explain_fault(unreadable)) from None


def explain_wrong_day(
    day: date | None,
    precision: str,
    *,
    held: DayHeld,
    fiscal_start: int | None = None,
    fiscal_named: str = FiscalNaming.USUAL,
) -> str | None:
    """Return the sentence on a day that contradicts its stated precision; None if it agrees.

    `held` says whether the column holds the first possible day (of a beginning) or the last (of an
    end or a deadline).
    """
    if day is None:
        return None
    right = find_right_day(day, Precision(precision), held=held, fiscal_start=fiscal_start)
    if right is None:
        return None
    name = _name_bounds(right, precision, fiscal_start, fiscal_named)
    verb = "ends"
    if held == DayHeld.FIRST:
        verb = "begins"
    words = write_out_day(right)
    return f"{name} {verb} on {words}. Write {right}, or choose “the day”."


def write_out_day(day: date) -> str:
    """Return 28 October 2025, for a sentence in English whatever language the site speaks."""
    return f"{day.day} {write_out_month(day)}"


def write_out_month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def write_out_date(value: ImpreciseDate) -> str:
    """Return an imprecise date for a sentence in English: 28 October 2025, April 2026, FY2027."""
    last = value.last_day
    if value.precision == Precision.DAY:
        return write_out_day(last)
    if value.precision == Precision.PERIOD:
        first_words = write_out_day(value.first_day)
        return f"{first_words} to {write_out_day(last)}"
    name = _name_bounds(
        last,
        value.precision,
        value.fiscal_start,
        value.fiscal_named,
    )
    # Within a sentence only the names of months and fiscal years keep their capital.
    if name.startswith(("The ", "Quarter ")):
        return name[0].lower() + name[1:]
    return name


def _name_bounds(day, precision, fiscal_start, fiscal_named):
    """Return the name of the week, month, quarter, year or fiscal year around `day`."""
    first, last = find_bounds(day, precision, fiscal_start)
    match precision:
        case Precision.WEEK:
            return f"The week from Monday {write_out_day(first)} to Sunday {write_out_day(last)}"
        case Precision.MONTH:
            return write_out_month(day)
        case Precision.QUARTER:
            return f"Quarter {last.month // 3} of {day.year}"
        case Precision.FISCAL_YEAR:
            fiscal = ImpreciseDate(last, precision, fiscal_start or 1, first, fiscal_named)
            return f"FY{fiscal.fiscal_year}"
        case _:
            return str(day.year)


def _explain_fault(unreadable):
    values = unreadable.values
    match unreadable.fault:
        case DateFault.VAGUE:
            return _explain_vague(values["year"])
        case DateFault.DAY_OR_MONTH:
            return _explain_day_or_month(values["day"], values["other"])
        case DateFault.MONTH_OR_YEARS:
            return _explain_month_or_years(values["year"], values["month"])
        case DateFault.YEARS_OR_YEAR:
            return _explain_years_or_year(values["year"])
        case DateFault.CALENDAR_YEAR:
            return _explain_calendar_year(values["year"])
        case fault:
            return SENTENCES[fault]


def _explain_vague(year):
    year = year or 2026
    return (
        "This leaves open which days are meant. Write the day, month, quarter, half or year that"
        f" the source says: {year}-12-31, December {year}, Q4 {year}, H2 {year} or {year}."
    )


def _explain_month_or_years(year, month):
    first_day = date(year, month, 1)
    name = write_out_month(first_day)
    split = name_split_year(year)
    month_name = f"{year}M{month:02}"
    return f"This may be {name} or the year {split}. Write {month_name} or {split}."


def _explain_day_or_month(day, other):
    words = write_out_day(day)
    other_words = write_out_day(other)
    return f"This may be {words} or {other_words}. Write {day} or {other}."


def _explain_years_or_year(year):
    following = year + 1
    split = name_split_year(year)
    return f"This may be both years or one fiscal year. Write {year} to {following}, or {split}."


def _explain_calendar_year(year):
    following = year + 1
    return (
        "A fiscal year that starts in January lies in one year. Write"
        f" {year} or {following}, or correct the month that it starts in."
    )


def name_split_year(year: int) -> str:
    """Return 2024/25 for the fiscal year that begins in 2024."""
    following = (year + 1) % 100
    return f"{year}/{following:02}"


SENTENCES = {
    DateFault.UNKNOWN: f"This is not a date. Write {DATE_FORMS}.",
    DateFault.EMPTY: f"This is blank. Write {DATE_FORMS}.",
    DateFault.NO_YEAR: "The year is missing. Write it in four digits: March 2026, 31 March 2026.",
    DateFault.SHORT_YEAR: "Write the year in four digits: 2026, FY2026, 2026-03, 31 March 2026.",
    DateFault.YEAR_OUT_OF_RANGE: f"Write a year from {FIRST_YEAR} to {LAST_YEAR}.",
    DateFault.NO_SUCH_DAY: "There is no such day in the calendar. Check the day and the month.",
    DateFault.NOT_CONSECUTIVE: (
        "This is neither a month nor a year that lies in two. Write a month as 2024-03, a fiscal"
        " year as 2024/25, several years as 2024 to 2027."
    ),
    DateFault.ENDS_BEFORE: "The end lies before the beginning. Check both.",
    DateFault.FISCAL_START_UNKNOWN: (
        "Nothing says in which month this fiscal year starts. Enter that month first."
    ),
}
