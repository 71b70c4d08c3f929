"""What is asked about a figure as it is entered, at the desk and by the importer."""

from datetime import date
from decimal import Decimal

from commitments.dates import write_out_day
from commitments.models import Indicator
from commitments.models.numbers import write_plainly
from commitments.verdicts.targets import FigureKind


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


def explain_early_actual(kind: str, name: str, last_day: date, released_on: date) -> str | None:
    """Return what is wrong with an actual of a time that had not ended when it was released.

    The last day of the time may be the day of the release. `name` is how the time is written.
    """
    if kind != FigureKind.ACTUAL or last_day <= released_on:
        return None
    return (
        f"{name} ends on {write_out_day(last_day)}, after this release of"
        f" {write_out_day(released_on)}: an actual cannot be known yet. Is it an estimate or a"
        " projection?"
    )
