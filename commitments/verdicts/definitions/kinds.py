"""The six kinds of target, each with its definition and an example: see `forms`. The rules
themselves are in `rules`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from commitments.verdicts.definitions.forms import Definition, Example, _, make_figure, make_year
from commitments.verdicts.findings import Finding, Reason
from commitments.verdicts.statuses import Status
from commitments.verdicts.targets import Comparator, Kind, RuleTarget

REACHED = (
    make_year(2023, "1.20"),
    make_year(2024, "1.60"),
    make_year(2025, "2.00", kind="budget", released=date(2025, 4, 1)),
)
STOOD = (make_year(2023, "1.90"), make_year(2024, "2.03"))
HELD = (make_year(2022, "2.10"), make_year(2023, "1.90"), make_year(2024, "2.20"))
CHANGED = (make_year(2030, "139.0"),)
ADDED = (make_year(2023, "30"), make_year(2024, "35"), make_year(2025, "40"))
FALLEN_TOO_LITTLE = (make_year(2024, "9.5"),)
IN_RANGE = (make_year(2024, "2.03"),)
AROUND = (make_figure(date(2026, 7, 1), date(2026, 7, 31), "1", released=date(2026, 8, 3)),)
HAPPENED = (make_figure(date(2026, 7, 4), date(2026, 7, 4), "1", released=date(2026, 7, 5)),)

KINDS = (
    Definition(
        _("Reach by the deadline"),
        Kind.REACH,
        _(
            "met when, for some period p of the window, value(p) is at least (at most, exactly,"
            " below) the required value"
        ),
        _(
            "Equality satisfies, save for “below the baseline”. A period is in the window if it"
            " begins on or before the deadline day and does not end before the window opens. The"
            " first one that satisfies decides."
        ),
        _(
            "Pledges that name a level and a last day: “share at least 870 million doses directly"
            " over the next year” (Carbis Bay communiqué, 2021, paragraph 9)."
        ),
        (
            Example(
                _(
                    "A share of GDP to be reached; figures of a budget count too. It is reached"
                    " exactly, before the deadline. The printed figure may stand for a little less,"
                    " so the verdict is borderline."
                ),
                RuleTarget(
                    Kind.REACH,
                    due=date(2027, 12, 31),
                    value=Decimal(2),
                    baseline=Decimal(1),
                    baseline_day=date(2022, 12, 31),
                    accepts=frozenset({"actual", "budget"}),
                ),
                REACHED,
                date(2025, 12, 31),
                Finding(
                    Status.MET,
                    Reason.SATISFIED,
                    REACHED[2],
                    required=Decimal(2),
                    actual=Decimal("2.00"),
                    gap=Decimal("0.00"),
                    share=Decimal("1.000"),
                    provisional=True,
                    borderline=True,
                ),
            ),
        ),
    ),
    Definition(
        _("Stand at the deadline"),
        Kind.STAND,
        _(
            "met when value(p) is at least (at most, exactly, below) the required value for the"
            " period p that holds the deadline day"
        ),
        _(
            "The period may close the verdict once it has begun. Of several that hold the day the"
            " longest counts, and of equally long ones the one that ends last. *Between* two"
            " values includes both, here and for every kind."
        ),
        _(
            "Pledges that name a level for a year: Wales summit declaration, 2014, paragraph 14,"
            " “towards the 2% guideline within a decade”, judged by the year 2024."
        ),
        (
            Example(
                _("The year of the deadline decides, not the one before it."),
                RuleTarget(Kind.STAND, due=date(2024, 12, 31), value=Decimal(2)),
                STOOD,
                date(2025, 7, 1),
                Finding(
                    Status.MET,
                    Reason.SATISFIED,
                    STOOD[1],
                    required=Decimal(2),
                    actual=Decimal("2.03"),
                    gap=Decimal("0.03"),
                    share=Decimal("1.015"),
                ),
            ),
            Example(
                _("Between two values; the way leads to the lower one."),
                RuleTarget(
                    Kind.STAND,
                    due=date(2024, 12, 31),
                    value=Decimal("1.5"),
                    comparator=Comparator.BETWEEN,
                    upper_value=Decimal("2.5"),
                ),
                IN_RANGE,
                date(2025, 7, 1),
                Finding(
                    Status.MET,
                    Reason.SATISFIED,
                    IN_RANGE[0],
                    required=Decimal("1.5"),
                    actual=Decimal("2.03"),
                    gap=Decimal("0.53"),
                    share=Decimal("1.353"),
                ),
            ),
        ),
    ),
    Definition(
        _("Hold in every period"),
        Kind.HOLD,
        _(
            "met when value(p) is at least (at most, exactly, below) the required value for every"
            " period p from the window’s first day to the deadline"
        ),
        _(
            "Periods that only touch the window’s first or last day belong to it. One failed period"
            " is enough: *off track* until the deadline day has passed, *not met* after it."
        ),
        _(
            "Pledges to go on: Wales summit declaration, 2014, paragraph 14, allies at 2% “will aim"
            " to continue to do so”."
        ),
        (
            Example(
                _("One year of three falls short."),
                RuleTarget(
                    Kind.HOLD,
                    window_start=date(2022, 1, 1),
                    due=date(2024, 12, 31),
                    value=Decimal(2),
                ),
                HELD,
                date(2025, 12, 31),
                Finding(
                    Status.NOT_MET,
                    Reason.FAILED_PERIOD,
                    HELD[1],
                    required=Decimal(2),
                    actual=Decimal("1.90"),
                    gap=Decimal("-0.10"),
                    share=Decimal("0.950"),
                ),
            ),
        ),
    ),
    Definition(
        _("Change against a baseline"),
        Kind.CHANGE,
        _(
            "change = value(p) − baseline, or in per cent (value(p) − baseline) / |baseline| × 100,"
            " for the period p that holds the deadline day; met when the change is at least (at"
            " most, exactly) the required one"
        ),
        _(
            "Measured like *stand*. A change is entered in words: “falls by at least 45” asks for a"
            " change of −45 or less, “falls by at most 5” for −5 or more, which a rise satisfies"
            " too; “rises by at least 45” asks for 45 or more, “rises by at most 5” for 5 or less,"
            " which a fall satisfies too. Equality satisfies each. Without a baseline, or in per"
            " cent of a baseline of zero, nothing can be compared: *in progress*, `uncomparable`."
        ),
        _(
            "Pledges against a year: “at least 30 percent from 2020 levels by 2030” (Global Methane"
            " Pledge, 2021)."
        ),
        (
            Example(
                _("A fall in per cent of the baseline, by at least what was promised."),
                RuleTarget(
                    Kind.CHANGE,
                    due=date(2030, 12, 31),
                    value=Decimal(30),
                    comparator=Comparator.FALLS_BY_AT_LEAST,
                    baseline=Decimal(200),
                    baseline_day=date(2020, 12, 31),
                    per_cent=True,
                ),
                CHANGED,
                date(2031, 12, 31),
                Finding(
                    Status.MET,
                    Reason.SATISFIED,
                    CHANGED[0],
                    required=Decimal(-30),
                    actual=Decimal("-30.50"),
                    gap=Decimal("-0.50"),
                    share=Decimal("1.017"),
                ),
            ),
            Example(
                _("It fell, but not by as much as was promised."),
                RuleTarget(
                    Kind.CHANGE,
                    due=date(2024, 12, 31),
                    value=Decimal(45),
                    comparator=Comparator.FALLS_BY_AT_LEAST,
                    baseline=Decimal(10),
                    baseline_day=date(2020, 12, 31),
                    per_cent=True,
                ),
                FALLEN_TOO_LITTLE,
                date(2025, 7, 1),
                Finding(
                    Status.NOT_MET,
                    Reason.FELL_SHORT,
                    FALLEN_TOO_LITTLE[0],
                    required=Decimal(-45),
                    actual=Decimal(-5),
                    gap=Decimal(40),
                    share=Decimal("0.111"),
                ),
            ),
        ),
    ),
    Definition(
        _("Total over a window"),
        Kind.TOTAL,
        _(
            "met when the sum of value(p) over the periods p of the window is at least (at most,"
            " exactly) the required one"
        ),
        _(
            "Only periods that end in the window are added; the deadline day is its last one. *At"
            " least* is met as soon as the sum is there; *at most* fails as soon as the sum is"
            " beyond, as *between* does with its upper value, and is met only when no period is"
            " missing."
        ),
        _(
            "Pledges of a sum over some years: ¥43 trillion for FY2023 to FY2027 (Japan, Defense"
            " Buildup Program, 2022)."
        ),
        (
            Example(
                _("Three years are added up."),
                RuleTarget(
                    Kind.TOTAL,
                    window_start=date(2023, 1, 1),
                    due=date(2025, 12, 31),
                    value=Decimal(100),
                ),
                ADDED,
                date(2026, 6, 30),
                Finding(
                    Status.MET,
                    Reason.SATISFIED,
                    ADDED[2],
                    required=Decimal(100),
                    actual=Decimal(105),
                    gap=Decimal(5),
                    share=Decimal("1.050"),
                ),
            ),
        ),
    ),
    Definition(
        _("A dated event"),
        Kind.MILESTONE,
        _(
            "met when the event happened on or before the deadline day; it is recorded as a figure"
            " of one for the day, or for the period in which it happened where the day is not known"
        ),
        _(
            "The deadline day counts, and the last day on which it may have happened has to be in"
            " time. A figure of zero says that it had not happened by the end of its period: for"
            " the deadline day or later, the verdict is *not met*. What happened later is *not met*"
            " with its period. A period with the deadline in it and days after it leaves the"
            " verdict open and borderline; without any of them, a passed deadline only awaits data."
        ),
        _("Pledges of an act by a day: to sign, to ratify, to open."),
        (
            Example(
                _("It happened on the last day."),
                RuleTarget(Kind.MILESTONE, due=date(2026, 7, 4)),
                HAPPENED,
                date(2026, 7, 5),
                Finding(Status.MET, Reason.SATISFIED, HAPPENED[0], actual=Decimal(1)),
            ),
            Example(
                _("It happened in the month of the last day; on which day of it, no source says."),
                RuleTarget(Kind.MILESTONE, due=date(2026, 7, 4)),
                AROUND,
                date(2026, 8, 5),
                Finding(
                    Status.IN_PROGRESS,
                    Reason.AWAITING_DATA,
                    AROUND[0],
                    actual=Decimal(1),
                    borderline=True,
                ),
            ),
        ),
    ),
)
