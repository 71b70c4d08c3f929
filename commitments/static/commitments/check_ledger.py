import hashlib, json
FIELDS = ["seq", "recorded_at", "action", "record_type", "record_slug", "note", "redacts",
          "payload_sha256", "previous_hash"]
def digest(value, salt=""):
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256((salt + text).encode()).hexdigest()
previous, count, removed, redacted = "", 0, set(), set()
with open("ledger.jsonl", encoding="utf-8", newline="\n") as file:
    for count, entry in enumerate(map(json.loads, file), start=1):
        assert entry["seq"] == count, f"entry {count} is missing"
        assert entry["previous_hash"] == previous, f"entry {count} does not follow"
        assert entry["hash"] == digest({name: entry[name] for name in FIELDS}), f"entry {count} was changed"
        if entry["payload"] is not None:
            assert entry["payload_sha256"] == digest(entry["payload"], entry["salt"]), f"payload {count}"
        elif entry["payload_sha256"]:
            removed.add(count)
        redacted.add(entry["redacts"])
        previous = entry["hash"]
assert removed <= redacted, f"payloads missing without a redaction: {removed - redacted}"
print("The chain holds:", count, previous)
