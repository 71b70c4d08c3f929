"""A facet's count is what a reader gets by choosing it, whatever else is chosen."""

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from commitments import models
from commitments.filters import PledgeFilter
from commitments.filters.facets import NAMES, count_facets

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(
    settle,
    japan,
    make_party,
    make_summit,
    make_leader,
    make_topic,
    make_pledge,
    make_assessment,
    time_machine,
):
    """Six pledges that differ in everything that is counted, and drafts that must not be."""
    france, leader, other = make_party("france"), make_leader(), make_leader("donald-trump")
    series = settle(models.SummitSeries.objects.create(slug="nato", name="NATO summits"))
    tokyo, wales = (
        make_summit("tokyo"),
        make_summit("wales", series=series, starts_on=date(2014, 9, 4)),
    )
    defence, trade = make_topic("defence"), make_topic("trade")
    past = {"deadline": date(2025, 12, 31), "deadline_precision": "day"}
    rows = [
        make_pledge(
            "a",
            summit=tokyo,
            topics=[defence],
            parties=[japan, france],
            stated_by_leader=leader,
            **past,
        ),
        make_pledge(
            "b", summit=wales, topics=[defence, trade], parties=[japan, france], kind="trade"
        ),
        make_pledge("c", summit=wales, parties=[france], modality="aims", made_on=date(2014, 9, 5)),
        make_pledge(
            "d", topics=[trade], parties=[japan], attribution="joint_text", stated_by_leader=other
        ),
        make_pledge("e", parties=[japan], kind="trade", state="draft", **past),
        make_pledge("f", parties=[japan, france], made_on=date(2024, 1, 1), state="draft"),
    ]
    rows[4].undertakings.update(leader=other)
    rows[0].undertakings.filter(party=japan).update(leader=other)
    rows[1].undertakings.filter(party=france).update(leader=leader)
    rows[5].undertakings.filter(party=france).update(exempt_reason="No forces.")
    models.Pledge.objects.update(state="published")
    for row, party, status, confidence in (
        ("a", japan, "met", "high"), ("a", france, "stalled", "low"), ("b", japan, "stalled", "high"),
        ("b", france, "met", "medium"), ("d", japan, "met", "low"),
    ):  # fmt: skip
        owed = models.Undertaking.objects.get(pledge__slug=row, party=party)
        make_assessment(owed, status, confidence=confidence)
    make_pledge("hidden", parties=[france], topics=[defence], kind="symbolic", state="draft")
    make_pledge(
        "orphan",
        parties=[japan],
        summit=make_summit("secret", state="draft"),
        state="draft",
        criteria=False,
    )
    models.Pledge.objects.filter(slug="orphan").update(state="published")
    time_machine.move_to("2026-03-01 12:00+00:00", tick=False)


def asked(query):
    question = PledgeFilter(
        QueryDict(query, mutable=True), queryset=models.Pledge.objects.published()
    )
    assert question.is_valid(), question.errors
    return question


def counted(query=""):
    return {
        facet.name: {option.value: option.count for option in facet.options}
        for facet in count_facets(asked(query))
    }


QUESTIONS = [
    "",
    "party=japan",
    "party=france&status=stalled",
    "status=met&status=stalled",
    "status=not_assessed",
    "confidence=high",
    "confidence=high&party=japan",
    "overdue=true",
    "overdue=false",
    "overdue=false&party=france",
    "leader=donald-trump",
    "leader=sanae-takaichi&status=met",
    "topic=defence&kind=trade",
    "series=nato",
    "series=nato&summit=wales",
    "series=nato&summit=tokyo",
    "year=2014",
    "year=2025&kind=spending&attribution=own_statement&modality=commits",
    "q=tokyo",
    "q=a&ordering=title&topic=trade",
    "deadline_from=2025-01-01&made_to=2025-12-31",
    "party=nobody",
]


def test_a_count_is_what_choosing_it_gives(world):
    for query in QUESTIONS:
        for name, options in counted(query).items():
            for value, count in options.items():
                choice = QueryDict(query, mutable=True)
                choice[name] = value
                assert asked(choice.urlencode()).qs.count() == count, (query, name, value)


def test_every_choice_that_gives_something_is_offered(world):
    records = {"party": models.Party, "topic": models.Topic, "leader": models.Leader, "summit": models.Summit,
               "series": models.SummitSeries}  # fmt: skip
    possible = {
        name: model.objects.values_list("slug", flat=True) for name, model in records.items()
    }
    possible |= {
        "year": ["2014", "2024", "2025"],
        "overdue": ["true"],
        "may_be_out_of_date": ["yes"],
    }
    for query in QUESTIONS:
        offered = counted(query)
        for name in NAMES:
            for value in possible.get(name) or [
                value for value, _ in asked("").form.fields[name].choices if value
            ]:
                choice = QueryDict(query, mutable=True)
                choice[name] = value
                assert (asked(choice.urlencode()).qs.count() > 0) <= (value in offered[name]), (
                    query,
                    name,
                    value,
                )


def test_hand_counted(world):
    found = counted()
    assert found["party"] == {"japan": 5, "france": 4}
    assert found["status"] == {"not_assessed": 3, "met": 3, "stalled": 2}
    assert found["topic"] == {"defence": 2, "trade": 2}
    assert found["leader"] == {"donald-trump": 3, "sanae-takaichi": 2}
    assert found["series"] == {"nato": 2}
    assert found["year"] == {"2025": 4, "2024": 1, "2014": 1}
    assert found["overdue"] == {"true": 2}
    assert found["confidence"] == {"high": 2, "low": 2, "medium": 1}
    assert "symbolic" not in found["kind"]


def test_what_was_chosen_stays_with_nothing_left(world):
    chosen = {
        facet.name: [o for o in facet.options if o.chosen]
        for facet in count_facets(asked("topic=trade&year=2014"))
    }
    assert [(option.word, option.count) for option in chosen["topic"]] == [("Trade", 0)]
    assert [(option.value, option.count) for option in chosen["year"]] == [("2014", 0)]


def test_a_hidden_record_chosen_is_not_named(world):
    assert counted("summit=secret")["summit"] == counted("summit=never")["summit"]


def test_nine_statements(world):
    for query in ("", QUESTIONS[-3], "party=japan&status=met&year=2025&overdue=true"):
        question = asked(query)
        with CaptureQueriesContext(connection) as captured:
            count_facets(question)
        assert len(captured) == 9
