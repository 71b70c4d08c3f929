"""An evaluation answers for any period and release that the record holds, and says what it lacks."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from tests.fixtures.cases import on_the_same_record
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/pledges/two-per-cent/evaluation/"


@shared
def pledge(settle, make_pledge, make_party, make_figures, japan):
    """At least 2 per cent in 2025: Japan's figure of 2024 was revised, France has none for 2023."""
    france = make_party("france")
    make_figures(
        "share",
        (japan, 2023, "1.80"),
        (japan, 2024, "2.00"),
        (france, 2024, "1.90"),
        released_on=date(2025, 1, 15),
    )
    indicator = make_figures(
        "share",
        (japan, 2024, "1.95"),
        (japan, 2025, "2.10"),
        (france, 2025, "2.20"),
        released_on=date(2026, 1, 15),
    )
    make_figures("share", (japan, 2026, "9.99"), released_on=date(2026, 2, 1), state="draft")
    pledge = make_pledge("two-per-cent", parties=[japan, france], state="draft")
    pledge.targets.create(
        label="Share", kind="stand", indicator=indicator, value=Decimal(2), due=date(2025, 12, 31)
    )
    return settle(pledge)


@pytest.fixture
def ask(client, capsys):
    """Ask the API, and see that the command prints the same."""

    def ask(**asked):
        response = client.get(ADDRESS, asked)
        assert response.status_code == 200, response.content
        options = [f"--{name.replace('_', '-')}={value}" for name, value in asked.items()]
        call_command("evaluate", "two-per-cent", "--json", *options)
        assert response.json() == json.loads(capsys.readouterr().out)
        return response.json()

    return ask


def read_statuses(body):
    return {row["party"]: row["primary"]["status"] for row in body["undertakings"]}


@on_the_same_record(
    "asked, statuses",
    [
        pytest.param({}, {"japan": "met", "france": "met"}, id="the deadline"),
        pytest.param(
            {"period": "2025"}, {"japan": "met", "france": "met"}, id="the deadline's own year"
        ),
        pytest.param(
            {"period": "2024"}, {"japan": "not_met", "france": "not_met"}, id="a year before"
        ),
        pytest.param(
            {"period": "2024", "release": "share-2025-01-15"},
            {"japan": "met", "france": "not_met"},
            id="a year as first published",
        ),
        pytest.param(
            {"period": "2024", "known_on": "2025-12-31"},
            {"japan": "met", "france": "not_met"},
            id="a year as known on a day",
        ),
        pytest.param(
            {"period": "2023"}, {"japan": "not_met", "france": "in_progress"}, id="a gap of one"
        ),
        pytest.param(
            {"release": "share-2025-01-15"},
            {"japan": "in_progress", "france": "in_progress"},
            id="a release before the deadline's figure",
        ),
    ],
)
def test_any_period_and_release_is_answered_for(ask, pledge, asked, statuses):
    assert read_statuses(ask(**asked)) == statuses


def test_who_lacks_the_period_is_named_with_what_is_held(ask, pledge, capsys):
    body = ask(period="2023")
    assert body["lacks"] == [
        {"party": "france", "label": "Share", "held_from": "2024", "held_to": "2025"}
    ]
    assert (body["period"], body["release"]) == ("2023", None)
    call_command("evaluate", "two-per-cent", "--period", "2023")
    printed = capsys.readouterr().out
    assert "for 2023:" in printed
    assert "france has no figure for 2023 (Share); held are 2024 to 2025." in printed
    assert ask()["lacks"] == []


def test_the_pace_of_an_earlier_period_ends_with_it(ask, pledge):
    pledge.targets.update(kind="reach")
    body = ask(period="2024", party="japan")
    assert body["undertakings"][0]["pace"]["latest_on"] == "2024-12-31"


@on_the_same_record(
    "asked, name, sentence",
    [
        (
            {"period": "2031"},
            "period",
            "No figure for 2031 is held. Held are 2023 to 2025; the nearest is 2025.",
        ),
        (
            {"period": "2019"},
            "period",
            "No figure for 2019 is held. Held are 2023 to 2025; the nearest is 2023.",
        ),
        (
            {"period": "2023", "party": "france"},
            "period",
            "No figure for 2023 is held. Held are 2024 to 2025; the nearest is 2024.",
        ),
        (
            {"period": "2024-Q4"},
            "period",
            "No figure for 2024-Q4 is held. Held are 2023 to 2025; the nearest is 2024.",
        ),
        (
            {"period": "2025", "release": "share-2025-01-15"},
            "period",
            "No figure for 2025 is held in share-2025-01-15. Held are 2023 to 2025; the nearest is"
            " 2025.",
        ),
        (
            {"release": "never"},
            "release",
            "No figure of never was published for this pledge by then. These were:"
            " share-2025-01-15, share-2026-01-15.",
        ),
        (
            {"release": "share-2026-02-01"},
            "release",
            "No figure of share-2026-02-01 was published for this pledge by then. These were:"
            " share-2025-01-15, share-2026-01-15.",
        ),
        (
            {"release": "share-2026-01-15", "known_on": "2026-01-14"},
            "release",
            "No figure of share-2026-01-15 was published for this pledge by then. These were:"
            " share-2025-01-15.",
        ),
    ],
)
def test_what_is_not_held_is_refused_with_what_is(client, pledge, asked, name, sentence):
    response = client.get(ADDRESS, asked)
    assert response.status_code == 400
    assert response.json()["error"]["fields"] == {name: sentence}
    options = [f"--{option.replace('_', '-')}={value}" for option, value in asked.items()]
    with pytest.raises(CommandError) as refusal:
        call_command("evaluate", "two-per-cent", *options)
    assert str(refusal.value) == sentence


def test_what_is_no_period_is_refused(client, pledge):
    response = client.get(ADDRESS, {"period": "last year"})
    sentence = response.json()["error"]["fields"]["period"]
    assert sentence.startswith("This is not a date. Write a day")
    with pytest.raises(CommandError, match=r"“last year”: This is not a date\."):
        call_command("evaluate", "two-per-cent", "--period", "last year")


def test_a_fiscal_year_is_the_one_that_the_indicator_names_so(
    client, settle, make_pledge, make_figures, japan
):
    indicator = make_figures("fiscal")
    type(indicator).objects.update(fiscal_year_starts=10, frequency="fiscal_year")
    release = indicator.releases.get()
    for year, value in ((2019, "1.90"), (2020, "2.10")):
        release.observations.create(
            party=japan,
            period_start=date(year - 1, 10, 1),
            period_end=date(year, 9, 30),
            value=Decimal(value),
            decimals=2,
            kind="actual",
        )
    pledge = make_pledge("two-per-cent", state="draft")
    pledge.targets.create(
        label="Share", kind="stand", indicator=indicator, value=Decimal(2), due=date(2025, 9, 30)
    )
    settle(pledge)
    body = client.get(ADDRESS, {"period": "FY2019"}).json()
    assert read_statuses(body) == {"japan": "not_met"}
    # The calendar year ends within FY2020, which is no figure for it.
    error = client.get(ADDRESS, {"period": "2019"}).json()["error"]
    assert error["fields"]["period"] == (
        "No figure for 2019 is held. Held are FY2019 to FY2020; the nearest is FY2019."
    )


def test_a_quarter_is_judged_by_its_own_figure_beside_that_of_the_year(
    client, settle, make_pledge, make_figures, japan
):
    indicator = make_figures("share", (japan, 2025, "2.50"))
    indicator.releases.get().observations.create(
        party=japan,
        period_start=date(2025, 10, 1),
        period_end=date(2025, 12, 31),
        value=Decimal("1.90"),
        decimals=2,
        kind="actual",
    )
    pledge = make_pledge("two-per-cent", state="draft")
    pledge.targets.create(
        label="Share", kind="stand", indicator=indicator, value=Decimal(2), due=date(2025, 12, 31)
    )
    settle(pledge)
    assert read_statuses(client.get(ADDRESS, {"period": "2025-Q4"}).json()) == {"japan": "not_met"}
    assert read_statuses(client.get(ADDRESS, {"period": "2025"}).json()) == {"japan": "met"}
