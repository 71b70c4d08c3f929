"""Two parties or two summits side by side: each number with its parts, and nothing that is not
public.
"""

import re
from datetime import date

import pytest

from commitments.models import Participation, Undertaking
from tests.fixtures.canaries import CANARY
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.shared import shared
from tests.pages.test_languages import english_in

pytestmark = pytest.mark.django_db
PARTIES = "/compare/?party=japan&party=united-states"
SUMMITS = "/compare/?summit=tokyo-2025&summit=paris-2026"
EARLIER, LATER = date(2025, 10, 28), date(2026, 4, 21)


def words(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).replace(" ,", ",")


def rows_of(text, section):
    """Return the rows of the table in the section with this id, as lists of words by cell."""
    text = text[text.index(f'id="{section}"') :]
    table = text[: text.index("</section>")]
    table = re.sub(
        r'<span class="of">.*?</span>', "", table[table.index("<tbody>") : table.index("</tbody>")]
    )
    return [
        [words(cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        for row in re.findall(r"<tr>(.*?)</tr>", table, re.S)
    ]


@shared
def united_states(make_party):
    return make_party("united-states")


@shared
def two(
    japan, united_states, make_pledge, make_assessment, make_summit, make_topic, make_outside_report
):
    """Tokyo: both owe one pledge on defence; Paris, later: Japan owes one on trade. Each judged by
    its own.
    """
    tokyo = make_summit()
    paris = make_summit("paris-2026", starts_on=LATER, ends_on=LATER)
    shared = make_pledge(
        "shared", summit=tokyo, parties=[japan, united_states], topics=[make_topic()]
    )
    alone = make_pledge(
        "alone", summit=paris, parties=[japan], made_on=LATER, topics=[make_topic("trade")]
    )
    ours, theirs = (shared.undertakings.get(party=party) for party in (japan, united_states))
    make_assessment(ours, "met", as_of=date(2025, 12, 2))
    make_assessment(theirs, "not_met", as_of=date(2025, 12, 2))
    make_outside_report("watch", (alone.undertakings.get(), "partly_met"))
    return shared, alone


def test_two_parties_stand_side_by_side_by_topic(read, two):
    text = read(PARTIES)
    assert "<h1>Japan and United States</h1>" in text
    assert rows_of(text, "ours") == [
        [
            "Defence",
            "1 Met 1 of 1 scored too few to average",
            "1 Not met 1 of 1 scored too few to average",
        ],
        ["Trade", "+1 by others alone", "– owes nothing here"],
    ]
    totals = words(text[text.index('class="pair"') : text.index("By topic")])
    assert "Japan 1 Met 1 of 1 scored" in totals
    assert "United States 1 Not met 1 of 1 scored" in totals
    assert "With fewer than five scored no mean is shown" in text


def test_a_mean_is_shown_from_five_scored_verdicts_on(
    read, japan, united_states, make_pledge, make_assessment
):
    for number, status in enumerate(["met", "met", "met", "not_met", "met"]):
        assert "of 100" not in read(PARTIES)
        pledge = make_pledge(f"pledge-{number}", parties=[japan, united_states])
        make_assessment(pledge.undertakings.get(party=japan), status)
    assert "5 of 5 scored · Mean score 0.60 (80 of 100)" in words(read(PARTIES))


def test_the_pledges_both_owe_show_the_two_verdicts_in_the_order_of_the_heads(
    read, two, make_pledge, united_states
):
    make_pledge("theirs", parties=[united_states])
    exempt = make_pledge(
        "exempt", parties=[united_states, two[0].stated_by], made_on=date(2024, 1, 1)
    )
    Undertaking.objects.filter(pledge=exempt, party=united_states).update(
        exempt_reason="No forces."
    )
    assert rows_of(read(PARTIES), "shared") == [
        ["Shared Tokyo 2025, 28 October 2025", "Met", "Not met"],
        ["Exempt A speech, 1 January 2024", "Not looked at yet", "exempt"],
    ]
    assert 'href="/pledges/shared/#shared--united-states"' in read(PARTIES)


def test_two_parties_without_a_pledge_in_common_are_told_so(
    read, japan, united_states, make_pledge
):
    make_pledge()
    text = read(PARTIES)
    assert "No published pledge is owed by both." in text
    assert "It owes no published pledge." in text


def test_what_one_owes_alone_of_summits_where_both_were_stands_in_its_column(
    read, japan, united_states, make_pledge, make_summit, monkeypatch
):
    kinds = {"tokyo": "bilateral", "g7": "multilateral"}
    tokyo, g7 = (
        make_summit(slug, kind=kind, parties=[japan, united_states]) for slug, kind in kinds.items()
    )
    make_pledge("newer", summit=g7, parties=[japan], made_on=LATER)
    make_pledge("older", summit=tokyo, parties=[japan], made_on=EARLIER)
    make_pledge("both", summit=tokyo, parties=[japan, united_states])
    make_pledge("elsewhere", summit=make_summit("apart", parties=[japan]), parties=[japan])
    make_pledge("speech", parties=[japan])

    def column():
        text = read(PARTIES)
        text = text[text.index('id="each"') : text.index('id="outside"')]
        assert "It made none by itself." in text[text.index("<h3>United States</h3>") :]
        return re.findall(r'<h4><a href="/pledges/([^"]+)/"', text), words(text)

    # The bilateral one first, though it is older.
    assert column()[0] == ["older", "newer"]
    assert "Everything it owes" not in column()[1]
    monkeypatch.setattr("commitments.pages.comparisons.MOST_EACH", 1)
    assert column()[0] == ["older"]
    assert "1 of 2 are shown. Everything it owes" in column()[1]
    then = read(f"{PARTIES}&as_of={EARLIER}")
    assert "/pledges/older/?as_of=" in then and "/pledges/newer/" not in then


def test_what_others_judged_stands_apart(read, two):
    ours, theirs = read(PARTIES).split("Verdicts of others, not ours")
    assert "Partly met" not in ours
    assert "Watch Assessor" not in ours
    assert rows_of(f'id="outside"{theirs}', "outside") == [
        ["Watch Assessor", "1 Partly met 1 of 1 scored too few to average", "not covered"]
    ]


def test_an_outside_verdict_on_a_shared_pledge_is_labelled(
    read, japan, united_states, make_pledge, make_outside_report
):
    shared = make_pledge("shared", parties=[japan, united_states])
    make_outside_report("watch", (shared.undertakings.get(party=japan), "met"))
    text = read(PARTIES)
    assert rows_of(text, "shared")[0][1:] == ["Met by an outside assessor", "Not looked at yet"]
    assert rows_of(text, "outside") == [
        ["Watch Assessor", "1 Met 1 of 1 scored too few to average", "not covered"]
    ]


def test_two_summits_stand_side_by_side_with_the_parties_of_both(
    read, two, japan, united_states, make_party, make_summit
):
    canada, tokyo, paris = make_party("canada"), two[0].summit, two[1].summit
    for summit in (tokyo, paris):
        Participation.objects.create(summit=summit, party=canada)
    # There, without owing anything; it owes something from the other.
    Participation.objects.create(summit=paris, party=united_states)
    Participation.objects.create(summit=tokyo, party=make_party("france"))
    text = read(SUMMITS)
    assert "<h1>Tokyo 2025 and Paris 2026</h1>" in text
    assert rows_of(text, "ours") == [
        ["Defence", "1 Met, 1 Not met 2 of 2 scored too few to average", "– none"],
        ["Trade", "– none", "+1 by others alone"],
    ]
    assert rows_of(text, "shared") == [
        ["Canada", "– owes nothing here", "– owes nothing here"],
        ["Japan", "1 Met 1 of 1 scored", "+1 by others alone"],
        ["United States", "1 Not met 1 of 1 scored", "– owes nothing here"],
    ]
    assert "Watch Assessor" in text


def test_two_summits_without_a_party_in_common_are_told_so(read, make_summit, make_pledge):
    make_pledge(summit=make_summit())
    make_summit("paris-2026")
    text = read(SUMMITS)
    assert "No party took part in both or owes what was pledged at both." in text
    assert "No pledge made here is published yet." in text


@pytest.mark.parametrize(
    "address, turned",
    [
        (PARTIES, "/compare/?party=united-states&party=japan"),
        (SUMMITS, "/compare/?summit=paris-2026&summit=tokyo-2025"),
    ],
)
def test_a_comparison_is_one_page_in_whatever_order_it_is_asked_for(client, two, address, turned):
    first, second = client.get(address), client.get(turned)
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    assert client.get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    assert first.headers["ETag"] not in {
        client.get(each).headers["ETag"] for each in ("/compare/", f"{address}&page=1")
    }


def test_it_looks_back(client, read, two):
    text = read(f"{PARTIES}&as_of=2025-12-01")
    assert "You are looking at <b>" in text
    assert rows_of(text, "ours") == [
        ["Defence", "1 Not assessed 0 of 1 scored", "1 Not assessed 0 of 1 scored"]
    ]
    assert rows_of(text, "shared")[0][1:] == ["Not assessed", "Not assessed"]
    assert rows_of(read(f"{PARTIES}&as_of=2025-12-02"), "shared")[0][1:] == ["Met", "Not met"]
    content = text[text.index("<main") : text.index("</main")]
    links = re.findall(r'<a href="(/[^"]*)"', content)
    back = '<a href="/compare/?party=japan&amp;party=united-states">Back to today</a>'
    assert back in content
    without = [link for link in links if "as_of=2025-12-01" not in link]
    # “Back to today”, the changes and the method, which are of every day.
    assert set(without) == {
        "/compare/?party=japan&amp;party=united-states",
        "/changes/",
        "/methodology/",
    }
    assert '<input type="hidden" name="as_of" value="2025-12-01">' in content
    assert "this summit had not begun" in read(f"{SUMMITS}&as_of=2026-04-20")
    assert "<h1>Tokyo 2025 and Paris 2026</h1>" in read(f"{SUMMITS}&as_of=2026-04-21")
    assert client.get(f"{PARTIES}&as_of=2199-01-01").status_code == 400


def test_with_none_chosen_it_offers_both_kinds(read, two, make_party):
    make_party("nauru")
    text = read("/compare/")
    assert re.findall(r'<select id="([^"]+)" name="([^"]+)"', text) == [
        ("first-party", "party"), ("second-party", "party"), ("first-summit", "summit"), ("second-summit", "summit")
    ]  # fmt: skip
    assert re.findall(r'<option value="([^"]+)"', text) == 2 * ["japan", "united-states"] + 2 * [
        "tokyo-2025",
        "paris-2026",
    ]
    assert read("/compare/?party=&party=") == text


@on_the_same_record("query", ["party=japan", "party=japan&party=", "party=japan&party=japan"])
def test_with_one_chosen_it_asks_for_the_second(read, two, query):
    text = read(f"/compare/?{query}")
    assert "<b>Japan</b> is chosen. Choose a second party to compare it with." in text
    assert text.count(" selected>") == 1
    assert "first-summit" not in text


@on_the_same_record(
    "query, sentence",
    [
        ("party=Two+Words", "“party”: Use lower-case letters"),
        ("party=japan&party=%20", "“party”: Use lower-case letters"),
        (f"party={'a' * 161}", "at most 160 characters"),
        ("party=japan&summit=tokyo-2025", "Give two parties or two summits"),
        ("party=a&party=b&party=c", "Give two parties or two summits"),
        ("party=japan&party=united-states&page=two", "“page” must be a whole number"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(client, two, query, sentence):
    response = client.get(f"/compare/?{query}")
    assert response.status_code == 400
    assert sentence in response.html()


def test_a_record_that_nobody_knows_is_named_in_words(client, two):
    response = client.get("/compare/?party=japan&party=atlantis")
    assert response.status_code == 404
    text = response.html()
    assert "No published party is called “atlantis”." in text
    assert "<b>Japan</b> is chosen." in text
    assert "ETag" not in response.headers
    assert 'rel="canonical"' not in text
    assert (
        "No published summit is called “atlantis”."
        in client.get("/compare/?summit=atlantis").html()
    )


@on_the_same_record("kind, other", [("party", "japan"), ("summit", "tokyo-2025")])
def test_a_hidden_record_answers_as_one_that_never_existed(client, hidden_record, kind, other):
    def answer(slug):
        response = client.get("/compare/", {kind: [other, slug]})
        return response.status_code, response.html().replace(slug, "(asked)")

    drafts = [slug for slug in hidden_record if kind in slug]
    assert len(drafts) >= 3
    for slug in drafts:
        assert answer(slug) == answer("zzz-never-existed")


def test_nothing_hidden_is_compared(
    client, read, hidden_record, public_record, make_party, make_summit, make_pledge
):
    japan, united_states = public_record["japan"], make_party("united-states")
    make_pledge(
        "both", parties=[japan, united_states], summit=make_summit("paris-2026", parties=[japan])
    )
    for address in (PARTIES, SUMMITS, "/compare/"):
        for asked in (address, f"{address}{'&' if '?' in address else '?'}as_of={date.today()}"):
            assert CANARY not in read(asked)


@on_the_same_record("address", ["/compare/", "/compare/?party=japan", PARTIES, SUMMITS])
def test_in_japanese_nothing_is_left_in_english(client, two, address):
    response = client.get(f"/ja{address}")
    assert response.status_code == 200
    assert english_in(response.html()) == []


def test_parties_summits_and_the_scoreboard_lead_here(read, two):
    assert 'href="/compare/?party=japan"' in read("/parties/japan/")
    assert 'href="/compare/?party=japan&as_of=2025-12-01"' in read(
        "/parties/japan/?as_of=2025-12-01"
    ).replace("&amp;", "&")
    assert 'href="/compare/?summit=tokyo-2025"' in read("/summits/tokyo-2025/")
    assert 'href="/compare/"' in read("/scoreboard/")
