"""Days in words. An imprecise date says no more than is known: “April 2026”, “FY2027”,
“ongoing”.
"""

from calendar import monthrange

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_noop as _

from commitments.languages import JAPANESE, spoken
from commitments.verdicts.dates import FiscalNaming, ImpreciseDate, Precision

register = template.Library()

WORDS_WITHOUT_A_DAY = {
    Precision.NONE: _("no date given"),
    Precision.ONGOING: _("ongoing"),
    Precision.RECURRING: _("recurring"),
}


@register.filter
def day(value):
    """Return 28 October 2025, marked up with the day that machines read."""
    if value is None:
        return ""
    machine_day = value.isoformat()[:10]
    return format_html('<time datetime="{}">{}</time>', machine_day, day_words(value))


@register.filter
def days(first, last):
    """Return one day, or the span from `first` to `last` without repeating a month or a year."""
    if first == last:
        return day(first)
    if spoken() == JAPANESE:
        return _write_days_in_japanese(first, last)
    if (first.year, first.month) == (last.year, last.month):
        start = str(first.day)
    elif first.year == last.year:
        form = pgettext("a day without its year", "j F")
        start = date_format(first, form)
    else:
        start = day_words(first)
    return format_html("{}–{}", start, day(last))


def _write_days_in_japanese(first, last):
    """Return a span such as 2023年5月19日～21日. Japanese names the larger part first, so the last
    day is the one that repeats nothing.
    """
    if first.year != last.year:
        form = "Y年n月j日"
    elif first.month != last.month:
        form = "n月j日"
    else:
        form = "j日"
    return format_html(
        '{}～<time datetime="{}">{}</time>',
        day_words(first),
        last,
        date_format(last, form),
    )


@register.filter
def imprecise(value):
    """Return an imprecise date, as vague as its source."""
    if value is None:
        return ""
    if value.precision in WORDS_WITHOUT_A_DAY:
        return gettext(WORDS_WITHOUT_A_DAY[value.precision])
    if value.precision == Precision.DAY:
        return day(value.last_day)
    return _write_vaguely(value)


@register.filter
def imprecise_range(begins, ends):
    """Return from when to when: “May 2017 – 3 July 2021”, “2010–2014”, “since 2010”, “May 2017”.

    Either may be None or have no date. A term, a membership and a summit print alike.
    """
    has_beginning, has_end = _is_dated(begins), _is_dated(ends)
    if has_beginning and has_end:
        return _write_range(begins, ends)
    if has_beginning:
        return _write_since(begins)
    if has_end:
        return _write_until(ends)
    return ""


def _is_dated(value):
    return value is not None and value.last_day is not None


def _write_since(begins):
    sentence = gettext("since %(first)s")
    return _fill_in(sentence, first=imprecise(begins))


def _write_until(ends):
    sentence = gettext("until %(last)s")
    return _fill_in(sentence, last=imprecise(ends))


def _write_range(begins, ends):
    precision = begins.precision
    if precision == ends.precision:
        if precision == Precision.DAY:
            return days(begins.last_day, ends.last_day)
        if begins.last_day == ends.last_day:
            return imprecise(begins)
        if precision == Precision.YEAR:
            return _write_years(begins.last_day, ends.last_day)
    sentence = pgettext("from an imprecise day to another", "%(first)s – %(last)s")
    return _fill_in(sentence, first=imprecise(begins), last=imprecise(ends))


def _fill_in(sentence, **dates):
    """Put dates that may be marked up into a sentence of the catalogue."""
    places = {name: f"{{{name}}}" for name in dates}
    return format_html(sentence % places, **dates)


@register.filter
def due_words(value):
    """Return a deadline in a sentence: “due 2025”, “due in the week to 2 November 2025”."""
    if value.precision == Precision.WEEK:
        sentence = gettext("due in the week to %(day)s")
        return sentence % {"day": day_words(value.last_day)}
    if value.precision == Precision.PERIOD:
        first, last = value.first_day, value.last_day
        if not _is_whole_years(first, last):
            begins, ends = _write_ends(first, last)
            sentence = gettext("due between %(first)s and %(last)s")
            return sentence % {
                "first": begins,
                "last": ends,
            }
    sentence = gettext("due {}")
    return format_html(sentence, imprecise(value))


@register.filter
def imprecise_column(record, name):
    """Return the imprecise date that `record` keeps in the columns of `name`, as in
    {{ source|imprecise_column:"published_on" }}.
    """
    value = ImpreciseDate(
        last_day=getattr(record, name),
        precision=getattr(record, f"{name}_precision"),
        fiscal_start=getattr(record, f"{name}_fiscal_start"),
        first_day=getattr(record, f"{name}_from"),
        fiscal_named=getattr(record, f"{name}_fiscal_named", FiscalNaming.USUAL),
    )
    return imprecise(value)


@register.filter
def is_past(value, on):
    """Whether the last day that an imprecise date may mean lies before `on`."""
    return value is not None and value.passed(on=on)


@register.filter
def day_range(observation, fiscal_named=FiscalNaming.USUAL):
    """Return the period of an observation: a year, a quarter or a month where it is one, otherwise
    its first and last month or day. `fiscal_named` says how its indicator names fiscal years.
    """
    return _write_period(observation.period_start, observation.period_end, fiscal_named)


@register.filter
def stretch(period, fiscal_named=FiscalNaming.USUAL):
    """Return the same for a period of the rules."""
    return _write_period(period.start, period.end, fiscal_named)


def _write_period(first, last, fiscal_named):
    if _is_whole_years(first, last):
        if first.year == last.year:
            return year_words(first)
        return _write_years(first, last)
    # Only fiscal years from April. Elsewhere a year has its name from its end, and the first and
    # last month leave no doubt.
    if _is_fiscal_year_from_april(first, last):
        return _name_fiscal_year(last, first.month, fiscal_named)
    if _is_quarter(first, last):
        return _write_quarter(last)
    if first.day == 1 and last == _end_month(first):
        return month_words(last)
    if first.day == 1 and last == _end_month(last):
        return _write_stretch(first, last)
    return days(first, last)


def _name_fiscal_year(last_day, starts, fiscal_named):
    year = _number_fiscal_year(last_day, starts, fiscal_named)
    return gettext("FY%(year)s") % {"year": year}


def _number_fiscal_year(last_day, starts, fiscal_named):
    fiscal = ImpreciseDate(
        last_day, Precision.FISCAL_YEAR, fiscal_start=starts, fiscal_named=fiscal_named
    )
    return fiscal.fiscal_year


def _is_fiscal_year_from_april(first, last):
    years = last.year - first.year
    return years == 1 and _falls_on(first, 4, 1) and _falls_on(last, 3, 31)


@register.filter
def short_period(observation, fiscal_named=FiscalNaming.USUAL):
    """Return a period in as few letters as a drawing has room for. One that has no name is named
    after the month it ends in.
    """
    first, last = observation.period_start, observation.period_end
    if _is_whole_years(first, last) and first.year == last.year:
        return str(first.year)
    if _is_fiscal_year_from_april(first, last):
        words = pgettext("on a drawing", "FY%(year)s")
        return words % {"year": _number_fiscal_year(last, first.month, fiscal_named)}
    if _is_quarter(first, last):
        words = pgettext("on a drawing", "Q%(number)s %(year)s")
        return words % {
            "number": _number_quarter(first),
            "year": first.year,
        }
    form = pgettext("a month, in short", "M Y")
    return date_format(last, form)


def _is_quarter(first, last):
    if first.day != 1 or first.month not in (1, 4, 7, 10):
        return False
    last_month = first.replace(month=first.month + 2)
    return last == _end_month(last_month)


def _number_quarter(value):
    return (value.month + 2) // 3


def _end_month(value):
    """Return the last day of the month that a day lies in."""
    _weekday, length = monthrange(value.year, value.month)
    return value.replace(day=length)


def fiscal_year_words(last_day, starts, fiscal_named=FiscalNaming.USUAL):
    """Return the fiscal year that ends on `last_day` and begins in month `starts`; None if none
    does.
    """
    if not starts or last_day != _end_month(last_day):
        return None
    last_month = (starts - 2) % 12 + 1
    if last_day.month != last_month:
        return None
    return _name_fiscal_year(last_day, starts, fiscal_named)


@register.filter
def day_words(value):
    form = pgettext("a day", "j F Y")
    return date_format(value, form)


@register.filter
def month_words(value):
    form = pgettext("a month", "F Y")
    return date_format(value, form)


def _write_vaguely(value):
    last = value.last_day
    match value.precision:
        case Precision.WEEK:
            return gettext("the week to %(day)s") % {"day": day_words(last)}
        case Precision.MONTH:
            return month_words(last)
        case Precision.QUARTER:
            return _write_quarter(last)
        case Precision.FISCAL_YEAR:
            return gettext("FY%(year)s") % {"year": value.fiscal_year}
        case Precision.PERIOD:
            return _write_stretch(value.first_day, last)
        case _:
            return year_words(last)


def _write_quarter(value):
    words = gettext("quarter %(number)s of %(year)s")
    return words % {
        "number": _number_quarter(value),
        "year": value.year,
    }


@register.filter
def year_words(value):
    """Return the year of a day, or a year by itself."""
    year = getattr(value, "year", value)
    return pgettext("a year", "%(year)s") % {"year": year}


def _write_years(first, last):
    words = pgettext("from a year to another", "%(first)s–%(last)s")
    return words % {
        "first": first.year,
        "last": last.year,
    }


def _write_stretch(first, last):
    if _is_whole_years(first, last):
        return _write_years(first, last)
    begins, ends = _write_ends(first, last)
    words = gettext("%(first)s to %(last)s")
    return words % {
        "first": begins,
        "last": ends,
    }


def _is_whole_years(first, last):
    return _falls_on(first, 1, 1) and _falls_on(last, 12, 31)


def _falls_on(value, month, day_of_month):
    return value.month == month and value.day == day_of_month


def _write_ends(first, last):
    """Return both ends of a stretch in words: as months where it is made of whole ones."""
    if first.day == 1 and last == _end_month(last):
        return month_words(first), month_words(last)
    return day_words(first), day_words(last)
