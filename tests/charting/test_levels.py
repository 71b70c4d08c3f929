"""The levels of targets on a chart: where they lie, and what they are to the figures."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.charting.levels import Goal, list_levels
from commitments.verdicts.targets import Comparator, Kind, RuleTarget

DUE = date(2030, 12, 31)


def list_lines(**fields):
    """Return the value, the comparator and whether it is the weaker bound, of each level."""
    fields = {"kind": Kind.CHANGE, "due": DUE, "baseline": Decimal(10), "per_cent": True, **fields}
    levels = list_levels([Goal("primary", RuleTarget(**fields))])
    return [(level.value, str(level.comparator), level.is_weaker) for level in levels]


@pytest.mark.parametrize(
    "fields, lines",
    [
        pytest.param(
            {"comparator": Comparator.FALLS_BY_AT_LEAST, "value": Decimal(45)},
            [(Decimal("5.5"), "at_most", False)],
            id="a fall by at least 45 per cent of 10 is at most 5.5",
        ),
        pytest.param(
            {"comparator": Comparator.RISES_BY_AT_MOST, "value": Decimal(5)},
            [(Decimal("10.5"), "at_most", False)],
            id="a limit to a rise",
        ),
        pytest.param(
            {
                "comparator": Comparator.FALLS_BY_AT_LEAST,
                "value": Decimal(28),
                "partly_value": Decimal(26),
            },
            [(Decimal("7.2"), "at_most", False), (Decimal("7.4"), "at_most", True)],
            id="the weaker of two bounds",
        ),
        pytest.param(
            {
                "comparator": Comparator.BETWEEN,
                "kind": Kind.STAND,
                "per_cent": False,
                "value": Decimal(2),
                "upper_value": Decimal(3),
            },
            [(Decimal(2), "at_least", False), (Decimal(3), "at_most", False)],
            id="both bounds of between",
        ),
        pytest.param(
            {"comparator": Comparator.FALLS_BY_AT_LEAST, "value": Decimal(5), "baseline": None},
            [],
            id="without a baseline",
        ),
    ],
)
def test_each_bound_is_a_line(fields, lines):
    assert list_lines(**fields) == lines
