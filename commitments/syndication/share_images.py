"""The pictures of a pledge, and of the site, that appear where an address is shared."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format

from commitments.judging.lateness import write_verdict
from commitments.models import OURS, Pledge
from commitments.syndication.answering import answers, write_vaguely
from commitments.syndication.drawing import Face, Verdict, draw_picture
from commitments.verdicts.rollup import roll_up_standings
from commitments.verdicts.statuses import (
    MEANINGS,
    NOT_ASSESSED,
    OVERDUE,
    STANDING_ORDER,
    Unjudged,
    find_meaning,
)

# The verdicts of more parties than this are counted instead.
NAMED = 3
# Part of the key that a picture is cached by. Raise it when the drawing changes.
DRAWING = 2


@answers("png")
def site_picture(request):
    face = Face(
        site=settings.SITE_NAME,
        title=settings.SITE_TAGLINE,
        foot=settings.SITE_ADDRESS,
    )
    return answer_picture(face)


@answers("png")
def pledge_picture(request, slug):
    # The fonts are Latin, so there is one address for all languages, and its picture is in English.
    pledges = Pledge.objects.published().for_listing()
    pledge = get_object_or_404(pledges, slug=slug)
    face = build_face(pledge, request.today)
    return answer_picture(face)


def answer_picture(face):
    """Answer `face` as a PNG, cached by what it says.

    So a picture is drawn again only if what it says has changed.
    """
    content = repr((DRAWING, face))
    digest = hashlib.sha256(content.encode())
    key = f"png-{digest.hexdigest()}"
    picture = cache.get_or_set(key, lambda: draw_picture(face), timeout=None)
    return HttpResponse(picture, content_type="image/png")


def build_face(pledge, today):
    """Return what the picture of `pledge` says.

    It shows the verdict of each party if there are few, else how many parties have each verdict.
    """
    rows = pledge.listed_undertakings
    if len(rows) <= NAMED:
        verdicts = tuple(describe_verdict(row, today) for row in rows)
    else:
        verdicts = count_verdicts(rows, today)
    occasion = pledge.occasion
    if pledge.summit:
        occasion = pledge.summit.name
    made_on = write_vaguely(pledge.made)
    stamp = write_stamp(rows, today)
    _scheme, _separator, host = settings.SITE_ADDRESS.partition("://")
    address = host + pledge.get_absolute_url()
    return Face(
        site=settings.SITE_NAME,
        title=pledge.title,
        where=f"{occasion}, {made_on}",
        verdicts=verdicts,
        foot=f"{stamp} · {address}",
    )


def write_stamp(rows, today):
    """Return the day of the newest verdict; without verdicts, today."""
    assessments = [row.current_assessment for row in rows if row.current_assessment]
    days = [assessment.as_of for assessment in assessments]
    if not days:
        return f"As of {format_day(today)}"
    newest = format_day(max(days))
    return f"Judged as of {newest}"


def describe_verdict(row, today):
    """Return one party's verdict, or that it is overdue; a verdict that is not ours is labelled."""
    if row.is_exempt:
        return Verdict("Exempt", before=row.party.label)
    remarks = []
    standing = row.find_standing(on=today)
    if standing == OVERDUE and row.status != NOT_ASSESSED:
        meaning = MEANINGS[row.status]
        last = meaning.word.lower()
        remarks.append(f"last judged {last}")
    if row.shown_by not in ("", OURS):
        remarks.append("by an outside assessor")
    if row.may_be_out_of_date(on=today):
        remarks.append("may be out of date")
    remark = ", ".join(remarks)
    word = ""
    if row.late:
        word = write_verdict(row)
    return choose_sign(standing, word=word, before=row.party.label, after=remark)


def count_verdicts(rows, today):
    """Return how many parties have each verdict, are overdue or have none, in the order of reading,
    and last the exempt and those that others alone have judged.
    """
    total = roll_up_standings(rows, on=today)
    signs = []
    for status in STANDING_ORDER:
        count = total.by_status.get(status)
        if status == Unjudged.JUDGED_UNDER:
            count = total.judged_under
        if count:
            sign = choose_sign(status, count=count)
            signs.append(sign)
    if total.late:
        signs.append(Verdict(f"{total.late} of those not met done later"))
    if total.exempt:
        signs.append(Verdict(f"{total.exempt} exempt"))
    if total.others_alone:
        signs.append(Verdict(f"{total.others_alone.parties} judged by others alone"))
    aged = 0
    for row in rows:
        if row.may_be_out_of_date(on=today):
            aged += 1
    if aged:
        signs.append(Verdict(f"{aged} may be out of date"))
    return tuple(signs)


def choose_sign(status, *, word="", count=None, before="", after=""):
    """Return a verdict as the picture draws it, with the number of parties if it is counted."""
    meaning = find_meaning(status)
    word = word or meaning.word
    if count is not None:
        word = f"{count} {word.lower()}"
    return Verdict(word, meaning.tone, meaning.icon, before=before, after=after)


def format_day(day):
    return date_format(day, "j F Y")
