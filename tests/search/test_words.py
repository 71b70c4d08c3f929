"""Texts and questions as words: pure, so that both databases are told the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.search.encoding import GAP, encode_word, write_column
from commitments.search.terms import QUOTATION, Term, loosen_terms, parse_terms
from commitments.search.widening import keep_widened, list_synonyms
from commitments.search.words import LONGEST_WORD, compose, split_words


def read(text):
    return [word.text for word in split_words(text)]


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("Critical Minerals", ["critical", "minerals"], id="case"),
        pytest.param("São Tomé, Élysée, Łódź, Åse", ["sao", "tome", "elysee", "lodz", "ase"], id="accents"),
        pytest.param("E\u0301lyse\u0301e", ["elysee"], id="accents as marks of their own"),
        pytest.param("ＮＡＴＯ ２", ["nato", "2"], id="wide letters"),
        pytest.param("Straße", ["strasse"], id="sharp s"),
        pytest.param("$1,000 (2.5)", ["1", "000", "2", "5"], id="numbers are parted by their signs"),
        pytest.param("気候変動", ["気候", "候変", "変動", "動"], id="pairs, and the last alone"),
        pytest.param("米", ["米"], id="one character"),
        pytest.param("G7サミット", ["g7", "サミ", "ミッ", "ット", "ト"], id="both kinds without a space"),
        pytest.param("ﾌﾞﾗｼﾞﾙ", ["ブラ", "ラジ", "ジル", "ル"], id="half-width kana keep their voicing"),
        pytest.param("か\u3099いが", ["がい", "いが", "が"], id="a voiced kana is not the unvoiced one"),
        pytest.param("ドナルド・トランプ", ["ドナ", "ナル", "ルド", "ド", "トラ", "ラン", "ンプ", "プ"],
                     id="middle dot"),
        pytest.param(" … !? ", [], id="no word"),
        pytest.param("2%, 2 Per cent; 2 percent", ["2", "percent"] * 3, id="per cent, as a sign and in words"),
        pytest.param("２％、é 2 per-cent per centre", ["2", "percent", "e", "2", "percent", "per", "centre"],
                     id="also wide, and among accents"),
        pytest.param("GDP比2パーセント超", ["gdp", "比", "2", "percent", "超"], id="and in Japanese, after a number"),
        pytest.param("per cent. of Percé, per", ["percent", "of", "perce", "per"], id="no part of another word"),
        pytest.param("x" * 100, ["x" * LONGEST_WORD], id="a word has an end"),
    ],
)  # fmt: skip
def test_the_words_of_a_text(text, expected):
    assert read(text) == expected


@given(st.text(max_size=60))
def test_every_word_is_read_from_its_own_part_of_the_text(text):
    whole, found = compose(text), list(split_words(text))
    assert all(0 <= word.start < word.end <= len(whole) for word in found)
    assert [word.start for word in found] == sorted(word.start for word in found)


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("minerals", [Term(("minerals",), True)], id="a word may go on"),
        pytest.param('"minerals"', [Term(("minerals",), False)], id="but not in quotation marks"),
        pytest.param("“critical minerals” Japan", [Term(("critical", "minerals"), False), Term(("japan",), True)],
                     id="phrase and word"),
        pytest.param('"critical minerals', [Term(("critical",), True), Term(("minerals",), True)],
                     id="a mark without a partner is none"),
        pytest.param("Japan-US", [Term(("japan", "us"), True)], id="what is joined stays together"),
        pytest.param("japan,us / trade、米", [Term(("japan",), True), Term(("us",), True), Term(("trade",), True),
                     Term(("米",), True)], id="commas and the like part words"),
        pytest.param("1,000", [Term(("1", "000"), False)], id="but not the digits of a number"),
        pytest.param("2", [Term(("2",), False)], id="a number does not go on to 2025"),
        pytest.param("a", [Term(("a",), False)], id="nor does a single letter"),
        pytest.param("広島", [Term(("広島",), False)], id="a pair"),
        pytest.param("気候変動", [Term(("気候", "候変", "変動"), False)], id="pairs in a row"),
        pytest.param("日米G7", [Term(("日米", "米", "g7"), True)], id="a run ends before the next word"),
        pytest.param("Japan JAPAN", [Term(("japan",), True)], id="each once"),
        pytest.param("AND NOT ( * ! \"\" ' :*", [Term(("and",), True), Term(("not",), True)], id="no operators"),
        pytest.param("「」", [], id="nothing to find"),
        *(
            pytest.param(text, [Term(("2", "percent"), False)], id=text)
            for text in ("2%", "2 %", "２％", "2 per cent", "2 percent", "2パーセント", '"2 per cent"')
        ),
        pytest.param(
            "Did Japan reach its defence pledge", [Term(("japan",), True), Term(("defence",), True)], id="in a question"
        ),
        pytest.param("has pledge?", [Term(("has",), True), Term(("pledge",), True)], id="nothing else to ask"),
        pytest.param("defence pledge", [Term(("defence",), True), Term(("pledge",), True)], id="in no question"),
        pytest.param("What did Japan’s leaders do?", [Term(("japan",), True), Term(("leaders",), True)],
                     id="the words of a question are left out"),
        pytest.param("WHO in May", [Term(("who",), True), Term(("may",), True)], id="but no names"),
        pytest.param('what "the" us', [Term(("the",), False), Term(("us",), True)], id="nor in quotation marks"),
        pytest.param("what is the", [Term(("what",), True), Term(("is",), True), Term(("the",), True)],
                     id="nor where there is nothing else"),
    ],
)  # fmt: skip
def test_the_terms_of_a_question(text, expected):
    assert parse_terms(text) == expected


@pytest.mark.parametrize(
    "text, phrases, free",
    [
        pytest.param(
            "Did Tokyo keep its promise?",
            "",
            "tokyo",
            id="what is asked of every record is left out",
        ),
        pytest.param("kept promises", "", "kept promises", id="but where there is nothing else"),
        pytest.param(
            '"critical minerals" of Japan', '"critical minerals"', "japan", id="phrases are apart"
        ),
        pytest.param(
            "日本はGDP比2%を達成したか", "", "日本 GDP 2% 達成", id="a Japanese question is parted"
        ),
        pytest.param("気候変動枠組", "", "気候変動枠組", id="but no Japanese word"),
        pytest.param("米", "", "米", id="one character"),
    ],
)
def test_the_terms_of_a_question_that_nothing_answers(text, phrases, free):
    assert loosen_terms(text) == (parse_terms(phrases), parse_terms(free))


@pytest.mark.parametrize(
    "one, other",
    [
        ("mineral", "minerals"),
        ("country", "countries"),
        ("box", "boxes"),
        ("promise", "promises"),
        ("ally", "allies"),
    ],
)
def test_an_english_word_is_found_in_its_other_number(one, other):
    (singular,), (plural,) = parse_terms(one), parse_terms(other)
    assert list(singular.find_in(list(split_words(other)))) and list(
        plural.find_in(list(split_words(one)))
    )


@pytest.mark.parametrize(
    "american, british",
    [
        ("defense", "defence"),
        ("defenses", "defences"),
        ("program", "programmes"),
        ("labor", "labour"),
        ("fulfillment", "fulfilment"),
        ("center", "centre"),
        ("organization", "organisations"),
        ("analyze", "analyse"),
        ("defense-related", "defence-related"),
    ],
)
def test_an_english_word_is_found_in_its_other_spelling(american, british):
    (one,), (other,) = parse_terms(american), parse_terms(british)
    assert list(one.find_in(list(split_words(british)))) and list(
        other.find_in(list(split_words(american)))
    )
    assert not list(parse_terms(f'"{american}"')[0].find_in(list(split_words(british))))


@pytest.mark.parametrize(
    "text, others",
    [
        pytest.param(
            "defense spending", ["defence expenditure", "military spending"], id="of several words"
        ),
        pytest.param(
            "Japan Rare-Earth 2027",
            ["critical minerals"],
            id="among others, joined, in the other number",
        ),
        pytest.param(
            "aid",
            ["official development assistance", "政府開発援助"],
            id="a broad word asks for others",
        ),
        pytest.param("development aids", [], id="but is not asked for"),
        pytest.param("防衛費 日本", ["国防費", "安全保障関連費"], id="in Japanese"),
        pytest.param('"rare earths"', [], id="not in quotation marks"),
        pytest.param("earths rare", [], id="nor in another order"),
        pytest.param("気候変動", [], id="nor the only word for it"),
    ],
)
def test_the_words_that_the_field_also_uses(text, others):
    told = [word for word, _language in list_synonyms(keep_widened(text))]
    assert set(others) <= set(told) and bool(others) == bool(told) and "aid" not in told


@pytest.mark.parametrize(
    "text", ["aids", "news", "glass", "crisis", "virus", "gas", "1990s", '"minerals"']
)
def test_what_is_no_plural_stays_as_it_is(text):
    assert len(parse_terms(text)[0].spellings) == 1


@given(st.text(max_size=80).filter(lambda text: not QUOTATION.search(text)))
def test_a_text_is_found_by_the_whole_of_it_in_quotation_marks(text):
    for term in parse_terms(f'"{text}"'):
        assert list(term.find_in(list(split_words(text))))


@given(st.text(), st.text())
def test_a_word_is_stored_in_letters_alone_and_begins_as_it_is_written(word, other):
    assert re.fullmatch("[a-z]*", encode_word(word))
    assert encode_word(word + other) == encode_word(word) + encode_word(other)
    assert (encode_word(word) == encode_word(other)) == (word == other)
    assert encode_word(other).startswith(encode_word(word)) == other.startswith(word)


def test_texts_of_a_column_are_kept_apart():
    assert write_column([["a", "b"], ["c"]]).split() == ["a", "b", GAP, "c", GAP]
    assert write_column([]) == ""
    assert GAP not in {encode_word(letter) for letter in "z0ぁ"}
