"""What is asked about a figure as it is entered, at the desk and by the importer."""

from decimal import Decimal

from commitments.models import Indicator
from commitments.models.numbers import write_plainly


def explain_outside_bounds(value: Decimal, indicator: Indicator) -> str | None:
    """Return which bound of its indicator a figure lies beyond, as a sentence; None within both."""
    lowest, highest = indicator.lowest, indicator.highest
    if lowest is not None and value < lowest:
        side = f"below {write_plainly(lowest)}, the lowest"
    elif highest is not None and value > highest:
        side = f"above {write_plainly(highest)}, the highest"
    else:
        return None
    return f"This is {side} possible figure of {indicator.slug} ({indicator.unit})."
