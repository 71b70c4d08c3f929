"""How a site starts from its environment: each case reads the settings in a process of its own."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAY = (
    "import json; from django.conf import settings as s; print(json.dumps([getattr(s, n) for n in"
    " {names!r}]))"
)
# What the one who runs the tests has set for a site of their own must not decide them.
OURS = {
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "DEBUG",
    "SITE_ADDRESS",
    "SECURE_SSL_REDIRECT",
    "BEHIND_PROXY",
    "TRUSTED_PROXIES",
}


@pytest.fixture
def read(tmp_path):
    """Return a function that starts Django with an environment and returns the settings named."""

    def run(*names, **environment):
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        # Empty, not absent: a developer's .env fills in only what is absent.
        blank = {"SECRET_KEY": "", "ALLOWED_HOSTS": "", "DEBUG": "no", "VAR_DIR": str(tmp_path)}
        database = {"DATABASE_URL": "sqlite://:memory:"}
        return subprocess.Popen(
            [sys.executable, "-c", SAY.format(names=names)],
            cwd=ROOT,
            env={
                **kept,
                "DJANGO_SETTINGS_MODULE": "tracker.settings",
                **blank,
                **database,
                **environment,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def read(*names, **environment):
        process = run(*names, **environment)
        out, error = process.communicate(timeout=60)
        assert process.returncode == 0, error
        values = json.loads(out)
        return values[0] if len(names) == 1 else values

    read.start = run
    return read


PUBLIC = {"ALLOWED_HOSTS": "ledger.example.org", "SITE_ADDRESS": "https://ledger.example.org"}
KEY = "k" * 64


@pytest.mark.parametrize(
    "hosts", ["ledger.example.org", "127.0.0.1,ledger.example.org", "*", ".localhost"]
)
def test_a_public_host_without_a_key_does_not_start_and_says_how_to_make_one(read, hosts):
    process = read.start("SECRET_KEY", ALLOWED_HOSTS=hosts)
    _out, error = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "SECRET_KEY is not set" in error
    assert 'python -c "import secrets; print(secrets.token_urlsafe(64))"' in error


def test_a_site_on_loopback_makes_its_key_once_and_keeps_it_to_itself(read, tmp_path):
    first = read("SECRET_KEY")
    assert len(first) >= 50
    assert read("SECRET_KEY") == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_processes_that_start_together_share_one_key(read):
    processes = [read.start("SECRET_KEY") for _ in range(4)]
    answers = {process.communicate(timeout=60)[0] for process in processes}
    assert len(answers) == 1
    assert json.loads(answers.pop())[0]


def test_a_key_that_is_given_is_used_and_none_is_made(read, tmp_path):
    assert read("SECRET_KEY", SECRET_KEY=KEY) == KEY
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name, public, local",
    [
        ("SESSION_COOKIE_SECURE", True, False),
        ("CSRF_COOKIE_SECURE", True, False),
        ("SECURE_SSL_REDIRECT", True, False),
        ("SECURE_HSTS_SECONDS", 31_536_000, 0),
        ("SECURE_HSTS_INCLUDE_SUBDOMAINS", True, False),
        ("SECURE_HSTS_PRELOAD", True, False),
        ("CSRF_TRUSTED_ORIGINS", ["https://ledger.example.org"], []),
        ("DEBUG", False, False),
        ("SESSION_COOKIE_HTTPONLY", True, True),
        ("SESSION_COOKIE_SAMESITE", "Lax", "Lax"),
        ("X_FRAME_OPTIONS", "DENY", "DENY"),
    ],
)
def test_naming_a_public_host_switches_the_protections_on(read, name, public, local):
    assert read(name, SECRET_KEY=KEY, **PUBLIC) == public
    assert read(name, SECRET_KEY=KEY) == local


def test_a_site_with_nothing_set_answers_on_loopback_only(read):
    assert read("ALLOWED_HOSTS") == ["127.0.0.1", "localhost", "[::1]"]


def test_the_header_of_a_proxy_is_trusted_only_where_the_site_says_there_is_one(read):
    present = "SECURE_PROXY_SSL_HEADER"
    assert read(present, SECRET_KEY=KEY, **PUBLIC) is None
    assert read(present, SECRET_KEY=KEY, BEHIND_PROXY="yes", **PUBLIC) == [
        "HTTP_X_FORWARDED_PROTO",
        "https",
    ]


def test_no_proxy_is_trusted_about_addresses_unless_the_site_says_how_many_there_are(read):
    assert read("TRUSTED_PROXIES", SECRET_KEY=KEY, BEHIND_PROXY="yes", **PUBLIC) == 0
    assert read("TRUSTED_PROXIES", TRUSTED_PROXIES="2") == 2
    process = read.start("TRUSTED_PROXIES", TRUSTED_PROXIES="-1")
    _out, error = process.communicate(timeout=60)
    assert "TRUSTED_PROXIES is a number of proxies" in error


def test_sqlite_takes_the_lock_before_it_reads_and_waits_for_the_disk(read, tmp_path):
    """Two settings that lose no save and no publication: see the comments where they are made."""
    options = read("DATABASES", DATABASE_URL=f"sqlite:///{tmp_path}/site.sqlite3")["default"][
        "OPTIONS"
    ]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]
    assert "journal_mode=WAL" in options["init_command"]


def test_sqlite_stays_open_between_requests_and_is_checked_at_each(read, tmp_path):
    database = read("DATABASES", DATABASE_URL=f"sqlite:///{tmp_path}/site.sqlite3")["default"]
    assert database["ENGINE"] == "tracker.sqlite3"
    assert database["CONN_MAX_AGE"] is None
    assert database["CONN_HEALTH_CHECKS"] is True


def test_a_build_that_is_given_names_the_version(read):
    assert read("BUILD", BUILD="2026-04-01") == "2026-04-01"


def test_a_server_names_its_version_as_it_starts(tmp_path):
    """In a process of its own, whose files are out of its reach once it has started."""
    program = (
        "import tracker.wsgi; from pathlib import Path; from django.conf import settings;"
        " Path.read_bytes = None; print(settings.BUILD)"
    )
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "DEBUG": "yes", "BUILD": ""}
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert re.fullmatch(r"[0-9a-f]{12}\n", ran.stdout), ran.stderr


def test_postgresql_gives_up_on_a_lock_rather_than_hang(read):
    default = read("DATABASES", DATABASE_URL="postgres://user@db.example.org/ledger")["default"]
    assert "lock_timeout=10000" in default["OPTIONS"]["options"]
    assert "statement_timeout=30000" in default["OPTIONS"]["options"]
    assert default["CONN_HEALTH_CHECKS"] is True
