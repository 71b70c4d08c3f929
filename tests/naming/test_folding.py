"""Names are compared without case, accents and punctuation, in every script."""

import pytest

from commitments.naming.folding import LONGEST, make_keys, split_name


@pytest.mark.parametrize(
    "written, name",
    [
        pytest.param("Côte d’Ivoire", "Côte d'Ivoire", id="a curly apostrophe"),
        pytest.param("COTE D'IVOIRE", "Côte d'Ivoire", id="capitals without accents"),
        pytest.param("Cote dIvoire", "Côte d'Ivoire", id="no apostrophe"),
        pytest.param("ΕΛΛΑΔΑ", "Ελλάδα", id="Greek capitals without accents"),
        pytest.param("ΕΛΛΆΣ", "Ελλάς", id="a Greek letter for the end of a word"),
        pytest.param("РОССИЯ", "Россия", id="Cyrillic capitals"),
        pytest.param("TÜRKİYE", "Türkiye", id="a Turkish capital"),
        pytest.param("Turkıye", "Türkiye", id="a Turkish small letter"),
        pytest.param("ＪＡＰＡＮ", "Japan", id="full-width letters"),
        pytest.param("ﾄﾞｲﾂ", "ドイツ", id="half-width kana"),
        pytest.param("ボスニアヘルツェゴビナ", "ボスニア・ヘルツェゴビナ", id="a middle dot"),
        pytest.param("مِصر", "مصر", id="Arabic vowels"),
        pytest.param("대한민국", "대한민국", id="Hangul in pieces"),
        pytest.param("The Netherlands", "Netherlands", id="an article"),
        pytest.param("Trinidad & Tobago", "Trinidad and Tobago", id="an ampersand"),
        pytest.param("Guinea Bissau", "Guinea-Bissau", id="a hyphen"),
        pytest.param("saudi_arabia", "Saudi Arabia", id="a header"),
        pytest.param("U.S.A.", "USA", id="points"),
        pytest.param("St. Lucia", "Saint Lucia", id="an abbreviation"),
        pytest.param("Korea, Rep.", "Republic of Korea", id="a comma and an abbreviation"),
        pytest.param("Iran (Islamic Republic of)", "Islamic Republic of Iran", id="brackets"),
        pytest.param("Bahamas, The", "Bahamas", id="an article after a comma"),
        pytest.param("Færøerne", "FAEROERNE", id="letters that Unicode does not decompose"),
        pytest.param("GROẞBRITANNIEN", "Großbritannien", id="a German capital"),
    ],
)
def test_two_spellings_of_a_name_are_the_same(written, name):
    assert make_keys(written) & make_keys(name)


@pytest.mark.parametrize(
    "one, other",
    [
        pytest.param("カーナ", "ガーナ", id="voicing of kana"),
        pytest.param("पाकिस्तान", "पकसतन", id="vowels of Devanagari"),
        pytest.param("Niger", "Nigeria", id="a longer name"),
        pytest.param("Dominica", "Dominican Republic", id="another word"),
        pytest.param("Republic of Korea", "Democratic People's Republic of Korea", id="a part"),
    ],
)
def test_two_names_are_not_the_same(one, other):
    assert not make_keys(one) & make_keys(other)


@pytest.mark.parametrize("text", ["", " ", ",", "()", "’", "\u0301", "—"])
def test_punctuation_alone_is_no_name(text):
    assert make_keys(text) == set()


def test_a_name_of_articles_is_taken_as_it_is_and_a_long_text_is_cut():
    assert split_name("The") == ("the",)
    assert split_name("St") == ("st",)
    assert len("".join(split_name("x" * 100_000))) == LONGEST
