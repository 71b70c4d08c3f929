"""Every answer costs as many statements with two hundred rows as with ten."""

from datetime import date

import pytest

from commitments import models

pytestmark = pytest.mark.django_db
DAY = date(2025, 10, 28)
ADDRESSES = [
    "/feeds/changes.atom",
    "/feeds/corrections.atom",
    "/feeds/summits/tokyo-2025.atom",
    "/feeds/parties/japan.atom",
    "/feeds/topics/defence.atom",
    "/feeds/pledges/pledge-0.atom",
    "/calendar.ics",
    "/parties/japan/calendar.ics",
    "/sitemap.xml",
    "/robots.txt",
]
MOST = {
    "/feeds/changes.atom": 6,
    "/feeds/summits/tokyo-2025.atom": 8,
    "/calendar.ics": 5,
    "/parties/japan/calendar.ics": 6,
    "/sitemap.xml": 16,
    "/robots.txt": 1,
}


@pytest.fixture
def grow(japan, source, make_summit, make_topic, make_party, settle, reviewer, researcher, gather_statistics):
    """Publish pledges of two parties with a verdict and evidence each, and summits, all through the ledger."""
    summit, topic, france = make_summit(parties=[japan]), make_topic(), make_party("france")

    def grow(numbers):
        for number in numbers:
            pledge = models.Pledge.objects.create(
                slug=f"pledge-{number}", title=f"Pledge {number}", quote="A pledge.", source=source, made_on=DAY,
                stated_by=japan, attribution="joint_text", modality="commits", kind="trade", summit=summit,
                deadline=date(2027, 1, 1), deadline_precision="month",
            )  # fmt: skip
            for party in (japan, france):
                owed = models.Undertaking(pledge=pledge, party=party)
                owed.clean()
                owed.save()
            pledge.topics.set([topic])
            settle(pledge)
            proof = models.Evidence.objects.create(
                slug=f"proof-{number}",
                pledge=pledge,
                source=source,
                stance="supports",
                finding="Done.",
                happened_on=DAY,
            )
            settle(proof)
            verdict = models.Assessment.objects.create(
                slug=f"verdict-{number}", undertaking=pledge.undertakings.get(party=japan), status="on_track",
                confidence="high", rationale="Because.", as_of=DAY, assessor=researcher,
            )  # fmt: skip
            settle(verdict)
            make_summit(f"summit-{number}", parties=[japan])
        gather_statistics()

    return grow


def test_answers_cost_the_same_with_two_hundred_rows_as_with_ten(grow, statements):
    grow(range(10))
    few = {address: statements(address) for address in ADDRESSES}
    grow(range(10, 200))
    assert {address: statements(address) for address in ADDRESSES} == few
    assert {address: few[address] for address in MOST if few[address] > MOST[address]} == {}
