"""Units in the reader's language. A unit is the curator's own words, in English; Japanese has a
form for these.
"""

from dataclasses import dataclass

from django import template
from django.utils.html import format_html

from commitments.languages import ENGLISH, JAPANESE, spoken

register = template.Library()


@dataclass(frozen=True)
class UnitForm:
    """`alone` stands at the head of a column, `before` and `after` around a value.

    Japanese counts in ten thousands, each with a word of its own: 1550 USD bn are 1兆5500億米ドル.
    `steps` are the words for the least and the next, of values that are `tens` powers of ten larger
    than those in the column.
    """

    alone: str
    before: str = ""
    after: str = ""
    tens: int = 0
    steps: tuple[str, str] | None = None


def make_share_form(whole):
    return UnitForm(f"対{whole}比（％）", f"{whole}比", "％")


def billions(money, prices=""):
    return UnitForm(f"10億{money}{prices}", "", f"{money}{prices}", 1, ("億", "兆"))


def millions(what):
    return UnitForm(f"100万{what}", "", what, 2, ("万", "億"))


# Of a difference between two shares.
POINTS = "percentage points"
IN_JAPANESE = {
    "%": UnitForm("％", "", "％"),
    POINTS: UnitForm("ポイント", "", "ポイント"),
    "% of GDP": make_share_form("GDP"),
    "% of FY2022 GDP": make_share_form("2022年度GDP"),
    "% of GNI": make_share_form("GNI"),
    "% of doses promised": UnitForm("約束した量に対する割合（％）", "約束した量の", "％"),
    "USD bn": billions("米ドル"),
    "USD bn, nominal": billions("米ドル", "（名目）"),
    "USD bn, 2004 prices": billions("米ドル", "（2004年価格）"),
    "USD bn, 2023 prices": billions("米ドル", "（2023年価格）"),
    "EUR bn": billions("ユーロ"),
    "JPY tn": UnitForm("1兆円", "", "兆円"),
    "countries": UnitForm("国数", "", "か国"),
    "million people": millions("人"),
    "million doses": millions("回分"),
    "Mt CH4": millions("トン（メタン）"),
    "TW": UnitForm("テラワット", "", "テラワット"),
}


def per_cent(unit):
    """Return what a drawing shows of a unit: its per cent sign, full-width as in the Japanese
    texts, or nothing.
    """
    if not unit.startswith("%"):
        return ""
    return "％" if spoken() == JAPANESE else "%"


def form_of(unit: str) -> UnitForm | None:
    """Return the form in the reader's language, None where the unit stands as it was entered."""
    return IN_JAPANESE.get(unit) if spoken() == JAPANESE else None


@register.filter
def unit_words(unit):
    """A unit by itself; one that has no form in the reader's language is marked as English."""
    return (
        format_html('<span lang="{}">{}</span>', ENGLISH, unit)
        if is_foreign(unit)
        else plain_unit(unit)
    )


@register.filter
def plain_unit(unit):
    """The same for titles and attributes, where no mark can stand."""
    form = form_of(unit)
    return form.alone if form else unit


def is_foreign(unit):
    return bool(unit) and spoken() != ENGLISH and form_of(unit) is None


def in_ten_thousands(value, form):
    """Return (number, word) pairs that together say `value`, such as 1 兆 and 5500 億."""
    value = value.scaleb(form.tens)
    much, rest = divmod(abs(value), 10_000)
    if not form.steps or not much:
        return [(value, form.steps[0] if form.steps else "")]
    return [(much.copy_sign(value), form.steps[1]), *([(rest, form.steps[0])] if rest else [])]


def with_unit(shown, unit):
    """Return a value in digits and its unit as it was entered, on one line; only the per cent sign
    stands close.
    """
    between = "" if unit.startswith("%") else "\u00a0"
    if is_foreign(unit):
        return format_html('{}{}<span lang="{}">{}</span>', shown, between, ENGLISH, unit)
    return f"{shown}{between}{unit}"
