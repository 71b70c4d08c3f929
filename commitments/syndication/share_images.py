"""Which picture stands for a pledge, and for the site, where an address is shared."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format

from commitments.models import OURS, Pledge
from commitments.syndication.answering import answers
from commitments.syndication.drawing import Face, Verdict, draw_picture
from commitments.verdicts.rollup import roll_up_parts
from commitments.verdicts.statuses import MEANINGS, READING_ORDER

# More parties than this are counted.
NAMED = 3
# Part of the key that a picture is kept by: count on when the drawing changes.
DRAWING = 1


@answers("png")
def site_picture(request):
    return answer_picture(
        Face(site=settings.SITE_NAME, title=settings.SITE_TAGLINE, foot=settings.SITE_ADDRESS)
    )


@answers("png")
def pledge_picture(request, slug):
    # The fonts are Latin, so there is one address for all languages, and what is there speaks
    # English.
    return answer_picture(
        build_face(
            get_object_or_404(Pledge.objects.published().for_listing(), slug=slug), request.today
        )
    )


def answer_picture(face):
    """Answer `face` as a PNG, kept by what it says: a publication elsewhere costs no new
    drawing.
    """
    said = repr((DRAWING, face))
    key = "png-" + hashlib.sha256(said.encode()).hexdigest()
    picture = cache.get_or_set(key, lambda: draw_picture(face), None)
    return HttpResponse(picture, content_type="image/png")


def build_face(pledge, today):
    """Return what the picture of `pledge` says: of a few parties each verdict, of many how many of
    each.
    """
    rows = pledge.listed_undertakings
    where = (
        f"{pledge.summit.name if pledge.summit else pledge.occasion}, {format_day(pledge.made_on)}"
    )
    judged = [row.current_assessment.as_of for row in rows if row.current_assessment]
    # A verdict holds for the day it is judged as of; that there is none, for today.
    stamp = f"Judged as of {format_day(max(judged))}" if judged else f"As of {format_day(today)}"
    return Face(
        site=settings.SITE_NAME,
        title=pledge.title,
        where=where,
        verdicts=tuple(describe_verdict(row) for row in rows)
        if len(rows) <= NAMED
        else count_verdicts(rows),
        foot=f"{stamp} · {settings.SITE_ADDRESS.partition('://')[2]}{pledge.get_absolute_url()}",
    )


def describe_verdict(row):
    """Return one party's verdict; one that is not ours is labelled."""
    if row.is_exempt:
        return Verdict("Exempt", before=row.party.label)
    outside = row.shown_by not in ("", OURS)
    return choose_sign(
        row.status, before=row.party.label, after="by an outside assessor" if outside else ""
    )


def count_verdicts(rows):
    """Return how many parties have which verdict: the closed first, the exempt apart and last."""
    total = roll_up_parts(rows)
    signs = [
        choose_sign(code, count=total.by_status[code])
        for code in READING_ORDER
        if code in total.by_status
    ]
    if total.exempt:
        signs.append(Verdict(f"{total.exempt} exempt"))
    return tuple(signs)


def choose_sign(code, *, count=None, **beside):
    meaning = MEANINGS[code]
    word = meaning.word if count is None else f"{count} {meaning.word.lower()}"
    return Verdict(word, meaning.tone, meaning.icon, **beside)


def format_day(day):
    return date_format(day, "j F Y")
