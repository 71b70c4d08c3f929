"""A record with something on every page, for the tests of pages."""

from types import SimpleNamespace

from commitments import models
from tests.fixtures.shared import shared


@shared
def record(
    japan, make_summit, make_leader, make_pledge, make_assessment, make_topic, make_figures, settle
):
    """One published record of each kind that has a page, and what hangs on it."""
    leader = make_leader(
        native_name="高市早苗", tenures=[{"party": japan, "office": "Prime Minister of Japan"}]
    )
    summit = make_summit(parties=[japan], name_ja="日米首脳会談")
    pledge = make_pledge(summit=summit, stated_by_leader=leader, topics=[make_topic()])
    make_assessment(pledge.undertakings.get(), "met", caveat="On budget basis; outturn pending.")
    # Its name stands in the title of a drawing too, where no mark can say that it is English.
    indicator = models.Indicator.objects.create(
        slug="spending", name="Spending", name_ja="支出", unit="%", definition="All.", publisher="Office",
        frequency="annual",
    )  # fmt: skip
    settle(indicator)
    make_figures("spending", (japan, 2024, "1.80"))
    return SimpleNamespace(
        summit=summit, leader=leader, pledge=pledge, party=japan, indicator=indicator
    )
