"""NATO's 2% and 20% ally by ally: each verdict is what the criteria make of the figures."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.demo.loading import read_records
from tests.fixtures.cases import in_one_test

RECORDS = {(record_type, fields["slug"]): fields for record_type, fields in read_records()}
TWO_PERCENT = RECORDS["pledge", "wales-2014-2pct"]
EQUIPMENT_PLEDGE = RECORDS["pledge", "wales-2014-20pct"]


def read_shares(release):
    """Return {(party, year): share} of a release."""
    rows = RECORDS["release", release]["observations"]
    return {(row["party"], row["period_start"][:4]): Decimal(row["value"]) for row in rows}


SHARES = read_shares("nato-def-pct-gdp-2026-07")
ESTIMATES = read_shares("nato-def-pct-gdp-2024-06")
EQUIPMENT = read_shares("nato-equipment-share-2026-07")
BOUND = [row for row in TWO_PERCENT["undertakings"] if "exempt_reason" not in row]
# Those with armed forces owe the 20 %, whatever they spent in 2014.
ARMED = [row for row in EQUIPMENT_PLEDGE["undertakings"] if "exempt_reason" not in row]
KEEPING = {row["party"] for row in RECORDS["pledge", "wales-2014-keep2"]["undertakings"]}


def newest_verdict(undertaking):
    found = [
        f
        for (kind, _), f in RECORDS.items()
        if kind == "assessment" and f["undertaking"] == undertaking
    ]
    return max(found, key=lambda row: row["as_of"])


@in_one_test("row", [pytest.param(row, id=row["party"]) for row in BOUND])
def test_an_ally_met_two_per_cent_or_rose_towards_it_or_did_neither(row):
    share, base = SHARES[row["party"], "2024"], share_at_the_start(row)
    if share >= 2:
        expected = "met"
    else:
        expected = "partly_met" if share > base else "not_met"
    verdict = newest_verdict(f"wales-2014-2pct--{row['party']}")
    assert (verdict["status"], verdict["method"]) == (expected, "rule")
    assert f"{share}%" in verdict["rationale"]
    if expected == "partly_met":
        assert f"above the {base}%" in verdict["rationale"]


def share_at_the_start(row):
    """Return the share of 2014, or of the year of joining; an ally that joined in 2023 or 2024 has
    that year's.
    """
    return SHARES[row["party"], row.get("binds_from", "2014")[:4]]


def test_the_rule_starts_from_2014_or_from_the_year_of_joining():
    starts = {
        target["undertaking"].split("--")[1]: target["baseline_period"]
        for target in TWO_PERCENT["targets"]
        if "undertaking" in target
    }
    joined = {row["party"]: row["binds_from"][:4] for row in BOUND if "binds_from" in row}
    assert starts == joined
    shared = [target for target in TWO_PERCENT["targets"] if "undertaking" not in target]
    assert {target["baseline_period"] for target in shared} == {"2014"}
    # A hundredth of a point is partly met: it is more than this share of any way that is left.
    least = Decimal(TWO_PERCENT["targets"][0]["partly_met_share"])
    ways = [2 - share_at_the_start(row) for row in BOUND]
    assert all(Decimal("0.01") / way >= least for way in ways if way > 0)


@in_one_test("row", [pytest.param(row, id=row["party"]) for row in ARMED])
def test_an_ally_put_a_fifth_of_its_spending_into_equipment_or_did_not(row):
    share = EQUIPMENT[row["party"], "2024"]
    verdict = newest_verdict(f"wales-2014-20pct--{row['party']}")
    assert (verdict["status"], verdict["method"]) == ("met" if share >= 20 else "not_met", "rule")
    assert f"{share}%" in verdict["rationale"]
    assert f"{share}%" in verdict["answer"]


def test_four_allies_put_less_than_a_fifth_into_equipment_in_2024():
    below = {party for (party, year), share in EQUIPMENT.items() if year == "2024" and share < 20}
    assert below == {"belgium", "canada", "netherlands", "portugal"}


@pytest.mark.parametrize(
    ("release", "years"),
    [
        ("nato-def-pct-gdp-2024-06", 11),
        ("nato-def-pct-gdp-2026-07", 13),
        ("nato-equipment-share-2024-06", 11),
        ("nato-equipment-share-2026-07", 13),
    ],
)
def test_an_edition_is_entered_whole(release, years):
    rows = RECORDS["release", release]["observations"]
    assert len({row["party"] for row in rows}) == 31
    assert len(rows) == 31 * years
    assert {row["decimals"] for row in rows} == {2}


def test_nato_itself_counted_23_allies_and_then_22():
    """By its estimates of June 2024 and by its annual report; the rule of the record counts 17."""
    estimated, reported = (
        {row["undertaking"]: row for row in RECORDS["outsidereport", slug]["verdicts"]}
        for slug in ("nato-2024-06-two-percent", "nato-2025-04-two-percent")
    )
    expected = {
        f"wales-2014-{'keep2' if party in KEEPING else '2pct'}--{party}": share
        for (party, year), share in ESTIMATES.items()
        if year == "2024"
    }
    assert set(estimated) == set(reported) == set(expected)
    for undertaking, share in expected.items():
        row = estimated[undertaking]
        assert row["score"] == f"{share}%, estimate"
        assert row["status"] == ("on_track" if share >= 2 else "off_track")
    reached = [row for row in reported.values() if row["status"] in {"met", "on_track"}]
    assert len(reached) == 22
    assert all(row["note"] for row in [*estimated.values(), *reported.values()])


def test_seventeen_allies_were_at_two_per_cent_in_2024_by_the_newest_table():
    assert sum(share >= 2 for (_, year), share in SHARES.items() if year == "2024") == 17


CORE = RECORDS["pledge", "hague-2025-core35"]
ON_CORE = [row for row in CORE["undertakings"] if "exempt_reason" not in row]
IN_JAPANESE = ("answer_ja", "caveat_ja", "rationale_ja")


def even_rise(start):
    """Return what a straight line from `start` in 2024 to 3.5 in 2035 asks for in 2026."""
    begin, now, end = (date(year, 12, 31) for year in (2024, 2026, 2035))
    share = Decimal((now - begin).days) / (end - begin).days
    goal = Decimal("3.5")
    return start if start >= goal else start + (goal - start) * share


@in_one_test("row", [pytest.param(row, id=row["party"]) for row in ON_CORE])
def test_an_ally_is_on_track_to_core_spending_by_its_own_line_from_2024(row):
    start, estimate = SHARES[row["party"], "2024"], SHARES[row["party"], "2026"]
    verdict = newest_verdict(f"hague-2025-core35--{row['party']}")
    expected = "on_track" if estimate >= even_rise(start) else "off_track"
    assert (verdict["status"], verdict["method"]) == (expected, "rule")
    assert verdict["as_of"] == "2026-11-30"
    assert f"{start}% of GDP in 2024" in verdict["rationale"]
    assert f"{estimate}% of GDP in 2026" in verdict["answer"]
    assert all(verdict[name] for name in IN_JAPANESE)


def test_estimates_pace_the_core_goal_and_thirty_one_allies_are_held_to_it():
    [target] = CORE["targets"]
    assert (target["baseline_period"], target["accepts"]) == ("2024", ["actual", "estimate"])
    assert len(ON_CORE) == 31


def test_what_spain_excepted_stands_with_both_goals_and_its_reply_beside_the_figure():
    for slug in ("hague-2025-5pct", "hague-2025-core35"):
        [spain] = [
            row for row in RECORDS["pledge", slug]["undertakings"] if row["party"] == "spain"
        ]
        assert "cannot commit to a specific spending target" in spain["reservation"]
    replies = [f for (kind, _), f in RECORDS.items() if kind == "response"]
    [reply] = [f for f in replies if f["undertaking"] == "hague-2025-core35--spain"]
    assert "public statement" in reply["answer"]


def test_five_per_cent_is_judged_only_where_core_spending_alone_is_there():
    judged = {
        f["undertaking"].partition("--")[2]
        for (kind, _), f in RECORDS.items()
        if kind == "assessment" and f["undertaking"].startswith("hague-2025-5pct--")
    }
    assert judged == {row["party"] for row in ON_CORE if SHARES[row["party"], "2026"] >= 5}


def test_the_definition_of_nato_and_those_of_japan_are_never_mixed():
    """Japan's per cent counts the coast guard and more, on GDPs of its own choice; NATO's table has
    no row for it.
    """
    targets = {
        slug: fields.get("targets", [])
        for (kind, slug), fields in RECORDS.items()
        if kind == "pledge"
    }
    definitions = {
        slug: [target["indicator"] for target in targets[slug]]
        for slug in targets
        if "2pct" in slug
    }
    assert {slug: set(used) for slug, used in definitions.items()} == {
        "japan-2022-security-2pct": {
            "jp-security-pct-fy2022-gdp", "jp-security-pct-fy2022-gdp-all", "jp-security-pct-current-gdp",
        },
        "japan-2025-defence-2pct": {
            "jp-security-pct-fy2022-gdp-all", "jp-security-pct-current-gdp-all", "jp-security-pct-fy2022-gdp",
        },
        "usjp-2024-2pct": {"jp-security-pct-fy2022-gdp"},
        "wales-2014-2pct": {"nato-def-pct-gdp"},
    }  # fmt: skip
    assert "nato-def-pct-gdp" not in definitions["usjp-2024-2pct"]
    assert not any(party == "japan" for party, _year in SHARES)


def test_allies_that_joined_later_owe_both_pledges_from_that_day():
    joined = [
        {
            row["party"]: row["binds_from"]
            for row in RECORDS["pledge", slug]["undertakings"]
            if "binds_from" in row
        }
        for slug in ("wales-2014-2pct", "wales-2014-20pct")
    ]
    assert joined[0] == joined[1]
    assert set(joined[0]) == {"finland", "montenegro", "north-macedonia", "sweden"}


@pytest.mark.parametrize(
    ("later", "earlier", "kind"),
    [
        ("hague-2025-5pct", "wales-2014-2pct", "strengthens"),
        ("hague-2025-core35", "wales-2014-2pct", "strengthens"),
        ("rome-2021-vax70", "covid-2021-70unga", "strengthens"),
        ("rome-2021-coal", "cornwall-2021-coal", "reaffirms"),
        ("cornwall-2021-ffs2025", "pittsburgh-2009-ffs", "strengthens"),
        ("paris-2015-100bn", "copenhagen-2009-100bn", "extends_deadline"),
    ],
)
def test_a_pledge_is_linked_to_the_one_it_carries_on(later, earlier, kind):
    assert {"to_pledge": earlier, "kind": kind} in RECORDS["pledge", later]["links"]
