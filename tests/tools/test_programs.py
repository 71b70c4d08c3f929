"""The scripts before the tests: they start every program, and say of each that fails what to do."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ["packages", "programs", "run", "test"]
MISSING_LIBRARY = "node: error while loading shared libraries: libatomic.so.1: cannot open"


class Checkout:
    """A folder with our scripts, and programs of our own in place of those they start."""

    def __init__(self, folder):
        self.folder = folder
        self.path = folder / "bin"
        for name in SCRIPTS:
            self.put(f".ci/{name}", (ROOT / ".ci" / name).read_text())
        # Nothing is installed by a test, whoever runs it.
        self.put("bin/id", "#!/bin/sh\necho 1000\n")
        for name in ("chromium", "chromium-browser", "google-chrome"):
            self.put(f"bin/{name}", "#!/bin/sh\necho '<html></html>'\n")
        self.put(".ci/postgres", '#!/bin/sh\n"$@"\n')
        self.put("requirements-dev.txt", "as installed")
        self.put(".venv/installed-requirements-dev.txt", "as installed")
        # Python prints how it is called: the tests are not run either.
        self.put(".venv/bin/python", '#!/bin/sh\necho "python $*"\n')

    def put(self, name, text):
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(0o755)

    def run(self, *command, **variables):
        surroundings = {
            "PATH": f"{self.path}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            **variables,
        }
        return subprocess.run(
            command,
            cwd=self.folder,
            env=surroundings,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )


@pytest.fixture
def checkout(tmp_path):
    if not shutil.which("bash"):
        pytest.fail("The scripts need bash.")
    return Checkout(tmp_path)


def break_driver(checkout):
    checkout.put(".venv/bin/python", f"#!/bin/sh\necho '{MISSING_LIBRARY}' >&2\nexit 127\n")
    checkout.put("bin/ldd", "#!/bin/sh\nprintf '\\tlibatomic.so.1 => not found\\n'\n")


def break_chromium(checkout):
    checkout.put("bin/chromium", "#!/bin/sh\necho 'no room left'\nexit 1\n")


def break_postgresql(checkout):
    checkout.put(
        ".ci/postgres", "#!/bin/sh\necho 'PostgreSQL did not start: no locale' >&2\nexit 1\n"
    )


def test_programs_that_start_are_not_mentioned(checkout):
    answer = checkout.run(".ci/programs")
    assert (answer.returncode, answer.stdout) == (0, "")


def test_a_driver_without_its_library_is_named_with_the_package_of_the_library(checkout):
    break_driver(checkout)
    answer = checkout.run(".ci/programs")
    assert answer.returncode == 1
    name, problem, packages = answer.stdout.rstrip("\n").split("\t")
    assert (name, packages) == ("playwright", "libatomic1")
    assert problem == f"Playwright's driver does not start: {MISSING_LIBRARY}"


def test_a_driver_that_is_not_installed_yet_is_not_missed(checkout):
    break_driver(checkout)
    checkout.put("requirements-dev.txt", "newer than installed")
    assert checkout.run(".ci/programs").returncode == 0


def test_a_browser_that_is_there_and_does_not_start_counts_as_missing(checkout):
    break_chromium(checkout)
    answer = checkout.run(".ci/programs", "postgresql", "chromium")
    assert answer.returncode == 1
    assert answer.stdout.startswith("chromium\tChromium (")
    assert answer.stdout.endswith("does not start: no room left\tchromium\n")


def test_a_browser_that_shows_nothing_counts_as_missing(checkout):
    checkout.put("bin/chromium", "#!/bin/sh\nexit 0\n")
    assert checkout.run(".ci/programs", "chromium").returncode == 1


def test_root_gets_what_is_missing_installed_and_it_is_asked_again(checkout):
    break_chromium(checkout)
    checkout.put("bin/id", "#!/bin/sh\necho 0\n")
    checkout.put(
        "bin/apt-get",
        "#!/bin/sh\n"
        f"[ $1 = update ] || printf '#!/bin/sh\\necho \"<html>\"\\n' >{checkout.path}/chromium\n"
        f'echo "$*" >>{checkout.folder}/calls\n',
    )
    answer = checkout.run(".ci/programs", "--install")
    assert (answer.returncode, answer.stdout) == (0, "")
    assert answer.stderr == "Installing chromium\n"
    calls = (checkout.folder / "calls").read_text().splitlines()
    assert calls == ["update", "install -y --no-install-recommends chromium"]


@pytest.mark.parametrize(
    "break_program, advice, skipped",
    [
        pytest.param(break_driver, "libatomic1", "browser tests", id="driver"),
        pytest.param(break_chromium, "chromium", "browser tests", id="browser"),
        pytest.param(break_postgresql, "postgresql", "tests on PostgreSQL", id="database"),
    ],
)
def test_ci_stops_where_a_program_is_missing_and_says_what_to_install(
    checkout, break_program, advice, skipped
):
    break_program(checkout)
    answer = checkout.run(".ci/test", CI="true")
    assert answer.returncode == 1
    sentences = (
        f". On Debian and Ubuntu: apt install {advice}. Without it the {skipped} are skipped."
    )
    assert sentences in answer.stderr
    assert "-m pytest" not in answer.stdout


def test_elsewhere_the_tests_that_need_no_missing_program_run(checkout):
    break_chromium(checkout)
    break_postgresql(checkout)
    answer = checkout.run(".ci/test", "-m", "soak", "tests/pages")
    assert answer.returncode == 0
    assert "Tests on SQLite" in answer.stdout
    assert "-m (soak) and not browser tests/pages" in answer.stdout
    assert "Tests on PostgreSQL" not in answer.stdout
    assert "PostgreSQL: skipped" in answer.stdout


@pytest.mark.parametrize(
    "options, engines",
    [
        ([], ["SQLite", "PostgreSQL"]),
        (["--sqlite"], ["SQLite"]),
        (["--postgresql"], ["PostgreSQL"]),
    ],
)
def test_the_tests_run_on_both_databases_or_on_the_one_named(checkout, options, engines):
    answer = checkout.run(".ci/test", *options, "-x")
    assert answer.returncode == 0
    lines = answer.stdout.splitlines()
    titles = [line for line in lines if line.startswith("Tests on")]
    assert titles == [f"Tests on {engine}" for engine in engines]


def test_what_one_database_fails_the_other_does_not_mend(checkout):
    failing = '#!/bin/sh\ncase "$DATABASE_URL" in sqlite*) echo "1 failed"; exit 1;; esac\n'
    checkout.put(".venv/bin/python", failing)
    answer = checkout.run(".ci/test")
    assert answer.returncode == 1
    assert "Tests on PostgreSQL" in answer.stdout
    assert "SQLite: 1 failed" in answer.stdout


@pytest.mark.parametrize("options", [["--postgresql"], ["--sqlite"]])
def test_a_run_that_finds_no_test_fails(checkout, options):
    break_postgresql(checkout)
    # pytest ends with 5 where it finds none.
    checkout.put(".venv/bin/python", '#!/bin/sh\n[ "$2" = playwright ] || exit 5\n')
    assert checkout.run(".ci/test", *options).returncode == 1


@pytest.mark.parametrize(
    "failing, calls, status",
    [
        pytest.param("none", "lint programs test", 0, id="all pass"),
        pytest.param("lint", "lint programs", 2, id="the code is wrong"),
        pytest.param("test", "lint programs test", 2, id="a test fails"),
        # What could not be installed `make test` says.
        pytest.param("programs", "lint programs test", 0, id="a program is missing"),
    ],
)
def test_ci_fails_with_its_steps_and_leaves_nothing_running(checkout, failing, calls, status):
    log = checkout.folder / "calls"
    step = f'echo "$step" >>{log}; [ "$step" != {failing} ] || exit 2\n'
    checkout.put("bin/make", f"#!/bin/sh\nstep=$1; {step}")
    # It takes longer than the look at the code.
    checkout.put(".ci/programs", f"#!/bin/sh\nsleep 0.3; step=programs; {step}")
    answer = checkout.run(".ci/run")
    assert answer.returncode == status
    assert log.read_text().split() == calls.split()
