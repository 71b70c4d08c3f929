"""Somebody at the sign-in form, with passwords that are wrong or right."""

import pytest
from django.urls import reverse

PASSWORD = "correct horse battery"
HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def sign_in_files(tmp_path, settings):
    """The store of counts as a site has it, each test's own."""
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    store = {"BACKEND": backend, "LOCATION": tmp_path / "sign-in"}
    settings.CACHES = {**settings.CACHES, "sign-in": store}
    settings.SIGN_IN_LOCK = tmp_path / "sign-in.lock"


@pytest.fixture
def sign_in(client):
    """Return a function that fills in the form, sends it from an address and returns the answer."""

    def sign_in(username="rita", password="wrong", address=HERE, **headers):
        form = {"username": username, "password": password}
        return client.post(reverse("admin:login"), form, REMOTE_ADDR=address, **headers)

    return sign_in


@pytest.fixture
def fail(sign_in):
    """Return a function that fails so many times and returns what each was answered."""

    def fail(times, **options):
        return [sign_in(**options).status_code for _ in range(times)]

    return fail
