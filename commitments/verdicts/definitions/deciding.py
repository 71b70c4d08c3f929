"""What decides: which figures count, and what they say before and after the deadline. See
`forms`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from commitments.verdicts.definitions.forms import (
    STAND,
    TWO,
    Definition,
    Example,
    _,
    find_against,
    find_satisfied,
    find_short,
    make_year,
)
from commitments.verdicts.findings import Finding, Reason
from commitments.verdicts.statuses import Status
from commitments.verdicts.targets import Kind, Period, RuleTarget

# Two years of 365 days from the baseline to the deadline; half of them are gone at the end of 2025.
WAY = RuleTarget(
    Kind.REACH,
    due=date(2026, 12, 31),
    value=TWO,
    baseline=Decimal(1),
    baseline_day=date(2024, 12, 31),
)
HALFWAY = date(2025, 12, 31)
AFTER_HALFWAY = date(2026, 9, 30)
PARTS = RuleTarget(
    Kind.STAND,
    due=date(2025, 12, 31),
    value=Decimal(100),
    baseline=Decimal(40),
    baseline_day=date(2015, 12, 31),
    partly_met_share=Decimal("0.5"),
)
TWO_BOUNDS = replace(STAND, partly_value=Decimal("1.8"))
REVISED = (make_year(2024, "1.99"), make_year(2024, "2.01", released=date(2026, 6, 1)))
BUDGETED = (make_year(2024, "2.05", kind="budget", released=date(2024, 4, 1)),)
ON_THE_WAY = (make_year(2025, "1.40", released=date(2026, 3, 1)),)
AT_THE_START = (make_year(2024, "1.00"),)
BETWEEN_BOUNDS = (make_year(2024, "1.85"), make_year(2025, "2.05"))
LATE = (make_year(2024, "1.90"), make_year(2025, "2.05"))
PART = (make_year(2025, "82"),)

DECIDING = (
    Definition(
        _("Which figure counts"),
        "known_on",
        _(
            "of the figures of a period that were released on or before the day *known on*, one of"
            " those released last: an actual figure before an estimate, that before a budget, that"
            " before a projection"
        ),
        _(
            "A figure is known from the day of its release. Of two equally firm figures of one day,"
            " the one whose release is last by name counts, so that it is not a matter of luck."
        ),
        _(
            "Statistics are revised: each edition of NATO’s defence expenditure tables changes"
            " figures of the one before. To read them as they stood on a day is what real-time data"
            " sets are for, such as ALFRED of the Federal Reserve Bank of St. Louis."
        ),
        (
            Example(
                _("What was known on the day before the revision."),
                STAND,
                REVISED,
                date(2026, 12, 31),
                find_short(REVISED[0], gap="-0.01", share="0.995"),
                known_on=date(2026, 5, 31),
            ),
            Example(
                _("What was known on the day of the revision."),
                STAND,
                REVISED,
                date(2026, 12, 31),
                find_satisfied(REVISED[1], gap="0.01", share="1.005"),
                known_on=date(2026, 6, 1),
            ),
        ),
    ),
    Definition(
        _("Which kinds of figure may close it"),
        "provisional",
        _(
            "only figures of a kind that the target accepts count; a verdict closed on another kind"
            " than *actual* is provisional"
        ),
        _("What is not accepted is not seen at all, however near the deadline it stands."),
        _(
            "The labels are the publishers’ own: NATO marks estimates with an “e”, ministries of"
            " finance tell budgets from outturns."
        ),
        (
            Example(
                _("A budget is accepted."),
                replace(STAND, accepts=frozenset({"actual", "budget"})),
                BUDGETED,
                date(2025, 1, 1),
                find_satisfied(BUDGETED[0], gap="0.05", share="1.025", provisional=True),
            ),
        ),
    ),
    Definition(
        _("After the deadline without a figure for it"),
        "awaiting_data",
        _(
            "deadline day < day *as of*, and no accepted figure for the deadline: the verdict stays"
            " open, *in progress*"
        ),
        _(
            "The deadline day itself is still before the deadline. Nothing becomes *not met* by the"
            " clock alone, and once the day has passed nothing is *on track* or *off track*."
        ),
        _("Our own rule: that nothing was published is no evidence of what happened."),
        (
            Example(
                _(
                    "The same figure, where only actual ones are accepted, on the day after the"
                    " deadline."
                ),
                STAND,
                BUDGETED,
                date(2025, 1, 1),
                Finding(Status.IN_PROGRESS, Reason.AWAITING_DATA, required=TWO),
            ),
        ),
    ),
    Definition(
        _("The required path, before the deadline"),
        "path",
        _(
            "path(day) = start + (target − start) × days gone / days in all, from the baseline to"
            " the target: *on track* when the newest figure is at or ahead of the path on the last"
            " day of its own period, else *off track*; without a baseline, or without a figure for"
            " a time after it, *in progress*"
        ),
        _(
            "For *reach*, *stand* and *change*. Being at the path is on track, compared and rounded"
            " as with the target itself: a change as a change. A figure for a period that ends on"
            " the baseline’s day says nothing of the way (`no_figure_since_baseline`). Interim"
            " targets of the same indicator are corners of the path and never decide; without a"
            " baseline it begins with the first of them. What the baseline satisfies already is a"
            " limit: its path is level."
        ),
        _(
            "Our own convention, and arithmetic: a pledge names where its way ends, and seldom how"
            " it gets there. Where it names steps, the path leads through them."
        ),
        (
            Example(
                _(
                    "At the end of the figure’s year half of the days are gone, and not half of the"
                    " way. What the path asks for later does not matter."
                ),
                WAY,
                ON_THE_WAY,
                AFTER_HALFWAY,
                find_against(
                    *(ON_THE_WAY[0], Status.OFF_TRACK, Reason.BEHIND),
                    gap="-0.60",
                    share="0.400",
                    path=Decimal("1.500"),
                ),
            ),
            Example(
                _("The same with a step on that very day: less was asked for by then."),
                replace(WAY, steps=((HALFWAY, Decimal("1.2")),)),
                ON_THE_WAY,
                AFTER_HALFWAY,
                find_against(
                    *(ON_THE_WAY[0], Status.ON_TRACK, Reason.AHEAD),
                    gap="-0.60",
                    share="0.400",
                    path=Decimal("1.200"),
                ),
            ),
            Example(
                _("The only figure is the baseline’s own."),
                WAY,
                AT_THE_START,
                AFTER_HALFWAY,
                find_against(
                    *(AT_THE_START[0], Status.IN_PROGRESS, Reason.NO_FIGURE_SINCE_BASELINE),
                    gap="-1.00",
                    share="0.000",
                ),
            ),
        ),
    ),
    Definition(
        _("Missed, and reached later"),
        "met_late_in",
        _("*not met* or *partly met*, with the first period after the deadline that satisfies"),
        _(
            "A period is after the deadline if it begins after the deadline day. A *total* goes on"
            " adding: the period with which the sum is there. *Hold* names a period only where the"
            " window’s last one failed too. *Partly met* may be reached later as well."
        ),
        _("The goal of $100 billion a year by 2020, which the OECD found reached in 2022."),
        (
            Example(
                _("A year late."),
                STAND,
                LATE,
                date(2026, 7, 1),
                find_short(
                    LATE[0],
                    gap="-0.10",
                    share="0.950",
                    met_late_in=Period(date(2025, 1, 1), date(2025, 12, 31)),
                ),
            ),
        ),
    ),
    Definition(
        _("Partly met"),
        "partly",
        _(
            "share of the way = (value − start) / (target − start), where start is the baseline, or"
            " zero for a change, a sum, and without a baseline; *partly met* when it is at least"
            " the share that the target states, or when the value satisfies its weaker bound"
        ),
        _(
            "Only after the deadline, and only where the target states a share or a second bound;"
            " exactly that is enough. Of a limit, which the start satisfies already, no share is"
            " partly met, nor is what went beyond an exact value."
        ),
        _(
            "Partial compliance, the middle of the scale in the Reference Manual for Commitment and"
            " Compliance Coding of the G8 and G20 Research Groups; where it begins is fixed in"
            " advance."
        ),
        (
            Example(
                _("Short of the target, but past the stated share of the way."),
                PARTS,
                PART,
                date(2026, 7, 1),
                find_against(
                    *(PART[0], Status.PARTLY_MET, Reason.PARTLY),
                    required=Decimal(100),
                    gap="-18",
                    share="0.700",
                ),
            ),
            Example(
                _("Short of the bound that decides, past the weaker one, and reached a year late."),
                TWO_BOUNDS,
                BETWEEN_BOUNDS,
                date(2026, 7, 1),
                find_against(
                    *(BETWEEN_BOUNDS[0], Status.PARTLY_MET, Reason.PARTLY),
                    gap="-0.15",
                    share="0.925",
                    met_late_in=Period(date(2025, 1, 1), date(2025, 12, 31)),
                ),
            ),
        ),
    ),
)
