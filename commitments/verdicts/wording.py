"""The words of the codes that targets and figures are made of, each in one table.

The tables hold every form of a word: in a sentence, before a value, and as a choice in a list.
"""

from __future__ import annotations

from typing import NamedTuple

from commitments.verdicts.findings import Reason
from commitments.verdicts.statuses import _
from commitments.verdicts.targets import Comparator, FigureKind, Kind


class KindWords(NamedTuple):
    """`word` stands in a sentence, `label` in a list to choose from."""

    word: str
    label: str


class ComparatorWords(NamedTuple):
    """`word` stands before a value, `with_value` holds its place, `label` is a choice in a list.

    The value of *between* is both of its bounds: “1 and 2”.
    """

    word: str
    with_value: str
    label: str


KINDS_OF_TARGET: dict[str, KindWords] = {
    Kind.REACH: KindWords(_("reach"), _("Reach by the deadline")),
    Kind.STAND: KindWords(_("stand"), _("Stand at the deadline")),
    Kind.HOLD: KindWords(_("hold"), _("Hold in every period")),
    Kind.CHANGE: KindWords(_("change"), _("Change against a baseline")),
    Kind.TOTAL: KindWords(_("total"), _("Total over a window")),
    Kind.MILESTONE: KindWords(_("milestone"), _("A dated event")),
}
# The surest first, as everywhere.
KINDS_OF_FIGURE: dict[str, KindWords] = {
    FigureKind.ACTUAL: KindWords(_("actual"), _("Actual")),
    FigureKind.ESTIMATE: KindWords(_("estimate"), _("Estimate")),
    FigureKind.BUDGET: KindWords(_("budget"), _("Budget")),
    FigureKind.PROJECTION: KindWords(_("projection"), _("Projection")),
}
COMPARATORS: dict[str, ComparatorWords] = {
    Comparator.AT_LEAST: ComparatorWords(
        _("at least"),
        _("at least {value}"),
        _("At least"),
    ),
    Comparator.AT_MOST: ComparatorWords(
        _("at most"),
        _("at most {value}"),
        _("At most"),
    ),
    Comparator.EQUAL: ComparatorWords(
        _("exactly"),
        _("exactly {value}"),
        _("Equal"),
    ),
    Comparator.BELOW_BASELINE: ComparatorWords(
        _("below"),
        _("below {value}"),
        _("Below the baseline"),
    ),
    Comparator.BETWEEN: ComparatorWords(_("between"), _("between {value}"), _("Between")),
    Comparator.FALLS_BY_AT_LEAST: ComparatorWords(
        _("falls by at least"), _("falls by at least {value}"), _("Falls by at least")
    ),
    Comparator.FALLS_BY_AT_MOST: ComparatorWords(
        _("falls by at most"), _("falls by at most {value}"), _("Falls by at most")
    ),
    Comparator.RISES_BY_AT_LEAST: ComparatorWords(
        _("rises by at least"), _("rises by at least {value}"), _("Rises by at least")
    ),
    Comparator.RISES_BY_AT_MOST: ComparatorWords(
        _("rises by at most"), _("rises by at most {value}"), _("Rises by at most")
    ),
}
# Why the rule found this.
REASONS: dict[str, str] = {
    Reason.SATISFIED: _("The figure is what was promised."),
    Reason.FELL_SHORT: _("The figure is not what was promised."),
    Reason.PARTLY: _("Short of the target, but enough to be partly met."),
    Reason.FAILED_PERIOD: _("It had to hold in every period, and failed in one."),
    Reason.EXCEEDED: _("The sum is beyond what was promised already."),
    Reason.AHEAD: _("At or ahead of the straight line to the target."),
    Reason.BEHIND: _("Behind the straight line to the target."),
    Reason.HOLDING: _("It has held in every period so far."),
    Reason.UNDER_WAY: _("The deadline has not passed, and no path to it was stated."),
    Reason.NO_FIGURE_SINCE_BASELINE: _(
        "No figure for a time after the baseline has been published yet."
    ),
    Reason.NO_DATA: _("No figure that counts has been published yet."),
    Reason.AWAITING_DATA: _("The deadline has passed; the figure for it is not published yet."),
    Reason.UNCOMPARABLE: _("There is no baseline to measure a change from."),
}
# Of an event.
EVENT_REASONS: dict[str, str] = {
    Reason.SATISFIED: _("It happened in time."),
    Reason.FELL_SHORT: _("It did not happen in time."),
    Reason.UNDER_WAY: _("No published evidence shows yet that it happened."),
    Reason.AWAITING_DATA: _("The day has passed; no published evidence says whether it happened."),
}
