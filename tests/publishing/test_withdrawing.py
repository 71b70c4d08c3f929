"""Taking records back: never from under another, and the verdict readers see falls back in
order.
"""

from datetime import UTC, date, datetime

import pytest
import time_machine

from commitments import models, publishing
from commitments.models import Evidence, LedgerEntry
from commitments.publishing.verifying import verify
from tests.fixtures import records
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_report(settle, make_party, source):
    """An outside report of `assessor` with one verdict."""

    def make(
        undertaking,
        *,
        assessor="watchers",
        status="partly_met",
        published_on=date(2025, 11, 1),
        **fields,
    ):
        party = models.Party.objects.filter(slug=assessor).first() or make_party(
            assessor, kind="organisation"
        )
        report = models.OutsideReport.objects.create(
            slug=f"{assessor}-{published_on}", assessor=party, title="t", source=source, scale="s",
            published_on=published_on,
        )  # fmt: skip
        report.verdicts.create(undertaking=undertaking, score="0", status=status)
        return settle(report, **fields)

    return make


@shared
def graph(make_pledge, make_evidence, make_assessment, make_summit):
    """A summit with a pledge, its proof and the verdict that rests on both."""
    summit = make_summit()
    pledge = make_pledge("promise", summit=summit)
    proof = make_evidence(pledge, "proof")
    verdict = make_assessment(pledge.undertakings.get(), "met", "verdict", evidence=[proof])
    return {"summit": summit, "pledge": pledge, "proof": proof, "verdict": verdict}


@pytest.fixture
def withdraw(reviewer):
    def withdraw(record, **options):
        return records.withdraw(record, **{"by": reviewer, "note": "A mistake.", **options})

    return withdraw


def shown(undertaking):
    undertaking.refresh_from_db()
    return undertaking.status, undertaking.shown_by, undertaking.checked_on


def entries_since(seq):
    return list(LedgerEntry.objects.after(seq).values_list("action", "record_slug"))


@pytest.mark.parametrize(
    "name, resting",
    [
        pytest.param(
            "proof",
            "1 published records rest on it: assessment “Met",
            id="evidence under a verdict",
        ),
        pytest.param(
            "pledge", "2 published records rest on it: .*evidence “It was done", id="a pledge"
        ),
        pytest.param(
            "summit",
            "3 published records rest on it: .*pledge “Promise”",
            id="a summit, two steps away",
        ),
    ],
)
def test_what_published_records_rest_on_is_not_withdrawn_and_they_are_named(
    graph, withdraw, name, resting
):
    with pytest.raises(publishing.Refused, match=resting):
        withdraw(graph[name])
    graph[name].refresh_from_db()
    assert graph[name].is_published


def test_evidence_under_a_verdict_goes_only_together_with_it(graph, withdraw):
    withdraw(graph["proof"], cascade=True)
    assert models.Assessment.objects.get().state == Evidence.objects.get().state == "withdrawn"


def test_evidence_can_go_once_the_verdict_is_withdrawn(graph, withdraw):
    withdraw(graph["verdict"])
    assert withdraw(graph["proof"]).state == "withdrawn"


def test_a_cascade_enters_each_record_once_and_what_rests_on_others_first(graph, withdraw):
    head = LedgerEntry.objects.count()
    withdraw(graph["summit"], cascade=True)
    assert entries_since(head) == [
        ("withdraw", "verdict"),
        ("withdraw", "proof"),
        ("withdraw", "promise"),
        ("withdraw", "tokyo-2025"),
    ]
    assert set(LedgerEntry.objects.after(head).values_list("note", flat=True)) == {"A mistake."}


def test_a_cascade_leaves_drafts_and_other_records_alone(
    graph, withdraw, make_pledge, make_evidence
):
    other, draft = make_pledge("other"), make_evidence(graph["pledge"], state="draft")
    withdraw(graph["summit"], cascade=True)
    other.refresh_from_db()
    draft.refresh_from_db()
    assert (other.state, draft.state) == ("published", "draft")


def test_a_withdrawal_carries_no_payload(graph, withdraw):
    withdraw(graph["verdict"])
    entry = LedgerEntry.objects.order_by("-seq").first()
    assert entry.payload_sha256 == ""
    assert not hasattr(entry, "payload")


@pytest.mark.parametrize("note", ["", "  "], ids=["none", "spaces"])
def test_a_withdrawal_needs_a_note(graph, withdraw, note):
    with pytest.raises(publishing.Refused, match="note is public"):
        withdraw(graph["verdict"], note=note)


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_only_what_is_published_is_withdrawn(make_party, withdraw, state):
    with pytest.raises(publishing.Refused, match="can be withdrawn"):
        withdraw(make_party("atlantis", state=state))


def test_what_was_withdrawn_can_be_reopened_and_published_again(
    make_party, withdraw, reviewer, settle
):
    party = make_party("atlantis")
    version = party.version
    withdraw(party)
    draft = records.reopen(party, by=reviewer)
    assert (draft.state, draft.submitted_by) == ("draft", None)
    settle(draft)
    assert draft.state == "published"
    assert draft.version > version
    actions = LedgerEntry.objects.for_record(party).order_by("seq").values_list("action", flat=True)
    assert list(actions) == ["publish", "withdraw", "publish"]


def test_a_withdrawn_assessment_is_never_reopened(graph, withdraw, reviewer):
    withdrawn = withdraw(graph["verdict"])
    with pytest.raises(publishing.Refused, match="stays withdrawn"):
        records.reopen(withdrawn, by=reviewer)


def test_a_record_that_refers_to_a_withdrawn_one_cannot_be_published(
    make_source, make_pledge, make_evidence, withdraw, researcher, reviewer
):
    gone = make_source("gone")
    evidence = make_evidence(make_pledge(), source=gone, state="in_review")
    withdraw(gone)
    with pytest.raises(publishing.Refused, match=r"refers to source “Gone .*which is withdrawn"):
        publishing.publish(evidence, by=reviewer)


def test_the_shown_verdict_falls_back_to_ours_then_to_others_then_to_none(
    make_pledge, make_assessment, make_report, withdraw
):
    undertaking = make_pledge().undertakings.get()
    older = make_report(undertaking, status="not_met", published_on=date(2025, 11, 1))
    newer = make_report(undertaking, assessor="institute", published_on=date(2025, 12, 1))
    first = make_assessment(undertaking, "in_progress")
    second = make_assessment(undertaking, "met")
    seen = [shown(undertaking)[:2]]
    for record in (second, first, newer, older):
        withdraw(record)
        seen.append(shown(undertaking)[:2])
    assert seen == [
        ("met", "ours"),
        ("in_progress", "ours"),
        ("partly_met", "institute"),
        ("not_met", "watchers"),
        ("not_assessed", ""),
    ]


def test_of_two_assessments_the_later_day_counts_and_not_the_later_entry(
    make_pledge, make_assessment
):
    undertaking = make_pledge().undertakings.get()
    make_assessment(undertaking, "on_track", as_of=date(2026, 1, 2))
    make_assessment(undertaking, "off_track", as_of=date(2026, 1, 1))
    assert shown(undertaking)[0] == "on_track"


def test_a_verdict_of_others_was_checked_the_day_they_published_it(make_pledge, make_report):
    undertaking = make_pledge().undertakings.get()
    make_report(undertaking, published_on=date(2025, 11, 1))
    assert shown(undertaking) == ("partly_met", "watchers", date(2025, 11, 1))


def test_what_the_crosswalk_gives_no_status_is_not_shown(make_pledge, make_report):
    undertaking = make_pledge().undertakings.get()
    make_report(undertaking, status="")
    assert shown(undertaking)[0] == "not_assessed"


def test_a_report_in_draft_is_not_shown(make_pledge, make_report):
    undertaking = make_pledge().undertakings.get()
    make_report(undertaking, state="draft")
    assert shown(undertaking)[0] == "not_assessed"


def test_confirming_moves_the_day_it_was_checked_and_nothing_else(
    make_pledge, make_assessment, reviewer
):
    with time_machine.travel(datetime(2100, 1, 10, 23, 59, tzinfo=UTC), tick=False):
        undertaking = make_pledge().undertakings.get()
        assessment = make_assessment(undertaking)
    assert shown(undertaking) == ("met", "ours", assessment.as_of)
    version = assessment.version
    with time_machine.travel(datetime(2100, 1, 11, 0, 0, tzinfo=UTC), tick=False):
        entry = publishing.confirm(assessment, by=reviewer, note="The outturn agrees.")
    assert (entry.action, entry.note, entry.payload_sha256) == (
        "confirm",
        "The outturn agrees.",
        "",
    )
    assert shown(undertaking) == ("met", "ours", date(2100, 1, 11))
    assessment.refresh_from_db()
    assert assessment.version == version


def test_only_the_assessment_that_readers_see_is_confirmed(make_pledge, make_assessment, reviewer):
    undertaking = make_pledge().undertakings.get()
    first = make_assessment(undertaking, "in_progress")
    make_assessment(undertaking, "met")
    with pytest.raises(publishing.Refused, match="newer assessment is shown"):
        publishing.confirm(first, by=reviewer)


def test_a_withdrawn_assessment_is_not_confirmed(graph, withdraw, reviewer):
    withdraw(graph["verdict"])
    with pytest.raises(publishing.Refused, match="can be confirmed"):
        publishing.confirm(graph["verdict"], by=reviewer)


def test_a_source_stops_naming_the_pledge_that_is_withdrawn(source, make_pledge, withdraw):
    pledge = make_pledge("promise")
    source.statements.create(quote="We will.").pledges.add(pledge)
    publishing.record(source)
    withdraw(pledge)
    entry = LedgerEntry.objects.for_record(source).order_by("-seq").first()
    assert entry.action == "record"
    assert entry.payload.body["statements"][0]["pledges"] == []
    assert entry.note == "No longer tracked as a pledge: promise."


@pytest.mark.django_db(transaction=True)
def test_the_ledger_holds_after_a_cascade_and_a_new_start(graph, withdraw, reviewer, settle):
    withdraw(graph["summit"], cascade=True)
    assert list(verify()) == []
    for name in ("summit", "pledge"):
        settle(records.reopen(graph[name], by=reviewer))
    # The pledge brought it back.
    settle(graph["proof"])
    assert list(verify()) == []
