"""Answers recorded twice: equal if nothing changed, and what did change is named."""

import json

import pytest

from tools import answers
from tools.answers import Recorder, file_name, payload_lines, readable_body
from tools.comparing import compare
from tools.walking import Walk


@pytest.mark.django_db
def test_walking_finds_the_pages_of_a_record_in_both_languages(client, tmp_path, make_pledge):
    make_pledge("defence")
    Walk(Recorder(client, tmp_path).visit).follow(["/"])
    page = (tmp_path / "pledges/defence/index.txt").read_text()
    assert page.startswith("GET /pledges/defence/\nStatus: 200\nContent-Type: text/html")
    assert "\nWith If-None-Match: 304\n" in page and "\nDefence\n" in page
    assert (tmp_path / "ja/pledges/defence/index.txt").exists()
    picture = (tmp_path / "pledges/defence/share.png.txt").read_text()
    assert picture.splitlines()[-1].startswith("sha256 ")


@pytest.fixture
def record(client, tmp_path):
    """Record two pages into a folder of this name; return the folder."""

    def record(name):
        recorder = Recorder(client, tmp_path / name / "public")
        recorder.visit("/about/")
        recorder.visit("/data/")
        return tmp_path / name

    return record


@pytest.mark.django_db
def test_a_changed_sentence_is_reported_once_with_all_its_answers(record, capsys, settings):
    before, again = record("before"), record("again")
    assert compare(before, again) == 0
    settings.SITE_TAGLINE = "What they said"
    after = record("after")
    assert compare(before, after) == 1
    said = capsys.readouterr().out
    assert said.count("  +What they said\n") == 1
    assert "Change 1 in 2 answers, such as GET /about/ (public)" in said
    assert "Answers that differ: 2\n  GET /about/ (public) has change 1\n" in said


@pytest.mark.django_db
def test_an_answer_that_is_missing_is_reported(record, capsys):
    before, after = record("before"), record("after")
    (after / "public/data/index.txt").unlink()
    assert compare(before, after) == 1
    assert "Only before: 1\n  GET /data/ (public)\n" in capsys.readouterr().out
    assert compare(after, before) == 1
    assert "Only after: 1\n  GET /data/ (public)\n" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_desk_is_recorded_by_users_who_are_gone_afterwards(
    tmp_path, monkeypatch, make_party, django_user_model
):
    make_party("japan")
    people = django_user_model.objects.count()
    monkeypatch.setattr(answers, "ROLES", ["reviewer"])
    count = answers.record_desk(tmp_path)
    desk = tmp_path / "reviewer/admin"
    assert count == len(list(tmp_path.rglob("*.txt"))) > 40
    assert "Waiting for my review" in (desk / "index.txt").read_text()
    parties = desk / "commitments/party"
    assert {path.name for path in parties.glob("*.txt")} > {"index.txt"}
    assert len(list(parties.glob("*/change/index.txt"))) == 1
    assert django_user_model.objects.count() == people


@pytest.mark.django_db
def test_tokens_in_forms_make_no_difference(tmp_path, client, researcher, make_party):
    party = make_party("japan")
    client.force_login(researcher)
    for name in ("one", "two"):
        recorder = Recorder(client, tmp_path / name)
        recorder.visit("/admin/commitments/party/add/")
        recorder.visit(f"/admin/commitments/party/{party.pk}/change/")
    assert compare(tmp_path / "one", tmp_path / "two") == 0


def test_a_folder_without_answers_is_not_compared(tmp_path):
    with pytest.raises(SystemExit, match="no answers"):
        compare(tmp_path / "nowhere", tmp_path / "nowhere")


def test_a_folder_with_something_in_it_is_refused(tmp_path):
    (tmp_path / "old.txt").touch()
    with pytest.raises(SystemExit, match="not empty"):
        answers.record_answers(tmp_path)


@pytest.mark.django_db
def test_payloads_are_those_of_the_ledger_without_salts_and_hashes(make_pledge):
    make_pledge("defence")
    lines = [json.loads(line) for line in payload_lines()]
    last = lines[-1]
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    assert set(last) == {"seq", "action", "record_type", "record_slug", "note", "payload"}
    assert (last["action"], last["record_type"], last["record_slug"]) == (
        "publish",
        "pledge",
        "defence",
    )
    assert last["payload"]["title"] == "Defence"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "index.txt"),
        ("/pledges/", "pledges/index.txt"),
        ("/pledges.csv", "pledges.csv.txt"),
        ("/pledges/?q=a/b&page=2", "pledges/index?q=a%2Fb&page=2.txt"),
        ("/pledges", "pledges.txt"),
    ],
)
def test_a_file_is_called_like_its_address(address, name):
    assert file_name(address) == name


def test_long_addresses_have_short_names_of_their_own():
    long = "/pledges/?q=" + "x" * 400
    assert len(file_name(long).split("/")[-1]) < 200
    assert file_name(long) != file_name(long + "y")


def test_bodies_are_shown_as_what_they_are():
    assert (
        readable_body("application/json", b'{"b":1,"a":"\xe5\x86\x86"}')
        == '{\n "a": "円",\n "b": 1\n}\n'
    )
    assert readable_body("text/csv", b"a,b\r\n") == "a,b\r\n"
    assert readable_body("image/png", b"\x89PNG").startswith("sha256 ")
