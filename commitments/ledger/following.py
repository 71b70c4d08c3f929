"""The ledger's entries about a summit, a party or a topic, for those who follow it.

What a pledge belongs to is read from the table while the pledge is public, and from its published
forms after it was withdrawn. So a curator's changes to a hidden row move no entry from one feed to
another.
"""

from django.db.models import Max, Q

from commitments.ledger.history import PARTS, PUBLIC_ONCE, find_entries_of, read_newest_first
from commitments.models import (
    Assessment,
    Evidence,
    LedgerEntry,
    LedgerPayload,
    Pledge,
    Response,
    SearchNote,
)

# The records on whose pages a pledge stands, and the way from the pledge to each.
SHOWN_ON = {
    "summit": "summit__slug",
    "topic": "topics__slug",
    "party": "undertakings__party__slug",
    "leader": "stated_by_leader__slug",
}


def find_summit_entries(summit):
    def was_made_there(body):
        return body["summit"] == summit.slug

    pledges = Pledge.objects.published()
    pledges = pledges.filter(summit=summit)
    return _find_entries(summit, pledges, belonged=was_made_there)


def find_topic_entries(topic):
    def was_about_it(body):
        return topic.slug in body["topics"]

    pledges = Pledge.objects.published()
    pledges = pledges.filter(topics=topic)
    return _find_entries(topic, pledges, belonged=was_about_it)


def find_party_entries(party):
    """Return the entries about `party`: of a pledge of 32 allies only what bears on this one."""

    def was_owed_by_it(body):
        parties = [row["party"] for row in body["undertakings"]]
        return party.slug in parties

    pledges = Pledge.objects.published()
    pledges = pledges.filter(undertakings__party=party)
    # What names no party bears on all of them.
    bearing = Q(undertakings__party=party) | Q(undertakings__isnull=True)
    own_parts = {
        Evidence: bearing,
        SearchNote: bearing,
        Assessment: Q(undertaking__party=party),
        Response: Q(undertaking__party=party),
    }
    return _find_entries(
        party,
        pledges,
        belonged=was_owed_by_it,
        own_parts=own_parts,
    )


def load_entry_times(record_type) -> dict:
    """Return {slug: time} of the last entry of each record of this type. One statement."""
    entries = LedgerEntry.objects.published().order_by()
    entries = entries.filter(record_type=record_type)
    slugs = entries.values_list("record_slug")
    times = slugs.annotate(Max("recorded_at"))
    return dict(times)


def load_change_times() -> dict:
    """Return {(type, slug): time} of the last change of what the page of each record shows.

    A page shows the record itself, the parts of a pledge, and the pledges of a summit, topic, party
    or leader. Nine statements, however many records there are.
    """
    latest = _load_last_entries()
    for model, path in PARTS.items():
        part_type = model._meta.model_name
        parts = model.objects.filter(state__in=PUBLIC_ONCE)
        pairs = parts.values_list("slug", f"{path}__slug")
        for slug, pledge in pairs:
            part = (part_type, slug)
            whole = ("pledge", pledge)
            _hand_on(latest, part, whole)
    pledges = Pledge.objects.published()
    for record_type, path in SHOWN_ON.items():
        pairs = pledges.values_list("slug", path)
        for pledge, slug in pairs.distinct():
            part = ("pledge", pledge)
            whole = (record_type, slug)
            _hand_on(latest, part, whole)
    return latest


def _load_last_entries():
    """Return {(type, slug): time} of the last entry of each record. One statement."""
    entries = LedgerEntry.objects.published().order_by()
    records = entries.values_list("record_type", "record_slug")
    latest = {}
    for record_type, slug, moment in records.annotate(Max("recorded_at")):
        latest[record_type, slug] = moment
    return latest


def _hand_on(latest, part, whole):
    """Give the record `whole` the time of the record `part`, if that is later than its own."""
    moment = latest.get(part)
    if not moment:
        return
    if whole not in latest or latest[whole] < moment:
        latest[whole] = moment


def _find_entries(record, pledges, *, belonged, own_parts=None):
    """Return the entries of `record`, of `pledges` and their parts, and of pledges once among them.

    `belonged` takes the public form of a pledge that is hidden today, and returns whether it was
    one of these. `own_parts` narrows the parts of a pledge: {model: condition}.
    """
    pledges = pledges.order_by()
    keys = pledges.values("pk")
    own_parts = own_parts or {}
    parts = []
    for model, path in PARTS.items():
        own = own_parts.get(model, Q())
        of_pledges = {f"{path}__in": keys, "state__in": PUBLIC_ONCE}
        rows = model.objects.filter(own, **of_pledges)
        parts.append(find_entries_of(rows))
    entries = read_newest_first().order_by()
    public = Q(record_slug__in=pledges.values("slug"))
    hidden = Q(record_slug__in=_find_hidden(belonged))
    of_pledges = entries.filter(public | hidden, record_type="pledge")
    # A union, so that each part is found by the index.
    own = entries.for_record(record)
    union = own.union(of_pledges, *parts, all=True)
    return union.order_by("-seq")


def _find_hidden(belonged):
    """Return the slugs of the pledges that are hidden today and had a form that `belonged` here."""
    public = Pledge.objects.published().order_by()
    hidden = Pledge.objects.exclude(pk__in=public.values("pk"))
    hidden = hidden.order_by()
    forms = LedgerPayload.objects.filter(
        entry__record_type="pledge",
        entry__record_slug__in=hidden.values("slug"),
    )
    slugs = set()
    for slug, body in forms.values_list("entry__record_slug", "body"):
        if belonged(body):
            slugs.add(slug)
    return slugs
