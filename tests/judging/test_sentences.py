"""Findings in plain English, as drafts of rationales and answers."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from commitments.dates import write_out_date
from commitments.judging.sentences import find_imprecise_date, write_answer, write_rationale
from commitments.verdicts.findings import Finding, Reason
from commitments.verdicts.statuses import Status
from commitments.verdicts.targets import Figure, Kind, Period

JAPANESE_YEARS = SimpleNamespace(unit="% of GDP", fiscal_year_starts=4, fiscal_year_named="")
YEN = SimpleNamespace(unit="trillion yen", fiscal_year_starts=None, fiscal_year_named="")
TARGET = SimpleNamespace(kind=Kind.STAND, indicator=JAPANESE_YEARS, per_cent=False)
FALL = SimpleNamespace(kind=Kind.CHANGE, indicator=YEN, per_cent=True)
EVENT = SimpleNamespace(kind=Kind.MILESTONE, indicator=None, per_cent=False)
FY2025 = Period(date(2025, 4, 1), date(2026, 3, 31))
FY2026 = Period(date(2026, 4, 1), date(2027, 3, 31))
BUDGET = Figure(FY2025, Decimal("1.90"), 2, "budget", date(2025, 12, 1))


def find(status, reason, **fields):
    return Finding(Status(status), Reason(reason), **fields)


SHORT = {"decided_by": BUDGET, "required": Decimal(2), "actual": Decimal("1.90")}


@pytest.mark.parametrize(
    "finding, target, rationale, answer",
    [
        pytest.param(
            find("not_met", "fell_short", **SHORT),
            TARGET,
            "By the rule (Share): not met. The figure is not what was promised: 1.90% of GDP in"
            " FY2025, with 2% of GDP asked for. The figure is of the kind “budget”, released on"
            " 1 December 2025.",
            "Japan did not meet it: 1.90% of GDP in FY2025, with 2% of GDP asked for.",
            id="not met",
        ),
        pytest.param(
            find("not_met", "fell_short", met_late_in=FY2026, **SHORT),
            TARGET,
            "By the rule (Share): not met. The figure is not what was promised: 1.90% of GDP in"
            " FY2025, with 2% of GDP asked for. The figure is of the kind “budget”, released on"
            " 1 December 2025. It was reached later, in FY2026.",
            "Japan did not meet it: 1.90% of GDP in FY2025, with 2% of GDP asked for. It was"
            " reached later, in FY2026.",
            id="reached later",
        ),
        pytest.param(
            find("off_track", "behind", path=Decimal("1.5"), **SHORT),
            FALL,
            "By the rule (Share): off track. Behind the straight line to the target: 1.90% in"
            " 1 April 2025 to 31 March 2026, with 2% asked for. The straight line to the target"
            " asked for 1.5 then. The figure is of the kind “budget”, released on 1 December 2025.",
            "Japan is off track: 1.90% in 1 April 2025 to 31 March 2026, with 2% asked for.",
            id="a change in per cent",
        ),
        pytest.param(
            find("in_progress", "awaiting_data"),
            TARGET,
            "By the rule (Share): in progress. The deadline has passed; the figure for it is not"
            " published yet.",
            "Japan has it under way.",
            id="without a figure",
        ),
        pytest.param(
            find("not_met", "fell_short", decided_by=BUDGET, actual=Decimal(1)),
            EVENT,
            "By the rule (Share): not met. It did not happen in time.",
            "Japan did not meet it.",
            id="an event",
        ),
    ],
)
def test_a_finding_is_said_in_plain_words(finding, target, rationale, answer):
    assert write_rationale("Share", finding, target) == rationale
    assert write_answer("Japan", finding, target) == answer


@pytest.mark.parametrize("length", [1, 60, 100, 150, 160, 200])
def test_an_answer_is_never_longer_than_it_may_be(length):
    finding = find("not_met", "fell_short", met_late_in=FY2026, **SHORT)
    assert len(write_answer("x" * length, finding, TARGET)) <= 160


@pytest.mark.parametrize(
    "first, last, words",
    [
        pytest.param(date(2025, 3, 3), date(2025, 3, 3), "3 March 2025", id="a day"),
        pytest.param(date(2025, 3, 1), date(2025, 3, 31), "March 2025", id="a month"),
        pytest.param(date(2025, 1, 1), date(2025, 3, 31), "quarter 1 of 2025", id="a quarter"),
        pytest.param(date(2025, 1, 1), date(2025, 12, 31), "2025", id="a year"),
        pytest.param(date(2025, 4, 1), date(2026, 3, 31), "FY2025", id="a fiscal year"),
        pytest.param(
            date(2025, 1, 1), date(2026, 6, 30), "1 January 2025 to 30 June 2026", id="another time"
        ),
    ],
)
def test_a_period_is_named_as_people_name_it(first, last, words):
    assert write_out_date(find_imprecise_date(Period(first, last), JAPANESE_YEARS)) == words
