"""What is found by words, and in which order: the same on both databases, and by a reading in
Python alone.
"""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments import models, search
from commitments.search import keep_widened, parse_terms
from commitments.search.entries import SEARCHABLE
from commitments.search.index import COLUMNS
from commitments.search.terms import Alternatives
from commitments.search.words import split_words
from tests.fixtures.cases import on_the_same_record

pytestmark = pytest.mark.django_db


@on_the_same_record(
    "text, expected",
    [
        pytest.param("広島", ["solar"], id="the summit's Japanese name"),
        pytest.param("気候変動", ["solar"], id="the topic's Japanese name"),
        pytest.param("気候変動枠組", [], id="every pair counts"),
        pytest.param("米", ["minerals"], id="one character: the party's"),
        pytest.param("茂", ["loan"], id="one character at the end"),
        pytest.param("鉱物", ["aid"], id="in the middle of a quote"),
        pytest.param(
            '"critical minerals"', ["minerals", "aid"], id="phrase: title before translation"
        ),
        pytest.param('"minerals critical"', [], id="a phrase has an order"),
        pytest.param(
            "critical minerals",
            ["minerals", "aid", "loan"],
            id="words in any order, by title first",
        ),
        pytest.param(
            "minerals", ["minerals", "aid", "loan", "solar"], id="title, quote, explanation"
        ),
        pytest.param("mineral", ["minerals", "aid", "loan", "solar"], id="a beginning"),
        pytest.param('"mineral"', [], id="in quotation marks the whole word"),
        pytest.param("inerals", [], id="not from the middle of a word"),
        pytest.param("Sao Tome", ["solar"], id="without accents"),
        pytest.param("ÉLYSÉE", ["aid"], id="with accents and in capitals"),
        pytest.param("elysee", ["aid"], id="without"),
        pytest.param("takaichi", ["minerals"], id="the leader's name"),
        pytest.param("高市早苗", ["minerals"], id="in their own script"),
        pytest.param("us minerals", ["minerals"], id="a party's short name"),
        pytest.param("critical us", ["minerals"], id="words in different texts"),
        pytest.param('"minerals united"', [], id="no phrase goes from one text to the next"),
        pytest.param('"power more"', [], id="nor from the Japanese title back"),
        pytest.param("!!! ***", [], id="nothing to find finds nothing"),
        pytest.param(
            "rare earths", ["minerals", "aid"], id="by another word of the field, as a phrase"
        ),
        pytest.param("rare earth Elysee", ["aid"], id="beside others"),
        pytest.param('"rare earths"', [], id="not in quotation marks"),
        pytest.param("レアアース", ["aid"], id="and in Japanese"),
    ],
)
def test_what_is_found(rows, searched, text, expected):
    assert searched(text) == expected


def test_equal_ones_come_newest_first_and_then_by_slug(make_pledge, searched):
    for slug, day in [("b", 1), ("a", 1), ("c", 2)]:
        make_pledge(slug, title="Steel", made_on=date(2025, 1, day))
    make_pledge("d", title="Other", quote="Steel", made_on=date(2025, 2, 1))
    assert searched("steel") == ["c", "a", "b", "d"]


def test_what_only_synonyms_find_comes_after_all_that_has_the_words(make_pledge, searched):
    make_pledge("a-title", title="Critical minerals", made_on=date(2025, 2, 1))
    make_pledge("b-quote", title="Mines", quote="Critical minerals.", made_on=date(2025, 2, 1))
    make_pledge(
        "c-words", title="Mines", explanation="Earths that are rare.", made_on=date(2025, 1, 1)
    )
    assert searched("rare earths") == ["c-words", "a-title", "b-quote"]


def test_of_too_many_the_lowest_in_rank_and_the_first_entered_are_left_out(make_pledge):
    for number, day in enumerate([3, 1, 2]):
        make_pledge(f"quote-{number}", title="Other", quote="Steel", made_on=date(2025, 1, day))
    for number, day in enumerate([3, 1, 2]):
        make_pledge(f"title-{number}", title="Steel", made_on=date(2025, 1, day))

    def best(most):
        pledges = models.Pledge.objects.published()
        slugs = dict(pledges.values_list("pk", "slug"))
        return [slugs[key] for key in search.find_best(pledges, "steel", most=most)]

    assert best(2) == ["title-2", "title-1"]
    assert best(4) == ["title-0", "title-2", "title-1", "quote-2"]
    assert best(6) == best(9) == ["title-0", "title-2", "title-1", "quote-0", "quote-2", "quote-1"]


def test_only_what_other_filters_keep_takes_up_room(make_pledge, make_topic):
    steel = make_topic("steel")
    make_pledge("old", title="Steel", topics=[steel])
    for number in range(3):
        make_pledge(f"new-{number}", title="Steel")
    kept = models.Pledge.objects.published().filter(topics=steel)
    assert search.find_best(kept, "steel", most=1) == [models.Pledge.objects.get(slug="old").pk]
    assert (
        search.find_best(kept.none(), "steel", most=1)
        == search.find_best(kept, "***", most=1)
        == []
    )


def test_other_records_are_found_beside_the_best_first(rows):
    def beside(text):
        return [(entry.record_type, entry.slug) for entry in search.find_related(text)]

    assert beside("takaichi") == [("leader", "takaichi")]
    assert beside("高市") == [("leader", "takaichi")]
    assert beside("hiroshima") == [("summit", "g7-2023")]
    assert beside("広島") == [("summit", "g7-2023")]
    assert beside("気候") == [("topic", "climate")]
    assert beside("sao") == [("party", "sao-tome")]
    assert beside("stockpiles") == beside("") == beside("***") == []


OPERATORS = ['"', "'", "&", "!", "(", ")", ":*", "*", "NEAR(", "AND", "OR", "NOT", "-", "^", "{title} :", "<->",
             "\\", "%", "_", ";", "--", "title:", "”", "「", "z", "\x7f", "\u200d", "\ud7ff"]  # fmt: skip
FRAGMENTS = [
    "critical",
    "minerals",
    "miner",
    "米",
    "気候",
    "候変動",
    "us",
    "Élys",
    "2",
    "power",
    "石破茂",
    "critical minerals",
    "rare earths",
    "地球温暖化",
]
QUESTIONS = st.lists(
    st.sampled_from(OPERATORS) | st.sampled_from(FRAGMENTS) | st.text(max_size=4),
    min_size=1,
    max_size=6,
).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda gap: gap.join(parts).replace("\0", ""))
)


def reference(text):
    """Return what should be found, and in which order, by reading every text of every pledge."""
    questions, placed = [parse_terms(text), keep_widened(text)], []
    kind = SEARCHABLE[models.Pledge]
    for pledge in kind.load():
        spelt = [
            [list(split_words(one)) for one in getattr(kind, name)(pledge)] for name in COLUMNS
        ]
        for wider, place in product(range(2), range(len(COLUMNS))):
            read = [one for texts in spelt[: place + 1] for one in texts]
            if questions[0] and all(stands(one, read) for one in questions[wider]):
                placed.append((wider, place, -pledge.made_on.toordinal(), pledge.slug))
                break
    return [slug for *_, slug in sorted(placed)]


def stands(asked, read):
    if isinstance(asked, Alternatives):
        return all(stands(term, read) for term in asked.terms) or any(
            stands(term, read) for term in asked.synonyms
        )
    return any(list(asked.find_in(one)) for one in read)


@pytest.mark.soak
def test_any_question_finds_what_reading_everything_does(rows, searched):
    @given(QUESTIONS)
    def ask(text):
        if len(parse_terms(text)) <= search.MOST_TERMS:
            assert searched(text) == reference(text), text
            search.find_related(text)
            search.correct_spelling(text)

    ask()
    for fragment in FRAGMENTS:
        assert searched(fragment) == reference(fragment) != []


@pytest.mark.parametrize("address", ["/pledges/", "/api/v1/pledges/"])
@on_the_same_record(
    "text", [*OPERATORS, "' & ! ( :*", '"', 'a" OR "b', "x" * 200, "😀", "気" * 200]
)
def test_no_question_is_an_error_of_ours(client, rows, address, text):
    assert client.get(address, {"q": text}).status_code == 200


def test_a_list_is_found_and_ranked_in_one_statement(rows, searched, django_assert_num_queries):
    with django_assert_num_queries(1):
        search.find_best(models.Pledge.objects.published(), "critical minerals of the us", most=100)
    with django_assert_num_queries(1):
        search.find_related("critical minerals of the us")
    with django_assert_num_queries(1):
        search.correct_spelling("critcal minrals")
