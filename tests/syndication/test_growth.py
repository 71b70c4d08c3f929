"""Every answer costs as many statements with two hundred rows as with ten."""

from datetime import date

import pytest
from django.utils import timezone

from commitments import models
from commitments.importing import statistics
from commitments.ledger.freshness import read_head

pytestmark = pytest.mark.django_db
DAY = date(2025, 10, 28)
# The most that each may cost.
ADDRESSES = {
    "/feeds/changes.atom": 8,
    "/feeds/corrections.atom": 2,
    "/feeds/summits/summit-0.atom": 8,
    "/feeds/parties/japan.atom": 9,
    "/feeds/topics/defence.atom": 8,
    "/feeds/pledges/pledge-0.atom": 7,
    "/calendar.ics": 9,
    "/parties/japan/calendar.ics": 10,
    "/sitemap.xml": 18,
    "/robots.txt": 1,
    "/embed/pledges/pledge-0/": 3,
    "/embed/pledges/pledge-0/chart/": 6,
}


@pytest.fixture
def grow(japan, source, researcher, reviewer, make_topic, make_party, make_figures):
    """Write pledges of two parties with a verdict, evidence and a figure each, their summits, and
    ledger entries.
    """
    topic, france = make_topic(), make_party("france")
    indicator = make_figures("share", (japan, 2024, "1.8"), (japan, 2025, "1.9"))

    def grow(numbers):
        summits = models.Summit.objects.bulk_create(
            models.Summit(slug=f"summit-{n}", name=f"Summit {n}", kind="bilateral", starts_on=DAY, ends_on=DAY,
                          state="published") for n in numbers
        )  # fmt: skip
        models.Participation.objects.bulk_create(
            models.Participation(summit=one, party=japan) for one in summits
        )
        first = models.Summit.objects.get(slug="summit-0")
        pledges = models.Pledge.objects.bulk_create(
            models.Pledge(slug=f"pledge-{n}", title=f"Pledge {n}", quote="A pledge.", source=source, made_on=DAY,
                          stated_by=japan, attribution="joint_text", modality="commits", kind="trade", summit=first,
                          deadline=date(2027, 1, 31), deadline_precision="month", state="published") for n in numbers
        )  # fmt: skip
        owed = models.Undertaking.objects.bulk_create(
            models.Undertaking(slug=f"{one.slug}--{party.slug}", pledge=one, party=party)
            for one in pledges for party in (japan, france)
        )  # fmt: skip
        verdicts = models.Assessment.objects.bulk_create(
            models.Assessment(slug=f"{one.slug}-verdict", undertaking=one, status="on_track", confidence="high",
                              rationale="So.", as_of=DAY, assessor=researcher, reviewer=reviewer, published_seq=1,
                              state="published") for one in owed
        )  # fmt: skip
        proof = models.Evidence.objects.bulk_create(
            models.Evidence(slug=f"{one.slug}-proof", pledge=one, source=source, stance="context", finding="So.",
                            happened_on=DAY, state="published") for one in pledges
        )  # fmt: skip
        notes = models.SearchNote.objects.bulk_create(
            models.SearchNote(slug=f"{one.slug}-search", pledge=one, searched_on=DAY, places="There.",
                              not_found="It.", state="published") for one in pledges
        )  # fmt: skip
        models.Target.objects.bulk_create(
            models.Target(pledge=one, label="Share", kind="reach", indicator=indicator, value=2)
            for one in pledges
        )
        for one in pledges:
            one.topics.add(topic)
        enter([*summits, *pledges, *verdicts, *proof, *notes])
        statistics.gather(statistics.MANY)

    return grow


def enter(records):
    """Add an entry of each to the ledger, past publishing: here only their number matters."""
    models.LedgerEntry.objects.bulk_create(
        models.LedgerEntry(seq=seq, recorded_at=timezone.now(), action="publish", hash=f"{seq:064}",
                           record_type=one._meta.model_name, record_slug=one.slug)
        for seq, one in enumerate(records, start=read_head() + 1)
    )  # fmt: skip
    models.LedgerHead.objects.update(seq=read_head() + len(records))


@pytest.mark.once
def test_answers_cost_no_more_with_two_hundred_rows_than_with_ten(grow, statements):
    grow(range(10))
    few = {address: statements(address) for address in ADDRESSES}
    grow(range(10, 200))
    # Fewer it may be: of a long ledger the newest entries speak of fewer kinds of record.
    assert {
        address: cost for address in ADDRESSES if (cost := statements(address)) > few[address]
    } == {}
    assert {
        address: few[address] for address in ADDRESSES if few[address] > ADDRESSES[address]
    } == {}
