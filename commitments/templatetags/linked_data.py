"""What a page is about, for search engines: JSON-LD in the words of schema.org.

A pledge is a quotation, not a claim that could be true or false, so there is no `ClaimReview`. The
block is data: no browser runs it, so the policy for scripts does not apply to it.
"""

import json

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe

from commitments.verdicts.dates import Precision

register = template.Library()

# JSON may write these characters as numbers, so that no text can end the element or a line.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
PARTY_TYPES = {"state": "Country", "area": "Place"}

EVENT_STATUSES = {
    "planned": "EventScheduled",
    "postponed": "EventPostponed",
    "cancelled": "EventCancelled",
}


def block(kind, **fields):
    """Return what is known about a thing as an element of the page."""
    body = {"@context": "https://schema.org", **thing(kind, **fields)}
    text = json.dumps(body, ensure_ascii=False).translate(ESCAPES)
    # Safe: nothing is left in it that HTML would read as markup.
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def thing(kind, **fields):
    """Return a thing with those of its `fields` that are not empty."""
    known = {name: value for name, value in fields.items() if value not in (None, "", [])}
    return {"@type": kind, **known}


@register.simple_tag
def quotation_data(pledge, source_came_later):
    """Return the data of a pledge: its words, whose they are, and where they were published. Words
    that are retold are no quotation.
    """
    source = None
    if not source_came_later:
        source = _describe_source(pledge.source)
    kind, field = "CreativeWork", "abstract"
    if pledge.quote_is_verbatim:
        kind, field = "Quotation", "text"
    leader = pledge.stated_by_leader
    return block(
        kind,
        name=pledge.title,
        **{field: pledge.quote},
        inLanguage=pledge.quote_language,
        dateCreated=_write_iso(pledge.made),
        creator=_describe_leader(leader) if leader else _describe_party(pledge.stated_by),
        isPartOf=source,
        about=[topic.name for topic in pledge.topics.all()],
        url=_find_page(pledge),
    )


@register.simple_tag
def event_data(summit):
    """Return the data of a summit; one without a place was held by video."""
    country = summit.country.name if summit.country else ""
    place = thing(
        "Place",
        name=summit.venue or summit.city or country,
        address=thing("PostalAddress", addressLocality=summit.city, addressCountry=country),
    )
    mode = "Offline" if country else "Online"
    return block(
        "Event",
        name=summit.name,
        alternateName=summit.name_ja,
        description=summit.summary,
        startDate=_write_iso(summit.begins),
        endDate=_write_iso(summit.ends),
        eventAttendanceMode=f"https://schema.org/{mode}EventAttendanceMode",
        location=place if country else thing("VirtualLocation", url=_find_page(summit)),
        superEvent=thing("EventSeries", name=summit.series.name) if summit.series else None,
        eventStatus=_describe_standing(summit),
        attendee=_list_attendees(summit),
        url=_find_page(summit),
    )


@register.simple_tag
def person_data(leader):
    same_as = None
    if leader.wikidata_id:
        same_as = f"https://www.wikidata.org/wiki/{leader.wikidata_id}"
    return block(
        "Person",
        name=leader.name,
        alternateName=leader.native_name,
        jobTitle=[tenure.office for tenure in leader.tenures.all()],
        sameAs=same_as,
        url=_find_page(leader),
    )


@register.simple_tag
def dataset_data():
    """Return the data of the whole record, and where to download it."""
    downloads = [
        ("application/json", reverse("api-pledges-list")),
        ("text/csv", reverse("pledges_file")),
        ("application/jsonl", reverse("ledger_file")),
    ]
    return block(
        "Dataset",
        name=settings.SITE_NAME,
        description=settings.SITE_TAGLINE,
        license=settings.SITE_DATA_LICENCE_URL,
        creator=thing("Organization", name=settings.SITE_NAME, url=settings.SITE_ADDRESS),
        isAccessibleForFree=True,
        distribution=[
            thing("DataDownload", encodingFormat=form, contentUrl=settings.SITE_ADDRESS + path)
            for form, path in downloads
        ],
        url=settings.SITE_ADDRESS + reverse("data"),
    )


def _write_iso(value):
    """Return an imprecise date in the form of ISO 8601 that says no more than is known."""
    match value.precision:
        case Precision.DAY:
            return value.last_day.isoformat()
        case Precision.MONTH:
            return f"{value.last_day:%Y-%m}"
        case Precision.YEAR:
            return f"{value.last_day:%Y}"
        case _:
            return f"{value.first_day}/{value.last_day}"


def _describe_standing(summit):
    if summit.standing not in EVENT_STATUSES:
        return None
    return f"https://schema.org/{EVENT_STATUSES[summit.standing]}"


def _list_attendees(summit):
    """Return who was there: of a summit that was not held, nobody."""
    if not summit.is_held:
        return []
    return [_describe_attendee(row) for row in summit.participations.all()]


def _describe_attendee(participation):
    if participation.leader:
        return _describe_leader(participation.leader)
    return _describe_party(participation.party)


def _describe_leader(leader):
    return thing("Person", name=leader.name, url=_find_page(leader))


def _describe_source(source):
    return thing(
        "CreativeWork",
        name=source.title,
        url=source.url,
        archivedAt=source.archived_at,
    )


def _describe_party(party):
    kind = PARTY_TYPES.get(party.kind, "Organization")
    return thing(kind, name=party.name, url=_find_page(party))


def _find_page(record):
    return settings.SITE_ADDRESS + record.get_absolute_url()
