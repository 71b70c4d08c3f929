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
    assert '<span class="native" lang="ja">高市早苗</span>' in read(
        record.leader.get_absolute_url()
    )
    assert '<p class="native"><span lang="ja">日本</span></p>' in read(
        record.party.get_absolute_url()
    )
    assert '<p class="native"><span lang="ja">日米首脳会談</span></p>' in read(
        record.summit.get_absolute_url()
    )
