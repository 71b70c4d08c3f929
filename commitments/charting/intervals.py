"""What a printed figure may stand for, beside what was required: a small bar and a line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from commitments.charting.frames import DIGITS, Frame
from commitments.verdicts.findings import Finding
from commitments.verdicts.measuring import measure
from commitments.verdicts.targets import Kind, RuleTarget

# Small enough for a cell of a table. The bar is never thinner than can be seen.
FRAME = Frame(room=120, height=18, top=2, foot=2)
EDGE, LEAST = 8, 2.0


@dataclass(frozen=True)
class Interval:
    """From `low` to `high` lies what the figure may be unrounded; x, width, value_x and required_x
    place it.
    """

    low: Decimal
    high: Decimal
    x: str
    width: str
    value_x: str
    required_x: str


def rounding(target: RuleTarget, finding: Finding) -> Interval | None:
    """Return the rounding interval of the deciding figure; None where the verdict rests on no
    single one.
    """
    row = finding.decided_by
    if (
        target.kind is Kind.TOTAL
        or row is None
        or finding.actual is None
        or finding.required is None
    ):
        return None
    with localcontext(prec=DIGITS):
        half = Decimal(5).scaleb(-row.decimals - 1)
        low, value, high = (measure(target, row.value + way) for way in (-half, Decimal(0), half))
        ends = [low, high, finding.required]
        first, length = min(ends), max(ends) - min(ends)

        def place(number: Decimal) -> float:
            return EDGE + float((number - first) / length) * (FRAME.room - 2 * EDGE)

        width = max(place(high) - place(low), LEAST)
        return Interval(
            low=low,
            high=high,
            x=FRAME.across(place(value) - width / 2),
            width=FRAME.across(width),
            value_x=FRAME.across(place(value)),
            required_x=FRAME.across(place(finding.required)),
        )
