"""Units in the reader's language. A unit is in the curator's own English words; Japanese has a form
for those listed here.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django import template
from django.utils.html import format_html

from commitments.languages import ENGLISH, JAPANESE, spoken
from commitments.verdicts.targets import EXACT

register = template.Library()


@dataclass(frozen=True)
class UnitForm:
    """How a unit is written: `alone` at the head of a column, `before` and `after` around a value.

    Japanese counts in ten thousands, each with a word of its own: 1550 USD bn are 1兆5500億米ドル.
    `steps` are the words for the least and the next of these. They count values that are `tens`
    powers of ten larger than those in the column.
    """

    alone: str
    before: str = ""
    after: str = ""
    tens: int = 0
    steps: tuple[str, str] | None = None


class NumberPart(NamedTuple):
    """A part of a number that is counted in ten thousands: 5500 億."""

    number: Decimal
    word: str


def make_share_form(whole):
    return UnitForm(alone=f"対{whole}比（％）", before=f"{whole}比", after="％")


def make_billions_form(money, prices=""):
    return UnitForm(
        alone=f"10億{money}{prices}",
        after=f"{money}{prices}",
        tens=1,
        steps=("億", "兆"),
    )


def make_millions_form(what):
    return UnitForm(
        alone=f"100万{what}",
        after=what,
        tens=2,
        steps=("万", "億"),
    )


# The unit of a difference between two shares.
POINTS = "percentage points"
IN_JAPANESE = {
    "%": UnitForm("％", "", "％"),
    POINTS: UnitForm("ポイント", "", "ポイント"),
    "% of GDP": make_share_form("GDP"),
    "% of FY2022 GDP": make_share_form("2022年度GDP"),
    "% of GNI": make_share_form("GNI"),
    "% of defence expenditure": make_share_form("国防費"),
    "% of doses promised": UnitForm("約束した量に対する割合（％）", "約束した量の", "％"),
    "USD bn": make_billions_form("米ドル"),
    "USD bn, nominal": make_billions_form("米ドル", "（名目）"),
    "USD bn, 2004 prices": make_billions_form("米ドル", "（2004年価格）"),
    "USD bn, 2023 prices": make_billions_form("米ドル", "（2023年価格）"),
    "EUR bn": make_billions_form("ユーロ"),
    "JPY tn": UnitForm("1兆円", "", "兆円"),
    "countries": UnitForm("国数", "", "か国"),
    "million people": make_millions_form("人"),
    "million doses": make_millions_form("回分"),
    "Mt CH4": make_millions_form("トン（メタン）"),
    "GW": UnitForm("ギガワット", "", "ギガワット"),
    "TW": UnitForm("テラワット", "", "テラワット"),
}


def per_cent(unit):
    """Return what a drawing shows of a unit: a per cent sign (in Japanese a wide one) or ""."""
    if not unit.startswith("%"):
        return ""
    return "％" if spoken() == JAPANESE else "%"


def form_of(unit: str) -> UnitForm | None:
    """Return the form in the reader's language, None where the unit stands as it was entered."""
    if spoken() == JAPANESE:
        return IN_JAPANESE.get(unit)
    return None


@register.filter
def unit_words(unit):
    """Return a unit by itself. One without a form in the reader's language is marked as English."""
    if is_foreign(unit):
        return format_html('<span lang="{}">{}</span>', ENGLISH, unit)
    return plain_unit(unit)


@register.filter
def plain_unit(unit):
    """Return a unit for titles and attributes, where no mark can stand."""
    form = form_of(unit)
    return form.alone if form else unit


def is_foreign(unit):
    """Whether the reader's language has no form for the unit, so that it stands in English."""
    if not unit or spoken() == ENGLISH:
        return False
    return form_of(unit) is None


def in_ten_thousands(value, form):
    """Return the parts that together say `value`, such as 1 兆 and 5500 億."""
    value = value.scaleb(form.tens, EXACT)
    if not form.steps:
        return [NumberPart(value, "")]
    least_word, larger_word = form.steps
    larger, least = EXACT.divmod(value.copy_abs(), Decimal(10_000))
    if not larger:
        return [NumberPart(value, least_word)]
    parts = [NumberPart(larger.copy_sign(value), larger_word)]
    if least:
        parts.append(NumberPart(least, least_word))
    return parts


def with_unit(number, unit):
    """Return a written number and its unit as it was entered. They stay on one line; only a per
    cent sign follows without a space.
    """
    space = "" if unit.startswith("%") else "\u00a0"
    if is_foreign(unit):
        return format_html('{}{}<span lang="{}">{}</span>', number, space, ENGLISH, unit)
    return f"{number}{space}{unit}"
