"""A milestone has dated events as its figures: what published evidence says of the event."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.assessing import find_verdict_differences
from commitments.judging.differing import build_findings
from commitments.judging.evaluating import evaluate_pledge
from commitments.verdicts.findings import Finding
from commitments.verdicts.repeating import repeat

pytestmark = pytest.mark.django_db
NOW = {"as_of": date(2026, 11, 22), "known_on": date(2026, 11, 22)}
DUE = date(2026, 4, 26)


@pytest.fixture
def france(make_party):
    return make_party("france")


@pytest.fixture
def pledge(settle, make_pledge, japan, france):
    """Japan and France will sign by 26 April 2026."""
    pledge = make_pledge("treaty", parties=[japan, france], state="draft")
    pledge.targets.create(kind="milestone", label="Signed", due=DUE)
    return settle(pledge)


@pytest.fixture
def make_event(pledge, make_evidence, make_source):
    """Evidence of the event itself; its source was published on the same day unless said."""

    def make(day, *parties, published_on=None, stance="supports", state="published", **fields):
        day = date.fromisoformat(day)
        slug = f"source-{pledge.evidence.count()}"
        source = make_source(slug, published_on=published_on or day)
        defaults = {"is_milestone": True, "happened_on": day, "source": source}
        evidence = make_evidence(pledge, stance=stance, state="draft", **{**defaults, **fields})
        evidence.undertakings.set(pledge.undertakings.filter(party__in=parties))
        if state == "published":
            publish(evidence)
        return evidence

    return make


def publish(evidence):
    type(evidence).objects.filter(pk=evidence.pk).update(state="published")


def find(pledge, **days):
    """Return {party: (status, reason)}."""
    parts = evaluate_pledge(pledge, **{**NOW, **days})
    found = {part.undertaking.party.slug: part.primary.finding for part in parts}
    return {party: (str(one.status), str(one.reason)) for party, one in found.items()}


@pytest.mark.parametrize(
    "day, expected",
    [
        pytest.param("2026-04-25", ("met", "satisfied"), id="the day before"),
        pytest.param("2026-04-26", ("met", "satisfied"), id="the day"),
        pytest.param("2026-04-27", ("not_met", "fell_short"), id="the day after"),
    ],
)
def test_an_event_by_the_day_meets_it(pledge, make_event, day, expected):
    make_event(day)
    assert find(pledge) == {"japan": expected, "france": expected}


def test_an_event_may_bear_on_one_party_alone(pledge, make_event, japan):
    make_event("2026-04-01", japan)
    assert find(pledge) == {
        "japan": ("met", "satisfied"),
        "france": ("in_progress", "awaiting_data"),
    }


def test_evidence_against_it_says_that_it_had_not_happened(pledge, make_event, france):
    make_event("2026-04-26", france, stance="contradicts")
    assert find(pledge)["france"] == ("not_met", "fell_short")


def test_evidence_against_it_from_before_the_day_says_nothing_of_the_day(pledge, make_event):
    make_event("2026-04-25", stance="contradicts")
    assert find(pledge)["japan"] == ("in_progress", "awaiting_data")


def test_what_happened_later_is_said(pledge, make_event):
    make_event("2026-05-10")
    [part, _other] = evaluate_pledge(pledge, **NOW)
    assert part.primary.finding.met_late_in.end == date(2026, 5, 10)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"state": "draft"}, id="a draft"),
        pytest.param({"is_milestone": False}, id="other evidence"),
        pytest.param({"stance": "context"}, id="context"),
        pytest.param({"happened_on": None, "happened_on_precision": "none"}, id="without a day"),
    ],
)
def test_other_evidence_is_no_event(pledge, make_event, fields):
    make_event("2026-04-01", **fields)
    assert find(pledge)["japan"] == ("in_progress", "awaiting_data")


def test_evidence_of_a_source_that_is_not_public_is_no_event(pledge, make_event):
    evidence = make_event("2026-04-01")
    type(evidence.source).objects.filter(pk=evidence.source.pk).update(state="withdrawn")
    assert find(pledge)["japan"] == ("in_progress", "awaiting_data")


def test_an_event_is_known_from_the_day_its_source_was_published(pledge, make_event):
    make_event("2026-04-01", published_on=date(2026, 6, 1))
    assert find(pledge, known_on=date(2026, 5, 31))["japan"] == ("in_progress", "awaiting_data")
    assert find(pledge, known_on=date(2026, 6, 1))["japan"] == ("met", "satisfied")


def test_an_event_that_was_announced_is_known_from_its_own_day(pledge, make_event):
    make_event("2026-04-20", published_on=date(2026, 2, 1))
    assert find(pledge, as_of=date(2026, 4, 19), known_on=date(2026, 4, 19))["japan"] == (
        "in_progress",
        "under_way",
    )
    assert find(pledge, as_of=date(2026, 4, 20), known_on=date(2026, 4, 20))["japan"] == (
        "met",
        "satisfied",
    )


def test_a_month_with_the_deadline_in_it_leaves_it_open(pledge, make_event):
    make_event("2026-04-30", happened_on_precision="month")
    [part, _other] = evaluate_pledge(pledge, **NOW)
    assert (part.primary.finding.status, part.primary.finding.borderline) == ("in_progress", True)


def test_stored_inputs_hold_the_event_and_repeat_the_finding(pledge, make_event):
    evidence = make_event("2026-04-01")
    [part, _other] = evaluate_pledge(pledge, **NOW)
    [definition] = build_findings(part, **NOW)["definitions"]
    [figure] = definition["inputs"]["series"]
    assert (figure["release"], figure["url"]) == (evidence.slug, evidence.source.url)
    assert (figure["value"], figure["released_on"]) == ("1", "2026-04-01")
    assert repeat(definition["inputs"]) == Finding.from_json(definition["finding"])


def test_a_milestone_costs_one_statement_more(pledge, make_event, japan):
    costs = []
    for day in ("2026-04-01", "2026-04-02"):
        make_event(day, japan)
        with CaptureQueriesContext(connection) as captured:
            evaluate_pledge(pledge, **NOW)
        costs.append(len(captured))
    assert costs == [3, 3]


def differing(pledge):
    return [difference.undertaking.slug for difference in find_verdict_differences(**NOW)]


def test_a_rule_without_an_event_differs_from_no_verdict(pledge, make_assessment):
    for part in pledge.undertakings.all():
        make_assessment(part, "met")
    assert differing(pledge) == []


def test_a_verdict_that_the_event_contradicts_drifts(pledge, make_assessment, make_event, japan):
    make_assessment(pledge.undertakings.get(party=japan), "met")
    make_event("2026-04-26", japan, stance="contradicts")
    assert differing(pledge) == ["treaty--japan"]


def test_the_page_the_api_and_the_command_say_so(client, pledge, make_event, japan, france):
    event = make_event("2026-04-10", japan)
    make_event("2026-05-11", france)
    page = " ".join(client.get(pledge.get_absolute_url()).html().split())
    section = page[page.index('id="rule"') : page.index('id="rule"') + 6000]
    assert "10 April 2026" in section
    assert "11 May 2026" in section
    finding = client.get("/api/v1/undertakings/treaty--japan/").json()["finding"]
    assert (finding["status"], finding["decided_by"]["release"]) == ("met", event.slug)
    assert client.get(f"/ja{pledge.get_absolute_url()}").status_code == 200


def test_five_parties_are_folded_by_what_was_found_without_a_scale(
    client, settle, make_pledge, make_party, make_evidence
):
    parties = [make_party(f"party-{number}") for number in range(5)]
    pledge = make_pledge("five", parties=parties, state="draft")
    pledge.targets.create(kind="milestone", label="Signed", due=DUE)
    settle(pledge)
    event = make_evidence(pledge, is_milestone=True, happened_on=date(2026, 4, 1))
    event.undertakings.set(pledge.undertakings.filter(party=parties[0]))
    text = " ".join(client.get(pledge.get_absolute_url()).html().split())
    assert "it happened" in text
    assert "The day has passed; no published evidence says whether it happened." in text
    assert "manage.py evaluate five" in text
    assert client.get("/pledges/five/chart.svg").status_code == 404
