"""What is compared, how exactly, for whom and under which definition, and what is counted from it.
See `forms`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from commitments.verdicts.definitions.forms import (
    EACH_YEAR,
    STAND,
    TWO,
    Definition,
    Example,
    PaceExample,
    RollupExample,
    _,
    find_against,
    find_satisfied,
    find_short,
    make_figure,
    make_year,
)
from commitments.verdicts.findings import Reason
from commitments.verdicts.measuring import Corner
from commitments.verdicts.pacing import Pace
from commitments.verdicts.rollup import Rollup
from commitments.verdicts.statuses import Status
from commitments.verdicts.targets import Comparator, Kind, Period, RuleTarget

# Four years to the latest figure, and four more to the deadline.
PACED = RuleTarget(
    Kind.REACH,
    due=date(2028, 12, 31),
    value=TWO,
    baseline=Decimal(1),
    baseline_day=date(2020, 12, 31),
)
EXACT = (make_year(2024, "0.6985"),)
PRINTED = (make_year(2024, "2.0"),)
WITH_A_GAP = (make_year(2022, "2.10"), make_year(2024, "2.20"))
JOINED = (make_year(2022, "1.50"), make_year(2023, "1.70"), make_year(2024, "2.10"))
NARROW = (
    make_year(2025, "1.90"),
    make_figure(date(2025, 4, 1), date(2026, 3, 31), "2.04", released=date(2026, 5, 1)),
)
WIDE = (make_figure(date(2025, 4, 1), date(2026, 3, 31), "1.78", released=date(2026, 5, 1)),)
UNENDING = (make_year(2024, "231.7"),)
GONE = (make_year(2024, "1.40"),)

COMPARING = (
    Definition(
        _("Rounding"),
        "decimals",
        _(
            "a target with decimals compares round(value), half away from zero, with the required"
            " value; one without compares the value as printed"
        ),
        _("A half is rounded away from zero: up above zero, down below it."),
        _("Rule B of ISO 31-0:1992, Annex B (JIS Z 8401), and what publishers of percentages do."),
        (
            Example(
                _("A published figure with more decimals than the target compares."),
                replace(STAND, value=Decimal("0.7"), decimals=2),
                EXACT,
                date(2025, 12, 31),
                find_satisfied(EXACT[0], required=Decimal("0.7"), gap="0.00", share="1.000"),
            ),
        ),
    ),
    Definition(
        _("How numbers are written"),
        "precision",
        _(
            "a level has the decimals its publisher printed; a sum or a difference the most that"
            " are printed among its parts; a change in per cent those in which a step of the"
            " figure’s last decimal shows; a path one more than the figure, the baseline and the"
            " target; a share of the way three"
        ),
        _(
            "A half is rounded away from zero, and zero has no sign. No verdict is decided by a"
            " number that was rounded so."
        ),
        _("Our own rule: a quotient has no more digits than the figures it comes from justify."),
        (
            Example(
                _("A percentage without a last decimal."),
                RuleTarget(
                    Kind.CHANGE,
                    due=date(2024, 12, 31),
                    value=Decimal(30),
                    comparator=Comparator.FALLS_BY_AT_LEAST,
                    baseline=Decimal("303.5"),
                    per_cent=True,
                ),
                UNENDING,
                date(2025, 7, 1),
                find_against(
                    *(UNENDING[0], Status.NOT_MET, Reason.FELL_SHORT),
                    required=Decimal(-30),
                    actual=Decimal("-23.66"),
                    gap="6.34",
                    share="0.789",
                ),
            ),
        ),
    ),
    Definition(
        _("Borderline"),
        "borderline",
        _(
            "a figure printed with d decimals stands for every value from value − 0.5 × 10^−d to"
            " value + 0.5 × 10^−d; borderline when with all figures at one end of that, or at the"
            " required value where it lies inside, the status would be another"
        ),
        _("The end away from zero is left out: it would have been printed as the next figure."),
        _("Arithmetic with intervals: what a printed figure says, and no more."),
        (
            Example(
                _("Printed as just enough, it may have been a little less."),
                STAND,
                PRINTED,
                date(2025, 12, 31),
                find_satisfied(PRINTED[0], gap="0.0", share="1.000", borderline=True),
            ),
        ),
    ),
    Definition(
        _("Missing periods"),
        "missing",
        _(
            "the stretches from the window’s first day (or the first figure) to the deadline that"
            " no figure covers"
        ),
        _(
            "A gap is named and never filled. *Hold*, and a *total* that has not been reached, wait"
            " for it after the deadline."
        ),
        _("Our own rule: a figure that nobody published is not made up."),
        (
            Example(
                _("Two years held, and of the one between them nothing is known."),
                EACH_YEAR,
                WITH_A_GAP,
                date(2025, 12, 31),
                find_against(
                    *(WITH_A_GAP[1], Status.IN_PROGRESS, Reason.AWAITING_DATA),
                    gap="0.20",
                    share="1.100",
                    missing=(Period(date(2023, 1, 1), date(2023, 12, 31)),),
                ),
            ),
        ),
    ),
    Definition(
        _("A party that joined later"),
        "binds_from",
        _(
            "the window opens on its own first day or on the day that binds the party, whichever is"
            " later"
        ),
        _("A period that holds that day counts. An exempt party is left out."),
        _(
            "What a party has not signed does not bind it: Finland joined NATO on 4 April 2023,"
            " Sweden on 7 March 2024."
        ),
        (
            Example(
                _("Bound from the last of the years."),
                replace(EACH_YEAR, binds_from=date(2024, 1, 1)),
                JOINED,
                date(2025, 12, 31),
                find_satisfied(JOINED[2], gap="0.10", share="1.050"),
            ),
        ),
    ),
    Definition(
        _("Fiscal years, and other definitions"),
        "flips",
        _(
            "the same pledge under each of its definitions; another one *flips* the verdict when"
            " its status is another"
        ),
        _(
            "A fiscal year is one period, from its first to its last day, and is named after the"
            " year in which most of its months lie. The primary definition judges. Where one of the"
            " two has no figure yet, no flip is told."
        ),
        _(
            "Japan’s 2% is judged by its government against the GDP of FY2022, by others against"
            " that of the year itself."
        ),
        (
            Example(
                _("By the primary definition. The calendar year does not hold the deadline day."),
                replace(STAND, due=date(2026, 3, 31)),
                NARROW,
                date(2026, 6, 30),
                find_satisfied(NARROW[1], gap="0.04", share="1.020"),
            ),
            Example(
                _("By another definition, which flips it."),
                replace(STAND, due=date(2026, 3, 31)),
                WIDE,
                date(2026, 6, 30),
                find_short(WIDE[0], gap="-0.22", share="0.890"),
            ),
        ),
    ),
    Definition(
        _("Pace"),
        "pace",
        _(
            "pace a year = (latest − start) × 365.25 / days between them; needed a year = (target −"
            " latest) × 365.25 / days left; days to arrive = (target − latest) × days between /"
            " (latest − start), rounded up"
        ),
        _(
            "Never a verdict. What the path requires is given for the last day of the latest"
            " figure’s period. None where less than two points are known, and for what is held,"
            " dated, a limit such as the ceiling of a sum, or “below the baseline”."
        ),
        _("Arithmetic, not a forecast."),
        (
            PaceExample(
                _("Half of the time is gone."),
                PACED,
                GONE,
                date(2024, 12, 31),
                date(2025, 6, 1),
                Pace(
                    since=date(2020, 12, 31),
                    begun=Decimal(1),
                    latest_on=date(2024, 12, 31),
                    latest=Decimal("1.40"),
                    goal=TWO,
                    reached=False,
                    required=Decimal("1.5"),
                    corners=(
                        Corner(date(2020, 12, 31), Decimal(1)),
                        Corner(date(2028, 12, 31), TWO),
                    ),
                    per_year=Decimal("0.1"),
                    needed_per_year=Decimal("0.15"),
                    arrives_on=date(2031, 1, 1),
                    decimals=2,
                ),
            ),
        ),
    ),
    Definition(
        _("Counting over parties"),
        "rollup",
        _("mean = sum of the scores / number scored; of a hundred = (mean + 1) / 2 × 100"),
        _(
            "Other statuses have no score and are left out of the mean; exempt parties are counted"
            " apart."
        ),
        _(
            "The scale of the G8 and G20 Research Groups, and their way to percentages: Reference"
            " Manual for Commitment and Compliance Coding."
        ),
        (
            RollupExample(
                _("One party is on track and not scored, one is exempt."),
                (*[Status.MET] * 3, Status.PARTLY_MET, Status.NOT_MET, Status.ON_TRACK),
                1,
                Rollup(
                    parties=7,
                    exempt=1,
                    by_status={"met": 3, "not_met": 1, "on_track": 1, "partly_met": 1},
                    scored=5,
                    mean_score=Decimal("0.4"),
                    percent=Decimal(70),
                ),
            ),
        ),
    ),
)
