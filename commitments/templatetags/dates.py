"""Days in words. An imprecise date says no more than is known: “April 2026”, “FY2027”,
“ongoing”.
"""

from calendar import monthrange

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext

from commitments.languages import JAPANESE, spoken
from commitments.verdicts.dates import ImpreciseDate, Precision

register = template.Library()

UNDATED = {
    Precision.NONE: lambda: gettext("no date given"),
    Precision.ONGOING: lambda: gettext("ongoing"),
    Precision.RECURRING: lambda: gettext("recurring"),
}


@register.filter
def day(value):
    """28 October 2025, marked up with the day machines read."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat()[:10], in_words(value))


@register.filter
def days(first, last):
    """One day, or the span from `first` to `last`, without saying a month or year twice."""
    if first == last:
        return day(first)
    if spoken() == JAPANESE:
        return _days_in_japanese(first, last)
    if (first.year, first.month) == (last.year, last.month):
        start = str(first.day)
    elif first.year == last.year:
        start = date_format(first, pgettext("a day without its year", "j F"))
    else:
        start = in_words(first)
    return format_html("{}–{}", start, day(last))


def _days_in_japanese(first, last):
    """The larger part comes first, so that it is the last day which need not repeat it:
    2023年5月19日～21日.
    """
    form = (
        "Y年n月j日" if first.year != last.year else "n月j日" if first.month != last.month else "j日"
    )
    return format_html(
        '{}～<time datetime="{}">{}</time>', in_words(first), last, date_format(last, form)
    )


@register.filter
def imprecise(value):
    """An imprecise date as vague as its source."""
    if value is None:
        return ""
    if value.precision in UNDATED:
        return UNDATED[value.precision]()
    if value.precision == Precision.DAY:
        return day(value.last_day)
    return _vague(value)


@register.filter
def due_words(value):
    """A deadline in a sentence: “due 2025”, “due in the week to 2 November 2025”."""
    if value.precision == Precision.WEEK:
        return gettext("due in the week to %(day)s") % {"day": in_words(value.last_day)}
    if value.precision == Precision.PERIOD and not _is_years(value.first_day, value.last_day):
        first, last = _ends(value.first_day, value.last_day)
        return gettext("due between %(first)s and %(last)s") % {"first": first, "last": last}
    return format_html(gettext("due {}"), imprecise(value))


@register.filter
def dated(record, name):
    """The imprecise date that `record` keeps in the columns of `name`: {{
    source|dated:"published_on" }}.
    """
    columns = (name, f"{name}_precision", f"{name}_fiscal_start", f"{name}_from")
    return imprecise(ImpreciseDate(*(getattr(record, column) for column in columns)))


@register.filter
def passed(value, on):
    """Whether the last day it may mean lies before `on`."""
    return value is not None and value.passed(on=on)


@register.filter
def day_range(observation):
    """The period of an observation: a year where it is one, otherwise its first and last day."""
    return _stretch(observation.period_start, observation.period_end)


@register.filter
def stretch(period):
    """The same for a period of the rules."""
    return _stretch(period.start, period.end)


def _stretch(first, last):
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return year_words(first) if first.year == last.year else _years(first, last)
    # Only fiscal years from April: elsewhere a year is named after its end, and the span says it
    # without doubt.
    if (first.month, first.day, last.month, last.day) == (
        4,
        1,
        3,
        31,
    ) and last.year == first.year + 1:
        return gettext("FY%(year)s") % {"year": first.year}
    return days(first, last)


@register.filter
def short_period(observation):
    """A period in as few letters as a drawing has room for; a stretch without a name by the month
    it ends in.
    """
    first, last = observation.period_start, observation.period_end
    whole_quarter = first.day == 1 and first.month % 3 == 1 and last == _quarter_end(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    if (last - first).days in (364, 365) and (first.month, first.day) == (4, 1):
        return pgettext("on a drawing", "FY%(year)s") % {"year": first.year}
    if whole_quarter:
        return pgettext("on a drawing", "Q%(number)s %(year)s") % {
            "number": (first.month + 2) // 3,
            "year": first.year,
        }
    return date_format(last, pgettext("a month, in short", "M Y"))


def _quarter_end(first):
    month = first.month + 2
    return first.replace(month=month, day=monthrange(first.year, month)[1])


def fiscal_year_words(last_day, starts):
    """The fiscal year that ends on `last_day` and begins in month `starts`; None if none does."""
    if (
        not starts
        or last_day.month != (starts - 2) % 12 + 1
        or last_day.day != monthrange(last_day.year, last_day.month)[1]
    ):
        return None
    fiscal = ImpreciseDate(last_day, Precision.FISCAL_YEAR, starts).fiscal_year
    return gettext("FY%(year)s") % {"year": fiscal}


@register.filter(name="day_words")
def in_words(value):
    return date_format(value, pgettext("a day", "j F Y"))


@register.filter(name="month_words")
def month(value):
    return date_format(value, pgettext("a month", "F Y"))


def _vague(value):
    last = value.last_day
    if value.precision == Precision.WEEK:
        return gettext("the week to %(day)s") % {"day": in_words(last)}
    if value.precision == Precision.MONTH:
        return month(last)
    if value.precision == Precision.QUARTER:
        return gettext("quarter %(number)s of %(year)s") % {
            "number": (last.month + 2) // 3,
            "year": last.year,
        }
    if value.precision == Precision.FISCAL_YEAR:
        return gettext("FY%(year)s") % {"year": value.fiscal_year}
    if value.precision == Precision.PERIOD:
        return _period(value.first_day, last)
    return year_words(last)


@register.filter
def year_words(value):
    """The year of a day, or a year by itself."""
    return pgettext("a year", "%(year)s") % {"year": getattr(value, "year", value)}


def _years(first, last):
    return pgettext("from a year to another", "%(first)s–%(last)s") % {
        "first": first.year,
        "last": last.year,
    }


def _period(first, last):
    if _is_years(first, last):
        return _years(first, last)
    begins, ends = _ends(first, last)
    return gettext("%(first)s to %(last)s") % {"first": begins, "last": ends}


def _is_years(first, last):
    return first.month == first.day == 1 and (last.month, last.day) == (12, 31)


def _ends(first, last):
    """Return both ends of a stretch in words, as months where it is made of whole ones."""
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    return (month(first), month(last)) if whole else (in_words(first), in_words(last))
