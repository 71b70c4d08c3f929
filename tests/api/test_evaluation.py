"""`/api/v1/pledges/<slug>/evaluation/`: the rule run live, with both clocks of the asker's
choice.
"""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commitments.judging import evaluating
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db
ADDRESS = "pledges/two-per-cent/evaluation/"
BEFORE = date(2025, 10, 27)


@shared
def pledge(settle, make_pledge, make_party, make_figures, japan):
    """Two parties with 2 per cent in 2025; Japan's figure was revised downwards in June 2026."""
    france = make_party("france")
    indicator = make_figures("share", (japan, 2025, "2.00"), (france, 2025, "1.99"))
    make_figures("share", (japan, 2025, "1.95"), released_on=date(2026, 6, 1))
    pledge = make_pledge("two-per-cent", parties=[japan, france], state="draft")
    pledge.targets.create(
        label="Share", kind="stand", indicator=indicator, value=Decimal(2), due=date(2025, 12, 31)
    )
    return settle(pledge)


@pytest.fixture
def reasons(get):
    def reasons(**asked):
        answer = get(ADDRESS, asked)
        assert answer.status == 200, answer.body
        return {row["party"]: row["primary"]["reason"] for row in answer.body["undertakings"]}

    return reasons


@pytest.fixture
def refused(get):
    def refused(query):
        answer = get(f"{ADDRESS}?{query}")
        assert (answer.status, set(answer.body)) == (400, {"error"})
        return answer.body["error"]

    return refused


def test_it_answers_what_the_command_prints(get, pledge, capsys):
    for asked in (
        {},
        {"party": "japan"},
        {"as_of": "2026-11-22", "known_on": "2026-05-31"},
        {"as_of": "2026-03-01"},
    ):
        options = [f"--{name.replace('_', '-')}={value}" for name, value in asked.items()]
        call_command("evaluate", "two-per-cent", "--json", *options)
        assert get(ADDRESS, asked).body == json.loads(capsys.readouterr().out)


def test_without_days_both_clocks_are_today_and_without_known_on_it_is_the_day_as_of(get, pledge):
    today = timezone.now().date()
    body = get(ADDRESS).body
    assert (body["as_of"], body["known_on"]) == (str(today), str(today))
    body = get(f"{ADDRESS}?as_of=2026-02-01").body
    assert (body["as_of"], body["known_on"]) == ("2026-02-01", "2026-02-01")
    body = get(f"{ADDRESS}?known_on=2026-02-01").body
    assert (body["as_of"], body["known_on"]) == (str(today), "2026-02-01")


def test_the_two_clocks_are_kept_apart(reasons, pledge):
    assert reasons() == {"france": "fell_short", "japan": "fell_short"}
    assert reasons(known_on="2026-05-31") == {"france": "fell_short", "japan": "satisfied"}
    assert reasons(known_on="2026-06-01")["japan"] == "fell_short"
    assert reasons(as_of="2025-12-31", known_on="2026-01-14") == {
        "france": "no_data",
        "japan": "no_data",
    }
    assert reasons(as_of="2026-01-01", known_on="2026-01-14") == {
        "france": "awaiting_data",
        "japan": "awaiting_data",
    }
    assert reasons(as_of="2025-12-31", known_on="2026-01-15") == {
        "france": "under_way",
        "japan": "satisfied",
    }


def test_one_party_alone(get, pledge):
    body = get(f"{ADDRESS}?party=japan&known_on=2026-02-01").body
    assert [row["party"] for row in body["undertakings"]] == ["japan"]
    assert body["rollup"] == {
        "parties": 1, "by_status": {"met": 1}, "scored": 1, "mean_score": "1", "percent": "100",
    }  # fmt: skip


def test_a_pledge_without_a_target_in_numbers_has_nothing_to_judge(get, make_pledge):
    make_pledge("in-words")
    answer = get("pledges/in-words/evaluation/?as_of=2026-01-01")
    assert answer.status == 200
    assert answer.body == {
        "pledge": "in-words", "as_of": "2026-01-01", "known_on": "2026-01-01", "period": None, "release": None,
        "rules_version": "2", "undertakings": [], "lacks": [],
        "rollup": {"parties": 0, "by_status": {}, "scored": 0, "mean_score": None, "percent": None},
    }  # fmt: skip


def test_an_exempt_party_owes_the_pledge_and_is_left_out(get, pledge):
    pledge.undertakings.filter(party__slug="france").update(exempt_reason="No forces.")
    assert [row["party"] for row in get(ADDRESS).body["undertakings"]] == ["japan"]
    assert get(f"{ADDRESS}?party=france").body["undertakings"] == []


@on_the_same_record(
    "query, code, fields",
    [
        ("colour=red", "unknown_parameter", {"colour": "Unknown parameter."}),
        ("fields=pledge", "unknown_parameter", {"fields": "Unknown parameter."}),
        ("as_of=20260101", "invalid_parameter", {"as_of": "Give a day from 1900 to 2199, as 2026-03-31."}),
        ("known_on=2026-02-30", "invalid_parameter", {"known_on": "Give a day from 1900 to 2199, as 2026-03-31."}),
        ("known_on=2026-01-01&known_on=2026-01-02", "invalid_parameter", {"known_on": "Give it once."}),
        ("party=spain", "invalid_parameter",
         {"party": "spain does not owe this pledge. These do: france, japan."}),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_named(refused, pledge, query, code, fields):
    error = refused(query)
    assert (error["code"], error["fields"]) == (code, fields)


@pytest.mark.parametrize("name", ["as_of", "known_on"])
def test_a_day_to_come_is_refused_and_today_is_not(get, refused, pledge, name):
    today = timezone.now().date()
    assert get(ADDRESS, {name: today}).status == 200
    assert set(refused(f"{name}={today + timedelta(days=1)}")["fields"]) == {name}


def test_a_slug_that_could_not_be_one_is_refused_as_such(refused, pledge):
    assert set(refused("party=Not a slug")["fields"]) == {"party"}


def test_a_party_that_is_hidden_is_as_unknown_as_one_that_never_was(refused, pledge, make_party):
    make_party("hidden", state="draft")
    hidden, never = refused("party=hidden"), refused("party=never1")
    assert json.dumps(hidden).replace("hidden", "never1") == json.dumps(never)


def test_before_it_was_made_it_is_not_yet_there_and_a_draft_is_nowhere(get, pledge, make_pledge):
    make_pledge("hidden", state="draft")
    assert get(ADDRESS, {"as_of": BEFORE}).body["error"]["code"] == "not_yet"
    assert get(ADDRESS, {"as_of": BEFORE + timedelta(days=1)}).status == 200
    answers = [
        get(f"pledges/{slug}/evaluation/", {"as_of": BEFORE}) for slug in ("hidden", "nothing")
    ]
    assert [(answer.status, answer.body["error"]["code"]) for answer in answers] == [
        (404, "not_found")
    ] * 2


def test_only_published_figures_count(reasons, pledge, make_figures, japan):
    make_figures("share", (japan, 2025, "2.50"), released_on=date(2026, 7, 1), state="draft")
    assert reasons()["japan"] == "fell_short"


@pytest.mark.parametrize("limit, most", [("MOST_PARTIES", 2), ("MOST_FIGURES", 3)])
def test_more_than_the_bound_is_judged_one_party_at_a_time(
    get, refused, pledge, monkeypatch, limit, most
):
    monkeypatch.setattr(evaluating, limit, most)
    assert get(ADDRESS).status == 200
    monkeypatch.setattr(evaluating, limit, most - 1)
    assert "Ask about one party" in refused("")["fields"]["party"]
    assert get(f"{ADDRESS}?party=japan").status == 200


def test_the_tag_holds_until_something_is_published_and_costs_one_statement(
    get, pledge, make_party
):
    tag = get(ADDRESS).response["ETag"]
    with CaptureQueriesContext(connection) as captured:
        assert get(ADDRESS, if_none_match=tag).status == 304
    assert len(captured) == 1
    make_party("spain")
    assert get(ADDRESS, if_none_match=tag).status == 200


def test_the_same_question_has_one_tag_and_another_day_another(get, pledge):
    def tag(query):
        return get(f"{ADDRESS}?{query}").response["ETag"]

    asked = "as_of=2026-02-01&known_on=2026-01-15"
    assert tag(asked) == tag("known_on=2026-01-15&as_of=2026-02-01&party=")
    others = {
        tag(query)
        for query in ("", asked, "as_of=2026-01-15&known_on=2026-02-01", f"{asked}&party=japan")
    }
    assert len(others) == 4


def test_it_costs_the_same_with_thirty_parties(get, settle, make_pledge, make_party, make_figures):
    costs = []
    for name, size in [("few", 2), ("many", 30)]:
        parties = [make_party(f"{name}-{number}") for number in range(size)]
        indicator = make_figures(name, *((party, 2025, "2.00") for party in parties))
        pledge = make_pledge(name, parties=parties, state="draft")
        pledge.targets.create(
            label="Share", kind="stand", indicator=indicator, value=2, due=date(2025, 12, 31)
        )
        settle(pledge)
        with CaptureQueriesContext(connection) as captured:
            assert len(get(f"pledges/{name}/evaluation/").body["undertakings"]) == size
        costs.append(len(captured))
    # The head, the pledge, its undertakings, its targets, the figures.
    assert costs == [5, 5]
