"""Two versions of a text, word by word."""

import pytest

from commitments.ledger.edits import MOST_WORDS, compare_texts


def write_runs(runs):
    marks = {"kept": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    return "".join(marks[run.edit].format(run.text) for run in runs)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        pytest.param("", "", "", id="nothing"),
        pytest.param("", "250 trees", "[+250 trees+]", id="from nothing"),
        pytest.param("250 trees", "", "[-250 trees-]", id="to nothing"),
        pytest.param("250 trees", "250 trees", "250 trees", id="the same"),
        pytest.param("give trees to", "give 250 trees to", "give [+250 +]trees to", id="added"),
        pytest.param("give 250 trees", "give trees", "give [-250 -]trees", id="removed"),
        pytest.param(
            "give 250 trees now", "give 300 trees now", "give [-250 -][+300 +]trees now", id="other"
        ),
        pytest.param("One.\nTwo.", "One.\nThree.", "One.\n[-Two.-][+Three.+]", id="a new line"),
        pytest.param("日本は桜を贈る", "日本は梅を贈る", "日本は[-桜-][+梅+]を贈る", id="Japanese"),
        pytest.param("One. Two", "One. Two ", "One. Two ", id="only blanks"),
        pytest.param("One. Two.", "One. Two. 3.", "One. Two. [+3.+]", id="more at the end"),
        pytest.param("a b c d", "e f g h", "[-a b c d-][+e f g h+]", id="nothing in common"),
    ],
)
def test_the_runs_lead_from_one_text_to_the_other(before, after, shown):
    runs = compare_texts(before, after)
    assert write_runs(runs) == shown
    shown_before = "".join(run.text for run in runs if run.edit != "added")
    assert shown_before.split() == before.split()
    assert "".join(run.text for run in runs if run.edit != "removed") == after


def test_a_very_long_text_is_shown_whole():
    before = "word " * (MOST_WORDS + 1)
    runs = compare_texts(before, f"{before}more")
    assert [run.edit for run in runs] == ["removed", "added"]
