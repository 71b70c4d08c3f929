"""What every test stands on: settings, a closed network, Hypothesis, the browser."""

import gc
import ipaddress
import os
import shutil
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test import TransactionTestCase, override_settings
from hypothesis import HealthCheck, configuration
from hypothesis import settings as hypothesis_settings

pytest_plugins = [
    "tests.fixtures.clients",
    "tests.fixtures.shared",
    "tests.fixtures.records",
    "tests.fixtures.answers",
    "tests.fixtures.canaries",
    "tests.fixtures.references",
    "tests.fixtures.old_forms",
]

# The pages make many short-lived objects: looking for circles among them so often costs a twentieth
# of the time.
gc.set_threshold(100_000, 50, 100)

IN_CI = os.environ.get("CI") == "true"
SOAK = os.environ.get("SOAK") == "1"

# Playwright keeps an event loop in the main thread, and Django takes that for an async caller.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


# Settings


@pytest.fixture(scope="session", autouse=True)
def test_settings(tmp_path_factory):
    """Before any class's setUpTestData, which may sign in users and publish records."""
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
            # The real one wants every file collected and named before it renders a page.
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        # Rows written past publishing must show at once: nothing is kept between two requests.
        CACHES={
            "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
            "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
            "sign-in": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        },
        SIGN_IN_LOCK=tmp_path_factory.mktemp("sign-in") / "lock",
        CHECKPOINT_FILE=tmp_path_factory.mktemp("ledger") / "checkpoints.jsonl",
    ):
        yield


@pytest.fixture(autouse=True)
def checkpoint_file(tmp_path, settings):
    """Each test's own checkpoints: they outlive a rolled-back transaction, and would lead the next
    ledger.
    """
    settings.CHECKPOINT_FILE = tmp_path / "checkpoints.jsonl"
    return settings.CHECKPOINT_FILE


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """On SQLite, a file: threads that share a database in memory get errors no real site ever sees.

    On PostgreSQL, patience: the site's own time limits would answer 503 where a test wants to see
    who wins.
    """
    if connection.vendor == "sqlite":
        settings = connection.settings_dict
        settings["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        # A power cut may take the tests' database: WAL stays, waiting for the disk goes.
        settings["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    else:
        # Writers that race in a test wait for one another as long as a busy machine makes them.
        connection.settings_dict["OPTIONS"]["options"] = (
            "-c lock_timeout=120000 -c statement_timeout=300000"
        )


# The ledger's triggers refuse DELETE and TRUNCATE, which is how Django empties the tables after
# these tests.
flush = TransactionTestCase._fixture_teardown


def flush_with_the_guards_lifted(self):
    from commitments.publishing.guards import without_guards

    with without_guards():
        flush(self)


TransactionTestCase._fixture_teardown = flush_with_the_guards_lifted


# Network


class ReachedOutside(RuntimeError):
    """A test tried to speak to another machine."""


def is_loopback(host):
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def is_number(host):
    try:
        return bool(ipaddress.ip_address(host))
    except ValueError:
        return False


def refuse_the_outside(event, arguments):
    """Refuse before a packet leaves, the question for a name's address included."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        allowed = not isinstance(address, tuple) or is_loopback(address[0])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        address = arguments[0]
        # Only a name is asked for over the network; a number is just read.
        allowed = is_loopback(address) or is_number(address)
    else:
        return
    if not allowed:
        raise ReachedOutside(f"A test may speak to this machine only, and it tried {address}.")


# An audit hook sees every socket, whichever library opened it, and no code under test can undo it.
sys.addaudithook(refuse_the_outside)


# Hypothesis and the long tests

configuration.set_hypothesis_home_dir(Path(__file__).parent.parent / "var" / "hypothesis")
hypothesis_settings.register_profile(
    "short", max_examples=40, derandomize=True, deadline=None, database=None
)
hypothesis_settings.register_profile(
    "soak",
    max_examples=2000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
hypothesis_settings.load_profile("soak" if SOAK else "short")


@pytest.fixture(scope="session")
def soaking():
    """Tell a test with a long form of its own whether to run it."""
    return SOAK


# What a page looks like, what the pure rules find and how files are laid out do not depend on the
# database.
PURE = (
    *(
        "verdicts",
        "architecture",
        "charting",
        "timeline",
        "templatetags",
        "test_serving.py",
        "test_requirements.py",
    ),
    *(
        "test_catalogue.py",
        "tools",
        "pages/test_prose.py",
        "pages/test_weights.py",
    ),
    *("syndication/test_share_images.py", "demo/test_records.py", "demo/test_consistency.py"),
)


def pytest_collection_modifyitems(config, items):
    for item in items:
        if "page" in item.fixturenames or "browser" in item.fixturenames:
            item.add_marker("browser")
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("soak")
        if item.get_closest_marker("once"):
            item.add_marker("soak")
    if connection.vendor != "sqlite":
        pure = {Path(__file__).parent / name for name in PURE}
        kinds = ["browser"] if SOAK else ["browser", "once"]
        apart = [
            item
            for item in items
            if any(map(item.get_closest_marker, kinds)) or pure & {item.path, *item.path.parents}
        ]
        items[:] = [item for item in items if item not in apart]
        config.hook.pytest_deselected(items=apart)


# Browser


def find_chromium():
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = find_chromium()
    if chromium is None:
        absent = pytest.fail if IN_CI else pytest.skip
        absent("No Chromium is installed for the browser tests (on Debian: apt install chromium).")
    arguments = [
        "--no-sandbox",  # needed by root, as in most containers; it only ever opens our own pages
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        # The guard above cannot see into this process: here every name but our own is unknown.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ]
    return {**browser_type_launch_args, "executable_path": chromium, "args": arguments}
