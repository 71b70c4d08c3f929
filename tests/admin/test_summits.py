"""Summits at the desk: office, party, role and series follow from who, where and when."""

import pytest

from commitments.models import Participation, Summit, SummitSeries

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": "2025-10-28", "ends_on": "2025-10-28"}


@pytest.fixture
def taro(make_leader, japan):
    leader = make_leader("taro", state="draft")
    leader.tenures.all().delete()
    return leader


@pytest.fixture
def enter_summit(save, address, at_desk, researcher):
    """Add a summit with one participant by its form; return the row, or its errors by field."""

    def enter_summit(summit=(), **row):
        posted = {f"participations-0-{name}": value for name, value in row.items()}
        typed = {"name": "Summit", "kind": "bilateral", **DAYS, **dict(summit)}
        answer = save(at_desk(researcher), address(Summit, "add"), **typed, **posted)
        if answer.status_code == 302:
            return Participation.objects.get()
        [inline] = answer.context["inline_admin_formsets"]
        return inline.formset.forms[0].errors

    return enter_summit


def give_office(leader, party, office, first, last=None):
    return leader.tenures.create(
        party=party, office=office, starts_on=first, ends_on=last, slug=office.lower()
    )


def test_office_and_party_follow_from_the_leader_and_the_days(enter_summit, taro, japan):
    give_office(taro, japan, "Deputy", "2020-01-01", "2025-10-20")
    office = give_office(taro, japan, "Premier", "2025-10-21")
    row = enter_summit(leader=taro.pk)
    assert (row.party, row.tenure, row.role) == (japan, office, "participant")


def test_two_offices_on_one_day_ask_with_both_named(enter_summit, taro, japan):
    give_office(taro, japan, "Deputy", "2020-01-01", "2025-10-28")
    give_office(taro, japan, "Premier", "2025-10-28")
    assert enter_summit(leader=taro.pk, party=japan.pk) == {
        "tenure": [f"{taro} held “Deputy” and “Premier” on these days. Choose one."]
    }


def test_offices_for_two_parties_ask_for_the_party(enter_summit, taro, japan, make_party):
    union = make_party("union", state="draft")
    give_office(taro, japan, "Premier", "2020-01-01")
    office = give_office(taro, union, "President", "2020-01-01")
    refused = enter_summit(leader=taro.pk)
    assert set(refused) == {"party"}
    assert japan.name in refused["party"][0] and union.name in refused["party"][0]
    assert enter_summit(leader=taro.pk, party=union.pk).tenure == office


def test_a_leader_without_an_office_then_needs_a_party_and_has_no_office(enter_summit, taro, japan):
    give_office(taro, japan, "Deputy", "2020-01-01", "2025-10-27")
    assert set(enter_summit(leader=taro.pk)) == {"party"}
    assert enter_summit(leader=taro.pk, party=japan.pk).tenure is None


def test_the_party_whose_country_it_is_is_the_host_unless_told(enter_summit, japan):
    assert enter_summit({"country": japan.pk}, party=japan.pk).role == "host"
    Participation.objects.all().delete()
    row = enter_summit({"country": japan.pk}, party=japan.pk, role="guest")
    assert row.role == "guest"


def test_the_series_of_the_same_parties_is_filled_in_and_said(
    enter_summit, make_summit, japan, save, address, at_desk, researcher
):
    series = SummitSeries.objects.create(slug="talks", name="Talks")
    earlier = make_summit("earlier", parties=[japan], starts_on="2024-01-01", ends_on="2024-01-01")
    Summit.objects.filter(pk=earlier.pk).update(series=series, kind="bilateral")
    client = at_desk(researcher)
    typed = {"name": "Next", "kind": "bilateral", **DAYS, "participations-0-party": japan.pk}
    answer = save(client, address(Summit, "add"), **typed)
    assert Summit.objects.get(name="Next").series == series
    assert "Series: Talks" in client.get(answer["Location"]).html()


def test_series_that_both_fit_are_left_to_the_curator(
    make_summit, japan, save, address, at_desk, researcher
):
    for number in (1, 2):
        series = SummitSeries.objects.create(slug=f"talks-{number}", name=f"Talks {number}")
        row = make_summit(
            f"earlier-{number}", parties=[japan], starts_on="2024-01-01", ends_on="2024-01-01"
        )
        Summit.objects.filter(pk=row.pk).update(series=series, kind="bilateral")
    typed = {"name": "Next", "kind": "bilateral", **DAYS, "participations-0-party": japan.pk}
    save(at_desk(researcher), address(Summit, "add"), **typed)
    assert Summit.objects.get(name="Next").series is None


def test_a_planned_summit_asks_for_nobody_and_says_expected(save, address, at_desk, researcher):
    client = at_desk(researcher)
    typed = {"name": "Next", "kind": "bilateral", "standing": "planned"}
    days = {"starts_on": "2027", "ends_on": "2027"}
    answer = save(client, address(Summit, "add"), **typed, **days)
    assert answer.status_code == 302
    summit = Summit.objects.get()
    assert (str(summit.starts_on), str(summit.ends_on)) == ("2027-01-01", "2027-12-31")
    assert "who is expected" in client.get(address(summit)).html().lower()


def test_a_cancelled_summit_says_why(save, address, at_desk, researcher):
    typed = {"name": "Next", "kind": "bilateral", "standing": "cancelled", **DAYS}
    answer = save(at_desk(researcher), address(Summit, "add"), **typed)
    assert answer.context["adminform"].form.errors == {
        "standing_reason": ["Say why it was postponed or cancelled."]
    }


@pytest.mark.parametrize(
    ("standing", "is_saved"), [("held", False), ("planned", True)], ids=["held", "planned"]
)
def test_a_summit_still_to_come_is_planned(
    save, address, at_desk, researcher, time_machine, standing, is_saved
):
    time_machine.move_to("2026-05-31", tick=False)
    typed = {
        "name": "Summit",
        "kind": "bilateral",
        "starts_on": "June 2026",
        "ends_on": "June 2026",
    }
    answer = save(at_desk(researcher), address(Summit, "add"), **typed, standing=standing)
    assert Summit.objects.exists() is is_saved
    if not is_saved:
        assert answer.context["adminform"].form.errors == {
            "standing": ["It begins on 1 June 2026, so it was not held yet. Choose “planned”."]
        }


def test_a_summit_that_was_entered_as_held_can_still_be_edited(
    save, errors, address, make_summit, at_desk, researcher, time_machine
):
    time_machine.move_to("2025-10-01", tick=False)
    summit = make_summit(state="draft")
    answer = save(at_desk(researcher), address(summit), city="Kyoto")
    assert answer.status_code == 302, errors(answer)
