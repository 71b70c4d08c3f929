"""What a policy decides about a row of figures, and that the report says it everywhere."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from commitments.importing.figures import FIGURE_POLICIES
from commitments.importing.matrices import POLICIES
from commitments.importing.observations import ObservationOptions, import_observations
from commitments.models import Indicator, LedgerEntry, Observation, Party, Release
from commitments.publishing.verifying import verify
from tests.fixtures.cases import in_one_test

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
DOCS = Path(__file__).resolve().parents[2] / "docs" / "observations.md"
HEADER = "id,party,period,value,kind\n"
JAPAN = "J-1,japan,2025,1.60,actual\n"
OPTIONS = {"indicator": "share", "release": "Edition", "released_on": "2026-06-01"}


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
        lowest="0",
        highest="100",
    )


@pytest.fixture
def japan(indicator):
    return Party.objects.create(slug="japan", name="Japan", iso_code="JPN", kind="state")


@pytest.fixture
def enter(japan):
    def enter(rows, *, header=HEADER, dry_run=False, **policies):
        chosen = {code.replace("_", "-"): policy for code, policy in policies.items()}
        options = ObservationOptions(**OPTIONS, policies=chosen)
        data = f"{header}{rows}".encode()
        return import_observations(data, options, today=TODAY, dry_run=dry_run)

    return enter


def entered():
    rows = Observation.objects.order_by("pk")
    return [(row.party.slug, row.period_end.year, str(row.value)) for row in rows]


# A row with one defect, its code, and the column that it is reported for.
FAULTY = [
    pytest.param("J-2,japan,2024,,actual", "blank-value", "value", id="blank"),
    pytest.param("J-2,japan,2024,..,actual", "blank-value", "value", id="two points"),
    pytest.param("J-2,japan,2024,n/a,actual", "blank-value", "value", id="not available"),
    pytest.param("J-2,Atlantis,2024,1,actual", "unknown-member", "party", id="nobody"),
    pytest.param("J-2,France,2024,1,actual", "unknown-member", "party", id="not on record"),
    pytest.param("J-2,Twins,2024,1,actual", "ambiguous-member", "party", id="two parties"),
    pytest.param("J-2,japan,2024,100.1,actual", "outside-bounds", "value", id="too high"),
    pytest.param("J-2,japan,2024,-0.1,actual", "outside-bounds", "value", id="too low"),
    pytest.param("J-2,japan,2024,0.30000000000000004,actual", "computed-digits", "value", id="sum"),
]


@pytest.fixture
def twins(db):
    for slug in ("twin-a", "twin-b"):
        Party.objects.create(slug=slug, name="Twins", kind="state")


@pytest.mark.parametrize("row, code, column", FAULTY)
def test_a_defect_is_refused_with_its_line_its_id_and_the_options(enter, twins, row, code, column):
    report = enter(f"{JAPAN}{row}\n")
    [problem] = report.problems
    assert (problem.line, problem.id, problem.column) == (3, "J-2", column)
    assert f"--{code} leave-out" in problem.sentence
    assert str(problem).startswith("line 3 (id J-2), column “")
    assert not Release.objects.exists()


@pytest.mark.parametrize("row, code, column", FAULTY)
def test_a_row_that_is_left_out_is_counted_wherever_the_report_is_shown(
    enter, twins, row, code, column
):
    policy = {code.replace("-", "_"): "leave-out"}
    dry = enter(f"{JAPAN}{row}\n", dry_run=True, **policy)
    report = enter(f"{JAPAN}{row}\n", **policy)
    assert list(dry.lines()) == list(report.lines())
    assert entered() == [("japan", 2025, "1.6")]
    assert str(report) == (
        "1 releases made with 1 figures, 0 unchanged, 0 published."
        f" Defects: 1 {code}. Left out: 1 row."
    )
    assert "Left out: 1 row (line 3, id J-2)." in list(report.lines())
    body = report.as_json()
    assert body["counts"] == {code: 1}
    assert [(row["line"], row["id"]) for row in body["left_out"]["rows"]] == [(3, "J-2")]
    assert Release.objects.get().note == "Left out: 1 row (line 3, id J-2)."


def test_a_figure_outside_its_bounds_is_kept_if_that_is_confirmed(enter):
    report = enter(f"{JAPAN}J-2,japan,2024,100.1,actual\n", outside_bounds="keep")
    assert entered()[-1] == ("japan", 2024, "100.1")
    assert report.defects.count() == {"outside-bounds": 1}
    [defect] = report.defects
    assert defect.sentence.startswith(
        "This is above 100, the highest possible figure of share (%)."
    )
    assert defect.done == "kept as it stands"


@pytest.mark.parametrize("value", ["0", "100", "100.00"])
def test_the_bounds_themselves_are_possible(enter, value):
    assert enter(f"J-2,japan,2024,{value},actual\n").problems == []


@pytest.mark.parametrize("lowest, highest", [("", "100"), ("0", ""), ("", "")])
def test_a_side_without_a_bound_asks_nothing(enter, indicator, lowest, highest):
    indicator.lowest, indicator.highest = lowest, highest
    indicator.save()
    low = enter("J-2,japan,2024,-5,actual\n", dry_run=True)
    high = enter("J-3,japan,2024,500,actual\n", dry_run=True)
    assert bool(low.problems) == bool(lowest)
    assert bool(high.problems) == bool(highest)


def test_a_new_party_is_made_once_it_is_confirmed(enter):
    rows = f"{JAPAN}A-1,Atlantis,2025,2,actual\nA-2,Atlantis,2024,1,actual\nF-1,FRA,2025,2,actual\n"
    refused = enter(rows, unknown_member="make")
    [problem] = refused.problems
    assert "These 2 parties are not on record and would be made" in problem.sentence
    assert "Atlantis (atlantis), France (france)" in problem.sentence
    assert "--new-party make" in problem.sentence
    assert Party.objects.count() == 1

    report = enter(rows, unknown_member="make", new_party="make")
    assert "New parties: Atlantis (atlantis), France (france)." in list(report.lines())
    assert report.as_json()["parties"] == ["atlantis", "france"]
    assert Party.objects.get(slug="france").iso_code == "FRA"
    assert {row.party.state for row in Observation.objects.all()} == {"draft"}
    assert Observation.objects.count() == 4


def test_a_name_that_may_be_a_slip_makes_no_party(enter):
    rows = f"{JAPAN}J-2,Japann,2024,1,actual\n"
    report = enter(rows, unknown_member="make-unless-near", new_party="make")
    [defect] = report.defects
    assert (defect.code, defect.done) == ("unknown-member", "left out, as it may be a slip")
    assert Party.objects.count() == 1


def test_blanks_around_a_cell_are_taken_and_counted_or_refused(enter):
    rows = "J-1, japan ,2025, 1.60,actual\n"
    report = enter(rows)
    assert report.defects.count() == {"edge-blanks": 2}
    assert entered() == [("japan", 2025, "1.6")]
    [problem] = enter(rows, edge_blanks="refuse").problems
    assert problem.sentence.startswith("There are blanks around it.")


def test_a_column_of_no_known_name_is_refused_or_left_out(enter):
    header = "id,party,period,value,kind,colour,notte\n"
    rows = "J-1,japan,2025,1.60,actual,red,x\n"
    sentences = {
        problem.column: problem.sentence for problem in enter(rows, header=header).problems
    }
    assert "Is “note” meant?" in sentences["notte"]
    assert "Known are id, party" in sentences["colour"]
    report = enter(rows, header=header, unknown_column="leave-out")
    assert report.left_out.columns == ["colour", "notte"]
    assert "Left out: 2 columns." in str(report)


def test_columns_are_found_by_name_in_any_order_and_else_mapped(enter, japan):
    rows = "1.60,Actual,2025,JPN\n"
    assert enter(rows, header="OBS_VALUE,Kind,Time-Period,Country\n").problems == []
    options = ObservationOptions(**{**OPTIONS, "release": "Other"}, column_by_key={"party": "who"})
    data = f"wert,kind,period,who\n{rows}".encode()
    [missing] = import_observations(data, options, today=TODAY).problems
    assert missing.column == "value"
    assert "or map it by --map" in missing.sentence


def test_a_file_of_which_nothing_is_left_enters_nothing(enter):
    [problem] = enter("J-1,japan,2025,,actual\n", blank_value="leave-out").problems
    assert problem.sentence == "There is no row that could be entered."


def test_the_same_file_gives_the_same_report_twice(enter):
    rows = (
        f"{JAPAN}J-2,japan,2024,..,actual\nA-1,Atlantis,2025,2,actual\nT-1, japan,2023,120,actual\n"
    )
    policies = {
        "blank_value": "leave-out",
        "unknown_member": "make",
        "new_party": "make",
        "outside_bounds": "keep",
    }
    first = enter(rows, **policies).as_json()
    second = enter(rows, **policies).as_json()
    assert second["unchanged"] == first["made"]
    for key in ("rows", "policies", "counts", "defects", "left_out", "problems"):
        assert second[key] == first[key]
    assert (second["made"], second["parties"]) == ([], [])


@pytest.fixture
def call(japan, tmp_path, capsys):
    def call(rows, *options):
        path = tmp_path / "figures.csv"
        path.write_text(f"{HEADER}{rows}")
        release = ["--indicator", "share", "--release", "Edition", "--released-on", "2026-06-01"]
        json_file = tmp_path / "report.json"
        call_command("import_observations", str(path), *release, *options, "--json", str(json_file))
        return capsys.readouterr().out, json.loads(json_file.read_text())

    return call


def test_the_command_shows_what_was_left_out(call):
    out, report = call(f"{JAPAN}J-2,japan,2024,..,actual\n", "--blank-value", "leave-out")
    lines = out.splitlines()
    assert lines[0] == (
        "line 3 (id J-2), column “value”, “..”: This is not a number: it says that there is no"
        " figure. Done: left out. [blank-value]"
    )
    assert lines[1] == "Left out: 1 row (line 3, id J-2)."
    assert report["counts"] == {"blank-value": 1}


def test_the_command_maps_columns_and_refuses_unknown_keys(call):
    with pytest.raises(CommandError, match="--map colour: there is no such key; known are id, "):
        call(JAPAN, "--map", "colour=x")
    out, _report = call(JAPAN, "--map", "party=party")
    assert "1 releases made" in out


@pytest.mark.django_db(transaction=True)  # checkpoints are written after the commit
def test_new_parties_are_published_with_their_figures_by_two_people(
    call, indicator, researcher, reviewer, settle
):
    settle(indicator)
    for party in Party.objects.all():
        settle(party)
    parties = LedgerEntry.objects.filter(record_type="party").count()
    signing = ["--publish", "--by", researcher.username, "--reviewer", reviewer.username]
    making = ["--unknown-member", "make", "--new-party", "make"]
    call(f"{JAPAN}A-1,Atlantis,2025,2,actual\n", *making, *signing)
    assert Observation.objects.published().count() == 2
    assert LedgerEntry.objects.filter(record_type="party").count() == parties + 1
    assert list(verify()) == []


@in_one_test("code", [*FIGURE_POLICIES])
def test_every_policy_of_figures_is_described(code):
    (line,) = [line for line in DOCS.read_text().splitlines() if line.startswith(f"| `{code}` |")]
    policies = line.rsplit("|", 2)[1].strip()
    assert policies == ", ".join(FIGURE_POLICIES[code])


def test_a_policy_of_both_importers_has_the_same_choices():
    for code in FIGURE_POLICIES.keys() & POLICIES.keys():
        assert set(FIGURE_POLICIES[code]) == set(POLICIES[code])
