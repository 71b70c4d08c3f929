"""How many decimals the numbers of a finding have, by hand."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.verdicts.findings import Finding
from commitments.verdicts.precision import round_number
from commitments.verdicts.rules import evaluate
from commitments.verdicts.targets import EXACT, Comparator, Figure, Kind, Period, RuleTarget

END = date(2024, 12, 31)
NOW = {"as_of": date(2026, 1, 1), "known_on": date(2026, 1, 1)}
FALL = Comparator.FALLS_BY_AT_LEAST


def year(number, value, decimals=None):
    if decimals is None:
        decimals = len(value.partition(".")[2])
    period = Period(date(number, 1, 1), date(number, 12, 31))
    return Figure(period, Decimal(value), decimals, "actual", date(number + 1, 6, 1))


@pytest.mark.parametrize(
    "value, decimals, expected",
    [
        ("0.0005", 3, "0.001"),
        ("-0.0005", 3, "-0.001"),
        ("-0.0004", 3, "0.000"),
        ("0.0004", 3, "0.000"),
        ("-0", 0, "0"),
        ("2", 2, "2.00"),
        ("1.25", 1, "1.3"),
        ("-1.25", 1, "-1.3"),
    ],
)
def test_halves_go_away_from_zero_and_zero_has_no_sign(value, decimals, expected):
    assert str(round_number(Decimal(value), decimals)) == expected


@pytest.mark.parametrize(
    "target, rows, numbers",
    [
        pytest.param(RuleTarget(Kind.STAND, END, Decimal(2)), [year(2024, "2", 2)], ("2", "2.00", "0.00", "1.000"),
                     id="a level has the decimals printed, though its value lost them"),
        pytest.param(RuleTarget(Kind.STAND, END, Decimal("2.125")), [year(2024, "2.0")],
                     ("2.125", "2.0", "-0.125", "0.941"), id="a difference has the most of its parts"),
        pytest.param(RuleTarget(Kind.STAND, END, Decimal("0.7"), decimals=2), [year(2024, "0.6985")],
                     ("0.7", "0.6985", "0.00", "1.000"), id="the gap is that of the figure at the target's decimals"),
        pytest.param(RuleTarget(Kind.TOTAL, END, Decimal(10)), [year(2023, "4.25"), year(2024, "5")],
                     ("10", "9.25", "-0.75", "0.925"), id="a sum has the most of its parts"),
        pytest.param(RuleTarget(Kind.CHANGE, END, Decimal(1), baseline=Decimal("4.50")), [year(2024, "5.1")],
                     ("1", "0.60", "-0.40", "0.600"), id="so has a change"),
        pytest.param(RuleTarget(Kind.CHANGE, END, Decimal(30), FALL, Decimal("303.5"), per_cent=True),
                     [year(2024, "231.7")], ("-30", "-23.66", "6.34", "0.789"),
                     id="in per cent: a tenth of 303.5 is 0.03 per cent"),
        pytest.param(RuleTarget(Kind.CHANGE, END, Decimal(30), FALL, Decimal(352), per_cent=True),
                     [year(2024, "352")], ("-30", "0.0", "30.0", "0.000"), id="one of 352 is 0.3 per cent"),
        pytest.param(RuleTarget(Kind.CHANGE, END, Decimal(30), FALL, Decimal(100), per_cent=True),
                     [year(2024, "72")], ("-30", "-28", "2", "0.933"), id="one of a hundred is one per cent"),
        pytest.param(RuleTarget(Kind.CHANGE, END, Decimal(30), FALL, Decimal(101), per_cent=True),
                     [year(2024, "72")], ("-30", "-28.7", "1.3", "0.957"), id="one of 101 is less than one per cent"),
        pytest.param(RuleTarget(Kind.CHANGE, END, Decimal(30), FALL, Decimal(5), per_cent=True),
                     [year(2024, "4")], ("-30", "-20", "10", "0.667"), id="one of five is twenty"),
        pytest.param(RuleTarget(Kind.STAND, END, None, Comparator.BELOW_BASELINE, Decimal("303.50")),
                     [year(2024, "303")], ("303.50", "303", "-0.50", None), id="the baseline is what is required"),
        pytest.param(RuleTarget(Kind.STAND, END, Decimal(10000), baseline=Decimal(1)), [year(2024, "0.9")],
                     ("10000", "0.9", "-9999.1", "0.000"), id="no share of -0.000"),
    ],
)  # fmt: skip
def test_the_numbers_have_the_decimals_that_the_figures_justify(target, rows, numbers):
    body = evaluate(target, rows, **NOW).as_json()
    assert tuple(body[name] for name in ("required", "actual", "gap", "share")) == numbers


@pytest.mark.parametrize(
    "printed, baseline, goal, path",
    [
        # Half way, and a bit: 365 of 730 days.
        pytest.param("1.1", "1", "2", "1.50", id="one more than the figure"),
        pytest.param("1", "1.00", "2", "1.500", id="than the baseline"),
        pytest.param("1", "1", "2.0004", "1.50020", id="than the target"),
    ],
)
def test_a_path_has_one_decimal_more(printed, baseline, goal, path):
    target = RuleTarget(
        Kind.STAND, date(2026, 12, 31), Decimal(goal), baseline=Decimal(baseline), baseline_day=date(2024, 12, 31),
    )  # fmt: skip
    found = evaluate(target, [year(2025, printed)], as_of=date(2026, 7, 1), known_on=LATER)
    assert str(found.path) == path


@pytest.mark.parametrize(
    "per_cent, path",
    [
        # From 100 by a tenth of a thousandth, half way.
        pytest.param(True, "100.0", id="a percentage is no level"),
        pytest.param(False, "100.00505", id="an amount is a difference of levels"),
    ],
)
def test_a_path_of_a_change_has_one_decimal_more_than_its_levels(per_cent, path):
    target = RuleTarget(
        Kind.CHANGE, date(2026, 12, 31), Decimal("0.0101"), baseline=Decimal(100), baseline_day=date(2024, 12, 31),
        per_cent=per_cent,
    )  # fmt: skip
    found = evaluate(target, [year(2025, "100")], as_of=date(2026, 7, 1), known_on=LATER)
    assert str(found.path) == path


LATER = date(2030, 1, 1)
# All that a curator can store: forty digits, twenty of them decimals.
long_numbers = st.decimals(-(10**20) + 1, 10**20 - 1, places=20)


@given(long_numbers, long_numbers, long_numbers, st.booleans())
def test_no_number_is_longer_than_its_figures_however_long_they_are(value, base, goal, per_cent):
    target = RuleTarget(
        Kind.CHANGE, END, goal, baseline=base, baseline_day=date(2020, 12, 31), per_cent=per_cent
    )
    row = Figure(Period(date(2024, 1, 1), END), value, 20, "actual", END)
    finding = evaluate(target, [row], **NOW)
    body = finding.as_json()
    numbers = [body[name] for name in ("required", "actual", "gap", "share", "path")]
    for number in filter(None, numbers):
        assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", number)
        assert not re.fullmatch(r"-[0.]+", number) or number == str(goal)
    assert Finding.from_json(json.loads(json.dumps(body))) == finding
    if not per_cent:
        # Twenty decimals, and no digit lost.
        assert finding.actual == EXACT.subtract(value, base)


@given(long_numbers, st.integers(-1, 1))
def test_a_status_is_decided_on_all_digits(goal, steps):
    """By exactly as much as was promised, and by one more or less in the last of forty digits."""
    value = EXACT.add(goal, Decimal(steps).scaleb(-20))
    row = Figure(Period(date(2024, 1, 1), END), value, 20, "actual", END)
    found = evaluate(RuleTarget(Kind.STAND, END, goal), [row], **NOW)
    assert found.status == ("met" if steps >= 0 else "not_met")
    # In per cent of three, which has no last digit.
    change = RuleTarget(Kind.CHANGE, END, goal, baseline=Decimal(3), per_cent=True)
    level = EXACT.add(Decimal(3), EXACT.multiply(Decimal("0.03"), value))
    row = Figure(Period(date(2024, 1, 1), END), level, 22, "actual", END)
    assert evaluate(change, [row], **NOW).status == found.status
