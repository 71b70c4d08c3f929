"""The ledger as Atom feeds: all of it, the corrections, and one summit, party, topic or pledge."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.ledger import following, history
from commitments.models import Party, Pledge, Summit, Topic
from commitments.syndication.answering import absolute, answers, sayable, site_host

# Feed readers come back every hour or so; older entries are on the pages.
ENTRIES = 50
# When a feed without entries was last changed. The standard requires a time; this one never moves.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# A tag address (RFC 4151) needs a day on which the host was ours. It is part of every id: never
# change it.
TAGGED_ON = "2025-10-28"


class Feed(Atom1Feed):
    """An Atom feed that is as old as its newest entry.

    Django would say of a feed without entries that it has just changed.
    """

    def latest_post_date(self):
        if not self.items:
            return NEVER
        return super().latest_post_date()


@answers("atom")
def changes_feed(request):
    title = _("What changed")
    page = reverse("changes")
    entries = history.read_newest_first()
    return answer_feed(request, title, page, entries)


@answers("atom")
def corrections_feed(request):
    title = _("Corrections")
    page = reverse("corrections")
    entries = history.read_corrections()
    return answer_feed(request, title, page, entries)


@answers("atom")
def summit_feed(request, slug):
    summit = get_object_or_404(Summit.objects.published(), slug=slug)
    page = summit.get_absolute_url()
    entries = following.find_summit_entries(summit)
    return answer_feed(request, summit.name, page, entries)


@answers("atom")
def party_feed(request, slug):
    party = get_object_or_404(Party.objects.published(), slug=slug)
    page = party.get_absolute_url()
    entries = following.find_party_entries(party)
    return answer_feed(request, party.name, page, entries)


@answers("atom")
def topic_feed(request, slug):
    topic = get_object_or_404(Topic.objects.published(), slug=slug)
    page = reverse("topic", args=[slug])
    entries = following.find_topic_entries(topic)
    return answer_feed(request, topic.name, page, entries)


@answers("atom")
def pledge_feed(request, slug):
    pledge = get_object_or_404(Pledge.objects.published(), slug=slug)
    page = pledge.get_absolute_url()
    entries = history.read_pledge_history(pledge)
    return answer_feed(request, pledge.title, page, entries)


def answer_feed(request, title, page, entries):
    """Answer the newest of `entries`, described as on the page at `page`."""
    atom = Feed(
        title=sayable(f"{title} · {settings.SITE_NAME}"),
        link=absolute(page),
        description="",
        language=get_language(),
        author_name=settings.SITE_NAME,
        author_link=absolute("/"),
        feed_url=absolute(request.path),
        feed_guid=make_tag(request.path.strip("/")),
        feed_copyright=settings.SITE_DATA_LICENCE or None,
    )
    for change in history.join_records(entries[:ENTRIES]):
        add_item(atom, change)
    content = atom.writeString("utf-8")
    return HttpResponse(content, content_type=Feed.content_type)


def add_item(atom, change):
    """Add a ledger entry. Its id and its time are the same in every feed."""
    entry = change.entry
    context = {"change": change, "entry": entry, "record": change.record}
    title_lines = render_to_string("commitments/feeds/title.txt", context)
    title = " ".join(title_lines.split())
    description = render_to_string("commitments/feeds/entry.html", context)
    address = find_reading_address(change)
    atom.add_item(
        title=sayable(title),
        link=absolute(address),
        description=sayable(description.strip()),
        unique_id=make_tag(f"ledger/{entry.seq}"),
        pubdate=entry.recorded_at,
        updateddate=entry.recorded_at,
        categories=[entry.action, entry.record_type],
    )


def find_reading_address(change):
    """Return the address of the record's page, or of the entry on the page of changes."""
    entry = change.entry
    record = change.record
    if hasattr(record, "get_absolute_url"):
        return record.get_absolute_url()
    if record and entry.record_type in ("topic", "indicator"):
        return reverse(entry.record_type, args=[record.slug])
    changes = reverse("changes")
    return f"{changes}?kind=all#entry-{entry.seq}"


def make_tag(name):
    host = site_host()
    return f"tag:{host},{TAGGED_ON}:{name}"
