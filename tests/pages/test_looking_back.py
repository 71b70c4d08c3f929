"""Lists and records as of a day: what was there by then, with the verdicts of then."""

import csv
import re
from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone

from commitments import models
from commitments.ledger.freshness import read_head
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.records import withdraw
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db
SUMMIT_DAY, JUDGED, DUE, LATER = (
    date(2025, 10, 28), date(2025, 12, 2), date(2026, 3, 31), date(2026, 4, 21),
)  # fmt: skip
DAY = timedelta(days=1)
# Every page that looks back, of the record that `story` makes.
PAGES = [
    "/summits/", "/summits/tokyo-2025/", "/summits/tokyo-2025/matrix.csv", "/pledges/", "/pledges/promise/",
    "/leaders/", "/leaders/sanae-takaichi/", "/parties/", "/parties/japan/", "/topics/", "/topics/defence/",
]  # fmt: skip
# These name every status in their key, or none.
OTHERS = ["/scoreboard/", "/compare/", "/indicators/", "/indicators/share/"]
ELSEWHERE = [
    "/",
    "/calendar/",
    "/changes/",
    "/corrections/",
    "/ledger/",
    "/methodology/",
    "/about/",
    "/data/",
]
ELSEWHERE += ["/pledges/promise/at/{head}/"]


@shared
def story(
    make_summit, make_leader, make_topic, make_pledge, make_assessment, make_party, settle, japan
):
    """Tokyo, October 2025: judged on track in December, off track in April; a second summit and
    pledge follow.
    """
    terms = [
        {
            "party": japan,
            "office": "Minister",
            "starts_on": date(2022, 1, 1),
            "ends_on": date(2024, 1, 1),
        },
        {"party": japan, "office": "Prime Minister", "starts_on": date(2025, 10, 21)},
    ]
    leader, france = make_leader(tenures=terms), make_party("france")
    summit = make_summit(state="draft", parties=[france])
    models.Participation.objects.create(summit=summit, party=japan, leader=leader)
    settle(summit)
    about = {"stated_by_leader": leader, "topics": [make_topic()]}
    pledge = make_pledge("promise", summit=summit, parties=[japan, france], made_on=SUMMIT_DAY, deadline=DUE,
                         deadline_precision="day", **about)  # fmt: skip
    pledge.undertakings.filter(party=france).update(exempt_reason="It left.")
    make_assessment(pledge.undertakings.get(party=japan), "on_track", as_of=JUDGED)
    make_assessment(pledge.undertakings.get(party=japan), "off_track", as_of=LATER)
    second = make_summit("paris-2026", state="draft", starts_on=LATER, ends_on=LATER)
    models.Participation.objects.create(summit=second, party=japan, leader=leader)
    settle(second)
    make_pledge("second", summit=second, parties=[japan], made_on=LATER, **about)
    indicator = settle(models.Indicator.objects.create(slug="share", name="Share", unit="%", definition="Of GDP.",
                                                       publisher="Office", frequency="annual"))  # fmt: skip
    for day, value in ((JUDGED, "1.8"), (LATER, "2.0")):
        release = models.Release.objects.create(
            slug=f"share-{day}", indicator=indicator, released_on=day, title="Table"
        )
        models.Observation.objects.create(release=release, party=japan, period_start=date(2025, 1, 1),
                                          period_end=date(2025, 12, 31), value=value, decimals=1,
                                          kind="estimate")  # fmt: skip
        settle(release)


@pytest.fixture
def seen(client, story):
    """Return the text of a page as of a day, without its tags."""

    def seen(address, day):
        response = client.get(f"{address}{'&' if '?' in address else '?'}as_of={day}")
        assert response.status_code == 200, address
        text = response.html()
        assert "You are looking at <b>" in text, address
        return " ".join(re.sub(r"<[^>]+>", " ", text[text.index("<main") :]).split())

    return seen


def test_each_page_shows_the_verdict_of_the_day(seen, subtests):
    for address in [
        address for address in PAGES if "matrix" not in address and address != "/leaders/"
    ]:
        with subtests.test(address):
            shown = {day: seen(address, day) for day in (JUDGED - DAY, JUDGED, LATER - DAY, LATER)}
            # The filters name every status, in a form before the results.
            shown = {
                day: text.partition(" pledge ")[2] if address == "/pledges/" else text
                for day, text in shown.items()
            }
            assert "On track" not in shown[JUDGED - DAY] and "Not due yet" in shown[JUDGED - DAY]
            assert "On track" in shown[JUDGED] and "Not due yet" not in shown[JUDGED]
            # The deadline has passed by then: it is told as the last verdict, and no more.
            late = shown[LATER - DAY].lower()
            assert "overdue" in late and "off track" not in late
            assert "Overdue" in seen(address, LATER)


def test_a_page_offers_another_day_and_the_way_back(client, story, subtests):
    for address in [address for address in PAGES + OTHERS if "matrix" not in address]:
        with subtests.test(address):
            text = client.get(address, {"as_of": str(JUDGED), "utm_source": "mail"}).html()
            assert f'<a href="{address}">Back to today</a>' in text
            assert f'name="as_of" required value="{JUDGED}"' in text
            assert f'rel="canonical" href="http://127.0.0.1:8000{address}?as_of={JUDGED}"' in text
            now = client.get(address)
            assert "You are looking at" not in now.html()
            assert "<summary>As of today" in now.html()
            assert "as_of=" not in now.html()


def test_each_day_has_an_etag_of_its_own(client, story, subtests):
    for address in PAGES + OTHERS:
        with subtests.test(address):
            tags = {
                client.get(address, query).headers["ETag"]
                for query in ({}, {"as_of": JUDGED}, {"as_of": LATER})
            }
            assert len(tags) == 3
            again = client.get(
                address, {"as_of": JUDGED}, headers={"if-none-match": ", ".join(tags)}
            )
            assert again.status_code == 304


def test_a_day_that_cannot_be_looked_back_at_is_refused(client, story, subtests):
    for address, day in product(
        PAGES + OTHERS, ["2025-13-01", "20251201", str(timezone.now().date() + 2 * DAY)]
    ):
        with subtests.test(f"{address} {day}"):
            response = client.get(address, {"as_of": day})
            assert response.status_code == 400
            assert "“as_of”" in response.html()


def test_elsewhere_looking_back_is_refused_in_words(client, story, subtests):
    for address in ELSEWHERE:
        with subtests.test(address):
            address = address.format(head=read_head())
            tag = client.get(address).headers["ETag"]
            for headers in ({}, {"if-none-match": tag}):
                response = client.get(address, {"as_of": "2025-12-02"}, headers=headers)
                assert response.status_code == 400
                assert "This page cannot look back" in response.html()
            assert client.get(address, {"as_of": ""}).status_code == 200


def test_where_a_day_might_be_asked_for_in_vain_the_page_says_so(client, story, subtests):
    for address in [
        "/",
        "/calendar/",
        "/calendar/?when=undated",
        "/changes/",
        "/corrections/",
        "/ledger/",
    ]:
        with subtests.test(address):
            text = client.get(address).html()
            assert text.count("This page shows today alone.") == 1
            assert '<form action="/pledges/">' in text and "<summary>As of today" not in text
            assert "現在の内容のみ：" in client.get(f"/ja{address}").html()
    for address in ["/summits/", "/pledges/promise/", "/scoreboard/"]:
        assert "Current only" not in client.get(address).html()


def test_lists_hold_what_was_there_by_that_day(seen):
    for address in ("/summits/", "/pledges/"):
        assert "Paris 2026" not in seen(address, LATER - DAY)
        assert "Paris 2026" in seen(address, LATER)
    assert "No published summit fits." in seen("/summits/", SUMMIT_DAY - DAY)
    assert "1 summit, newest first" in seen("/summits/?view=list", SUMMIT_DAY)
    assert "No party" in seen("/parties/", SUMMIT_DAY - DAY)
    assert "Japan" in seen("/parties/", SUMMIT_DAY)
    assert "It owes no published pledge." in seen("/parties/japan/", SUMMIT_DAY - DAY)
    assert "No pledge on this topic" in seen("/topics/defence/", SUMMIT_DAY - DAY)


def test_people_are_shown_with_the_offices_they_had_held(seen):
    for address in ("/leaders/", "/leaders/sanae-takaichi/", "/parties/japan/"):
        before, after = seen(address, date(2025, 10, 20)), seen(address, date(2025, 10, 21))
        assert "Minister" in before and "Prime Minister" not in before
        assert "Prime Minister" in after
        assert "since 1 January 2022" in seen(address, date(2023, 12, 31))
        assert "since 1 January 2022" not in before and "1 January 2024" in before
    assert "No leader is published yet." in seen("/leaders/", date(2021, 12, 31))
    assert "Paris" not in seen("/leaders/sanae-takaichi/", LATER - DAY)
    assert "Paris" in seen("/leaders/sanae-takaichi/", LATER)


def test_members_are_shown_once_their_time_had_begun(seen, settle, make_party, japan):
    bloc = make_party("nordics", kind="bloc", state="draft")
    models.Membership.objects.create(bloc=bloc, member=japan, starts_on=JUDGED, ends_on=LATER)
    settle(bloc)
    assert "Nordics" not in seen("/parties/japan/", JUDGED - DAY)
    assert "Nordics" in seen("/parties/japan/", JUDGED)
    assert "Members" not in seen("/parties/nordics/", JUDGED - DAY)
    assert "Members" in seen("/parties/nordics/", JUDGED)
    for address in ("/parties/japan/", "/parties/nordics/"):
        assert "since 2 December 2025" in seen(address, LATER - DAY)
        assert "since 2 December 2025" not in seen(address, LATER)


@pytest.mark.parametrize(
    "address, day, sentence",
    [
        (
            "/summits/paris-2026/",
            LATER - DAY,
            "this summit had not begun. Its first day was 21 April 2026",
        ),
        (
            "/pledges/second/",
            LATER - DAY,
            "this pledge had not been made. It was made on 21 April 2026",
        ),
        (
            "/leaders/sanae-takaichi/",
            date(2021, 12, 31),
            "none of the offices recorded here had begun",
        ),
    ],
)
def test_before_it_was_there_a_record_says_not_yet(seen, address, day, sentence):
    assert sentence in seen(address, day)
    assert sentence not in seen(address, day + DAY)


@on_the_same_record("address", ["/summits/{}/", "/pledges/{}/", "/leaders/{}/", "/parties/{}/"])
def test_a_draft_is_not_even_not_yet(
    client, story, make_summit, make_pledge, make_leader, make_party, address
):
    for make in (make_summit, make_pledge, make_leader, make_party):
        make("hidden", state="draft")
    responses = [
        client.get(address.format(slug), {"as_of": "1950-01-01"}) for slug in ("hidden", "nothing")
    ]
    assert [response.status_code for response in responses] == [404, 404]
    assert responses[0].content == responses[1].content


@on_the_same_record(
    "query, day, found",
    [
        ("status=not_assessed", JUDGED - DAY, 1),
        ("status=not_assessed", JUDGED, 0),
        ("status=on_track&party=japan", JUDGED, 1),
        ("status=on_track&party=france", JUDGED, 0),
        ("status=on_track", LATER, 0),
        ("status=off_track&status=not_assessed", LATER, 2),
        ("overdue=true", DUE, 0),
        ("overdue=true", DUE + DAY, 1),
        ("overdue=false", DUE + DAY, 0),
        ("overdue=false&party=france", DUE + DAY, 1),
        ("party=france&status=not_assessed", JUDGED, 0),
    ],
)
def test_filters_ask_about_the_day(seen, query, day, found):
    assert f"{found} pledge{'' if found == 1 else 's'} " in seen(f"/pledges/?{query}", day)


def test_the_tally_of_a_summit_is_of_the_day(seen):
    text = seen("/summits/tokyo-2025/", JUDGED - DAY)
    assert "1 Not due yet 1 exempt, counted apart" in text
    assert "1 On track 1 exempt, counted apart" in seen("/summits/tokyo-2025/", JUDGED)


def test_the_matrix_as_csv_is_of_the_day(client, story):
    response = client.get("/summits/tokyo-2025/matrix.csv", {"as_of": str(JUDGED)})
    assert (
        response.headers["Content-Disposition"]
        == f'attachment; filename="tokyo-2025-as-of-{JUDGED}.csv"'
    )
    rows = {row["party"]: row for row in csv.DictReader(response.html().splitlines())}
    judged = [rows["japan"][name] for name in ("status", "as_of", "checked_on")]
    assert judged == ["on_track", str(JUDGED), str(JUDGED)]
    assert (rows["france"]["status"], rows["france"]["exempt"]) == ("", "yes")
    before = client.get("/summits/tokyo-2025/matrix.csv", {"as_of": str(SUMMIT_DAY - DAY)}).html()
    assert len(before.splitlines()) == 1


def test_a_withdrawn_verdict_never_was(seen, administrator, reviewer):

    withdraw(models.Assessment.objects.get(status="off_track"), by=reviewer, note="A wrong figure.")
    assert "last judged on track" in seen("/parties/japan/", LATER)


@pytest.mark.once
def test_every_link_to_a_page_that_looks_back_keeps_the_day(client, story, subtests):
    for address in PAGES + OTHERS:
        with subtests.test(address):
            text = client.get(address, {"as_of": str(JUDGED)}).html()
            # With the sections above and below, some of which cannot look back and are not among
            # these.
            content = text[text.find("<body") :].replace("&amp;", "&")
            own = re.findall(
                r'href="(/(?:summits|pledges|leaders|parties|topics|indicators|scoreboard|compare)/[^"]*)"',
                content,
            )
            # A calendar to subscribe to is of every day.
            without = [
                link for link in own if f"as_of={JUDGED}" not in link and not link.endswith(".ics")
            ]
            # “Back to today”, and on a list with filters the same as “remove”.
            assert set(without) <= {address}
            for link in own:
                assert client.get(link.partition("#")[0]).status_code == 200, link


@on_the_same_record("day", [None, JUDGED])
def test_the_day_is_asked_above_the_content_with_a_word_on_what_it_shows(
    client, story, subtests, day
):
    for address in [address for address in PAGES + OTHERS if "matrix" not in address] + (
        [] if day else ["/"]
    ):
        with subtests.test(address):
            text = client.get(address, {"as_of": str(day)} if day else {}).html()
            above = text[text.index("<main") : text.index("<h1")]
            assert above.count('<details class="looking-back">') == 1
            assert "What the site itself had published by then is under" in above
            assert ("You are looking at" in above) == bool(day)


def test_forms_and_neighbouring_pages_keep_the_day_and_the_filters(
    client, story, make_topic, make_pledge
):
    for number in range(60):
        make_pledge(f"more-{number}", state="draft", made_on=SUMMIT_DAY)
    models.Pledge.objects.filter(slug__startswith="more-").update(state="published")
    text = client.get("/pledges/?party=japan&as_of=2025-12-02&page=2").html()
    assert f'<input type="hidden" name="as_of" value="{JUDGED}">' in text
    assert '<input type="hidden" name="party" value="japan">' in text
    assert 'href="/pledges/?party=japan">Back to today' in text
    assert 'rel="prev" href="?as_of=2025-12-02&amp;party=japan&amp;page=1"' in text


def test_looking_back_writes_nothing(seen):
    for address in PAGES:
        if "matrix" not in address:
            seen(address, JUDGED)
    assert set(models.Undertaking.objects.values_list("shown_status", flat=True)) == {
        "off_track",
        "",
    }


def test_the_scoreboard_counts_the_verdicts_of_the_day(seen):
    def counted(day):
        row = seen("/scoreboard/", day).partition("Mean score")[2]
        return [
            status
            for status in ("Overdue", "On track", "Off track", "Not due yet", "Not assessed")
            if status in row
        ]

    assert counted(JUDGED - DAY) == ["Not due yet"]
    assert counted(JUDGED) == ["On track"]
    # By then its day had passed, and it had been judged off track.
    assert counted(LATER) == ["Overdue", "Not assessed"]


def test_an_indicator_shows_what_had_been_released(seen, client):
    before, after = seen("/indicators/share/", LATER - DAY), seen("/indicators/share/", LATER)
    assert "1.8" in before and "2.0" not in before
    assert "2.0" in after
    assert "1 release" in seen("/indicators/", LATER - DAY) and "2 releases" in seen(
        "/indicators/", LATER
    )
    file = client.get("/indicators/share/series.csv", {"as_of": str(LATER - DAY)})
    assert (
        b",1.8," in b"".join(file) and f"as-of-{LATER - DAY}" in file.headers["Content-Disposition"]
    )
