"""The timeline's words and colours."""

from typing import NamedTuple

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_noop as _

from commitments.templatetags.looking_back import as_query, then, without
from commitments.templatetags.statuses import segments
from commitments.verdicts.statuses import STANDING_ORDER, find_meaning

register = template.Library()

ZOOMS = {
    "decade": _("Decades"),
    "year": _("Years"),
    "month": _("Months"),
}
# The parameters that say what a window of the timeline shows, apart from filters.
PLACE = ("view", "zoom", "from")


class Stretch(NamedTuple):
    """A stretch of a bar: its colour, where it starts and how long it is, in parts of the bar."""

    tone: str
    start: int
    length: int


@register.filter
def zoom_word(zoom):
    word = ZOOMS[zoom]
    return gettext(word)


@register.filter
def span_words(window):
    """Return which years, or months, a window shows: “2014–2033”."""
    if window.zoom == "month":
        return _write_months(window)
    first_year = window.first.year
    return f"{first_year}–{window.last_year}"


def _write_months(window):
    form = pgettext("a month, in short", "M Y")
    last_tick = window.ticks[-1]
    first = date_format(window.first, form)
    last = date_format(last_tick, form)
    return f"{first} – {last}"


@register.filter
def tick_words(day, zoom):
    """Return a step of the scale: its year, or its month. January is the year it begins."""
    if zoom == "month" and day.month != 1:
        form = pgettext("a month's name, in short", "M")
        return date_format(day, form)
    return str(day.year)


@register.filter
def line_tone(status):
    """Return the colour of a line; a pledge with different verdicts has none."""
    if status in STANDING_ORDER:
        return find_meaning(status).tone
    return "mixed"


@register.filter
def in_order(statuses):
    """Return the statuses in the order in which readers ask, those that differ by party last."""
    return sorted(statuses, key=_find_place)


def _find_place(status):
    if status not in STANDING_ORDER:
        return len(STANDING_ORDER)
    return STANDING_ORDER.index(status)


@register.filter
def judged_parties(verdicts):
    """Return how many parts of a bar there are, at least one."""
    return verdicts.judgeable or 1


@register.filter
def tones(verdicts):
    """Return the stretches of a bar; neighbours of one colour are joined."""
    stretches = []
    for segment in segments(verdicts):
        stretch = Stretch(segment.tone, segment.start, segment.length)
        if stretches and stretches[-1].tone == stretch.tone:
            before = stretches.pop()
            length = before.length + stretch.length
            stretch = before._replace(length=length)
        stretches.append(stretch)
    return stretches


@register.simple_tag
def icon_address(name):
    sheet = static("commitments/icons.svg")
    return f"{sheet}#{name}"


@register.simple_tag(takes_context=True)
def summits_view(context, pairs, view=""):
    """Return the address of the same summits in another view."""
    filters = without(pairs, "view zoom from summit")
    if view:
        filters.append(("view", view))
    address = reverse("summits")
    query = as_query(filters)
    return then(context, address + query)


@register.simple_tag(takes_context=True)
def summits_unfiltered(context, pairs):
    """Return the address of all summits in the same view and place."""
    place = []
    for name, value in pairs:
        if name in PLACE:
            place.append((name, value))
    address = reverse("summits")
    query = as_query(place)
    return then(context, address + query)
