"""What a page is about, for search engines: JSON-LD in the words of schema.org.

A pledge is a quotation, not a claim that could be true or false, so no `ClaimReview`. The block is
data: no browser runs it, and the policy for scripts does not ask about it.
"""

import json

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe

register = template.Library()

# Inside a string JSON may write these as numbers, so that no text in it can end the element or a
# line.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
PARTY_TYPES = {"state": "Country", "area": "Place"}


def block(kind, **fields):
    """Return what is known of a thing as an element of the page; what is empty is left out."""
    text = json.dumps(
        {"@context": "https://schema.org", **thing(kind, **fields)}, ensure_ascii=False
    )
    # Safe: nothing is left in it that HTML would read as markup.
    return mark_safe(f'<script type="application/ld+json">{text.translate(ESCAPES)}</script>')


def thing(kind, **fields):
    known = {name: value for name, value in fields.items() if value not in (None, "", [])}
    return {"@type": kind, **known}


@register.simple_tag
def quotation_data(pledge, source_came_later):
    """A pledge: its words, whose they are, and where they stand; one that is retold is no
    quotation.
    """
    source = (
        None
        if source_came_later
        else thing("CreativeWork", name=pledge.source.title, url=pledge.source.url)
    )
    kind, said = ("Quotation", "text") if pledge.quote_is_verbatim else ("CreativeWork", "abstract")
    who = pledge.stated_by_leader
    return block(
        kind,
        name=pledge.title,
        **{said: pledge.quote},
        inLanguage=pledge.quote_language,
        dateCreated=pledge.made_on.isoformat(),
        creator=thing("Person", name=who.name, url=_page(who)) if who else _party(pledge.stated_by),
        isPartOf=source,
        about=[topic.name for topic in pledge.topics.all()],
        url=_page(pledge),
    )


@register.simple_tag
def event_data(summit):
    """A summit; one without a place was held by video."""
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
        startDate=summit.starts_on.isoformat(),
        endDate=summit.ends_on.isoformat(),
        eventAttendanceMode=f"https://schema.org/{mode}EventAttendanceMode",
        location=place if country else thing("VirtualLocation", url=_page(summit)),
        superEvent=thing("EventSeries", name=summit.series.name) if summit.series else None,
        attendee=[
            thing("Person", name=one.leader.name, url=_page(one.leader))
            if one.leader
            else _party(one.party)
            for one in summit.participations.all()
        ],
        url=_page(summit),
    )


@register.simple_tag
def person_data(leader):
    return block(
        "Person",
        name=leader.name,
        alternateName=leader.native_name,
        jobTitle=[tenure.office for tenure in leader.tenures.all()],
        sameAs=f"https://www.wikidata.org/wiki/{leader.wikidata_id}"
        if leader.wikidata_id
        else None,
        url=_page(leader),
    )


@register.simple_tag
def dataset_data():
    """The whole record, and where it can be taken from."""
    ways = [
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
            for form, path in ways
        ],
        url=settings.SITE_ADDRESS + reverse("data"),
    )


def _party(party):
    return thing(PARTY_TYPES.get(party.kind, "Organization"), name=party.name, url=_page(party))


def _page(record):
    return settings.SITE_ADDRESS + record.get_absolute_url()
