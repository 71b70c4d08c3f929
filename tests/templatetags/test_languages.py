"""A record's texts in the reader's language, and what is done where there are none."""

from types import SimpleNamespace

import pytest
from django.utils.translation import override

from commitments.models import Leader, Party
from commitments.templatetags.languages import (
    in_english,
    in_language,
    in_other_language,
    name_in_language,
    plain_in_language,
    prose_in_language,
    record_name,
)

BOTH = SimpleNamespace(title="Spend <2 %>", title_ja="GDP比<2%>")
ENGLISH = SimpleNamespace(title="Spend <2 %>", title_ja="")
MARK = ' <small class="untranslated" title="日本語訳はまだありません">英語</small>'


@pytest.fixture
def japanese():
    with override("ja"):
        yield


def test_english_readers_read_english_without_a_mark():
    for record in (BOTH, ENGLISH):
        assert (
            in_language(record, "title") == name_in_language(record, "title") == "Spend &lt;2 %&gt;"
        )
        assert plain_in_language(record, "title") == "Spend <2 %>"
    assert in_other_language(BOTH, "title") == '<span lang="ja">GDP比&lt;2%&gt;</span>'
    assert in_other_language(ENGLISH, "title") == ""


def test_japanese_readers_read_japanese_where_there_is_some(japanese):
    assert in_language(BOTH, "title") == name_in_language(BOTH, "title") == "GDP比&lt;2%&gt;"
    assert plain_in_language(BOTH, "title") == "GDP比<2%>"
    assert in_other_language(BOTH, "title") == '<span lang="en">Spend &lt;2 %&gt;</span>'


def test_what_is_not_translated_says_so(japanese):
    english = '<span lang="en">Spend &lt;2 %&gt;</span>'
    assert in_language(ENGLISH, "title") == english + MARK
    assert name_in_language(ENGLISH, "title") == english
    assert plain_in_language(ENGLISH, "title") == "Spend <2 %>"
    assert in_language(SimpleNamespace(note="x"), "note") == f'<span lang="en">x</span>{MARK}'
    assert in_language(SimpleNamespace(note=""), "note") == ""


def test_paragraphs_are_one_block_and_escaped():
    row = SimpleNamespace(text="a < b\n\nc", text_ja="")
    paragraphs = "<p>a &lt; b</p>\n\n<p>c</p>"
    assert prose_in_language(row, "text") == paragraphs
    with override("ja"):
        assert prose_in_language(row, "text") == f'<div lang="en">{paragraphs}</div>{MARK}'
        assert (
            prose_in_language(SimpleNamespace(text="a", text_ja="甲\n\n乙"), "text")
            == "<p>甲</p>\n\n<p>乙</p>"
        )


def test_a_source_is_called_in_its_own_language():
    source = SimpleNamespace(
        title="防衛白書", title_ja="", language="ja", publisher="Ministry of Defense"
    )
    assert in_language(source, "title") == '<span lang="ja">防衛白書</span>'
    with override("ja"):
        assert in_language(source, "title") == "防衛白書"
        assert name_in_language(source, "publisher") == '<span lang="en">Ministry of Defense</span>'
        source.language, source.title = "fr", "Déclaration"
        assert ">フランス語</small>" in in_language(source, "title")


@pytest.mark.parametrize(
    "native, japanese_name",
    [
        pytest.param("高市早苗", "高市早苗", id="Japanese"),
        pytest.param("温家宝", "温家宝", id="Chinese, as Japanese writes it too"),
        pytest.param("习近平", "", id="Chinese, in letters Japanese has not"),
        pytest.param("윤석열", "", id="Korean"),
        pytest.param("Владимир Путин", "", id="Russian"),
        pytest.param("Joseph R. Biden Jr.", "", id="Latin"),
        pytest.param("", "", id="none"),
    ],
)
def test_a_leader_is_called_as_a_japanese_newspaper_could_print_it(native, japanese_name):
    assert Leader(name="X", native_name=native).name_ja == japanese_name


def test_a_party_has_one_japanese_name_short_or_not(japanese):
    assert (
        name_in_language(
            Party(name="United States of America", short_name="US", name_ja="米国"), "label"
        )
        == "米国"
    )
    assert plain_in_language(Party(name="World", short_name="W"), "label") == "W"


def test_any_record_is_called_something(japanese):
    assert record_name(BOTH) == "GDP比&lt;2%&gt;"
    assert record_name(SimpleNamespace(finding="Done", finding_ja="実施済み")) == "実施済み"
    with override("en-gb"):
        assert record_name("a <b>") == "a &lt;b&gt;"
    assert record_name("a") == '<span lang="en">a</span>'


def test_a_text_with_english_alone_is_marked_line_by_line():
    assert in_english("It's one.\n<Two>.") == "It&#x27;s one.<br>&lt;Two&gt;."
    with override("ja"):
        marked = in_english("One.\nTwo.")
    assert marked.startswith('<span lang="en">One.<br>Two.</span> <small class="untranslated"')


def test_no_line_ends_within_a_designation():
    one = SimpleNamespace(
        title="Missiles for Japan's F-35 by non-state 5-year", title_ja="空自のF-35用ミサイル"
    )
    whole = '<span class="whole">F-35</span>'
    assert in_language(one, "title") == f"Missiles for Japan&#x27;s {whole} by non-state 5-year"
    with override("ja"):
        assert in_language(one, "title") == f"空自の{whole}用ミサイル"
