import pytest

from commitments import publishing
from commitments.models import Assessment, LedgerEntry, Party, Pledge, Undertaking
from tests.fixtures.records import withdraw

pytestmark = pytest.mark.django_db


def test_publishing_takes_what_the_record_refers_to_along(
    make_pledge, make_topic, researcher, reviewer
):
    topic = make_topic("culture", state="in_review")
    pledge = make_pledge(state="in_review", topics=[topic])
    publishing.publish(pledge, by=reviewer)
    topic.refresh_from_db()
    assert topic.is_published
    newest = LedgerEntry.objects.order_by("-seq").values_list("record_slug", flat=True)[:2]
    assert list(newest) == [pledge.slug, "culture"]


def test_nobody_publishes_what_they_submitted(make_party, reviewer):
    party = make_party("atlantis", state="draft")
    publishing.submit(party, by=reviewer)
    with pytest.raises(publishing.Refused, match="somebody else"):
        publishing.publish(party, by=reviewer)
    assert Party.objects.get(pk=party.pk).state == "in_review"


def test_of_many_submitted_at_once_all_or_none_are(make_party, make_summit, researcher):
    party, summit = (
        make_party("atlantis", state="draft"),
        make_summit("lost-2025", state="in_review"),
    )
    with pytest.raises(publishing.Refused, match="can be submitted"):
        publishing.submit_many([party, summit], by=researcher)
    party.refresh_from_db()
    assert (party.state, party.submitted_by) == ("draft", None)
    assert publishing.submit_many([party], by=researcher) == [party]
    party.refresh_from_db()
    assert party.state == "in_review"


def test_a_newer_assessment_takes_the_place_and_withdrawing_it_restores_the_previous_one(
    make_pledge, make_assessment, reviewer
):
    undertaking = make_pledge().undertakings.get()
    first = make_assessment(undertaking, "in_progress")
    second = make_assessment(undertaking, "met")
    undertaking.refresh_from_db()
    assert (undertaking.shown_status, undertaking.current_assessment) == ("met", second)
    withdraw(second, by=reviewer, note="The figure was misread.")
    undertaking.refresh_from_db()
    assert (undertaking.shown_status, undertaking.current_assessment) == ("in_progress", first)
    assert Assessment.objects.get(pk=second.pk).state == "withdrawn"
    assert (
        Pledge.objects.published().for_listing().get().listed_undertakings[0].status
        == "in_progress"
    )
    assert Undertaking.objects.get().checked_on is not None
