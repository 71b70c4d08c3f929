"""What the rule finds stands beside the form of a pledge, an undertaking and an assessment."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commitments.models import Assessment, Undertaking
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db
RULE = '<b>The rule says:</b> <em class="found">'
ADD = "/admin/commitments/assessment/add/?undertaking="


@shared
def pledge(settle, make_pledge, make_party, make_figures, japan):
    """Two per cent in 2025: Japan met it by its budget, then not by the outturn; by a wider
    definition it never did.
    """
    narrow = make_figures("narrow", (japan, 2025, "2.04", "budget"))
    wide = make_figures("wide", (japan, 2025, "1.80"))
    pledge = make_pledge("two-per-cent", parties=[japan, make_party("france")], state="draft")
    for role, label, one in [("primary", "Narrow", narrow), ("alternative", "Wide", wide)]:
        pledge.targets.create(
            role=role, label=label, kind="stand", indicator=one, value=Decimal(2), due=date(2025, 12, 31),
            accepts=["actual", "budget"],
        )  # fmt: skip
    return settle(pledge)


@pytest.fixture
def part(pledge):
    return pledge.undertakings.select_related("party", "pledge").get(party__slug="japan")


def shown(client, page):
    answer = client.get(page)
    assert answer.status_code == 200
    return " ".join(answer.html().split())


def test_the_rule_stands_beside_a_new_assessment_as_of_today(at_desk, part, researcher):
    text = shown(at_desk(researcher), f"{ADD}{part.pk}")
    assert f"{RULE}met</em>, 2.04% in 2025, budget basis; provisional" in text
    assert (
        'Wide: <em class="found">not met</em>, 1.8% in 2025 <b class="flips">The verdict flips</b>'
        in text
    )
    assert f'datetime="{timezone.now().date()}"' in text


def test_it_is_as_of_the_day_judged(at_desk, save, address, part, researcher):
    client = at_desk(researcher)
    # The day before the release nothing was known.
    page = f"{ADD}{part.pk}&as_of=2026-01-14"
    assert f"{RULE}in progress</em></p>" in shown(client, page)
    typed = {"status": "met", "confidence": "low", "rationale": "So.", "as_of": "2026-01-15"}
    saved = save(client, page, **typed, _continue="yes")
    made = Assessment.objects.get()
    assert saved["Location"].startswith(address(made))
    assert f"{RULE}met</em>" in shown(client, address(made))
    # Once it is out of hands it still stands there, as of its day.
    Assessment.objects.update(state="in_review", as_of=date(2026, 1, 14))
    assert f"{RULE}in progress</em>" in shown(client, address(made))


@pytest.mark.parametrize("day", ["", "never", "2026-99-99"])
def test_a_day_that_is_none_does_not_hide_it(at_desk, part, day, researcher):
    assert f"{RULE}met</em>" in shown(at_desk(researcher), f"{ADD}{part.pk}&as_of={day}")


def test_another_status_is_not_saved_without_a_reason_and_nothing_typed_is_lost(
    at_desk, save, errors, address, part, researcher
):
    client = at_desk(researcher)
    typed = {
        "status": "not_met",
        "confidence": "low",
        "as_of": "2026-02-01",
        "rationale": "By the wide definition.",
    }
    refused = save(client, f"{ADD}{part.pk}", **typed)
    [sentence] = errors(refused)
    assert (
        "The rule finds “Met” as of 2026-02-01 (2.04 against 2), and this says “Not met”."
        in sentence
    )
    assert "By the wide definition." in refused.html()
    assert not Assessment.objects.exists()
    assert (
        save(
            client, f"{ADD}{part.pk}", **typed, differs_because="Pensions are left out."
        ).status_code
        == 302
    )
    made = Assessment.objects.get()
    assert (made.differs_because, made.method) == ("Pensions are left out.", "judgement")
    again = save(client, address(made), status="met")
    assert "no difference to explain" in errors(again)[0]


def test_a_status_that_no_rule_contradicts_needs_no_reason(
    at_desk, save, part, make_pledge, researcher
):
    client = at_desk(researcher)
    typed = {
        "confidence": "low",
        "as_of": str(timezone.now().date() - timedelta(days=1)),
        "rationale": "So.",
    }
    other = make_pledge("words-only").undertakings.get()
    assert save(client, f"{ADD}{part.pk}", status="met", **typed).status_code == 302
    assert save(client, f"{ADD}{other.pk}", status="stalled", **typed).status_code == 302
    assert "The rule" not in shown(client, f"{ADD}{other.pk}").replace("from the rule", "")


def test_it_stands_beside_a_pledge_party_by_party_and_on_the_page_of_each_undertaking(
    at_desk, address, pledge, part, researcher
):
    client = at_desk(researcher)
    text = shown(client, address(pledge))
    assert 'Japan</a>: <em class="found">met</em>, 2.04% in 2025, budget basis; provisional' in text
    assert (
        '<b class="flips">Flips</b> under Wide: <em class="found">not met</em>, 1.8% in 2025'
        in text
    )
    assert 'France</a>: <em class="found">in progress</em>' in text
    own = shown(client, address(part))
    assert f"{RULE}met</em>, 2.04% in 2025, budget basis; provisional" in own
    assert f"?undertaking={part.pk}" in own
    assert f'href="{address(part)}' in shown(client, address(Undertaking, "changelist"))


def test_a_draft_of_a_pledge_has_it_too(at_desk, address, pledge, researcher):
    type(pledge).objects.filter(pk=pledge.pk).update(state="draft")
    assert 'Japan</a>: <em class="found">met</em>' in shown(at_desk(researcher), address(pledge))


def test_beside_a_pledge_it_costs_the_same_for_many_parties(
    at_desk, address, settle, make_pledge, make_party, make_figures, reviewer
):
    client, costs = at_desk(reviewer), []
    for name, size in [("few", 3), ("many", 30)]:
        parties = [make_party(f"{name}-{number}") for number in range(size)]
        pledge = make_pledge(name, parties=[], state="draft")
        pledge.targets.create(
            kind="stand", value=Decimal(2), due=date(2025, 12, 31), label="Share",
            indicator=make_figures(name, *((party, 2025, "2.00") for party in parties)),
        )  # fmt: skip
        for party in parties:
            pledge.undertakings.create(party=party, slug=f"{name}--{party.slug}")
        admin = client.get(address(pledge)).context["adminform"].model_admin
        with CaptureQueriesContext(connection) as captured:
            assert len(admin.load_side_context(None, pledge, None)["ruled"]) == size
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 3


def test_the_rule_says_of_an_event_whether_it_happened(
    at_desk, settle, make_pledge, make_evidence, researcher
):
    pledge = make_pledge("treaty", state="draft")
    pledge.targets.create(kind="milestone", label="Signed", due=date(2026, 4, 26))
    settle(pledge)
    make_evidence(pledge, is_milestone=True, happened_on=date(2026, 4, 10))
    text = shown(at_desk(researcher), f"{ADD}{pledge.undertakings.get().pk}")
    assert f"{RULE}met</em>, it happened" in text
    assert "10 April 2026" in text
