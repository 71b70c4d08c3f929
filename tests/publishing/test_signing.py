"""Who signs another status than the rule finds says why, in public, beside what the rule had
found.
"""

from datetime import date

import pytest

from commitments import publishing
from commitments.models import Assessment, LedgerEntry, LedgerPayload
from commitments.publishing.verifying import verify
from commitments.verdicts.repeating import repeat
from tests.fixtures.records import amend
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 1)
REASON = "A gift that the statistics do not count would make up for it."


@shared
def part(settle, make_pledge, make_figures, japan):
    """Japan's part in a pledge of 2% in 2025, of which it fell short with 1.90."""
    pledge = make_pledge("share", state="draft")
    indicator = make_figures("share", (japan, 2025, "1.90"))
    pledge.targets.create(
        label="Share", kind="stand", indicator=indicator, value=2, due=date(2025, 12, 31)
    )
    return settle(pledge).undertakings.get()


@pytest.fixture
def judge(part, make_evidence, make_assessment):
    def judge(status, **fields):
        proof = [make_evidence(part.pledge)]
        defaults = {"as_of": DAY, "state": "draft", "evidence": proof}
        return make_assessment(part, status, **{**defaults, **fields})

    return judge


@pytest.fixture
def sign(researcher, reviewer):
    def sign(assessment):
        publishing.submit(assessment, by=researcher)
        return publishing.publish(assessment, by=reviewer)

    return sign


def test_another_status_than_the_rules_is_refused_without_a_reason_and_both_are_named(
    judge, researcher, reviewer
):
    draft = judge("met")
    with pytest.raises(publishing.Refused) as refusal:
        publishing.submit(draft, by=researcher)
    assert (
        "The rule finds “Not met” as of 2026-02-01 (1.90 against 2), and this says “Met”."
        in str(refusal.value)
    )
    Assessment.objects.filter(pk=draft.pk).update(state="in_review", submitted_by=researcher)
    with pytest.raises(publishing.Refused, match="Say why it differs"):
        publishing.publish(draft, by=reviewer)
    assert not LedgerEntry.objects.filter(record_type="assessment").exists()


@pytest.mark.django_db(transaction=True)
def test_with_a_reason_it_is_published_with_what_the_rule_found_and_anybody_can_repeat_that(
    judge, sign
):
    signed = sign(judge("met", differs_because=REASON))
    assert (signed.status, signed.rule_found["status"], signed.method) == (
        "met",
        "not_met",
        "judgement",
    )
    body = LedgerPayload.objects.get(entry__record_slug=signed.slug).body
    assert (body["form"], body["differs_because"]) == (4, REASON)
    [one] = body["findings"]["definitions"]
    assert one["inputs"]["as_of"] == "2026-02-01"
    assert repeat(one["inputs"]).as_json() == one["finding"] == signed.rule_found
    assert list(verify()) == []


def test_what_a_rule_had_drafted_and_a_person_signs_otherwise_is_no_verdict_by_rule(judge, sign):
    assert sign(judge("met", method="rule", differs_because=REASON)).method == "judgement"
    assert sign(judge("not_met", method="rule")).method == "rule"


def test_a_verdict_that_agrees_or_sees_what_no_rule_can_needs_no_reason(judge, sign):
    assert sign(judge("not_met")).findings == {}
    assert sign(judge("superseded")).findings == {}
    # On that day no figure was known.
    assert sign(judge("met", as_of=date(2026, 1, 14))).differs_because == ""


def test_what_is_signed_stands_whatever_figures_are_entered_later(
    part, judge, sign, make_figures, japan, reviewer
):
    signed = sign(judge("not_met"))
    make_figures("share", (japan, 2025, "2.10"), released_on=date(2026, 1, 20))
    pledge = part.pledge
    pledge.explanation = "It was a gift."
    pledge.save()
    assert amend(pledge, by=reviewer, note="Said what it was.")
    assert Assessment.objects.get(pk=signed.pk).state == "published"


def test_confirming_what_the_rule_contradicts_by_now_takes_a_note(
    judge, sign, make_figures, japan, reviewer
):
    signed = sign(judge("not_met"))
    assert publishing.confirm(signed, by=reviewer)
    make_figures("share", (japan, 2025, "2.10"), released_on=date(2026, 6, 1))
    with pytest.raises(publishing.Refused, match="The rule finds another status today"):
        publishing.confirm(signed, by=reviewer, note=" ")
    assert publishing.confirm(signed, by=reviewer, note="The revision counts a gift.")


@pytest.mark.django_db(transaction=True)
def test_a_verdict_published_before_there_were_reasons_still_holds(judge, sign, in_old_form):
    with in_old_form("assessment", 1):
        signed = sign(judge("not_met"))
    # Nobody was asked for an answer then.
    Assessment.objects.filter(pk=signed.pk).update(answer="")
    assert "differs_because" not in LedgerPayload.objects.get(entry__record_slug=signed.slug).body
    assert list(verify()) == []
    Assessment.objects.filter(pk=signed.pk).update(differs_because="Slipped in.")
    assert f"assessment {signed.slug} differs" in " ".join(verify())
