"""Why an undertaking has no verdict: worked out when anything that decides it is published."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.models import Undertaking
from commitments.publishing.shown import find_stale_rows
from tests.fixtures.records import amend, withdraw

pytestmark = pytest.mark.django_db
EARLY, LATE = date(2024, 1, 1), date(2025, 1, 1)


def read_reason(part):
    part.refresh_from_db()
    assert list(find_stale_rows()) == []
    return part.unjudged_reason


@pytest.fixture
def make_linked(make_pledge, settle):
    """Make an earlier pledge and a later one, linked; return the party's part in each."""

    def make(kind):
        earlier = make_pledge("earlier", made_on=EARLY)
        later = make_pledge("later", made_on=LATE, state="draft")
        later.links.create(to_pledge=earlier, kind=kind)
        settle(later)
        return earlier.undertakings.get(), later.undertakings.get()

    return make


@pytest.fixture
def measured(settle, make_pledge, make_figures, japan):
    """Japan's part in a pledge of 2 % in 2025, of which no figure is published."""
    pledge = make_pledge(state="draft")
    indicator = make_figures("spending", (japan, 2024, "1.90"))
    pledge.targets.create(
        role="primary", label="Share", kind="stand", indicator=indicator, value=Decimal(2),
        due=date(2025, 12, 31),
    )  # fmt: skip
    settle(pledge)
    return pledge.undertakings.get()


def test_what_nobody_looked_at_is_a_gap(make_pledge):
    assert read_reason(make_pledge().undertakings.get()) == "not_looked_at"


def test_a_verdict_of_anybody_and_an_exemption_leave_no_reason(
    make_pledge, make_assessment, make_outside_report, settle
):
    first, second = (make_pledge(slug).undertakings.get() for slug in ("first", "second"))
    make_assessment(first, "on_track")
    make_outside_report("watch", (second, "met"))
    exempt = make_pledge("exempt", state="draft").undertakings.get()
    Undertaking.objects.filter(pk=exempt.pk).update(exempt_reason="No forces.")
    settle(exempt.pledge)
    assert [read_reason(part) for part in (first, second, exempt)] == ["", "", ""]


def test_a_withdrawn_verdict_leaves_the_gap_again(make_pledge, make_assessment, reviewer):
    part = make_pledge().undertakings.get()
    assessment = make_assessment(part, "met")
    withdraw(assessment, by=reviewer, note="Wrong.")
    assert read_reason(part) == "not_looked_at"


def test_a_published_search_note_says_that_nothing_was_found(
    make_pledge, make_search_note, make_party, japan, settle, reviewer
):
    pledge = make_pledge(parties=[japan, make_party("france")])
    ours, theirs = pledge.undertakings.order_by("-party__slug")
    note = make_search_note(pledge, "note", state="draft")
    note.undertakings.set([ours])
    assert read_reason(ours) == "not_looked_at"
    settle(note)
    assert (read_reason(ours), read_reason(theirs)) == ("nothing_found", "not_looked_at")
    note.undertakings.clear()
    amend(note, by=reviewer, note="It was about all.")
    assert (read_reason(ours), read_reason(theirs)) == ("nothing_found", "nothing_found")
    withdraw(note, by=reviewer, note="Wrong archive.")
    assert (read_reason(ours), read_reason(theirs)) == ("not_looked_at", "not_looked_at")


def test_figures_are_awaited_until_the_release_that_has_them(
    measured, make_figures, japan, reviewer
):
    assert read_reason(measured) == "awaiting_data"
    make_figures("spending", (japan, 2025, "2.10"), released_on=date(2026, 5, 1))
    assert read_reason(measured) == "not_looked_at"
    release = measured.pledge.targets.get().indicator.releases.get(released_on=date(2026, 5, 1))
    withdraw(release, by=reviewer, note="A misprint.")
    assert read_reason(measured) == "awaiting_data"


def test_a_search_comes_before_figures_that_are_awaited(measured, make_search_note):
    make_search_note(measured.pledge, "note")
    assert read_reason(measured) == "nothing_found"


@pytest.mark.parametrize(
    "kind, settled",
    [
        ("reaffirms", {"earlier", "later"}),
        ("quantifies", {"earlier"}),
        ("supersedes", {"earlier"}),
        ("part_of", {"later"}),
        ("strengthens", set()),
        ("weakens", set()),
        ("extends_deadline", set()),
        ("implements", set()),
        ("withdraws", set()),
    ],
)
def test_by_the_kind_of_link_a_verdict_on_one_pledge_holds_for_the_other(
    make_linked, make_assessment, reviewer, kind, settled
):
    earlier, later = make_linked(kind)
    for judged, waiting in ((later, earlier), (earlier, later)):
        assessment = make_assessment(judged, "met")
        is_settled = waiting.pledge.slug in settled
        assert read_reason(waiting) == ("judged_under" if is_settled else "not_looked_at")
        assert waiting.judged_under == (judged if is_settled else None)
        withdraw(assessment, by=reviewer, note="Wrong.")
        assert (read_reason(waiting), waiting.judged_under) == ("not_looked_at", None)


def test_a_verdict_on_another_party_or_of_others_does_not_hold(
    make_linked, make_party, make_outside_report, make_assessment, japan, settle
):
    earlier, later = make_linked("reaffirms")
    make_outside_report("watch", (later, "met"))
    assert read_reason(earlier) == "not_looked_at"


def test_a_link_that_is_taken_out_no_longer_decides(make_linked, make_assessment, reviewer):
    earlier, later = make_linked("quantifies")
    make_assessment(later, "met")
    assert read_reason(earlier) == "judged_under"
    later.pledge.links.all().delete()
    amend(later.pledge, by=reviewer, note="They are two.")
    assert read_reason(earlier) == "not_looked_at"


def test_a_withdrawn_pledge_settles_nothing(make_linked, make_assessment, reviewer):
    earlier, later = make_linked("quantifies")
    make_assessment(later, "met")
    withdraw(later.pledge, by=reviewer, note="Never said.", cascade=True)
    assert (read_reason(earlier), earlier.judged_under) == ("not_looked_at", None)


@pytest.mark.parametrize(
    "day, reason",
    [
        pytest.param(date(2025, 12, 31), "not_due", id="on the last day"),
        pytest.param(date(2026, 1, 1), "awaiting_data", id="on the day after"),
    ],
)
def test_before_its_last_day_is_over_there_is_nothing_to_judge(measured, day, reason):
    measured.refresh_from_db()
    assert measured.find_reason(on=day) == reason
    rows = Undertaking.objects.with_reason(on=day)
    assert rows.get().reason == reason
    past = Undertaking.objects.as_of(day)
    expected = "not_due" if reason == "not_due" else ""
    assert past.with_reason(on=day).get().reason == expected
    assert past.get().find_reason(on=day) == expected


def test_what_is_judged_under_another_pledge_is_neither_due_nor_overdue(
    make_linked, make_assessment
):
    earlier, later = make_linked("reaffirms")
    make_assessment(later, "met")
    Undertaking.objects.filter(pk=earlier.pk).update(due_on=date(2025, 12, 31))
    earlier.refresh_from_db()
    for day in (date(2025, 12, 31), date(2026, 1, 1)):
        standing = Undertaking.objects.with_standing(on=day).get(pk=earlier.pk).standing
        assert (earlier.find_standing(on=day), standing) == ("judged_under", "judged_under")
    assert not earlier.is_overdue(on=date(2026, 1, 1))
    assert not Undertaking.objects.overdue(on=date(2026, 1, 1)).filter(pk=earlier.pk).exists()
