"""Names are compared by their folded text, and slips get suggestions."""

from commitments.importing.texts import suggest_names


def test_near_names_are_offered_the_nearest_first():
    known = ["Japan", "Jordan", "United Kingdom", "United States"]
    assert suggest_names("japn", known) == ["Japan"]
    assert suggest_names("UNITED  STATE", known)[0] == "United States"
    assert suggest_names("Atlantis", known) == []
    assert suggest_names("x" * 100_000, known) == []
