"""“Not met, done later”: wherever the word for such a verdict stands, in both languages."""

from datetime import date

import pytest

from commitments import publishing
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.records import withdraw
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db


@shared
def late(make_summit, japan, make_pledge, make_assessment):
    """A verdict that a pledge of a summit was kept only in April 2026."""
    summit = make_summit(parties=[japan])
    pledge = make_pledge(
        "treaty", summit=summit, deadline=date(2026, 3, 31), deadline_precision="day"
    )
    return make_assessment(
        pledge.undertakings.get(),
        "not_met",
        "treaty-late",
        as_of=date(2026, 6, 1),
        late=True,
        done_on=date(2026, 4, 30),
        done_on_precision="month",
        cause="parliament",
        answer="It was signed a month late.",
        answer_ja="署名は一か月遅れた。",
    )


ENGLISH, JAPANESE = "Not met, done later (April 2026)", "未達成・期限後に実施（2026年4月）"


@on_the_same_record(
    "address, words",
    [
        ("/pledges/treaty/", ENGLISH),
        ("/ja/pledges/treaty/", JAPANESE),
        ("/pledges/", ENGLISH),
        ("/ja/pledges/", JAPANESE),
        ("/summits/tokyo-2025/", ENGLISH),
        ("/parties/japan/", ENGLISH),
        ("/changes/", ENGLISH),
        ("/ja/changes/", JAPANESE),
        ("/embed/pledges/treaty/", ENGLISH),
        ("/feeds/changes.atom", ENGLISH),
        ("/pledges/treaty/?as_of=2026-06-01", ENGLISH),
    ],
)
def test_it_is_said_where_a_verdict_stands(late, client, address, words):
    answer = client.get(address)
    assert answer.status_code == 200
    assert words in " ".join(answer.html().split())


def test_the_page_of_then_says_it_for_good(late, client, reviewer):
    entry = publishing.confirm(late, by=reviewer, note="Looked again.")
    withdraw(late, by=reviewer, note="Misread.")
    page = client.get(f"/pledges/treaty/at/{entry.seq}/").html()
    assert ENGLISH in " ".join(page.split())
    history = client.get("/pledges/treaty/").html()
    assert f"<span>{ENGLISH}</span></span></s>" in history


@on_the_same_record(
    "address, answer, cause",
    [
        ("/pledges/treaty/", "It was signed a month late.", "Why: parliament"),
        ("/ja/pledges/treaty/", "署名は一か月遅れた。", "要因：議会"),
    ],
)
def test_the_verdict_begins_with_its_answer_and_says_why(late, client, address, answer, cause):
    page = client.get(address).html()
    assert f'<span class="in-short">{answer}</span>' in page
    assert cause in page


def test_an_answer_without_a_translation_is_marked_as_english(late, client):
    type(late).objects.update(answer_ja="")
    page = client.get("/ja/pledges/treaty/").html()
    assert '<span class="in-short"><span lang="en">It was signed a month late.</span>' in page


def test_counts_say_how_many_were_done_later(late, client):
    for address in ("/scoreboard/", "/parties/japan/"):
        assert "1 of those not met done later" in client.get(address).html(), address


def test_the_files_have_it_in_columns_of_their_own(late, client):
    file = b"".join(client.get("/pledges.csv").streaming_content).decode()
    heading, row = [line.split(",") for line in file.splitlines()]
    cells = dict(zip(heading, row, strict=True))
    assert (cells["status"], cells["late"], cells["done_on"]) == ("not_met", "yes", "2026-04-30")
    assert (cells["done_on_precision"], cells["cause"]) == ("month", "parliament")


def test_the_list_can_be_narrowed_to_it(late, client, make_pledge):
    make_pledge("other")
    for query in ("late=yes", "cause=parliament", "late=yes&party=japan&status=not_met"):
        page = client.get(f"/pledges/?{query}").html()
        assert "/pledges/treaty/" in page and "/pledges/other/" not in page, query
