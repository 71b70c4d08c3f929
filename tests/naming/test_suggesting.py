"""What is offered for a text that is typed, or that nobody is called."""

import pytest

from commitments.models import Party
from commitments.naming.directory import Directory
from commitments.naming.suggesting import keep_called, suggest_parties, write_advice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def parties():
    for slug, name, iso_code in [
        ("japan", "Japan", "JPN"),
        ("ukraine", "Ukraine", "UKR"),
        ("united-kingdom", "United Kingdom", "GBR"),
        ("united-states", "United States", "USA"),
        ("south-africa", "South Africa", "ZAF"),
        ("mexico", "Mexico", "MEX"),
        ("belgium", "Belgium", "BEL"),
    ]:
        Party.objects.create(slug=slug, name=name, kind="state", iso_code=iso_code)


@pytest.mark.parametrize(
    "text, slugs",
    [
        pytest.param("UK", ["united-kingdom", "ukraine"], id="called so, before beginning so"),
        pytest.param("uk", ["united-kingdom", "ukraine"], id="in small letters"),
        pytest.param(
            "unit",
            ["united-kingdom", "united-states", "mexico"],
            id="its own name, before “United Mexican States”",
        ),
        pytest.param(
            "kingd",
            ["united-kingdom", "belgium"],
            id="inside its own name, before “Kingdom of Belgium”",
        ),
        pytest.param("jpn", ["japan"], id="a code in any case"),
        pytest.param("にほ", [], id="nobody"),
        pytest.param("日", ["japan"], id="one Japanese letter"),
        pytest.param("south-africa", ["south-africa"], id="a slug"),
        pytest.param("Suda", ["south-africa"], id="another language"),
    ],
)
def test_a_box_offers_the_likeliest_first(text, slugs):
    found = keep_called(Party.objects.all(), text)
    assert [party.slug for party in found] == slugs


def test_a_box_takes_three_statements(django_assert_num_queries):
    with django_assert_num_queries(3):
        list(keep_called(Party.objects.all(), "u"))


@pytest.mark.parametrize(
    "text, names",
    [
        pytest.param("Japn", ["Japan"], id="a slip"),
        pytest.param(
            "United", ["United Kingdom", "United States", "United Arab Emirates"], id="it"
        ),
        pytest.param("Japan 1) revised", ["Japan"], id="its words among others"),
        pytest.param("PRN", [], id="no code is near another"),
        pytest.param("x" * 100_000, [], id="a very long text"),
        pytest.param("Atlantis", [], id="nobody"),
    ],
)
def test_suggestions_are_names_and_never_codes(text, names):
    assert [party.name for party in suggest_parties(Directory(), text)] == names


@pytest.mark.parametrize(
    "text, sentence",
    [
        (
            "Slovak Republic",
            "“Slovak Republic” is Slovakia (SVK), which is not in this record: enter it first.",
        ),
        ("Japn", "Names that are near: Japan (japan)."),
        ("Slovenija 2", "Names that are near: Slovenia (SVN), which is not in this record."),
        ("Atlantis", "Enter it first."),
    ],
)
def test_the_advice_says_what_to_do(text, sentence):
    assert write_advice(Directory(), text) == sentence
