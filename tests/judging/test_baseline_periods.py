"""The period of a baseline that is read from the series: one that a figure can be for."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.judging.baseline_periods import explain_baseline_period
from commitments.models import Target

pytestmark = pytest.mark.django_db

CALENDAR = ("2024-01-01", "2024-12-31")
JAPANESE = ("2024-04-01", "2025-03-31")
QUARTER = ("2024-07-01", "2024-09-30")
FROM_APRIL = {"fiscal_year_starts": 4}
NO_SUCH_FIGURE = "and no figure of share is for such a time."
IN_2005 = f"That is 1 January 2005 to 31 December 2005, {NO_SUCH_FIGURE}"
IN_FY2005 = f"That is 1 April 2005 to 31 March 2006, {NO_SUCH_FIGURE}"
FISCAL = "Write FY2005 for 1 April 2005 to 31 March 2006."


@pytest.fixture
def make_target(make_figures, japan):
    """A target whose indicator has one figure, for the days of `figure`."""

    def make(period, figure=CALENDAR, value=None, **indicator_fields):
        indicator = make_figures("share")
        for name, field in indicator_fields.items():
            setattr(indicator, name, field)
        indicator.save()
        release = indicator.releases.get()
        release.observations.all().delete()
        if figure:
            first, last = map(date.fromisoformat, figure)
            release.observations.create(
                party=japan, period_start=first, period_end=last, value=1, decimals=0, kind="actual"
            )
        return Target(
            label="Share",
            kind="change",
            comparator="falls_by_at_least",
            value=Decimal(45),
            indicator=indicator,
            baseline_period=period,
            baseline_value=value,
            due=date(2030, 12, 31),
        )

    return make


@pytest.mark.parametrize(
    "period, fields, sentence",
    [
        pytest.param("", {}, None, id="none"),
        pytest.param("2005", {}, None, id="a year, of years"),
        pytest.param("FY2005", {"figure": JAPANESE, **FROM_APRIL}, None, id="a fiscal year, of such"),
        pytest.param("2005", {"figure": JAPANESE, **FROM_APRIL}, f"{IN_2005} {FISCAL}", id="a year, of fiscal years"),
        pytest.param("FY2005", FROM_APRIL, f"{IN_FY2005} Write 2005.", id="a fiscal year, of years"),
        pytest.param("FY2005", {}, None, id="a fiscal year that starts in January"),
        pytest.param("2005", {"figure": JAPANESE, "value": Decimal(10), **FROM_APRIL}, None, id="with a typed value"),
        pytest.param("2005", {"figure": QUARTER}, f"{IN_2005} Write it like theirs: 2024-Q3.", id="a year, of quarters"),
        pytest.param("Q1 2005", {"figure": QUARTER}, None, id="another quarter"),
        pytest.param("2005", {"figure": None, **FROM_APRIL}, None, id="of no figures yet"),
        pytest.param("2005", {"figure": None, "frequency": "fiscal_year", **FROM_APRIL}, f"{IN_2005} {FISCAL}", id="of fiscal years to come"),
    ],
)  # fmt: skip
def test_a_period_that_no_figure_can_be_for_is_refused(make_target, period, fields, sentence):
    assert explain_baseline_period(make_target(period, **fields)) == sentence


@pytest.mark.parametrize("value", [None, Decimal(10)], ids=["read", "typed"])
def test_a_period_that_cannot_be_read_says_what_to_write(make_target, value):
    sentence = explain_baseline_period(make_target("pre-industrial", value=value))
    assert sentence.startswith("This is not a date. Write a day (2026-03-31")
