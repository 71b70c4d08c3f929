"""Several publish at once, each in a thread with a connection of its own."""

import threading

import pytest
from django.db import connection, connections

from commitments import publishing
from commitments.models import LedgerEntry, Party
from commitments.publishing.verifying import verify

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH = 8, 5


def in_threads(jobs):
    failures = []

    def run(job):
        try:
            job()
        except Exception as failure:
            failures.append(failure)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return failures


def test_writers_at_once_leave_a_gapless_valid_chain(make_party, researcher, reviewer):
    batches = []
    for writer in range(WRITERS):
        parties = [make_party(f"party-{writer}-{n}", state="draft") for n in range(EACH)]
        batches.append([publishing.submit(party, by=researcher) for party in parties])
    connection.close()

    def publish_all(batch):
        for record in batch:
            publishing.publish(record, by=reviewer)

    failures = in_threads([lambda batch=batch: publish_all(batch) for batch in batches])
    assert failures == []
    assert list(LedgerEntry.objects.order_by("seq").values_list("seq", flat=True)) == list(
        range(1, WRITERS * EACH + 1)
    )
    assert list(verify()) == []


def test_of_two_reviewers_who_publish_the_same_record_one_wins(make_party, make_user, researcher):
    party = publishing.submit(make_party("atlantis", state="draft"), by=researcher)
    reviewers = [make_user(f"reviewer-{n}", "reviewer") for n in range(4)]
    connection.close()
    failures = in_threads(
        [lambda user=user: publishing.publish(party, by=user) for user in reviewers]
    )
    assert len(failures) == 3
    assert all(isinstance(failure, publishing.Refused) for failure in failures)
    assert LedgerEntry.objects.count() == 1
    assert Party.objects.get(slug="atlantis").is_published
