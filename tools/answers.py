"""Record every public answer of a site, so that two versions of the program can be compared.

    python -m tools.answers FOLDER              write the answers of the database DATABASE_URL
    python -m tools.answers --compare OLD NEW   say what differs between two such folders
    python -m tools.answers --payloads FILE     write what each ledger entry of the database says

The clock stands still at the newest ledger entry. Two versions must answer from copies of the same
database; payloads are compared between databases that each version has loaded by itself.
"""

import argparse
import hashlib
import json
import logging
import os
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote, urlsplit

import django
import time_machine

from tools.addresses import SITE_ADDRESS
from tools.comparing import compare
from tools.desk import walk_desk
from tools.pagetext import page_text
from tools.walking import walk_site

HEADERS = (
    "Content-Type",
    "Content-Language",
    "Content-Disposition",
    "Cache-Control",
    "ETag",
    "Vary",
    "Link",
    "Location",
    "Allow",
)
ROLES = ("researcher", "reviewer", "administrator")
# Keys of the users made for the desk. Given, as PostgreSQL counts on after a rollback.
FIRST_KEY = 900_001
# A calendar folds its lines, within addresses too.
WITHOUT_LINKS = ("image/png", "text/calendar")
LONGEST_NAME = 150
SURROUNDINGS = {
    "ALLOWED_HOSTS": "",
    "BUILD": "answers",
    "DEBUG": "no",
    "DJANGO_SETTINGS_MODULE": "tracker.settings",
    "SECRET_KEY": "for answers that nobody keeps",
    "SITE_ADDRESS": SITE_ADDRESS,
}
OVERRIDES = {
    "BUILD": "answers",
    # The real one would want every file collected, and puts a hash into its name.
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
    # Sessions leave nothing in the database.
    "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
    # Whoever counts sign-ins does not count these.
    "AXES_ENABLED": False,
}


def shorten(name):
    """Return a valid file name; a hash stands for what is cut off."""
    if len(name) <= LONGEST_NAME:
        return name
    beginning = name[:LONGEST_NAME]
    ending = hashlib.sha256(name.encode()).hexdigest()[:12]
    return f"{beginning}~{ending}"


def file_name(address):
    """Return the name of the file for an answer: its address, readable, and not too long."""
    path, mark, query = address.partition("?")
    if path.endswith("/"):
        path += "index"
    folder, _, name = path.strip("/").rpartition("/")
    name = quote(name + mark + query, safe="?&=,@ ")
    path = Path(folder, shorten(name) + ".txt")
    return str(path)


def hash_line(body):
    digest = hashlib.sha256(body).hexdigest()
    return f"sha256 {digest}\n"


def readable_body(kind, body):
    """Return the body of an answer as text that can be compared line by line."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return hash_line(body)
    if kind == "text/html":
        return page_text(text)
    if kind.endswith("json") and text:
        data = json.loads(text)
        return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return text


def header_lines(response):
    """Return the headers of an answer that matter to a reader, a line each."""
    lines = [f"Status: {response.status_code}"]
    for name in HEADERS:
        value = response.headers.get(name)
        if value is not None:
            lines.append(f"{name}: {value}")
    return lines


class Recorder:
    """Asks a client for addresses and writes each answer to a file of a folder."""

    def __init__(self, client, folder):
        self.client = client
        self.folder = Path(folder)
        self.count = 0

    def visit(self, address):
        """Write the answer to `address` and return its body, "" if no links are in it."""
        response = self.client.get(address)
        body = response.getvalue()
        kind, _, _ = response.headers.get("Content-Type", "").partition(";")
        lines = [f"GET {address}", *header_lines(response)]
        etag = response.headers.get("ETag")
        if etag:
            again = self.client.get(address, headers={"If-None-Match": etag})
            lines.append(f"With If-None-Match: {again.status_code}")
        text = readable_body(kind, body)
        self.write(address, [*lines, "", text])
        return "" if kind in WITHOUT_LINKS else body.decode()

    def write(self, address, lines):
        path = self.folder / file_name(address)
        text = "\n".join(lines)
        path.parent.mkdir(parents=True, exist_ok=True)
        # The bytes: files for programs end their lines as they please.
        path.write_bytes(text.encode())
        self.count += 1


def make_client():
    from django.test import Client  # noqa: TID251

    site = urlsplit(SITE_ADDRESS)
    return Client(
        raise_request_exception=False,
        SERVER_NAME=site.hostname,
        SERVER_PORT=str(site.port),
    )


def sign_in(role, key):
    """Return a client signed in as a new user of this role."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    user = get_user_model().objects.create(
        pk=key,
        username=f"answers-{role}",
        is_staff=True,
    )
    group = Group.objects.get(name=role)
    user.groups.add(group)
    client = make_client()
    client.force_login(user)
    return client


def record_desk(folder):
    """Record the desk of each role, by users who are gone afterwards; return how many answers."""
    from django.db import transaction

    count = 0
    with transaction.atomic():
        for key, role in enumerate(ROLES, start=FIRST_KEY):
            client = sign_in(role, key)
            recorder = Recorder(client, folder / role)
            walk_desk(recorder.visit)
            count += recorder.count
        transaction.set_rollback(True)
    return count


def newest_moment():
    """Return when the newest ledger entry was made."""
    from django.apps import apps
    from django.db.models import Max

    entries = apps.get_model("commitments", "LedgerEntry").objects
    moment = entries.aggregate(newest=Max("recorded_at"))["newest"]
    if moment is None:
        sys.exit("This database has no ledger entries. Load a record first.")
    return moment


def record_answers(folder):
    """Write every answer into `folder`, which must be new or empty; return how many."""
    from django.test import override_settings

    folder = Path(folder)
    if folder.exists() and any(folder.iterdir()):
        sys.exit(f"{folder} is not empty. Name a new folder.")
    logging.disable(logging.CRITICAL)
    moment = newest_moment()
    with time_machine.travel(moment, tick=False), override_settings(**OVERRIDES):
        client = make_client()
        recorder = Recorder(client, folder / "public")
        walk_site(recorder.visit)
        count = record_desk(folder)
    return recorder.count + count


def payload_lines():
    """Yield what each ledger entry says, oldest first: no times, hashes or salts."""
    from django.apps import apps

    entries = apps.get_model("commitments", "LedgerEntry").objects
    for entry in entries.select_related("payload").order_by("seq"):
        payload = getattr(entry, "payload", None)
        said = {
            "seq": entry.seq,
            "action": entry.action,
            "record_type": entry.record_type,
            "record_slug": entry.record_slug,
            "note": entry.note,
            "payload": payload and payload.body,
        }
        yield json.dumps(said, ensure_ascii=False, sort_keys=True) + "\n"


def set_up(var_folder):
    """Start Django with settings of its own, whatever the surroundings say."""
    if "DATABASE_URL" not in os.environ:
        sys.exit("Set DATABASE_URL to a database that holds the demonstration record.")
    os.environ.update(SURROUNDINGS, VAR_DIR=var_folder)
    django.setup()


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", metavar="FOLDER")
    parser.add_argument("--compare", nargs=2, type=Path, metavar=("OLD", "NEW"))
    parser.add_argument("--payloads", type=Path, metavar="FILE")
    options = parser.parse_args()
    if not (options.folder or options.compare or options.payloads):
        parser.error("name a folder for the answers, or give --payloads or --compare")
    return options


def main():
    options = read_options()
    if options.compare:
        return compare(*options.compare)
    with tempfile.TemporaryDirectory() as var_folder:
        set_up(var_folder)
        if options.payloads:
            options.payloads.write_text("".join(payload_lines()))
        if options.folder:
            count = record_answers(options.folder)
            print(f"{count} answers are in {options.folder}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
