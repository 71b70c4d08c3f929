"""Serve the site and collect pages of every kind, for `tools.audit`."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import override

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("en", "ja")
# Both languages' front doors; then what no link leads to, and the status it must answer.
DOORS = ["/", "/ja/"]
REFUSED = {"/pledges/nothing/": 404, "/pledges/?page=two": 400}
# A page of a kind is as valid as its data is odd: a few of each are looked at.
OF_EACH_KIND = 3
# Two parameters at a time at most: their combinations have no end.
MOST_PARAMETERS = 2
NO_PAGES = ("admin:", "api:")
START_SECONDS = 600


class CannotAudit(Exception):
    """Why the audit stopped, as a sentence."""


class Kind(NamedTuple):
    """What makes two pages alike: their view, their language and the names of their parameters."""

    view: str
    language: str
    parameters: tuple[str, ...]


def last_words(text):
    return text.strip()[-500:]


# The server


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """The server, and a folder for as long as it runs."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="summit-ledger-"))
        self.log = self.folder / "server.log"
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.process = self.start(port)
        # A proxy of the surroundings is not asked.
        no_proxy = urllib.request.ProxyHandler({})
        self.opener = urllib.request.build_opener(no_proxy)

    def start(self, port):
        surroundings = {
            "DATABASE_URL": f"sqlite:///{self.folder}/audit.sqlite3",
            **os.environ,
            "VAR_DIR": str(self.folder),
            "ALLOWED_HOSTS": "",
            "DEBUG": "no",
            "SITE_ADDRESS": self.address,
        }
        command = [sys.executable, "manage.py", "serve", "--port", str(port)]
        with self.log.open("w") as log:
            return subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=log, stderr=log)

    def wait(self):
        deadline = time.monotonic() + START_SECONDS
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                status, _media_type, _body = self.get("/readyz")
                if status == 200:
                    return
            except OSError:
                time.sleep(0.5)
        raise CannotAudit(f"The site did not start: {last_words(self.log.read_text())}")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.terminate()
        self.process.wait(30)
        shutil.rmtree(self.folder)

    def get(self, path):
        """Return the status, the type and the body of the answer to `path`."""
        try:
            answer = self.opener.open(self.address + path, timeout=60)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        with answer:
            return answer.status, answer.headers.get_content_type(), answer.read()


# The pages


def kind_of(path):
    """Return the kind of the page at `path`, and None where no view answers."""
    parts = urlsplit(path)
    language = "en"
    active_language = settings.LANGUAGE_CODE
    if parts.path.startswith("/ja/"):
        language = active_language = "ja"
    try:
        with override(active_language):
            match = resolve(parts.path)
    except Resolver404:
        return None
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    names = {name for name, _value in pairs}
    return Kind(match.view_name, language, tuple(sorted(names)))


def is_page(path):
    """Tell whether `path` is one for readers: neither the desk's nor a program's."""
    if path.startswith("/api/"):
        return False
    kind = kind_of(path)
    return kind is not None and not kind.view.startswith(NO_PAGES)


def first_paths():
    paths = list(DOORS)
    for path in REFUSED:
        paths += [path, f"/ja{path}"]
    return paths


def is_refused(path):
    return path.removeprefix("/ja") in REFUSED


def is_enough(kind, counts):
    """Tell whether no more pages of this kind need to be looked at."""
    # Of what parameters make of a page one each.
    most = OF_EACH_KIND
    if kind.parameters:
        most = 1
    if len(kind.parameters) > MOST_PARAMETERS:
        most = 0
    return counts[kind] >= most


def links_of(site, path, body):
    """Yield the site's own paths that a page names: links, alternates, and frames to be copied."""
    base = site.address + "/"
    here = site.address + path
    text = unescape(body.decode())
    for link in re.findall(r'\s(?:href|src)="([^"]+)"', text):
        whole = urljoin(here, link)
        address, _fragment = urldefrag(whole)
        if address.startswith(base):
            yield address.removeprefix(site.address)


def collect_pages(site):
    """Follow the links.

    Return the HTML answers by path, and a sentence for each that is wrong or missing.
    """
    pages = {}
    complaints = []
    counts = Counter()
    waiting = first_paths()
    known_paths = set()
    while waiting:
        path = waiting.pop(0)
        if path in known_paths or not is_page(path):
            continue
        known_paths.add(path)
        if not is_refused(path):
            kind = kind_of(path)
            if is_enough(kind, counts):
                continue
            counts[kind] += 1
        expected_status = REFUSED.get(path.removeprefix("/ja"), 200)
        status, media_type, body = site.get(path)
        if status != expected_status:
            complaints.append(f"{path} answered {status} and not {expected_status}")
        if media_type == "text/html":
            pages[path] = body
            waiting.extend(links_of(site, path, body))
    return pages, complaints + list_missing_kinds(counts)


def list_missing_kinds(counts):
    """Return a sentence for each page of the table of addresses that no link led to."""
    reached = {(kind.view, kind.language) for kind in counts}
    missing = every_page() - reached
    complaints = []
    for name, language in sorted(missing):
        complaints.append(f"No link led to a page “{name}” ({language})")
    return complaints


def every_page():
    """Return (view, language) of every page there is, by the table of addresses."""
    from commitments.pages.urls import urlpatterns
    from commitments.syndication.urls import frames

    names = {route.name for route in [*urlpatterns, *frames]}
    names.discard("pledge_chart")  # a drawing, not a page
    pairs = set()
    for language in LANGUAGES:
        pairs |= {(name, language) for name in names}
    return pairs
