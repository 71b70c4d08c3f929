"""The first start, the second start, and the starts that cannot be."""

import io
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.cookiejar import CookieJar
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command

from commitments.management.commands.serve import Command
from tracker import serving


@pytest.fixture
def busy_port():
    with socket.socket() as taken:
        taken.bind((serving.HOST, 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind((serving.HOST, 0))
        return probe.getsockname()[1]


@pytest.fixture
def static_root(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path / "static"
    return settings.STATIC_ROOT


def test_a_busy_port_is_refused_in_one_sentence_that_names_another(busy_port):
    with pytest.raises(CommandError) as refusal:
        call_command("serve", port=busy_port)

    assert (
        str(refusal.value)
        == f"Port {busy_port} is in use; stop what uses it or choose another: make run"
        f" PORT={busy_port + 10}"
    )


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_number_that_is_no_port_is_refused(port):
    with pytest.raises(serving.CannotServe, match=f"^{port} is not a port"):
        serving.require_free_port(port)


def test_a_free_port_is_accepted(free_port):
    serving.require_free_port(free_port)


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path, free_port):
    refusal = start(
        free_port, tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/no/such/folder/db.sqlite3"
    )

    assert refusal.wait(timeout=30) == 1
    complaint = refusal.stderr.read().strip()
    assert (
        complaint
        == "CommandError: The database named by DATABASE_URL does not answer: unable to open"
        " database file"
    )


@pytest.mark.django_db
def test_an_empty_site_gets_one_administrator(static_root, capsys):
    [login] = serving.prepare(demo=False)
    assert "Preparing style sheets" in capsys.readouterr().out

    administrator = authenticate(username="administrator", password=login.password)
    assert administrator.is_superuser
    assert administrator.is_staff
    assert get_user_model().objects.count() == 1


@pytest.mark.django_db
def test_the_second_start_makes_no_login_and_has_nothing_to_say(static_root, capsys):
    [login] = serving.prepare(demo=False)
    capsys.readouterr()

    assert serving.prepare(demo=False) == []
    assert capsys.readouterr().out == ""
    assert authenticate(username="administrator", password=login.password)


@pytest.mark.django_db
def test_a_site_that_somebody_can_sign_in_to_is_never_given_the_demonstration_record(static_root):
    serving.prepare(demo=False)

    assert serving.prepare(demo=True) == []
    assert get_user_model().objects.count() == 1


@pytest.mark.django_db
def test_the_demonstration_has_a_researcher_and_a_reviewer_who_are_no_administrators():
    logins = serving.make_demo_logins()

    assert [login.username for login in logins] == ["researcher", "reviewer"]
    for login in logins:
        user = authenticate(username=login.username, password=login.password)
        assert user.is_staff
        assert not user.is_superuser
        assert [group.name for group in user.groups.all()] == [login.username]


@pytest.mark.django_db
def test_a_user_the_demonstration_record_brought_along_keeps_its_credit_name():
    user = get_user_model().objects.create_user("researcher", credit_name="Researcher 3")
    assert not serving.can_anybody_sign_in()

    serving.make_demo_logins()

    user.refresh_from_db()
    assert user.credit_name == "Researcher 3"
    assert serving.can_anybody_sign_in()


def test_passwords_are_announced_with_the_way_to_change_them():
    console = io.StringIO()

    Command(stdout=console).announce(8010, [serving.Login("researcher", "s3cret-one")])

    assert "http://127.0.0.1:8010/\n" in console.getvalue()
    assert "http://127.0.0.1:8010/admin/\n" in console.getvalue()
    assert re.search(r"researcher +s3cret-one\n", console.getvalue())
    assert ".venv/bin/python manage.py changepassword researcher" in console.getvalue()


def test_later_starts_announce_no_password():
    console = io.StringIO()

    Command(stdout=console).announce(8000, [])

    assert "passwords are shown" not in console.getvalue()


def test_static_files_are_collected_again_only_when_one_has_changed(static_root):
    serving.collect_static()
    [stylesheet, *_] = static_root.rglob("*.css")
    stylesheet.unlink()

    serving.collect_static()
    assert not stylesheet.exists()

    static_root.with_suffix(".stamp").unlink()
    serving.collect_static()
    assert stylesheet.exists()


def test_a_changed_file_changes_the_fingerprint(tmp_path):
    file = tmp_path / "site.css"
    file.write_text("a")
    before = serving.compute_fingerprint([file])

    file.write_text("ab")

    assert serving.compute_fingerprint([file]) != before


def start(port, folder, **environment):
    # DEBUG: plain static files. Compressing them all takes longer than everything else here.
    environment = {**os.environ, "VAR_DIR": str(folder), "DEBUG": "yes", **environment}
    return subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--empty", f"--port={port}"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A group of its own, so that `kill` reaches the workers too.
        start_new_session=True,
    )


def answer(address, *, within=30):
    end = time.monotonic() + within
    while True:
        try:
            return urlopen(address, timeout=within).status
        except URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def test_the_site_answers_and_shows_its_password_once(tmp_path, free_port):
    """Starts the real server twice, on a database of its own."""
    database = f"sqlite:///{tmp_path}/site.sqlite3"
    announced = []
    for _ in range(2):
        server = start(free_port, tmp_path, DATABASE_URL=database)
        try:
            assert answer(f"http://127.0.0.1:{free_port}/admin/login/") == 200
        finally:
            server.terminate()
            announced.append(server.communicate(timeout=20)[0])

    assert re.search(r"administrator +\S{16}\n", announced[0])
    assert "administrator" not in announced[1]


# Under load, on a real server


class Reader:
    """A program that asks for an address by hand, so that it may leave the answer unread."""

    def __init__(self, port, address):
        self.socket = socket.socket()
        # As little as the system allows: what is not read soon keeps the server waiting.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.settimeout(60)
        self.socket.connect((serving.HOST, port))
        self.socket.sendall(f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())

    def read_status(self):
        return int(self.socket.recv(12).split()[1])

    def read_rest(self):
        """Return the last bytes of the answer."""
        last = b""
        while not last.endswith(b"\r\n0\r\n\r\n") and (part := self.socket.recv(1 << 20)):
            last = (last + part)[-20:]
        return last


class Curator:
    """A browser with its cookies."""

    def __init__(self, port):
        self.site = f"http://{serving.HOST}:{port}"
        self.cookies = CookieJar()
        self.browser = build_opener(HTTPCookieProcessor(self.cookies))

    def post(self, address, **fields):
        """Return the address that the answer comes from, once every redirect is followed."""
        token = next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken")
        body = urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        return self.browser.open(self.site + address, body, timeout=60).url

    def sign_in(self, password):
        self.browser.open(f"{self.site}/admin/login/", timeout=60)
        return self.post("/admin/login/?next=/admin/", username="administrator", password=password)

    def add_topic(self, name):
        return self.post("/admin/commitments/topic/add/", name=name, slug=name)


def lengthen_the_ledger(database):
    """Write past publishing: only how long the file is matters, some 40 MB."""
    rows = [(number, "n" * 5000, f"{number:064x}") for number in range(1, 8001)]
    with closing(sqlite3.connect(database, timeout=60)) as file:
        file.executemany(
            "INSERT INTO commitments_ledgerentry"
            " (form, seq, recorded_at, action, record_type, record_slug, note, redacted_part, alone,"
            " payload_sha256, people_sha256, previous_hash, hash)"
            " VALUES (2, ?, '2026-01-01', 'withdraw', 'topic', 'trade', ?, '', FALSE, '', '', '', ?)",
            rows,
        )
        file.execute(
            "INSERT OR REPLACE INTO commitments_ledgerhead (id, seq, hash, identity)"
            " VALUES (1, 8000, '', 'long')"
        )
        file.commit()


def ask_as_a_reader(port):
    """Ask so often that each of the two processes answers some."""
    for _ in range(6):
        assert answer(f"http://127.0.0.1:{port}/healthz") == 200
        assert answer(f"http://127.0.0.1:{port}/topics/") == 200


def test_downloads_and_waiting_saves_leave_readers_their_threads_and_a_stop_lets_them_end(
    tmp_path, free_port
):
    """One server for all of it, because a start takes longest."""
    database = tmp_path / "site.sqlite3"
    server = start(free_port, tmp_path, DATABASE_URL=f"sqlite:///{database}")
    try:
        greeting = "".join(iter(server.stdout.readline, "  To stop           Ctrl-C\n"))
        answer(f"http://127.0.0.1:{free_port}/healthz", within=60)
        curator = Curator(free_port)
        password = re.search(r"administrator +(\S+)", greeting)[1]
        assert curator.sign_in(password).endswith("/admin/")
        lengthen_the_ledger(database)

        # Saves that wait for the lock
        with (
            ThreadPoolExecutor() as people,
            closing(sqlite3.connect(database, isolation_level=None)) as holder,
        ):
            holder.execute("BEGIN IMMEDIATE")
            saves = [people.submit(curator.add_topic, f"topic-{number}") for number in range(3)]
            ask_as_a_reader(free_port)
            assert not any(save.done() for save in saves)
            holder.execute("ROLLBACK")
            for save in saves:
                assert save.result(timeout=60).endswith("/admin/commitments/topic/")

        # Downloads that nobody reads
        readers = [Reader(free_port, "/ledger/entries.jsonl") for _ in range(12)]
        ask_as_a_reader(free_port)
        status = {reader: reader.read_status() for reader in readers}
        running = [reader for reader in readers if status[reader] == 200]
        assert 2 <= len(running) <= 4
        assert {status[reader] for reader in readers if reader not in running} == {503}

        # A stop
        left, finishing = running[1:], running[0]
        for reader in left:
            reader.socket.close()
        server.terminate()
        wait_until_refused(free_port)
        assert finishing.read_rest().endswith(b"\r\n0\r\n\r\n")
        assert server.wait(timeout=20) == 0
    finally:
        kill(server)
        server.communicate()


def wait_until_refused(port, *, within=20):
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            socket.create_connection((serving.HOST, port), timeout=5).close()
        except ConnectionRefusedError:
            return
        time.sleep(0.05)
    pytest.fail("A server that was asked to stop still takes connections.")


# Stopping, with a small application in the place of the site


def start_workers(port, folder, application):
    (folder / "small.py").write_text(application)
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "tracker.workers", "--interface=wsgi", "--log-level=error"),
            *(f"--host={serving.HOST}", f"--port={port}", "--workers-kill-timeout=120"),
            "small:application",
        ],
        env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{os.getcwd()}"},
        # As from a terminal, where Ctrl-C reaches the workers too.
        start_new_session=True,
    )


def kill(server):
    """End a server and its workers that a failed test left behind."""
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


STOPS = {
    "a supervisor's stop": lambda server: server.terminate(),
    "Ctrl-C": lambda server: os.killpg(server.pid, signal.SIGINT),
}


@pytest.mark.parametrize("stop", STOPS.values(), ids=STOPS.keys())
def test_a_worker_that_is_still_starting_does_not_keep_a_stop_waiting(tmp_path, free_port, stop):
    slow = (
        "import pathlib, time\n"
        f"pathlib.Path({str(tmp_path / 'starting')!r}).touch()\n"
        "time.sleep(120)\n"
    )
    server = start_workers(free_port, tmp_path, slow)
    try:
        while not (tmp_path / "starting").exists():
            time.sleep(0.05)

        stop(server)

        assert server.wait(timeout=30) == 0
    finally:
        kill(server)


@pytest.mark.parametrize("stop", STOPS.values(), ids=STOPS.keys())
def test_a_server_with_nothing_to_finish_stops_at_once(tmp_path, free_port, stop):
    small = (
        "def application(environ, start_response):\n"
        "    start_response('200 OK', [])\n"
        "    return [b'small']\n"
    )
    server = start_workers(free_port, tmp_path, small)
    try:
        assert answer(f"http://127.0.0.1:{free_port}/") == 200

        stop(server)

        assert server.wait(timeout=30) == 0
    finally:
        kill(server)
