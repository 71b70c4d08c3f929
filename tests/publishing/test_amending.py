"""A published record changes in public by an amendment only: with a right, a note, and an entry."""

from contextlib import nullcontext
from datetime import date

import pytest
from django.db import transaction

from commitments import models, publishing
from commitments.models import Action, LedgerEntry
from commitments.publishing.verifying import verify
from tests.fixtures.records import amend

pytestmark = pytest.mark.django_db


@pytest.fixture
def save(reviewer):
    """Save a change of a published record and enter it, as the admin does: one transaction."""

    def save(record, *, by=reviewer, note="A misprint.", correction=False, **fields):
        with transaction.atomic():
            for name, value in fields.items():
                setattr(record, name, value)
            record.save()
            return amend(record, by=by, note=note, correction=correction)

    return save


@pytest.fixture
def make_release(settle, japan):
    def make(slug="share-2025"):
        indicator = models.Indicator.objects.create(
            slug="share", name="Share", unit="%", definition="d", publisher="p", frequency="annual"
        )
        return settle(
            models.Release.objects.create(
                slug=slug, indicator=indicator, released_on=date(2025, 10, 1), title="t"
            )
        )

    return make


@pytest.fixture
def make_report(settle, make_party, source):
    """An outside report with a verdict on each of `undertakings`."""

    def make(*undertakings, slug="report", status="not_met"):
        assessor = models.Party.objects.filter(slug="watchers").first() or make_party(
            "watchers", kind="organisation"
        )
        report = models.OutsideReport.objects.create(
            slug=slug,
            assessor=assessor,
            title="t",
            source=source,
            scale="−1, 0, +1",
            published_on=date(2025, 11, 1),
        )
        for undertaking in undertakings:
            report.verdicts.create(undertaking=undertaking, score="−1", status=status)
        return settle(report)

    return make


def newest():
    return LedgerEntry.objects.order_by("-seq").first()


def test_an_amendment_is_one_entry_with_the_new_text_and_the_note(japan, save):
    entry = save(japan, name="State of Japan", note="The name in treaties.")
    assert (entry.action, entry.record_type, entry.record_slug) == ("amend", "party", "japan")
    assert entry.note == "The name in treaties."
    assert entry.payload.body["name"] == "State of Japan"
    assert newest() == entry


def test_a_correction_is_told_apart_from_an_amendment(japan, save):
    assert save(japan, name="Nippon", correction=True).action == Action.CORRECT


def test_an_amendment_makes_the_next_version(japan, save):
    before = japan.version
    save(japan, name="Nippon")
    japan.refresh_from_db()
    assert japan.version == before + 1


@pytest.mark.parametrize("note", ["", "   ", "\n"], ids=["none", "spaces", "a line break"])
def test_an_amendment_needs_a_note(japan, save, note):
    with pytest.raises(publishing.Refused, match="note is public"):
        save(japan, name="Nippon", note=note)
    japan.refresh_from_db()
    assert japan.name == "Japan"


def test_a_researcher_may_not_amend(japan, save, researcher):
    with pytest.raises(publishing.Refused, match="may not amend"):
        save(japan, by=researcher, name="Nippon")


def test_a_reviewer_whose_account_is_closed_may_not_amend(japan, save, reviewer):
    reviewer.is_active = False
    with pytest.raises(publishing.Refused, match="may not amend"):
        save(japan, name="Nippon")


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_only_what_is_published_is_amended(make_party, save, state):
    with pytest.raises(publishing.Refused, match="only what is “Published” can be amended"):
        save(make_party("atlantis", state=state), name="Mu")


def test_nothing_new_in_public_is_no_entry_and_no_new_version(japan, save):
    version, head = japan.version, newest()
    assert save(japan) is None
    japan.refresh_from_db()
    assert (japan.version, newest()) == (version, head)


def test_a_row_inside_that_changes_is_a_change_of_the_record(make_pledge, reviewer):
    pledge = make_pledge()
    pledge.criteria.create(number=2, fixed_on=date(2025, 11, 1), met="Another.", not_met="Not.")
    entry = amend(pledge, by=reviewer, note="Criteria added.")
    assert [row["number"] for row in entry.payload.body["criteria"]] == [1, 2]


def test_a_published_assessment_is_frozen(make_pledge, make_assessment, save):
    assessment = make_assessment(make_pledge().undertakings.get())
    with pytest.raises(publishing.Refused, match=r"assessment is never edited\. Add a new one"):
        save(assessment, rationale="On second thoughts.")


def test_a_published_release_is_frozen(make_release, save):
    with pytest.raises(publishing.Refused, match="release is never edited"):
        save(make_release(), title="Revised")


def test_an_amendment_takes_the_unpublished_records_it_now_names_along(
    make_pledge, make_topic, save
):
    pledge, topic = make_pledge(), make_topic("culture", state="in_review")
    pledge.topics.add(topic)
    save(pledge, note="A topic added.")
    entries = LedgerEntry.objects.order_by("-seq").values_list("action", "record_slug")[:2]
    assert list(entries) == [("amend", pledge.slug), ("publish", "culture")]
    topic.refresh_from_db()
    assert topic.is_published


def test_an_amendment_is_no_way_round_the_second_pair_of_eyes(
    make_pledge, make_topic, save, reviewer
):
    pledge, topic = make_pledge(), make_topic("culture", state="draft")
    publishing.submit(topic, by=reviewer)
    pledge.topics.add(topic)
    with pytest.raises(publishing.Refused, match="submitted topic “Culture” yourself"):
        save(pledge)


def test_an_amendment_that_names_a_withdrawn_record_is_refused(make_pledge, make_topic, save):
    pledge, topic = make_pledge(), make_topic("culture", state="withdrawn")
    pledge.topics.add(topic)
    with pytest.raises(publishing.Refused, match="which is withdrawn"):
        save(pledge)


def test_an_amendment_that_breaks_a_rule_is_refused_and_leaves_nothing(make_pledge, reviewer):
    pledge, head = make_pledge(), newest()
    pledge.undertakings.all().delete()
    with pytest.raises(publishing.Refused, match="Nobody owes it"):
        amend(pledge, by=reviewer, note="Nobody is bound.")
    assert newest() == head


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda other: {"stance": "context"}, id="the proof becomes context"),
        pytest.param(lambda other: {"pledge": other}, id="it moves to another pledge"),
    ],
)
def test_evidence_is_not_amended_from_under_the_verdict_that_rests_on_it(
    make_pledge, make_evidence, make_assessment, save, change
):
    pledge, other = make_pledge(), make_pledge("other")
    proof = make_evidence(pledge)
    make_assessment(pledge.undertakings.get(), "met", evidence=[proof])
    with pytest.raises(publishing.Refused, match="assessment “Met"):
        save(proof, **change(other))
    proof.refresh_from_db()
    assert (proof.stance, proof.pledge) == ("supports", pledge)


def test_a_source_is_not_amended_into_the_partys_own_claim_under_a_trusted_verdict(
    japan, make_pledge, make_source, make_evidence, make_assessment, save
):
    pledge, report = make_pledge(), make_source("report", tier="press")
    make_assessment(
        pledge.undertakings.get(), "met", evidence=[make_evidence(pledge, source=report)]
    )
    with pytest.raises(publishing.Refused, match="own claim"):
        save(report, tier="party_claim", issued_by=japan)


def test_a_leader_is_not_amended_out_of_the_office_held_at_a_summit(
    japan, make_leader, make_summit, settle, reviewer
):
    leader = make_leader(tenures=[{"party": japan, "office": "Prime Minister"}])
    summit = make_summit(state="draft")
    summit.participations.create(party=japan, leader=leader, tenure=leader.tenures.get())
    settle(summit)
    leader.tenures.update(ends_on=date(2025, 10, 27), ends_on_precision="day")
    with pytest.raises(publishing.Refused, match="was not in office"):
        amend(leader, by=reviewer, note="Left earlier.")


def test_the_slug_of_a_published_record_is_for_good(japan, save):
    with pytest.raises(publishing.Refused, match="slug of party “Japan” is for good"):
        save(japan, slug="nippon")


@pytest.mark.parametrize(
    "judged, refusal",
    [
        pytest.param(1, "Add a new version instead", id="a verdict was judged against them"),
        pytest.param(None, None, id="no verdict was"),
    ],
)
def test_criteria_stay_as_they_were_when_a_verdict_was_judged_against_them(
    make_pledge, make_assessment, reviewer, judged, refusal
):
    pledge = make_pledge()
    make_assessment(
        pledge.undertakings.get(), criteria=pledge.criteria.filter(number=judged).first()
    )
    pledge.criteria.update(met="Something easier.")
    expectation = pytest.raises(publishing.Refused, match=refusal) if refusal else nullcontext()
    with expectation:
        amend(pledge, by=reviewer, note="Plainer.")


def test_a_row_inside_keeps_the_name_that_published_records_know_it_by(
    japan, make_leader, make_summit, settle, save
):
    leader = make_leader(
        tenures=[{"slug": "takaichi-pm", "party": japan, "office": "Prime Minister"}]
    )
    summit = make_summit(state="draft")
    summit.participations.create(party=japan, leader=leader, tenure=leader.tenures.get())
    settle(summit)
    leader.tenures.update(slug="takaichi-prime-minister")
    with pytest.raises(publishing.Refused, match="rests on tenures takaichi-pm"):
        save(leader)


def test_a_verdict_taken_out_of_an_outside_report_is_no_longer_shown(
    make_pledge, make_report, reviewer
):
    undertaking = make_pledge().undertakings.get()
    report = make_report(undertaking)
    undertaking.refresh_from_db()
    assert (undertaking.shown_status, undertaking.shown_by) == ("not_met", "watchers")
    report.verdicts.all().delete()
    amend(report, by=reviewer, note="It was another pledge.", correction=True)
    undertaking.refresh_from_db()
    assert (undertaking.shown_status, undertaking.shown_by) == ("", "")


def test_exempting_a_party_takes_the_verdict_of_others_off_it(make_pledge, make_report, reviewer):
    pledge = make_pledge()
    make_report(pledge.undertakings.get())
    pledge.undertakings.update(exempt_reason="It did not sign.")
    amend(pledge, by=reviewer, note="Not a signatory.")
    assert pledge.undertakings.get().shown_status == ""


@pytest.mark.django_db(transaction=True)
def test_the_ledger_holds_after_amendments_of_many_kinds(
    make_pledge, make_topic, make_report, save
):
    pledge = make_pledge()
    make_report(pledge.undertakings.get())
    save(pledge, title="Plainer words", title_ja="平易な題")
    pledge.topics.add(make_topic("culture", state="in_review"))
    save(pledge, note="A topic.")
    assert list(verify()) == []
