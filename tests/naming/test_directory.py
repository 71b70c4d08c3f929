"""Who is called so: by all names, with their days, and by codes."""

from datetime import date

import pytest

from commitments.models import Party, PartyName
from commitments.naming.directory import Directory

pytestmark = pytest.mark.django_db


def enter(slug, name, **fields):
    return Party.objects.create(slug=slug, name=name, **{"kind": "state", **fields})


def call(party, name, **fields):
    return PartyName.objects.create(party=party, name=name, **{"kind": "common", **fields})


@pytest.fixture
def states():
    """Parties as the record has them, with no other names entered."""
    for slug, name, iso_code in [
        ("slovakia", "Slovakia", "SVK"),
        ("south-korea", "South Korea", "KOR"),
        ("turkiye", "Türkiye", "TUR"),
        ("netherlands", "Netherlands", "NLD"),
        ("united-kingdom", "United Kingdom", "GBR"),
        ("cote-d-ivoire", "Côte d'Ivoire", "CIV"),
        ("greece", "Greece", "GRC"),
        ("egypt", "Egypt", "EGY"),
        ("eswatini", "Eswatini", "SWZ"),
    ]:
        enter(slug, name, iso_code=iso_code)


@pytest.mark.parametrize(
    "text, slug",
    [
        ("Slovak Republic", "slovakia"),
        ("Korea, Rep.", "south-korea"),
        ("Korea (the Republic of)", "south-korea"),
        ("Turkey", "turkiye"),
        ("Turkiye", "turkiye"),
        ("The Netherlands", "netherlands"),
        ("Netherlands (Kingdom of the)", "netherlands"),
        ("UK", "united-kingdom"),
        ("uk", "united-kingdom"),
        ("Great Britain", "united-kingdom"),
        ("GB", "united-kingdom"),
        ("GBR", "united-kingdom"),
        ("Royaume-Uni", "united-kingdom"),
        ("Côte d’Ivoire", "cote-d-ivoire"),
        ("Cote d'Ivoire", "cote-d-ivoire"),
        ("コートジボワール", "cote-d-ivoire"),
        ("ΕΛΛΆΔΑ", "greece"),
        ("Egypt, Arab Rep.", "egypt"),
        ("Swaziland", "eswatini"),
        (" eswatini ", "eswatini"),
    ],
)
def test_a_state_on_record_is_known_by_its_shipped_names(states, text, slug):
    match = Directory().find(text)
    assert [party.slug for party in match.parties] == [slug]
    assert match.only.slug == slug


@pytest.mark.parametrize("text", ["gb", "gbr", "Svk", "no", "NO WAY", "Atlantis", "", "the"])
def test_a_code_in_small_letters_is_a_word_like_any(states, text):
    assert Directory().find(text).candidates == []


def test_a_state_that_is_not_on_record_is_known_to_the_files():
    match = Directory().find("Slovak Republic")
    assert match.parties == []
    assert str(match.only) == "Slovakia (SVK)"


def test_names_entered_here_go_before_the_files():
    enter("congo-a", "Congo A", iso_code="COD").names.create(name="Congo", kind="common")
    assert Directory().find("Congo").only.slug == "congo-a"


@pytest.mark.parametrize(
    "on, slugs",
    [
        pytest.param(None, ["new"], id="without a day, who is called so now"),
        pytest.param(date(1989, 12, 31), ["old"], id="the last day"),
        pytest.param(date(1990, 1, 1), [], id="between the two"),
        pytest.param(date(1994, 12, 31), [], id="the day before the first"),
        pytest.param(date(1995, 1, 1), ["new"], id="the first day"),
    ],
)
def test_a_name_counts_for_its_time(on, slugs):
    call(enter("old", "Old state"), "Ruritania", kind="former", ends_on=date(1989, 12, 31))
    call(enter("new", "New state"), "Ruritania", starts_on=date(1995, 1, 1))
    match = Directory().find("Ruritania", on=on)
    assert [party.slug for party in match.parties] == slugs


def test_a_former_name_of_nobody_else_is_understood_without_a_day():
    call(enter("new", "New state"), "Ruritania", kind="former", ends_on=date(1989, 12, 31))
    assert Directory().find("Ruritania").only.slug == "new"


def test_a_party_that_ended_leaves_its_name_to_its_successor():
    enter("old", "Ruritania", ends_on=date(1990, 1, 1))
    enter("new", "Ruritania", starts_on=date(1990, 1, 2))
    assert Directory().find("Ruritania").only.slug == "new"
    assert Directory().find("Ruritania", on=date(1980, 1, 1)).only.slug == "old"


def test_several_parties_of_one_name_are_all_given():
    for slug in ("north", "south"):
        enter(slug, "Ruritania")
    match = Directory().find("ruritania")
    assert [party.slug for party in match.parties] == ["north", "south"]
    assert match.only is None
    assert Directory().find("north").only.slug == "north"


def test_a_code_that_is_also_a_name_means_both():
    enter("african-union", "African Union", short_name="AU", kind="organisation")
    assert [str(party) for party in Directory().find("AU").candidates] == [
        "African Union",
        "Australia (AUS)",
    ]
    assert Directory().find("au").only.slug == "african-union"


def test_a_code_entered_as_a_name_is_exact():
    call(enter("club", "Club", kind="bloc"), "CLB", kind="code")
    assert Directory().find("CLB").only.slug == "club"
    assert Directory().find("clb").only is None


def test_loading_takes_two_statements(states, django_assert_num_queries):
    with django_assert_num_queries(2):
        directory = Directory()
        directory.find("UK")
        directory.find("Nobody")
