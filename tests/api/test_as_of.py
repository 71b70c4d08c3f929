"""`as_of` at the API: which records there were on a day, and the verdicts of then."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commitments import models
from commitments.api.urls import RESOURCES
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.records import withdraw

pytestmark = pytest.mark.django_db
MADE = date(2025, 10, 28)
DAY = timedelta(days=1)
REFUSED = {"series", "topics", "indicators", "observations", "changes"}
LOOKING_BACK = sorted(set(RESOURCES) - REFUSED)


@pytest.fixture
def verdict(get):
    """Return the verdict on an undertaking of `world` as of a day, the same wherever it stands."""

    def verdict(day, slug="defence--japan"):
        inside = get(f"pledges/{slug.partition('--')[0]}/", {"as_of": day}).body["undertakings"]
        (inside,) = [row["verdict"] for row in inside if row["slug"] == slug]
        alone = get(f"undertakings/{slug}/", {"as_of": day}).body["verdict"]
        (listed,) = [
            row
            for row in get("undertakings/", {"as_of": day}).body["results"]
            if row["slug"] == slug
        ]
        assert inside == alone == listed["verdict"]
        return alone

    return verdict


def test_the_resources_that_look_back_and_those_that_do_not(get, world):
    for name in RESOURCES:
        answer = get(f"{name}/", {"as_of": "2026-06-30"})
        assert answer.status == (400 if name in REFUSED else 200), name
        if name in REFUSED:
            assert answer.body["error"]["code"] == "unknown_parameter"
            assert answer.body["error"]["fields"] == {"as_of": "Unknown parameter."}
    for name in ("series/japan-us", "topics/defence", "indicators/spending", "schema"):
        assert get(f"{name}/", {"as_of": "2026-06-30"}).body["error"]["fields"] == {
            "as_of": "Unknown parameter."
        }


@on_the_same_record("day", ["2026-02-30", "20260228", "x", str(timezone.now().date() + 2 * DAY)])
def test_a_day_that_cannot_be_looked_back_at_is_refused(get, world, day):
    for name in LOOKING_BACK:
        slug = get(f"{name}/").body["results"][0]["slug"]
        for path in (f"{name}/", f"{name}/{slug}/"):
            error = get(path, {"as_of": day}).body["error"]
            assert (error["status"], error["code"], set(error["fields"])) == (
                400,
                "invalid_parameter",
                {"as_of"},
            ), path
    twice = get("pledges/defence/?as_of=2026-01-01&as_of=2026-01-02").body["error"]
    assert twice["fields"] == {"as_of": "Give it once."}


@on_the_same_record(
    "path, slug, first",
    [
        ("summits/", "tokyo-2025", MADE),
        ("pledges/", "defence", MADE),
        ("undertakings/", "defence--japan", MADE),
        ("leaders/", "sanae-takaichi", date(2025, 10, 21)),
        ("sources/", "joint-statement", MADE),
        ("outside-reports/", "report", date(2026, 1, 1)),
        ("responses/", "reply", date(2026, 1, 2)),
    ],
)
def test_a_record_is_there_from_its_first_day(get, slugs, world, path, slug, first):
    assert slug in slugs(path, {"as_of": first})
    assert get(f"{path}{slug}/", {"as_of": first}).status == 200
    assert slug not in slugs(path, {"as_of": first - DAY})
    answer = get(f"{path}{slug}/", {"as_of": first - DAY})
    assert (answer.status, answer.body["error"]["code"]) == (404, "not_yet")
    assert "was not there yet" in answer.body["error"]["message"]


def test_assessments_evidence_and_search_notes_are_there_from_their_day(get, slugs, world):
    records = {
        "assessments/": world.assessment,
        "evidence/": world.evidence,
        "search-notes/": world.search_note,
    }
    for path, record in records.items():
        assert slugs(path, {"as_of": MADE}) == [record.slug]
        assert slugs(path, {"as_of": MADE - DAY}) == []
        assert (
            get(f"{path}{record.slug}/", {"as_of": MADE - DAY}).body["error"]["code"] == "not_yet"
        )


def test_parties_are_there_on_every_day(slugs, world):
    assert slugs("parties/", {"as_of": "1950-01-01"}) == slugs("parties/")


def test_a_draft_is_not_even_not_yet(get, world, drafts):
    for name in LOOKING_BACK:
        hidden, nothing = (
            get(f"{name}/{slug}/", {"as_of": "1950-01-01"}) for slug in (drafts[name], "nothing")
        )
        assert hidden.status == 404 and hidden.body == nothing.body, name
        assert hidden.body["error"]["code"] == "not_found"


NOTHING_MORE = dict.fromkeys(("done_on", "cause", "answer", "answer_ja")) | {"late": False}


def test_the_verdict_is_of_the_day(world, verdict, make_assessment):
    owed = world.pledge.undertakings.get(party__slug="united-states")
    first = make_assessment(owed, "on_track", as_of=MADE + DAY, caveat="So far.")
    second = make_assessment(owed, "off_track", as_of=MADE + 3 * DAY)
    states = "defence--united-states"
    assert verdict(MADE, states) == {
        **NOTHING_MORE, "status": "not_assessed", "by": None, "as_of": None, "confidence": None, "caveat": None, "assessment": None,
        "checked_on": None, "overdue": False,
        "may_be_out_of_date": False, "reason": "not_due", "judged_under": None,
    }  # fmt: skip
    assert verdict(MADE + DAY, states) == {
        **NOTHING_MORE, "answer": "The budget says so.", "status": "on_track", "by": "ours", "as_of": "2025-10-29", "confidence": "high", "caveat": "So far.",
        "assessment": first.slug, "checked_on": "2025-10-29", "overdue": False,
        "may_be_out_of_date": False, "reason": None, "judged_under": None,
    }  # fmt: skip
    assert verdict(MADE + 2 * DAY, states)["assessment"] == first.slug
    assert verdict(MADE + 3 * DAY, states)["assessment"] == second.slug


def test_what_was_done_later_is_that_of_the_day_as_well(world, verdict, get, make_assessment):
    owed = world.pledge.undertakings.get(party__slug="united-states")
    models.Pledge.objects.update(deadline=MADE, deadline_precision="day")
    make_assessment(owed, "not_met", as_of=MADE + DAY)
    make_assessment(
        owed,
        "not_met",
        as_of=MADE + 2 * DAY,
        late=True,
        done_on=MADE + 2 * DAY,
        done_on_precision="day",
        cause="parliament",
    )
    states = "defence--united-states"
    assert verdict(MADE + DAY, states)["late"] is False
    later = verdict(MADE + 2 * DAY, states)
    assert later["late"] is True
    assert later["cause"] == "parliament"
    assert later["done_on"] == {
        "last_day": "2025-10-30",
        "precision": "day",
        "first_day": "2025-10-30",
    }
    for path in ("pledges/", "undertakings/"):
        for query in ({"late": "yes"}, {"cause": "parliament"}):
            for day, count in [(MADE + DAY, 0), (MADE + 2 * DAY, 1)]:
                rows = get(path, {**query, "as_of": str(day)}).body["results"]
                assert len(rows) == count, (path, query, day)


def test_a_withdrawn_verdict_never_was(world, verdict, reviewer, make_assessment):
    owed = world.pledge.undertakings.get(party__slug="united-states")
    wrong = make_assessment(owed, "on_track", as_of=MADE + DAY)
    withdraw(wrong, by=reviewer, note="A wrong figure.")
    assert verdict(MADE + DAY, "defence--united-states")["status"] == "not_assessed"


def test_an_outside_verdict_counts_from_the_day_of_its_report(verdict, world):
    assert verdict("2025-12-31", "earlier--japan")["status"] == "not_assessed"
    shown = verdict("2026-01-01", "earlier--japan")
    assert (shown["status"], shown["by"], shown["assessment"]) == ("met", "think-tank", None)


def test_an_exempt_party_has_no_verdict_on_any_day(verdict, world):
    models.Undertaking.objects.filter(slug="defence--united-states").update(
        exempt_reason="It left."
    )
    assert verdict("2026-04-30", "defence--united-states")["status"] is None


def test_overdue_and_the_roll_up_are_of_the_day(get, slugs, world):
    due = world.pledge.deadline
    for day, overdue in ((due - DAY, False), (due, False), (due + DAY, True)):
        body = get("pledges/defence/", {"as_of": day}).body
        assert body["overdue"] is overdue
        assert body["rollup"]["by_status"] == {"met": 1, "not_assessed": 1}
        assert ("defence" in slugs("pledges/", {"as_of": day, "overdue": "true"})) is overdue
        assert (
            "defence--united-states" in slugs("undertakings/", {"as_of": day, "overdue": "true"})
        ) is overdue
        assert ("defence" in slugs("pledges/", {"as_of": day, "overdue": "false"})) is not overdue


def test_filters_by_status_ask_about_the_day(slugs, world, make_assessment):
    owed = world.pledge.undertakings.get(party__slug="united-states")
    make_assessment(owed, "on_track", as_of=MADE + DAY)
    make_assessment(owed, "off_track", as_of=MADE + 3 * DAY)
    for day, status in (
        (MADE, "not_assessed"),
        (MADE + DAY, "on_track"),
        (MADE + 3 * DAY, "off_track"),
    ):
        for other in ("not_assessed", "on_track", "off_track"):
            asked = {"as_of": day, "status": other, "party": "united-states"}
            assert (slugs("undertakings/", asked) == [owed.slug]) is (other == status)
            assert (slugs("pledges/", asked) == ["defence"]) is (other == status)


def test_the_public_form_is_as_it_is_held_now(get, world, make_pledge):
    """Rows inside it too: so that it is still what the ledger's hash covers."""
    then, now = get("pledges/defence/", {"as_of": MADE}).body, get("pledges/defence/").body
    for body in (then, now):
        del body["overdue"], body["rollup"]["unjudged"]
        for row in body["undertakings"]:
            del row["verdict"]
    assert then == now


def test_as_of_today_answers_as_now(get, world):
    today = timezone.now().date()
    for name in LOOKING_BACK:
        then, now = (
            get(f"{name}/", {"as_of": today}).body["results"],
            get(f"{name}/").body["results"],
        )
        for row in (*then, *now):
            for owed in (row, *row.get("undertakings", ())):
                # Why there is no verdict is known of now alone.
                if isinstance(owed, dict) and "verdict" in owed:
                    del owed["verdict"]["reason"]
                if isinstance(owed, dict) and "rollup" in owed:
                    del owed["rollup"]["unjudged"]
        assert then == now, name


def test_the_day_has_an_etag_of_its_own_and_goes_along_to_the_next_page(get, world):
    paths = ("pledges/", "pledges/defence/")
    for path in paths:
        tags = {
            get(path, query).response["ETag"]
            for query in ({}, {"as_of": MADE}, {"as_of": MADE + DAY})
        }
        assert len(tags) == 3
        assert get(path, {"as_of": MADE}, if_none_match=", ".join(tags)).status == 304
    following = get("pledges/", {"as_of": MADE, "page_size": 1}).body["next"]
    assert f"as_of={MADE}" in following
    assert [row["slug"] for row in get(following.partition("/api/v1/")[2]).body["results"]] == [
        "earlier"
    ]


@pytest.mark.once
def test_looking_back_costs_the_same_with_many_rows(get, world, make_many):
    def count_statements(name):
        with CaptureQueriesContext(connection) as captured:
            assert get(f"{name}/", {"as_of": "2026-01-31", "page_size": 100}).status == 200
        return len(captured)

    with_few = {name: count_statements(name) for name in LOOKING_BACK}
    make_many(12)
    assert {name: count_statements(name) for name in LOOKING_BACK} == with_few


def test_both_kinds_of_address_describe_the_parameter(get):
    paths = get("schema/").body["paths"]
    for name in RESOURCES:
        for path in (f"/api/v1/{name}/", f"/api/v1/{name}/{{slug}}/"):
            described = {
                each["name"]: each
                for each in paths.get(path, {"get": {}})["get"].get("parameters", ())
            }
            assert ("as_of" in described) is (name not in REFUSED), path
            if name not in REFUSED:
                assert described["as_of"]["schema"] == {"type": "string", "format": "date"}
