"""The rounding of a figure as a small drawing: a bar for its interval, a line for the target."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from commitments.charting.frames import DIGITS, Frame
from commitments.verdicts.findings import Finding
from commitments.verdicts.measuring import measure
from commitments.verdicts.targets import Kind, RuleTarget

# Small enough for a cell of a table. The bar is at least LEAST pixels wide, so that it can be seen.
FRAME = Frame(room=120, height=18, top=2, foot=2)
EDGE, LEAST = 8, 2.0


@dataclass(frozen=True)
class Interval:
    """The values from `low` to `high`, all of which would be printed as the same figure.

    `x` and `width` place the bar, `value_x` the figure and `required_x` the line of the target.
    """

    low: Decimal
    high: Decimal
    x: str
    width: str
    value_x: str
    required_x: str


def rounding(target: RuleTarget, finding: Finding) -> Interval | None:
    """Return the rounding interval of the deciding figure.

    Return None where no single figure decides the verdict.
    """
    row = finding.decided_by
    if target.kind is Kind.TOTAL or row is None:
        return None
    if finding.actual is None or finding.required is None:
        return None
    with localcontext(prec=DIGITS):
        exponent = -row.decimals - 1
        half = Decimal(5).scaleb(exponent)
        figure = row.value
        low = measure(target, figure - half)
        value = measure(target, figure + Decimal(0))
        high = measure(target, figure + half)
        ends = [low, high, finding.required]
        first = min(ends)
        length = max(ends) - first

        def place(number: Decimal) -> float:
            share = (number - first) / length
            room = FRAME.room - 2 * EDGE
            return EDGE + float(share) * room

        value_x = place(value)
        required_x = place(finding.required)
        exact_width = place(high) - place(low)
        width = max(exact_width, LEAST)
        return Interval(
            low=low,
            high=high,
            x=FRAME.across(value_x - width / 2),
            width=FRAME.across(width),
            value_x=FRAME.across(value_x),
            required_x=FRAME.across(required_x),
        )
