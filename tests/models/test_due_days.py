"""Which day is a party's last: the first that its own part, its pledge or their targets name."""

from datetime import date
from types import SimpleNamespace

import pytest

from commitments.models.due_days import DueDays, choose_due_day
from commitments.verdicts.dates import Precision

OWN, OWN_TARGET, PLEDGE, COMMON, JUDGED = (date(year, 12, 31) for year in range(2026, 2031))


@pytest.mark.parametrize(
    "own, days, last_day",
    [
        pytest.param(OWN, (OWN_TARGET, PLEDGE, COMMON, JUDGED), OWN, id="its own deadline"),
        pytest.param(
            None, (OWN_TARGET, PLEDGE, COMMON, JUDGED), OWN_TARGET, id="its own primary target"
        ),
        pytest.param(None, (None, PLEDGE, COMMON, JUDGED), PLEDGE, id="the pledge's deadline"),
        pytest.param(None, (None, None, COMMON, JUDGED), COMMON, id="the target of all parties"),
        pytest.param(None, (None, None, None, JUDGED), JUDGED, id="the day of the criteria"),
        pytest.param(None, (None, None, None, None), None, id="none"),
    ],
)
def test_the_first_day_that_is_named_counts(own, days, last_day):
    precision = Precision.NONE if own is None else Precision.DAY
    undertaking = SimpleNamespace(deadline=own, deadline_precision=precision)
    assert choose_due_day(undertaking, DueDays(*days)) == last_day


@pytest.mark.parametrize("precision", [Precision.ONGOING, Precision.RECURRING])
def test_a_party_whose_part_never_ends_has_no_last_day(precision):
    undertaking = SimpleNamespace(deadline=None, deadline_precision=precision)
    assert choose_due_day(undertaking, DueDays(OWN_TARGET, PLEDGE, COMMON, JUDGED)) is None


@pytest.mark.django_db
def test_a_pledge_whose_only_day_is_that_of_its_target_can_be_overdue(
    make_pledge, make_figures, settle
):
    indicator = make_figures("share")
    pledge = make_pledge("promise", state="draft")
    pledge.criteria.update(judged_from=date(2026, 6, 30), judged_from_precision="day")
    pledge.targets.create(
        label="Share", kind="reach", indicator=indicator, value=2, due=date(2028, 12, 31)
    )
    settle(pledge)
    part = pledge.undertakings.get()
    assert part.due_on == date(2028, 12, 31)
    assert not part.is_overdue(on=date(2028, 12, 31))
    assert part.is_overdue(on=date(2029, 1, 1))
