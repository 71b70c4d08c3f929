"""Prepare a site and serve it on this machine, once the packages are installed: see `make run`."""

import hashlib
import os
import secrets
import socket
import sys
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from commitments.models import LedgerEntry
from tracker.limits import THREADS

HOST = "127.0.0.1"
# Two packages bring megabytes for pages that this site does not have.
UNUSED_STATIC_FILES = ["redoc", "rest_framework"]
DEMO_LOGINS = [("researcher", "Demo researcher"), ("reviewer", "Demo reviewer")]


class CannotServe(Exception):
    """The site cannot start. The message is a sentence for the person who started it."""


class Login(NamedTuple):
    username: str
    password: str


def require_free_port(port):
    if not 0 < port < 65536:
        raise CannotServe(
            f"{port} is not a port; choose one from 1024 to 65535: make run PORT=8010"
        )
    with socket.socket() as probe:
        # The server does so too. Without it, a port that was freed a moment ago still looks busy.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise CannotServe(
                f"Port {port} is for the system only; choose another: make run PORT=8010"
            ) from None
        except OSError:
            raise CannotServe(
                f"Port {port} is in use; stop what uses it or choose another: make run"
                f" PORT={port + 10}"
            ) from None


def require_database():
    try:
        connection.ensure_connection()
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise CannotServe(f"The database named by DATABASE_URL does not answer: {reason}") from None


def prepare(*, demo):
    """Bring the database and the static files up to date; return the logins that were made, if any.

    The database itself says what is still to do, so the next start finishes one that was cut short.
    A site that somebody can sign in to never gets demonstration data or further logins.
    """
    if not connection.introspection.table_names():
        say("Setting up the database (once; a few seconds)")
    is_upgrade = has_pending_migrations() and has_ledger()
    call_command("migrate", verbosity=0, interactive=False)
    if is_upgrade:
        renew_ledger()
    collect_static()
    if can_anybody_sign_in():
        return []
    if demo and not has_ledger():
        say("Entering the demonstration record (once; about half a minute)")
        call_command("load_demo")
    return make_demo_logins() if demo else [make_first_administrator()]


def has_pending_migrations():
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    return bool(executor.migration_plan(newest))


def has_ledger():
    """Whether anything was ever published here."""
    # Before the first migration there is no table to ask.
    table = LedgerEntry._meta.db_table
    return table in connection.introspection.table_names() and LedgerEntry.objects.exists()


def renew_ledger():
    """Enter what is published in the ledger again, where this version writes it in a newer form."""
    try:
        call_command("record_new_forms")
    except CommandError as error:
        # The site can be read as before; what is wrong is for its keeper to look at.
        say(str(error))


def can_anybody_sign_in():
    staff = get_user_model().objects.filter(is_staff=True, is_active=True)
    return any(user.has_usable_password() for user in staff)


def make_demo_logins():
    return [
        make_login(username, credit_name, group=username) for username, credit_name in DEMO_LOGINS
    ]


def make_first_administrator():
    return make_login("administrator", "Administrator", group="administrator", is_superuser=True)


def make_login(username, credit_name, *, group, is_superuser=False):
    password = secrets.token_urlsafe(12)
    user, _ = get_user_model().objects.get_or_create(
        username=username, defaults={"credit_name": credit_name}
    )
    user.is_staff, user.is_superuser = True, is_superuser
    user.set_password(password)
    user.save()
    user.groups.add(Group.objects.get(name=group))
    return Login(username, password)


def collect_static():
    """Copy, name and compress the static files, if any has changed since the last time."""
    stamp = Path(settings.STATIC_ROOT).with_suffix(".stamp")
    files = [storage.path(name) for finder in get_finders() for name, storage in finder.list([])]
    state = compute_fingerprint(files, settings.STORAGES["staticfiles"]["BACKEND"])
    if Path(settings.STATIC_ROOT).is_dir() and stamp.is_file() and stamp.read_text() == state:
        return
    say("Preparing style sheets, scripts and icons")
    call_command(
        "collectstatic", verbosity=0, interactive=False, ignore_patterns=UNUSED_STATIC_FILES
    )
    stamp.write_text(state)


def say(sentence):
    """Report at the terminal what takes time. A start that has nothing to do prints nothing."""
    print(sentence, flush=True)


def compute_fingerprint(files, *extra):
    """Return a text that changes whenever one of the files does: its name, size or time."""
    lines = [*extra]
    for file in sorted(map(str, files)):
        status = os.stat(file)
        lines.append(f"{file} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def serve(port):
    """Become the web server; never returns."""
    os.environ.setdefault("SITE_ADDRESS", f"http://{HOST}:{port}")
    # Compute it once for all workers.
    os.environ.setdefault("BUILD", str(settings.BUILD))
    connection.close()
    os.chdir(settings.BASE_DIR)
    server = [
        "tracker.workers",
        "--interface=wsgi",
        f"--host={HOST}",
        f"--port={port}",
        "--no-ws",
        # Its only warning here is that these are many threads, but most of them just wait.
        "--log-level=error",
        "--workers=2",
        f"--blocking-threads={THREADS}",
        # On a stop, running requests may finish while new ones are refused.
        "--workers-kill-timeout=30",
        "tracker.wsgi:application",
    ]
    os.execv(sys.executable, [sys.executable, "-m", *server])
