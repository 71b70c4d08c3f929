"""The ledger as Atom feeds: everything, the corrections, and what one summit, party, topic or
pledge is about.
"""

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

# Readers ask every hour or so; what is older stands on the pages.
ENTRIES = 50
# When a feed without an entry was last changed: the standard wants a day, and any other would move.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# A tag address (RFC 4151) needs a day on which its host was ours. It is part of every id: never
# change it.
TAGGED_ON = "2025-10-28"


class Feed(Atom1Feed):
    """An Atom feed that is as old as its newest entry: without one, Django would say that it
    changed just now.
    """

    def latest_post_date(self):
        return super().latest_post_date() if self.items else NEVER


@answers("atom")
def changes_feed(request):
    return answer_feed(request, _("What changed"), reverse("changes"), history.newest_first())


@answers("atom")
def corrections_feed(request):
    return answer_feed(
        request, _("Corrections"), reverse("corrections"), history.read_corrections()
    )


@answers("atom")
def summit_feed(request, slug):
    summit = get_object_or_404(Summit.objects.published(), slug=slug)
    return answer_feed(
        request, summit.name, summit.get_absolute_url(), following.find_summit_entries(summit)
    )


@answers("atom")
def party_feed(request, slug):
    party = get_object_or_404(Party.objects.published(), slug=slug)
    return answer_feed(
        request, party.name, party.get_absolute_url(), following.find_party_entries(party)
    )


@answers("atom")
def topic_feed(request, slug):
    topic = get_object_or_404(Topic.objects.published(), slug=slug)
    return answer_feed(
        request, topic.name, reverse("topic", args=[slug]), following.find_topic_entries(topic)
    )


@answers("atom")
def pledge_feed(request, slug):
    pledge = get_object_or_404(Pledge.objects.published(), slug=slug)
    return answer_feed(
        request, pledge.title, pledge.get_absolute_url(), history.read_pledge_history(pledge)
    )


def answer_feed(request, title, page, entries):
    """Answer the newest of `entries`, told as the page at `page` tells them."""
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
    return HttpResponse(atom.writeString("utf-8"), content_type=Feed.content_type)


def add_item(atom, change):
    """Add a ledger entry; it keeps its id and its moment whichever feed it stands in."""
    entry, told = change.entry, {"change": change, "entry": change.entry, "record": change.record}
    title = render_to_string("commitments/feeds/title.txt", told)
    atom.add_item(
        title=sayable(" ".join(title.split())),
        link=absolute(find_reading_address(change)),
        description=sayable(render_to_string("commitments/feeds/entry.html", told).strip()),
        unique_id=make_tag(f"ledger/{entry.seq}"),
        pubdate=entry.recorded_at,
        updateddate=entry.recorded_at,
        categories=[entry.action, entry.record_type],
    )


def find_reading_address(change):
    """Return where to read on: the record's page, or the entry on the page of what changed."""
    if hasattr(change.record, "get_absolute_url"):
        return change.record.get_absolute_url()
    if change.record and change.entry.record_type in ("topic", "indicator"):
        return reverse(change.entry.record_type, args=[change.record.slug])
    return f"{reverse('changes')}?kind=all#entry-{change.entry.seq}"


def make_tag(name):
    return f"tag:{site_host()},{TAGGED_ON}:{name}"
