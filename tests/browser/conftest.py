"""A record with something on every page, every page's address, and what the browser has to complain
of.
"""

import itertools
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe, AxeResults

from commitments import models
from commitments.ledger.freshness import read_head
from tests.fixtures.addresses import list_public_addresses
from tests.fixtures.kept import Kept, keep, kept_fixture


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker):
    kept = Kept()
    yield kept
    with django_db_blocker.unblock():
        kept.drop()


@pytest.fixture
def _django_db_helper(request, kept, django_db_blocker):
    """Leave the database as it is between two tests that begin with the same kept record."""
    wanted = kept_fixture(request.node)
    with django_db_blocker.unblock():
        if kept.fixture is not wanted or kept.value is None:
            kept.drop()
        if wanted is None:
            yield request.getfixturevalue("_django_db_helper")
        else:
            yield


@keep
def record(
    japan,
    settle,
    make_party,
    make_summit,
    make_leader,
    make_pledge,
    make_assessment,
    make_evidence,
    make_topic,
):
    leader = make_leader(
        native_name="高市早苗", tenures=[{"party": japan, "office": "Prime Minister of Japan"}]
    )
    summit = make_summit(parties=[japan], name_ja="日米首脳会談")
    pledge = make_pledge(
        "japan-2025-defence-2pct", title="Defence spending at 2% of GDP", summit=summit, stated_by_leader=leader,
        topics=[make_topic()], quote="増額する", quote_language="ja", translation="will increase",
        translated_by="ours", deadline=date(2026, 3, 31), deadline_precision="month",
        parties=[japan, make_party("united-states")],
    )  # fmt: skip
    make_pledge("in-paris", summit=make_summit("paris-2026"), topics=pledge.topics.all())
    proof = make_evidence(pledge, excerpt="eleven trillion yen", excerpt_language="en")
    make_assessment(
        pledge.undertakings.get(party=japan),
        "met",
        caveat="On budget basis; outturn pending.",
        evidence=[proof],
    )
    indicator = settle(
        models.Indicator.objects.create(
            slug="share", name="Defence spending", unit="% of GDP", definition="All of it.", publisher="The Office",
            frequency="fiscal_year",
        )
    )  # fmt: skip
    # Owes nothing: the pledge shows one party's chart, the indicator a column for each.
    outsider = make_party("canada")
    for year, value in ((2025, "1.60"), (2026, "1.58")):
        release = models.Release.objects.create(
            slug=f"share-{year}",
            indicator=indicator,
            released_on=date(year, 5, 1),
            title=f"Tables of {year}",
        )
        for party in (japan, outsider):
            release.observations.create(
                party=party, period_start=date(2024, 4, 1), period_end=date(2025, 3, 31), value=value, decimals=2,
                kind="actual",
            )  # fmt: skip
        settle(release)
    release = models.Release.objects.create(
        slug="share-by-kind", indicator=indicator, released_on=date(2025, 12, 1), title="Tables"
    )
    for year, kind in [(2023, "actual"), (2024, "estimate"), (2025, "budget")]:
        release.observations.create(
            party=japan, period_start=date(year, 4, 1), period_end=date(year + 1, 3, 31), value="1.6", decimals=1,
            kind=kind,
        )  # fmt: skip
    settle(release)
    allies = [make_party(f"ally-{number}") for number in range(5)]
    for number, ally in enumerate(allies):
        release.observations.create(
            party=ally, period_start=date(2025, 4, 1), period_end=date(2026, 3, 31), value=number, decimals=0,
            kind="actual",
        )  # fmt: skip
    for measured in (pledge, make_pledge("together", parties=allies)):
        measured.targets.create(
            label="Share of GDP", kind="stand", indicator=indicator, value=2, due=date(2026, 3, 31),
            baseline_value=1, baseline_period="2020", accepts=["actual", "budget"],
        )  # fmt: skip
    make_pledge("unrelated", title="250 cherry trees")
    late = make_pledge(
        "late", parties=allies[:1], deadline=date(2025, 11, 30), deadline_precision="day"
    )
    make_assessment(
        late.undertakings.get(), "not_met", as_of=date(2026, 10, 1), late=True, done_on=date(2026, 9, 30),
        done_on_precision="month",
    )  # fmt: skip
    return {
        "pledge": pledge,
        "summit": summit,
        "leader": leader,
        "party": japan,
        "indicator": indicator,
    }


@pytest.fixture
def complaints(page, live_server):
    """Collect what the browser has to say: errors, refused resources, requests to anybody else."""
    said = []
    page.on(
        "console",
        lambda message: said.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(live_server.url) else said.append(request.url)
        ),
    )
    return said


@pytest.fixture
def addresses(record):
    """One address for every template of a page, and those of its views that look otherwise."""
    pledge = record["pledge"].get_absolute_url()
    views = [
        "/pledges/?q=defence&party=japan",
        "/pledges/?status=met&party=japan",
        "/summits/?view=list",
        "/calendar/?when=passed",
        "/calendar/?when=undated",
        "/compare/?party=japan&party=united-states",
        "/compare/?summit=tokyo-2025&summit=paris-2026",
        f"{pledge}at/{read_head()}/",
        f"{pledge}?as_of=2025-12-01",
        f"{pledge}?as_of=1950-01-01",
        f"{pledge}figures/",
        "/pledges/late/",
        "/pledges/together/",
        "/pledges/together/figures/",
    ]
    return [*list_public_addresses(**record), *views]


# What another palette can break: at each width, the rest of the rules reads the same page.
COLOURS = ["color-contrast", "link-in-text-block"]
# One that began before motion was reduced still runs on a quick machine.
FINISH_TRANSITIONS = """
    document.getAnimations()
        .filter(animation => animation instanceof CSSTransition)
        .forEach(transition => transition.finish())
"""


@pytest.fixture
def hold_to_the_rules(page):
    """Hold a page to axe's rules, light and dark, at two widths, at none of which it may scroll
    sideways.

    Each width is looked at by all rules in one of the palettes, and by those of colour in the other.
    """
    axe = Axe()

    def hold_to_the_rules(address, *, widths):
        if page.url != address:
            page.goto(address)
        page.evaluate(
            "document.querySelectorAll('details').forEach(details => details.open = true)"
        )
        page.evaluate(axe.axe_script)
        fully = [*zip(["light", "dark"], widths, strict=True)]
        for scheme, width in itertools.product(["light", "dark"], widths):
            # A colour on its way to another is no fault of the page.
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.evaluate(FINISH_TRANSITIONS)
            page.set_viewport_size({"width": width, "height": 800})
            rules = {} if (scheme, width) in fully else {"runOnly": COLOURS}
            found = AxeResults(page.evaluate("axe.run", {"resultTypes": ["violations"], **rules}))
            assert found.violations_count == 0, (
                f"{address} ({scheme}, {width})\n{found.generate_report()}"
            )
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address

    return hold_to_the_rules
