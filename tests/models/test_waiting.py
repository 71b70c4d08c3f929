"""Waiting and overdue: a row in memory and the database's own query say the same of every case."""

from datetime import date, timedelta
from itertools import product

import pytest

from commitments.models import Assessment, Pledge, Undertaking
from commitments.verdicts.statuses import OPEN, Status

pytestmark = pytest.mark.django_db
DUE = date(2026, 1, 31)
DAYS = {"before": DUE - timedelta(days=1), "due": DUE, "after": DUE + timedelta(days=1)}
# "" is a part that nobody has assessed.
STATUSES = ["", *Status]
DEADLINES = {"due": DUE, "none": None}


def slug_of(deadline, status, exempt):
    return f"{deadline}-{status or 'unjudged'}{'-exempt' if exempt else ''}".replace("_", "-")


@pytest.fixture
def pledges(make_pledge):
    """One pledge with one party for each deadline and status, and for an exempt party."""
    cases = [(deadline, status, False) for deadline, status in product(DEADLINES, STATUSES)]
    cases += [(deadline, "", True) for deadline in DEADLINES]
    for deadline, status, exempt in cases:
        precision = "day" if DEADLINES[deadline] else "none"
        pledge = make_pledge(
            slug_of(deadline, status, exempt),
            deadline=DEADLINES[deadline],
            deadline_precision=precision,
            state="draft",
            criteria=False,
        )
        pledge.undertakings.update(
            due_on=DEADLINES[deadline],
            shown_status=status,
            shown_by="ours" if status else "",
            exempt_reason="It did not sign." if exempt else "",
        )
    return cases


def slugs(rows):
    return {row.pledge.slug for row in rows}


def waiting_by_hand(cases):
    """Return the slugs of `cases` that wait, straight from the table: open or missing."""
    waiting = [case for case in cases if not case[2] and case[1] in {"", *OPEN}]
    return {slug_of(*case) for case in waiting}


def test_row_and_query_agree_on_what_is_waiting(pledges):
    rows = Undertaking.objects.select_related("pledge")
    expected = waiting_by_hand(pledges)
    assert slugs(row for row in rows if row.is_waiting) == expected
    assert slugs(rows.waiting()) == expected
    assert {pledge.slug for pledge in Pledge.objects.waiting()} == expected


@pytest.mark.parametrize("day", DAYS)
def test_row_and_query_agree_on_what_is_overdue(pledges, day):
    on = DAYS[day]
    rows = Undertaking.objects.select_related("pledge")
    late = {slug for slug in waiting_by_hand(pledges) if slug.startswith("due-")}
    expected = late if day == "after" else set()
    assert slugs(row for row in rows if row.is_overdue(on=on)) == expected
    assert slugs(rows.overdue(on=on)) == expected
    assert {pledge.slug for pledge in Pledge.objects.overdue(on=on)} == expected


@pytest.fixture
def judged_later(make_pledge, researcher, reviewer):
    """Pledges that were open in January and closed in March, and one that went the other way."""
    changes = {"closed": ("on_track", "met"), "reopened": ("met", "reversed")}
    for slug, statuses in changes.items():
        pledge = make_pledge(slug, made_on=date(2025, 6, 1), deadline=DUE, deadline_precision="day")
        part = pledge.undertakings.get()
        for month, status in zip((1, 3), statuses, strict=True):
            Assessment.objects.create(
                slug=f"{slug}-{month}",
                undertaking=part,
                status=status,
                state="published",
                confidence="low",
                rationale="r",
                as_of=date(2026, month, 1),
                published_seq=100 + month,
                assessor=researcher,
                reviewer=reviewer,
            )


@pytest.mark.parametrize(
    "as_of, expected",
    [
        pytest.param(date(2025, 12, 31), {"closed", "reopened"}, id="before any verdict"),
        pytest.param(date(2026, 2, 28), {"closed"}, id="by the first verdicts"),
        pytest.param(date(2026, 3, 1), {"reopened"}, id="by the second verdicts"),
    ],
)
def test_row_and_query_agree_as_of_a_past_day(judged_later, as_of, expected):
    rows = Undertaking.objects.as_of(as_of).select_related("pledge")
    after = DAYS["after"]
    assert slugs(row for row in rows if row.is_waiting) == expected
    assert slugs(rows.waiting()) == expected
    assert slugs(row for row in rows if row.is_overdue(on=after)) == expected
    assert slugs(rows.overdue(on=after)) == expected
    assert {pledge.slug for pledge in Pledge.objects.as_of(as_of).overdue(on=after)} == expected


@pytest.mark.parametrize("day", DAYS)
def test_the_deadline_is_past_on_the_day_after_it(make_pledge, day):
    pledge = make_pledge("promise", deadline=DUE, deadline_precision="day", state="draft")
    is_past = Pledge.objects.filter(deadline__lt=DAYS[day]).exists()
    assert is_past is pledge.due.passed(on=DAYS[day]) is (day == "after")
