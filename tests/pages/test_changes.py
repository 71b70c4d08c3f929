from commitments import publishing
from commitments.models import LedgerHead
from tests.fixtures.records import amend, withdraw


def test_the_newest_entry_comes_first_and_notes_are_public(read, reviewer, make_topic, make_pledge):
    topic, pledge = make_topic("energy"), make_pledge()
    pledge.title = "A better title"
    pledge.save()
    amend(pledge, by=reviewer, note="The first title said too much.")
    text = read("/changes/?kind=all")
    amended = text.index("Amended a pledge: <a")
    assert amended < text.index(f"Published a topic: {topic}")
    assert text.index("The first title said too much.") > amended


def test_a_withdrawn_record_keeps_its_entry_and_note_but_not_its_words(read, reviewer, make_topic):
    topic = make_topic("mistaken", name="Words to forget")
    withdraw(topic, by=reviewer, note="Entered twice.")
    text = read("/changes/")
    assert "Withdrew a topic" in text
    assert "Entered twice." in text
    assert "(mistaken)" in text
    assert "Words to forget" not in text


def test_a_verdict_is_told_as_a_sentence(read, make_pledge, make_assessment):
    make_assessment(make_pledge().undertakings.get(), "met")
    assert "as of <time" in read("/changes/")
    assert "Japan:" in read("/changes/")


def test_a_confirmation_is_told(read, reviewer, make_pledge, make_assessment):
    publishing.confirm(make_assessment(make_pledge().undertakings.get(), "met"), by=reviewer)
    assert "Checked a verdict again: it stands" in read("/changes/")


def test_corrections_are_what_was_changed_or_taken_back(read, reviewer, make_topic, make_pledge):
    topic, pledge = make_topic("mistaken"), make_pledge()
    assert "Nothing has been corrected yet." in read("/corrections/")
    pledge.title = "A better title"
    pledge.save()
    amend(pledge, by=reviewer, note="The first title said too much.")
    withdraw(topic, by=reviewer, note="Entered twice.")
    text = read("/corrections/")
    assert "The first title said too much." in text
    assert "Entered twice." in text
    assert "Published" not in text


def test_the_ledger_shows_its_head_and_whole_hashes(read, make_topic):
    assert "It is empty." in read("/ledger/")
    make_topic("energy")
    head = LedgerHead.objects.get()
    text = read("/ledger/")
    assert text.count(head.hash) == 2
    assert "topic energy" in text
