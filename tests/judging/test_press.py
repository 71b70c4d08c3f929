"""What is known from the press alone: a joint text is not, and a closed verdict has low confidence."""

from datetime import date

import pytest

from commitments.judging.integrity import find_broken_rules

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
FINDING = {"definitions": [{"finding": {"status": "met"}}]}


def is_broken(rule, record):
    return rule in [broken.rule for broken in find_broken_rules(record, today=TODAY)]


@pytest.mark.parametrize(
    "tier, attribution, warned",
    [
        ("press", "joint_text", True),
        ("primary_official", "joint_text", False),
        ("press", "own_statement", False),
    ],
)
def test_a_joint_text_is_not_quoted_from_the_press(
    make_source, make_pledge, tier, attribution, warned
):
    words = make_source("words", tier=tier)
    pledge = make_pledge(source=words, attribution=attribution)
    assert is_broken("joint_text_from_the_press", pledge) == warned


@pytest.mark.parametrize(
    "tiers, fields, warned",
    [
        pytest.param(["press"], {}, True, id="a report"),
        pytest.param(["press", "press"], {}, True, id="two reports"),
        pytest.param(["press", "primary_official"], {}, False, id="a text beside it"),
        pytest.param(["press"], {"confidence": "low"}, False, id="low confidence"),
        pytest.param(["press"], {"status": "on_track"}, False, id="left open"),
        pytest.param(["press"], {"findings": FINDING}, False, id="the rule finds the same"),
        pytest.param([], {"confidence": "high"}, False, id="no proof at all"),
    ],
)
def test_a_verdict_closed_on_press_alone_has_low_confidence(
    make_source, make_pledge, make_evidence, make_assessment, tiers, fields, warned
):
    pledge = make_pledge()
    proof = []
    for number, tier in enumerate(tiers):
        source = make_source(f"source-{number}", tier=tier)
        proof.append(make_evidence(pledge, f"proof-{number}", source=source))
    undertaking = pledge.undertakings.get()
    fields = {"status": "met", **fields}
    verdict = make_assessment(undertaking, evidence=proof, state="draft", **fields)
    assert is_broken("closed_on_press_alone", verdict) == warned
