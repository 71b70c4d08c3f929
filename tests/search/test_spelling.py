"""A misspelt word leads to the public word it was meant for, and never to a hidden one."""

import pytest

from commitments import models, search
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.records import withdraw

pytestmark = pytest.mark.django_db


@on_the_same_record(
    "text, meant",
    [
        ("Takaiichi", "takaichi"),
        ("Ishba", "ishiba"),
        ("Shigeru Ishba", "Shigeru ishiba"),
        ("critcal mineral", "critical mineral"),
        ("広島 Takaichy", "広島 takaichi"),
        ('"Critcal minerals" 2025', '"critical minerals" 2025'),
        ("Princpe", "principe"),
        ("takaichi", None),
        ("takai", None),
        ("xyzzy", None),
        ("ish", None),
        ("高市早描", None),
        ("20255", None),
        ("", None),
    ],
)
def test_what_a_misspelling_was_meant_for(rows, text, meant):
    assert search.correct_spelling(text) == meant


def test_a_misspelt_name_finds_the_leader(rows):
    assert [entry.slug for entry in search.find_related(search.correct_spelling("Takaiichi"))] == [
        "takaichi"
    ]
    assert [entry.slug for entry in search.find_related(search.correct_spelling("Ishba"))] == [
        "ishiba"
    ]


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_a_hidden_name_is_never_suggested(make_leader, reviewer, state):
    if state == "withdrawn":
        withdraw(make_leader("hidden", name="Zoltan Hiddenson"), by=reviewer, note="Wrong.")
    else:
        make_leader("hidden", name="Zoltan Hiddenson", state=state)
    assert search.correct_spelling("Hidenson") is None
    assert not models.SearchWord.objects.filter(word="hiddenson").exists()


def test_a_word_stays_while_another_record_holds_it(make_leader, reviewer):
    one, other = (make_leader(slug, name="Zoltan Smithson") for slug in ("one", "other"))
    withdraw(one, by=reviewer, note="Wrong.")
    assert search.correct_spelling("Smitson") == "smithson"
    withdraw(other, by=reviewer, note="Wrong.")
    assert search.correct_spelling("Smitson") is None
