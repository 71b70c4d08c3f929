from datetime import date

import pytest

from commitments import models
from tests.fixtures.records import withdraw

pytestmark = pytest.mark.django_db

DERIVED = {"url", "overdue", "rollup"}
FIELDS = {
    *("form", "slug", "title", "title_ja", "summit", "occasion", "occasion_ja"),
    *(
        "quote",
        "quote_is_verbatim",
        "quote_language",
        "translation",
        "translated_by",
        "source",
        "locator",
    ),
    *(
        "made_on",
        "made_on_precision",
        "stated_by",
        "stated_by_leader",
        "attribution",
        "modality",
        "kind",
        "topics",
    ),
    *(
        "deadline",
        "deadline_precision",
        "deadline_fiscal_start",
        "deadline_fiscal_named",
        "deadline_from",
        "deadline_words",
        "condition",
        "condition_ja",
        "explanation",
        "explanation_ja",
    ),
    *(
        "verifiability",
        "verifiability_reason",
        "verifiability_reason_ja",
        "borne_by",
        "quotes",
        "criteria",
        "undertakings",
        "links",
        "targets",
    ),
}
UNDERTAKING = {
    *(
        "slug",
        "party",
        "leader",
        "binds_from",
        "reservation",
        "exempt_reason",
        "missing",
        "missing_ja",
        "deadline",
        "deadline_precision",
        "deadline_fiscal_start",
        "deadline_fiscal_named",
        "deadline_from",
        "due_on",
        "verdict",
    ),
}
NO_VERDICTS = {
    "undertakings": 0,
    "by_status": {},
    "late": 0,
    "scored": 0,
    "mean_score": None,
    "percent": None,
}
VERDICT = {
    *("late", "done_on", "cause", "answer", "answer_ja"),
    "status",
    "by",
    "as_of",
    "confidence",
    "caveat",
    "assessment",
    "checked_on",
    *("may_be_out_of_date", "overdue", "reason", "judged_under"),
}
TARGET = {
    *(
        "undertaking",
        "role",
        "label",
        "label_ja",
        "kind",
        "indicator",
        "measured_for",
        "comparator",
        "value",
        "upper_value",
        "met_at",
        "baseline_source",
        "no_due_day",
    ),
    *("baseline_value", "baseline_period", "per_cent", "window_start", "due", "decimals"),
    *("partly_met_share", "accepts"),
}
ROLLUP = {
    "parties",
    "exempt",
    "by_status",
    "late",
    "scored",
    "mean_score",
    "percent",
    "judged_under",
    "unjudged",
    "others",
}


@pytest.fixture
def pledge_of(get):
    def pledge_of(slug):
        return get(f"pledges/{slug}/").body

    return pledge_of


@pytest.fixture
def verdicts(pledge_of):
    def verdicts(slug):
        return {row["party"]: row["verdict"] for row in pledge_of(slug)["undertakings"]}

    return verdicts


def test_a_pledge_has_these_fields_and_no_others(pledge_of, world):
    body = pledge_of("defence")
    assert set(body) == FIELDS | DERIVED
    assert all(set(row) == UNDERTAKING for row in body["undertakings"])
    assert all(set(row["verdict"]) == VERDICT for row in body["undertakings"])
    assert set(body["rollup"]) == ROLLUP
    assert all(set(row) == TARGET for row in body["targets"])
    assert body["links"] == [{"to_pledge": "earlier", "kind": "reaffirms"}]
    assert [row["indicator"] for row in body["targets"]] == ["spending"]
    assert body["topics"] == ["defence"]


def test_a_list_holds_the_same_as_the_record(get, world):
    rows = {row["slug"]: row for row in get("pledges/").body["results"]}
    assert rows["defence"] == get("pledges/defence/").body


def test_the_address_of_its_page_does_not_depend_on_who_asks(client, world, settings):
    settings.ALLOWED_HOSTS = ["*"]
    body = client.get("/api/v1/pledges/defence/", headers={"Host": "evil.example"}).json()
    assert body["url"] == f"{settings.SITE_ADDRESS}/pledges/defence/"


def test_each_party_has_its_own_verdict(verdicts, world):
    shown = verdicts("defence")
    assert (shown["japan"]["status"], shown["japan"]["by"]) == ("met", "ours")
    assert shown["japan"]["assessment"] == world.assessment.slug
    assert shown["japan"]["confidence"] == "high"
    assert shown["united-states"] == {
        **dict.fromkeys(VERDICT),
        "status": "not_assessed",
        "late": False,
        "may_be_out_of_date": False,
        "overdue": shown["united-states"]["overdue"],
        "reason": "not_looked_at",
    }


def test_a_draft_assessment_shows_nothing(verdicts, world, make_assessment):
    undertaking = world.pledge.undertakings.get(party=world.states)
    make_assessment(undertaking, "off_track", state="draft", rationale="zzdraftzz")
    assert verdicts("defence")["united-states"]["status"] == "not_assessed"


def test_a_withdrawn_assessment_is_gone(verdicts, world, reviewer, get):
    withdraw(world.assessment, by=reviewer, note="Misread.")
    assert verdicts("defence")["japan"]["status"] == "not_assessed"
    assert get(f"assessments/{world.assessment.slug}/").status == 404


def test_an_outside_verdict_is_labelled_as_theirs(verdicts, world, settle, make_party):
    report = models.OutsideReport.objects.create(
        slug="g7rg-2026",
        assessor=make_party("g7rg", kind="organisation"),
        title="Compliance",
        source=world.source,
        scale="−1, 0, +1",
        published_on=date(2026, 5, 1),
    )
    undertaking = world.pledge.undertakings.get(party=world.states)
    models.OutsideVerdict.objects.create(
        report=report, undertaking=undertaking, score="+1", status="met"
    )
    settle(report)
    shown = verdicts("defence")["united-states"]
    assert (shown["status"], shown["by"], shown["checked_on"]) == ("met", "g7rg", "2026-05-01")
    assert shown["assessment"] is shown["confidence"] is shown["as_of"] is None


def test_an_exempt_party_has_no_status_and_is_counted_apart(
    get, pledge_of, settle, make_pledge, japan, make_party
):
    pledge = make_pledge("shared", parties=[japan, make_party("france")], state="draft")
    pledge.undertakings.filter(party=japan).update(exempt_reason="It has no army.")
    settle(pledge)
    body = pledge_of("shared")
    assert [row["verdict"]["status"] for row in body["undertakings"]] == ["not_assessed", None]
    assert body["rollup"]["exempt"] == 1
    assert body["rollup"]["by_status"] == {"not_assessed": 1}
    assert get("pledges/?party=japan&status=not_assessed").body["results"] == []


def test_the_roll_up_is_what_its_rows_add_up_to(
    pledge_of, settle, make_pledge, make_party, make_assessment
):
    parties = [make_party(slug) for slug in ("france", "italy", "canada", "germany")]
    pledge = make_pledge("shared", parties=parties)
    for slug, status in (
        ("france", "met"),
        ("italy", "met"),
        ("canada", "not_met"),
        ("germany", "on_track"),
    ):
        make_assessment(pledge.undertakings.get(party__slug=slug), status)
    assert pledge_of("shared")["rollup"] == {
        "parties": 4,
        "exempt": 0,
        "by_status": {"met": 2, "not_met": 1, "on_track": 1},
        "late": 0,
        "scored": 3,
        "mean_score": "0.3333",
        "percent": "66.6667",
        "judged_under": 0,
        "unjudged": {},
        "others": NO_VERDICTS,
    }


@pytest.mark.parametrize(
    "now, status, late",
    [
        pytest.param("2026-03-31 23:59", "in_progress", False, id="the last day is in time"),
        pytest.param("2026-04-01 00:00", "in_progress", True, id="late from midnight UTC"),
        pytest.param("2026-04-01 00:00", None, True, id="late without a verdict"),
        pytest.param("2026-04-01 00:00", "met", False, id="nothing closed is late"),
        pytest.param("2026-04-01 00:00", "superseded", False, id="nothing set aside is late"),
    ],
)
def test_overdue_and_its_filter_say_the_same(
    get, slugs, make_pledge, make_assessment, time_machine, now, status, late
):
    time_machine.move_to("2026-03-01 12:00+00:00", tick=False)
    pledge = make_pledge("late", deadline=date(2026, 3, 31), deadline_precision="day")
    if status:
        make_assessment(pledge.undertakings.get(), status)
    time_machine.move_to(f"{now}+00:00", tick=False)
    body = get("pledges/late/").body
    assert body["overdue"] is body["undertakings"][0]["verdict"]["overdue"] is late
    for resource in ("pledges", "undertakings"):
        assert bool(slugs(f"{resource}/?overdue=true")) is late
        assert bool(slugs(f"{resource}/?overdue=false")) is not late


def test_the_tag_changes_at_midnight_utc(get, world, time_machine):
    time_machine.move_to("2026-03-31 23:59+00:00", tick=False)
    tag = get("pledges/").response["ETag"]
    time_machine.move_to("2026-04-01 00:00+00:00", tick=False)
    assert get("pledges/", **{"If-None-Match": tag}).status == 200
