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

from commitments.ledger.following import load_entry_times
from commitments.models import Party, Pledge, Summit
from commitments.syndication.answering import absolute, answers, sayable, site_host
from commitments.verdicts.dates import Precision


@answers("ics", keep=True)
def full_calendar(request):
    name = settings.SITE_NAME
    pledges = Pledge.objects.published()
    summits = Summit.objects.published()
    return answer_calendar(name, pledges, summits, "summit-ledger.ics")


@answers("ics", keep=True)
def party_calendar(request, slug):
    """Answer the deadlines of a party's pledges, and the summits it took part in."""
    party = get_object_or_404(Party.objects.published(), slug=slug)
    pledges = Pledge.objects.published().filter(
        undertakings__party=party,
        undertakings__exempt_reason="",
    )
    summits = Summit.objects.published().filter(participations__party=party)
    name = f"{settings.SITE_NAME}: {party.name}"
    return answer_calendar(name, pledges, summits.distinct(), f"{slug}.ics")


def answer_calendar(name, pledges, summits, filename):
    """Answer `pledges` with a last day, and `summits`. Four statements."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{site_host()}//Summit Ledger//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", sayable(name))
    for event in list_deadline_events(pledges):
        calendar.add_component(event)
    for event in list_meeting_events(summits):
        calendar.add_component(event)
    content = calendar.to_ical()
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return response


def list_deadline_events(pledges):
    """Return an event for each of `pledges` with a last day, the earliest first. Two statements."""
    pledges = pledges.filter(deadline__isnull=False).select_related("summit")
    pledges = pledges.order_by("deadline", "slug")
    days_recorded = load_entry_times("pledge")
    events = []
    for pledge in pledges:
        recorded = days_recorded.get(pledge.slug)
        event = build_deadline_event(pledge, recorded)
        events.append(event)
    return events


def list_meeting_events(summits):
    """Return an event for each of `summits`, the earliest first. Two statements."""
    summits = summits.select_related("country").order_by("starts_on", "slug")
    days_recorded = load_entry_times("summit")
    events = []
    for summit in summits:
        recorded = days_recorded.get(summit.slug)
        event = build_meeting_event(summit, recorded)
        events.append(event)
    return events


def build_deadline_event(pledge, recorded):
    """Return the last day of `pledge` as an event.

    If the pledge names no day, the heading and the description say so.
    """
    deadline = pledge.deadline
    recorded = recorded or midnight(pledge.made_on)
    event = build_all_day_event("pledge", pledge, deadline, deadline, recorded)
    where = pledge.summit.name if pledge.summit else pledge.occasion
    made_on = format_calendar_day(pledge.made_on)
    heading = _("Due: %(title)s")
    description = _("Pledged: %(where)s, %(day)s.") % {"where": where, "day": made_on}
    due = ""
    if pledge.deadline_precision != Precision.DAY:
        heading = _("Due %(when)s: %(title)s")
        due = render_to_string("commitments/feeds/due.txt", {"due": pledge.due}).strip()
        last_day = format_calendar_day(deadline)
        note = _("No day is named, only “%(when)s”: %(day)s is the last day that this can mean.")
        note = note % {"when": due, "day": last_day}
        description = f"{note}\n{description}"
    heading = heading % {"when": due, "title": pledge.title}
    event.add("summary", sayable(heading))
    event.add("description", sayable(description))
    event.add("categories", [_("Deadline")])
    return event


def build_meeting_event(summit, recorded):
    """Return the days of `summit` as an event."""
    recorded = recorded or midnight(summit.starts_on)
    event = build_all_day_event("summit", summit, summit.starts_on, summit.ends_on, recorded)
    event.add("summary", sayable(summit.name))
    if summit.summary:
        event.add("description", sayable(summit.summary))
    country = summit.country.name if summit.country else ""
    places = [summit.venue, summit.city, country]
    location = ", ".join(filter(None, places))
    if location:
        event.add("location", sayable(location))
    event.add("categories", [_("Summit")])
    return event


def build_all_day_event(kind, record, first, last, recorded):
    """Return an event of whole days, from `first` to `last`.

    Its id is permanent and made of the record's slug. Its stamp is when the record was `recorded`
    last.
    """
    event = Event()
    host = site_host()
    address = record.get_absolute_url()
    event.add("uid", f"{kind}-{record.slug}@{host}")
    event.add("dtstamp", recorded)
    event.add("last-modified", recorded)
    event.add("dtstart", first)
    # The end is the first day that is no longer part of it.
    end = last + timedelta(days=1)
    event.add("dtend", end)
    event.add("transp", "TRANSPARENT")
    event.add("url", absolute(address))
    return event


def format_calendar_day(day):
    form = pgettext("a day", "j F Y")
    return date_format(day, form)


def midnight(day):
    start_of_day = time()
    return datetime.combine(day, start_of_day, UTC)
