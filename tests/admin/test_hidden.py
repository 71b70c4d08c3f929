"""Characters that nobody sees: named with the word they follow, and removed by one click."""

import pytest

from commitments.models import Party, Pledge
from commitments.models.fields import (
    describe_hidden_characters,
    find_forbidden_character,
    remove_hidden_characters,
)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(
            "more spending\u200b by 2030",
            "There is an invisible U+200B (zero-width space) after “spending”.",
            id="zero-width space",
        ),
        pytest.param("multi\u00adlateral", "U+00AD (soft hyphen) after “multi”", id="soft hyphen"),
        pytest.param("\ufeffJapan will", "U+FEFF (byte order mark) before “Japan”", id="at the start"),
        pytest.param("a\u2060b", "U+2060 (word joiner) after “a”", id="word joiner"),
        pytest.param("A\u202eB", "U+202E (right-to-left override) after “A”", id="override"),
        pytest.param("A\u202bB", "U+202B (right-to-left embedding) after “A”", id="embedding"),
        pytest.param("A\x07B", "U+0007 after “A”", id="control"),
        pytest.param("A\u2067B", "U+2067 (right-to-left isolate) after “A”", id="never closed"),
        pytest.param(
            "a\u200bb\u200bc\u200bd\u200be\u200bf",
            "There are invisible characters: U+200B (zero-width space) after “a”",
            id="many",
        ),
    ],
)  # fmt: skip
def test_an_invisible_character_is_named_with_its_word(text, sentence):
    assert sentence in describe_hidden_characters(text)
    assert not describe_hidden_characters(remove_hidden_characters(text))


def test_of_many_the_first_three_are_named_and_the_others_counted():
    assert "2 more" in describe_hidden_characters("a\u200bb\u200bc\u200bd\u200be\u200bf")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("السلام\u200f (G7)", id="right-to-left mark"),
        pytest.param("abc\u200e", id="left-to-right mark"),
        pytest.param("abc\u061c", id="Arabic letter mark"),
        pytest.param("قال \u2066G7\u2069 ذلك", id="isolate"),
        pytest.param("می\u200cخواهم", id="joiner"),
        pytest.param("one\ntwo\tthree", id="lines"),
    ],
)
def test_what_text_needs_is_left_alone(text):
    assert find_forbidden_character(text) is None
    assert remove_hidden_characters(text) == text


def test_a_separator_becomes_a_blank():
    assert remove_hidden_characters("one\u2028two") == "one two"


@pytest.mark.django_db
def test_one_click_saves_without_them(save, address, at_desk, researcher):
    page = address(Party, "add")
    typed = {"name": "Atlantis\u200b", "kind": "state"}
    client = at_desk(researcher)
    answer = save(client, page, **typed)
    assert 'name="_remove_hidden"' in answer.html()
    [sentence] = answer.context["adminform"].form.errors["name"]
    assert "after “Atlantis”" in sentence
    assert not Party.objects.filter(kind="state", name__startswith="Atlantis").exists()
    answer = save(client, page, **typed, _remove_hidden="on")
    party = Party.objects.get(name__startswith="Atlantis")
    assert party.name == "Atlantis"
    assert answer["Location"] == address(party)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "length", "limit"), [("title", 301, "300"), ("quote", 20_001, "20,000")]
)
def test_a_text_that_is_too_long_says_how_long_it_may_be(
    save, address, make_pledge, at_desk, researcher, name, length, limit
):
    page = address(make_pledge(state="draft"))
    answer = save(at_desk(researcher), page, **{name: "x" * length})
    [sentence] = answer.context["adminform"].form.errors[name]
    assert limit in sentence
    assert "maxlength" not in answer.context["adminform"].form[name].as_widget()


@pytest.mark.django_db
def test_texts_at_their_limit_are_saved(save, errors, address, make_pledge, at_desk, researcher):
    page = address(make_pledge(state="draft"))
    typed = {"title": "x" * 300, "quote": "x" * 20_000}
    answer = save(at_desk(researcher), page, **typed)
    assert answer.status_code == 302, errors(answer)
    assert len(Pledge.objects.get().quote) == 20_000
