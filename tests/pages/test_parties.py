import re

import pytest

from commitments import models


def test_a_party_page_shows_its_own_part_only(
    read, japan, make_party, make_pledge, make_assessment
):
    france = make_party("france")
    pledge = make_pledge(parties=[japan, france])
    make_assessment(pledge.undertakings.get(party=france), "not_met", as_of="2025-10-29")
    assert "Not met" not in read(japan.get_absolute_url())
    assert "Not met" in read(france.get_absolute_url())


def test_the_record_of_a_leader_is_of_the_party_they_spoke_for(
    read, japan, make_party, make_pledge, make_leader, make_assessment
):
    leader, france = make_leader(), make_party("france")
    joint = make_pledge("joint", parties=[japan, france], stated_by=japan, stated_by_leader=leader)
    make_pledge("claimed", parties=[france], stated_by=japan, stated_by_leader=leader)
    make_assessment(joint.undertakings.get(party=france), "not_met", as_of="2025-10-29")
    make_assessment(joint.undertakings.get(party=japan), "met", as_of="2025-10-29")
    record = read(leader.get_absolute_url()).partition("The record over time")[2]
    assert "1 of 1" in record
    assert "Not met" not in record.partition("Summits they took part in")[0]


def test_a_draft_bloc_or_leader_of_a_party_is_absent(read, japan, make_party, make_leader):
    bloc = make_party("zz-bloc", kind="bloc", state="draft")
    models.Membership.objects.create(bloc=bloc, member=japan)
    make_leader("zz-leader", state="draft", tenures=[{"party": japan, "office": "Zz office"}])
    text = read(japan.get_absolute_url())
    assert "zz" not in text.lower()


def test_japanese_names_are_marked_as_japanese(read, record):
    page = " ".join(read(record.leader.get_absolute_url()).split())
    assert '<span class="native" lang="ja" dir="auto">高市早苗</span>' in page
    assert '<p class="native"><span lang="ja">日本</span></p>' in read(
        record.party.get_absolute_url()
    )
    assert '<p class="native"><span lang="ja">日米首脳会談</span></p>' in read(
        record.summit.get_absolute_url()
    )


@pytest.fixture
def turkiye(make_party):
    party = make_party("turkiye", name="Türkiye", name_ja="トルコ", iso_code="TUR", state="draft")
    for name, language, kind, days in [
        ("Republic of Türkiye", "en", "official", {}),
        ("トルコ共和国", "ja", "official", {}),
        ("Turkey", "en", "former", {"ends_on": "2022-12-31", "ends_on_precision": "year"}),
        ("Türkei", "de", "common", {}),
        ("TR", "", "code", {}),
    ]:
        party.names.create(name=name, language=language, kind=kind, **days)
    return party


@pytest.mark.parametrize(
    "address, line",
    [
        pytest.param(
            "/parties/turkiye/",
            "Also called: Republic of Türkiye; Turkey (until 2022)",
            id="English, the former name last, with its time",
        ),
        pytest.param(
            "/ja/parties/turkiye/",
            "別名： Republic of Türkiye; トルコ共和国; Turkey (2022年まで)",
            id="Japanese and English",
        ),
        pytest.param(
            "/parties/turkiye/?as_of=2020-01-01",
            "Also called: Republic of Türkiye; Turkey",
            id="a name that was in use on the day looked at",
        ),
    ],
)
def test_a_party_says_what_else_it_is_called(client, settle, turkiye, address, line):
    settle(turkiye, "published")
    html = client.get(address).html()
    text = " ".join(re.sub("<[^>]+>", "", html).split())
    assert line in text
    assert "Türkei" not in text
    assert '<span lang="en">Turkey</span>' in html


def test_a_party_without_other_names_says_nothing(read, japan):
    assert "Also called" not in read(japan.get_absolute_url())
