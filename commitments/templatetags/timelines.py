"""The timeline's words and colours."""

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from commitments.templatetags.looking_back import as_query, but, then
from commitments.templatetags.statuses import segments
from commitments.verdicts.statuses import MEANINGS, READING_ORDER

register = template.Library()

ZOOMS = {
    "decade": lambda: gettext("Decades"),
    "year": lambda: gettext("Years"),
    "month": lambda: gettext("Months"),
}


@register.filter
def zoom_word(zoom):
    return ZOOMS[zoom]()


@register.filter
def span_words(window):
    """Which years, or months, a window shows: “2014–2033”."""
    if window.zoom == "month":
        words = pgettext("a month, in short", "M Y")
        return f"{date_format(window.first, words)} – {date_format(window.ticks[-1], words)}"
    return f"{window.first.year}–{window.last_year}"


@register.filter
def tick_words(day, zoom):
    """A step of the scale: its year, or its month, January as the year it begins."""
    if zoom == "month" and day.month != 1:
        return date_format(day, pgettext("a month's name, in short", "M"))
    return str(day.year)


@register.filter
def line_tone(status):
    """The colour of a line; a pledge with different verdicts has none."""
    return MEANINGS[status].tone if status in MEANINGS else "mixed"


@register.filter
def in_order(statuses):
    """The statuses in the order a reader asks, those that differ by party last."""
    places = {code: place for place, code in enumerate(READING_ORDER)}
    return sorted(statuses, key=lambda code: places.get(code, len(places)))


@register.filter
def judged_parties(verdicts):
    return sum(verdicts.by_status.values()) or 1


@register.filter
def tones(verdicts):
    """The stretches of a bar, those of one colour joined."""
    joined = []
    for tone, start, length in segments(verdicts):
        if joined and joined[-1][0] == tone:
            joined[-1] = (tone, joined[-1][1], joined[-1][2] + length)
        else:
            joined.append((tone, start, length))
    return joined


@register.simple_tag
def icon_address(name):
    return f"{static('commitments/icons.svg')}#{name}"


@register.simple_tag(takes_context=True)
def summits_shown(context, pairs, view=""):
    """Return the address of the same summits in another view."""
    kept = but(pairs, "view zoom from summit")
    return then(context, reverse("summits") + as_query([*kept, ("view", view)] if view else kept))


@register.simple_tag(takes_context=True)
def summits_unfiltered(context, pairs):
    """Return the address of all summits in the same view and place."""
    kept = [(name, value) for name, value in pairs if name in ("view", "zoom", "from")]
    return then(context, reverse("summits") + as_query(kept))
