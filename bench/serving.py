"""How fast the real server answers while others download, save and sign in.

    .venv/bin/python -m bench.serving [PLEDGES]

Starts the site on a free port of this machine, with made-up pledges in a SQLite database of its
own, and asks for `/healthz` and for a pledge's page in turns: first in quiet, then under each load.
Every load is bounded in number and time, and nothing leaves this machine. Prints milliseconds, and
how many times longer than in quiet the median takes. Not part of `make bench`: it takes two
minutes, and what else runs on the machine shows.
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
# Whoever waits longer has gone.
PATIENCE = 5
ADDRESSES = {"/healthz": "/healthz", "a pledge": "/pledges/pledge-7/"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Site(NamedTuple):
    port: int
    database: str
    password: str


class Visitor:
    """A browser with its cookies, and as much patience as one has."""

    def __init__(self, port):
        self.port, self.cookies = port, {}

    def ask(self, method, address, fields=None):
        """Return the status of the answer, or None if none comes in time."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            headers |= FORM
            body = urlencode({"csrfmiddlewaretoken": self.cookies["csrftoken"], **fields})
        caller = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            caller.request(method, address, body, headers)
            answer = caller.getresponse()
            answer.read()
        except OSError:
            return None
        finally:
            caller.close()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status

    def sign_in(self, password):
        if self.ask("GET", "/admin/login/") == 200:
            fields = {"username": "administrator", "password": password}
            self.ask("POST", "/admin/login/", fields)


# Loads: each is what one process of the crowd does until it is stopped


def download(site, _number):
    visitor = Visitor(site.port)
    while True:
        if visitor.ask("GET", "/pledges.csv") != 200:
            time.sleep(0.2)


def download_unread(site, _number):
    with socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.connect((HOST, site.port))
        reader.sendall(b"GET /pledges.csv HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(SECONDS * 4)


def sign_in_wrongly(site, _number):
    while True:
        Visitor(site.port).sign_in("wrong")


def save_behind_a_lock(site, number):
    """Save one topic after another; the first of the crowd holds SQLite's lock meanwhile."""
    if number == 0:
        holder = sqlite3.connect(site.database, isolation_level=None)
        time.sleep(1.5)
        holder.execute("BEGIN IMMEDIATE")
        time.sleep(SECONDS * 4)
    visitor = Visitor(site.port)
    visitor.sign_in(site.password)
    time.sleep(1)
    while True:
        name = f"topic-{number}-{time.monotonic_ns()}"
        visitor.ask("POST", "/admin/commitments/topic/add/", {"name": name, "slug": name})
        time.sleep(0.2)


LOADS = {
    "four downloads": (download, 4),
    "four downloads, unread": (download_unread, 4),
    "twelve downloads, unread": (download_unread, 12),
    "four saves, locked": (save_behind_a_lock, 5),
    "six wrong sign-ins": (sign_in_wrongly, 6),
}


@contextmanager
def crowd(site, act, number):
    people = [
        multiprocessing.Process(target=act, args=(site, person), daemon=True)
        for person in range(number)
    ]
    for person in people:
        person.start()
    # Until they hold what they are going to hold.
    time.sleep(3)
    try:
        yield
    finally:
        for person in people:
            person.terminate()
            person.join()


def measure(site):
    """Return, for each address, how long each answer took; None where none came in time."""
    times = {name: [] for name in ADDRESSES}
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        for name, address in ADDRESSES.items():
            start = time.perf_counter()
            answered = Visitor(site.port).ask("GET", address) == 200
            times[name].append(time.perf_counter() - start if answered else None)
            time.sleep(0.02)
    return times


def report(load, measured, quiet):
    for name, times in measured.items():
        answers = milliseconds(times)
        silent = len(times) - len(answers)
        if not answers:
            print(f"{load:26}{name:10} no answer within {PATIENCE} s, asked {silent} times")
            continue
        median = statistics.median(answers)
        ratio = median / statistics.median(milliseconds(quiet[name]))
        line = f"{load:26}{name:10}{len(answers):6}{median:9.1f}{max(answers):9.1f}{ratio:8.1f}×"
        print(f"{line}   {silent} without an answer" if silent else line)


def milliseconds(times):
    """Return the times of the answers that came, in milliseconds."""
    return [seconds * 1000 for seconds in times if seconds is not None]


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@contextmanager
def site_with(pledges):
    call_command("migrate", verbosity=0)
    search.fill(pledges, random.Random(1))
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--empty", f"--port={port}"],
        cwd=Path(__file__).parent.parent,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        greeting = ""
        while "To stop" not in greeting:
            greeting += server.stdout.readline()
        password = re.search(r"administrator +(\S+)", greeting)[1]
        while Visitor(port).ask("GET", "/healthz") != 200:
            time.sleep(0.1)
        yield Site(port, os.environ["DATABASE_URL"].removeprefix("sqlite:///"), password)
    finally:
        server.terminate()
        try:
            server.wait(40)
        except subprocess.TimeoutExpired:
            server.kill()


def main(pledges=PLEDGES):
    with site_with(pledges) as site:
        print(f"serving: {pledges:,} pledges on SQLite; milliseconds")
        print(f"{'':36}{'asked':>6}{'median':>9}{'longest':>9}   of quiet")
        measure(site)
        quiet = measure(site)
        report("in quiet", quiet, quiet)
        for load, (act, number) in LOADS.items():
            with crowd(site, act, number):
                report(load, measure(site), quiet)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PLEDGES)
