"""How fast the real server answers while other visitors download, save and sign in.

    .venv/bin/python -m bench.serving [PLEDGES]

It starts the site on a free port of this machine, with made-up pledges in a SQLite database of its
own, and asks for `/healthz` and for a pledge's page in turns: first in quiet, then under each load.
Every load is bounded in number and time, and nothing leaves this machine. It prints milliseconds,
and how many times longer than in quiet the median takes. It is not part of `make bench`: it takes
two minutes, and whatever else runs on the machine shows in its numbers.
"""

import http.client
import multiprocessing
import os
import random
import re
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import django

if __name__ == "__main__":
    # Before anything reads the settings.
    folder = tempfile.TemporaryDirectory()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    os.environ["VAR_DIR"] = folder.name
    os.environ["DATABASE_URL"] = f"sqlite:///{folder.name}/site.sqlite3"
    django.setup()

from django.core.management import call_command

from bench import search

HOST = "127.0.0.1"
PLEDGES = 20_000
SECONDS = 8
# A visitor who waits longer has gone away.
PATIENCE = 5
ADDRESSES = {"/healthz": "/healthz", "a pledge": "/pledges/pledge-7/"}
REQUEST = b"GET /pledges.csv HTTP/1.1\r\nHost: localhost\r\n\r\n"
HEADINGS = f"{'':36}{'sent':>6}{'median':>9}{'longest':>9}   of quiet"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Site(NamedTuple):
    port: int
    database: str
    password: str


class Load(NamedTuple):
    """What each process of a crowd does, and how many there are."""

    act: Callable
    people: int


class Visitor:
    """A browser with its cookies, and no more patience than a person."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}

    def ask(self, method, address, fields=None):
        """Return the status of the answer, or None if none comes in time."""
        cookies = [f"{name}={value}" for name, value in self.cookies.items()]
        headers = {"Cookie": "; ".join(cookies)}
        body = None
        if fields is not None:
            headers |= FORM
            token = self.cookies["csrftoken"]
            body = urlencode({"csrfmiddlewaretoken": token, **fields})
        caller = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            caller.request(method, address, body, headers)
            answer = caller.getresponse()
            answer.read()
        except OSError:
            return None
        finally:
            caller.close()
        self.remember_cookies(answer.headers)
        return answer.status

    def remember_cookies(self, headers):
        for cookie in headers.get_all("Set-Cookie") or ():
            pair = cookie.split(";")[0]
            name, _sign, value = pair.partition("=")
            self.cookies[name] = value

    def sign_in(self, password):
        status = self.ask("GET", "/admin/login/")
        if status != 200:
            return
        fields = {"username": "administrator", "password": password}
        self.ask("POST", "/admin/login/", fields)


# The loads. Each is what one process of the crowd does until it is stopped.


def download(site, _number):
    visitor = Visitor(site.port)
    while True:
        if visitor.ask("GET", "/pledges.csv") != 200:
            time.sleep(0.2)


def download_unread(site, _number):
    with socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.connect((HOST, site.port))
        reader.sendall(REQUEST)
        time.sleep(SECONDS * 4)


def sign_in_wrongly(site, _number):
    while True:
        Visitor(site.port).sign_in("wrong")


def save_behind_a_lock(site, number):
    """Save one topic after another. The first of the crowd holds SQLite's lock meanwhile."""
    if number == 0:
        hold_lock(site.database)
    visitor = Visitor(site.port)
    visitor.sign_in(site.password)
    time.sleep(1)
    while True:
        name = f"topic-{number}-{time.monotonic_ns()}"
        fields = {"name": name, "slug": name}
        visitor.ask("POST", "/admin/commitments/topic/add/", fields)
        time.sleep(0.2)


def hold_lock(database):
    holder = sqlite3.connect(database, isolation_level=None)
    time.sleep(1.5)
    holder.execute("BEGIN IMMEDIATE")
    time.sleep(SECONDS * 4)


LOADS = {
    "four downloads": Load(download, people=4),
    "four downloads, unread": Load(download_unread, people=4),
    "twelve downloads, unread": Load(download_unread, people=12),
    "four saves, locked": Load(save_behind_a_lock, people=5),
    "six wrong sign-ins": Load(sign_in_wrongly, people=6),
}


@contextmanager
def run_crowd(site, load):
    """Run the processes of a load; end them afterwards."""
    people = []
    for place in range(load.people):
        person = multiprocessing.Process(target=load.act, args=(site, place), daemon=True)
        person.start()
        people.append(person)
    # Wait until they hold what they are going to hold.
    time.sleep(3)
    try:
        yield
    finally:
        for person in people:
            person.terminate()
            person.join()


def measure(site):
    """Return {name of an address: how many seconds each answer took, None where none came}."""
    times = {name: [] for name in ADDRESSES}
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        for name, address in ADDRESSES.items():
            seconds = time_answer(site.port, address)
            times[name].append(seconds)
            time.sleep(0.02)
    return times


def time_answer(port, address):
    start = time.perf_counter()
    status = Visitor(port).ask("GET", address)
    if status != 200:
        return None
    return time.perf_counter() - start


def report(load, times, quiet):
    """Print a line for each address: how it was answered under a load, compared with `quiet`."""
    for name, seconds in times.items():
        answers = describe_answers(seconds, quiet[name])
        head = f"{load:26}{name:10}"
        print(head + answers)


def describe_answers(times, quiet):
    answers = convert_to_milliseconds(times)
    silent = len(times) - len(answers)
    if not answers:
        return f" no answer within {PATIENCE} s to {silent} requests"
    median = statistics.median(answers)
    longest = max(answers)
    quiet_answers = convert_to_milliseconds(quiet)
    ratio = median / statistics.median(quiet_answers)
    line = f"{len(answers):6}{median:9.1f}{longest:9.1f}{ratio:8.1f}×"
    if silent:
        line += f"   {silent} without an answer"
    return line


def convert_to_milliseconds(times):
    """Return the times of the answers that came, in milliseconds."""
    return [seconds * 1000 for seconds in times if seconds is not None]


def find_free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@contextmanager
def serve_pledges(pledges):
    """Serve the site with so many made-up pledges; stop it afterwards."""
    call_command("migrate", verbosity=0)
    search.fill_database(pledges, random.Random(1))
    port = find_free_port()
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--empty", f"--port={port}"],
        cwd=Path(__file__).parent.parent,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        password = read_password(server)
        while Visitor(port).ask("GET", "/healthz") != 200:
            time.sleep(0.1)
        database = os.environ["DATABASE_URL"].removeprefix("sqlite:///")
        yield Site(port, database, password)
    finally:
        server.terminate()
        try:
            server.wait(40)
        except subprocess.TimeoutExpired:
            server.kill()


def read_password(server):
    """Return the administrator's password, which the server prints as it starts."""
    greeting = ""
    while "To stop" not in greeting:
        greeting += server.stdout.readline()
    login = re.search(r"administrator +(\S+)", greeting)
    return login[1]


def main(pledges=PLEDGES):
    with serve_pledges(pledges) as site:
        print(f"serving: {pledges:,} pledges on SQLite; milliseconds")
        print(HEADINGS)
        # The first answers take longer, because the site is still being loaded.
        measure(site)
        quiet = measure(site)
        report("in quiet", quiet, quiet)
        for name, load in LOADS.items():
            with run_crowd(site, load):
                times = measure(site)
            report(name, times, quiet)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PLEDGES)
