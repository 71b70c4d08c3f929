"""When a verdict was last checked, and when it may be out of date: now, on a past day, as cited."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from commitments import publishing
from commitments.ledger.citing import load_pledge_as_said
from commitments.models import LedgerHead, Undertaking
from tests.fixtures.records import withdraw

pytestmark = pytest.mark.django_db
JUDGED = date(2025, 10, 28)


@pytest.fixture
def part(make_pledge):
    return make_pledge().undertakings.get()


def read_checked_on(part):
    part.refresh_from_db()
    return part.checked_on


def confirm_on(day, assessment, reviewer):
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    with time_machine.travel(moment, tick=False):
        publishing.confirm(assessment, by=reviewer, note="It stands.")


def test_publishing_a_verdict_late_is_no_look(part, make_assessment):
    make_assessment(part, "on_track", as_of=JUDGED)
    assert read_checked_on(part) == JUDGED


def test_a_confirmation_counts_from_the_day_it_was_recorded(part, make_assessment, reviewer):
    assessment = make_assessment(part, "on_track", as_of=JUDGED)
    confirm_on(date(2100, 1, 10), assessment, reviewer)
    assert read_checked_on(part) == date(2100, 1, 10)


def test_a_published_search_counts_from_its_day_and_no_longer_once_withdrawn(
    part, make_assessment, make_search_note, reviewer
):
    make_assessment(part, "on_track", as_of=JUDGED)
    make_search_note(part.pledge, "draft", searched_on=date(2026, 3, 1), state="draft")
    assert read_checked_on(part) == JUDGED
    note = make_search_note(part.pledge, "note", searched_on=date(2026, 2, 1))
    assert read_checked_on(part) == date(2026, 2, 1)
    withdraw(note, by=reviewer, note="Wrong archive.")
    assert read_checked_on(part) == JUDGED


def test_a_search_for_another_party_is_no_look_at_this_one(
    japan, make_party, make_pledge, make_assessment, make_search_note, settle
):
    pledge = make_pledge(parties=[japan, make_party("france")])
    own, other = pledge.undertakings.order_by("-party__slug")
    make_assessment(own, "on_track", as_of=JUDGED)
    note = make_search_note(pledge, "note", searched_on=date(2026, 2, 1), state="draft")
    note.undertakings.set([other])
    settle(note)
    assert read_checked_on(own) == JUDGED


def test_an_earlier_search_does_not_make_the_last_look_earlier(
    part, make_assessment, make_search_note
):
    make_search_note(part.pledge, "note", searched_on=JUDGED - timedelta(days=9))
    make_assessment(part, "on_track", as_of=JUDGED)
    assert read_checked_on(part) == JUDGED


def test_a_past_day_knows_only_the_looks_until_then(
    part, make_assessment, make_search_note, reviewer
):
    assessment = make_assessment(part, "on_track", as_of=JUDGED)
    make_search_note(part.pledge, "note", searched_on=date(2026, 2, 1))
    confirm_on(date(2100, 1, 10), assessment, reviewer)

    def read(day):
        return Undertaking.objects.published().as_of(day).get().checked_on

    days = [date(2026, 1, 31), date(2026, 2, 1), date(2100, 1, 9), date(2100, 1, 10)]
    assert [read(day) for day in days] == [JUDGED, date(2026, 2, 1), date(2026, 2, 1), days[-1]]


def test_the_page_of_a_ledger_entry_knows_only_the_looks_until_then(
    part, make_assessment, make_search_note, reviewer
):
    assessment = make_assessment(part, "on_track", as_of=JUDGED)
    seqs = [LedgerHead.objects.get().seq]
    make_search_note(part.pledge, "note", searched_on=date(2026, 2, 1))
    seqs.append(LedgerHead.objects.get().seq)
    confirm_on(date(2100, 1, 10), assessment, reviewer)
    seqs.append(LedgerHead.objects.get().seq)
    said = [load_pledge_as_said(part.pledge.slug, seq).undertakings[0] for seq in seqs]
    assert [row.checked_on for row in said] == [JUDGED, date(2026, 2, 1), date(2100, 1, 10)]


@pytest.mark.parametrize(
    "status, days, aged",
    [
        pytest.param("on_track", 180, False, id="looked at 180 days before"),
        pytest.param("on_track", 181, True, id="a day longer"),
        pytest.param("off_track", 1000, True, id="long ago"),
        pytest.param("met", 1000, False, id="a closed verdict does not age"),
        pytest.param("superseded", 1000, False, id="nor one that is set aside"),
    ],
)
def test_an_open_verdict_that_nobody_looked_at_may_be_out_of_date(
    part, make_assessment, status, days, aged
):
    make_assessment(part, status, as_of=JUDGED)
    day = JUDGED + timedelta(days=days)
    part.refresh_from_db()
    rows = Undertaking.objects.published()
    assert part.may_be_out_of_date(on=day) is aged
    assert rows.may_be_out_of_date(on=day).exists() is aged
    assert rows.as_of(day).may_be_out_of_date(on=day).exists() is aged
    assert rows.as_of(day).get().may_be_out_of_date(on=day) is aged


def test_a_verdict_of_others_is_not_marked(part, make_outside_report):
    make_outside_report("watch", (part, "in_progress"))
    part.refresh_from_db()
    day = JUDGED + timedelta(days=999)
    assert not part.may_be_out_of_date(on=day)
    assert not Undertaking.objects.may_be_out_of_date(on=day).exists()
    assert not Undertaking.objects.as_of(day).may_be_out_of_date(on=day).exists()


def test_looks_by_a_past_day_keep_it_from_being_out_of_date(
    part, make_assessment, make_search_note, reviewer
):
    assessment = make_assessment(part, "on_track", as_of=JUDGED)
    make_search_note(part.pledge, "note", searched_on=date(2026, 2, 1))
    confirm_on(date(2100, 1, 10), assessment, reviewer)

    def ages(day):
        rows = Undertaking.objects.as_of(day)
        aged = rows.may_be_out_of_date(on=day).exists()
        assert rows.get().may_be_out_of_date(on=day) is aged
        return aged

    assert not ages(date(2026, 7, 31))
    assert ages(date(2026, 8, 1))
    assert not ages(date(2100, 1, 10))
