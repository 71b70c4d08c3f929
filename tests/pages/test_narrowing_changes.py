"""What changed, narrowed in the address: to a month, to a party, a summit or a topic, to a kind of
change.
"""

import re
from types import SimpleNamespace

import pytest

from commitments.models import LedgerEntry
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.records import amend, withdraw

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = "2026-10-31 23:59:59+00:00", "2026-11-01 00:00+00:00"


@pytest.fixture
def october(time_machine):
    time_machine.move_to(OCTOBER, tick=False)


@pytest.fixture
def two_months(
    october,
    time_machine,
    make_party,
    make_pledge,
    make_summit,
    make_topic,
    make_assessment,
    reviewer,
):
    """A pledge of Japan in October; in November one of France, both verdicts, and a correction.

    October comes first: the ledger never goes back before what it has recorded.
    """
    ours = make_pledge("ours", title="Two per cent", topics=[make_topic()], summit=make_summit())
    time_machine.move_to(NOVEMBER, tick=False)
    theirs = make_pledge("theirs", title="One ship", parties=[make_party("france")])
    for pledge in (ours, theirs):
        make_assessment(pledge.undertakings.get(), "met")
    theirs.title = "Two ships"
    theirs.save()
    amend(theirs, by=reviewer, note="It was two.")
    return SimpleNamespace(ours=ours, theirs=theirs)


@pytest.fixture
def told(read):
    """Return the numbers of the ledger entries that a page tells, as it does."""
    return lambda address: [
        int(number) for number in re.findall(r'id="entry-(\d+)"', read(address))
    ]


def entries(**fields):
    return list(LedgerEntry.objects.filter(**fields).values_list("seq", flat=True))


def test_a_month_is_whole_and_no_longer(told, two_months):
    october, november = (told(f"/changes/?kind=all&month=2026-{month}") for month in (10, 11))
    assert october == entries(recorded_at__lt=NOVEMBER) != []
    assert november == entries(recorded_at__gte=NOVEMBER)
    assert told("/changes/?kind=all") == november + october == entries()


def test_december_ends_with_the_year(told, time_machine, make_topic):
    for moment in ("2026-12-31 23:59:59+00:00", "2027-01-01 00:00+00:00"):
        time_machine.move_to(moment, tick=False)
        make_topic(f"topic-{moment[:4]}")
    assert told("/changes/?kind=all&month=2026-12") == [1]


def test_a_month_says_in_numbers_what_it_brought(read, two_months):
    november = read("/changes/?month=2026-11")
    assert "1 pledge published, 2 verdicts, 1 correction: 4 in all." in november
    assert (
        'News <span class="count">4<' in november
        and "is counted under its own kind as well" in november
    )
    october = read("/changes/?month=2026-10&kind=corrections")
    assert "1 pledge published, 0 verdicts, 1 summit, 0 corrections: 2 in all." in october
    assert (
        'News <span class="count">2<' in october and "is counted under its own kind" not in october
    )


def test_the_months_that_have_entries_are_offered_newest_first_and_keep_the_rest(read, two_months):
    text = read("/changes/?party=japan")
    months = re.findall(
        r'href="/changes/\?month=(2026-\d\d)&amp;party=japan">(\w+ 2026) <span class="count">(\d)',
        text,
    )
    assert months == [("2026-11", "November 2026", "1"), ("2026-10", "October 2026", "1")]
    # An empty one is offered only to who looks at it.
    assert 'aria-current="page">May 2026 <span class="count">0<' in read("/changes/?month=2026-05")


def test_kinds_of_change_are_told_apart_and_counted(read, told, two_months):
    verdicts, pledges = entries(record_type="assessment"), entries(record_type="pledge")
    assert told("/changes/?kind=verdicts") == verdicts
    assert told("/changes/?kind=pledges") == pledges
    assert told("/changes/?kind=corrections") == told("/corrections/") == entries(action="amend")
    # Unasked, what readers follow: no source, party or topic.
    news = told("/changes/")
    assert set(news) == {*verdicts, *pledges, *entries(record_type="summit")} < set(entries())
    counts = dict(
        re.findall(
            r"(News|Verdicts|Everything) <span class=\"count\">(\d+)",
            read("/changes/?kind=pledges"),
        )
    )
    assert counts == {"News": str(len(news)), "Verdicts": "2", "Everything": str(len(entries()))}


@on_the_same_record(
    "query, ours",
    [("party=japan", 1), ("summit=tokyo-2025", 1), ("topic=defence", 1), ("party=france", 0)],
)
def test_what_is_about_a_record_can_be_told_alone(told, two_months, query, ours):
    kept = entries(record_type="pledge", record_slug="ours" if ours else "theirs")
    assert told(f"/changes/?kind=pledges&{query}") == kept
    assert told(f"/changes/?kind=verdicts&month=2026-10&{query}") == []
    assert len(told(f"/changes/?kind=verdicts&month=2026-11&{query}")) == 1
    assert bool(told(f"/corrections/?month=2026-11&{query}")) is not bool(ours)


def test_several_records_are_all_asked_for(told, two_months):
    assert told("/changes/?party=japan&topic=defence&summit=tokyo-2025&kind=pledges") == entries(
        record_slug="ours"
    )
    assert told("/changes/?party=france&topic=defence&kind=all") == []


def test_the_feed_of_what_is_followed_is_offered(read, two_months):
    text = read("/changes/?party=japan&summit=tokyo-2025")
    assert (
        text.count('href="/feeds/parties/japan.atom"')
        == text.count('href="/feeds/summits/tokyo-2025.atom"')
        == 2
    )


def test_a_draft_finds_as_little_as_what_never_was(
    client, two_months, make_party, make_summit, make_topic
):
    for name, make in (("party", make_party), ("summit", make_summit), ("topic", make_topic)):
        make("hidden-row", state="draft")
        hidden, never = (
            client.get("/changes/", {name: slug}).html() for slug in ("hidden-row", "never-made")
        )
        assert "Nothing in the ledger fits." in never
        assert hidden.replace("hidden-row", "never-made") == never


@pytest.mark.parametrize(
    "address, sentence",
    [
        ("/changes/?month=2026-13", "“month”: Give a month from 1900 to 2199, as 2026-11."),
        ("/corrections/?month=november", "“month”: Give a month from 1900 to 2199, as 2026-11."),
        ("/changes/?month=2026-11-01", "“month”: Give a month from 1900 to 2199, as 2026-11."),
        (
            "/changes/?kind=gossip",
            "“kind”: Give one of: news, verdicts, pledges, corrections, all.",
        ),
        ("/changes/?party=two+words", "“party”: Use lower-case letters"),
    ],
)
def test_a_bad_value_is_refused_in_words(client, db, address, sentence):
    response = client.get(address)
    assert response.status_code == 400
    assert sentence in response.html()


def test_verdicts_on_one_pledge_are_told_together_and_each_entry_is_there(
    read, told, japan, make_party, make_pledge, make_assessment
):
    pledge = make_pledge(
        "ours", title="Two per cent", parties=[japan, make_party("france"), make_party("italy")]
    )
    for party, status in (("italy", "met"), ("france", "not_met"), ("japan", "met")):
        make_assessment(pledge.undertakings.get(party__slug=party), status)
    text = read("/changes/?kind=verdicts")
    assert text.count(">Two per cent</a>, as of <time") == 1
    seqs = entries(record_type="assessment")
    assert f"3 ledger entries, from {seqs[2]} to {seqs[0]}" in text
    # By status, the parties by name whichever was entered first; each still has its place.
    assert told("/changes/?kind=verdicts") == [seqs[2], seqs[0], seqs[1]]


@pytest.mark.parametrize(
    "most, pages",
    [
        pytest.param(2, [[6], [5, 4, 3, 2, 1]], id="the break is moved before them"),
        pytest.param(1, [[6, 5, 4], [3, 2, 1]], id="too many of them are parted"),
    ],
)
def test_no_page_break_parts_verdicts_told_together(
    told, monkeypatch, japan, make_party, make_pledge, make_assessment, most, pages
):
    monkeypatch.setattr("commitments.pages.paging.PAGE_SIZE", 3)
    monkeypatch.setattr("commitments.pages.diary.MOST_MOVED", most)
    for slug, owing in (
        ("first", ["chad", "mali"]),
        ("second", ["italy", "canada", "spain"]),
        ("third", ["cuba"]),
    ):
        pledge = make_pledge(slug, parties=[make_party(party) for party in owing])
        for undertaking in pledge.undertakings.all():
            make_assessment(undertaking, "met")
    place = {
        seq: number for number, seq in enumerate(entries(record_type="assessment")[::-1], start=1)
    }
    shown = [
        [place[seq] for seq in told(f"/changes/?kind=verdicts&page={page}")] for page in (1, 2)
    ]
    assert [sorted(page, reverse=True) for page in shown] == pages


def test_a_note_that_a_whole_day_shares_is_said_once(read, reviewer, make_topic):
    for slug in ("one", "two"):
        withdraw(make_topic(slug), by=reviewer, note="Entered twice.")
    assert read("/corrections/").count("Entered twice.") == 1
    withdraw(make_topic("three"), by=reviewer, note="Never meant.")
    assert read("/corrections/").count("Entered twice.") == 2


def test_the_front_page_leads_to_this_month(read, two_months):
    assert 'href="/changes/?month=2026-11">What changed this month</a>' in read("/")
