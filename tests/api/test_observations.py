"""Figures, release by release, and as they were known on a day."""

import base64
from datetime import date

import pytest

from commitments import models
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db
FIELDS = {
    *("indicator", "released_on", "release", "party", "period_start", "period_end"),
    *("value", "decimals", "kind", "note"),
}


@pytest.fixture
def make_release(settle, world):
    def make(slug, day, *figures, indicator=None, state="published"):
        release = models.Release.objects.create(
            slug=slug, indicator=indicator or world.indicator, released_on=day, title=slug
        )
        for party, year, value, *kind in figures:
            release.observations.create(
                party=party,
                period_start=date(year, 1, 1),
                period_end=date(year, 12, 31),
                value=value,
                decimals=1,
                kind=kind[0] if kind else "actual",
            )
        return settle(release, state)

    return make


@pytest.fixture
def figures(get):
    """Ask for observations: release, year and value of each."""

    def figures(query):
        answer = get(f"observations/?{query}")
        assert answer.status == 200, answer.body
        return [
            (row["release"], int(row["period_end"][:4]), row["value"])
            for row in answer.body["results"]
        ]

    return figures


@shared
def releases(make_release, world):
    make_release(
        "early",
        date(2024, 1, 1),
        (world.states, 2022, "3.1"),
        (world.states, 2023, "3.2", "estimate"),
    )
    make_release("late", date(2025, 1, 1), (world.states, 2022, "3.4"), (world.states, 2023, "3.3"))


def test_an_observation_has_these_fields_and_no_others(get, world):
    (row,) = get("observations/").body["results"]
    assert row == {
        "indicator": "spending",
        "release": "spending-2026",
        "released_on": "2026-01-05",
        "party": "japan",
        "period_start": "2025-04-01",
        "period_end": "2026-03-31",
        "value": "1.8",
        "decimals": 2,
        "kind": "budget",
        "note": "",
    }
    assert set(row) == FIELDS
    assert get("observations/1/").status == 404


@on_the_same_record(
    "query, found",
    [
        pytest.param("", [("early", 2022, "3.1"), ("early", 2023, "3.2"), ("late", 2022, "3.4"), ("late", 2023, "3.3")],
                     id="by release and period"),
        pytest.param("known_on=2024-12-31", [("early", 2022, "3.1"), ("early", 2023, "3.2")], id="the day before"),
        # The estimate of 2023 was never released again as an estimate: as such it still stands.
        pytest.param("known_on=2025-01-01", [("early", 2023, "3.2"), ("late", 2022, "3.4"), ("late", 2023, "3.3")],
                     id="the day it was released counts"),
        pytest.param("known_on=2023-12-31", [], id="nothing yet"),
        pytest.param("known_on=2025-01-01&release=early", [("early", 2023, "3.2")], id="what of a release still stood"),
        pytest.param("release=late", [("late", 2022, "3.4"), ("late", 2023, "3.3")], id="one release"),
        pytest.param("kind=estimate", [("early", 2023, "3.2")], id="one kind"),
        pytest.param("period_from=2023-01-01&kind=actual", [("late", 2023, "3.3")], id="begins that day"),
        pytest.param("period_from=2023-01-02", [], id="begins before"),
        pytest.param("period_to=2022-12-31", [("early", 2022, "3.1"), ("late", 2022, "3.4")], id="ends that day"),
        pytest.param("period_to=2022-12-30", [], id="ends after"),
        pytest.param("period=2023&kind=actual", [("late", 2023, "3.3")], id="one year"),
        pytest.param("period=2023-Q4", [], id="a quarter of it is another period"),
        pytest.param("period=FY2023", [], id="the indicator has no fiscal year"),
        pytest.param("ordering=-period_end&kind=actual", [("late", 2023, "3.3"), ("early", 2022, "3.1"),
                     ("late", 2022, "3.4")], id="newest period first"),
    ],
)  # fmt: skip
def test_what_the_filters_keep(figures, releases, query, found):
    assert figures(f"party=united-states&{query}") == found


def test_a_period_is_the_indicators_own(get, make_release, world, settle):
    """Japan's FY2025 begins in April, that of the United States in October of the year before."""
    about = {"unit": "%", "definition": "Some.", "publisher": "MoF", "frequency": "fiscal_year"}
    spans = {
        "april": (4, date(2025, 4, 1), date(2026, 3, 31)),
        "april-named-by-its-end": (4, date(2025, 4, 1), date(2026, 3, 31)),
        "october": (10, date(2024, 10, 1), date(2025, 9, 30)),
        "april-by-the-year": (4, date(2025, 1, 1), date(2025, 12, 31)),
        "quarterly": (None, date(2025, 7, 1), date(2025, 9, 30)),
        "daily": (None, date(2025, 7, 1), date(2025, 7, 1)),
    }
    for slug, (starts, first, last) in spans.items():
        indicator = settle(
            models.Indicator.objects.create(
                slug=slug,
                name=slug,
                fiscal_year_starts=starts,
                fiscal_year_named="end" if slug.endswith("its-end") else "",
                **about,
            )
        )
        release = models.Release.objects.create(
            slug=f"{slug}-1", indicator=indicator, released_on=date(2026, 5, 1), title=slug
        )
        release.observations.create(
            party=world.states,
            period_start=first,
            period_end=last,
            value=1,
            decimals=0,
            kind="actual",
        )
        settle(release)
    found = {
        period: [
            row["indicator"]
            for row in get(f"observations/?party=united-states&period={period}").body["results"]
        ]
        for period in ("FY2025", "FY2024", "FY2026", "2025/26", "2025", "2025-Q3", "2025-07-01")
    }
    assert found == {
        "FY2025": ["april", "october"],
        "FY2024": [],
        "FY2026": ["april-named-by-its-end"],
        "2025/26": ["april", "april-named-by-its-end"],
        "2025": ["april-by-the-year"],
        "2025-Q3": ["quarterly"],
        "2025-07-01": ["daily"],
    }


@on_the_same_record("period", ["25", "2025-Q5", "2025-02-30", "by 2025", "FY25", "1 April"])
def test_what_is_no_period_is_refused(get, world, period):
    error = get(f"observations/?period={period}").body["error"]
    assert "period" in error["fields"]


def test_indicators_are_kept_apart(figures, releases, make_release, world, settle):
    other = settle(
        models.Indicator.objects.create(
            slug="other",
            name="Other",
            unit="%",
            definition="Some.",
            publisher="MoF",
            frequency="annual",
        )
    )
    make_release("others", date(2026, 1, 1), (world.states, 2022, "9"), indicator=other)
    assert figures("indicator=other") == [("others", 2022, "9")]
    assert ("late", 2022, "3.4") in figures("known_on=2026-06-01&indicator=spending")


def test_of_two_releases_of_one_day_the_last_by_slug_counts(figures, make_release, world):
    for slug in ("b", "a", "c"):
        make_release(slug, date(2024, 1, 1), (world.states, 2022, {"a": 1, "b": 2, "c": 3}[slug]))
    assert figures("known_on=2024-01-01") == [("c", 2022, "3")]


def test_a_release_that_is_not_public_neither_shows_nor_hides_another(
    figures, releases, make_release, world
):
    make_release("hidden", date(2024, 6, 1), (world.states, 2022, "9"), state="draft")
    assert ("early", 2022, "3.1") in figures("known_on=2024-12-31")


@pytest.mark.parametrize("ordering", ["release", "period_end", "-period_end"])
@on_the_same_record("size", [1, 3])
def test_every_figure_is_met_once_on_the_way_there_and_back(
    get, releases, settings, ordering, size
):
    whole = get(f"observations/?ordering={ordering}").body["results"]
    assert len(whole) == 5
    path = f"observations/?ordering={ordering}&page_size={size}"
    for way, expected in (("next", whole), ("previous", whole[::-1])):
        met, following = [], path
        while following:
            path = following.removeprefix(f"{settings.SITE_ADDRESS}/api/v1/")
            body = get(path).body
            met += body["results"] if way == "next" else body["results"][::-1]
            following = body[way]
        assert met == expected


def test_a_cursor_tells_no_number_of_the_database(get, releases):
    cursor = get("observations/?page_size=1").body["next"].partition("cursor=")[2].partition("&")[0]
    assert (
        base64.urlsafe_b64decode(cursor + "===")
        == b'["release","next","early","united-states","2022-12-31","2022-01-01","actual"]'
    )
