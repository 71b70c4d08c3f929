"""The list of pledges as the answer to a search: ranked, marked, capped, and with what else was
found.
"""

import re
from datetime import date

import pytest

from commitments import models
from commitments.pages.paging import Capped
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db

LOAN = "A &lt;b&gt;loan&lt;/b&gt;"


@shared
def rows(make_pledge, make_leader, make_summit):
    make_pledge("quote", title="A <b>loan</b>", quote="For rice & “steel” mills.")
    make_pledge(
        "title",
        title="Steel",
        title_ja="鋼鉄",
        summit=make_summit(name="Tokyo summit", name_ja="東京"),
    )
    make_leader(name="Sanae Takaichi", native_name="高市早苗")


def titles(text):
    return [
        re.sub("<[^>]+>", "", title)
        for title in re.findall(r'<h3><a href="/pledges/[^"]*">(.*?)</a></h3>', text)
    ]


def test_the_best_comes_first_and_words_found_are_marked(read, rows):
    text = read("/pledges/?q=steel")
    assert titles(text) == ["Steel", "A &lt;b&gt;loan&lt;/b&gt;"]
    assert "<mark>Steel</mark></a></h3>" in text
    assert '<p class="excerpt" lang="en">For rice &amp; “<mark>steel</mark>” mills.</p>' in text
    assert '<p class="excerpt" lang="ja"><mark>鋼鉄</mark></p>' in read("/pledges/?q=鋼鉄")


def test_the_part_shown_is_of_the_readers_language_if_it_can_be(read, make_pledge):
    make_pledge(
        "flights", title="Flights", title_ja="2回の飛行", explanation="There are to be 2 of them."
    )
    assert '<p class="excerpt" lang="en">There are to be <mark>2</mark> of them.</p>' in read(
        "/pledges/?q=2"
    )
    assert '<p class="excerpt" lang="ja"><mark>2</mark>回の飛行</p>' not in read("/pledges/?q=2")
    assert "<mark>2</mark>回の飛行" in read("/ja/pledges/?q=2")


def test_an_order_asked_for_goes_before_rank(read, rows):
    assert titles(read("/pledges/?q=steel&ordering=title")) == [
        "A &lt;b&gt;loan&lt;/b&gt;",
        "Steel",
    ]


def test_nothing_is_marked_without_a_search(read, rows):
    text = read("/pledges/?q=")
    assert "<mark>" not in text and "excerpt" not in text and "See also" not in text
    assert len(titles(text)) == 2


def test_what_else_was_found_is_linked(read, rows):
    assert '<a href="/leaders/sanae-takaichi/">Sanae Takaichi</a>' in read("/pledges/?q=高市")
    assert '<a href="/summits/tokyo-2025/">Tokyo summit</a>' in read("/pledges/?q=tokyo")
    assert "See also" not in read("/pledges/?q=steel")
    past = read("/pledges/?q=tokyo&as_of=2025-12-01")
    assert '<a href="/summits/tokyo-2025/?as_of=2025-12-01">Tokyo summit</a>' in past


def test_words_of_what_happened_at_a_summit_lead_to_its_page(read, make_summit):
    summary = "They spoke on the carrier George Washington in Yokosuka."
    make_summit(summary=summary, summary_ja="横須賀で空母を訪れた。")
    assert summary in read("/summits/tokyo-2025/")
    assert "横須賀で空母を訪れた。" in read("/ja/summits/tokyo-2025/")
    for question in ("yokosuka", '"george washington"', "横須賀"):
        assert '<a href="/summits/tokyo-2025/">' in read(f"/pledges/?q={question}"), question


def test_a_misspelt_leader_is_linked_and_the_right_search_offered(read, rows):
    text = read("/pledges/?q=Takaiichi+%26")
    assert 'Did you mean <a href="/pledges/?q=takaichi%20%26">takaichi &amp;</a>?' in text
    assert '<a href="/leaders/sanae-takaichi/">Sanae Takaichi</a>' in text
    past = read("/pledges/?q=Takaiichi+%26&as_of=2025-12-01")
    assert '<a href="/pledges/?q=takaichi%20%26&amp;as_of=2025-12-01">' in past


def test_synonyms_are_searched_for_on_pages_and_told_and_not_in_the_api(read, client, make_pledge):
    make_pledge("mines", title="Critical minerals")
    for query in ("rare+earths", "rare+earths&ordering=title"):
        text = read(f"/pledges/?q={query}")
        assert "<mark>Critical minerals</mark></a></h3>" in text
        assert re.search(r"Also searched for:\s*<span>critical minerals</span>", text)
    assert '<span lang="en">critical minerals</span>' in read("/ja/pledges/?q=rare+earths")
    text = read("/pledges/?q=%22rare+earths%22")
    assert titles(text) == [] and "Also searched for" not in text
    assert client.get("/api/v1/pledges/", {"q": "rare earths"}).json()["results"] == []


@pytest.mark.parametrize("order, listed", [("", ["Steel", LOAN]), ("title", [LOAN, "Steel"])])
def test_where_nothing_has_all_words_those_with_most_are_listed(read, rows, order, listed):
    text = read(f"/pledges/?q=which+steel+mills+for+xyzzy&ordering={order}")
    assert titles(text) == [LOAN]
    assert "Nothing has all of these words; these have most of them." in text
    assert "<mark>steel</mark>” <mark>mills</mark>" in text
    text = read(f"/pledges/?q=steel+xyzzy&ordering={order}")
    assert titles(text) == listed
    assert "Nothing has all of these words; these have some of them." in text


def test_the_nearest_are_narrowed_and_counted_like_what_is_found(read, rows, make_pledge):
    make_pledge("trade", title="Steel and coal", kind="trade")
    text = read("/pledges/?q=steel+coal+xyzzy+mills&kind=trade")
    assert titles(text) == ["Steel and coal"]
    assert '<h2 id="results">1 pledge</h2>' in text
    assert titles(read("/pledges/?q=steel+coal+xyzzy+mills&party=nowhere")) == []
    # Something has all the words: the filter is what leaves nothing.
    assert "Nothing has all" not in read("/pledges/?q=steel+coal&kind=legislative")


def test_what_was_asked_comes_back_escaped(read, rows):
    text = read("/pledges/?q=%3Cscript%3Ealert(1)%3C/script%3E+steel")
    assert "<script>alert" not in text


def test_a_search_counts_to_a_thousand(read, monkeypatch, rows):
    assert '<h2 id="results">2 pledges</h2>' in read("/pledges/?q=steel")
    monkeypatch.setattr(Capped, "MOST", 1)
    text = read("/pledges/?q=steel")
    assert '<h2 id="results">1+ pledges</h2>' in text
    assert titles(text) == ["Steel"]


def test_every_kind_found_beside_has_a_page(client, rows, make_party, make_topic):
    from commitments.search import BESIDE

    make_party("steel", name="Steel"), make_topic("steel", name="Steel")
    for entry in models.SearchEntry.objects.filter(record_type__in=BESIDE):
        assert client.get(entry.get_absolute_url()).status_code == 200, entry
    assert set(models.SearchEntry.objects.values_list("record_type", flat=True)) >= set(BESIDE)


def test_a_search_costs_three_statements_more_at_most(statements, rows):
    plain = statements("/pledges/")
    assert statements("/pledges/?q=steel") <= plain + 1
    assert statements("/pledges/?q=Takaiichi") <= plain + 3
    assert statements("/pledges/?q=Takaiichi+steel+mills") <= plain + 4


def test_the_api_finds_the_same_and_keeps_its_own_order(client, rows):
    body = client.get("/api/v1/pledges/", {"q": "steel"}).json()
    assert [row["slug"] for row in body["results"]] == ["quote", "title"]
    assert client.get("/api/v1/pledges/", {"q": "steel mills xyzzy"}).json()["results"] == []


def test_the_list_says_how_the_parts_it_keeps_stand_and_stood(
    read, japan, make_party, make_pledge, make_assessment
):
    shared = make_pledge("shared", parties=[japan, make_party("france")])
    make_pledge("alone", parties=[japan])
    make_assessment(shared.undertakings.get(party=japan), "on_track", as_of=date(2025, 11, 1))
    make_assessment(shared.undertakings.get(party=japan), "met", as_of=date(2026, 4, 1))

    def told(query):
        words, _, counts = (
            read(f"/pledges/{query}").partition('<p class="note">How the ')[2].partition("</p>")
        )
        counts = re.findall(r'<li><b>(\d)</b> <a[^>]* href="/pledges/\?([^"]*)">', counts)
        return re.sub("<[^>]+>", "", words), [
            (int(count), address.replace("&amp;", "&")) for count, address in counts
        ]

    assert told("") == (
        "3 parts in these pledges stand, party by party:",
        [
            (1, "status=met"),
            (1, "unjudged_reason=nothing_found"),
            (1, "unjudged_reason=not_looked_at"),
        ],
    )  # fmt: skip
    assert told("?party=japan") == (
        "2 parts in these pledges stand, party by party:",
        [(1, "party=japan&status=met"), (1, "party=japan&unjudged_reason=not_looked_at")],
    )
    assert told("?as_of=2025-12-01") == (
        "3 parts in these pledges stood on 1 December 2025, party by party:",
        [(1, "status=on_track&as_of=2025-12-01"), (2, "status=not_assessed&as_of=2025-12-01")],
    )
    assert told("?status=met") == ("", [])
