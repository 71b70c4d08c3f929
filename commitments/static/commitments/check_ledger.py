import hashlib, json
SALTS = {"payload": "salt", "people": "people_salt"}
def digest(value, salt=""):
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256((salt + text).encode()).hexdigest()
previous, count, removed, redacted = "", 0, set(), set()
with open("ledger.jsonl", encoding="utf-8", newline="\n") as file:
    for count, entry in enumerate(map(json.loads, file), start=1):
        parts = [(name, entry.pop(name), entry.pop(SALTS[name])) for name in SALTS if name in entry]
        seal, place = entry.pop("hash"), (entry["seq"], entry["previous_hash"])
        assert place == (count, previous), f"entry {count} is missing or does not follow"
        assert seal == digest(entry), f"entry {count} was changed"
        for name, body, salt in parts:
            assert body is None or entry[f"{name}_sha256"] == digest(body, salt), f"{name} {count}"
            if body is None and entry[f"{name}_sha256"]:
                removed.add((count, name))
        redacted.add((entry["redacts"], entry.get("redacted_part") or "payload"))
        previous = seal
assert removed <= redacted, f"missing without a redaction: {removed - redacted}"
print("The chain holds:", count, previous)
