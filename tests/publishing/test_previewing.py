from datetime import date

import pytest

from commitments import publishing
from commitments.models import Assessment, Evidence, LedgerEntry, Pledge, Summit, Undertaking
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db


@shared
def draft(make_pledge, make_summit, make_assessment, make_evidence):
    summit = make_summit(state="draft")
    pledge = make_pledge(summit=summit, state="draft")
    proof = make_evidence(pledge, state="draft")
    make_assessment(pledge.undertakings.get(), "met", state="draft", evidence=[proof])
    return pledge


def test_inside_the_preview_the_draft_its_references_and_its_proof_are_public(draft):
    with publishing.as_if_published(draft):
        assert Pledge.objects.published().get() == draft
        assert Summit.objects.published().exists()
        assert Evidence.objects.published().exists()
        assert Assessment.objects.published().exists()
        assert Undertaking.objects.get().status == "met"


def test_previewing_a_summit_shows_its_draft_pledges(draft):
    with publishing.as_if_published(draft.summit):
        assert Pledge.objects.published().get() == draft


def test_nothing_of_a_preview_is_left(draft):
    with publishing.as_if_published(draft):
        pass
    for model in (Pledge, Summit, Evidence, Assessment):
        assert not model.objects.published().exists()
    assert Undertaking.objects.get().status == "not_assessed"
    assert not LedgerEntry.objects.for_record(draft).exists()


def test_a_preview_that_fails_leaves_nothing_either(draft):
    with pytest.raises(ZeroDivisionError), publishing.as_if_published(draft):
        raise ZeroDivisionError
    assert not Pledge.objects.published().exists()


def test_a_preview_says_what_the_rule_found_where_a_draft_differs(draft, make_figures, japan):
    indicator = make_figures("share", (japan, 2024, "1.90"), released_on=date(2025, 6, 1))
    draft.targets.create(
        label="Share", kind="stand", indicator=indicator, value=2, due=date(2024, 12, 31)
    )
    Assessment.objects.update(differs_because="By a gift.")
    with publishing.as_if_published(draft):
        assert Assessment.objects.published().get().rule_found["status"] == "not_met"
    assert Assessment.objects.get().findings == {}
