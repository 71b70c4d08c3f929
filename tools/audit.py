"""Look at the site as strangers' programs do: `make audit`.

They are the Nu HTML validator, a browser's console and Lighthouse. Serves the demonstration record
from a database of its own, or the database named by DATABASE_URL, and follows the links to a few
pages of every kind in both languages. Fails when the validator says a word, when the console shows
an error, when a page sends a request elsewhere, and when a score is under 98 of 100. No page is
asked for beyond loopback.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

from tools.crawling import (
    ROOT,
    CannotAudit,
    Kind,
    Site,
    collect_pages,
    is_refused,
    kind_of,
    last_words,
)

PACKAGES = Path(__file__).with_name("package.json")
INSTALLED = ROOT / "var" / "audit"
VALIDATOR = INSTALLED / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
LIGHTHOUSE = INSTALLED / "node_modules" / "lighthouse" / "cli" / "index.js"
# What a sentence says is missing, and how Debian and Ubuntu get it.
PROGRAMS = {
    "node": "nodejs",
    "npm": "npm",
    "java": "default-jre-headless",
    "chromium": "chromium",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# The browser asks the network for nothing: every name but our own is unknown to it.
FLAGS = [
    "--no-sandbox",  # needed by root, as in most containers; it only ever opens our own pages
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
# Scored, and with them the lightest and the heaviest pledge that was looked at.
SCORED = ["/", "/summits/", "/pledges/"]
ENOUGH = 98
# A busy machine makes a page slower and never faster: the best of so many runs counts.
RUNS = 5
# The browser may fail Lighthouse (no trace was recorded, say): that says nothing of the page, and
# is tried again.
ATTEMPTS = 3
COMPLAINTS_SHOWN = 50


# What is wrong with them


def run(command, **options):
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        **options,
    )


def validate(pages, folder):
    """Return what the Nu HTML validator says against the pages."""
    paths = {}
    for number, path in enumerate(pages):
        file = folder / f"{number}.html"
        file.write_bytes(pages[path])
        paths[file.name] = path
    command = [
        "java",
        "-jar",
        VALIDATOR,
        "--format",
        "json",
        "--exit-zero-always",
    ]
    files = [folder / name for name in paths]
    answer = run(command + files)
    try:
        messages = json.loads(answer.stderr)["messages"]
    except ValueError:
        raise CannotAudit(f"The validator failed: {last_words(answer.stderr)}") from None
    complaints = []
    for message in messages:
        url = message.get("url", "")
        path = paths.get(url.rpartition("/")[2])
        line = message.get("lastLine")
        words = message["message"]
        complaints.append(f"{path}, line {line}: {words}")
    return complaints


class Listener:
    """Keeps what a browser reports of the page that is open: (path, text)."""

    def __init__(self, site, page):
        self.path = ""
        self.reports = []
        self.own = (site.address + "/", "data:")
        page.on("console", self.hear_message)
        page.on("pageerror", self.hear_error)
        page.on("request", self.hear_request)

    def note(self, text):
        report = (self.path, text)
        self.reports.append(report)

    def hear_message(self, message):
        if message.type in ("error", "warning"):
            self.note(message.text)

    def hear_error(self, error):
        self.note(str(error))

    def hear_request(self, request):
        url = request.url
        if not url.startswith(self.own):
            self.note(f"asks for {url}")


def is_expected(path, text):
    """Tell whether the console says no more than that a page was refused which must be."""
    return is_refused(path) and "responded with a status of" in text


def listen(site, pages, chromium):
    """Open the pages in a browser; return what its console says, and what they ask of others."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page()
        listener = Listener(site, page)
        for path in pages:
            listener.path = path
            page.goto(site.address + path)
        browser.close()
    complaints = []
    for path, text in listener.reports:
        if not is_expected(path, text):
            complaints.append(f"{path}: {text}")
    return complaints


def run_lighthouse(address, chromium, folder):
    """Return Lighthouse's report of a page."""
    report = folder / "lighthouse.json"
    flags = [re.sub("=(.*)", r'="\1"', flag) for flag in ["--headless=new", *FLAGS]]
    command = [
        "node",
        LIGHTHOUSE,
        address,
        "--quiet",
        "--no-enable-error-reporting",
        "--output=json",
        f"--output-path={report}",
        f"--chrome-flags={' '.join(flags)}",
    ]
    surroundings = {**os.environ, "CHROME_PATH": chromium}
    for _attempt in range(ATTEMPTS):
        report.unlink(missing_ok=True)
        answer = run(command, env=surroundings)
        if answer.returncode == 0 and report.exists():
            findings = json.loads(report.read_text())
            if "runtimeError" not in findings:
                return findings
    raise CannotAudit(f"Lighthouse failed on {address}: {last_words(answer.stderr)}")


def score(findings):
    """Return a report's scores of 100 by category, and what costs points."""
    scores = {}
    costs = []
    for name, category in findings["categories"].items():
        share = category["score"] or 0
        scores[name] = round(100 * share)
        for reference in category["auditRefs"]:
            audit = findings["audits"][reference["id"]]
            points = audit["score"]
            if reference["weight"] and points is not None and points < 1:
                title = audit["title"]
                value = audit.get("displayValue", "")
                costs.append(f"{title} {value}".strip())
    return scores, costs


def best_scores(address, chromium, folder):
    """Return the best score of several runs by category, and what cost points in the last."""
    best = {}
    costs = []
    for _run in range(RUNS):
        findings = run_lighthouse(address, chromium, folder)
        scores, costs = score(findings)
        for name, points in scores.items():
            best[name] = max(points, best.get(name, 0))
        if min(best.values()) >= ENOUGH:
            break
    return best, costs


def scored_paths(pages):
    pledge = Kind("pledge", "en", ())
    sizes = {}
    for path, body in pages.items():
        if kind_of(path) == pledge and not is_refused(path):
            sizes[path] = len(body)
    lightest = min(sizes, key=sizes.get)
    heaviest = max(sizes, key=sizes.get)
    return [*SCORED, lightest, heaviest]


def list_scores(scores):
    return [f"{name} {points}" for name, points in scores.items()]


def measure(site, pages, chromium):
    """Print the scores page by page; return a sentence for each that is too low."""
    complaints = []
    for path in scored_paths(pages):
        best, costs = best_scores(site.address + path, chromium, site.folder)
        all_scores = "  ".join(list_scores(best))
        print(f"  {path:<36} {all_scores}", flush=True)
        low = {name: points for name, points in best.items() if points < ENOUGH}
        if low:
            low_scores = ", ".join(list_scores(low))
            reasons = "; ".join(costs)
            complaints.append(f"{path}: {low_scores}, for {reasons}")
    return complaints


# The whole


def find_chromium():
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    return None


def require_programs():
    """Return Chromium's path, or say what is missing."""
    paths = {name: shutil.which(name) for name in PROGRAMS}
    paths["chromium"] = find_chromium()
    missing = [name for name, path in paths.items() if not path]
    if missing:
        names = " and ".join(missing)
        packages = " ".join(PROGRAMS[name] for name in missing)
        raise CannotAudit(
            f"The audit needs {names} (on Debian and Ubuntu: apt install {packages})",
        )
    return paths["chromium"]


def install_packages():
    """Install the validator and Lighthouse in var/audit/, unless exactly these are there."""
    stamp = INSTALLED / "installed.json"
    if stamp.exists() and stamp.read_text() == PACKAGES.read_text():
        return
    print(
        "Installing the validator and Lighthouse into var/audit/ (once; about a minute)", flush=True
    )
    INSTALLED.mkdir(parents=True, exist_ok=True)
    shutil.copy(PACKAGES, INSTALLED / "package.json")
    options = ["--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund"]
    answer = run(["npm", "install", *options], cwd=INSTALLED)
    if answer.returncode:
        raise CannotAudit(
            "npm could not install the packages of tools/package.json: "
            f"{last_words(answer.stderr)}",
        )
    shutil.copy(PACKAGES, stamp)


def report(title, complaints):
    """Print the complaints and return how many there are."""
    count = len(complaints)
    print(
        f"{title}: {count} complaints",
        *complaints[:COMPLAINTS_SHOWN],
        sep="\n  ",
        flush=True,
    )
    return count


def main():
    chromium = require_programs()
    install_packages()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
    with Site() as site:
        site.wait()
        django.setup()
        pages, complaints = collect_pages(site)
        count = report(f"{len(pages)} pages of every kind", complaints)
        count += report("Nu HTML validator", validate(pages, site.folder))
        count += report("Browser console", listen(site, pages, chromium))
        print("Lighthouse, of 100:", flush=True)
        count += report("Lighthouse", measure(site, pages, chromium))
    return 1 if count else 0


if __name__ == "__main__":
    # Asked to stop, it stops the server too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main())
    except CannotAudit as reason:
        sys.exit(str(reason))
