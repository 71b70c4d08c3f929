"""A client that knows nothing but docs/api.md checks the ledger and keeps a copy."""

import hashlib
import json

import pytest

from commitments import publishing
from commitments.models import LedgerPayload
from tests.fixtures.records import withdraw

pytestmark = pytest.mark.django_db

FIELDS = {
    *("form", "seq", "recorded_at", "action", "record_type", "record_slug", "note", "redacts"),
    *("redacted_part", "alone", "payload_sha256", "people_sha256", "previous_hash", "hash"),
    *("payload", "salt", "people", "people_salt"),
}
SEALED = FIELDS - {"hash", "payload", "salt", "people", "people_salt"}


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def problems(entries):
    previous, redacted, number = "", {entry["redacts"] for entry in entries}, 0
    for number, entry in enumerate(entries, start=1):
        if entry["seq"] != number:
            yield f"{number} is missing"
        if entry["previous_hash"] != previous:
            yield f"{number} does not follow"
        if (
            entry["hash"]
            != hashlib.sha256(canonical({name: entry[name] for name in SEALED})).hexdigest()
        ):
            yield f"{number} was changed"
        if entry["payload"] is not None:
            if (
                entry["payload_sha256"]
                != hashlib.sha256(entry["salt"].encode() + canonical(entry["payload"])).hexdigest()
            ):
                yield f"the payload of {number} was changed"
        elif entry["payload_sha256"] and number not in redacted:
            yield f"the payload of {number} is missing"
        previous = entry["hash"]


@pytest.fixture
def walk(client, settings):
    """Follow `next` from `after` on and return all entries."""

    def walk(after=0, page_size=3):
        address, entries = f"/api/v1/changes/?page_size={page_size}&after={after}", []
        while address:
            body = client.get(address).json()
            assert body["previous"] is None
            entries += body["results"]
            assert len(entries) < 200, "it goes round in circles"
            address = body["next"] and body["next"].removeprefix(settings.SITE_ADDRESS)
        return entries

    return walk


def test_every_entry_is_reached_once_and_the_chain_holds(walk, world, reviewer):
    withdraw(
        world.assessment, by=reviewer, note="The figure was misread: 1,8 % — “不正確”.\n\ttab \x7f"
    )
    entries = walk()
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    assert all(set(entry) == FIELDS for entry in entries)
    assert list(problems(entries)) == []
    assert entries[-1]["action"] == "withdraw"


def test_a_client_asks_only_for_what_is_new(walk, world, make_topic):
    known = walk()[-1]["seq"]
    assert walk(known) == []
    make_topic("trade")
    assert [(entry["record_type"], entry["record_slug"]) for entry in walk(known)] == [
        ("topic", "trade")
    ]


def test_the_ledger_replayed_is_what_the_resources_say(walk, world, get):
    kept = {(entry["record_type"], entry["record_slug"]): entry["payload"] for entry in walk()}
    for record_type, path in {
        "party": "parties",
        "summit": "summits",
        "evidence": "evidence",
        "searchnote": "search-notes",
        "topic": "topics",
    }.items():
        for row in get(f"{path}/").body["results"]:
            assert kept[record_type, row["slug"]] == row
    pledge = get("pledges/defence/").body
    sealed = kept["pledge", "defence"]
    for row in pledge["undertakings"]:
        del row["verdict"], row["due_on"]
    assert {name: pledge[name] for name in sealed} == sealed


def test_a_redacted_payload_is_gone_and_the_chain_still_holds(walk, world, reviewer, administrator):
    published = next(entry for entry in walk() if entry["record_slug"] == world.assessment.slug)
    withdraw(world.assessment, by=reviewer, note="Names a private person.")
    publishing.redact(published["seq"], by=administrator, note="Names a private person.")
    entries = walk()
    redacted = entries[published["seq"] - 1]
    assert redacted["payload"] is None and redacted["salt"] is None and redacted["payload_sha256"]
    assert entries[-1]["redacts"] == published["seq"]
    assert list(problems(entries)) == []


def test_a_client_notices_a_changed_payload(walk, world):
    entries = walk()
    entries[2]["payload"]["slug"] = "other"
    entries[4]["note"] = "other"
    assert list(problems(entries)) == ["the payload of 3 was changed", "5 was changed"]


def test_changes_can_be_narrowed(get, world):
    assert {row["record_type"] for row in get("changes/?record_type=pledge").body["results"]} == {
        "pledge"
    }
    assert get("changes/?action=withdraw").body["results"] == []
    assert get("changes/?record_type=user").status == 400


@pytest.mark.parametrize("after", ["-1", "x", "1.5", str(2**63), "9" * 5000])
def test_a_number_that_cannot_be_one_is_refused(get, after):
    assert get(f"changes/?after={after}").body["error"]["fields"].keys() == {"after"}


def test_the_largest_number_finds_nothing(get, world):
    assert LedgerPayload.objects.exists()
    assert get(f"changes/?after={2**63 - 1}").body == {
        "next": None,
        "previous": None,
        "results": [],
    }
