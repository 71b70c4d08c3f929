"""Every link of the desk leads somewhere, and the browser finds nothing to complain of."""

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import pytest
from django.urls import reverse

from commitments import models, publishing
from commitments.publicforms import render_fully

pytestmark = pytest.mark.django_db(transaction=True)

LISTS = (*models.ROOTS, models.Undertaking, models.LedgerEntry, models.Proposal)
LINK = re.compile(r"""<a\b[^>]*\bhref="([^"]+)""")
# Pages about one record that are not forms: what they link to is followed too.
ABOUT_A_RECORD = re.compile(r"/(do/\w+|delete|history|review|submit-all|redact)/$")
# A preview links to what its record will have once it is published.
NOT_YET_PUBLIC = re.compile(r"/(pledges|summits)/draft-[a-z-]+/")


@pytest.fixture
def one_of_each(
    settings,
    live_server,
    make_summit,
    make_topic,
    make_leader,
    make_pledge,
    make_two_per_cent,
    make_assessment,
    make_search_note,
    make_outside_report,
    settle,
    japan,
):
    """One published record of each kind, most of them about one pledge, by model."""
    settings.SITE_ADDRESS = live_server.url
    series = settle(models.SummitSeries.objects.create(slug="g7", name="G7"))
    leader = make_leader(tenures=[{"party": japan, "office": "Prime Minister of Japan"}])
    make_topic()
    summit = make_summit(series=series, parties=[japan])
    make_pledge(
        "late",
        summit=summit,
        stated_by_leader=leader,
        deadline="2025-11-01",
        deadline_precision="day",
    )
    pledge = make_two_per_cent()
    undertaking = pledge.undertakings.get(party=japan)
    make_search_note(pledge, "searched")
    make_assessment(undertaking, "not_met", as_of=date(2026, 1, 10))
    response = models.Response.objects.create(
        slug="answer", undertaking=undertaking, received_on="2026-02-01", text="We did."
    )
    settle(response)
    make_outside_report("report", (undertaking, "met"))
    return {model: model.objects.published().last() for model in models.ROOTS}


@pytest.fixture
def drafts(make_summit, make_pledge, make_party, researcher, reviewer):
    """Something in every queue of the researcher and of the reviewer."""
    summit = make_summit("draft-summit", state="draft")
    pledge = make_pledge("draft-pledge", state="draft", summit=summit, criteria=False)
    for person in (researcher, reviewer):
        publishing.submit(make_party(f"sent-by-{person}", state="draft"), by=person)
        returned = publishing.submit(make_party(f"returned-to-{person}", state="draft"), by=person)
        publishing.return_to_draft(returned, by=reviewer)
    return [summit, pledge]


@pytest.fixture
def proposals(one_of_each, researcher):
    """A change and a withdrawal that wait for somebody else."""
    party = one_of_each[models.Party]
    base = render_fully(party)
    changed = {**base, "name": "Nippon"}
    amendment = publishing.propose(
        party, by=researcher, act="amend", note="Its own name.", base=base, body=changed
    )
    withdrawal = publishing.propose(
        one_of_each[models.Response], by=researcher, act="withdraw", note="Sent in error."
    )
    return [amendment, withdrawal]


def one_of_each_choice(links):
    """Return the links without those that only ask a column for another value than a link before.

    What our own filters offer, and each order of the list, is code of its own: all of it stays.
    """
    different = {}
    for link in links:
        address, _, query = link.partition("?")
        names = tuple(sorted(parse_qs(query, keep_blank_values=True)))
        asks_columns_alone = all("__" in name for name in names)
        different.setdefault((address, names) if asks_columns_alone else link, link)
    return [*different.values()]


class Walk:
    """One person's walk through the desk: the status of every address, and the complaints.

    The public pages are the same for everybody, so `public_statuses` is shared between walks.
    """

    def __init__(self, page, site, public_statuses):
        self.page, self.site = page, site
        self.statuses, self.public_statuses = {}, public_statuses
        self.complaints = []
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("request", self.refuse_others)

    def hear(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def refuse_others(self, request):
        if not request.url.startswith((self.site, "data:")):
            self.complaints.append(f"{self.page.url} asks for {request.url}")

    def open(self, address):
        """Show a page in the browser, follow its links and return them."""
        answer = self.page.goto(urljoin(self.site, address))
        self.statuses[answer.url] = answer.status
        for width in (360, 1280):
            self.page.set_viewport_size({"width": width, "height": 800})
            needed = self.page.evaluate("document.documentElement.scrollWidth")
            if needed > width:
                self.complaints.append(f"{answer.url} is {needed} wide at {width}")
        return self.follow_all(self.links(answer.url, self.page.content()))

    def fetch(self, address, *, with_queries=True):
        """Ask for a page as the browser does, without showing it, and follow its links."""
        answer = self.page.request.get(urljoin(self.site, address))
        self.statuses[answer.url] = answer.status
        links = self.links(answer.url, answer.text())
        if not with_queries:
            links = [link for link in links if not urlsplit(link).query]
        return self.follow_all(one_of_each_choice(links))

    def links(self, address, html):
        """Return the links of a page that lead to this site, without their fragments."""
        targets = (urljoin(address, unescape(href)) for href in LINK.findall(html))
        own_links = {urldefrag(link).url for link in targets if link.startswith(self.site)}
        return sorted(own_links)

    def follow_all(self, links):
        for link in links:
            self.follow(link)
        return links

    def follow(self, link):
        at_desk = link.startswith(f"{self.site}/admin/")
        statuses = self.statuses if at_desk else self.public_statuses
        if link in statuses:
            return
        if ABOUT_A_RECORD.search(link):
            self.fetch(link)
        else:
            statuses[link] = self.page.request.get(link).status

    @property
    def dead_links(self):
        statuses = {**self.statuses, **self.public_statuses}
        return {
            link: status
            for link, status in statuses.items()
            if status >= 400 and not (status == 404 and NOT_YET_PUBLIC.search(link))
        }


@pytest.fixture
def walk_as(new_context, live_server, at_desk):
    """Return a function that begins a walk as somebody who is signed in."""
    public_statuses = {}

    def begin(user):
        session = at_desk(user).cookies["sessionid"].value
        context = new_context()
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return Walk(context.new_page(), live_server.url, public_statuses)

    return begin


def test_every_link_of_the_desk_answers_and_no_page_makes_the_browser_complain(
    walk_as, one_of_each, drafts, proposals, address, researcher, reviewer
):
    for user in (researcher, reviewer):
        walk = walk_as(user)
        for name in ("index", "drift", "curating"):
            walk.open(reverse(f"admin:{name}"))
        # The widest of the forms.
        walk.open(address(models.Release, "add"))
        for model in LISTS:
            # Everybody sorts and filters alike, so one person tries it.
            walk.fetch(address(model, "changelist"), with_queries=user == reviewer)
        previews = []
        for record in (*one_of_each.values(), *drafts, *proposals):
            links = walk.open(address(record))
            previews += [link for link in links if link.endswith("/preview/")]
        assert len(previews) == 4
        banners = []
        for preview in previews:
            walk.open(preview)
            banners.append(walk.page.get_by_text("Preview: not public.").is_visible())
        assert walk.dead_links == {}
        assert all(banners)
        assert walk.complaints == []
