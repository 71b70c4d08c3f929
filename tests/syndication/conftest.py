"""What the tests of feeds, calendars, embeds and the rest ask again and again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture(autouse=True)
def address_of_the_site(settings):
    settings.SITE_ADDRESS = "https://ledger.example.org"


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
    """Return the text of an answer that succeeds."""

    def read(address):
        response = client.get(address)
        assert response.status_code == 200, address
        return response.content.decode()

    return read


@pytest.fixture
def keeping(settings):
    """Let costly answers be kept, as on a running site."""
    from django.core.cache import cache

    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "kept"}}
    cache.clear()
    yield
    cache.clear()
