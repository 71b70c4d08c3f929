"""What the tests of feeds, calendars, embeds and the rest ask again and again."""

import pytest


@pytest.fixture(autouse=True)
def address_of_the_site(settings):
    settings.SITE_ADDRESS = "https://ledger.example.org"


@pytest.fixture
def keeping(settings):
    """Let costly answers be kept, as on a running site."""
    from django.core.cache import cache

    kept = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "kept"}
    settings.CACHES = {**settings.CACHES, "default": kept}
    cache.clear()
    yield
    cache.clear()
