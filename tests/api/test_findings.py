"""What the rule finds, beside the verdict: for each undertaking by itself, and in lists that
ask.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.judging import evaluating
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db
NARROW, WIDE = "Narrow", "Wide"
FINDING = {
    *(
        "label",
        "status",
        "reason",
        "decided_by",
        "required",
        "actual",
        "gap",
        "share",
        "path",
        "met_late_in",
    ),
    *("missing", "provisional", "borderline", "rules_version", "baseline"),
}


@pytest.fixture
def make_measured(settle, make_pledge, make_figures):
    """A pledge of 2 per cent in 2025 by two definitions, with a figure of each for each party."""

    def make(slug, *owed, released_on=date(2026, 1, 15)):
        pledge = make_pledge(slug, parties=[party for party, *_ in owed], state="draft")
        for role, label, place in [("primary", NARROW, 1), ("alternative", WIDE, 2)]:
            figures = [(row[0], 2025, row[place]) for row in owed]
            indicator = make_figures(f"{slug}-{label.lower()}", *figures, released_on=released_on)
            pledge.targets.create(
                role=role,
                label=label,
                kind="stand",
                indicator=indicator,
                value=Decimal(2),
                due=date(2025, 12, 31),
            )
        return settle(pledge)

    return make


@shared
def pledge(make_measured, make_party, japan):
    return make_measured(
        "two-per-cent", (japan, "2.00", "1.80"), (make_party("france"), "1.99", "1.70")
    )


@pytest.fixture
def of(get):
    """Ask for an undertaking by itself, and see that a list that asks says the same."""

    def of(slug, query=""):
        alone = get(f"undertakings/{slug}/?{query}").body
        listed = get(
            f"undertakings/?pledge={alone['pledge']}&fields=finding,alternatives&{query}"
        ).body["results"]
        (listed,) = [row for row in listed if row["slug"] == slug]
        told = {name: alone[name] for name in ("finding", "alternatives")}
        assert told == {name: listed[name] for name in told}
        assert set(listed) == {"slug", *told}
        return told["finding"], told["alternatives"]

    return of


def test_a_finding_for_the_primary_definition_and_each_alternative(of, pledge):
    finding, [other] = of("two-per-cent--japan")
    assert set(finding) == FINDING and set(other) == FINDING | {"flips"}
    assert finding == {
        "label": NARROW, "status": "met", "reason": "satisfied", "required": "2", "actual": "2.00", "gap": "0.00",
        "share": "1.000", "path": None, "met_late_in": None, "missing": [], "provisional": False, "borderline": True,
        "rules_version": "2", "baseline": None,
        "decided_by": {
            "period": {"start": "2025-01-01", "end": "2025-12-31"}, "value": "2", "decimals": 2, "kind": "actual",
            "released_on": "2026-01-15", "release": "two-per-cent-narrow-2026-01-15", "url": "",
        },
    }  # fmt: skip
    assert (other["label"], other["status"], other["gap"], other["flips"]) == (
        WIDE,
        "not_met",
        "-0.20",
        True,
    )
    finding, [other] = of("two-per-cent--france")
    assert (finding["status"], other["status"], other["flips"]) == ("not_met", "not_met", False)


def test_looking_back_both_clocks_are_the_day(of, pledge, make_figures, japan):
    make_figures("two-per-cent-narrow", (japan, 2025, "1.95"), released_on=date(2026, 6, 1))
    expected = {
        "2025-12-31": "no_data",
        "2026-01-01": "awaiting_data",
        "2026-01-14": "awaiting_data",
        "2026-01-15": "satisfied",
        "2026-05-31": "satisfied",
        "2026-06-01": "fell_short",
    }
    assert {
        day: of("two-per-cent--japan", f"as_of={day}")[0]["reason"] for day in expected
    } == expected
    assert of("two-per-cent--japan")[0]["reason"] == "fell_short"


def test_without_a_target_and_for_the_exempt_there_is_none(
    of, make_pledge, make_measured, japan, make_party
):
    make_pledge("in-words")
    pledge = make_measured("shared", (japan, "2.00", "2.00"), (make_party("iceland"), "1", "1"))
    pledge.undertakings.filter(party__slug="iceland").update(exempt_reason="No forces.")
    for slug in ("in-words--japan", "shared--iceland"):
        assert of(slug) == (None, []), slug


def test_each_party_is_judged_by_its_own_pledges_targets_from_the_day_that_binds_it(get, make_measured, japan,
                                                                                    make_party):  # fmt: skip
    france = make_party("france")
    make_measured("first", (japan, "2.10", "2.20"), (france, "1.00", "1.00"))
    other = make_measured("second", (japan, "1.50", "2.00"))
    other.undertakings.update(binds_from=date(2026, 1, 1))
    rows = get("undertakings/?fields=finding").body["results"]
    found = {row["slug"]: (row["finding"]["actual"], row["finding"]["reason"]) for row in rows}
    # The deadline's own period holds the deadline day, whichever day binds.
    assert found == {
        "first--france": ("1.00", "fell_short"),
        "first--japan": ("2.10", "satisfied"),
        "second--japan": ("1.50", "fell_short"),
    }


def test_steps_of_another_pledge_are_none_of_this_one(
    get, settle, make_measured, make_pledge, japan
):
    pledge = make_measured("first", (japan, "1.00", "1.00"))
    indicator = pledge.targets.get(role="primary").indicator
    for slug, interim in (("stepped", "1.20"), ("straight", None)):
        other = make_pledge(slug, state="draft")
        common = {"kind": "reach", "indicator": indicator, "label": "Share"}
        other.targets.create(
            value=Decimal(3),
            due=date(2026, 12, 31),
            baseline_value=Decimal(1),
            baseline_period="2024",
            **common,
        )
        if interim:
            other.targets.create(
                role="interim", value=Decimal(interim), due=date(2025, 12, 31), **common
            )
        settle(other)
    rows = get("undertakings/?fields=finding&as_of=2026-01-15").body["results"]
    paths = {row["slug"]: row["finding"]["path"] for row in rows}
    # Held against the path at the end of 2025: halfway of two years from 1 to 3, or on the step.
    assert paths == {"first--japan": None, "stepped--japan": "1.200", "straight--japan": "2.000"}


def test_only_what_is_published_counts(of, pledge, make_figures, japan):
    make_figures(
        "two-per-cent-narrow", (japan, 2025, "1.50"), released_on=date(2026, 6, 1), state="draft"
    )
    assert of("two-per-cent--japan")[0]["status"] == "met"


def test_lists_are_without_findings_unless_fields_name_them(get, pledge):
    for path in ("undertakings/", "undertakings/?fields=verdict,party"):
        assert not {"finding", "alternatives"} & set(get(path).body["results"][0]), path
    assert set(get("undertakings/?fields=alternatives").body["results"][0]) == {
        "slug",
        "alternatives",
    }
    assert set(get("undertakings/two-per-cent--japan/?fields=party").body) == {"slug", "party"}


def test_more_figures_than_are_read_for_one_answer_give_none(get, of, pledge, monkeypatch):
    """Two parties by two definitions are four figures; one party by itself is two."""
    monkeypatch.setattr(evaluating, "MOST_FIGURES", 4)
    assert of("two-per-cent--japan")[0]["status"] == "met"
    monkeypatch.setattr(evaluating, "MOST_FIGURES", 3)
    rows = get("undertakings/?fields=finding,alternatives").body["results"]
    assert [(row["finding"], row["alternatives"]) for row in rows] == [(None, [])] * 2
    assert get("undertakings/two-per-cent--japan/").body["finding"]["status"] == "met"


@pytest.mark.parametrize(
    "path, without_numbers, in_numbers",
    [
        # The head and the rows; then the targets, and if there are any the figures.
        ("undertakings/{pledge}--{party}/", 3, 4),
        ("undertakings/?pledge={pledge}&page_size=100&fields=finding", 3, 4),
        ("pledges/{pledge}/", 3, 3),
    ],
)
def test_it_costs_the_same_with_thirty_parties(get, make_measured, make_pledge, make_party, path, without_numbers,
                                               in_numbers):  # fmt: skip
    for size in (2, 30):
        parties = [make_party(f"party-{size}-{number}") for number in range(size)]
        make_measured(f"measured-{size}", *((party, "2.00", "1.90") for party in parties))
        make_pledge(f"worded-{size}", parties=parties)
        for slug, expected in (
            (f"measured-{size}", in_numbers),
            (f"worded-{size}", without_numbers),
        ):
            with CaptureQueriesContext(connection) as captured:
                assert get(path.format(pledge=slug, party=parties[0].slug)).status == 200
            assert len(captured) == expected, [query["sql"] for query in captured]
