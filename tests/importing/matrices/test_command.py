"""The command: its report in words and as JSON, dry runs, second runs, publishing, and what it
refuses.
"""

import json

import pytest
from django.core.management import CommandError, call_command

from commitments import models
from commitments.models import ROOTS, LedgerEntry, LedgerHead, OutsideVerdict, Pledge, Undertaking
from commitments.publishing.verifying import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def command(sixty, summits_file, capsys):
    def command(*options, matrix=sixty, summits=summits_file, published_on="2026-03-01"):
        asked = ["--series", "g7", "--assessor", "Compliance Group"]
        asked += ["--new-party", "make", "--second-summit", "make"]
        asked += ["--summits", str(summits)] if summits else []
        asked += ["--published-on", published_on] if published_on else []
        call_command("import_matrix", str(matrix), *asked, *options)
        return capsys.readouterr()

    return command


def everything():
    models = [*ROOTS, Undertaking, OutsideVerdict]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_the_report_names_every_defect_and_closes_with_what_was_made(command, japan_and_us):
    lines = command().out.splitlines()
    told = "matrix line 6, column “id”, “2001-04”: Lines 5 and 6 have the same id."
    assert f"{told} Done: kept as g7-2001-04-2. [duplicate-id]" in lines
    assert (
        lines[-1] == "Made: 1 summitseries, 11 party, 3 topic, 7 summit, 1 source, 55 pledge, 1"
        " outsidereport, "
        "with 558 outside verdicts; 22 defects; left out: 5 rows, 1 column, 2 cells."
    )


def test_a_dry_run_prints_and_writes_the_identical_report_and_changes_nothing(
    command, japan_and_us, tmp_path
):
    before = everything()
    dry = command("--dry-run", "--json", str(tmp_path / "dry.json"))
    assert everything() == before
    assert "Dry run: nothing was written." in dry.err
    real = command("--json", str(tmp_path / "real.json"))
    assert dry.out == real.out
    assert (tmp_path / "dry.json").read_text() == (tmp_path / "real.json").read_text()


@pytest.mark.django_db(transaction=True)  # checkpoints are written after the commit
@pytest.mark.once
def test_a_dry_run_of_publishing_is_the_same_too(command, researcher, reviewer):
    asked = ["--publish", "--by", "rita", "--reviewer", "victor"]
    dry = command("--dry-run", *asked)
    assert (LedgerEntry.objects.count(), Pledge.objects.count()) == (0, 0)
    assert dry.out == command(*asked).out
    assert list(verify()) == []


def test_the_json_report_has_the_documented_shape(command, japan_and_us, tmp_path):
    command("--json", str(tmp_path / "report.json"))
    report = json.loads((tmp_path / "report.json").read_text())
    assert set(report) == {
        "form", "refused", "file", "policies", "counts", "defects", "left_out", "made", "unchanged", "different", "verdicts",
        "published",
    }  # fmt: skip
    assert (report["form"], report["refused"], report["published"]) == (2, [], 0)
    assert report["file"]["rows"] == 60
    assert report["verdicts"] == {"made": 558, "unchanged": 0}
    assert sum(report["counts"].values()) == len(report["defects"]) == 22
    assert {key: len(slugs) for key, slugs in report["made"].items()}["pledge"] == 55
    (duplicate,) = [defect for defect in report["defects"] if defect["code"] == "duplicate-id"]
    assert duplicate == {
        "code": "duplicate-id", "file": "matrix", "line": 6, "column": "id", "value": "2001-04", "id": "2001-04",
        "sentence": "Lines 5 and 6 have the same id.", "policy": "suffix", "done": "kept as g7-2001-04-2",
        "lines": [5, 6], "slug": "g7-2001-04-2",
    }  # fmt: skip


def test_a_second_run_changes_nothing_and_says_so(command, japan_and_us):
    command()
    before = everything()
    assert command().out.splitlines()[-1].startswith("Nothing changed: it was there already.")
    assert everything() == before


@pytest.mark.django_db(transaction=True)  # checkpoints are written after the commit
def test_published_it_is_public_in_two_peoples_names_and_the_ledger_holds(
    command, researcher, reviewer
):
    out = command("--publish", "--by", "rita", "--reviewer", "victor").out.splitlines()[-1]
    count = sum(model.objects.count() for model in ROOTS)
    assert out.endswith(f" {count} records published.")
    assert LedgerHead.objects.get().seq == count
    assert Pledge.objects.published().count() == 55
    assert {record.submitted_by for record in Pledge.objects.all()} == {researcher}
    undertaking = Undertaking.objects.get(slug="g7-2001-01--france")
    assert (undertaking.shown_status, undertaking.shown_by) == ("not_met", "compliance-group")
    assert models.Assessment.objects.count() == 0
    assert list(verify()) == []
    call_command("check_integrity")

    before = everything()
    for options in ([], ["--publish", "--by", "rita", "--reviewer", "victor"]):
        assert (
            command(*options)
            .out.splitlines()[-1]
            .startswith("Nothing changed: it was there already.")
        )
    assert everything() == before
    assert LedgerHead.objects.get().seq == count


def test_drafts_of_an_earlier_run_are_published_by_a_later_one(command, researcher, reviewer):
    command()
    assert (
        "Made: nothing"
        in command("--publish", "--by", "rita", "--reviewer", "victor").out.splitlines()[-1]
    )
    assert Pledge.objects.published().count() == 55


def test_a_draft_that_was_changed_since_is_left_alone_and_not_published(
    command, researcher, reviewer
):
    command()
    Pledge.objects.filter(slug="g7-2001-01").update(quote="In other words.")
    told = command().out
    assert "pledge g7-2001-01 was there and is left alone: its words differ." in told
    assert "1 records differ and were left alone" in told
    with pytest.raises(CommandError, match="Nothing was imported"):
        command("--publish", "--by", "rita", "--reviewer", "victor")
    assert Pledge.objects.get(slug="g7-2001-01").quote == "In other words."
    assert LedgerEntry.objects.count() == 0


def test_a_newer_edition_of_the_catalogue_is_another_report_on_the_same_pledges(
    command, sixty, tmp_path
):
    command()
    edition = tmp_path / "edition.csv"
    edition.write_bytes(
        sixty.read_bytes() + b"2006-11,2006,,Trade,We will do one more.,,1,1,1,1,1,1,1,1,1,1,1,1\n"
    )
    out = command(matrix=edition).out.splitlines()[-1]
    assert out.startswith("Made: 1 source, 1 pledge, 1 outsidereport, with 569 outside verdicts")
    assert Pledge.objects.count() == 56


@pytest.mark.parametrize(
    "options, words",
    [
        pytest.param(
            ["--publish"], "--publish needs --by USER and --reviewer USER", id="nobody named"
        ),
        pytest.param(
            ["--publish", "--by", "rita", "--reviewer", "nobody"],
            "there is no account nobody",
            id="unknown",
        ),
        pytest.param(
            ["--publish", "--by", "rita", "--reviewer", "rita"],
            "Nothing was imported",
            id="one person",
        ),
        pytest.param(
            ["--publish", "--by", "victor", "--reviewer", "rita"],
            "Nothing was imported",
            id="no right",
        ),
        pytest.param(["--map", "colour=x"], "there is no such key", id="unknown key"),
        pytest.param(["--map", "id"], "Write --map KEY=COLUMN", id="half a mapping"),
        pytest.param(["--party", "=x"], "Write --party NAME=SLUG", id="half a party"),
        pytest.param(["--published-on", "yesterday"], "is not a day", id="no day"),
        pytest.param(["--series", "G7 summits"], "is no slug", id="no slug"),
        pytest.param(
            ["--json", "/nowhere/report.json"], "The report cannot be written", id="no place"
        ),
        pytest.param(
            ["--url", "javascript:alert(1)"], "Nothing was imported", id="address with a script"
        ),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_is_left(
    command, researcher, reviewer, options, words
):
    with pytest.raises(CommandError, match=words):
        command(*options)
    assert {name: rows for name, rows in everything().items() if rows} == {}
    assert LedgerEntry.objects.count() == 0


def test_a_refused_file_is_reported_as_json_too(command, tmp_path):
    with pytest.raises(CommandError, match="Nothing was imported; 1 defects"):
        command("--json", str(tmp_path / "r.json"), matrix=tmp_path / "nowhere.csv")
    report = json.loads((tmp_path / "r.json").read_text())
    assert report["refused"] == ["The file cannot be read as a table."]
    assert report["counts"] == {"unreadable-table": 1}
