"""Marked answers: the words found in <mark>, and everything else escaped."""

import re

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from commitments.search import make_excerpt, mark_terms, parse_terms
from commitments.search.words import compose


@pytest.mark.parametrize(
    "text, asked, expected",
    [
        pytest.param("Critical minerals", "mineral", "Critical <mark>minerals</mark>", id="the whole word"),
        pytest.param("a <b>mineral</b> & co", "mineral", "a &lt;b&gt;<mark>mineral</mark>&lt;/b&gt; &amp; co",
                     id="escaped around"),
        pytest.param("<script>", "script", "&lt;<mark>script</mark>&gt;", id="escaped at its edges"),
        pytest.param("R&D", '"R&D"', "<mark>R&amp;D</mark>", id="escaped within"),
        pytest.param("São Tomé", "tome", "São <mark>Tomé</mark>", id="accents are kept"),
        pytest.param("critical, minerals", '"critical minerals"', "<mark>critical, minerals</mark>", id="a phrase"),
        pytest.param("世界の気候変動枠組", "気候変動", "世界の<mark>気候変動</mark>枠組",
                     id="in the middle of Japanese"),
        pytest.param("日米首脳", "米", "日<mark>米</mark>首脳", id="one character"),
        pytest.param("日米首脳", "米首 首脳", "日<mark>米首脳</mark>", id="overlapping ones are one"),
        pytest.param("nothing here", "mineral", "nothing here", id="nothing found"),
    ],
)  # fmt: skip
def test_what_is_marked(text, asked, expected):
    assert mark_terms(text, parse_terms(asked)) == expected


@given(st.text(), st.text(max_size=20))
def test_nothing_but_marks_is_a_tag(text, asked):
    bare = re.sub("</?mark>", "", mark_terms(text, parse_terms(asked)))
    assert "<" not in bare and ">" not in bare
    assert bare == escape(compose(text))


def test_an_excerpt_is_of_the_first_text_that_holds_a_word():
    found = make_excerpt(
        [("No.", "en"), ("重要鉱物を守る", "ja"), ("minerals", "en")], parse_terms("minerals 鉱物")
    )
    assert (found.html, found.language) == ("重要<mark>鉱物</mark>を守る", "ja")
    assert make_excerpt([("No.", "en"), ("", "ja")], parse_terms("minerals")) is None


def test_a_long_text_is_cut_around_the_first_word_found():
    text = "word " * 100 + "minerals & more " + "tail " * 100
    found = make_excerpt([(text, "en")], parse_terms("minerals")).html
    assert re.fullmatch(r"…(word )+<mark>minerals</mark> &amp; more (tail ?)+[a-z]*…", found)
    assert len(found) < 300


def test_a_word_at_the_end_of_the_cut_is_not_marked_by_half():
    text = "minerals " + "x" * 228 + " minerals"
    assert make_excerpt([(text, "en")], parse_terms("minerals")).html.count("<mark>") == 1
