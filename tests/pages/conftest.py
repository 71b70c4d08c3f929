"""A record with something on every page, and a few questions that many tests ask."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def record(japan, make_summit, make_leader, make_pledge, make_assessment, make_topic):
    """One published record of each kind that has a page, and what hangs on it."""
    leader = make_leader(native_name="高市早苗", tenures=[{"party": japan, "office": "Prime Minister of Japan"}])
    summit = make_summit(parties=[japan], name_ja="日米首脳会談")
    pledge = make_pledge(summit=summit, stated_by_leader=leader, topics=[make_topic()])
    make_assessment(pledge.undertakings.get(), "met", caveat="On budget basis; outturn pending.")
    return SimpleNamespace(summit=summit, leader=leader, pledge=pledge, party=japan)


@pytest.fixture
def statements(client):
    """Return how many statements an address costs."""

    def count(address, **headers):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address, headers=headers)
        assert response.status_code in (200, 304), address
        return len(captured)

    return count


@pytest.fixture
def read(client):
    """Return the text of a page that answers 200."""

    def read(address):
        response = client.get(address)
        assert response.status_code == 200, address
        return response.content.decode()

    return read
