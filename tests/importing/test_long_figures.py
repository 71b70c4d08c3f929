"""A figure keeps every digit that its publisher printed, from the file to pages, API and CSV."""

import csv
from datetime import date

import pytest

from commitments.importing.observations import ObservationOptions, import_observations
from commitments.models import Indicator, Observation, Party

pytestmark = pytest.mark.django_db
OPTIONS = {"indicator": "share", "release": "Edition", "released_on": "2026-06-01"}


@pytest.fixture
def enter(settle):
    """Import one figure of Japan as it is printed, and publish it."""
    indicator = Indicator.objects.create(
        slug="share",
        name="Share",
        unit="%",
        definition="d",
        publisher="p",
        frequency="annual",
    )
    japan = Party.objects.create(slug="japan", name="Japan", kind="state", iso_code="JPN")

    def enter(text, **options):
        data = f'party,period,value,kind\njapan,2025,"{text}",actual\n'.encode()
        options = ObservationOptions(**OPTIONS, **options)
        report = import_observations(data, options, today=date(2026, 11, 22))
        if not report.problems:
            settle(indicator)
            settle(japan)
            settle(Observation.objects.get().release)
        return report

    return enter


@pytest.mark.parametrize(
    "text, in_api, decimals",
    [
        pytest.param("1.2345678901234567", "1.2345678901234567", 16, id="17 digits"),
        pytest.param("12345678901234567", "12345678901234567", 0, id="17 digits, whole"),
        pytest.param("-0.12345678901234567", "-0.12345678901234567", 17, id="17 decimals, below 0"),
        pytest.param("1.6000", "1.6", 4, id="zeros at the end"),
        pytest.param("0.0000001", "0.0000001", 7, id="tiny"),
        pytest.param("0.0000000", "0", 7, id="nought"),
        pytest.param(
            "12345678901234567890.12345678901234567891",
            "12345678901234567890.12345678901234567891",
            20,
            id="40 digits",
        ),
    ],
)
def test_a_figure_comes_out_as_it_was_printed(enter, client, text, in_api, decimals):
    assert enter(text).problems == []
    body = client.get("/api/v1/observations/").json()
    [row] = body["results"]
    assert (row["value"], row["decimals"]) == (in_api, decimals)
    file = client.get("/indicators/share/series.csv")
    [line] = csv.DictReader(file.getvalue().decode().splitlines())
    assert line["value"] == text
    page = client.get("/indicators/share/").content.decode()
    assert text.lstrip("-") in page.replace(",", "")


def test_the_same_long_figure_again_changes_nothing_and_another_is_refused(enter):
    enter("1.2345678901234567")
    assert enter("1.2345678901234567").problems == []
    [problem] = enter("1.2345678901234568").problems
    assert "The release says “1.2345678901234567”." in problem.sentence


@pytest.mark.parametrize(
    "text, printed",
    [
        pytest.param("0.30000000000000004", "0.3", id="0.1 + 0.2"),
        pytest.param("2.9999999999999996", "3", id="just below 3"),
        pytest.param("102.300000000000011", "102.3", id="with 18 digits"),
    ],
)
def test_digits_that_a_computer_added_are_asked_about(enter, text, printed):
    [problem] = enter(text).problems
    assert f"it printed {printed}." in problem.sentence
    assert "Or choose --computed-digits take or --computed-digits leave-out." in problem.sentence
    report = enter(text, policies={"computed-digits": "take"})
    assert report.defects.count() == {"computed-digits": 1}
    assert format(Observation.objects.get().value, "f") == text


@pytest.mark.parametrize("text", ["1.1", "0.333333333333333", "1.2345678901234567", "100000000001"])
def test_digits_that_a_publisher_may_have_printed_are_kept(enter, text):
    report = enter(text)
    assert (report.problems, report.defects) == ([], [])
