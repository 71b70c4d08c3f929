"""Five hundred summits and five thousand pledges: the timeline stays small, and costs what ten
summits cost.
"""

from datetime import date, timedelta

import pytest

from commitments import models
from commitments.importing import statistics
from commitments.timeline.reading import MOST_LINES, MOST_MARKS

pytestmark = pytest.mark.django_db
VIEWS = ["zoom=decade", "zoom=year&from=2014", "zoom=month&from=2016-01", "zoom=month&from=2015-06"]
LATER = ["zoom=month&from=2020-01", "zoom=year&from=2024"]
LONG = "A long name, as names of such meetings are: the number "
TOO_MUCH = 200_000


@pytest.fixture
def fill(japan, source, make_party):
    """Write rows past publishing, as many as asked for, over `years` years from 2016 on: here their
    number matters.
    """
    allies = [japan, make_party("france"), make_party("canada")]

    def fill(numbers, *, years, each=10, series=30):
        row = {"state": "published"}
        lanes = [
            models.SummitSeries.objects.get_or_create(
                slug=f"series-{n}", defaults={"name": f"Series {n}", **row}
            )[0]
            for n in range(min(series, len(numbers)))
        ]
        summits = models.Summit.objects.bulk_create(
            models.Summit(slug=f"summit-with-a-long-name-{n}", name=f"{LONG}{n}", kind="bilateral", **row,
                          series=lanes[n % len(lanes)], starts_on=first, ends_on=first)
            for n in numbers for first in [date(2016, 1, 1) + timedelta(days=n * 365 * years // 500)]
        )  # fmt: skip
        pledges = models.Pledge.objects.bulk_create(
            models.Pledge(slug=f"{summit.slug}-pledge-{n}", title=f"{LONG}{n}, of what is promised", quote="We will.",
                          source=source, made_on=summit.starts_on, stated_by=japan, attribution="joint_text",
                          modality="commits", kind="trade", summit=summit, deadline_precision="day",
                          deadline=summit.starts_on + timedelta(days=100 * n), **row)
            for summit in summits for n in range(1, each + 1)
        )  # fmt: skip
        statuses = ["met", "not_met", "partly_met", "in_progress", "off_track", "", "unverifiable"]
        models.Undertaking.objects.bulk_create(
            models.Undertaking(slug=f"{pledge.slug}--{party.slug}", pledge=pledge, party=party, shown_status=status,
                               shown_by="ours" if status else "")
            for number, pledge in enumerate(pledges) for place, party in enumerate(allies)
            for status in [statuses[(number + place) % 7]]
        )  # fmt: skip
        statistics.gather(statistics.MANY)

    return fill


@pytest.mark.once
@pytest.mark.parametrize("years", [1, 10])
def test_five_hundred_summits_stay_small_and_cost_what_ten_cost(fill, client, statements, years):
    fill(range(10), years=years)
    addresses = [f"/summits/?{view}" for view in VIEWS]
    few = {address: statements(address) for address in addresses}
    fill(range(10, 500), years=years)
    assert {address: statements(address) for address in addresses} == few
    assert set(few.values()) == {6}
    sizes = {view: len(client.get(f"/summits/?{view}").content) for view in VIEWS + LATER}
    assert max(sizes.values()) < TOO_MUCH, sizes


@pytest.mark.parametrize(
    "summits, each, lines, marks",
    [
        pytest.param(
            MOST_LINES // 2, 2, MOST_LINES, MOST_LINES // 2, id="as many lines as there may be"
        ),
        pytest.param(
            MOST_LINES // 2 + 1,
            2,
            0,
            MOST_LINES // 2 + 1,
            id="one more pledge: a bar for each summit",
        ),
        pytest.param(MOST_MARKS, 1, MOST_MARKS, MOST_MARKS, id="as many marks as there may be"),
    ],
)
def test_what_is_dense_is_drawn_together(fill, read, summits, each, lines, marks):
    fill(range(summits), years=10, each=each, series=5)
    text = read("/summits/")
    assert text.count('<a class="line ') == lines
    assert text.count('<a class="mark"') == marks
    assert len(text.encode()) < TOO_MUCH


def test_many_summits_share_marks_that_lead_closer(fill, read):
    fill(range(MOST_MARKS + 1), years=250, each=1, series=1)
    text = read("/summits/?zoom=decade&from=2000")
    assert text.count('<a class="mark"') == 6
    assert "<b>20 summits</b> 2020" in text
    assert 'href="?zoom=year&amp;from=2020-01#timeline"' in text


def test_in_a_crowded_month_the_list_is_closer(fill, read):
    fill(range(MOST_MARKS + 1), years=1, each=1, series=1)
    assert 'href="?view=list&amp;year=2016"' in read("/summits/?zoom=month&from=2016-01")


def test_small_series_share_a_lane_where_there_are_many(fill, read):
    fill(range(60), years=10, each=1)
    text = read("/summits/")
    assert text.count('<li class="lane">') == 13
    assert text.count(">Other summits<") == 1
