"""Who is behind an entry of the ledger, in words, on every page that shows entries."""

import pytest
from django.urls import reverse
from django.utils import translation

from commitments import publishing
from commitments.models import LedgerEntry
from commitments.templatetags.people import people_words
from tests.fixtures.records import withdraw

pytestmark = pytest.mark.django_db


def read_newest():
    return LedgerEntry.objects.select_related("people").first()


def test_two_people_are_both_named(japan):
    assert people_words(read_newest()) == "Submitted by Rita, approved by Victor"


def test_in_japanese_each_name_is_marked_as_english(japan):
    with translation.override("ja"):
        assert people_words(read_newest()) == (
            '提出：<span lang="en">Rita</span>、承認：<span lang="en">Victor</span>'
        )


def test_one_person_is_said_to_be_alone(make_party, reviewer, settings):
    settings.ONE_PERSON_INSTALLATION = True
    publishing.publish(publishing.submit(make_party(state="draft"), by=reviewer), by=reviewer)
    assert people_words(read_newest()) == "Submitted and approved by Victor alone"


def test_a_confirmation_says_who(make_pledge, make_assessment, reviewer):
    judged = make_assessment(make_pledge().undertakings.get(), "in_progress")
    publishing.confirm(judged, by=reviewer)
    assert people_words(read_newest()) == "Confirmed by Victor alone"


def test_a_redaction_says_who_and_what_it_removed_is_said_to_be_removed(japan, administrator):
    first = read_newest()
    publishing.redact(first.seq, by=administrator, note="Asked for.", part="people")
    assert people_words(read_newest()) == "Removed by Ada alone"
    first = LedgerEntry.objects.select_related("people").get(pk=first.pk)
    assert people_words(first) == "The names of who did it were removed from the ledger"


def test_what_the_program_entered_has_no_people(make_source):
    make_source("memo")
    entry = read_newest()
    entry.people_sha256 = ""
    assert people_words(entry) == "Entered by the program"
    entry.form = 1
    assert people_words(entry) == ""


def test_without_a_credit_name_somebody_is_a_number_and_never_a_user_name(make_party, make_user):
    rita, una = (make_user(name, "reviewer", credit_name="") for name in ("secret", "hidden"))
    publishing.publish(publishing.submit(make_party(state="draft"), by=rita), by=una)
    expected = f"Submitted by Curator {rita.pk}, approved by Curator {una.pk}"
    assert people_words(read_newest()) == expected


def test_a_name_is_text_and_no_markup(make_party, make_user, reviewer):
    user = make_user("rob", "researcher", credit_name="<b>Rob</b> {0}")
    publishing.publish(publishing.submit(make_party(state="draft"), by=user), by=reviewer)
    words = people_words(read_newest())
    assert words == "Submitted by &lt;b&gt;Rob&lt;/b&gt; {0}, approved by Victor"


@pytest.fixture
def pledge(make_pledge, make_assessment, reviewer):
    pledge = make_pledge()
    judged = make_assessment(pledge.undertakings.get(), "in_progress")
    publishing.confirm(judged, by=reviewer)
    return pledge


@pytest.mark.parametrize("route", ["ledger", "changes"])
def test_every_list_says_who(client, pledge, route):
    page = client.get(reverse(route)).content.decode()
    assert "Submitted by Rita, approved by Victor" in page
    assert "Confirmed by Victor alone" in page


def test_corrections_say_who(client, japan, reviewer):
    withdraw(japan, by=reviewer, note="Entered twice.")
    page = client.get(reverse("corrections")).content.decode()
    assert "approved by Victor" in page


def test_the_history_of_a_verdict_says_who_confirmed_it(client, pledge):
    page = client.get(pledge.get_absolute_url()).content.decode()
    assert "Confirmed by Victor alone" in page


@pytest.mark.parametrize("route", ["ledger", "changes", "corrections"])
def test_a_longer_list_asks_for_no_more(client, make_topic, reviewer, route):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in range(2):
        for letter in "abc":
            topic = make_topic(f"{letter}-{number}")
            withdraw(topic, by=reviewer, note="Entered twice.")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(route))
        counts.append(len(queries))
    assert counts[0] == counts[1]
