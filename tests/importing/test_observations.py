"""Figures from a file: all or none, each fault by its line, and a release that never changes."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from commitments.importing.observations import ObservationOptions, import_observations
from commitments.models import Indicator, LedgerEntry, Observation, Party, Release
from commitments.publishing.verifying import verify

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
GIVEN = {"indicator": "share", "release": "Edition 2026", "released_on": "2026-06-01"}
HEADER = "party,period,value,kind\n"


@pytest.fixture
def indicator(db):
    return Indicator.objects.create(
        slug="share",
        name="Share",
        unit="%",
        definition="d",
        publisher="p",
        frequency="annual",
        fiscal_year_starts=4,
    )


@pytest.fixture
def parties(indicator):
    japan = {
        "slug": "japan",
        "name": "Japan",
        "name_ja": "日本",
        "iso_code": "JPN",
        "kind": "state",
    }
    return [
        Party.objects.create(**japan),
        Party.objects.create(slug="france", name="France", iso_code="FRA", kind="state"),
        Party.objects.create(slug="korea", name="South Korea", short_name="Korea", kind="state"),
        Party.objects.create(slug="north", name="North Korea", short_name="Korea", kind="state"),
    ]


@pytest.fixture
def imported(parties):
    def imported(text, *, dry_run=False, **asked):
        data = text if isinstance(text, bytes) else text.encode()
        return import_observations(
            data, ObservationOptions(**{**GIVEN, **asked}), today=TODAY, dry_run=dry_run
        )

    return imported


@pytest.mark.parametrize("name", ["japan", "JP", "JPN", "Japan", "  JAPAN ", "日本"])
def test_a_party_goes_by_slug_code_or_name(imported, name):
    report = imported(f"{HEADER}{name},2025,1.60,actual\n")
    assert report.problems == []
    row = Observation.objects.get()
    assert (row.party.slug, row.value, row.decimals) == ("japan", Decimal("1.6"), 2)
    assert row.release.sha256 == report.sha256
    assert (row.release.slug, row.release.state) == ("share-2026-06-01", "draft")


@pytest.mark.parametrize(
    "name, iso_code",
    [
        ("Slovak Republic", "SVK"),
        ('"Korea, Rep."', "KOR"),
        ("Turkey", "TUR"),
        ("The Netherlands", "NLD"),
        ("Cote d'Ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("UK", "GBR"),
    ],
)
def test_a_state_goes_by_the_names_that_publishers_print(imported, name, iso_code):
    state = Party.objects.create(slug="x", name="X", iso_code=iso_code, kind="state")
    assert imported(f"{HEADER}{name},2025,1,actual\n").problems == []
    assert Observation.objects.get().party == state


def test_a_state_that_is_not_on_record_is_told_from_a_slip(imported):
    [problem] = imported(f"{HEADER}Slovak Republic,2025,1,actual\n").problems
    assert problem.sentence.startswith(
        "There is no such party. “Slovak Republic” is Slovakia (SVK), which is not in this record:"
        " enter it first."
    )


@pytest.mark.parametrize(("period", "slug"), [("1985", "old"), ("1995", "new")])
def test_of_two_parties_called_so_the_one_of_the_period_is_meant(imported, period, slug):
    old = Party.objects.create(slug="old", name="Old Ruritania", kind="state")
    new = Party.objects.create(slug="new", name="New Ruritania", kind="state")
    old.names.create(name="Ruritania", kind="former", ends_on="1990-12-31")
    new.names.create(name="Ruritania", kind="former", starts_on="1991-01-01", ends_on="2001-12-31")
    assert imported(f"{HEADER}Ruritania,{period},1,actual\n").problems == []
    assert Observation.objects.get().party.slug == slug


@pytest.mark.parametrize(
    "period, first, last",
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("FY2025", "2025-04-01", "2026-03-31"),
        ("2024-Q1", "2024-01-01", "2024-03-31"),
        ("2024-Q3", "2024-07-01", "2024-09-30"),
        ("2024-Q4", "2024-10-01", "2024-12-31"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-H1", "2024-01-01", "2024-06-30"),
        ("2024S2", "2024-07-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024M02", "2024-02-01", "2024-02-29"),
        ("Feb 2024", "2024-02-01", "2024-02-29"),
        ("2024/25", "2024-04-01", "2025-03-31"),
        ("2024–25", "2024-04-01", "2025-03-31"),
        ("FY2010-11", "2010-04-01", "2011-03-31"),
        ("令和6年度", "2024-04-01", "2025-03-31"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
    ],
)
def test_a_period_is_read_as_official_files_write_it(imported, period, first, last):
    assert imported(f"{HEADER}japan,{period},1,actual\n").problems == []
    row = Observation.objects.get()
    assert (row.period_start.isoformat(), row.period_end.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "row, column, sentence",
    [
        ("Japn,2025,1,actual", "party", "Names that are near: Japan (japan)."),
        ("Atlantis,2025,1,actual", "party", "Enter it first."),
        (
            "Korea,2025,1,actual",
            "party",
            "Several parties are called this. Write a slug: korea, north.",
        ),
        (",2025,1,actual", "party", "Say whose figure it is"),
        ("japan,Jan-85,1,actual", "period", "A spreadsheet has turned this into a date"),
        ("japan,2024-Q5,1,actual", "period", "a quarter (Q1 2026)"),
        ("japan,2023-02-29,1,actual", "period", "There is no such day"),
        ("japan,1850,1,actual", "period", "Write a year from 1900 to 2199."),
        ("japan,2010-11,1,actual", "period", "Write 2010M11 or 2010/11."),
        ("japan,2024/26,1,actual", "period", "a fiscal year as 2024/25"),
        ("japan,03/04/2024,1,actual", "period", "A spreadsheet has turned this into a date"),
        ("japan,,1,actual", "period", "This is blank. Write a day"),
        ("japan,2025,about two,actual", "value", "This is not a number"),
        ("japan,2025,,actual", "value", "This is blank"),
        (
            "japan,2025,–,actual",
            "value",
            "A minus alone may mean zero, or that there is no figure.",
        ),
        ('japan,2025,"1,600",actual', "value", "Write 1600 or 1.600."),
        ("japan,2025,1.6%,actual", "value", "Leave the percent sign out"),
        ("japan,2025,Jan-85,actual", "value", "A spreadsheet has turned this into a date"),
        (f"japan,2025,0.{'1' * 21},actual", "value", "It has 21 decimals; at most 20 are kept."),
        (f"japan,2025,{'1' * 41},actual", "value", "longer than any number can be here"),
        ("japan,2025,1.6,final", "kind", "Write one of actual, estimate, budget, projection."),
        ("france,2025,1.7,actual", "period", "Line 2 has this party, period and kind already."),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_nothing_is_entered(
    imported, row, column, sentence
):
    report = imported(f"{HEADER}france,2025,1.60,actual\n{row}\n")
    [problem] = report.problems
    assert (problem.line, problem.column) == (3, column)
    assert sentence in problem.sentence
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    "text, value, decimals",
    [
        ("1,60", "1.60", 2),
        ("−1.6", "-1.6", 1),
        ("12 345,6", "12345.6", 1),
        ("1.234.567", "1234567", 0),
        ("１.６", "1.6", 1),
    ],
)
def test_a_number_as_people_write_it_is_entered_with_its_decimals(imported, text, value, decimals):
    assert imported(f'{HEADER}japan,2025,"{text}",actual\n').problems == []
    row = Observation.objects.get()
    assert (row.value, row.decimals) == (Decimal(value), decimals)


def test_a_split_year_needs_a_fiscal_year_that_lies_in_two(imported, indicator):
    Indicator.objects.update(fiscal_year_starts=1)
    [problem] = imported(f"{HEADER}japan,2024/25,1,actual\n").problems
    assert "Write 2024 or 2025" in problem.sentence


@pytest.mark.parametrize(
    "starts, named, period, first, last",
    [
        pytest.param(4, "", "2024-25", "2024-04-01", "2025-03-31", id="India"),
        pytest.param(4, "start", "2024/25", "2024-04-01", "2025-03-31", id="United Kingdom"),
        pytest.param(4, "", "FY2024", "2024-04-01", "2025-03-31", id="Japan"),
        pytest.param(4, "end", "FY2025", "2024-04-01", "2025-03-31", id="named by its end"),
        pytest.param(7, "", "FY2025", "2024-07-01", "2025-06-30", id="Australia"),
        pytest.param(7, "end", "2024-25", "2024-07-01", "2025-06-30", id="Australia, split"),
        pytest.param(7, "start", "FY2024", "2024-07-01", "2025-06-30", id="named by its start"),
        pytest.param(10, "", "FY2025", "2024-10-01", "2025-09-30", id="United States"),
    ],
)
def test_a_fiscal_year_is_named_as_the_indicator_says(imported, starts, named, period, first, last):
    Indicator.objects.update(fiscal_year_starts=starts, fiscal_year_named=named)
    assert imported(f"{HEADER}japan,{period},1,actual\n").problems == []
    row = Observation.objects.get()
    assert (row.period_start.isoformat(), row.period_end.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "period, is_known",
    [
        pytest.param("2026-05-31", True, id="the day before its release"),
        pytest.param("2026-06-01", True, id="the day of its release"),
        pytest.param("2026-06-02", False, id="the day after its release"),
        pytest.param("2026", False, id="the year of its release"),
        pytest.param("FY2026", False, id="the fiscal year of its release"),
    ],
)
def test_an_actual_is_not_for_a_time_that_had_not_ended_at_its_release(imported, period, is_known):
    problems = imported(f"{HEADER}japan,{period},1,actual\n").problems
    assert (problems == []) == is_known
    for kind in ("estimate", "budget", "projection"):
        release = f"Edition of {kind}"
        assert imported(f"{HEADER}japan,{period},1,{kind}\n", release=release).problems == []


def test_what_to_do_about_an_early_actual_is_said(imported):
    [problem] = imported(f"{HEADER}japan,2026,1,actual\n", released_on="2026-03-01").problems
    assert (problem.line, problem.column, problem.value) == (2, "kind", "actual")
    assert problem.sentence == (
        "2026 ends on 31 December 2026, after this release of 1 March 2026: an actual cannot be"
        " known yet. Is it an estimate or a projection?"
    )


def test_every_faulty_row_is_reported(imported):
    report = imported(f"{HEADER}japan,x,1,actual\nfrance,2025,1,actual\nnowhere,2025,1,actual\n")
    assert [problem.line for problem in report.problems] == [2, 4]


def test_a_mark_before_utf_8_is_taken_and_another_encoding_refused(imported):
    assert (
        "UTF-8"
        in imported("party,period,value,kind\nCôte,2025,1,actual\n".encode("latin-1"))
        .problems[0]
        .sentence
    )
    assert imported(b"\xef\xbb\xbf" + f"{HEADER}japan,2025,1,actual\n".encode()).problems == []


def test_a_fiscal_year_needs_the_indicators_first_month(imported, indicator):
    Indicator.objects.update(fiscal_year_starts=None)
    [problem] = imported(f"{HEADER}japan,FY2025,1,actual\n").problems
    assert "in which month this fiscal year starts" in problem.sentence


def test_decimals_are_those_printed_or_those_stated(imported):
    header = "party,period,value,kind,decimals,note\n"
    assert (
        imported(f"{header}japan,2024,2.00,actual,,\njapan,2025,2,budget,1,Draft\n").problems == []
    )
    assert list(Observation.objects.order_by("pk").values_list("decimals", "note")) == [
        (2, ""),
        (1, "Draft"),
    ]
    [problem] = imported(f"{header}japan,2024,2.00,actual,1,\n", release="Other").problems
    assert "The value has 2 decimals" in problem.sentence


def test_the_same_file_again_changes_nothing(imported):
    text = f"{HEADER}japan,2024,1.60,actual\nfrance,2024,2.00,actual\n"
    assert len(imported(text).made) == 1
    again = imported(text)
    assert (again.made, list(again.unchanged.values()), again.problems) == ({}, [2], [])
    assert Observation.objects.count() == 2


def test_another_file_under_the_same_release_is_refused_with_the_cells_that_differ(imported):
    imported(f"{HEADER}japan,2024,1.60,actual\nfrance,2024,2.00,actual\n")
    report = imported(f"{HEADER}japan,2024,1.61,actual\njapan,2025,1.80,actual\n")
    assert [(one.line, one.column, one.value) for one in report.problems] == [
        (2, "value", "1.61"), (3, "period", "2025"), (0, "value", "2"),
    ]  # fmt: skip
    assert "The release says “1.6”." in report.problems[0].sentence
    assert (
        "The file lacks the figure of france, 2024-01-01 to 2024-12-31, actual."
        in report.problems[2].sentence
    )
    assert Observation.objects.count() == 2
    # As printed it is another figure, though the number is the same.
    [printed, *_rest] = imported(
        f"{HEADER}japan,2024,1.6,actual\nfrance,2024,2.00,actual\n"
    ).problems
    assert (printed.column, printed.value) == ("decimals", "1")


def test_the_file_may_say_its_releases_and_indicators_itself(imported):
    header = "indicator,release,released_on,url,party,period,value,kind\n"
    rows = [
        "share,Edition"
        f" {year},{year}-06-01,https://example.org/{year},japan,2024,1.{year % 10},actual"
        for year in (2025, 2026)
    ]
    report = imported(header + "\n".join(rows), indicator="", release="", released_on="")
    assert report.problems == []
    assert list(Release.objects.order_by("slug").values_list("slug", "title", "url")) == [
        ("share-2025-06-01", "Edition 2025", "https://example.org/2025"),
        ("share-2026-06-01", "Edition 2026", "https://example.org/2026"),
    ]


@pytest.mark.parametrize(
    "asked, sentence",
    [
        ({"indicator": ""}, "by --indicator"),
        ({"indicator": "shar"}, "The nearest are share."),
        ({"release": ""}, "by --release"),
        ({"released_on": ""}, "by --released-on"),
        ({"released_on": "June"}, "Write it as 2026-03-31."),
        ({"released_on": "2026-11-23"}, "still to come"),
    ],
)
def test_what_release_it_is_must_be_said(imported, asked, sentence):
    assert sentence in imported(f"{HEADER}japan,2025,1,actual\n", **asked).problems[0].sentence


def test_a_dry_run_reports_the_same_and_writes_nothing(imported):
    report = imported(f"{HEADER}japan,2025,1,actual\n", dry_run=True)
    assert list(report.made.values()) == [1]
    assert not Release.objects.exists()


def test_a_second_release_of_a_day_gets_a_slug_of_its_own(imported):
    imported(f"{HEADER}japan,2025,1,actual\n")
    imported(f"{HEADER}japan,2025,2,actual\n", release="Corrected edition")
    assert set(Release.objects.values_list("slug", flat=True)) == {
        "share-2026-06-01",
        "share-2026-06-01-2",
    }


@pytest.fixture
def file(tmp_path, parties):
    path = tmp_path / "figures.csv"
    path.write_text(f"{HEADER}japan,2025,1.60,actual\n")
    return path


def call(file, *more):
    options = ["--indicator", "share", "--release", "Edition 2026", "--released-on", "2026-06-01"]
    call_command("import_observations", str(file), *options, *more)


def test_the_command_enters_drafts_and_writes_a_report(file, tmp_path, capsys):
    call_command("import_observations", str(file), "--indicator", "share", "--release", "E", "--released-on",
                 "2026-06-01", "--json", str(tmp_path / "report.json"))  # fmt: skip
    assert "1 releases made with 1 figures, 0 unchanged, 0 published." in capsys.readouterr().out
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["made"] == [
        {"release": "share-2026-06-01", "indicator": "share", "title": "E", "released_on": "2026-06-01",
         "observations": 1},
    ]  # fmt: skip
    assert not Observation.objects.published().exists()


@pytest.mark.django_db(transaction=True)
def test_the_command_publishes_with_two_people(
    file, indicator, parties, researcher, reviewer, settle
):
    settle(indicator), settle(parties[0])
    call(file, "--publish", "--by", researcher.username, "--reviewer", reviewer.username)
    assert Observation.objects.published().count() == 1
    assert list(verify()) == []


def test_one_person_cannot_publish_and_then_nothing_is_entered(file, reviewer):
    with pytest.raises(CommandError, match="two different people"):
        call(file, "--publish", "--by", reviewer.username, "--reviewer", reviewer.username)
    with pytest.raises(CommandError, match="needs --by USER"):
        call(file, "--publish")
    assert not Release.objects.exists()


def test_it_publishes_no_draft_that_its_figures_are_of(file, indicator, researcher, reviewer):
    signed = ["--publish", "--by", researcher.username, "--reviewer", reviewer.username]
    with pytest.raises(CommandError, match=r"the indicator “Share .* is still a draft"):
        call(file, *signed)
    indicator.refresh_from_db()
    assert (indicator.state, Release.objects.exists()) == ("draft", False)


def test_the_one_person_of_an_installation_publishes_alone(
    file, indicator, parties, reviewer, settle, settings
):
    settle(indicator), settle(parties[0])
    settings.ONE_PERSON_INSTALLATION = True
    call(file, "--publish", "--by", reviewer.username, "--reviewer", reviewer.username)
    assert LedgerEntry.objects.first().alone


def test_the_command_lists_what_is_wrong_and_fails(file):
    file.write_text(f"{HEADER}japan,2025,1.60%,actual\n")
    with pytest.raises(
        CommandError,
        match=r"(?s)line 2, column “value”.*Nothing was entered: 1 problems in 1 rows.",
    ):
        call(file)
