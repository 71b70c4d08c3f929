"""Run the README's two commands on a bare Debian: `make fresh-check`, as root.

Makes a folder with this machine's Debian release, git, make and python3 and nothing else, clones
the committed HEAD into it, and runs `make run` and `make test` inside, with an empty home. The
programs inside see the folder as their whole disk. They reach the package indexes as this machine
does: with its sources and options of apt, its settings of pip, its proxies and its certificates.
"""

import argparse
import ast
import configparser
import contextlib
import os
import platform
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = "/home/newcomer"
CHECKOUT = f"{HOME}/summit-ledger"
PROGRAMS = "git,make,python3"
# How this machine reaches others, beside the settings of apt and pip.
NETWORK_VARIABLES = re.compile(
    "(?i)(all|ftp|http|https|no)_proxy|SSL_CERT_FILE|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE"
)
NETWORK_OPTIONS = re.compile('(?i)Acquire::(https?|Check-|Retries|ForceIPv).* ".+";')
NETWORK_FILES = [
    "/etc/apt/auth.conf",
    "/etc/apt/auth.conf.d",
    "/etc/apt/keyrings",
    "/etc/apt/trusted.gpg.d",
    "/etc/hosts",
    "/etc/resolv.conf",
    "/etc/ssl/certs/ca-certificates.crt",
    "/usr/local/share/ca-certificates",
]
# The page that is waited for links to a pledge of the demonstration record.
LINK_TO_A_PLEDGE = re.compile(rb'href="/pledges/[a-z0-9-]+/"')
START_SECONDS = 1800
STOP_SECONDS = 60
# The mounts belong to the process that makes them and go with it, however it ends.
ENTER = """
mount --rbind /dev "$1/dev"
mount -t tmpfs tmpfs "$1/dev/shm"
mount -t proc proc "$1/proc"
mount -t sysfs -o ro sysfs "$1/sys"
root=$1
while [ "$2" != -- ]; do
    mkdir -p "$root$2"
    mount --bind "$2" "$root$2"
    mount -o remount,bind,ro "$root$2"
    shift
done
shift 2
exec chroot "$root" "$@"
"""


class CheckFailed(Exception):
    """Why a fresh machine could not run the project, or why that could not be tried."""


@contextlib.contextmanager
def timed_step(title):
    """Print how long a step took, unless it failed."""
    print(f"· {title}", flush=True)
    start = time.monotonic()
    yield
    seconds = time.monotonic() - start
    print(f"  {seconds:.0f} s: {title}", flush=True)


def run(*command):
    answer = subprocess.run(command, stdin=subprocess.DEVNULL)
    code = answer.returncode
    if code:
        raise CheckFailed(f"{command[0]} ended with {code}.")


def read_output(*command):
    """Return what a command prints, and nothing where it is missing or fails."""
    try:
        answer = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    except OSError:
        return ""
    return answer.stdout if answer.returncode == 0 else ""


# What this machine has configured


def apt_sources():
    folder = Path("/etc/apt")
    files = []
    for pattern in ("sources.list", "sources.list.d/*.list", "sources.list.d/*.sources"):
        files.extend(sorted(folder.glob(pattern)))
    return files


def apt_options():
    """Return the options with which apt reaches its sources."""
    listing = read_output("apt-config", "dump")
    return [line for line in listing.splitlines() if NETWORK_OPTIONS.match(line)]


def pip_settings():
    """Return pip's settings as {name: value}: those of the environment go before those of files."""
    settings = {}
    from_environment = {}
    listing = read_output(sys.executable, "-m", "pip", "config", "list")
    for line in listing.splitlines():
        key, _equals, literal = line.partition("=")
        section, _dot, name = key.rpartition(".")
        words = ast.literal_eval(literal).split()
        if section == ":env:":
            from_environment[name] = " ".join(words)
        else:
            settings[name] = " ".join(words)
    return settings | from_environment


def network_variables():
    variables = {}
    for name, value in os.environ.items():
        if NETWORK_VARIABLES.fullmatch(name):
            variables[name] = value
    return variables


def local_paths(values):
    """Yield the files and folders of this machine that settings name."""
    for word in " ".join(values).split():
        path = Path(word.removeprefix("file://"))
        if not path.is_absolute() or not path.exists():
            continue
        # An index in a folder may link to files beside it.
        yield path.parent if word.startswith("file://") else path


# The bare root


def require_programs():
    if os.geteuid() != 0:
        raise CheckFailed("Only root can make another root: run `sudo make fresh-check`.")
    if not shutil.which("mmdebstrap"):
        subprocess.run([ROOT / ".ci" / "packages", "mmdebstrap"])
    if not shutil.which("mmdebstrap"):
        raise CheckFailed("This needs mmdebstrap (on Debian and Ubuntu: apt install mmdebstrap).")


def make_root(root):
    system = platform.freedesktop_os_release()
    options = [f"--aptopt={line}" for line in apt_options()]
    run(
        "mmdebstrap",
        "--quiet",
        "--variant=minbase",
        f"--include={PROGRAMS}",
        *options,
        system["VERSION_CODENAME"],
        root,
        *apt_sources(),
    )


def copy_into(root, path):
    target = root / path.relative_to("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.copytree(path, target, dirs_exist_ok=True)
    else:
        shutil.copy(path, target)


def copy_network_settings(root):
    """Copy what this machine has configured; return the folders to be seen inside as well."""
    settings = pip_settings()
    paths = {Path(name) for name in NETWORK_FILES}
    folders = set()
    values = [*settings.values(), *network_variables().values()]
    for path in local_paths(values):
        if path.is_dir():
            folders.add(path)
        else:
            paths.add(path)
    for path in paths:
        if path.exists():
            copy_into(root, path)
    configuration = configparser.RawConfigParser()
    configuration["global"] = settings
    with (root / "etc" / "pip.conf").open("w") as file:
        configuration.write(file)
    return sorted(folders)


def clone_head(root):
    target = root / CHECKOUT.lstrip("/")
    target.parent.mkdir(parents=True)
    run("git", "clone", "--quiet", "--no-local", ROOT, target)


def command_inside(root, folders, *command, **variables):
    """Return the command that runs another inside the root."""
    surroundings = {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": HOME,
        **network_variables(),
        **variables,
    }
    assignments = [f"{name}={value}" for name, value in surroundings.items()]
    return [
        *("unshare", "--mount", "--propagation=private", "sh", "-euc", ENTER, "enter"),
        *(root, *folders, "--", "env", "--ignore-environment", "--chdir", CHECKOUT),
        *assignments,
        *command,
    ]


def processes_inside(root):
    """Return the numbers of the processes that have `root` as their root."""
    numbers = []
    for folder in Path("/proc").glob("[0-9]*"):
        # A process may end while it is looked at.
        with contextlib.suppress(OSError):
            if os.path.samefile(folder / "root", root):
                numbers.append(int(folder.name))
    return numbers


def kill_processes_inside(root):
    """Kill until nobody is left: one that is being killed may still start another."""
    deadline = time.monotonic() + STOP_SECONDS
    while time.monotonic() < deadline:
        numbers = processes_inside(root)
        if not numbers:
            return
        for number in numbers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        time.sleep(0.1)


# The two commands


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(address):
    """Return the body of a page, and nothing while nobody answers with 200."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=30) as answer:
            return answer.read()
    except OSError:
        return b""


def wait_for_a_pledge(address, server):
    deadline = time.monotonic() + START_SECONDS
    body = b""
    while not LINK_TO_A_PLEDGE.search(body):
        code = server.poll()
        if code is not None:
            raise CheckFailed(f"`make run` ended with {code} and served nothing.")
        if time.monotonic() > deadline:
            raise CheckFailed(f"No pledge was served at {address} in {START_SECONDS} s.")
        time.sleep(0.5)
        body = fetch(address)


def wait_until_empty(root):
    deadline = time.monotonic() + STOP_SECONDS
    while numbers := processes_inside(root):
        if time.monotonic() > deadline:
            raise CheckFailed(f"`make run` was stopped and left processes running: {numbers}.")
        time.sleep(0.2)


def check_run(root, folders):
    port = free_port()
    command = command_inside(root, folders, "make", "run", f"PORT={port}")
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    with timed_step("make run serves a pledge"):
        wait_for_a_pledge(f"http://127.0.0.1:{port}/", server)
    with timed_step("Ctrl-C leaves nothing running"):
        os.killpg(server.pid, signal.SIGINT)
        wait_until_empty(root)
        server.wait(STOP_SECONDS)


def check_test(root, folders, arguments):
    make_test = ["make", "test", f"TESTS={arguments}"]
    # Under CI=true a missing program fails instead of skipping tests.
    command = command_inside(root, folders, *make_test, CI="true")
    with timed_step("make test passes and skips nothing"):
        answer = subprocess.run(command, stdin=subprocess.DEVNULL)
        if answer.returncode:
            raise CheckFailed(f"`make test` ended with {answer.returncode}.")


def check(only, arguments):
    require_programs()
    (ROOT / "var").mkdir(exist_ok=True)
    root = Path(tempfile.mkdtemp(prefix="fresh-", dir=ROOT / "var"))
    # Inside, others than root work as well: the server of PostgreSQL.
    root.chmod(0o755)
    try:
        with timed_step(f"A bare root with {PROGRAMS}"):
            make_root(root)
            folders = copy_network_settings(root)
            clone_head(root)
        if only != "test":
            check_run(root, folders)
        if only != "run":
            check_test(root, folders, arguments)
    finally:
        kill_processes_inside(root)
        shutil.rmtree(root)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", choices=["run", "test"], help="one of the two commands")
    parser.add_argument("--tests", default="", help="arguments of .ci/test; all tests by default")
    options = parser.parse_args()
    # Stopped or hung up on, it clears up as after Ctrl-C.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: sys.exit(128 + number))
    try:
        check(options.only, options.tests)
    except CheckFailed as reason:
        sys.exit(str(reason))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
