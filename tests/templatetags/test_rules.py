"""A target as one sentence, for each kind and comparator."""

import re
from datetime import date
from decimal import Decimal

import pytest

from commitments.models import Indicator, Target
from commitments.templatetags.rules import (
    accepted_words,
    level_meant,
    level_words,
    rounding_words,
    rule_sentence,
    weaker_words,
)
from commitments.verdicts.targets import Comparator, Kind
from tests.fixtures.cases import in_one_test

SHARE = {"name": "Spending", "unit": "% of GDP", "frequency": "annual"}
FISCAL = {
    "name": "Spending",
    "unit": "% of FY2022 GDP",
    "frequency": "fiscal_year",
    "fiscal_year_starts": 4,
}
PEOPLE = {"name": "The hungry", "unit": "million people", "frequency": "annual"}
MONEY = {"name": "Aid", "unit": "USD bn", "frequency": "irregular"}
END = date(2024, 12, 31)


def sentence(kind, indicator, value=None, upper_value=None, **fields):
    fields = {"kind": kind, "due": END, **fields}
    target = Target(
        indicator=Indicator(**indicator), value=None if value is None else Decimal(value), **fields
    )
    target.upper_value = upper_value
    return re.sub(r"<[^>]+>", "", str(rule_sentence(target)))


@pytest.mark.parametrize(
    "words, arguments, fields",
    [
        pytest.param("Met if Spending is at least 2% of GDP in 2024", ("stand", SHARE, "2.00"), {}, id="a year"),
        pytest.param(
            "Met if Spending is at least 2% of FY2022 GDP in FY2025",
            ("stand", FISCAL, "2"), {"due": date(2026, 3, 31)}, id="a fiscal year",
        ),
        pytest.param(
            "Met if Spending is at least 2% of FY2022 GDP for the period with 30 March 2026",
            ("stand", FISCAL, "2"), {"due": date(2026, 3, 30)}, id="a day within a fiscal year",
        ),
        pytest.param("Met if Aid reaches 50\u00a0USD bn by 31 December 2024", ("reach", MONEY, "50"), {}, id="reach"),
        pytest.param("Met if Aid reaches 100\u00a0USD bn", ("reach", MONEY, "100"), {"due": None}, id="no deadline"),
        pytest.param(
            "Met if Aid is at most 5\u00a0USD bn in every period from 1 January 2020 on",
            ("hold", MONEY, "5"), {"comparator": "at_most", "due": None, "window_start": date(2020, 1, 1)},
            id="hold, open at the end",
        ),
        pytest.param(
            "Met if Aid adds up to at least 43,000\u00a0USD bn from 1 January 2020 to 31 December 2024",
            ("total", MONEY, "43000"), {"window_start": date(2020, 1, 1)}, id="a sum over a window",
        ),
        pytest.param(
            "Met if The hungry has fallen by at least 500\u00a0million people from its level of 2015 (795) in 2024",
            ("change", PEOPLE, "-500"),
            {"comparator": "at_most", "baseline_value": Decimal(795), "baseline_period": "2015"}, id="a fall",
        ),
        pytest.param(
            "Met if The hungry has fallen by at least 45% from its level of 2015 (795) in 2024",
            ("change", PEOPLE, "45"),
            {"comparator": "falls_by_at_least", "per_cent": True, "baseline_value": Decimal(795), "baseline_period": "2015"},
            id="a fall in words",
        ),
        pytest.param(
            "Met if The hungry has risen by no more than 5\u00a0million people from each party’s own figure for 2015 in 2024",
            ("change", PEOPLE, "5"), {"comparator": "rises_by_at_most", "baseline_period": "2015"}, id="a limit to a rise",
        ),
        pytest.param(
            "Met if The hungry has fallen by at least 28% from each party’s own figure for 2005 in 2024",
            ("change", PEOPLE, "26", Decimal(28)),
            {"comparator": "falls_by_at_least", "per_cent": True, "met_at": "upper", "baseline_period": "2005"},
            id="of two values the second decides",
        ),
        pytest.param(
            "Met if The hungry has fallen by at least 28% from its figure for 2005 in 2024",
            ("change", PEOPLE, "28"),
            {"comparator": "falls_by_at_least", "per_cent": True, "measured_for_id": 1, "baseline_period": "2005"},
            id="the figure of one party",
        ),
        pytest.param(
            "Met if Spending is at least 2% of FY2022 GDP in FY2026",
            ("stand", {**FISCAL, "fiscal_year_named": "end"}, "2"), {"due": date(2026, 3, 31)},
            id="a fiscal year that is named after its end",
        ),
        pytest.param(
            "Met if Spending is between 2% of GDP and 3% of GDP in 2024",
            ("stand", SHARE, "2", Decimal(3)), {"comparator": "between"}, id="two values",
        ),
        pytest.param(
            "Met if Spending has risen by at least 0.5\u00a0percentage points from 1.5 in 2024",
            ("change", SHARE, "0.5"), {"baseline_value": Decimal("1.5")}, id="a rise in points of a share",
        ),
        pytest.param(
            "Met if Aid is below each party’s own figure for 2016 for the period with 31 December 2024",
            ("stand", MONEY), {"comparator": "below_baseline", "baseline_period": "2016"}, id="below the baseline",
        ),
    ],
)  # fmt: skip
def test_each_kind_of_target_is_one_sentence(words, arguments, fields):
    assert sentence(*arguments, **fields) == words


@in_one_test("kind", [kind for kind in Kind if kind != "milestone"])
@in_one_test("comparator", list(Comparator))
def test_every_kind_with_every_comparator_has_its_words(kind, comparator):
    told = sentence(
        str(kind),
        MONEY,
        "5",
        Decimal(6),
        comparator=str(comparator),
        baseline_period="2016",
        window_start=date(2020, 1, 1),
    )
    assert told.startswith("Met if ")
    assert "%(" not in told


@pytest.mark.parametrize(
    "kind, fields, words",
    [
        pytest.param("stand", {}, "at least 2\u00a0USD bn", id="a bound"),
        pytest.param("stand", {"comparator": "between"}, "between 2\u00a0USD bn and 3\u00a0USD bn", id="two values"),
        pytest.param("change", {"comparator": "falls_by_at_least", "per_cent": True}, "falls by at least 2%",
                     id="a fall in per cent of no unit"),
    ],
)  # fmt: skip
def test_what_a_target_requires_stands_in_the_unit_it_is_compared_in(kind, fields, words):
    target = Target(kind=kind, value=Decimal(2), indicator=Indicator(**MONEY), **fields)
    target.upper_value = Decimal(3)
    assert re.sub(r"<[^>]+>", "", level_words(target)) == words


@pytest.mark.parametrize(
    "comparator, value, words",
    [
        pytest.param("falls_by_at_least", "45", "5.5\u00a0USD bn or less", id="a fall"),
        pytest.param("falls_by_at_most", "45", "5.5\u00a0USD bn or more", id="a limit to a fall"),
        pytest.param("rises_by_at_least", "5", "10.5\u00a0USD bn or more", id="a rise"),
        pytest.param("rises_by_at_most", "5", "10.5\u00a0USD bn or less", id="a limit to a rise"),
        pytest.param("at_most", "-45", "5.5\u00a0USD bn or less", id="a fall with a sign"),
        pytest.param("equal", "5", "", id="exactly"),
        pytest.param("below_baseline", None, "", id="below the baseline"),
    ],
)
def test_a_change_says_which_level_it_leads_to(comparator, value, words):
    target = Target(
        kind="change", due=END, comparator=comparator, value=value and Decimal(value), per_cent=True,
        baseline_value=Decimal(10), baseline_period="2010", indicator=Indicator(**MONEY),
    )  # fmt: skip
    assert level_meant(target) == words
    target.baseline_value = None
    assert level_meant(target) == ""


@pytest.mark.parametrize(
    "met_at, words", [("upper", "26%"), ("lower", "28%"), ("", "")], ids=["upper", "lower", "none"]
)
def test_of_two_values_the_other_one_decides_partly_met(met_at, words):
    target = Target(
        kind="change", due=END, comparator="falls_by_at_least", per_cent=True, met_at=met_at,
        value=Decimal(26), upper_value=Decimal(28), indicator=Indicator(**MONEY),
    )  # fmt: skip
    assert weaker_words(target) == words


def test_a_milestone_is_told_by_its_day():
    target = Target(kind="milestone", label="Signed", due=END)
    assert "Met if this has happened by" in rule_sentence(target)


def test_no_name_or_unit_can_bring_markup_in():
    target = Target(
        kind="stand", due=END, value=Decimal(1), baseline_period="<b>",
        indicator=Indicator(name="<script>", unit="<i>", frequency="annual"),
    )  # fmt: skip
    assert not re.search("<(?!/?em>)", rule_sentence(target))
    target.comparator = "below_baseline"
    assert "<b>" not in rule_sentence(target)


@pytest.mark.parametrize(
    "decimals, words",
    [(None, "to the published decimal"), (0, "rounded to a whole number"), (1, "rounded to 1 decimal"),
     (2, "rounded to 2 decimals")],
)  # fmt: skip
def test_the_rounding_is_said(decimals, words):
    assert rounding_words(Target(decimals=decimals)) == words


def test_what_may_close_it_is_named_the_surest_first():
    assert accepted_words(Target(accepts=["budget", "actual"])) == "actual, budget"
