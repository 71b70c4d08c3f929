"""The verdict shown as of a day: the rows, the database and the table of now agree."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from commitments import models
from commitments.models import OURS, Pledge, Undertaking
from commitments.publishing import shown
from commitments.tallies import count_all_verdicts
from commitments.verdicts.statuses import OPEN, UNJUDGED_ORDER, Status

pytestmark = pytest.mark.django_db
FIRST = date(2025, 10, 28)
LENGTH = 5
day_numbers = st.integers(0, LENGTH - 1)
judgements = st.tuples(
    day_numbers, st.sampled_from(list(Status)), st.sampled_from(["published", "withdrawn", "draft"])
)
reports = st.tuples(
    day_numbers, st.sampled_from(["", *Status]), st.sampled_from(["published", "withdrawn"])
)
# Of each party: whether it is exempt, our judgements, others' reports.
stories = st.lists(
    st.tuples(st.booleans(), st.lists(judgements, max_size=4), st.lists(reports, max_size=3)),
    min_size=1,
    max_size=3,
)


@pytest.fixture
def tell(make_pledge, make_party, source, researcher, reviewer):
    """Write a story past publishing, then let publishing say what is shown of it now."""
    parties = [make_party(f"party-{number}") for number in range(3)]
    watchers = make_party("watchers", kind="organisation")
    pledge = make_pledge("promise", parties=parties, made_on=FIRST, deadline=FIRST + timedelta(days=2),
                         deadline_precision="day")  # fmt: skip
    signed = {"confidence": "low", "rationale": "r", "assessor": researcher, "reviewer": reviewer}

    def tell(story):
        for owed, (exempt, ours, others) in zip(
            pledge.undertakings.order_by("pk"), story, strict=False
        ):
            Undertaking.objects.filter(pk=owed.pk).update(
                exempt_reason="It left." if exempt else ""
            )
            for number, (day, status, state) in enumerate(ours):
                models.Assessment.objects.create(
                    slug=f"a-{owed.pk}-{number}", undertaking=owed, status=status, state=state,
                    as_of=FIRST + timedelta(days=day), published_seq=100 - number, **signed,
                )  # fmt: skip
            for number, (day, status, state) in enumerate(others):
                report = models.OutsideReport.objects.create(
                    slug=f"r-{owed.pk}-{number}", assessor=watchers, title="t", source=source, scale="s", state=state,
                    published_on=FIRST + timedelta(days=day),
                )  # fmt: skip
                report.verdicts.create(undertaking=owed, score="0", status=status)
        shown.refresh_shown(pledge.undertakings.all())

    return tell


def verdicts(rows):
    return {row.slug: (row.shown_status, row.shown_by, row.current_assessment and row.current_assessment.slug)
            for row in rows}  # fmt: skip


def by_hand(story, day):
    """Return the status of each party on the day of this number, straight from the story."""
    for exempt, ours, others in story:
        counted = [] if exempt else [(one[0], number, one[1]) for number, one in enumerate(ours)
                                     if one[2] == "published" and one[0] <= day]  # fmt: skip
        told = [] if exempt else [(one[0], number, one[1]) for number, one in enumerate(others)
                                  if one[2] == "published" and one[0] <= day and one[1]]  # fmt: skip
        # Of judgements as of one day the one published later counts; here the earlier number.
        if counted:
            yield max(counted, key=lambda one: (one[0], -one[1]))[2]
        else:
            yield max(told)[2] if told else ""


# The newest of others' reports gives no status: then an older one counts.
SILENT_REPORT = [(False, [], [(0, Status.MET, "published"), (1, "", "published")])]

# Late for all on one day, and for none on the next.
MET_LATE = [(False, [(4, Status.MET, "published")], [])] * 3


@given(stories)
@example(SILENT_REPORT)
@example(MET_LATE)
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_database_and_hand_agree_on_every_day(tell, story):
    with transaction.atomic():
        tell(story)
        for number in range(LENGTH):
            day = FIRST + timedelta(days=number)
            then = Undertaking.objects.published().as_of(day)
            rows = list(then.order_by("pk"))
            assert [row.shown_status for row in rows[: len(story)]] == list(by_hand(story, number))
            for row in rows:
                assert then.filter(pk=row.pk, status_then=row.shown_status).exists()
            judged = [row for row in rows if not row.is_exempt]
            waiting = {
                row.pk for row in judged if row.shown_status == "" or row.shown_status in OPEN
            }
            late = waiting if day > FIRST + timedelta(days=2) else set()
            assert {row.pk for row in then.overdue(on=day)} == late
            assert Pledge.objects.published().as_of(day).overdue(on=day).exists() == bool(late)
            counted = count_all_verdicts(then, on=day)
            assert counted.exempt == len(rows) - len(judged)
            ours = [row for row in judged if row.shown_by in ("", OURS)]
            by_others = [row for row in judged if row.shown_by not in ("", OURS)]
            assert sum(counted.by_status.values()) == len(ours)
            assert all(counted.by_status[row.find_standing(on=day)] for row in ours)
            apart = counted.others_alone
            assert (apart.parties if apart else 0) == len(by_others)
            assert all(apart.by_status[row.find_standing(on=day)] for row in by_others)
        transaction.set_rollback(True)


def leave_out_reasons(counts):
    """Return what is counted, without why there is no verdict: that is known of now alone."""
    words = Counter()
    for code, number in counts.by_status.items():
        words["not_assessed" if code in UNJUDGED_ORDER else code] += number
    return (counts.parties, counts.exempt, counts.late, counts.others_alone, words)


@given(stories)
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_as_of_today_is_what_is_shown_now(tell, story):
    today = timezone.now().date()
    with transaction.atomic():
        tell(story)
        now, then = (Undertaking.objects.published().as_of(day) for day in (None, today))
        assert verdicts(then) == verdicts(now)
        assert verdicts(then.overdue(on=today)) == verdicts(now.overdue(on=today))
        counts = [count_all_verdicts(rows, on=today) for rows in (then, now)]
        assert leave_out_reasons(counts[0]) == leave_out_reasons(counts[1])
        transaction.set_rollback(True)


def test_rows_inside_pledges_show_the_verdict_of_the_day(make_pledge, make_assessment):
    make_assessment(make_pledge().undertakings.get(), "on_track", as_of=FIRST + timedelta(days=1))

    def listed(day):
        (pledge,) = Pledge.objects.published().as_of(day).for_listing()
        (owed,) = pledge.listed_undertakings
        return (
            owed.status,
            owed.shown_by,
            owed.current_assessment and owed.current_assessment.status,
        )

    assert listed(FIRST) == ("not_assessed", "", None)
    assert listed(FIRST + timedelta(days=1)) == listed(None) == ("on_track", "ours", "on_track")


def test_before_a_pledge_was_made_nobody_owed_it(make_pledge):
    make_pledge(made_on=FIRST)
    assert not Undertaking.objects.published().as_of(FIRST - timedelta(days=1)).exists()
    assert Undertaking.objects.published().as_of(FIRST).exists()


def test_two_statements_put_verdicts_into_any_number_of_rows(
    make_pledge, make_party, django_assert_num_queries
):
    make_pledge(parties=[make_party(f"party-{number}") for number in range(12)])
    with django_assert_num_queries(3):
        assert len(Undertaking.objects.published().as_of(FIRST)) == 12


def test_the_day_goes_along_with_every_copy(make_pledge):
    rows = Undertaking.objects.published().as_of(FIRST)
    assert rows.filter(pk=1).exclude(pk=2).order_by("pk")[:5].day == FIRST
    assert rows.as_of(None).day == FIRST
    assert Undertaking.objects.published().as_of(None).day is None


@pytest.mark.parametrize(
    "tenures, there",
    [
        pytest.param([FIRST - timedelta(days=1)], True, id="in office since the day before"),
        pytest.param([FIRST], True, id="the first day in office"),
        pytest.param([FIRST + timedelta(days=1)], False, id="in office from the day after"),
        pytest.param([FIRST + timedelta(days=1), None], True, id="one office since an unknown day"),
        pytest.param([], True, id="no office recorded"),
    ],
)
def test_a_leader_is_there_once_an_office_had_begun(make_leader, japan, tenures, there):
    make_leader(
        tenures=[{"party": japan, "office": f"Office {day}", "starts_on": day} for day in tenures]
    )
    leaders = models.Leader.objects.published().as_of(FIRST).with_offices()
    assert [leader.slug for leader in leaders] == (["sanae-takaichi"] if there else [])
    for leader in leaders:
        assert all(row.starts_on is None or row.starts_on <= FIRST for row in leader.tenures.all())


def test_parties_that_owed_something_by_a_day(make_pledge, make_party, japan):
    make_pledge("early", parties=[japan], made_on=FIRST)
    make_pledge("late", parties=[make_party("france")], made_on=FIRST + timedelta(days=1))

    def owing(day):
        return {
            party.slug for party in models.Party.objects.published().as_of(day).with_undertakings()
        }

    assert owing(FIRST - timedelta(days=1)) == set()
    assert owing(FIRST) == {"japan"}
    assert owing(FIRST + timedelta(days=1)) == {"japan", "france"}
