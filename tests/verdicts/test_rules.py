"""Each rule by a table a reader can check by hand: the day before, of and after; equality;
rounding; gaps.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from commitments.verdicts.comparing import compare
from commitments.verdicts.findings import Finding
from commitments.verdicts.rules import evaluate
from commitments.verdicts.targets import Comparator, Figure, Kind, Period, RuleTarget

LATER = date(2040, 1, 1)


def year(number, value, *, kind="actual", released=None, decimals=2):
    released = released or date(number + 1, 6, 1)
    return Figure(
        Period(date(number, 1, 1), date(number, 12, 31)), Decimal(value), decimals, kind, released
    )  # fmt: skip


def fiscal(number, value, **fields):
    """A Japanese fiscal year: April to March."""
    row = year(number, value, **fields)
    return Figure(
        Period(date(number, 4, 1), date(number + 1, 3, 31)),
        row.value,
        row.decimals,
        row.kind,
        row.released_on,
    )


def judged(target, series, as_of="2030-01-01", known_on=LATER):
    finding = evaluate(target, series, as_of=date.fromisoformat(as_of), known_on=known_on)
    assert Finding.from_json(finding.as_json()) == finding
    return finding


def said(finding):
    return str(finding.status), str(finding.reason)


REACH = RuleTarget(Kind.REACH, date(2024, 12, 31), Decimal(2))
STAND = RuleTarget(Kind.STAND, date(2024, 12, 31), Decimal(2))


@pytest.mark.parametrize(
    "target, series, as_of, expected",
    [
        # Some period up to the deadline; equality satisfies.
        (REACH, [year(2023, "2.00")], "2024-01-01", ("met", "satisfied")),
        (REACH, [year(2023, "2.10"), year(2024, "1.90")], "2030-01-01", ("met", "satisfied")),
        (REACH, [year(2024, "1.99")], "2025-01-01", ("not_met", "fell_short")),
        (REACH, [year(2025, "2.40")], "2026-01-01", ("in_progress", "awaiting_data")),
        # On the deadline day it is still open, the day after it closes.
        (REACH, [year(2024, "1.99")], "2024-12-31", ("in_progress", "under_way")),
        # A passed deadline alone closes nothing.
        (REACH, [year(2023, "1.50")], "2025-06-01", ("in_progress", "awaiting_data")),
        (REACH, [], "2025-06-01", ("in_progress", "awaiting_data")),
        (REACH, [], "2024-06-01", ("in_progress", "no_data")),
        # The deadline's own period, whatever came before.
        (STAND, [year(2023, "2.50"), year(2024, "1.90")], "2025-07-01", ("not_met", "fell_short")),
        (STAND, [year(2024, "2.00")], "2025-07-01", ("met", "satisfied")),
        (STAND, [year(2023, "2.50")], "2024-07-01", ("in_progress", "under_way")),
    ],
)
def test_reach_and_stand(target, series, as_of, expected):
    assert said(judged(target, series, as_of)) == expected


def test_missed_and_reached_later_says_when():
    finding = judged(STAND, [year(2024, "1.90"), year(2025, "1.95"), year(2026, "2.01")])
    assert said(finding) == ("not_met", "fell_short")
    assert finding.met_late_in == Period(date(2026, 1, 1), date(2026, 12, 31))
    assert (finding.actual, finding.required, finding.gap) == (
        Decimal("1.90"),
        Decimal(2),
        Decimal("-0.10"),
    )
    assert finding.share == Decimal("0.950")


@pytest.mark.parametrize(
    "value, decimals, expected, borderline",
    [
        # 0.6985 is printed as 0.70: with the rounding of the publisher it is 0.7.
        ("0.6985", 2, "met", False),
        ("0.6985", None, "not_met", False),
        # Half away from zero.
        ("0.695", 2, "met", True),
        ("0.6949", 2, "not_met", False),
    ],
)
def test_values_are_compared_at_the_targets_decimals(value, decimals, expected, borderline):
    target = RuleTarget(Kind.STAND, date(2024, 12, 31), Decimal("0.7"), decimals=decimals)
    finding = judged(target, [year(2024, value, decimals=4)])
    assert (finding.status, finding.borderline) == (expected, borderline)


@pytest.mark.parametrize(
    "value, printed, borderline",
    [
        ("2.00", 2, True),
        ("2.0", 1, True),
        ("2.01", 2, False),
        ("1.99", 2, False),
        ("1.9", 1, False),
        ("2.005", 3, False),
    ],
)
def test_a_figure_whose_rounding_hides_the_verdict_is_borderline(value, printed, borderline):
    assert judged(STAND, [year(2024, value, decimals=printed)]).borderline is borderline


def test_a_figure_just_short_is_borderline_only_if_the_true_value_could_reach():
    # 1.995 to 2.005 may be printed as 2.00; what is printed as 1.99 ends short of 1.995.
    target = RuleTarget(Kind.STAND, date(2024, 12, 31), Decimal("1.994"))
    assert judged(target, [year(2024, "1.99")]).borderline
    assert not judged(
        RuleTarget(Kind.STAND, date(2024, 12, 31), Decimal("1.995")), [year(2024, "1.99")]
    ).borderline


def test_only_accepted_kinds_close_and_others_than_actual_provisionally():
    estimate = [year(2024, "2.10", kind="estimate")]
    assert said(judged(STAND, estimate, "2025-07-01")) == ("in_progress", "awaiting_data")
    accepting = RuleTarget(
        Kind.STAND, date(2024, 12, 31), Decimal(2), accepts=frozenset({"actual", "estimate"})
    )
    assert judged(accepting, estimate).provisional
    assert not judged(
        accepting, [*estimate, year(2024, "2.10", released=date(2026, 1, 1))]
    ).provisional


def test_the_newest_release_known_by_then_counts():
    series = [
        year(2024, "1.99", released=date(2025, 6, 1)),
        year(2024, "2.03", released=date(2026, 6, 1)),
    ]
    assert judged(STAND, series, known_on=date(2026, 5, 31)).status == "not_met"
    assert judged(STAND, series, known_on=date(2026, 6, 1)).status == "met"
    assert judged(STAND, series, known_on=date(2025, 5, 31)).reason == "awaiting_data"


def test_a_fiscal_year_holds_its_deadline():
    target = RuleTarget(Kind.REACH, date(2028, 3, 31), Decimal(2), accepts=frozenset({"budget"}))
    assert said(judged(target, [fiscal(2027, "2.0", kind="budget")], "2027-05-01")) == (
        "met",
        "satisfied",
    )
    assert (
        judged(target, [fiscal(2028, "2.0", kind="budget")], "2029-05-01").reason == "awaiting_data"
    )


HOLD = RuleTarget(Kind.HOLD, date(2024, 12, 31), Decimal(2), window_start=date(2022, 1, 1))


@pytest.mark.parametrize(
    "values, as_of, expected",
    [
        ({2022: "2.0", 2023: "2.0", 2024: "2.0"}, "2025-01-01", ("met", "satisfied")),
        ({2022: "2.0", 2023: "1.9", 2024: "2.0"}, "2025-01-01", ("not_met", "failed_period")),
        ({2022: "2.0", 2023: "1.9"}, "2024-12-31", ("off_track", "failed_period")),
        ({2022: "2.0", 2023: "2.0"}, "2024-06-01", ("on_track", "holding")),
        ({2022: "2.0", 2024: "2.0"}, "2025-01-01", ("in_progress", "awaiting_data")),
        # Before the window nothing counts.
        ({2021: "1.0", 2022: "2.0", 2023: "2.0", 2024: "2.0"}, "2025-01-01", ("met", "satisfied")),
        ({}, "2025-01-01", ("in_progress", "awaiting_data")),
    ],
)
def test_hold(values, as_of, expected):
    assert (
        said(judged(HOLD, [year(number, value) for number, value in values.items()], as_of))
        == expected
    )


def test_hold_names_the_missing_years():
    finding = judged(HOLD, [year(2022, "2.0"), year(2024, "2.0")])
    assert finding.missing == (Period(date(2023, 1, 1), date(2023, 12, 31)),)


def test_a_party_that_joined_later_is_judged_from_then():
    late = RuleTarget(
        Kind.HOLD,
        date(2024, 12, 31),
        Decimal(2),
        window_start=date(2020, 1, 1),
        binds_from=date(2023, 4, 4),
    )
    assert judged(late, [year(2021, "1.0"), year(2023, "2.0"), year(2024, "2.0")]).status == "met"


@pytest.mark.parametrize(
    "value, expected",
    [("-30", "met"), ("-31", "met"), ("-29", "not_met")],
)
def test_change_in_per_cent_of_the_baseline(value, expected):
    """Methane: 30 per cent less than 2020 by 2030, on a baseline of 200."""
    target = RuleTarget(
        Kind.CHANGE, date(2030, 12, 31), Decimal(-30), Comparator.AT_MOST, Decimal(200), date(2020, 12, 31),
        per_cent=True,
    )  # fmt: skip
    at_deadline = Decimal(200) + Decimal(value) * 2
    assert judged(target, [year(2030, str(at_deadline))], "2031-07-01").status == expected


def test_the_way_from_the_baseline_says_on_track_or_off():
    """From 1.0 at the end of 2020 to 2.0 at the end of 2024: half way, 1.5, at the end of 2022."""
    target = RuleTarget(
        Kind.REACH,
        date(2024, 12, 31),
        Decimal(2),
        baseline=Decimal(1),
        baseline_day=date(2020, 12, 31),
    )
    for value, expected in [("1.49", "off_track"), ("1.50", "on_track"), ("1.51", "on_track")]:
        finding = judged(target, [year(2022, value)], "2022-12-31")
        assert (finding.status, round(finding.path, 3)) == (
            expected,
            Decimal("1.500") if expected else None,
        )


@pytest.mark.parametrize(
    "day, value, expected",
    [
        # From 1.0 at the end of 2020 to 1.2 at the end of 2022, then to 2.0 at the end of 2024.
        ("2021-12-31", "1.09", ("off_track", "1.1")),
        ("2021-12-31", "1.10", ("on_track", "1.1")),
        ("2022-12-31", "1.19", ("off_track", "1.2")),
        ("2022-12-31", "1.20", ("on_track", "1.2")),
        ("2023-12-31", "1.59", ("off_track", "1.599")),
        ("2023-12-31", "1.60", ("on_track", "1.599")),
    ],
)
def test_an_interim_target_bends_the_way(day, value, expected):
    step = (date(2022, 12, 31), Decimal("1.2"))
    target = RuleTarget(
        Kind.REACH, date(2024, 12, 31), Decimal(2), baseline=Decimal(1), baseline_day=date(2020, 12, 31), steps=(step,)
    )  # fmt: skip
    finding = judged(target, [year(int(day[:4]), value)], day)
    assert (finding.status, finding.path // Decimal("0.001") * Decimal("0.001")) == (
        expected[0],
        Decimal(expected[1]),
    )


def test_without_a_baseline_the_way_begins_with_the_first_interim_target():
    target = RuleTarget(
        Kind.REACH, date(2024, 12, 31), Decimal(2), steps=((date(2022, 12, 31), Decimal("1.2")),)
    )
    # A figure is held against the way at the end of its own period.
    assert said(judged(target, [year(2021, "1.10")], "2024-12-30")) == ("in_progress", "under_way")
    assert said(judged(target, [year(2022, "1.10")], "2024-12-30")) == ("off_track", "behind")
    assert said(judged(target, [year(2022, "1.20")], "2024-12-30")) == ("on_track", "ahead")
    # An interim target that is due with the goal or later is no step on the way to it.
    late = RuleTarget(
        Kind.REACH, date(2024, 12, 31), Decimal(2), steps=((date(2024, 12, 31), Decimal("1.2")),)
    )
    assert said(judged(late, [year(2022, "1.10")], "2024-12-30")) == ("in_progress", "under_way")


@pytest.mark.parametrize(
    "as_of",
    [
        pytest.param("2022-12-31", id="on the last day of its period"),
        pytest.param("2024-12-31", id="two years later"),
    ],
)
@pytest.mark.parametrize("value, status", [("1.49", "off_track"), ("1.50", "on_track")])
def test_a_figure_is_held_against_the_path_at_its_own_period_whatever_the_day(as_of, value, status):
    """From 1 at the end of 2020 to 2 at the end of 2024, in 1461 days: 1.4997 after 730."""
    start = {"baseline": Decimal(1), "baseline_day": date(2020, 12, 31)}
    target = RuleTarget(Kind.STAND, date(2024, 12, 31), Decimal(2), **start)
    finding = judged(target, [year(2022, value, released=date(2022, 12, 31))], as_of)
    assert (finding.status, finding.path) == (status, Decimal("1.500"))


@pytest.mark.parametrize(
    "last_day, expected",
    [
        pytest.param("2020-12-30", "no_figure_since_baseline", id="the day before"),
        pytest.param("2020-12-31", "no_figure_since_baseline", id="the day of the baseline"),
        pytest.param("2021-01-01", "behind", id="the day after"),
    ],
)
def test_the_baselines_own_figure_says_nothing_of_the_way(last_day, expected):
    """Methane: off track in 2025 on the very figure that it is measured from."""
    target = RuleTarget(
        Kind.CHANGE, date(2030, 12, 31), Decimal(30), Comparator.FALLS_BY_AT_LEAST, Decimal(352), date(2020, 12, 31),
        per_cent=True,
    )  # fmt: skip
    period = Period(date(2020, 1, 1), date.fromisoformat(last_day))
    row = Figure(period, Decimal(352), 0, "actual", date(2025, 11, 17))
    finding = judged(target, [row], "2025-11-18")
    assert finding.reason == expected
    assert (finding.status, finding.path is None) == (
        ("off_track", False) if expected == "behind" else ("in_progress", True)
    )
    # Without its day the baseline begins no way, and after the deadline the figure is awaited.
    bare = replace(target, baseline_day=None)
    assert said(judged(bare, [row], "2025-11-18")) == ("in_progress", "under_way")
    # Nor does a way lead anywhere without a deadline.
    endless = replace(target, due=None)
    assert said(judged(endless, [row], "2025-11-18")) == ("in_progress", "under_way")
    assert said(judged(target, [row], "2031-01-01")) == ("in_progress", "awaiting_data")


def test_a_falling_target_is_ahead_below_the_line():
    target = RuleTarget(
        Kind.STAND, date(2024, 12, 31), Decimal(0), Comparator.AT_MOST, Decimal(10), date(2020, 12, 31)
    )  # fmt: skip
    assert judged(target, [year(2022, "4.9")], "2022-12-31").status == "on_track"
    assert judged(target, [year(2022, "5.1")], "2022-12-31").status == "off_track"


@pytest.mark.parametrize(
    "baseline, per_cent, expected",
    [
        ("-10", False, ("met", "satisfied")),
        ("0", False, ("met", "satisfied")),
        ("0", True, ("in_progress", "uncomparable")),
    ],
)
def test_negative_and_zero_baselines(baseline, per_cent, expected):
    target = RuleTarget(
        Kind.CHANGE, date(2024, 12, 31), Decimal(5), baseline=Decimal(baseline), per_cent=per_cent
    )  # fmt: skip
    assert said(judged(target, [year(2024, str(Decimal(baseline) + 5))])) == expected


TOTAL = RuleTarget(Kind.TOTAL, date(2024, 12, 31), Decimal(100), window_start=date(2022, 1, 1))


@pytest.mark.parametrize(
    "values, as_of, expected",
    [
        ({2022: 40, 2023: 60}, "2024-01-01", ("met", "satisfied")),
        ({2022: 40, 2023: 30, 2024: 29}, "2025-01-01", ("not_met", "fell_short")),
        ({2022: 40, 2023: 30, 2024: 30}, "2025-01-01", ("met", "satisfied")),
        ({2022: 40, 2024: 30}, "2025-01-01", ("in_progress", "awaiting_data")),
        ({2022: 40}, "2023-01-01", ("in_progress", "under_way")),
        # What was given before the window or after the deadline is not part of the sum.
        (
            {2021: 90, 2022: 40, 2023: 30, 2024: 20, 2025: 90},
            "2026-01-01",
            ("not_met", "fell_short"),
        ),
    ],
)
def test_total(values, as_of, expected):
    assert (
        said(judged(TOTAL, [year(number, value) for number, value in values.items()], as_of))
        == expected
    )


def test_partly_met_from_the_stated_share_on():
    target = RuleTarget(
        Kind.TOTAL, date(2024, 12, 31), Decimal(100), partly_met_share=Decimal("0.8")
    )
    assert judged(target, [year(2024, 80)]).status == "partly_met"
    assert judged(target, [year(2024, "79.9")]).status == "not_met"
    assert judged(TOTAL, [year(2022, 30), year(2023, 30), year(2024, 39)]).status == "not_met"


def test_a_ceiling_over_a_window_fails_at_once_and_is_met_only_in_the_end():
    ceiling = RuleTarget(
        Kind.TOTAL,
        date(2024, 12, 31),
        Decimal(100),
        Comparator.AT_MOST,
        window_start=date(2023, 1, 1),
    )
    assert said(judged(ceiling, [year(2023, 101)], "2024-01-01")) == ("off_track", "exceeded")
    assert said(judged(ceiling, [year(2023, 50)], "2024-01-01")) == ("in_progress", "under_way")
    assert said(judged(ceiling, [year(2023, 50)], "2025-01-01")) == ("in_progress", "awaiting_data")
    assert said(judged(ceiling, [year(2023, 50), year(2024, 50)], "2025-01-01")) == (
        "met",
        "satisfied",
    )


def test_a_sum_that_has_to_stay_below_its_baseline_fails_as_soon_as_it_reaches_it():
    target = RuleTarget(
        Kind.TOTAL,
        date(2024, 12, 31),
        None,
        Comparator.BELOW_BASELINE,
        Decimal(100),
        window_start=date(2023, 1, 1),
    )
    low = [year(2023, 50), year(2024, 49)]
    high = [year(2023, 50), year(2024, 50)]
    assert said(judged(target, low, "2024-12-31")) == ("in_progress", "under_way")
    assert said(judged(target, low, "2025-01-01")) == ("met", "satisfied")
    assert said(judged(target, high, "2024-12-31")) == ("off_track", "exceeded")
    assert said(judged(target, high, "2025-01-01")) == ("not_met", "exceeded")


def event(day, value=1):
    day = date.fromisoformat(day)
    return Figure(Period(day, day), Decimal(value), 0, "actual", day)


@pytest.mark.parametrize(
    "series, as_of, expected",
    [
        ([event("2024-12-31")], "2025-01-01", ("met", "satisfied")),
        ([event("2025-01-01")], "2025-01-02", ("not_met", "fell_short")),
        ([], "2025-01-02", ("in_progress", "awaiting_data")),
        ([], "2024-12-31", ("in_progress", "under_way")),
        ([event("2024-12-31", 0)], "2025-01-02", ("not_met", "fell_short")),
    ],
)
def test_milestone(series, as_of, expected):
    assert said(judged(RuleTarget(Kind.MILESTONE, date(2024, 12, 31)), series, as_of)) == expected


def test_equality_does_not_pass_below_the_baseline():
    target = RuleTarget(
        Kind.STAND, date(2024, 12, 31), None, Comparator.BELOW_BASELINE, Decimal("303.5")
    )
    assert judged(target, [year(2024, "303.5")]).status == "not_met"
    assert judged(target, [year(2024, "303.4")]).status == "met"


def test_below_the_baseline_there_is_no_share_of_the_way():
    target = RuleTarget(
        Kind.STAND, date(2024, 12, 31), Decimal(200), Comparator.BELOW_BASELINE, Decimal("303.5")
    )
    assert judged(target, [year(2024, "303.4")]).share is None


def test_the_japanese_two_per_cent_flips_with_its_denominator():
    """11 trillion yen: 2.0 % of the GDP of fiscal 2022, 1.8 % of that of fiscal 2025."""
    accepts = frozenset({"actual", "budget", "estimate"})
    target = RuleTarget(Kind.REACH, date(2026, 3, 31), Decimal(2), decimals=1, accepts=accepts)
    on_2022 = [fiscal(2025, "2.0", kind="budget", decimals=1, released=date(2025, 11, 28))]
    on_2025 = [fiscal(2025, "1.8", kind="estimate", decimals=1, released=date(2025, 12, 16))]
    first, second = compare(
        [("GDP of FY2022", target, on_2022), ("GDP of FY2025", target, on_2025)],
        as_of=date(2026, 11, 22), known_on=date(2026, 11, 22),
    )  # fmt: skip
    assert (first.finding.status, first.finding.provisional, first.flips) == ("met", True, False)
    assert (second.finding.status, second.flips) == ("not_met", True)


def test_comparing_needs_a_definition():
    with pytest.raises(ValueError, match="primary"):
        compare([], as_of=LATER, known_on=LATER)
