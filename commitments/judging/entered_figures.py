"""What is asked about a figure as it is entered, at the desk and by the importer."""

from decimal import Decimal

from commitments.models import Indicator
from commitments.models.numbers import write_plainly


def explain_outside_bounds(value: Decimal, indicator: Indicator) -> str | None:
    """Return which bound of its indicator a figure lies beyond, as a sentence; None within both."""
    lowest = indicator.lowest
    highest = indicator.highest
    slug = indicator.slug
    unit = indicator.unit
    if lowest is not None and value < lowest:
        bound = write_plainly(lowest)
        side = f"below {bound}, the lowest"
    elif highest is not None and value > highest:
        bound = write_plainly(highest)
        side = f"above {bound}, the highest"
    else:
        return None
    return f"This is {side} possible figure of {slug} ({unit})."
