"""Feeds that any reader can follow: valid, steady in their ids, and silent about what is hidden."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from commitments import models, publishing
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.records import withdraw
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db
A = "{http://www.w3.org/2005/Atom}"


@shared
def pledge(make_pledge, make_summit, make_topic, make_party, japan):
    allies = [japan, make_party("france")]
    return make_pledge(
        "defence", title="Two per cent", summit=make_summit(), topics=[make_topic()], parties=allies
    )


@pytest.fixture
def feed(read):
    def feed(name):
        return ElementTree.fromstring(read(f"/feeds/{name}.atom"))

    return feed


def titles(feed):
    return [title.text for title in feed.findall(f"{A}entry/{A}title")]


EVERY = [
    "changes",
    "corrections",
    "summits/tokyo-2025",
    "parties/japan",
    "topics/defence",
    "pledges/defence",
]


@on_the_same_record("name", EVERY)
def test_it_has_what_the_standard_requires(feed, pledge, make_assessment, reviewer, name):
    """RFC 4287: a feed and each entry have one id, title and updated; a feed has an author and a
    link to itself.
    """
    verdict = make_assessment(pledge.undertakings.get(party__slug="japan"))
    withdraw(verdict, by=reviewer, note="A wrong <b>figure</b>.")
    found = feed(name)
    for element in [found, *found.findall(f"{A}entry")]:
        for required in ("id", "title", "updated"):
            (one,) = element.findall(f"{A}{required}")
            assert one.text
        assert datetime.fromisoformat(element.find(f"{A}updated").text).tzinfo
        assert len(element.findall(f"{A}link[@rel='alternate']")) == 1
    assert found.tag == f"{A}feed"
    assert found.find(f"{A}author/{A}name").text == "Summit Ledger"
    assert (
        found.find(f"{A}link[@rel='self']").get("href")
        == f"https://ledger.example.org/feeds/{name}.atom"
    )
    ids = [one.text for one in found.iter(f"{A}id")]
    assert len(ids) == len(set(ids)) > 1
    assert all(one.startswith("tag:ledger.example.org,2025-10-28:") for one in ids)
    assert all(
        link.get("href").startswith("https://ledger.example.org/")
        for link in found.iter(f"{A}link")
    )


def test_an_entry_is_as_old_as_the_ledger_says_and_keeps_its_id(feed, pledge, make_topic):
    entry = models.LedgerEntry.objects.get(record_type="pledge")
    before = {one.find(f"{A}id").text: one for one in feed("changes").findall(f"{A}entry")}
    make_topic("later")
    after = {one.find(f"{A}id").text: one for one in feed("changes").findall(f"{A}entry")}
    mine = f"tag:ledger.example.org,2025-10-28:ledger/{entry.seq}"
    assert before.keys() < after.keys()
    alone = {mine: entry_of(feed("pledges/defence"))}
    assert len({ElementTree.tostring(found[mine]) for found in (before, after, alone)}) == 1
    assert datetime.fromisoformat(after[mine].find(f"{A}updated").text) == entry.recorded_at
    newest = models.LedgerEntry.objects.first().recorded_at
    assert datetime.fromisoformat(feed("changes").find(f"{A}updated").text) == newest


def entry_of(feed):
    return feed.find(f"{A}entry")


def test_an_empty_feed_never_changed(client, feed):
    assert (
        feed("corrections").find(f"{A}updated").text == datetime(1970, 1, 1, tzinfo=UTC).isoformat()
    )


def test_a_verdict_is_told_in_a_sentence_and_links_to_its_place(feed, pledge, make_assessment):
    verdict = make_assessment(
        pledge.undertakings.get(party__slug="japan"), rationale="<script>1 & 2</script>"
    )
    first = entry_of(feed("changes"))
    assert first.find(f"{A}title").text == "Japan: Met. Two per cent, as of 28 October 2025"
    assert (
        first.find(f"{A}link").get("href")
        == f"https://ledger.example.org/pledges/defence/#{verdict.slug}"
    )
    assert "&lt;script&gt;1 &amp; 2&lt;/script&gt;" in first.find(f"{A}summary").text


def test_each_feed_tells_of_its_own(
    feed, pledge, make_pledge, make_assessment, make_evidence, settle
):
    make_pledge("elsewhere", title="Something else")
    japans, frances = (pledge.undertakings.get(party__slug=slug) for slug in ("japan", "france"))
    make_assessment(japans, "on_track")
    make_assessment(frances, "off_track")
    make_evidence(pledge, finding="Both did.")
    frances_proof = make_evidence(pledge, state="draft", finding="France did.")
    frances_proof.undertakings.set([frances])
    settle(frances_proof)
    assert any("Something else" in title for title in titles(feed("changes")))
    for name in ["summits/tokyo-2025", "topics/defence", "pledges/defence"]:
        told = " ".join(titles(feed(name)))
        assert (
            "Japan: On track" in told
            and "France: Off track" in told
            and "Published a pledge: Two per cent" in told
        )
        assert "Something else" not in told
    told = ElementTree.tostring(feed("parties/japan"), "unicode")
    assert "Japan: On track" in told and "Two per cent" in told and "Both did." in told
    assert "France: Off track" not in told and "France did." not in told


def test_what_is_withdrawn_keeps_its_entries_and_says_nothing(feed, pledge, reviewer):
    withdraw(pledge, by=reviewer, note="Never said.", cascade=True)
    for name in ["changes", "summits/tokyo-2025", "topics/defence", "parties/japan"]:
        text = ElementTree.tostring(feed(name), "unicode")
        assert "Withdrew a pledge (defence)" in text and "Never said." in text
        assert "Two per cent" not in text
    assert "Withdrew a pledge" in " ".join(titles(feed("corrections")))


def test_editing_a_withdrawn_row_moves_its_entries_to_no_other_feed(
    feed, pledge, reviewer, make_summit, make_topic
):
    other = make_summit("other"), make_topic("other")
    withdraw(pledge, by=reviewer, note="Never said.", cascade=True)
    models.Pledge.objects.filter(pk=pledge.pk).update(summit=other[0])
    pledge.topics.set([other[1]])
    assert "Withdrew" in " ".join(titles(feed("summits/tokyo-2025")))
    assert not [
        title
        for name in ("summits/other", "topics/other")
        for title in titles(feed(name))
        if "defence" in title
    ]


def test_what_was_redacted_is_gone(feed, pledge, reviewer, administrator):
    withdraw(pledge, by=reviewer, note="Personal data.", cascade=True)
    entry = models.LedgerEntry.objects.get(record_type="pledge", action="publish")
    publishing.redact(entry.seq, by=administrator, note="A court order.")
    assert "Removed the text of a pledge from the ledger (defence)" in titles(feed("changes"))
    assert "Two per cent" not in ElementTree.tostring(feed("changes"), "unicode")


def test_a_note_that_no_xml_can_hold_breaks_no_feed(feed, pledge, reviewer):
    withdraw(pledge, by=reviewer, note="Never\x0bsaid\x1f \x85 ￾.", cascade=True)
    assert "Neversaid" in ElementTree.tostring(feed("changes"), "unicode")


def test_only_the_newest_fifty_entries_are_told(feed, make_topic):
    for number in range(60):
        make_topic(f"topic-{number}")
    found = titles(feed("changes"))
    assert len(found) == 50
    assert found[0] == "Published a topic: Topic-59"


@on_the_same_record("name", EVERY)
def test_an_unchanged_feed_costs_one_statement(client, statements, pledge, name, make_topic):
    address = f"/feeds/{name}.atom"
    tag = client.get(address).headers["ETag"]
    assert statements(address, if_none_match=tag) == 1
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    make_topic("later")
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


@on_the_same_record("name", EVERY)
def test_it_cannot_look_back_and_says_so(client, pledge, name):
    response = client.get(f"/feeds/{name}.atom", {"as_of": "2025-12-01"})
    assert response.status_code == 400
    assert "cannot look back" in response.content.decode()


@on_the_same_record("name", EVERY)
def test_it_sets_no_cookie_and_may_only_be_read(client, pledge, name):
    response = client.get(f"/feeds/{name}.atom")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not response.cookies and "Cookie" not in response.headers.get("Vary", "")
    assert client.post(f"/feeds/{name}.atom").status_code == 405


def test_the_host_that_a_request_names_is_in_no_feed(client, pledge, settings):
    settings.ALLOWED_HOSTS = ["*"]
    assert (
        b"evil"
        not in client.get("/feeds/changes.atom", headers={"host": "evil.example.net"}).content
    )
