"""The first start, the second start, and the starts that cannot be."""

import io
import os
import re
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

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
    logins = serving.demo_logins()

    assert [login.username for login in logins] == ["researcher", "reviewer"]
    for login in logins:
        user = authenticate(username=login.username, password=login.password)
        assert user.is_staff
        assert not user.is_superuser
        assert [group.name for group in user.groups.all()] == [login.username]


@pytest.mark.django_db
def test_a_user_the_demonstration_record_brought_along_keeps_its_credit_name():
    user = get_user_model().objects.create_user("researcher", credit_name="Researcher 3")
    assert not serving.somebody_can_sign_in()

    serving.demo_logins()

    user.refresh_from_db()
    assert user.credit_name == "Researcher 3"
    assert serving.somebody_can_sign_in()


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
    before = serving.fingerprint([file])

    file.write_text("ab")

    assert serving.fingerprint([file]) != before


def start(port, folder, **environment):
    # DEBUG: plain static files. Compressing them all takes longer than everything else here.
    environment = {**os.environ, "VAR_DIR": str(folder), "DEBUG": "yes", **environment}
    return subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--empty", f"--port={port}"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def answer(address, *, within=30):
    end = time.monotonic() + within
    while True:
        try:
            return urlopen(address).status
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
