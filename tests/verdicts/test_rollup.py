"""From verdicts per party to one line, against sums done by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest

from commitments.verdicts.rollup import add_rollups, roll_up_parts, roll_up_standings, rollup
from commitments.verdicts.statuses import NOT_ASSESSED, Status

DAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    "statuses, exempt, mean",
    [
        pytest.param(
            ["met"] * 23 + ["not_met"] * 8,
            1,
            Fraction(15, 31),
            id="32 parties: 23 met, 8 not, 1 exempt",
        ),
        pytest.param(["met"], 0, Fraction(1), id="one party that kept it"),
        pytest.param(["not_met", "met"], 0, Fraction(0), id="one of two"),
        pytest.param(
            ["met", "partly_met", "partly_met"],
            0,
            Fraction(1, 3),
            id="a part counts nothing either way",
        ),
        pytest.param(
            ["met", "in_progress"],
            0,
            Fraction(1, 2),
            id="work in progress counts nothing either way",
        ),
        pytest.param(
            ["met", "reversed", "reversed"], 0, Fraction(-1, 3), id="the opposite counts against"
        ),
        pytest.param(
            ["met", "met", "unverifiable"],
            0,
            Fraction(1),
            id="without a score: left out of the mean",
        ),
        pytest.param(
            ["met", NOT_ASSESSED], 3, Fraction(1), id="neither unassessed nor exempt is in the mean"
        ),
    ],
)
def test_the_mean_and_percentage_are_those_done_by_hand(statuses, exempt, mean):
    result = rollup(statuses, exempt=exempt)
    exactly = Decimal(mean.numerator) / mean.denominator
    assert result.mean_score == exactly
    assert result.percent == (exactly + 1) / 2 * 100


def test_the_counts_of_thirty_two_parties_add_up():
    result = rollup(["met"] * 23 + ["not_met"] * 8, exempt=1)
    assert (result.parties, result.exempt, result.scored) == (32, 1, 31)
    assert result.by_status == {"met": 23, "not_met": 8}
    assert round(result.percent, 2) == Decimal("74.19")


def test_a_party_without_a_score_is_counted_and_not_scored():
    result = rollup(["met", "superseded", NOT_ASSESSED])
    assert (result.parties, result.scored) == (3, 1)
    assert result.by_status == {"met": 1, "not_assessed": 1, "superseded": 1}


@pytest.mark.parametrize(
    "statuses, exempt",
    [
        pytest.param([], 0, id="no party"),
        pytest.param([], 4, id="all exempt"),
        pytest.param(["stalled", NOT_ASSESSED], 0, id="none with a score"),
    ],
)
def test_without_a_score_there_is_no_mean_rather_than_zero(statuses, exempt):
    result = rollup(statuses, exempt=exempt)
    assert result.mean_score is None
    assert result.percent is None
    assert result.parties == len(statuses) + exempt


def test_a_status_and_its_value_are_the_same_one():
    assert rollup([Status.MET, "met"]).by_status == {"met": 2}


def test_the_order_of_the_parties_does_not_matter():
    statuses = ["met", "not_met", "partly_met", "not_met", "on_track"]
    assert rollup(statuses) == rollup(reversed(statuses))


@pytest.mark.parametrize("scored, enough", [(4, False), (5, True), (6, True)])
def test_a_mean_is_shown_from_five_scored_verdicts_on(scored, enough):
    assert rollup(["met"] * scored + ["superseded"] * 5).is_enough == enough


def make_part(status, *, reason="", **fields):
    """Return a part that is not overdue and stands as its status says, or else the reason."""
    defaults = {"is_exempt": False, "is_theirs": False, "late": False}
    return SimpleNamespace(
        status=status,
        find_reason=lambda on: reason,
        find_standing=lambda on: reason or status,
        **{**defaults, **fields},
    )


def test_the_parts_of_a_pledge_are_counted_with_the_exempt_apart():
    parts = [
        make_part("met"),
        make_part("met"),
        make_part(NOT_ASSESSED),
        make_part(NOT_ASSESSED, is_exempt=True),
    ]
    assert roll_up_parts(parts, on=DAY) == rollup(["met", "met", NOT_ASSESSED], exempt=1)


MIXED = [
    make_part("met"),
    make_part("not_met", is_theirs=True),
    make_part("met", is_theirs=True),
    make_part(NOT_ASSESSED, reason="not_due"),
    make_part(NOT_ASSESSED, reason="awaiting_data"),
    make_part(NOT_ASSESSED, reason="not_looked_at"),
    make_part(NOT_ASSESSED, reason="judged_under"),
    make_part(NOT_ASSESSED, is_exempt=True),
]


def test_what_others_alone_judged_is_never_added_to_ours():
    counts = roll_up_parts(MIXED, on=DAY)
    assert counts.by_status == {"met": 1, NOT_ASSESSED: 3}
    assert (counts.scored, counts.mean_score, counts.percent) == (1, 1, 100)
    assert counts.others_alone == rollup(["not_met", "met"])
    assert (counts.parties, counts.exempt, counts.judged_under) == (8, 1, 1)


def test_those_without_a_verdict_are_counted_by_the_reason_and_not_due_apart():
    counts = roll_up_standings(MIXED, on=DAY)
    reasons = {"awaiting_data": 1, "not_due": 1, "not_looked_at": 1}
    assert counts.by_status == {"met": 1, **reasons}
    assert counts.unjudged == reasons
    assert counts.judgeable == 3


def test_sums_keep_ours_theirs_and_the_reasons_apart():
    counts = roll_up_parts(MIXED, on=DAY)
    twice = add_rollups([counts, counts])
    assert (twice.parties, twice.exempt, twice.judged_under) == (16, 2, 2)
    assert twice.others_alone == rollup(["not_met", "met"] * 2)
    assert twice.unjudged == {"awaiting_data": 2, "not_due": 2, "not_looked_at": 2}


def test_what_was_done_later_is_counted_among_those_not_met():
    parts = [
        make_part("not_met", late=True),
        make_part("not_met"),
        make_part("met"),
    ]
    counts = roll_up_parts(parts, on=DAY)
    assert counts.by_status == {"met": 1, "not_met": 2}
    assert counts.late == 1
    assert add_rollups([counts, counts]).late == 2


def test_several_counts_add_up_to_the_count_of_all():
    one = rollup(["met", "not_met"], exempt=1)
    another = rollup(["met", "on_track"], exempt=2)
    assert add_rollups([one, another]) == rollup(["met", "not_met", "met", "on_track"], exempt=3)
    assert add_rollups([]) == rollup([])
