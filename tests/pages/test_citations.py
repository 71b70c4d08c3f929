"""A citation shows what the site said at a ledger entry, whatever has become of the record
since.
"""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from commitments import models, publishing
from commitments.ledger.freshness import read_head
from tests.fixtures.records import amend, withdraw
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db


@shared
def pledge(make_pledge, japan, make_evidence, make_assessment):
    pledge = make_pledge("promise", parties=[japan], title="Two per cent")
    proof = make_evidence(pledge, finding="The budget passed.")
    make_assessment(
        pledge.undertakings.get(), "on_track", rationale="Half way there.", evidence=[proof]
    )
    return pledge


def address(pledge, seq):
    return f"/pledges/{pledge.slug}/at/{seq}/"


def test_it_says_what_the_page_said(read, pledge):
    text = read(address(pledge, read_head()))
    for words in [
        "Two per cent",
        "On track",
        "Half way there.",
        "The budget passed.",
        "Japan",
        "ledger entry",
    ]:
        assert words in text


def test_a_later_verdict_leaves_it_alone(read, pledge, make_assessment):
    seq = read_head()
    before = read(address(pledge, seq))
    make_assessment(
        pledge.undertakings.get(), "not_met", rationale="It failed.", as_of=date(2026, 1, 1)
    )
    assert read(address(pledge, seq)) == before
    assert "It failed." in read(address(pledge, read_head()))


def test_amending_the_pledge_its_party_and_its_source_leaves_it_alone(
    read, pledge, reviewer, japan
):
    seq = read_head()
    before = read(address(pledge, seq))
    for record, name in [(pledge, "title"), (japan, "name"), (pledge.source, "title")]:
        record.refresh_from_db()
        setattr(record, name, "Changed since")
        record.save()
        amend(record, by=reviewer, note="A better name.")
    assert read(address(pledge, seq)) == before
    assert "Changed since" in read(address(pledge, read_head()))


def test_a_withdrawn_verdict_still_stands_where_it_was_cited(read, pledge, reviewer):
    seq = read_head()
    before = read(address(pledge, seq))
    withdraw(models.Assessment.objects.get(), by=reviewer, note="A wrong figure.")
    assert read(address(pledge, seq)) == before
    assert "Half way there." not in read(address(pledge, read_head()))


def test_a_withdrawn_pledge_is_still_cited_and_says_so(client, read, pledge, reviewer):
    seq = read_head()
    withdraw(pledge, by=reviewer, note="Never said.", cascade=True)
    assert client.get(pledge.get_absolute_url()).status_code == 404
    text = read(address(pledge, seq))
    assert "Half way there." in text
    assert "withdrawn from the record since" in text
    assert client.get(address(pledge, read_head())).status_code == 404


def test_what_was_redacted_is_gone(client, pledge, administrator, reviewer):
    seq = read_head()
    withdraw(pledge, by=reviewer, note="Personal data.", cascade=True)
    entry = models.LedgerEntry.objects.get(record_type="pledge", action="publish")
    publishing.redact(entry.seq, by=administrator, note="A court order.")
    assert client.get(address(pledge, seq)).status_code == 404


def test_before_it_was_published_and_after_the_head_there_is_nothing(client, pledge):
    first = models.LedgerEntry.objects.get(record_type="pledge", action="publish").seq
    for seq in [0, first - 1, read_head() + 1, 2**63, 10**40]:
        assert client.get(address(pledge, seq)).status_code == 404, seq


def test_a_deadline_is_told_as_on_that_day(read, make_pledge, japan):
    tomorrow = timezone.now().date() + timedelta(days=1)
    pledge = make_pledge("late", parties=[japan], deadline=tomorrow, deadline_precision="day")
    seq = read_head()
    with time_machine.travel(tomorrow + timedelta(days=9)):
        assert "That day has passed." not in read(address(pledge, seq))
        assert "That day has passed." in read(pledge.get_absolute_url())


def test_an_outside_verdict_is_shown_as_theirs(
    read, settle, pledge, make_pledge, make_party, source, japan
):
    other = make_pledge("another", parties=[japan])
    watchers = make_party("watchers", kind="organisation")
    report = models.OutsideReport.objects.create(
        slug="watch-1",
        assessor=watchers,
        title="Report",
        source=source,
        scale="s",
        published_on=date(2025, 12, 1),
    )
    report.verdicts.create(undertaking=other.undertakings.get(), score="0", status="partly_met")
    settle(report)
    text = read(address(other, read_head()))
    assert "The judgement of Watchers, not ours" in text
    assert "Their verdicts, on their scale" in text


def test_it_costs_the_same_with_twenty_parties(
    statements, make_pledge, make_party, make_evidence, make_assessment
):
    costs = []
    for name, size in [("small", 2), ("large", 20)]:
        pledge = make_pledge(
            name, parties=[make_party(f"{name}-{number}") for number in range(size)]
        )
        for undertaking in pledge.undertakings.all():
            make_assessment(undertaking, "met", evidence=[make_evidence(pledge)])
        costs.append(statements(address(pledge, read_head())))
    assert costs[0] == costs[1] <= 13


def test_the_pledge_page_names_its_own_citation(read, pledge):
    assert f'href="{address(pledge, read_head())}"' in read(pledge.get_absolute_url())


def test_nothing_of_the_database_is_read_for_the_words(read, pledge):
    """Rows changed behind the ledger's back change no citation."""
    seq = read_head()
    before = read(address(pledge, seq))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE commitments_pledge SET title = 'Forged'")
        cursor.execute("UPDATE commitments_assessment SET rationale = 'Forged'")
    assert read(address(pledge, seq)) == before
