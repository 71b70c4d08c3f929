"""What the filters keep. The pages and the API share them, so they are tested by themselves."""

from datetime import date

import pytest
from django.http import QueryDict

from commitments import filters, models
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.records import withdraw
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    """Return the slugs that a filter set keeps for a query; fails on an error."""

    def kept(filterset, query, model=models.Pledge):
        asked = filterset(QueryDict(query), queryset=model.objects.published())
        assert asked.is_valid(), asked.errors
        return [row.slug for row in asked.qs]

    return kept


@pytest.fixture
def pledges(kept):
    def pledges(query):
        return set(kept(filters.PledgeFilter, query))

    return pledges


@pytest.fixture
def refused():
    def refused(filterset, query, model=models.Pledge):
        asked = filterset(QueryDict(query), queryset=model.objects.published())
        return set() if asked.is_valid() else set(asked.errors)

    return refused


@shared
def two_parties(japan, make_party, make_pledge, make_assessment):
    """Japan met the first pledge and not the second; with the United States it is the other way
    round.
    """
    states = make_party("united-states", name_ja="米国")
    for slug, met_by in (("first", japan), ("second", states)):
        pledge = make_pledge(slug, parties=[japan, states])
        for undertaking in pledge.undertakings.all():
            make_assessment(undertaking, "met" if undertaking.party == met_by else "stalled")


def test_party_and_status_match_the_same_undertaking(pledges, two_parties):
    assert pledges("party=japan&status=met") == {"first"}
    assert pledges("party=united-states&status=met") == {"second"}
    assert pledges("status=met") == pledges("party=japan") == {"first", "second"}
    assert pledges("party=japan&status=met&status=stalled") == {"first", "second"}
    assert pledges("party=japan&status=not_assessed") == set()


def test_a_pledge_that_matches_twice_is_listed_once(kept, two_parties):
    assert kept(filters.PledgeFilter, "status=met&status=stalled&ordering=title") == [
        "first",
        "second",
    ]


def test_leader_and_party_match_the_same_undertaking(
    pledges, settle, japan, make_party, make_leader, make_pledge
):
    leader = make_leader()
    pledge = make_pledge("bound", parties=[japan, make_party("france")], state="draft")
    pledge.undertakings.filter(party=japan).update(leader=leader)
    settle(pledge)
    make_pledge("said", stated_by_leader=leader)
    make_pledge("other")
    assert pledges("leader=sanae-takaichi") == {"bound", "said"}
    assert pledges("leader=sanae-takaichi&party=france") == set()


def test_overdue_and_party_match_the_same_undertaking(
    pledges, make_pledge, make_assessment, japan, make_party, time_machine
):
    time_machine.move_to("2026-03-01 12:00+00:00", tick=False)
    pledge = make_pledge(
        "late",
        parties=[japan, make_party("france")],
        deadline=date(2026, 3, 31),
        deadline_precision="day",
    )
    make_assessment(pledge.undertakings.get(party=japan), "met")
    assert pledges("overdue=true") == set()
    time_machine.move_to("2026-04-01 00:00+00:00", tick=False)
    assert pledges("overdue=true") == pledges("overdue=true&party=france") == {"late"}
    assert pledges("overdue=true&party=japan") == set()
    assert pledges("overdue=false&party=japan") == {"late"}
    assert pledges("overdue=true&status=met") == set()


def test_not_overdue_means_for_no_party(
    pledges, make_pledge, make_assessment, japan, make_party, time_machine
):
    """Without another filter, true and false share no pledge and together are all of them."""
    time_machine.move_to("2026-03-01 12:00+00:00", tick=False)
    late = make_pledge(
        "late",
        parties=[japan, make_party("france")],
        deadline=date(2026, 3, 31),
        deadline_precision="day",
    )
    make_assessment(late.undertakings.get(party=japan), "met")
    make_pledge("undated")
    time_machine.move_to("2026-04-01 00:00+00:00", tick=False)
    assert pledges("overdue=true") == {"late"}
    assert pledges("overdue=false") == {"undated"}


@on_the_same_record(
    "query, found",
    [
        pytest.param("q=SECURITY", {"one"}, id="in any case"),
        pytest.param("q=secur", {"one"}, id="the beginning of a word"),
        pytest.param("q=防衛費", {"one"}, id="Japanese, in the middle of a sentence"),
        pytest.param("q=tokyo", {"two"}, id="the summit's name"),
        pytest.param("q=france", {"two"}, id="a party's name"),
        pytest.param("q=fisheries", {"two"}, id="a topic's name"),
        pytest.param("q=tokyo+france", {"two"}, id="words in different places"),
        pytest.param("q=tokyo+security", set(), id="every word must occur"),
        pytest.param("q=防衛費　Security", {"one"}, id="the wide space parts words too"),
        pytest.param("q=100%25", {"two"}, id="a per cent sign is itself"),
        pytest.param("q=_ecurity", set(), id="an underscore is itself"),
        pytest.param("q=", {"one", "two"}, id="nothing asked"),
        pytest.param("q=か\u3099", {"one"}, id="composed before it is compared"),
    ],
)
def test_search(pledges, make_pledge, make_summit, make_party, make_topic, query, found):
    make_pledge(
        "one",
        title="Security spending",
        title_ja="我が国は防衛費を増やす",
        quote="We will spend more.",
    )
    summit = make_summit("tokyo-2025", name="Tokyo summit")
    about = {
        "summit": summit,
        "parties": [make_party("france")],
        "topics": [make_topic("fisheries")],
    }
    make_pledge("two", title="A hundred", quote="We will do 100% of it.", **about)
    assert pledges(query) == found


def test_search_finds_no_hidden_name(pledges, make_pledge, make_party, reviewer):
    party = make_party("france")
    make_pledge("one", parties=[party])
    withdraw(party, by=reviewer, note="Wrong.", cascade=True)
    assert pledges("q=france") == pledges("party=france") == set()


@on_the_same_record(
    "query, found",
    [
        ("summit=tokyo-2025", {"one"}),
        ("series=japan-us", {"one"}),
        ("topic=trade", {"two"}),
        ("kind=trade", {"two"}),
        ("attribution=joint_text", {"two"}),
        ("modality=aims", {"two"}),
        ("made_from=2025-10-29", {"two"}),
        ("made_to=2025-10-28", {"one"}),
        ("made_from=2025-10-28&made_to=2025-10-28", {"one"}),
        ("deadline_from=2026-03-31", {"two"}),
        ("deadline_to=2026-03-31", {"two"}),
        ("deadline_to=2026-03-30", set()),
        ("kind=trade&topic=defence", set()),
        ("status=&party=&overdue=&made_from=", {"one", "two"}),
        ("status=&status=not_assessed", {"one", "two"}),
        ("page=2&utm_source=mail", {"one", "two"}),
    ],
)
def test_what_each_filter_keeps(
    pledges, settle, make_pledge, make_summit, make_topic, query, found
):
    series = settle(models.SummitSeries.objects.create(slug="japan-us", name="Japan-US"))
    make_pledge("one", summit=make_summit(series=series), topics=[make_topic()])
    make_pledge(
        "two",
        topics=[make_topic("trade")],
        kind="trade",
        attribution="joint_text",
        modality="aims",
        made_on=date(2025, 10, 30),
        deadline=date(2026, 3, 31),
        deadline_precision="day",
    )
    assert pledges(query) == found


@pytest.mark.parametrize(
    "name, values",
    [
        ("party", ["Japan", "a b", "-", "a---b", "x" * 331, "'", "japan,france"]),
        ("status", ["draft", "Met", "met,not_met", "exempt"]),
        ("overdue", ["1", "True", "yes"]),
        ("kind", ["null", "other", "kind__in"]),
        ("ordering", ["state", "?", "-pk", "made_on,title", "deadline__year", "made_on desc"]),
        (
            "made_from",
            ["0000-00-00", "10000-01-01", "0001-01-01", "9999-12-31", "1899-12-31", "2026-02-30"],
        ),
        (
            "made_to",
            [
                "20260331",
                "2026-W14-2",
                "31.3.2026",
                "2026-3-1",
                "２０２６-03-31",
                " 2026-03-31",
                "today",
            ],
        ),
        ("q", ["x" * 201, " ".join(f"w{number}" for number in range(13)), "a\0b"]),
    ],
)
def test_a_value_that_cannot_be_one_is_an_error(refused, name, values):
    for value in values:
        query = QueryDict(mutable=True)
        query[name] = value
        assert refused(filters.PledgeFilter, query.urlencode()) == {name}, value


def test_errors_name_the_values_there_are():
    asked = filters.PledgeFilter(
        QueryDict("overdue=maybe"), queryset=models.Pledge.objects.published()
    )
    assert asked.errors["overdue"] == ["Give one of: true, false."]


def test_twelve_words_are_searched_in_one_statement(django_assert_num_queries, make_pledge):
    make_pledge()
    words = "+".join(f"w{number}" for number in range(12))
    query = QueryDict(
        f"q={words}&party=japan&status=met&topic=defence&leader=x&series=y&overdue=true"
    )
    with django_assert_num_queries(1):
        assert (
            list(filters.PledgeFilter(query, queryset=models.Pledge.objects.published()).qs) == []
        )


def test_asking_costs_no_statement_before_the_rows_are_read(django_assert_num_queries):
    with django_assert_num_queries(0):
        asked = filters.PledgeFilter(
            QueryDict("party=japan&status=met"), queryset=models.Pledge.objects.published()
        )
        assert asked.is_valid()
        assert asked.form.fields["party"] and asked.qs is not None


def test_summits(kept, make_summit, make_leader, make_party, japan, settle):
    leader = make_leader()
    summit = make_summit(
        "tokyo-2025",
        state="draft",
        kind="multilateral",
        starts_on=date(2025, 12, 31),
        ends_on=date(2026, 1, 1),
    )
    # Two leaders of one party: the summit still counts once.
    for who in (leader, make_leader("other")):
        models.Participation.objects.create(summit=summit, party=japan, leader=who)
    settle(summit)
    make_summit("hanoi-2024", starts_on=date(2024, 5, 1), ends_on=date(2024, 5, 1))

    def summits(query):
        return kept(filters.SummitFilter, query, models.Summit)

    assert (
        summits("party=japan")
        == summits("leader=other")
        == summits("kind=multilateral")
        == ["tokyo-2025"]
    )
    assert summits("year=2025") == ["tokyo-2025"]
    assert summits("year=2026") == []


@pytest.mark.parametrize("year", ["1899", "2200", "10000", "-1", "x", "9" * 5000])
def test_a_year_that_cannot_be_one_is_an_error(refused, year):
    assert refused(filters.SummitFilter, f"year={year}", models.Summit) == {"year"}


def test_leaders_by_party(kept, make_leader, make_party, japan):
    terms = [{"party": japan, "office": "Minister"}, {"party": japan, "office": "Prime Minister"}]
    make_leader("twice", tenures=terms)
    make_leader("never")
    assert kept(filters.LeaderFilter, "party=japan", models.Leader) == ["twice"]


def test_evidence_by_party_counts_what_bears_on_all(
    kept, settle, japan, make_party, make_pledge, make_evidence
):
    france = make_party("france")
    pledge = make_pledge("shared", parties=[japan, france])
    make_evidence(pledge, "for-all")
    mine = make_evidence(pledge, "for-japan", state="draft")
    mine.undertakings.set(pledge.undertakings.filter(party=japan))
    settle(mine)
    make_evidence(make_pledge("other"), "elsewhere", stance="contradicts")

    def evidence(query):
        return set(kept(filters.EvidenceFilter, query, models.Evidence))

    assert evidence("party=france") == {"for-all"}
    assert evidence("party=japan&pledge=shared") == {"for-all", "for-japan"}
    assert evidence("stance=contradicts") == {"elsewhere"}
    assert evidence("source=white-house") == {"for-all", "for-japan", "elsewhere"}


def test_search_notes_by_party_and_day(
    kept, settle, japan, make_party, make_pledge, make_search_note
):
    pledge = make_pledge("shared", parties=[japan, make_party("france")])
    make_search_note(pledge, "for-all", searched_on="2026-01-31")
    mine = make_search_note(pledge, "for-japan", searched_on="2026-02-01", state="draft")
    mine.undertakings.set(pledge.undertakings.filter(party=japan))
    settle(mine)
    make_search_note(make_pledge("other"), "elsewhere", searched_on="2026-02-02")

    def notes(query):
        return set(kept(filters.SearchNoteFilter, query, models.SearchNote))

    assert notes("party=france") == {"for-all"}
    assert notes("party=japan&pledge=shared") == {"for-all", "for-japan"}
    assert notes("searched_from=2026-02-01") == {"for-japan", "elsewhere"}
    assert notes("searched_from=2026-02-01&searched_to=2026-02-01") == {"for-japan"}
    assert notes("searched_to=2026-01-31") == {"for-all"}


def test_assessments(kept, two_parties):
    def assessments(query):
        return len(kept(filters.AssessmentFilter, query, models.Assessment))

    assert assessments("") == 4
    assert assessments("status=met&party=japan") == 1
    assert assessments("status=met&status=stalled&pledge=first") == 2
    assert assessments("undertaking=first--japan") == 1
    assert assessments("as_of_from=2025-10-28&as_of_to=2025-10-28") == 4
    assert assessments("as_of_from=2025-10-29") == assessments("as_of_to=2025-10-27") == 0


def test_sources_and_parties(kept, make_source, make_summit, make_party):
    make_source("issued", issued_at=make_summit(), kind="speech", tier="press")
    make_source("other")
    make_party("asean", kind="bloc")
    assert kept(filters.SourceFilter, "summit=tokyo-2025", models.Source) == ["issued"]
    assert kept(filters.SourceFilter, "kind=speech&tier=press", models.Source) == ["issued"]
    assert kept(filters.PartyFilter, "kind=bloc", models.Party) == ["asean"]


def test_every_filter_explains_itself():
    for filterset in filters.Filters.__subclasses__() + filters.ByUndertaking.__subclasses__():
        assert filterset.names() == set(filterset.base_filters)
        for name, each in filterset.base_filters.items():
            assert str(each.extra["help_text"]).endswith("."), (filterset, name)
            assert str(each.label), (filterset, name)


def test_confidence_matches_the_same_undertaking_and_only_ours(
    pledges, make_pledge, make_assessment, make_party, japan
):
    france = make_party("france")
    pledge = make_pledge("judged", parties=[japan, france])
    make_assessment(pledge.undertakings.get(party=japan), "met", confidence="low")
    make_assessment(pledge.undertakings.get(party=france), "met", confidence="high")
    make_pledge("unjudged")
    assert pledges("confidence=low") == pledges("confidence=low&party=japan") == {"judged"}
    assert pledges("confidence=low&party=france") == pledges("confidence=medium") == set()


@pytest.mark.parametrize("year, found", [(2023, set()), (2024, {"old", "older"}), (2025, {"new"})])
def test_the_year_made_begins_in_january_and_ends_in_december(pledges, make_pledge, year, found):
    make_pledge("older", made_on=date(2024, 1, 1))
    make_pledge("old", made_on=date(2024, 12, 31))
    make_pledge("new", made_on=date(2025, 1, 1))
    assert pledges(f"year={year}") == found


def test_only_the_filters_that_were_named_are_made():
    rows = models.Pledge.objects.published()
    few = filters.PledgeFilter(QueryDict("party=japan"), rows, only={"party", "unknown"})
    assert set(few.form.fields) == set(few.filters) == {"party"}
    # Those of other filtersets of the kind are untouched.
    assert set(filters.PledgeFilter(QueryDict(), rows).form.fields) == filters.PledgeFilter.names()
