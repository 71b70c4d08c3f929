"""An import whose process is killed in the middle: all of it is there or nothing, and the next one
works.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from commitments.models import ROOTS, LedgerEntry, OutsideVerdict, Undertaking
from commitments.publishing.verifying import verify

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def arguments(sixty, summits_file, researcher, reviewer):
    asked = ["--series", "g7", "--assessor", "Compliance Group", "--published-on", "2026-03-01"]
    asked += ["--new-party", "make", "--second-summit", "make"]
    return [
        str(sixty),
        *asked,
        "--summits",
        str(summits_file),
        "--publish",
        "--by",
        "rita",
        "--reviewer",
        "victor",
    ]


@pytest.fixture
def start(arguments, checkpoint_file):
    """Start the command in a process of its own, on the database of this test."""
    settings = connection.settings_dict
    name = settings["NAME"]
    address = f"sqlite:///{name}" if connection.vendor == "sqlite" else (
        f"postgres://{settings['USER']}@/{name}?host={settings['OPTIONS'].get('host') or settings['HOST']}"
    )  # fmt: skip
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "CHECKPOINT_FILE": str(checkpoint_file),
        "PYTHONUNBUFFERED": "1",
    }

    def start():
        command = [sys.executable, "manage.py", "import_matrix", *arguments]
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


# The other moments, and these too, in `make soak`.
long_form = [
    pytest.mark.soak,
    pytest.mark.skipif(os.environ.get("SOAK") != "1", reason="Part of `make soak`."),
]


def rows():
    return sum(
        model.objects.count() for model in [*ROOTS, Undertaking, OutsideVerdict, LedgerEntry]
    )


@pytest.mark.parametrize(
    "stage, after",
    [
        pytest.param("pledges", 0, id="pledges made", marks=long_form),
        pytest.param("verdicts", 0, id="verdicts made", marks=pytest.mark.soak),
        pytest.param("verdicts", 0.5, id="while handing in", marks=long_form),
        pytest.param("submitted", 0, id="all handed in", marks=long_form),
        pytest.param("submitted", 0.5, id="while publishing", marks=pytest.mark.soak),
    ],
)
def test_a_kill_leaves_nothing_and_the_next_import_works(stage, after, start, arguments):
    process = start()
    told = next(
        (line for line in process.stderr if line.split()[-1] == stage and _last(line)), None
    )
    assert told, "the import ended before it came so far"
    time.sleep(after)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=30)
    process.stderr.close()
    assert process.returncode == -signal.SIGKILL

    assert rows() == 0
    assert list(verify()) == []
    call_command("check_integrity")

    call_command("import_matrix", *arguments)
    assert OutsideVerdict.objects.published().count() == 558
    assert list(verify()) == []


def test_a_kill_about_the_commit_leaves_all_or_nothing(start, arguments):
    process = start()
    next(line for line in process.stderr if line.split()[-1] == "published")
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=30)
    process.stderr.close()
    there = OutsideVerdict.objects.published().count()
    assert there in (0, 558)
    # A publication whose process died before its checkpoint lags behind it; it never runs ahead.
    assert not [
        finding for finding in verify() if "is missing, so a rewritten chain" not in finding
    ]
    call_command("import_matrix", *arguments)
    assert OutsideVerdict.objects.published().count() == 558


def _last(line):
    """Whether a line of progress, “1.0 s  400 of 400 pledges”, is the last of its stage."""
    done, total = line.split()[-4:-1:2]
    return done == total
