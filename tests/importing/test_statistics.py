import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.importing import statistics


@pytest.mark.django_db
def test_statistics_are_gathered_for_many_new_records_and_not_for_few():
    for new, asked in [(0, []), (statistics.MANY - 1, []), (statistics.MANY, ["ANALYZE"])]:
        with CaptureQueriesContext(connection) as captured:
            statistics.gather(new)
        assert [query["sql"] for query in captured] == asked
