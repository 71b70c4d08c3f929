"""The ledger as a file: complete, in order, and enough to compute every hash again."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments import publishing
from commitments.ledger import chain
from commitments.ledger.checkpoints import read_checkpoints
from commitments.models import LedgerEntry
from tests.fixtures.records import withdraw

pytestmark = pytest.mark.django_db
DOCUMENT = Path(__file__).parents[2] / "docs" / "api.md"


@pytest.fixture
def redacted(make_topic, make_party, administrator, reviewer):
    """A few entries, one of whose payloads had to be removed."""
    make_party("japan", name_ja="日本\u2028\"'\\")
    topic = make_topic()
    withdraw(topic, by=reviewer, note="Entered by mistake.")
    publishing.redact(2, by=administrator, note="By order of a court.")


def download(client):
    response = client.get("/ledger/entries.jsonl")
    assert response.streaming
    assert response.headers["Content-Type"].startswith("application/jsonl")
    return b"".join(response.streaming_content).decode()


def test_every_entry_is_in_it_with_what_its_hashes_are_taken_of(client, redacted):
    entries = [json.loads(line) for line in download(client).split("\n")[:-1]]
    assert [entry["seq"] for entry in entries] == list(range(1, LedgerEntry.objects.count() + 1))
    assert set(entries[0]) == {
        *chain.HASHED[2],
        "hash",
        "payload",
        "salt",
        "people",
        "people_salt",
    }
    assert entries[0]["payload"]["name"] == "Japan"
    assert (entries[1]["payload"], entries[1]["salt"]) == (None, None)
    assert entries[1]["payload_sha256"]
    assert entries[-1]["action"] == "redact"


def recipe():
    """Return the program printed in the documentation."""
    text = DOCUMENT.read_text()
    block = re.search(r"in Python, over the whole file [^\n]*:\n\n((?:    .*\n|\n)+)", text).group(
        1
    )
    return re.sub(r"^    ", "", block, flags=re.M)


def run(text, tmp_path):
    (tmp_path / "ledger.jsonl").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", recipe()], cwd=tmp_path, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


def test_the_program_that_the_page_offers_is_the_documented_one(client):
    address = re.search(
        r'href="([^"]*check_ledger[^"]*)"', client.get("/ledger/").content.decode()
    ).group(1)
    assert (
        Path(finders.find(address.removeprefix(settings.STATIC_URL))).read_text().strip()
        == recipe().strip()
    )


def test_the_documented_program_of_twenty_lines_accepts_it(client, redacted, tmp_path):
    assert len([line for line in recipe().splitlines() if line.strip()]) <= 20
    code, said = run(download(client), tmp_path)
    assert code == 0, said
    newest = LedgerEntry.objects.order_by("-seq").first()
    assert f"{newest.seq} {newest.hash}" in said


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(
            lambda text: text.replace("By order of a court", "By order of nobody"),
            id="a note changed",
        ),
        pytest.param(
            lambda text: text.replace('"name": "Japan"', '"name": "Nippon"', 1),
            id="a payload changed",
        ),
        pytest.param(lambda text: "\n".join(text.split("\n")[1:]), id="the first entry missing"),
        pytest.param(
            lambda text: "\n".join(line for n, line in enumerate(text.split("\n")) if n != 2),
            id="a gap",
        ),
        pytest.param(
            lambda text: "\n".join(text.split("\n")[:-2]) + "\n", id="the redaction cut off"
        ),
    ],
)
def test_the_documented_program_refuses_what_was_damaged(client, redacted, tmp_path, damage):
    text = download(client)
    damaged = damage(text)
    assert damaged != text
    assert run(damaged, tmp_path)[0] != 0


def test_it_is_read_in_chunks(make_topic, monkeypatch):
    monkeypatch.setattr(chain, "CHUNK", 4)
    for number in range(10):
        make_topic(f"topic-{number}")
    with CaptureQueriesContext(connection) as captured:
        parts = list(chain.write_lines(10))
    assert [part.count("\n") for part in parts] == [4, 4, 2]
    assert len(captured) == 3


def test_it_ends_where_the_answer_began(make_topic):
    for number in range(5):
        make_topic(f"topic-{number}")
    assert "".join(chain.write_lines(3)).count("\n") == 3


class TestCheckpoints:
    def test_the_newest_come_first(self, checkpoint_file):
        lines = [
            json.dumps({"seq": n, "hash": "a" * 64, "time": "2026-01-01T00:00:00.000000Z"})
            for n in range(1, 300)
        ]
        checkpoint_file.write_text("\n".join(lines) + "\n")
        assert [point.seq for point in read_checkpoints(3)] == [299, 298, 297]

    def test_without_a_file_there_are_none(self, checkpoint_file):
        assert read_checkpoints(3) == []

    def test_a_line_that_cannot_be_read_is_passed_over(self, checkpoint_file):
        checkpoint_file.write_text(
            """{"seq": 1, "hash": "a", "time": "t"}
{"seq": 2, "ha
[]
"x"
{"seq": null}
{"seq": 1e400, "hash": "a", "time": "t"}
{"seq": 99999999999999999999, "hash": "a", "time": "t"}
"""
        )
        assert [point.seq for point in read_checkpoints(9)] == [1]

    def test_the_page_shows_them_or_says_that_there_are_none(
        self, client, make_topic, checkpoint_file
    ):
        make_topic()
        assert "Checkpoints" in client.get("/ledger/").content.decode()
        assert (
            LedgerEntry.objects.get().hash
            in client.get("/ledger/").content.decode().split('id="entries"')[0]
        )
        checkpoint_file.unlink(missing_ok=True)
        assert "No checkpoint file is kept" in client.get("/ledger/").content.decode()

    def test_the_page_says_which_no_longer_holds(self, client, make_topic, checkpoint_file):
        make_topic()
        hash = LedgerEntry.objects.get().hash
        points = [
            {"seq": 1, "hash": hash, "time": "2026-01-01"},
            {"seq": 1, "hash": "a" * 64, "time": "2026-01-02"},
        ]
        checkpoint_file.write_text("".join(json.dumps(point) + "\n" for point in points))
        text = client.get("/ledger/").content.decode()
        assert text.count("has another hash now") == 1
        assert text.index("a" * 64) < text.index("has another hash now") < text.rindex(hash)
