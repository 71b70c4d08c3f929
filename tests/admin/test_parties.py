"""Parties at the desk: found by all their names, and given the usual ones when they are entered."""

import pytest

from commitments.models import Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(researcher, at_desk):
    return at_desk(researcher)


@pytest.fixture
def offered(desk):
    """Return the names that the box of a party offers for what is typed."""

    def offered(term, field="stated_by", model="pledge"):
        query = {"app_label": "commitments", "model_name": model, "field_name": field}
        answer = desk.get("/admin/autocomplete/", {**query, "term": term})
        return [result["text"] for result in answer.json()["results"]]

    return offered


@pytest.fixture
def states(make_party):
    make_party("ukraine", name="Ukraine", iso_code="UKR")
    make_party("united-kingdom", name="United Kingdom", iso_code="GBR")
    make_party("turkiye", name="Türkiye", iso_code="TUR", state="draft")


@pytest.mark.parametrize(
    "term, names",
    [
        ("UK", ["United Kingdom", "Ukraine"]),
        ("great britain", ["United Kingdom"]),
        ("Turkey", ["Türkiye"]),
        ("turkıye", ["Türkiye"]),
        ("トルコ", ["Türkiye"]),
        ("Atlantis", []),
        ("’", []),
    ],
)
def test_a_box_offers_parties_by_all_their_names(states, offered, term, names):
    assert offered(term) == names


def test_a_box_offers_all_parties_where_nothing_is_typed(states, offered):
    assert len(offered("")) == len(offered("  ")) == 3


@pytest.mark.parametrize(
    "model, field",
    [
        ("undertaking", "party"),
        ("tenure", "party"),
        ("membership", "member"),
        ("summit", "country"),
    ],
)
def test_every_box_of_a_party_does(states, offered, model, field):
    assert offered("UK", field=field, model=model)[0] == "United Kingdom"


def test_the_list_finds_them_too_and_can_be_sorted(states, desk, address):
    page = desk.get(address(Party, "changelist"), {"q": "uk"})
    assert [party.slug for party in page.context["cl"].result_list] == ["united-kingdom", "ukraine"]
    page = desk.get(address(Party, "changelist"), {"q": "uk", "o": "1"})
    assert [party.slug for party in page.context["cl"].result_list] == ["ukraine", "united-kingdom"]


def test_undertakings_are_found_by_another_name_of_their_party(
    desk, address, make_party, make_pledge
):
    party = make_party("united-kingdom", name="United Kingdom")
    party.names.create(name="Great Britain", language="en", kind="common")
    [undertaking] = make_pledge(parties=[party]).undertakings.all()
    page = desk.get("/admin/commitments/undertaking/", {"q": "great"})
    assert list(page.context["cl"].result_list) == [undertaking]


@pytest.fixture
def names_of_turkey(desk, address, save, errors):
    """Enter Türkiye by the form, and return its names with their kinds."""

    def enter(**typed):
        fields = {"name": "Türkiye", "kind": "state", "iso_code": "TUR", **typed}
        answer = save(desk, address(Party, "add"), **fields)
        assert answer.status_code == 302, errors(answer)
        return dict(Party.objects.get().names.values_list("name", "kind"))

    return enter


def test_a_new_state_gets_its_usual_names(names_of_turkey):
    names = names_of_turkey()
    assert names["Turkey"] == "former"
    assert names["Republic of Türkiye"] == "official"
    assert names["TR"] == "code"
    turkey = Party.objects.get().names.get(name="Turkey")
    assert (turkey.ends_on.isoformat(), turkey.ends_on_precision) == ("2022-12-31", "year")


def test_a_name_that_was_typed_is_not_added_again(names_of_turkey):
    typed = {"names-0-name": "Turkey", "names-0-language": "en", "names-0-kind": "common"}
    assert names_of_turkey(**typed)["Turkey"] == "common"


def test_usual_names_can_be_declined(names_of_turkey):
    assert names_of_turkey(adds_usual_names=[]) == {}


def test_the_names_of_a_published_party_are_proposed_with_a_note(
    at_desk, researcher, reviewer, make_party, address, propose, decide
):
    party = make_party("turkiye", name="Türkiye", iso_code="TUR")
    note = {"adds_usual_names": "on", "public_note": "Names that are usual."}
    proposal = propose(at_desk(researcher), address(party), **note)
    assert not party.names.filter(name="Turkey").exists()
    decide(at_desk(reviewer), proposal, "approve")
    assert party.names.filter(name="Turkey").exists()
