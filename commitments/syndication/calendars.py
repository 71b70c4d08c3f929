"""Deadlines and summits as a calendar (RFC 5545): all of them, or those of one party."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from icalendar import Calendar, Event

from commitments.ledger.following import last_recorded
from commitments.models import Party, Pledge, Summit
from commitments.syndication.answering import absolute, answers, sayable, site_host
from commitments.verdicts.dates import Precision


@answers("ics", keep=True)
def full_calendar(request):
    pledges, summits = Pledge.objects.published(), Summit.objects.published()
    return answer_calendar(settings.SITE_NAME, pledges, summits, "summit-ledger.ics")


@answers("ics", keep=True)
def party_calendar(request, slug):
    """Answer the deadlines that `slug` has to keep, and the summits where it was."""
    party = get_object_or_404(Party.objects.published(), slug=slug)
    pledges = Pledge.objects.published().filter(
        undertakings__party=party, undertakings__exempt_reason=""
    )
    summits = Summit.objects.published().filter(participations__party=party).distinct()
    return answer_calendar(f"{settings.SITE_NAME}: {party.name}", pledges, summits, f"{slug}.ics")


def answer_calendar(name, pledges, summits, filename):
    """Answer `pledges` with a last day, and `summits`. Four statements."""
    whole = Calendar()
    whole.add("prodid", f"-//{site_host()}//Summit Ledger//EN")
    whole.add("version", "2.0")
    whole.add("x-wr-calname", sayable(name))
    dated = (
        pledges.filter(deadline__isnull=False).select_related("summit").order_by("deadline", "slug")
    )
    recorded = last_recorded("pledge")
    for pledge in dated:
        whole.add_component(build_deadline_event(pledge, recorded.get(pledge.slug)))
    recorded = last_recorded("summit")
    for summit in summits.select_related("country").order_by("starts_on", "slug"):
        whole.add_component(build_meeting_event(summit, recorded.get(summit.slug)))
    response = HttpResponse(whole.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return response


def build_deadline_event(pledge, recorded):
    """Return the last day of `pledge`; one that names no day says so, in its heading too."""
    event = build_all_day_event(
        "pledge", pledge, pledge.deadline, pledge.deadline, recorded or midnight(pledge.made_on)
    )
    where = pledge.summit.name if pledge.summit else pledge.occasion
    said = [
        _("Pledged: %(where)s, %(day)s.")
        % {"where": where, "day": format_calendar_day(pledge.made_on)}
    ]
    heading = _("Due: %(title)s") % {"title": pledge.title}
    if pledge.deadline_precision != Precision.DAY:
        due = render_to_string("commitments/feeds/due.txt", {"due": pledge.due}).strip()
        heading = _("Due %(when)s: %(title)s") % {"when": due, "title": pledge.title}
        last = _("No day is named, only “%(when)s”: %(day)s is the last day that this can mean.")
        said.insert(0, last % {"when": due, "day": format_calendar_day(pledge.deadline)})
    event.add("summary", sayable(heading))
    event.add("description", sayable("\n".join(said)))
    event.add("categories", [_("Deadline")])
    return event


def build_meeting_event(summit, recorded):
    event = build_all_day_event(
        "summit", summit, summit.starts_on, summit.ends_on, recorded or midnight(summit.starts_on)
    )
    place = [summit.venue, summit.city, summit.country.name if summit.country else ""]
    event.add("summary", sayable(summit.name))
    if summit.summary:
        event.add("description", sayable(summit.summary))
    if any(place):
        event.add("location", sayable(", ".join(filter(None, place))))
    event.add("categories", [_("Summit")])
    return event


def build_all_day_event(kind, record, first, last, recorded):
    """Return an event of whole days. Its id is the record's for good, its stamp when that was last
    recorded.
    """
    event = Event()
    event.add("uid", f"{kind}-{record.slug}@{site_host()}")
    event.add("dtstamp", recorded)
    event.add("last-modified", recorded)
    event.add("dtstart", first)
    # The end is the first day that is no longer part of it.
    event.add("dtend", last + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("url", absolute(record.get_absolute_url()))
    return event


def format_calendar_day(day):
    return date_format(day, pgettext("a day", "j F Y"))


def midnight(day):
    return datetime.combine(day, time(), UTC)
