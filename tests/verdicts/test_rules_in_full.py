"""Each rule's whole answer: beside the status what decided it, how, and what is missing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from commitments.verdicts.rules import evaluate
from commitments.verdicts.targets import Comparator, Figure, Kind, Period, RuleTarget

LATER = date(2040, 1, 1)
ANY = frozenset({"actual", "estimate"})
# The years 2023 and 2024.
WINDOW = {"due": date(2024, 12, 31), "window_start": date(2023, 1, 1), "accepts": ANY}
TWO = {**WINDOW, "value": Decimal(2)}


def year(number, value, kind="actual"):
    decimals = len(value.partition(".")[2])
    period = Period(date(number, 1, 1), date(number, 12, 31))
    return Figure(period, Decimal(value), decimals, kind, date(number + 1, 6, 1))


def years(figures):
    """Figures from "2023: 1.90 e, 2024: 2.00": an e marks an estimate."""
    for one in filter(None, figures.split(", ")):
        number, _, value = one.partition(": ")
        yield year(
            int(number), value.removesuffix(" e"), "estimate" if value.endswith(" e") else "actual"
        )


def judged(target, figures, as_of):
    return evaluate(target, list(years(figures)), as_of=date.fromisoformat(as_of), known_on=LATER)


def told(finding):
    """The answer in a line: what, by which year and value, and the rest where there is any."""
    row = finding.decided_by
    return " ".join(
        [f"{finding.status} {finding.reason}"]
        + (
            [
                (
                    f"by {row.period.start.year}"
                    if row.period.start.month == 1
                    else f"by {row.period.start}"
                )
            ]
            if row
            else []
        )
        + ([f"{finding.actual}"] if finding.actual is not None else [])
        + (["provisional"] if finding.provisional is True else [])
        + [f"without {gap.start.year}-{gap.end.year}" for gap in finding.missing]
        + ([f"late in {finding.met_late_in.start.year}"] if finding.met_late_in else [])
    )


REACH, STAND, HOLD = (RuleTarget(kind, **TWO) for kind in (Kind.REACH, Kind.STAND, Kind.HOLD))


@pytest.mark.parametrize(
    "target, figures, as_of, answer",
    [
        (REACH, "2023: 2.00, 2024: 2.10", "2025-01-01", "met satisfied by 2023 2.00"),
        (REACH, "2023: 1.90, 2024: 2.10 e", "2025-01-01", "met satisfied by 2024 2.10 provisional"),
        (REACH, "2023: 1.80, 2024: 1.90", "2025-01-01", "not_met fell_short by 2024 1.90"),
        (REACH, "2023: 1.80, 2024: 1.90 e", "2025-01-01", "not_met fell_short by 2024 1.90 provisional"),
        (REACH, "2023: 1.80, 2024: 1.90", "2024-12-31", "in_progress under_way by 2024 1.90"),
        (REACH, "2023: 1.80 e", "2025-01-01", "in_progress awaiting_data by 2023 1.80"),
        (REACH, "", "2025-01-01", "in_progress awaiting_data"),
        (REACH, "", "2024-12-31", "in_progress no_data"),
        (REACH, "2024: 1.90, 2025: 1.95, 2026: 2.00, 2027: 2.10", "2030-01-01",
         "not_met fell_short by 2024 1.90 late in 2026"),
        (STAND, "2023: 2.10, 2024: 2.00", "2025-01-01", "met satisfied by 2024 2.00"),
        (STAND, "2023: 2.10, 2024: 2.00 e", "2025-01-01", "met satisfied by 2024 2.00 provisional"),
        (STAND, "2023: 2.10, 2024: 1.90", "2025-01-01", "not_met fell_short by 2024 1.90"),
        (STAND, "2023: 2.10", "2025-01-01", "in_progress awaiting_data by 2023 2.10"),
        # It may be met once its own period has begun.
        (STAND, "2024: 2.00 e", "2024-06-30", "met satisfied by 2024 2.00 provisional"),
        (STAND, "2024: 1.90, 2025: 2.00", "2030-01-01", "not_met fell_short by 2024 1.90 late in 2025"),
        (HOLD, "2023: 2.00, 2024: 2.10", "2025-01-01", "met satisfied by 2024 2.10"),
        (HOLD, "2023: 2.00 e, 2024: 2.10", "2025-01-01", "met satisfied by 2024 2.10 provisional"),
        (HOLD, "2023: 1.90, 2024: 1.80", "2025-01-01", "not_met failed_period by 2023 1.90"),
        (HOLD, "2023: 1.90 e, 2024: 2.10", "2025-01-01", "not_met failed_period by 2023 1.90 provisional"),
        (HOLD, "2024: 1.90", "2025-01-01", "not_met failed_period by 2024 1.90 without 2023-2023"),
        (HOLD, "2023: 1.90", "2024-12-31", "off_track failed_period by 2023 1.90 without 2024-2024"),
        (HOLD, "2023: 2.00 e", "2025-01-01", "in_progress awaiting_data by 2023 2.00 without 2024-2024"),
        (HOLD, "", "2025-01-01", "in_progress awaiting_data without 2023-2024"),
        (HOLD, "", "2024-12-31", "in_progress no_data"),
        # Until the deadline only what lies wholly in the past is missing.
        (HOLD, "2023: 2.00", "2024-12-31", "on_track holding by 2023 2.00"),
        (HOLD, "2024: 2.00", "2024-12-31", "on_track holding by 2024 2.00 without 2023-2023"),
        (HOLD, "2024: 2.00", "2023-12-31", "on_track holding by 2024 2.00"),
        (HOLD, "2024: 2.00", "2024-01-01", "on_track holding by 2024 2.00 without 2023-2023"),
    ],
)  # fmt: skip
def test_what_reach_stand_and_hold_answer(target, figures, as_of, answer):
    assert told(judged(target, figures, as_of)) == answer


AT_LEAST, AT_MOST, EQUAL = (
    RuleTarget(Kind.TOTAL, value=Decimal(10), comparator=Comparator(name), **WINDOW)
    for name in ("at_least", "at_most", "equal")
)

AT_LEAST_OF_THREE, EQUAL_OF_THREE = (
    replace(one, window_start=date(2022, 1, 1)) for one in (AT_LEAST, EQUAL)
)


@pytest.mark.parametrize(
    "target, figures, as_of, answer",
    [
        (AT_LEAST, "2023: 10 e", "2024-01-01", "met satisfied by 2023 10 provisional"),
        (AT_LEAST, "2023: 4, 2024: 6", "2025-01-01", "met satisfied by 2024 10"),
        (AT_LEAST, "2023: 4, 2024: 5", "2025-01-01", "not_met fell_short by 2024 9"),
        (AT_LEAST, "2023: 4 e, 2024: 5", "2025-01-01", "not_met fell_short by 2024 9 provisional"),
        (AT_LEAST, "2023: 4, 2024: 5", "2024-12-31", "in_progress under_way by 2024 9"),
        (
            AT_LEAST,
            "2023: 4",
            "2025-01-01",
            "in_progress awaiting_data by 2023 4 without 2024-2024",
        ),
        (AT_LEAST, "2023: 4", "2024-12-31", "in_progress under_way by 2023 4"),
        (AT_LEAST, "", "2025-01-01", "in_progress awaiting_data without 2023-2024"),
        (AT_LEAST, "", "2024-12-31", "in_progress no_data"),
        (AT_MOST, "2023: 4, 2024: 6", "2025-01-01", "met satisfied by 2024 10"),
        (AT_MOST, "2023: 4, 2024: 6 e", "2025-01-01", "met satisfied by 2024 10 provisional"),
        (AT_MOST, "2023: 4, 2024: 6", "2024-12-31", "in_progress under_way by 2024 10"),
        (
            AT_MOST,
            "2023: 10",
            "2025-01-01",
            "in_progress awaiting_data by 2023 10 without 2024-2024",
        ),
        (AT_MOST, "2023: 11", "2024-12-31", "off_track exceeded by 2023 11"),
        (AT_MOST, "2023: 11 e", "2025-01-01", "not_met exceeded by 2023 11 provisional"),
        # What is to be hit exactly may still come to it while figures are missing.
        (EQUAL, "2023: 10", "2024-12-31", "in_progress under_way by 2023 10"),
        (EQUAL, "2023: 11", "2024-12-31", "in_progress under_way by 2023 11"),
        (EQUAL, "2023: 11", "2025-01-01", "in_progress awaiting_data by 2023 11 without 2024-2024"),
        (EQUAL, "2023: 4, 2024: 6", "2025-01-01", "met satisfied by 2024 10"),
        (EQUAL, "2023: 4, 2024: 7", "2025-01-01", "not_met fell_short by 2024 11"),
    ],
)
def test_what_a_sum_answers(target, figures, as_of, answer):
    assert told(judged(target, figures, as_of)) == answer


def event(day, value, kind="actual"):
    day = date.fromisoformat(day)
    return Figure(Period(day, day), Decimal(value), 0, kind, day)


@pytest.mark.parametrize(
    "events, as_of, answer",
    [
        ([("2024-03-31", 1)], "2024-04-01", "met satisfied by 2024-03-31 1"),
        (
            [("2024-12-31", 1, "estimate")],
            "2025-01-01",
            "met satisfied by 2024-12-31 1 provisional",
        ),
        ([("2024-03-31", 0), ("2024-12-31", 2)], "2025-01-01", "met satisfied by 2024-12-31 2"),
        (
            [("2025-03-02", 1), ("2025-03-03", 1)],
            "2026-01-01",
            "not_met fell_short by 2025-03-02 1 late in 2025",
        ),
        (
            [("2025-03-02", 1, "estimate")],
            "2026-01-01",
            "not_met fell_short by 2025-03-02 1 provisional late in 2025",
        ),
        ([("2025-03-02", 1)], "2024-12-31", "in_progress under_way"),
        ([("2024-12-31", 0)], "2025-01-01", "not_met fell_short by 2024-12-31 0"),
        (
            [("2024-12-31", 0, "estimate")],
            "2025-01-01",
            "not_met fell_short by 2024-12-31 0 provisional",
        ),
        ([("2024-12-31", 0)], "2024-12-31", "in_progress under_way"),
        # That it had not happened in March says nothing of December.
        ([("2024-03-31", 0)], "2025-01-01", "in_progress awaiting_data"),
        # Neither yes nor no.
        ([("2024-12-31", -1)], "2025-01-01", "in_progress awaiting_data"),
        ([], "2025-01-01", "in_progress awaiting_data"),
    ],
)
def test_what_a_milestone_answers(events, as_of, answer):
    target = RuleTarget(Kind.MILESTONE, date(2024, 12, 31), accepts=ANY)
    finding = evaluate(
        target, [event(*one) for one in events], as_of=date.fromisoformat(as_of), known_on=LATER
    )
    assert told(finding) == answer
    assert (finding.required, finding.gap, finding.share, finding.borderline) == (
        None,
        None,
        None,
        False,
    )


def test_what_happened_in_a_period_has_happened_by_its_last_day():
    around = Figure(
        Period(date(2024, 12, 15), date(2025, 1, 14)), Decimal(1), 0, "actual", date(2025, 1, 14)
    )
    answers = []
    for due in (
        date(2024, 12, 14),
        date(2024, 12, 15),
        date(2025, 1, 13),
        date(2025, 1, 14),
    ):
        found = evaluate(
            RuleTarget(Kind.MILESTONE, due), [around], as_of=date(2026, 1, 1), known_on=LATER
        )
        answers.append((told(found), found.borderline))
    # From its first day on until the day before its last nobody can tell whether it was in time.
    assert answers == [
        ("not_met fell_short by 2024-12-15 1 late in 2024", False),
        ("in_progress awaiting_data by 2024-12-15 1", True),
        ("in_progress awaiting_data by 2024-12-15 1", True),
        ("met satisfied by 2024-12-15 1", False),
    ]


def period_of(first, last, value):
    days = Period(date.fromisoformat(first), date.fromisoformat(last))
    return Figure(days, Decimal(value), 0, "actual", days.end)


@pytest.mark.parametrize(
    "denial, answer",
    [
        pytest.param(
            ("2024-01-01", "2024-12-30", 0),
            "in_progress awaiting_data by 2024-12-15 1",
            id="for the day before, which says nothing of the day",
        ),
        pytest.param(
            ("2024-01-01", "2024-12-31", 0),
            "not_met fell_short by 2024-12-15 1 late in 2024",
            id="for the year of the day",
        ),
        pytest.param(
            ("2024-12-31", "2024-12-31", 0),
            "not_met fell_short by 2024-12-15 1 late in 2024",
            id="for the day, so it happened later in its period",
        ),
        pytest.param(
            ("2025-01-02", "2025-01-05", 0),
            "not_met fell_short by 2024-12-15 1 late in 2024",
            id="for days after it",
        ),
    ],
)
def test_a_denial_tells_what_a_vague_event_leaves_open(denial, answer):
    rows = [period_of("2024-12-15", "2025-01-14", 1), period_of(*denial)]
    target = RuleTarget(Kind.MILESTONE, date(2024, 12, 31))
    assert told(evaluate(target, rows, as_of=date(2025, 2, 1), known_on=LATER)) == answer


def test_a_denial_counts_from_its_release_and_for_the_deadline_or_later():
    target = RuleTarget(Kind.MILESTONE, date(2024, 12, 31))
    later = period_of("2025-01-02", "2025-01-05", 0)
    days = [date(2025, 1, 4), date(2025, 1, 5)]
    found = [evaluate(target, [later], as_of=date(2025, 2, 1), known_on=day) for day in days]
    assert [told(one) for one in found] == [
        "in_progress awaiting_data",
        "not_met fell_short by 2025 0",
    ]


@pytest.mark.parametrize(
    "kind, numbers",
    [
        pytest.param(Kind.REACH, ("2", "1.90", "-0.10", "0.950"), id="reach"),
        pytest.param(Kind.STAND, ("2", "1.90", "-0.10", "0.950"), id="stand"),
        pytest.param(Kind.HOLD, ("2", "1.90", "-0.10", "0.950"), id="hold"),
        pytest.param(Kind.TOTAL, ("2", "3.70", "1.70", "1.850"), id="total"),
        pytest.param(
            Kind.MILESTONE, ("None", "1.80", "None", "None"), id="a milestone requires no number"
        ),
    ],
)
def test_every_kind_tells_its_numbers(kind, numbers):
    first = "2.80" if kind is Kind.HOLD else "1.80"
    found = judged(RuleTarget(kind, **TWO), f"2023: {first}, 2024: 1.90", "2025-01-01")
    assert tuple(map(str, (found.required, found.actual, found.gap, found.share))) == numbers


def test_a_milestone_without_a_deadline_is_met_whenever_it_happens():
    found = evaluate(
        RuleTarget(Kind.MILESTONE), [event("2029-03-31", 1)], as_of=date(2030, 1, 1), known_on=LATER
    )
    assert told(found) == "met satisfied by 2029-03-31 1"
    assert (
        told(evaluate(RuleTarget(Kind.MILESTONE), [], as_of=LATER, known_on=LATER))
        == "in_progress under_way"
    )


@pytest.mark.parametrize(
    "share, value, answer",
    [
        ("0.9", "1.80", "partly_met partly by 2024 1.80 late in 2025"),
        ("0.9", "1.79", "not_met fell_short by 2024 1.79 late in 2025"),
        (None, "1.99", "not_met fell_short by 2024 1.99 late in 2025"),
        # Nothing is no part.
        ("0", "0.00", "partly_met partly by 2024 0.00 late in 2025"),
        ("0", "-0.01", "not_met fell_short by 2024 -0.01 late in 2025"),
    ],
)
def test_a_part_of_the_way_counts_from_the_share_the_target_states(share, value, answer):
    target = RuleTarget(Kind.STAND, partly_met_share=share and Decimal(share), **TWO)
    assert told(judged(target, f"2024: {value}, 2025: 2.00", "2030-01-01")) == answer


def test_where_there_is_no_way_no_part_of_it_counts():
    target = RuleTarget(
        Kind.STAND,
        WINDOW["due"],
        None,
        Comparator.BELOW_BASELINE,
        Decimal(2),
        partly_met_share=Decimal("0.5"),
    )
    assert told(judged(target, "2024: 2.00", "2030-01-01")) == "not_met fell_short by 2024 2.00"


def test_a_change_answers_with_the_change_and_is_on_track_by_the_level():
    """From 200 at the end of 2020 to 140 at the end of 2030: 170 half way, which is a fall by 15
    per cent.
    """
    target = RuleTarget(
        Kind.CHANGE, date(2030, 12, 31), Decimal(-30), Comparator.AT_MOST, Decimal(200), date(2020, 12, 31),
        per_cent=True,
    )  # fmt: skip
    assert told(judged(target, "2025: 169", "2025-12-31")) == "on_track ahead by 2025 -15.5"
    assert told(judged(target, "2025: 171", "2025-12-31")) == "off_track behind by 2025 -14.5"
    assert told(judged(target, "2030: 140", "2031-01-01")) == "met satisfied by 2030 -30.0"
    missed = judged(target, "2030: 150, 2031: 141, 2032: 140", "2040-01-01")
    assert told(missed) == "not_met fell_short by 2030 -25.0 late in 2032"
    assert (missed.gap, missed.required, missed.share) == (5, -30, Decimal("0.833"))


def test_a_passed_deadline_waits_for_its_figure_and_is_neither_on_track_nor_off():
    target = RuleTarget(
        Kind.STAND,
        date(2024, 12, 31),
        Decimal(2),
        baseline=Decimal(1),
        baseline_day=date(2020, 12, 31),
    )
    # Three years of four, of which one has a day more: 1095 of 1461 days.
    path = Decimal("1.749")
    for value, status in [("1.74", "off_track behind"), ("1.75", "on_track ahead")]:
        waiting = judged(target, f"2023: {value}", "2024-12-31")
        assert (told(waiting), waiting.path) == (f"{status} by 2023 {value}", path)
        waiting = judged(target, f"2023: {value}", "2025-01-01")
        assert (told(waiting), waiting.path) == (f"in_progress awaiting_data by 2023 {value}", path)


@pytest.mark.parametrize(
    "target, comparable",
    [
        (RuleTarget(Kind.STAND, WINDOW["due"]), False),
        (RuleTarget(Kind.STAND, WINDOW["due"], Decimal(1), Comparator.BELOW_BASELINE), False),
        (RuleTarget(Kind.CHANGE, WINDOW["due"], Decimal(1)), False),
        (
            RuleTarget(Kind.CHANGE, WINDOW["due"], Decimal(1), baseline=Decimal(0), per_cent=True),
            False,
        ),
        (RuleTarget(Kind.CHANGE, WINDOW["due"], None, baseline=Decimal(2)), False),
        (RuleTarget(Kind.CHANGE, WINDOW["due"], Decimal(1), baseline=Decimal(0)), True),
        (
            RuleTarget(Kind.STAND, WINDOW["due"], Decimal(1), baseline=Decimal(0), per_cent=True),
            True,
        ),
        (RuleTarget(Kind.MILESTONE, WINDOW["due"]), True),
    ],
)
def test_what_cannot_be_compared_says_so(target, comparable):
    finding = judged(target, "2024: 1.00", "2025-01-01")
    assert (finding.reason != "uncomparable", finding.status == "in_progress") == (
        comparable,
        not comparable,
    )


@pytest.mark.parametrize(
    "target, figures, borderline",
    [
        # 1.995 to 2.005 behind 2.00, 1.985 to 1.995 behind 1.99.
        pytest.param(HOLD, "2023: 2.00, 2024: 3.00", True, id="a year that may have been below"),
        pytest.param(HOLD, "2023: 2.01, 2024: 3.00", False, id="no year that may have been below"),
        pytest.param(HOLD, "2023: 1.99, 2024: 3.00", False, id="a year that was below"),
        # Each figure may be less than 0.005 off below it: two of them less than 0.01, three of them
        # more.
        pytest.param(
            AT_LEAST, "2023: 5.00, 2024: 4.99", False, id="a sum that was just not enough"
        ),
        pytest.param(
            AT_LEAST_OF_THREE,
            "2022: 1.00, 2023: 4.00, 2024: 4.99",
            True,
            id="a sum that may have been",
        ),
        pytest.param(
            AT_LEAST_OF_THREE, "2022: 1.00, 2023: 4.00, 2024: 4.98", False, id="a sum that was not"
        ),
        pytest.param(
            AT_MOST, "2023: 5.00, 2024: 5.00", True, id="a sum that may have been too much"
        ),
        pytest.param(
            AT_MOST, "2023: 5.00, 2024: 4.99", False, id="a sum that was just not too much"
        ),
        pytest.param(EQUAL, "2023: 5.00, 2024: 5.00", True, id="a sum that may not have been hit"),
        pytest.param(EQUAL, "2023: 5.00, 2024: 4.99", False, id="a sum that cannot have been hit"),
        pytest.param(
            EQUAL_OF_THREE,
            "2022: 1.00, 2023: 4.00, 2024: 4.99",
            True,
            id="a sum that may have been hit",
        ),
        pytest.param(REACH, "2023: 2.00, 2024: 2.10", False, id="another year reaches it surely"),
        pytest.param(REACH, "2023: 2.00, 2024: 1.90", True, id="no other year does"),
    ],
)
def test_borderline_where_all_figures_may_be_a_little_off(target, figures, borderline):
    assert judged(target, figures, "2025-01-01").borderline is borderline


@pytest.mark.parametrize(
    "goal, figures, answer",
    [
        # From 1 at the end of 2022 to 2 at the end of 2024: 1.4993 is asked for at the end of 2023,
        # and to 1.985: 1.4918.
        pytest.param(
            "2", "2023: 1.50", ("on_track", True), id="on track, and may have been behind"
        ),
        pytest.param("2", "2023: 1.51", ("on_track", False), id="surely on track"),
        pytest.param("2", "2023: 1.49", ("off_track", False), id="surely behind"),
        pytest.param(
            "1.985", "2023: 1.49", ("off_track", True), id="behind, and may not have been"
        ),
    ],
)
def test_borderline_before_the_deadline_is_a_matter_of_the_line(goal, figures, answer):
    way = {**TWO, "value": Decimal(goal), "baseline_day": date(2022, 12, 31)}
    target = RuleTarget(Kind.STAND, baseline=Decimal(1), **way)
    finding = judged(target, figures, "2024-06-30")
    assert (finding.status, finding.borderline) == answer


def test_a_figure_that_is_to_be_hit_exactly_is_borderline_where_it_may_be():
    target = RuleTarget(Kind.STAND, value=Decimal("1.998"), comparator=Comparator.EQUAL, **WINDOW)
    assert told(judged(target, "2024: 2.00", "2025-01-01")) == "not_met fell_short by 2024 2.00"
    assert judged(target, "2024: 2.00", "2025-01-01").borderline
    assert not judged(target, "2024: 2.01", "2025-01-01").borderline
