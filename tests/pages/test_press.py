"""Words that the press alone reports, and verdicts that rest on the press alone, say so."""

import re
from datetime import date

import pytest

from commitments.ledger.freshness import read_head
from commitments.models import Evidence
from tests.fixtures.cases import on_the_same_record

pytestmark = pytest.mark.django_db

QUOTED = "These words are quoted from a press report; no official text of them is cited."
BESIDE_A_TEXT = "These words are quoted from a press report."
PARAPHRASED = "It is known from a press report; no official text of it is cited."
ALONE = "Rests on press reports alone."


def words(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.fixture
def caption(read):
    """Return what stands below the words of a pledge, on its page and in a citation alike."""

    def caption(pledge):
        page = pledge.get_absolute_url()
        captions = [cut_caption(read(address)) for address in (page, f"{page}at/{read_head()}/")]
        assert captions[0] == captions[1]
        return captions[0]

    return caption


def cut_caption(text):
    return words(re.search(r"<figcaption>.*?</figcaption>", text, re.DOTALL)[0])


@pytest.mark.parametrize(
    "tier, fields, sentence",
    [
        pytest.param("press", {}, QUOTED, id="a press report"),
        pytest.param("press", {"quote_is_verbatim": False}, PARAPHRASED, id="no words of its own"),
        pytest.param("primary_official", {}, None, id="the official text"),
        pytest.param("independent", {}, None, id="another tier"),
    ],
)
def test_words_from_the_press_say_so(make_source, make_pledge, caption, tier, fields, sentence):
    pledge = make_pledge(source=make_source("news", tier=tier), **fields)
    text = caption(pledge)
    if sentence:
        assert sentence in text
    else:
        assert "press report" not in text


def test_an_official_text_in_another_language_is_not_denied(
    make_source, make_pledge, settle, caption
):
    pledge = make_pledge(source=make_source("news", tier="press"), state="draft")
    pledge.quotes.create(text="約束", language="ja", whose="authentic", source=make_source("text"))
    text = caption(settle(pledge))
    assert BESIDE_A_TEXT in text
    assert QUOTED not in text


def test_it_names_the_copy_it_was_read_in(make_source, make_pledge, caption):
    news = make_source("news", tier="press", read_at="https://www.copies.example/news")
    text = caption(make_pledge(source=news))
    assert QUOTED in text
    assert "read in a copy: copies.example" in text


@pytest.mark.parametrize(
    "tiers, fields, said",
    [
        pytest.param(["press"], {}, True, id="a report"),
        pytest.param(["press", "press"], {"status": "not_met"}, True, id="two reports"),
        pytest.param(["press", "primary_official"], {}, False, id="a text beside it"),
        pytest.param(["press"], {"status": "on_track"}, False, id="left open"),
        pytest.param(["statistics"], {}, False, id="figures"),
    ],
)
def test_a_verdict_closed_on_the_press_alone_says_so(
    read, make_source, make_pledge, make_evidence, make_assessment, tiers, fields, said
):
    pledge = make_pledge()
    proof = []
    for number, tier in enumerate(tiers):
        source = make_source(f"source-{number}", tier=tier)
        proof.append(make_evidence(pledge, f"proof-{number}", source=source))
    verdict = {"status": "met", "confidence": "low", **fields}
    make_assessment(pledge.undertakings.get(), evidence=proof, as_of=date(2026, 1, 1), **verdict)
    page = pledge.get_absolute_url()
    for address in (page, f"{page}at/{read_head()}/", f"{page}?as_of=2026-02-01"):
        row = re.search(r'<td class="said">.*?</td>', read(address), re.DOTALL)[0]
        assert (ALONE in row) == said, address


def test_many_parties_cost_no_statement_more(
    statements, make_source, make_pledge, make_party, make_evidence, make_assessment
):
    def judge(slug, number):
        pledge = make_pledge(slug, parties=[make_party(f"{slug}-{one}") for one in range(number)])
        for part in pledge.undertakings.all():
            news = make_source(f"news-{part.pk}", tier="press")
            make_assessment(part, evidence=[make_evidence(pledge, source=news)])
        return pledge.get_absolute_url()

    assert statements(judge("large", 12)) == statements(judge("small", 2))


@on_the_same_record(
    "day, known",
    [("2025-10-27", False), ("2025-10-28", True), ("2025-10-29", True)],
)
def test_a_row_is_known_from_the_same_day_as_by_the_database(
    make_pledge, make_source, make_evidence, day, known
):
    """By the day of its source, of its event if that is undated, or always."""
    pledge = make_pledge(made_on=date(2020, 1, 1))
    dated = make_source("dated", published_on=date(2025, 10, 28))
    undated = make_source("undated", published_on=None, published_on_precision="none")
    make_evidence(pledge, "of-its-source", source=dated, happened_on=date(2025, 1, 1))
    make_evidence(pledge, "of-its-event", source=undated, happened_on=date(2025, 10, 28))
    make_evidence(pledge, "always", source=undated, happened_on=None, happened_on_precision="none")
    day = date.fromisoformat(day)
    found = {row.slug for row in Evidence.objects.published().as_of(day)}
    rows = Evidence.objects.published().select_related("source")
    assert found == {row.slug for row in rows if row.is_known(on=day)}
    assert found == ({"of-its-source", "of-its-event", "always"} if known else {"always"})
