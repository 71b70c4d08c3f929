from commitments import models


def test_a_summit_tells_who_was_there_with_the_office_held_that_day(
    read, japan, make_leader, make_summit, settle
):
    leader = make_leader(
        tenures=[{"party": japan, "office": "Prime Minister of Japan", "slug": "pm"}]
    )
    summit = make_summit(state="draft")
    models.Participation.objects.create(
        summit=summit, party=japan, leader=leader, tenure=leader.tenures.get()
    )
    settle(summit)
    text = read(summit.get_absolute_url())
    assert leader.name in text
    assert "Prime Minister of Japan" in text


def test_coverage_counts_what_was_read_and_lists_the_rest_with_reasons(
    read, make_summit, make_source, make_pledge
):
    summit = make_summit()
    text = make_source("joint-text", issued_at=summit)
    make_source("unread", issued_at=summit)
    tracked, draft = (
        make_pledge("tracked", summit=summit),
        make_pledge("draft", summit=summit, state="draft"),
    )
    for quote, pledge, reason in [
        ("We will spend more.", tracked, ""),
        ("We will plant trees.", draft, ""),
        ("We praise each other.", None, "Praise, no future action."),
    ]:
        statement = models.Statement.objects.create(
            source=text, quote=quote, not_tracked_reason=reason
        )
        if pledge:
            statement.pledges.add(pledge)
    page = read(summit.get_absolute_url())
    assert "1 of 3 statements found in 1 document are tracked as pledges." in page
    assert "We will spend more." not in page
    assert "Praise, no future action." in page
    # Tracked by a draft: for the public that is not tracked yet.
    assert page.count("Not tracked yet.") == 1


def test_an_unread_summit_admits_it(read, make_summit):
    assert "has been read sentence by sentence yet" in read(make_summit().get_absolute_url())


def test_summits_can_be_kept_to_one_series(read, make_summit, settle):
    series = settle(models.SummitSeries.objects.create(slug="g7", name="G7 summits"))
    make_summit("hiroshima-2023", series=series)
    make_summit("tokyo-2025")
    text = read("/summits/?series=g7")
    assert "Hiroshima" in text
    assert "Tokyo" not in text


def test_who_was_there_stands_in_order(read, japan, make_leader, make_party, make_summit, settle):
    summit = make_summit(
        state="draft", parties=[make_party("albania"), make_party("agency", kind="organisation")]
    )
    summit.participations.create(party=japan, leader=make_leader())
    settle(summit)
    people = read(summit.get_absolute_url()).partition('id="people"')[2].partition("</section>")[0]
    shown = [
        people.index(f'href="{address}"')
        for address in ("/leaders/sanae-takaichi/", "/parties/albania/", "/parties/agency/")
    ]
    assert shown == sorted(shown)
