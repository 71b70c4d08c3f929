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

from commitments.due_days import DueKind, list_due_days, with_due_days
from commitments.ledger.following import load_entry_times
from commitments.models import Party, Pledge, Summit, SummitStanding, Undertaking
from commitments.syndication.answering import (
    absolute,
    answers,
    sayable,
    site_host,
    write_vaguely,
)
from commitments.verdicts.dates import Precision

# What calendar programs call the standing of a summit that was not held.
EVENT_STATUSES = {
    SummitStanding.PLANNED: "TENTATIVE",
    SummitStanding.POSTPONED: "TENTATIVE",
    SummitStanding.CANCELLED: "CANCELLED",
}


@answers("ics")
def full_calendar(request):
    own = Undertaking.objects.published().filter(deadline__isnull=False)
    pledges = Pledge.objects.published()
    days = []
    for pledge in load_pledges(pledges, own):
        days += list_due_days(pledge)
    summits = Summit.objects.published()
    return answer_calendar(settings.SITE_NAME, days, summits, "summit-ledger.ics")


@answers("ics")
def party_calendar(request, slug):
    """Answer the due days of a party's pledges, and the summits it took part in.

    A party with a day of its own has that one instead of the pledge's.
    """
    party = get_object_or_404(Party.objects.published(), slug=slug)
    own = Undertaking.objects.published().filter(party=party)
    pledges = Pledge.objects.published().filter(
        undertakings__party=party,
        undertakings__exempt_reason="",
    )
    days = []
    for pledge in load_pledges(pledges, own):
        for due in list_due_days(pledge):
            if due.parts:
                days.append(due)
    summits = Summit.objects.published().filter(participations__party=party)
    name = f"{settings.SITE_NAME}: {party.name}"
    return answer_calendar(name, days, summits.distinct(), f"{slug}.ics")


def load_pledges(pledges, parts):
    """Return `pledges` with their due days, as far as they are those of `parts` or of all."""
    parts = parts.select_related("party")
    pledges = pledges.select_related("summit")
    return with_due_days(pledges, parts)


def answer_calendar(name, days, summits, filename):
    """Answer due `days`, and `summits`. Three statements."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{site_host()}//Summit Ledger//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", sayable(name))
    for event in list_due_events(days):
        calendar.add_component(event)
    for event in list_meeting_events(summits):
        calendar.add_component(event)
    content = calendar.to_ical()
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return response


def list_due_events(days):
    """Return an event for each of the due `days`, the earliest first. One statement."""
    days_recorded = load_entry_times("pledge")
    events = []
    for due in sorted(days, key=lambda due: (due.day, due.key)):
        recorded = days_recorded.get(due.pledge.slug)
        event = build_due_event(due, recorded)
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


def build_due_event(due, recorded):
    """Return a due day of a pledge as an event, under its own name.

    If its source names no day, the heading and the description say so.
    """
    pledge = due.pledge
    recorded = recorded or midnight(pledge.made_on)
    event = build_all_day_event(due.key, pledge, due.day, due.day, recorded)
    where = pledge.summit.name if pledge.summit else pledge.occasion
    description = _("Pledged: %(where)s, %(day)s.") % {
        "where": where,
        "day": write_vaguely(pledge.made),
    }
    heading = _("Due: %(title)s")
    when = ""
    if due.due.precision != Precision.DAY:
        heading = _("Due %(when)s: %(title)s")
        when = write_vaguely(due.due)
        note = _("No day is named, only “%(when)s”: %(day)s is the last day that this can mean.")
        note = note % {"when": when, "day": format_calendar_day(due.day)}
        description = f"{note}\n{description}"
    if due.kind != DueKind.DEADLINE:
        heading = _("%(name)s: %(title)s")
    heading = heading % {"when": when, "title": pledge.title, "name": write_name(due)}
    event.add("summary", sayable(heading))
    event.add("description", sayable(description))
    event.add("categories", [_("Deadline")])
    return event


def write_name(due):
    return render_to_string("commitments/feeds/due_name.txt", {"due": due}).strip()


def build_meeting_event(summit, recorded):
    """Return the days of `summit` as an event."""
    recorded = recorded or midnight(summit.starts_on)
    event = build_all_day_event(
        f"summit-{summit.slug}", summit, summit.starts_on, summit.ends_on, recorded
    )
    heading = summit.name
    remarks = [summit.standing_reason, summit.summary]
    if not summit.is_held:
        heading = _("%(name)s: %(title)s")
        heading = heading % {"name": summit.get_standing_display(), "title": summit.name}
        event.add("status", EVENT_STATUSES[summit.standing])
    if {summit.starts_on_precision, summit.ends_on_precision} != {Precision.DAY}:
        note = _("No days are named, only “%(when)s”.")
        remarks.insert(0, note % {"when": write_vaguely(summit.begins, summit.ends)})
    event.add("summary", sayable(heading))
    description = "\n".join(filter(None, remarks))
    if description:
        event.add("description", sayable(description))
    country = summit.country.name if summit.country else ""
    places = [summit.venue, summit.city, country]
    location = ", ".join(filter(None, places))
    if location:
        event.add("location", sayable(location))
    event.add("categories", [_("Summit")])
    return event


def build_all_day_event(key, record, first, last, recorded):
    """Return an event of whole days, from `first` to `last`.

    Its id is permanent and made of its `key`. Its stamp is when the record was `recorded` last.
    """
    event = Event()
    host = site_host()
    address = record.get_absolute_url()
    event.add("uid", f"{key}@{host}")
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
