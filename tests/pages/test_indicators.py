"""An indicator's page and file: the series as last released, and what each release revised."""

import csv
import re
from datetime import date
from decimal import Decimal

import pytest

from commitments import models
from commitments.pages import series

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(settle):
    """Return what makes a release of the indicator; `rows` are (party, year, value as printed) or
    with the kind.
    """

    def release(day, *rows, state="published"):
        indicator, made = models.Indicator.objects.get_or_create(
            slug="share", defaults={"name": "Spending", "unit": "% of GDP", "definition": "All of it.",
                                    "publisher": "The Office", "frequency": "annual", "stage": "disbursed"},
        )  # fmt: skip
        if made:
            settle(indicator)
        row = models.Release.objects.create(
            slug=f"share-{day}", indicator=indicator, released_on=day, title=f"Tables of {day}"
        )
        for party, year, value, *kind in rows:
            row.observations.create(
                party=party, period_start=date(year, 1, 1), period_end=date(year, 12, 31), value=Decimal(value),
                decimals=len(value.partition(".")[2]), kind=kind[0] if kind else "actual",
                note="=cmd()" if year == 2024 else "",
            )  # fmt: skip
        return settle(row, state)

    return release


def body(text):
    return [
        re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r"<tr>(.*?)</tr>", text, re.S)
    ]


def test_the_series_is_as_last_released_and_revisions_say_old_and_new(read, release, japan):
    release(date(2025, 5, 1), (japan, 2023, "1.50"), (japan, 2024, "1.60"))
    release(
        date(2026, 5, 1),
        (japan, 2023, "1.50"),
        (japan, 2024, "1.58"),
        (japan, 2025, "-1.80", "estimate"),
    )
    release(date(2026, 6, 1), (japan, 2023, "9.99"), state="draft")
    text = read("/indicators/share/")
    assert body(text)[1:4] == [["2025", "-1.80", "estimate"], ["2024", "1.58"], ["2023", "1.50"]]
    assert body(text)[5] == ["Japan", "2024", "1.60", "1.58"]
    assert "1 figure for the first time" in text
    assert "1 as before" in text
    assert "1 revised" in text
    assert "never added up" in text
    assert "9.99" not in text


def test_many_parties_stand_in_the_rows_with_the_newest_periods(read, release, make_party):
    parties = [make_party(f"ally-{number}") for number in range(7)]
    release(
        date(2026, 5, 1), *((party, year, "2.0") for party in parties for year in range(2010, 2025))
    )
    text = read("/indicators/share/")
    assert body(text)[0][:3] == ["Party", "2024", "2023"]
    assert len(body(text)[0]) == 13
    assert "3 older periods are in the file only" in text


def test_of_two_kinds_in_one_release_the_actual_figure_stands(release, japan):
    release(date(2026, 5, 1), (japan, 2024, "1.7", "budget"), (japan, 2024, "1.6", "actual"),
            (japan, 2024, "1.8", "projection"))  # fmt: skip
    table = series.build_table(list(series.load_figures(models.Indicator.objects.get())))
    assert [row.value for _, cells in table.rows for row in cells] == [Decimal("1.6")]


def test_targets_of_public_pledges_are_named(read, release, japan, make_pledge, settle):
    release(date(2026, 5, 1), (japan, 2024, "1.6"))
    for slug, state in (("shown", "published"), ("hidden", "draft")):
        pledge = make_pledge(slug, title=f"Pledge {slug}", state="draft")
        models.Target.objects.create(
            pledge=pledge,
            label="Share",
            kind="reach",
            value=2,
            indicator=models.Indicator.objects.get(),
        )
        settle(pledge, state)
    text = read("/indicators/share/")
    assert "Pledge shown" in text
    assert "at least 2% of GDP" in text
    assert "Pledge hidden" not in text


def test_the_file_has_every_release_and_no_formula(client, release, japan):
    release(date(2025, 5, 1), (japan, 2024, "1.60"))
    release(date(2026, 5, 1), (japan, 2024, "-1.58"))
    response = client.get("/indicators/share/series.csv")
    assert response.streaming
    assert response.headers["Content-Disposition"] == 'attachment; filename="share.csv"'
    rows = list(csv.DictReader(b"".join(response.streaming_content).decode().splitlines()))
    assert [(row["release"], row["value"], row["note"]) for row in rows] == [
        ("share-2025-05-01", "1.60", "'=cmd()"),
        ("share-2026-05-01", "-1.58", "'=cmd()"),
    ]
    assert {row["stage"] for row in rows} == {"disbursed"}


def test_the_list_counts_public_releases(read, release, japan):
    release(date(2025, 5, 1), (japan, 2024, "1.60"))
    release(date(2026, 5, 1), (japan, 2024, "1.58"), state="draft")
    text = read("/indicators/")
    assert "1 release, newest of" in text
    assert 'datetime="2025-05-01"' in text


@pytest.mark.parametrize("address", ["/indicators/never/", "/indicators/never/series.csv"])
def test_an_indicator_that_is_not_there_is_not_found(client, db, address):
    assert client.get(address).status_code == 404
