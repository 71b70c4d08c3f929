"""What the tests of feeds, calendars, embeds and the rest ask again and again."""

import pytest


@pytest.fixture(autouse=True)
def address_of_the_site(settings):
    settings.SITE_ADDRESS = "https://ledger.example.org"


@pytest.fixture
def keeping(settings):
    """Let costly answers be kept, as on a running site."""
    from django.core.cache import cache

    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "kept"}
    }
    cache.clear()
    yield
    cache.clear()
