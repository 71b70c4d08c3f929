"""What somebody who follows a summit, a party or a topic gets to read: the ledger's entries about
it, newest first.

What a pledge belongs to is read from the table while it is public, and from its published forms
after it was withdrawn: what a curator changes in a hidden row moves no entry from one feed to
another.
"""

from django.db.models import Max, Q

from commitments.ledger.history import PARTS, PUBLIC_ONCE, newest_first
from commitments.models import Assessment, Evidence, LedgerEntry, LedgerPayload, Pledge, Response

# What else shows a pledge on its page, and the way from the pledge to it.
SHOWN_ON = {
    "summit": "summit__slug",
    "topic": "topics__slug",
    "party": "undertakings__party__slug",
    "leader": "stated_by_leader__slug",
}


def find_summit_entries(summit):
    pledges = Pledge.objects.published().filter(summit=summit)
    return _entries(summit, pledges, withdrawn=lambda body: body["summit"] == summit.slug)


def find_topic_entries(topic):
    pledges = Pledge.objects.published().filter(topics=topic)
    return _entries(topic, pledges, withdrawn=lambda body: topic.slug in body["topics"])


def find_party_entries(party):
    """Return the entries about `party`: of a pledge of 32 allies only what bears on this one."""
    pledges = Pledge.objects.published().filter(undertakings__party=party)
    own = {
        Evidence: Q(undertakings__party=party) | Q(undertakings__isnull=True),
        Assessment: Q(undertaking__party=party),
        Response: Q(undertaking__party=party),
    }

    def owed(body):
        return any(row["party"] == party.slug for row in body["undertakings"])

    return _entries(party, pledges, withdrawn=owed, own=own)


def last_recorded(record_type) -> dict:
    """Return by slug when a record of this type last had an entry. One statement."""
    entries = LedgerEntry.objects.published().filter(record_type=record_type).order_by()
    return dict(entries.values_list("record_slug").annotate(Max("recorded_at")))


def last_changed() -> dict:
    """Return by (type, slug) when what the page of a record tells last changed: itself, or what it
    shows.

    Eight statements, however many records there are.
    """
    entries = LedgerEntry.objects.published().order_by()
    latest = {
        (record_type, slug): moment
        for record_type, slug, moment in entries.values_list("record_type", "record_slug").annotate(
            Max("recorded_at")
        )
    }
    for model, path in PARTS.items():
        parts = model.objects.filter(state__in=PUBLIC_ONCE).values_list("slug", f"{path}__slug")
        for slug, pledge in parts:
            _later(latest, ("pledge", pledge), latest.get((model._meta.model_name, slug)))
    for record_type, path in SHOWN_ON.items():
        for pledge, slug in Pledge.objects.published().values_list("slug", path).distinct():
            _later(latest, (record_type, slug), latest.get(("pledge", pledge)))
    return latest


def _later(latest, key, moment):
    if moment and (key not in latest or latest[key] < moment):
        latest[key] = moment


def _entries(record, pledges, *, withdrawn, own=None):
    """Return the entries of `record`, of `pledges` and their parts, and of pledges that once
    belonged here.
    """
    entries = newest_first().order_by()
    keys = pledges.order_by().values("pk")
    parts = [
        entries.filter(
            record_type=model._meta.model_name,
            # Named only if it was public once: a draft's slug has no entry, and its pledge may
            # change until then.
            record_slug__in=model.objects.filter(
                (own or {}).get(model, Q()), **{f"{path}__in": keys}, state__in=PUBLIC_ONCE
            )
            .order_by()
            .values("slug"),
        )
        for model, path in PARTS.items()
    ]
    of_pledges = entries.filter(
        Q(record_slug__in=pledges.order_by().values("slug")) | Q(record_slug__in=_gone(withdrawn)),
        record_type="pledge",
    )
    # A union, so that each part is found by the index.
    return entries.for_record(record).union(of_pledges, *parts, all=True).order_by("-seq")


def _gone(belonged):
    """Return the slugs of pledges public once, whose published form `belonged` here, and hidden
    today.
    """
    public = Pledge.objects.published().order_by().values("pk")
    hidden = Pledge.objects.exclude(pk__in=public).order_by().values("slug")
    forms = LedgerPayload.objects.filter(entry__record_type="pledge", entry__record_slug__in=hidden)
    return {
        slug for slug, body in forms.values_list("entry__record_slug", "body") if belonged(body)
    }
