"""The page of a source: its sentences, the pledges that track each, and what rests on it."""

import re
from datetime import date

import pytest

from commitments import models
from tests.fixtures.records import amend
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db


def words(text):
    return " ".join(re.sub(r"<[^>]+>|\u2060", " ", text).split())


@shared
def article(make_source, make_pledge, make_summit, settle):
    """A full reading: one sentence leads to two pledges and a draft, one to none."""
    summit = make_summit()
    article = make_source("article", title="What they agreed", issued_at=summit, state="draft")
    both = article.statements.create(quote="They reaffirmed the July agreement.", locator="Line 5")
    article.statements.create(
        quote="He was proposed for the Nobel prize.", not_tracked_reason="No pledge of a state."
    )
    tracking = [make_pledge(slug, summit=summit) for slug in ("tariffs", "investment")]
    both.pledges.set([*tracking, make_pledge("draft", summit=summit, state="draft")])
    return settle(article)


def list_statements(text):
    listed = re.search(r'<ul class="statements">.*?</ul>', text, re.DOTALL)[0]
    return re.findall(r"<li>.*?</li>", listed, re.DOTALL)


def test_a_sentence_leads_to_every_pledge_that_tracks_it(read, article):
    both, _untracked = list_statements(read("/sources/article/"))
    assert re.findall('href="([^"]+)"', both) == ["/pledges/investment/", "/pledges/tariffs/"]
    assert words(both) == (
        "They reaffirmed the July agreement. Line 5 Tracked as: Investment · Tariffs"
    )


def test_a_sentence_that_no_pledge_tracks_says_why(read, article):
    _both, untracked = list_statements(read("/sources/article/"))
    assert words(untracked).endswith("Not tracked: No pledge of a state.")


def test_a_search_for_words_of_a_sentence_leads_there(read, article):
    link = '<a href="/sources/article/">What they agreed</a>'
    assert link in read("/pledges/?q=nobel")
    assert link in read("/pledges/?q=reaffirmed july agreement")
    past = read("/pledges/?q=nobel&as_of=2026-01-01")
    assert 'href="/sources/article/?as_of=2026-01-01"' in past


def test_only_sources_read_in_full_stand_beside_a_search(read, make_source):
    make_source("unread", title="The Nobel lecture")
    assert "/sources/" not in read("/pledges/?q=nobel")


def test_sources_come_after_all_else_beside_a_search(read, article, make_party):
    make_party("nobel", name="Nobel")
    text = read("/pledges/?q=nobel")
    assert text.index('href="/parties/nobel/"') < text.index('href="/sources/article/"')


def test_a_sentence_added_later_is_found(read, article, reviewer):
    article.statements.create(quote="They visited Yokosuka.", not_tracked_reason="No pledge.")
    assert "/sources/" not in read("/pledges/?q=yokosuka")
    amend(article, by=reviewer, note="Read again.")
    assert "/sources/article/" in read("/pledges/?q=yokosuka")


def test_the_summit_leads_to_the_reading(read, article):
    text = read("/summits/tokyo-2025/")
    assert 'href="/sources/article/#statements"' in text
    assert "Read sentence by sentence: 2 statements" in words(text)


def test_what_rests_on_it_is_listed(read, make_source, make_pledge, make_evidence):
    table = make_source("table")
    make_pledge("quoted", source=table)
    proven = make_pledge("proven")
    for _number in range(2):
        make_evidence(proven, source=table)
    make_evidence(make_pledge("unproven"), source=table, state="draft")
    text = read("/sources/table/")
    quoted, evidence = text.split('id="evidence"')
    assert 'href="/pledges/quoted/"' in quoted
    assert "/pledges/proven/" not in quoted
    assert "Proven 2 pieces of evidence" in words(evidence)
    assert "unproven" not in text


def test_words_in_another_language_count_as_quoted(read, make_source, make_pledge, settle):
    text = make_source("text")
    pledge = make_pledge("quoted", state="draft")
    for whose in ("authentic", "official"):
        pledge.quotes.create(text="約束", language="ja", whose=whose, source=text)
    settle(pledge)
    assert read("/sources/text/").count('href="/pledges/quoted/"') == 1


def test_it_looks_back(client, read, article, make_source):
    models.Pledge.objects.filter(slug="investment").update(made_on=date(2025, 12, 1))
    models.Summit.objects.update(ends_on=date(2025, 12, 2))
    both, _untracked = list_statements(read("/sources/article/?as_of=2025-11-01"))
    assert "investment" not in both
    assert "/pledges/tariffs/?as_of=2025-11-01" in both
    make_source("later", published_on=date(2026, 1, 5))
    text = words(client.get("/sources/later/", {"as_of": "2025-12-01"}).html())
    assert "On 1 December 2025 this source had not been published." in text
    assert "It was published on 5 January 2026" in text


def test_it_costs_the_same_with_many_rows(statements, make_source, make_pledge, make_evidence):
    def fill(slug, number):
        source = make_source(slug)
        for one in range(number):
            pledge = make_pledge(f"{slug}-{one}", source=source)
            make_evidence(pledge, source=source)
            source.statements.create(quote=f"Sentence {one}").pledges.add(pledge)
        return f"/sources/{slug}/"

    assert statements(fill("many", 9)) == statements(fill("few", 2)) <= 6
