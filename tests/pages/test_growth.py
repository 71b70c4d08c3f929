"""A page costs as many statements with two hundred rows as with ten."""

from datetime import date

import pytest
from django.core.management import call_command

from commitments import models
from commitments.importing import statistics
from tests.fixtures.addresses import knows_parameter, list_public_addresses
from tests.fixtures.records import withdraw

DAY = date(2025, 10, 28)
VIEWS = [
    "/summits/?view=list",
    "/summits/?zoom=month&from=2025&summit=summit-0",
    "/pledges/?q=pledge",
    "/pledges/?q=pledge&party=japan&status=met",
    "/pledges.csv?party=japan",
    "/calendar/?when=undated",
    "/scoreboard/?kind=trade",
    "/scoreboard/?sort=-score",
    "/compare/?party=japan",
    "/compare/?party=japan&party=united-states",
    "/compare/?summit=summit-0&summit=summit-2",
]
DAY_ASKED = "as_of=2025-12-01"


def list_addresses():
    """Return every page and view; where it can look back, as of a day too, also narrowed by the
    verdicts of then.
    """
    share = models.Indicator.objects.get(slug="share")
    addresses = [*list_public_addresses(indicator=share), *VIEWS]
    looking_back = [
        f"{address}{'&' if '?' in address else '?'}{DAY_ASKED}"
        for address in addresses
        if knows_parameter(address, "as_of")
    ]
    narrowed = [f"/pledges/?overdue=false&{DAY_ASKED}", f"/summits/summit-0/matrix.csv?{DAY_ASKED}"]
    return [*addresses, *looking_back, *narrowed]


def published(model, **fields):
    """Write rows past publishing: here only their number matters."""
    return lambda numbers: model.objects.bulk_create(
        model(
            state="published",
            **{name: value(n) if callable(value) else value for name, value in fields.items()},
        )
        for n in numbers
    )


@pytest.fixture
def grow(japan, source, make_topic, make_party):
    united_states, topic = make_party("united-states"), make_topic()
    indicators = published(
        models.Indicator, slug=lambda n: f"indicator-{n}" if n else "share", name=lambda n: f"Indicator {n}", unit="%",
        definition="All.", publisher="Office", frequency="annual",
    )  # fmt: skip
    leaders = published(models.Leader, slug=lambda n: f"leader-{n}", name=lambda n: f"Leader {n}")
    summits = published(
        models.Summit, slug=lambda n: f"summit-{n}", name=lambda n: f"Summit {n}", kind="bilateral",
        starts_on=DAY, ends_on=DAY,
    )  # fmt: skip
    parties = published(
        models.Party, slug=lambda n: f"party-{n}", name=lambda n: f"Party {n}", kind="state"
    )

    def grow(numbers):
        first, people = summits(numbers), leaders(numbers)
        models.Tenure.objects.bulk_create(
            models.Tenure(leader=one, party=japan, office="Office") for one in people
        )
        pledges = published(
            models.Pledge, slug=lambda n: f"pledge-{n}", title=lambda n: f"Pledge {n}", quote="A pledge.",
            source=source, made_on=DAY, stated_by=japan, attribution="joint_text", modality="commits", kind="trade",
            summit=lambda n: models.Summit.objects.get(slug="summit-0") if n % 2 else first[n - numbers[0]],
            stated_by_leader=lambda n: models.Leader.objects.get(slug="leader-0"),
            deadline=date(2027, 1, 1), deadline_precision="day",
        )(numbers)  # fmt: skip
        models.Undertaking.objects.bulk_create(
            models.Undertaking(slug=f"{pledge.slug}--{party.slug}", pledge=pledge, party=party,
                               shown_status="met" if party == japan else "", shown_by="ours" if party == japan else "")
            for pledge in pledges for party in [japan, united_states, *parties([pledge.slug])]
        )  # fmt: skip
        for pledge in pledges:
            pledge.topics.add(topic)
        indicators(numbers)
        share = models.Indicator.objects.get(slug="share")
        releases = published(
            models.Release,
            slug=lambda n: f"release-{n}",
            title="Tables",
            indicator=share,
            released_on=DAY,
        )(numbers)
        models.Observation.objects.bulk_create(
            models.Observation(release=release, party=party, period_start=date(2024, 1, 1), decimals=2, kind="actual",
                               period_end=date(2024, 12, 31), value=pledge.pk)
            for release, pledge in zip(releases, pledges, strict=True) for party in (japan, united_states)
        )  # fmt: skip
        models.Target.objects.bulk_create(
            models.Target(pledge=pledge, label="Share", kind="reach", indicator=share, value=2)
            for pledge in pledges
        )
        call_command("rebuild_search")
        statistics.gather(statistics.MANY)

    return grow


@pytest.mark.once
def test_lists_cost_the_same_with_two_hundred_rows_as_with_ten(grow, statements):
    grow(range(10))
    addresses = list_addresses()
    few = {address: statements(address) for address in addresses}
    grow(range(10, 200))
    assert {address: statements(address) for address in addresses} == few
    assert few["/pledges/"] <= 14
    assert few["/summits/"] <= 6
    assert few["/summits/?view=list"] <= 6
    assert few["/scoreboard/"] <= 9
    assert few["/compare/?party=japan&party=united-states"] <= 13
    assert few["/compare/?summit=summit-0&summit=summit-2"] <= 13
    assert few["/calendar/"] <= 7
    assert few["/indicators/share/"] <= 5


@pytest.mark.once
def test_the_ledger_costs_one_statement_for_each_type_of_record_met(
    statements, make_topic, make_party, reviewer
):
    def publish(numbers):
        for number in numbers:
            topic, _party = make_topic(f"topic-{number}"), make_party(f"party-{number}")
            if number % 10 == 0:
                withdraw(topic, by=reviewer, note="Entered twice.")

    publish(range(10))
    month = f"month={models.LedgerEntry.objects.first().recorded_at:%Y-%m}"
    addresses = [
        "/changes/?kind=all",
        f"/changes/?kind=all&{month}&party=party-0",
        f"/corrections/?{month}",
    ]
    few = {address: statements(address) for address in addresses}
    publish(range(10, 200))
    assert {address: statements(address) for address in addresses} == few
    assert list(few.values()) == [11, 12, 8]


@pytest.mark.once
def test_a_pledge_page_costs_the_same_with_twenty_parties(
    statements, japan, make_pledge, make_party, make_evidence, make_assessment
):
    small = make_pledge("small", parties=[japan, make_party("france")])
    make_assessment(small.undertakings.first(), "met")
    large = make_pledge(
        "large", parties=[japan, *(make_party(f"ally-{number}") for number in range(20))]
    )
    for undertaking in large.undertakings.all():
        make_assessment(undertaking, "met", evidence=[make_evidence(large)])
    assert statements(large.get_absolute_url()) == statements(small.get_absolute_url()) <= 12
